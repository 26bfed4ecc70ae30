"""What a group looks like, in both languages, at the smallest and at a large size."""

from collections.abc import Awaitable, Callable

import pytest

from counter_tui.domain.whereabouts import Place
from tests.screens.frame.pictures import LANGUAGES, SIZES, SMALL, Compare, Size, catalogue, pictured

from .stacks import BusCounters, bearer, mixed, seen
from .test_group import finished

Act = Callable[[BusCounters], Awaitable[None]]


async def at_work(counter: BusCounters) -> None:
    counter.desk.groups.away = {bearer(2).key: seen(Place.WARD, 2), bearer(5).key: seen(Place.SECONDARY, 5)}
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


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("language", LANGUAGES)
def test_group(snap_compare: Compare, language: str, size: Size) -> None:
    assert pictured(snap_compare, BusCounters(catalogue=catalogue, language=language), at_work, size)


@pytest.mark.parametrize("act", [listed, asked_why])
def test_what_is_asked(snap_compare: Compare, act: Act) -> None:
    assert pictured(snap_compare, BusCounters(catalogue=catalogue, language="en"), act, SMALL)
