"""What hits and the second person's drawer look like, in both languages, at the smallest and at a large size."""

from collections.abc import Awaitable, Callable, Iterator

import pytest
from textual.pilot import Pilot
from textual.widgets import Input

from counter_tui.tui.words import use
from tests.screens.frame.test_frame_pictures import LANGUAGES, SIZES, catalogue
from tests.unit.tui.paint.travellers import Words

from .listed import HitCounters, blind

Compare = Callable[..., bool]
Act = Callable[[HitCounters], Awaitable[None]]


@pytest.fixture(autouse=True)
def words() -> Iterator[None]:
    """Other tests find the words that they expect."""
    yield
    use(Words())


async def looked_at(counter: HitCounters) -> None:
    await counter.look()


async def blind_hit(counter: HitCounters) -> None:
    counter.lists.screening = blind()
    await counter.look()


async def why_not(counter: HitCounters) -> None:
    await counter.look()
    await counter.press("n")


async def signing(counter: HitCounters) -> None:
    await counter.look()
    await counter.press("n", "1", "enter", "enter")


def pictured(snap_compare: Compare, size: tuple[int, int], language: str, act: Act) -> bool:
    counter = HitCounters(catalogue=catalogue, language=language)

    async def before(pilot: Pilot[int]) -> None:
        counter.pilot = pilot
        await act(counter)
        for field in counter.screen.query(Input):
            field.cursor_blink = False
        await pilot.pause()

    return snap_compare(counter.app, terminal_size=size, run_before=before)


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("act", [looked_at, signing])
def test_hits(snap_compare: Compare, act: Act, language: str, size: tuple[int, int]) -> None:
    assert pictured(snap_compare, size, language, act)


@pytest.mark.parametrize("act", [blind_hit, why_not])
def test_hits_small(snap_compare: Compare, act: Act) -> None:
    assert pictured(snap_compare, (80, 24), "en", act)
