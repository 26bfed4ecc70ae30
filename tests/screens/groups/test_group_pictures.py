"""What a group looks like, in both languages, at the smallest and at a large size."""

from collections.abc import Awaitable, Callable, Iterator

import pytest
from textual.pilot import Pilot
from textual.widgets import Input

from counter_tui.tui.words import use
from tests.screens.frame.test_frame_pictures import LANGUAGES, SIZES, catalogue
from tests.unit.tui.paint.travellers import Words

from .stacks import BusCounters, mixed
from .test_group import finished

Compare = Callable[..., bool]
Act = Callable[[BusCounters], Awaitable[None]]


@pytest.fixture(autouse=True)
def words() -> Iterator[None]:
    """Other tests find the words that they expect."""
    yield
    use(Words())


async def at_work(counter: BusCounters) -> None:
    await counter.work(mixed())
    await counter.press("up", "up", "up", "up", "up", "up", "up")


async def listed(counter: BusCounters) -> None:
    counter.expect(mixed())
    await counter.sign_in()
    await counter.press("b")
    await counter.until(lambda: counter.app.screen.query("Rows").first().virtual_size.height > 1)


async def asked_why(counter: BusCounters) -> None:
    await counter.work(finished(missing=True))
    await counter.press("f", "enter")


def pictured(snap_compare: Compare, size: tuple[int, int], language: str, act: Act) -> bool:
    counter = BusCounters(catalogue=catalogue, language=language)

    async def before(pilot: Pilot[int]) -> None:
        counter.pilot = pilot
        await act(counter)
        for field in counter.app.screen.query(Input):
            field.cursor_blink = False
        await pilot.pause()

    return snap_compare(counter.app, terminal_size=size, run_before=before)


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("language", LANGUAGES)
def test_group(snap_compare: Compare, language: str, size: tuple[int, int]) -> None:
    assert pictured(snap_compare, size, language, at_work)


@pytest.mark.parametrize("act", [listed, asked_why])
def test_what_is_asked(snap_compare: Compare, act: Act) -> None:
    assert pictured(snap_compare, (80, 24), "en", act)
