"""What the drawer of a resident's allowance looks like, in both languages, at the smallest and at a large size."""

from collections.abc import Awaitable, Callable

import pytest

from tests.screens.frame.pictures import LANGUAGES, SIZES, SMALL, Compare, Size, catalogue, pictured

from .residents import ResidentCounters

Act = Callable[[ResidentCounters], Awaitable[None]]


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
    await counter.press("3", "enter", *"200", "enter", "1", "enter", *"seen", "enter", "2", "enter")
    await counter.second()
    await counter.press("1", "enter")


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("act", [drawn, alone])
def test_allowance(snap_compare: Compare, act: Act, language: str, size: Size) -> None:
    assert pictured(snap_compare, ResidentCounters(catalogue=catalogue, language=language), act, size)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("act", [owing, signing])
def test_allowance_small(snap_compare: Compare, act: Act, language: str) -> None:
    assert pictured(snap_compare, ResidentCounters(catalogue=catalogue, language=language), act, SMALL)
