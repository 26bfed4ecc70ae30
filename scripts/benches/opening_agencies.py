"""Whether the view from the cache is later where agencies misbehave.

Two demos over the same full cache take turns with the same zones. At one the link is cut, so that no agency is asked at
all. At the other the link is up and four agencies are asked: customs is dead, and health answers after five seconds.

    p95       the traveller stands there as the cache has them, at the second                  against: 50 ms
    ratio     the same, median                                                                 against: the first

Measured as `open` does: from the last character of the zone to the last byte of the paint.
"""

import random
import select
from collections.abc import Iterator
from contextlib import ExitStack

from tests.integration.drive.terminal import Terminal

from .figure import Figure, milliseconds
from .opening import LOADED, MOST_MS, PAUSE, QUICK_ALLOWANCE, Openings, name_of, p95
from .opening_home import SEED, full_home, zones
from .programs import READY, counter_demo, sign_in

SIZE, QUICK_SIZE = (100_000, 1_000_000), (2_000, 20_000)
OPENINGS, QUICK_OPENINGS = 40, 6
WARM = 3
RATIO = 1.25
QUICK_RATIO = 1.5
CUT = (1, ("The link is cut.",))
DEAD = (6, ("customs: slow.", "customs: failing.", "customs: down."))
LATE = (7, ("health: slow.",))
"""Lines of the rehearsal menu, and what is said after each Enter there."""


def rehearse(demo: Terminal, *wanted: tuple[int, tuple[str, ...]]) -> None:
    """Do these lines of the rehearsal menu."""
    demo.press("t")
    demo.until("Rehearsal")
    for line, said in wanted:
        demo.type(str(line))
        demo.until(f" ▸ {line} ")
        for told in said:
            select.select([], [], [], PAUSE[0])  # no faster than a person: what is faster is taken for a reader
            demo.press("enter")
            demo.until(told)
    demo.press("escape")
    demo.until(READY)


def run(quick: bool) -> Iterator[Figure]:  # noqa: FBT001 - every bench is called so
    """The two figures."""
    (travellers, names), openings = (QUICK_SIZE, QUICK_OPENINGS) if quick else (SIZE, OPENINGS)
    with ExitStack() as stack:
        pair: list[Openings] = []
        for wanted in ((CUT,), (DEAD, LATE)):
            home, config = stack.enter_context(full_home(travellers, names, beside=len(pair)))
            demo = stack.enter_context(counter_demo(home, config=config))
            sign_in(demo)
            demo.until(lambda rows: any("lists " in row and " old" in row for row in rows), LOADED)
            rehearse(demo, *wanted)
            pair.append(Openings(demo, random.Random(SEED)))  # noqa: S311 - no secret
        without, among = pair
        for number, zone in enumerate(zones(travellers, WARM + openings)):
            for one in pair if number % 2 else reversed(pair):
                rows = one.open(zone)
                assert any(name_of(zone)[:30] in row for row in rows)
    ours, theirs = among.opened[WARM:], without.opened[WARM:]
    allowed = QUICK_ALLOWANCE if quick else 1.0
    yield Figure("open-agencies", "p95", p95(ours), "ms", MOST_MS, allowed, openings, SEED)
    yield milliseconds("open-agencies", "ratio", ours, theirs, QUICK_RATIO if quick else RATIO, SEED)
