"""Which crossings of a document are one passage."""

from datetime import UTC, datetime, timedelta

import pytest

from counter_tui.domain.joint.passages import Opened, beside, to_take_up
from counter_tui.domain.words import Direction

AT = datetime(2026, 11, 22, 5, tzinfo=UTC)
IN, OUT = Direction.ENTRY, Direction.EXIT


def test_what_is_taken_up_is_the_newest_the_same_way_of_half_a_day() -> None:
    opened = [
        Opened("old", IN, AT - timedelta(hours=13)),
        Opened("first", IN, AT - timedelta(hours=5)),
        Opened("out", OUT, AT - timedelta(hours=1)),
        Opened("second", IN, AT - timedelta(hours=2)),
        Opened("ahead", IN, AT + timedelta(minutes=1)),
    ]
    assert [one.crossing for one in to_take_up(opened, IN, AT)] == ["second", "first"]


@pytest.mark.parametrize(
    ("minutes", "direction", "same"),
    [(0, IN, True), (120, IN, True), (-120, IN, True), (121, IN, False), (5, OUT, False)],
)
def test_crossings_opened_apart_are_one_passage_if_no_more_than_two_hours_from_each_other(
    minutes: int, direction: Direction, *, same: bool
) -> None:
    other = Opened("other", direction, AT + timedelta(minutes=minutes))
    own = Opened("own", IN, AT)
    assert beside([own, other], own) == (("other",) if same else ())
