from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from counter_tui.domain.documents import PartialDate
from counter_tui.domain.documents.dates import Century, read_date
from counter_tui.errors import DocumentError

TODAY = date(2026, 7, 1)


@pytest.mark.parametrize(
    ("raw", "century", "iso", "possible"),
    [
        ("740812", Century.BIRTH, "1974-08-12", True),
        ("260701", Century.BIRTH, "2026-07-01", True),
        ("260702", Century.BIRTH, "1926-07-02", True),
        ("26<<<<", Century.BIRTH, "2026", True),
        ("27<<<<", Century.BIRTH, "1927", True),
        ("2608<<", Century.BIRTH, "1926-08", True),
        ("000229", Century.BIRTH, "2000-02-29", True),
        ("010229", Century.BIRTH, "2001-02", False),
        ("7408<<", Century.BIRTH, "1974-08", True),
        ("74<<12", Century.BIRTH, "1974", True),
        ("<<0812", Century.BIRTH, "", True),
        ("<<<<<<", Century.BIRTH, "", True),
        ("0000<<", Century.BIRTH, "2000", True),
        ("000000", Century.BIRTH, "2000", False),
        ("741301", Century.BIRTH, "1974", False),
        ("740832", Century.BIRTH, "1974-08", False),
        ("74O812", Century.BIRTH, "1974", False),
        ("7<0812", Century.BIRTH, "", False),
        ("160701", Century.EXPIRY, "2016-07-01", True),
        ("460701", Century.EXPIRY, "2046-07-01", True),
        ("460702", Century.EXPIRY, "1946-07-02", True),
        ("991231", Century.EXPIRY, "1999-12-31", True),
    ],
)
def test_zone_dates(raw: str, century: Century, iso: str, *, possible: bool) -> None:
    found, was_possible = read_date(raw, century, TODAY)
    assert (found.iso(), was_possible) == (iso, possible)


def test_the_window_moves_across_a_century() -> None:
    assert read_date("050101", Century.EXPIRY, date(2095, 1, 1))[0].iso() == "2105-01-01"
    assert read_date("950101", Century.BIRTH, date(2101, 1, 1))[0].iso() == "2095-01-01"


@given(st.dates(date(1950, 1, 1), date(2150, 1, 1)), st.dates(date(1850, 1, 1), date(2150, 1, 1)))
@settings(deadline=None)
def test_a_birth_within_a_hundred_years_is_read_back_and_is_never_in_the_future(today: date, born: date) -> None:
    read, possible = read_date(born.strftime("%y%m%d"), Century.BIRTH, today)
    earliest = read.earliest()
    assert earliest is not None
    assert earliest <= today
    if born <= today and (today.year - born.year < 100):
        assert (read.iso(), possible) == (born.isoformat(), True)


@pytest.mark.parametrize("iso", ["", "1974", "1974-08", "1974-08-12"])
def test_iso_goes_there_and_back(iso: str) -> None:
    assert PartialDate.from_iso(iso).iso() == iso


@pytest.mark.parametrize("text", ["74", "1974-13", "1974-02-30", "0000", "1974-08-12T00", "1974-8-1", "١٩٧٤", "x" * 99])
def test_what_is_no_date_is_refused(text: str) -> None:
    with pytest.raises(DocumentError):
        PartialDate.from_iso(text)


def test_bounds_and_age_of_partial_dates() -> None:
    assert PartialDate(1974).earliest() == date(1974, 1, 1)
    assert PartialDate(1974, 2).latest() == date(1974, 2, 28)
    assert PartialDate(None).latest() is None
    assert PartialDate(1974, 8, 12).age_on(TODAY) == 51
    assert PartialDate(1974, 7, 1).age_on(TODAY) == 52
    # With the day unknown, at least so old.
    assert PartialDate(1974).age_on(TODAY) == 51
    assert PartialDate(2026).age_on(TODAY) == 0
    assert PartialDate(None).age_on(TODAY) is None
