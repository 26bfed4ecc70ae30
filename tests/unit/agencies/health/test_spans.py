from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from counter_tui.agencies.health.spans import possibly_newest

START = datetime(2026, 11, 21, tzinfo=UTC)


def at(hour: int) -> datetime:
    return START + timedelta(hours=hour)


def test_the_newest_alone_where_that_is_certain() -> None:
    assert possibly_newest([(at(1), at(1), "a"), (at(3), at(3), "b"), (at(2), at(2), "c")]) == ["b"]


def test_all_that_may_be_the_newest() -> None:
    assert possibly_newest([(at(0), at(24), "day"), (at(5), at(5), "now"), (at(-24), at(0), "before")]) == [
        "day",
        "now",
    ]


@given(st.lists(st.tuples(st.integers(0, 48), st.integers(0, 48))))
def test_no_other_is_certainly_later(hours: list[tuple[int, int]]) -> None:
    spans = [(at(first), at(first + lasting), (first, first + lasting)) for first, lasting in hours]
    found = possibly_newest(spans)

    assert bool(found) == bool(spans)
    assert all(one[1] >= other[2][0] for one in found for other in spans)
