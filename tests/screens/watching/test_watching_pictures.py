"""What the queue, a conflict, a late hit and degraded mode look like, in both languages, small and large."""

from collections.abc import Awaitable, Callable
from dataclasses import replace
from datetime import timedelta

import pytest

from counter_tui.domain.mode import ModeState
from counter_tui.domain.words import Authority
from counter_tui.workstation.queue import Kind
from counter_tui.workstation.recall_rerun import RerunLine
from tests.screens.frame.pictures import LARGE, SMALL, Compare, Size, catalogue, pictured
from tests.unit.tui.paint.travellers import NOW

from .test_watching import at_conflict, at_recall
from .watched import WatchCounters, apart, conflict, reviewed

Act = Callable[[WatchCounters], Awaitable[object]]


async def reviewing(counter: WatchCounters) -> None:
    counter.watched.views = conflict(reviewed(apart()))
    await at_conflict(counter)


async def asked(counter: WatchCounters) -> None:
    await reviewing(counter)
    await counter.press("j")


async def run_again(counter: WatchCounters) -> None:
    ended, due = NOW - timedelta(minutes=10), NOW + timedelta(minutes=20)
    counter.watched.state = replace(ModeState(), left_at=ended, rerun_by=due)
    ago, waits = NOW - timedelta(hours=3), (Authority.CUSTOMS, Authority.HEALTH)
    line = RerunLine("c1", "AMINAH, SITI", 9, ago, done=False, waits=waits, lists=("dpo",))
    counter.watched.again = (line, replace(line, who="CHEN, WEI", done=True, waits=(), lists=()))
    await counter.open_line(Kind.RERUN)


PICTURES: tuple[tuple[str, Act, str, Size], ...] = (
    ("queue", WatchCounters.at_queue, "en", SMALL),
    ("queue", WatchCounters.at_queue, "id", LARGE),
    ("conflict", reviewing, "id", SMALL),
    ("conflict", asked, "en", LARGE),
    ("late-hit", at_recall, "id", SMALL),
    ("run-again", run_again, "en", SMALL),
)


@pytest.mark.parametrize(
    ("act", "language", "size"), [p[1:] for p in PICTURES], ids=[f"{p[0]}-{p[2]}" for p in PICTURES]
)
def test_pictures(act: Act, language: str, size: Size, snap_compare: Compare) -> None:
    assert pictured(snap_compare, WatchCounters(catalogue=catalogue, language=language), act, size)
