"""How long it takes from the last character of a zone to the last byte of the traveller's paint, in a real terminal.

The cache holds 100,000 travellers, one list in force a million names (435,000 persons with 1.3 aliases each); the link
is up. A zone is written at once, Enter after each line; the clock runs from there.

    p95       the traveller stands there as the cache has them, and the last line says so    against: 50 ms
    ratio     the same, median                            against: the bare app, its panels refilled on Enter
    screened  what the lists answered stands there too, p95    against: 200 ms, a reach of its own: it is a paint of its
              own, among those of the single window's answers

Both programs run side by side and take turns. Who stood there is cleared, or put aside where a hit forbids it.
"""

import json
import random
import select
import tempfile
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path
from statistics import quantiles

from counter_tui.domain.documents import read_mrz
from tests.integration.drive.terminal import Terminal

from .figure import Figure, milliseconds
from .opening_home import SEED, TITLE, full_home, today, zones
from .programs import BARE_EMPTY, READY, bare_panels, counter_demo, sign_in

SIZE, QUICK_SIZE = (100_000, 1_000_000), (2_000, 20_000)
OPENINGS, QUICK_OPENINGS = 40, 12
WARM = 3
"""Travellers who are opened before the count begins: the first brings in what a crossing needs."""
MOST_MS, SCREENED_MS, RATIO = 50.0, 200.0, 3.0
QUICK_ALLOWANCE = 1.4
"""Of so few openings the p95 is the worst one."""
PAUSE = (0.8, 1.1)
"""Seconds before a zone and before a decision key: past a reader's guard, and that of a band that rose."""
PANELS = (0, 2, 6, 8, 9, 11, 13, 16, 18, 22)
"""The rows at which the bare app's panels begin: the first line, the traveller, five authorities, and so on."""
LOADED = 120.0


class Openings:
    """Opens travellers at the demo, one after another, and notes the seconds that each took."""

    def __init__(self, demo: Terminal, chance: random.Random) -> None:
        self.demo = demo
        self.opened: list[float] = []
        self.screened: list[float] = []
        self._chance = chance

    def open(self, zone: tuple[str, ...]) -> list[str]:
        """Open, wait for the lists' answer, and leave the ready screen behind; the rows as they stood then."""
        name = name_of(zone)
        self.pause()
        typed = self.demo.type(keyed(zone))
        self.opened.append(self.demo.until(lambda rows: is_open(rows, name)) - typed)
        self.screened.append(self.demo.until(is_screened) - typed)
        rows = self.demo.screen()
        self.leave()
        return rows

    def leave(self) -> None:
        """Clear who can be cleared, put the others aside: the ready screen stands again."""
        self.pause()
        if any("Clear all four" in row for row in self.demo.screen()):
            self.demo.press("enter")
            self.demo.until("recorded ")
            self.pause()
            self.demo.press("enter")
        else:
            self.demo.press("escape")
        self.demo.until(READY)

    def pause(self) -> None:
        """Let some time go by, and take in what was painted meanwhile."""
        select.select([], [], [], self._chance.uniform(*PAUSE))
        self.demo.screen()


def keyed(zone: tuple[str, ...]) -> str:
    """What a reader types."""
    return "".join(f"{line}\r" for line in zone)


def name_of(zone: tuple[str, ...]) -> str:
    """As the screen shows it."""
    document = read_mrz(zone, today=today()).document
    assert document is not None
    return document.display_name


def is_open(rows: list[str], name: str) -> bool:
    """Whether the pane and the last line say who stands here; news of an earlier one may have overtaken the line."""
    told = (f" Opened: {name[:30]}", " seen by the agency: ", " received by single window: ")
    return rows[2].startswith(f" {name[:30]}") and any(row.startswith(told) for row in rows[16:])


def is_screened(rows: list[str]) -> bool:
    """Whether the security panel says what the lists answered; with a hit there, its line stands first."""
    return any("(demo) 1" in row or TITLE[:20] in row or "Hits on the lists" in row for row in rows)


def refill(bare: Terminal, zone: tuple[str, ...]) -> float:
    """The seconds that the bare app takes from Enter, the zone standing in its field, to the refilled panels."""
    name = name_of(zone)
    select.select([], [], [], PAUSE[0])
    bare.screen()
    bare.type(zone[0])
    bare.until(zone[0])
    entered = bare.press("enter")
    took = bare.until(lambda rows: any(name[:30] in row for row in rows)) - entered
    bare.press("escape")
    bare.until(BARE_EMPTY)
    return took


def texts_of(rows: list[str], name: str) -> list[str]:
    """The panels of a screen, `{name}` where the name stands."""
    whole = [row.replace(name, "{name}") for row in rows]
    return ["\n".join(whole[start:end]) for start, end in pairwise(PANELS)]


def p95(took: list[float]) -> float:
    """In milliseconds."""
    return quantiles(took, n=20, method="inclusive")[-1] * 1000


def run(quick: bool) -> Iterator[Figure]:  # noqa: FBT001 - every bench is called so
    """The three figures."""
    (travellers, names), openings = (QUICK_SIZE, QUICK_OPENINGS) if quick else (SIZE, OPENINGS)
    allowed = QUICK_ALLOWANCE if quick else 1.0
    chance = random.Random(SEED)  # noqa: S311 - no secret
    first, *others = zones(travellers, WARM + openings)
    with full_home(travellers, names) as (home, config), counter_demo(home, config=config) as demo:
        sign_in(demo)
        demo.until(lambda rows: any("lists " in row and " old" in row for row in rows), LOADED)
        opened = Openings(demo, chance)
        texts = texts_of(opened.open(first), name_of(first))
        with tempfile.TemporaryDirectory(prefix="counter-bench-") as folder:
            file = Path(folder, "panels.json")
            file.write_text(json.dumps(texts), "utf-8")
            with bare_panels(file) as bare:
                bare.until(BARE_EMPTY)
                took = []
                for zone in others:
                    opened.open(zone)
                    took.append(refill(bare, zone))
    ours, theirs, screened = opened.opened[WARM:], took[WARM - 1 :], opened.screened[WARM:]
    yield Figure("open", "p95", p95(ours), "ms", MOST_MS, allowed, openings, SEED)
    yield milliseconds("open", "ratio", ours, theirs, RATIO * allowed, SEED)
    yield Figure("open", "screened", p95(screened), "ms", SCREENED_MS, allowed, openings, SEED)
