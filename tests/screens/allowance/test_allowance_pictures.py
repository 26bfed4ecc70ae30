"""What the drawer of a resident's allowance looks like, in both languages, at the smallest and at a large size."""

from collections.abc import Awaitable, Callable, Iterator

import pytest
from textual.pilot import Pilot
from textual.widgets import Input

from counter_tui.tui.words import use
from tests.screens.frame.test_frame_pictures import LANGUAGES, SIZES, catalogue
from tests.unit.tui.paint.travellers import Words

from .residents import ResidentCounters

Compare = Callable[..., bool]
Act = Callable[[ResidentCounters], Awaitable[None]]


@pytest.fixture(autouse=True)
def words() -> Iterator[None]:
    """Other tests find the words that they expect."""
    yield
    use(Words())


async def drawn(counter: ResidentCounters) -> None:
    await counter.look()


async def alone(counter: ResidentCounters) -> None:
    counter.alone()
    await counter.look()


async def owing(counter: ResidentCounters) -> None:
    counter.owing()
    await counter.look()


async def signing(counter: ResidentCounters) -> None:
    await counter.look()
    await counter.press("3", "enter", *"200", "enter", "1", "enter", *"seen", "enter", "1", "enter", "1", "enter")


def pictured(snap_compare: Compare, size: tuple[int, int], language: str, act: Act) -> bool:
    counter = ResidentCounters(catalogue=catalogue, language=language)

    async def before(pilot: Pilot[int]) -> None:
        counter.pilot = pilot
        await act(counter)
        for field in counter.app.screen.query(Input):
            field.cursor_blink = False
        await pilot.pause()

    return snap_compare(counter.app, terminal_size=size, run_before=before)


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("act", [drawn, alone])
def test_allowance(snap_compare: Compare, act: Act, language: str, size: tuple[int, int]) -> None:
    assert pictured(snap_compare, size, language, act)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("act", [owing, signing])
def test_allowance_small(snap_compare: Compare, act: Act, language: str) -> None:
    assert pictured(snap_compare, (80, 24), language, act)
