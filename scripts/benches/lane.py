"""Whether a secondary case takes anything from the lane: the next travellers' way from scan to decision, in a terminal.

    lane      milliseconds from the first character of the zone to the word that a verdict is recorded, but for the
              guard in which no verdict key is taken, at a counter with an enforcement case open; against an idle one

Two counters run side by side and take turns, document by document. At one of them a traveller was referred, their case
has been seen, and somebody is held in it; the other one cleared the same traveller. Who comes next is green.
"""

import os
import time
from collections.abc import Iterator
from contextlib import ExitStack
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory

from tests.integration.drive.terminal import Terminal, linked

from .bus import GUARD, PATIENCE, configured, stands_green, zones
from .figure import Figure, milliseconds
from .programs import READY, counter_demo, sign_in

REACH = 1.05
QUICK_ALLOWANCE = 1.1
RUNS, QUICK_RUNS = 3, 1
QUICK_PEOPLE = 9
SEED = 20

KEY = 0.08
HOLD = (
    ("which agency", "1"),
    ("under which law", "uu 6"),
    ("in whose custody", "1"),
    ("in which room", "room 2"),
    ("who can release it", "1"),
    ("reviewed after", "60"),
)
"""What is asked where somebody is held, and what is answered."""

People = list[tuple[str, str]]


def decided(rows: list[str]) -> bool:
    """Whether it is said that a verdict is on disk."""
    return any("Enter next traveller" in row for row in rows)


def scanned(terminal: Terminal, name: str, zone: str) -> float:
    """Seconds from the zone to a green traveller on the screen; the guard is over when this returns."""
    begun = time.perf_counter()
    terminal.type(zone)
    took = terminal.until(partial(stands_green, name), PATIENCE) - begun
    time.sleep(GUARD)
    return took


def cleared(terminal: Terminal, name: str, zone: str) -> float:
    """Seconds from the zone to the word that the verdict is recorded, but for the guard."""
    took = scanned(terminal, name, zone)
    pressed = terminal.press("enter")
    took += terminal.until(decided, PATIENCE) - pressed
    time.sleep(GUARD)
    terminal.press("enter")
    terminal.until(READY, PATIENCE)
    return took


def referred(terminal: Terminal, name: str, zone: str) -> None:
    """The traveller goes to secondary, is held there, and the lane is ready."""
    scanned(terminal, name, zone)
    terminal.press("s")
    terminal.until("REFER")
    time.sleep(GUARD)
    terminal.press("enter")
    terminal.until(READY, PATIENCE)
    terminal.press("c")
    terminal.until(lambda rows: any(name[:8] in row and "▸" in row for row in rows), PATIENCE)
    time.sleep(GUARD)
    terminal.press("enter")
    terminal.until("CASE ", PATIENCE)
    terminal.press("h")
    for asked, answer in HOLD:
        terminal.until(asked)
        for character in answer:  # as a person types: a burst would be a reader's
            time.sleep(KEY)
            terminal.press(character)
        time.sleep(GUARD)
        terminal.press("enter")
    terminal.until("held, entry", PATIENCE)
    terminal.press("escape")
    terminal.until(READY, PATIENCE)


def taken(terminals: tuple[Terminal, Terminal], people: People) -> tuple[list[float], list[float]]:
    """Seconds of each traveller, with a case open and without; the counters take turns in going first."""
    (name, zone), *others = people
    referred(terminals[0], name, zone)
    cleared(terminals[1], name, zone)
    took: tuple[list[float], list[float]] = ([], [])
    for number, (name, zone) in enumerate(others):
        for at in (0, 1) if number % 2 else (1, 0):
            took[at].append(cleared(terminals[at], name, zone))
    return took


def side_by_side(config: Path, people: People) -> tuple[list[float], list[float]]:
    """Two counters from stores of their own."""
    with ExitStack() as stack:
        terminals = []
        for _ in range(2):
            home = stack.enter_context(TemporaryDirectory(prefix="counter-bench-", ignore_cleanup_errors=True))
            terminal = stack.enter_context(counter_demo(Path(home), config=config))
            sign_in(terminal)
            terminals.append(terminal)
        for terminal in terminals:
            terminal.until(linked, PATIENCE)
            terminal.until(lambda rows: any("BENCH 20" in row and "20 on list" in row for row in rows), PATIENCE)
            terminal.until_gone("loading", PATIENCE)
        return taken((terminals[0], terminals[1]), people)


def run(quick: bool) -> Iterator[Figure]:  # noqa: FBT001 - every bench is called so
    """The figure."""
    with configured() as config:
        os.environ["COUNTER_CONFIG"] = str(config)
        try:
            people = zones()[: QUICK_PEOPLE if quick else None]
            taken_by = [side_by_side(config, people) for _ in range(QUICK_RUNS if quick else RUNS)]
        finally:
            del os.environ["COUNTER_CONFIG"]
    case = [one for with_case, _ in taken_by for one in with_case]
    idle = [one for _, without in taken_by for one in without]
    yield milliseconds("lane", "lane", case, idle, REACH * (QUICK_ALLOWANCE if quick else 1), SEED)
