from datetime import UTC, date, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from counter_tui.agencies.health.times import read_time

JAKARTA = timezone(timedelta(hours=7))


@pytest.mark.parametrize(
    ("written", "first", "last"),
    [
        ("2024", date(2024, 1, 1), date(2024, 12, 31)),
        ("2024-02", date(2024, 2, 1), date(2024, 2, 29)),
        ("2025-02", date(2025, 2, 1), date(2025, 2, 28)),
        ("2025-12", date(2025, 12, 1), date(2025, 12, 31)),
        ("2025-11-01", date(2025, 11, 1), date(2025, 11, 1)),
        ("2025-11-01T23:59:59-05:00", date(2025, 11, 1), date(2025, 11, 1)),
    ],
)
def test_a_date_is_all_the_days_that_it_can_mean(written: str, first: date, last: date) -> None:
    time = read_time(written)

    assert (time.first, time.last, time.written) == (first, last, written)


@pytest.mark.parametrize(
    "written",
    [
        "2025-11-01T23:59:59",
        "2025-11-01T23:59Z",
        "2025-11-01 23:59:59Z",
        "2025-11-01T24:00:00Z",
        "2025-11-01T10:00:61Z",
        "2025-11-01T10:00:00+14:30",
        "2025-02-30",
        "2025-13",
        "25-11-01",
        "20251101",
        "0001-01-01",
        "9999-12-31T23:59:59Z",
        "",
        "2025-",
        "\u0662\u0660\u0662\u0665",
        "2025-11-01\n",
    ],
)
def test_what_is_no_date_of_fhir_is_refused(written: str) -> None:
    with pytest.raises(ValueError, match=r"^$|day is out of range"):
        read_time(written)


def test_a_leap_second_is_the_one_before_it() -> None:
    assert read_time("2016-12-31T23:59:60Z").instant == datetime(2016, 12, 31, 23, 59, 59, tzinfo=UTC)


def test_a_day_begins_and_ends_where_it_is_asked_about() -> None:
    day, instant = read_time("2025-11-01"), read_time("2025-11-01T01:00:00Z")

    assert day.earliest(JAKARTA) == datetime(2025, 10, 31, 17, 0, tzinfo=UTC)
    assert day.latest(JAKARTA) == datetime(2025, 11, 1, 16, 59, tzinfo=UTC)
    assert instant.earliest(JAKARTA) == instant.latest(JAKARTA) == datetime(2025, 11, 1, 1, 0, tzinfo=UTC)


@given(st.datetimes(datetime(1900, 1, 1), datetime(2199, 12, 31), timezones=st.just(UTC)))  # noqa: DTZ001
def test_an_instant_is_read_as_it_was_written(moment: datetime) -> None:
    assert read_time(moment.isoformat()).instant == moment
