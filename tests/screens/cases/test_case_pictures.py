"""What cases look like, in both languages, at the smallest and at a large size."""

from collections.abc import Awaitable, Callable, Iterator

import pytest
from textual.pilot import Pilot
from textual.widgets import Input

from counter_tui.domain.cases.deeds import HandedOver, Holder
from counter_tui.domain.words import Agency
from counter_tui.tui.words import use
from counter_tui.workstation.news import CaseChanged
from tests.screens.frame.scripted import Counters
from tests.screens.frame.test_frame_pictures import LANGUAGES, SIZES, catalogue
from tests.unit.tui.paint.travellers import Words

from .working import CASE, CASH, TRAVELLER, answer, at_case, full_case, screen, shown

Compare = Callable[..., bool]
Act = Callable[[Counters], Awaitable[None]]


@pytest.fixture(autouse=True)
def words() -> Iterator[None]:
    """Other tests find the words that they expect."""
    yield
    use(Words())


async def listed(counter: Counters) -> None:
    full_case(counter)
    await counter.sign_in()
    await counter.press("c")
    await counter.until(lambda: "SITI AMINAH" in shown(counter))


async def disputed(counter: Counters) -> None:
    await at_case(counter)
    other = Holder(Agency.SECURITY, "", "Budi H.")
    counter.desk.cases.say_at(CASE, HandedOver(CASH, TRAVELLER, other), counter="ENT-9", second="x", apart=True)
    counter.desk.hear(CaseChanged(CASE))
    await counter.until(lambda: bool(screen(counter).case.conflicts))


async def signed(counter: Counters) -> None:
    await at_case(counter)
    await counter.press("e")
    await answer(counter, "1", "maria", "wijaya", "1")


def pictured(snap_compare: Compare, size: tuple[int, int], language: str, act: Act) -> bool:
    counter = Counters(catalogue=catalogue, language=language)

    async def before(pilot: Pilot[int]) -> None:
        counter.pilot = pilot
        await act(counter)
        for field in counter.app.screen.query(Input):
            field.cursor_blink = False
        await pilot.pause()

    return snap_compare(counter.app, terminal_size=size, run_before=before)


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("language", LANGUAGES)
def test_case(snap_compare: Compare, language: str, size: tuple[int, int]) -> None:
    assert pictured(snap_compare, size, language, at_case)


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("act", [listed, disputed, signed])
def test_around_a_case(snap_compare: Compare, act: Act, size: tuple[int, int]) -> None:
    assert pictured(snap_compare, size, "en", act)
