"""What cases look like, in both languages, at the smallest and at a large size."""

from collections.abc import Awaitable, Callable

import pytest

from counter_tui.domain.cases.deeds import HandedOver, Holder
from counter_tui.domain.words import Agency
from counter_tui.workstation.news import CaseChanged
from tests.screens.frame.looking import shown
from tests.screens.frame.pictures import LANGUAGES, SIZES, Compare, Size, catalogue, pictured
from tests.screens.frame.scripted import Counters

from .working import CASE, CASH, TRAVELLER, answer, at_case, full_case, screen, signed

Act = Callable[[Counters], Awaitable[None]]


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


async def signing(counter: Counters) -> None:
    await at_case(counter)
    await counter.press("e")
    await answer(counter, "1", "maria", "wijaya")
    await signed(counter, "maria")


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("language", LANGUAGES)
def test_case(snap_compare: Compare, language: str, size: Size) -> None:
    assert pictured(snap_compare, Counters(catalogue=catalogue, language=language), at_case, size)


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("act", [listed, disputed, signing])
def test_around_a_case(snap_compare: Compare, act: Act, size: Size) -> None:
    assert pictured(snap_compare, Counters(catalogue=catalogue, language="en"), act, size)
