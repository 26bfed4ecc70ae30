"""Dates, ages and durations as an officer reads them."""

from datetime import date, timedelta

import pytest

from counter_tui.domain.documents import PartialDate
from counter_tui.domain.sections import Section
from counter_tui.domain.words import Authority, SourceState
from counter_tui.tui.paint.times import birth, old, partial, source_age, span, stopwatch, when
from tests.unit.tui.paint.travellers import NOW, TODAY, ZONE


def test_a_birth_has_its_age() -> None:
    assert birth(PartialDate(1974, 8, 12), TODAY) == "12 Aug 1974 (52)"


def test_a_birth_that_is_not_wholly_known_says_so() -> None:
    assert birth(PartialDate(1974), TODAY) == "1974 (51+)"
    assert birth(PartialDate(None), TODAY) == "birth unknown"
    assert partial(PartialDate(1974, 8)) == "Aug 1974"


@pytest.mark.parametrize(
    ("age", "shown"),
    [
        (timedelta(minutes=12), "05:02"),
        (timedelta(minutes=59), "04:15"),
        (timedelta(minutes=61), "1 h old"),
        (timedelta(hours=47), "47 h old"),
        (timedelta(hours=49), "2 days old"),
        (timedelta(minutes=-3), "05:17"),
    ],
)
def test_what_is_held_says_its_time_and_then_its_age(age: timedelta, shown: str) -> None:
    assert old(NOW - age, NOW, ZONE) == shown


def test_a_section_says_live_its_age_or_nothing() -> None:
    live = Section(Authority.CUSTOMS, SourceState.LIVE, NOW)
    held = Section(Authority.CUSTOMS, SourceState.CACHED, NOW - timedelta(hours=3))
    missing = Section(Authority.CUSTOMS, SourceState.NOT_CHECKED)
    assert [source_age(s, NOW, ZONE) for s in (live, held, missing)] == ["live", "3 h old", ""]


def test_durations() -> None:
    assert [span(timedelta(seconds=s)) for s in (0, 40, 720, 7200, 3 * 86400)] == [
        "0 s",
        "40 s",
        "12 min",
        "2 h",
        "3 days",
    ]
    assert [stopwatch(timedelta(seconds=s)) for s in (-4, 6, 760, 3723)] == ["0:00", "0:06", "12:40", "1:02:03"]


def test_a_time_of_another_day_names_it() -> None:
    assert when(NOW, NOW, ZONE) == "05:14:20"
    assert when(NOW - timedelta(days=3), NOW, ZONE) == "18 Nov 05:14"
    assert date(2026, 11, 21) == TODAY
