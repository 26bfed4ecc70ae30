"""Garbage is picked up when it is told, and not in between."""

import gc
import weakref
from collections.abc import Iterator

import pytest

from counter_tui.tui.litter import AT_THE_LATEST, LEFT_ALONE, WHOLE_AFTER, Litter


class Ring:
    """What only the collector finds."""

    def __init__(self) -> None:
        self.own = self


@pytest.fixture(autouse=True)
def as_before() -> Iterator[None]:
    before = gc.get_threshold()
    yield
    gc.set_threshold(*before)
    gc.unfreeze()


def litter() -> list["weakref.ref[Ring]"]:
    return [weakref.ref(Ring()) for _ in range(LEFT_ALONE + 100)]


def left(rings: list["weakref.ref[Ring]"]) -> int:
    return sum(ring() is not None for ring in rings)


def test_nothing_is_looked_at_before_it_is_told_and_all_that_is_new_then() -> None:
    picker = Litter()
    picker.begin()
    assert gc.get_threshold()[0] == AT_THE_LATEST
    rings = litter()
    assert left(rings) == len(rings)
    picker.pick_up(idle=False)
    assert left(rings) == 0


def test_what_outlived_a_look_is_found_when_nobody_stands_there() -> None:
    picker = Litter()
    picker.begin()
    kept = [Ring() for _ in range(LEFT_ALONE + 100)]
    rings = [weakref.ref(ring) for ring in kept]
    picker.pick_up(idle=False)
    kept.clear()
    for _ in range(WHOLE_AFTER * 2):
        picker.pick_up(idle=False)
    assert left(rings) == len(rings)
    picker.pick_up(idle=True)
    assert left(rings) == 0


def test_a_start_is_not_stopped() -> None:
    rings = litter()
    Litter().pick_up(idle=True)
    assert left(rings) > 0
