"""What hits and the second person's drawer look like, in both languages, at the smallest and at a large size."""

from collections.abc import Awaitable, Callable

import pytest

from tests.screens.frame.pictures import LANGUAGES, SIZES, SMALL, Compare, Size, catalogue, pictured

from .listed import HitCounters, blind

Act = Callable[[HitCounters], Awaitable[None]]


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


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("act", [looked_at, signing])
def test_hits(snap_compare: Compare, act: Act, language: str, size: Size) -> None:
    assert pictured(snap_compare, HitCounters(catalogue=catalogue, language=language), act, size)


@pytest.mark.parametrize("act", [blind_hit, why_not])
def test_hits_small(snap_compare: Compare, act: Act) -> None:
    assert pictured(snap_compare, HitCounters(catalogue=catalogue, language="en"), act, SMALL)
