"""What the queue, a conflict, a late hit and degraded mode look like, in both languages, small and large."""

from collections.abc import Awaitable, Callable, Iterator
from dataclasses import replace
from datetime import timedelta

import pytest
from textual.pilot import Pilot
from textual.widgets import Input

from counter_tui.domain.mode import ModeState
from counter_tui.domain.words import Authority
from counter_tui.tui.words import use
from counter_tui.workstation.queue import Kind
from counter_tui.workstation.recall_rerun import RerunLine
from tests.screens.frame.test_frame_pictures import catalogue
from tests.unit.tui.paint.travellers import NOW, Words

from .test_watching import at_conflict, at_recall
from .watched import WatchCounters, apart, conflict, reviewed

Compare = Callable[..., bool]
Act = Callable[[WatchCounters], Awaitable[object]]
SMALL, LARGE = (80, 24), (120, 40)


@pytest.fixture(autouse=True)
def words() -> Iterator[None]:
    """Other tests find the words that they expect."""
    yield
    use(Words())


async def reviewing(counter: WatchCounters) -> None:
    counter.watched.views = conflict(reviewed(apart()))
    await at_conflict(counter)


async def asked(counter: WatchCounters) -> None:
    await reviewing(counter)
    await counter.press("j")


async def run_again(counter: WatchCounters) -> None:
    counter.watched.state = replace(ModeState(), left_at=NOW - timedelta(minutes=10))
    ago, waits = NOW - timedelta(hours=3), (Authority.CUSTOMS, Authority.HEALTH)
    line = RerunLine("c1", "AMINAH, SITI", 9, ago, done=False, waits=waits, lists=("dpo",))
    counter.watched.again = (line, replace(line, who="CHEN, WEI", done=True, waits=(), lists=()))
    await counter.open_line(Kind.RERUN)


PICTURES: tuple[tuple[str, Act, str, tuple[int, int]], ...] = (
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
def test_pictures(act: Act, language: str, size: tuple[int, int], snap_compare: Compare) -> None:
    counter = WatchCounters(catalogue=catalogue, language=language)

    async def before(pilot: Pilot[int]) -> None:
        counter.pilot = pilot
        await act(counter)
        await counter.settle()
        for field in counter.app.screen.query(Input):
            field.cursor_blink = False
        await pilot.pause()

    assert snap_compare(counter.app, terminal_size=size, run_before=before)
