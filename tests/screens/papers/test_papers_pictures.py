"""What papers look like, in both languages, at the smallest and at a large size; time stands still."""

from collections.abc import Awaitable, Callable

import pytest

from tests.screens.frame.pictures import LANGUAGES, SIZES, SMALL, Compare, Size, catalogue, pictured

from .given import Papered

Act = Callable[[Papered], Awaitable[None]]


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


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("act", [admitted, notice])
def test_papers(snap_compare: Compare, act: Act, language: str, size: Size) -> None:
    assert pictured(snap_compare, Papered(catalogue=catalogue, language=language), act, size)


@pytest.mark.parametrize("act", [copy, stamp])
def test_papers_small(snap_compare: Compare, act: Act) -> None:
    assert pictured(snap_compare, Papered(catalogue=catalogue, language="en"), act, SMALL)
