"""A shift at a link of 9.6 kbit/s that is there for 15 s and gone for 5, worked in a real terminal by keys alone.

    standstill   the longest time between two changes of the clock on the screen, which goes on each second
    answer       the slowest answer to a key, a scan or a decision
    waiting      entries that still have no receipt 60 s after the link is whole again

Ten minutes; `--quick` is 30 s. Travellers come one after another: who is green is cleared, whoever is not is put aside.
"""

import re
import select
import time
from collections.abc import Iterator
from datetime import datetime
from itertools import cycle
from pathlib import Path
from zoneinfo import ZoneInfo

from counter_tui import settings
from counter_tui.agencies.demo import demo_documents
from counter_tui.domain.documents import read_mrz
from tests.integration.drive.terminal import PATIENCE, Terminal, linked

from .figure import Figure
from .programs import counter_demo, prepared_home, sign_in

SECONDS, QUICK_SECONDS = 600.0, 30.0
STANDSTILL, ANSWER = 2.0, 1.0
"""Seconds that hold: the clock skips no second, and whoever presses a key sees why within one."""
GREEN_SECONDS = 3.0
LOOK_SECONDS = 0.9
DELIVERED_SECONDS = 60.0
CLOCK = re.compile(r"\d\d:\d\d:\d\d")


class Watch:
    """Keeps an eye on the clock of the first row while it waits for other things."""

    def __init__(self, terminal: Terminal) -> None:
        self.terminal = terminal
        self.longest = 0.0
        self.answers: list[float] = []
        self._shown = ""
        self._since = time.perf_counter()

    def _look(self, rows: list[str]) -> None:
        found = CLOCK.search(rows[0])
        shown, now = found[0] if found else self._shown, time.perf_counter()
        if shown != self._shown:
            self.longest = max(self.longest, now - self._since)
            self._shown, self._since = shown, now

    def until(self, wanted: str, seconds: float = PATIENCE) -> float:
        """As the terminal's own."""

        def pleases(rows: list[str]) -> bool:
            self._look(rows)
            return any(wanted in row for row in rows)

        return self.terminal.until(pleases, seconds)

    def answered(self, pressed: float, wanted: str) -> None:
        """How long it took from a key to what it is to bring."""
        self.answers.append(self.until(wanted) - pressed)

    def sees(self, wanted: str, seconds: float) -> bool:
        """Whether it comes within so long."""
        try:
            self.until(wanted, seconds)
        except AssertionError:
            return False
        return True

    def rest(self, seconds: float) -> None:
        """A person looks: what is painted meanwhile is taken in."""
        end = time.perf_counter() + seconds
        while (left := end - time.perf_counter()) > 0:
            select.select([], [], [], min(left, 0.05))
            self._look(self.terminal.screen())


def travellers() -> Iterator[tuple[str, tuple[str, ...]]]:
    """The demo's travellers, again and again: the name on the screen, and the lines of the zone."""
    people, today = settings.load_demo_people(), datetime.now(ZoneInfo("Asia/Pontianak")).date()
    for _, lines in cycle(demo_documents(people.persons, today)):
        document = read_mrz(lines, today=today).document
        if document is not None:
            yield document.display_name, lines


def serve(watch: Watch, name: str, zone: tuple[str, ...]) -> bool:
    """One traveller from scan to ready; whether they were cleared."""
    terminal = watch.terminal
    watch.answered(terminal.type("".join(line + "\r" for line in zone)), name[:10])
    green = watch.sees("Clear all four", GREEN_SECONDS)
    watch.rest(LOOK_SECONDS)
    if green and watch.sees("Clear all four", 0.1):
        watch.answered(terminal.press("enter"), "recorded")
        watch.rest(LOOK_SECONDS)
        watch.answered(terminal.press("enter"), "Ready.")
    else:
        green = False
        watch.answered(terminal.press("p"), "Ready.")
    watch.rest(LOOK_SECONDS)
    return green


def rehearse(watch: Watch, line: str, told: str) -> None:
    """A line of the trainer's menu."""
    terminal = watch.terminal
    watch.answered(terminal.press("t"), "cut the link")
    watch.rest(LOOK_SECONDS)
    terminal.press(line)
    watch.rest(LOOK_SECONDS)
    watch.answered(terminal.press("enter"), told)
    terminal.press("escape")
    watch.until("Ready.")


def shift(home: Path, seconds: float) -> tuple[Watch, int, int]:
    """Work so long; what was seen, how many were cleared, and how many entries had no receipt at the end."""
    with counter_demo(home) as terminal:
        sign_in(terminal)
        watch = Watch(terminal)
        terminal.until(linked, 60.0)
        watch.until("on list", 60.0)
        watch = Watch(terminal)
        rehearse(watch, "4", "comes and goes")
        cleared, end = 0, time.perf_counter() + seconds
        for name, zone in travellers():
            cleared += serve(watch, name, zone)
            if time.perf_counter() > end:
                break
        rehearse(watch, "2", "link is back")
        left = 0 if watch.sees("everything is received", DELIVERED_SECONDS) else _waiting(terminal.screen())
        terminal.press("ctrl+q")
        watch.until("Quit?")
        watch.rest(LOOK_SECONDS)
        terminal.press("enter")
        terminal.wait_end()
    return watch, cleared, left


def _waiting(rows: list[str]) -> int:
    found = re.search(r"(\d+) waiting", "\n".join(rows))
    return int(found[1]) if found else 1


def run(quick: bool) -> Iterator[Figure]:  # noqa: FBT001 - every bench is called so
    """The three figures; `runs` counts answers, and travellers who were cleared."""
    with prepared_home() as home:
        watch, cleared, left = shift(home, QUICK_SECONDS if quick else SECONDS)
    yield Figure("shift", "standstill", watch.longest, "s", STANDSTILL, 1.0, 1)
    yield Figure("shift", "answer", max(watch.answers), "s", ANSWER, 1.0, len(watch.answers))
    yield Figure("shift", "waiting", left, "entries", 1, 0.0, cleared)
