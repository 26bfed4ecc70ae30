"""What papers look like, in both languages, at the smallest and at a large size; time stands still."""

from collections.abc import Awaitable, Callable, Iterator

import pytest
from textual.pilot import Pilot
from textual.widgets import Input

from counter_tui.tui.words import use
from tests.screens.frame.test_frame_pictures import LANGUAGES, SIZES, catalogue
from tests.unit.tui.paint.travellers import Words

from .given import Papered

Compare = Callable[..., bool]
Act = Callable[[Papered], Awaitable[None]]


@pytest.fixture(autouse=True)
def words() -> Iterator[None]:
    """Other tests find the words that they expect."""
    yield
    use(Words())


async def admitted(at: Papered) -> None:
    await at.arrive()


async def notice(at: Papered) -> None:
    await at.arrive(decided=False)
    await at.look()


async def copy(at: Papered) -> None:
    await at.arrive()
    await at.look()
    await at.press("p")
    await at.until(lambda: "COPY 1" in at.text)
    await at.press("p", "enter", "enter")


async def stamp(at: Papered) -> None:
    await at.arrive()
    await at.look()
    await at.stamping()


def pictured(snap_compare: Compare, size: tuple[int, int], language: str, act: Act) -> bool:
    at = Papered(catalogue=catalogue, language=language)

    async def before(pilot: Pilot[int]) -> None:
        at.pilot = pilot
        await act(at)
        for field in at.app.screen.query(Input):
            field.cursor_blink = False
        await pilot.pause()

    return snap_compare(at.app, terminal_size=size, run_before=before)


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("act", [admitted, notice])
def test_papers(snap_compare: Compare, act: Act, language: str, size: tuple[int, int]) -> None:
    assert pictured(snap_compare, size, language, act)


@pytest.mark.parametrize("act", [copy, stamp])
def test_papers_small(snap_compare: Compare, act: Act) -> None:
    assert pictured(snap_compare, (80, 24), "en", act)
