"""Dates of birth and countries, in the ways lists write them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from counter_tui.agencies.lists.births import read_births
from counter_tui.agencies.lists.countries import _by_words, find_country
from counter_tui.domain.documents import STATES


@pytest.mark.parametrize(
    ("said", "dates"),
    [
        ("", []),
        ("1974-08-12", ["1974-08-12"]),
        ("1974-08", ["1974-08"]),
        ("10 Dec 1948", ["1948-12-10"]),
        ("9 october 1948", ["1948-10-09"]),
        ("Dec 1948", ["1948-12"]),
        ("Nov. 1973 ", ["1973-11"]),
        ("1948.", ["1948"]),
        ("circa 1961", ["1961"]),
        ("circa 12 Mar 1961", ["1961"]),
        ("1959 to 1962", ["1959", "1960", "1961", "1962"]),
        ("1960-1961", ["1960", "1961"]),
        ("circa 1979-1980", ["1979", "1980"]),
        ("01 Jan 1960 to 31 Dec 1961", ["1960", "1961"]),
        ("01 Mar 1960 to 31 Mar 1960", ["1960-03"]),
        ("between 1970 and 1971", ["1970", "1971"]),
        ("1900 to 1990", []),
    ],
)
def test_a_birth_is_as_exact_as_it_is_said(said: str, dates: list[str]) -> None:
    assert [born.iso() for born in read_births(said)] == dates


@pytest.mark.parametrize(
    "said", ["31 Feb 1960", "1402", "3000", "12/03/1960", "1962 to 1960", "19 Foo 1960", "x" * 999]
)
def test_what_is_no_birth_is_not_guessed(said: str) -> None:
    with pytest.raises(ValueError, match="^$"):
        read_births(said)


@given(st.text(max_size=70))
def test_nothing_but_value_error_comes_of_any_text(said: str) -> None:
    find_country(said)
    try:
        found = read_births(said)
    except ValueError:
        return
    assert all(born.year is not None for born in found)


@pytest.mark.parametrize(
    ("said", "code"),
    [
        ("Iran", "IRN"),
        ("Iran, Islamic Republic of", "IRN"),
        ("Iran (Islamic Republic of)", "IRN"),
        ("Democratic People's Republic of Korea", "PRK"),
        ("Democratic People\u2019s Republic of Korea", "PRK"),
        ("Korea, North", "PRK"),
        ("Republic of Korea", "KOR"),
        ("Burma", "MMR"),
        ("Congo, Democratic Republic of the", "COD"),
        ("Congo", "COG"),
        ("T\u00fcrkiye", "TUR"),
        ("Cote d'Ivoire", "CIV"),
        ("C\u00f4te d\u2019Ivoire", "CIV"),
        ("The Gambia", "GMB"),
        ("possibly Palestinian", "PSE"),
        ("Germany", "D"),
        ("DEU", "D"),
        ("IDN", "IDN"),
        ("Korea", None),
        ("former Soviet Union", None),
        ("", None),
    ],
)
def test_countries_are_known_by_many_names(said: str, code: str | None) -> None:
    assert find_country(said) == code


def test_every_code_that_a_name_leads_to_is_one() -> None:
    assert set(_by_words().values()) <= STATES
    assert () not in _by_words()
