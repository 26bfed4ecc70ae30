"""A bus of 20, all green, worked in a real terminal: as a group, against the same 20 one by one.

    keys      pressed beside the scans, from the ready screen back to it
    recorded  seconds from the last scan to all 20 recorded, against what the 20 took from scan to record one by one
    bus       seconds from the first scan until all 20 are recorded

Documents come as a reader types them, the next as soon as the last is on the screen. The bus is made up by seed.
"""

import os
import random
import shutil
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from functools import partial
from pathlib import Path
from statistics import median
from zoneinfo import ZoneInfo

from counter_tui import settings
from counter_tui.agencies.demo import demo_documents
from counter_tui.domain.documents import read_mrz
from tests.integration.drive.terminal import Terminal, linked

from .figure import Figure
from .programs import READY, ROOT, counter_demo, sign_in

PEOPLE = 20
SEED = 20
REACH_KEYS = 8
RUNS, QUICK_RUNS = 5, 1
GROUP = "bench"
PATIENCE = 60.0
GUARD = 0.4
"""Seconds after a scan in which a verdict key is not taken, and a person has not looked yet."""
SURNAMES = (
    *("ADIJAYA", "BADARUDIN", "CAHYONO", "DARMAWI", "EFFENDY", "FIRDAUS", "GUNADARMA", "HARTAWAN", "ISKANDAR"),
    *("JULIANSYAH", "KURNIADI", "LESMANA", "MULYADI", "NURHIDAYAT", "OKTAVIANI", "PURWANINGSIH", "RAMADHANI"),
    *("SUPRAPTO", "TRIYANTO", "WIDYASTUTI"),
)
GIVEN = ("BAGUS", "CITRA", "DIMAS", "ENDAH", "FAJAR", "GALUH", "HENDRO", "INTAN")


class Keys:
    """Presses keys, and counts them."""

    def __init__(self, terminal: Terminal) -> None:
        self.terminal = terminal
        self.pressed = 0

    def press(self, key: str) -> None:
        """One key."""
        self.pressed += 1
        self.terminal.press(key)


@contextmanager
def configured() -> Iterator[Path]:
    """A configuration with one more bus of 20 against whom nothing stands, due before all others."""
    with tempfile.TemporaryDirectory(prefix="counter-bench-", ignore_cleanup_errors=True) as folder:
        config = Path(folder) / "config"
        shutil.copytree(ROOT / "config", config)
        travellers = config / "demo" / "travellers.toml"
        chance = random.Random(SEED)  # noqa: S311 - no secret
        travellers.write_text(travellers.read_text("utf-8") + "\n".join(bus(chance)), "utf-8")
        yield config


def bus(chance: random.Random) -> Iterator[str]:
    """The bus as the demo's travellers are written."""
    yield f'\n[[group]]\nid = "{GROUP}"\nkind = "bus"\nname = "BENCH 20"\ndue_minutes = 1\n'
    for number in range(PEOPLE):
        yield (
            f'[[person]]\nid = "{GROUP}-{number}"\nstate = "IDN"\nnumber = "X77{chance.randrange(10**5):05}"\n'
            f'surname = "{SURNAMES[number]}"\ngiven = "{chance.choice(GIVEN)}"\nsex = "{chance.choice("MF")}"\n'
            f"born = {chance.randrange(1960, 2000)}-0{chance.randrange(1, 10)}-{chance.randrange(10, 29)}\n"
            f'expires = {chance.randrange(400, 1500)}\ngroup = "{GROUP}"\n'
            f"health = {{ temperature = 36.{number % 9} }}\n"
        )


def zones() -> list[tuple[str, str]]:
    """Who is on the bus: the name on the screen, and what a reader types."""
    people, today = settings.load_demo_people(), datetime.now(ZoneInfo("Asia/Pontianak")).date()
    found = []
    for person, lines in demo_documents(people.persons, today):
        document = read_mrz(lines, today=today).document
        if person.group == GROUP and document is not None:
            found.append((document.display_name, "".join(line + "\r" for line in lines)))
    return found


def as_group(terminal: Terminal, people: list[tuple[str, str]]) -> tuple[int, float, float]:
    """Keys; seconds from the last scan, and from the first, to all recorded."""
    keys = Keys(terminal)
    keys.press("b")
    terminal.until("BENCH 20")
    terminal.until(lambda rows: any("BENCH 20" in row and "▸" in row for row in rows), PATIENCE)
    keys.press("enter")
    terminal.until("scanned 0")
    first = time.perf_counter()
    for number, (_, zone) in enumerate(people, start=1):
        last = terminal.type(zone)
        terminal.until(f"scanned {number} ", PATIENCE)
    terminal.until(f"c clear {len(people)} green", PATIENCE)
    while not any(f"cleared {len(people)} " in row for row in terminal.screen()):
        time.sleep(GUARD)
        keys.press("c")
        terminal.until(lambda rows: any("recorded " in row or "Look, then c" in row for row in rows), PATIENCE)
    done = terminal.until(f"cleared {len(people)} ", PATIENCE)
    keys.press("f")
    terminal.until("heads counted")
    time.sleep(GUARD)
    keys.press("enter")
    terminal.until(READY, PATIENCE)
    return keys.pressed, done - last, done - first


def stands_green(name: str, rows: list[str]) -> bool:
    """Whether this traveller is on the screen, and one key clears them."""
    return name[:10] in rows[2] and any("Clear all four" in row for row in rows)


def one_by_one(terminal: Terminal, people: list[tuple[str, str]]) -> tuple[int, float, float]:
    """The same, each cleared before the next: keys; seconds from scan to record of all together; of everything."""
    keys, taken = Keys(terminal), 0.0
    first = done = time.perf_counter()
    for name, zone in people:
        scanned = terminal.type(zone)
        terminal.until(partial(stands_green, name), PATIENCE)
        time.sleep(GUARD)
        keys.press("enter")
        done = terminal.until(lambda rows: any("Enter next traveller" in row for row in rows), PATIENCE)
        taken += done - scanned
    return keys.pressed, taken, done - first


def worked(config: Path, way: str) -> tuple[int, float, float]:
    """One way, from a store of its own."""
    people = zones()
    home = tempfile.TemporaryDirectory(prefix="counter-bench-", ignore_cleanup_errors=True)
    with home as folder, counter_demo(Path(folder), config=config) as terminal:
        sign_in(terminal)
        terminal.until(linked, PATIENCE)
        terminal.until(lambda rows: any("BENCH 20" in row and "20 on list" in row for row in rows), PATIENCE)
        terminal.until_gone("loading", PATIENCE)
        return as_group(terminal, people) if way == "group" else one_by_one(terminal, people)


def run(quick: bool) -> Iterator[Figure]:  # noqa: FBT001 - every bench is called so
    """The three figures."""
    with configured() as config:
        os.environ["COUNTER_CONFIG"] = str(config)
        try:
            runs = [(worked(config, "group"), worked(config, "single")) for _ in range(QUICK_RUNS if quick else RUNS)]
        finally:
            del os.environ["COUNTER_CONFIG"]
    keys = max(group[0] for group, _ in runs), min(single[0] for _, single in runs)
    recorded, whole = (
        (median(group[at] for group, _ in runs), median(single[at] for _, single in runs)) for at in (1, 2)
    )
    yield Figure("bus", "keys", keys[0], "keys", keys[1], REACH_KEYS / keys[1], len(runs), SEED)
    yield Figure("bus", "recorded", recorded[0], "s", recorded[1], 1.0, len(runs), SEED)
    yield Figure("bus", "bus", whole[0], "s", whole[1], 1.0, len(runs), SEED)
