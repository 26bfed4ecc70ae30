"""Keyed features: the same for who makes a list and who asks it, and met wherever the list in clear would look."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from counter_tui.domain.documents import PartialDate
from counter_tui.domain.screening.births import Agreement, compare_births
from counter_tui.domain.screening.blind import (
    FEATURE,
    WEIGHT_UNIT,
    Blinder,
    births_like,
    common_spellings,
    read_alike,
    slips,
    spellings,
)
from counter_tui.domain.screening.families import family_of, spellings_of
from counter_tui.domain.screening.numbers import number_key, numbers_agree
from counter_tui.domain.screening.spelling import fold

BLINDER, OTHER = Blinder(bytes(range(32))), Blinder(bytes(range(1, 33)))
LETTERS = "ABCDEGHIJKLMNORSTUWYZ"
TOKENS = st.text(alphabet=LETTERS, min_size=3, max_size=12)
DAYS = st.dates(date(1900, 1, 1), date(2026, 1, 1)).map(lambda day: PartialDate(day.year, day.month, day.day))
VAGUE = st.integers(1940, 1950).flatmap(
    lambda year: st.sampled_from([PartialDate(year), *(PartialDate(year, month) for month in range(1, 13))])
)
CLOSE = st.builds(
    PartialDate,
    st.integers(1940, 1951),
    st.integers(1, 12),
    st.integers(1, 28),
)
BIRTHS = st.one_of(CLOSE, VAGUE, DAYS)


@given(TOKENS)
def test_features_are_of_the_key_and_of_the_kind(token: str) -> None:
    made = BLINDER.token(token)

    assert made == Blinder(bytes(range(32))).token(token)
    assert made.features[0] == BLINDER.written(token)
    assert all(len(feature) == FEATURE for feature in made.features)
    assert 0 < made.weight <= WEIGHT_UNIT
    assert set(made.features).isdisjoint(OTHER.token(token).features)
    assert BLINDER.written(token) != BLINDER.spelled(token)


@given(TOKENS, st.randoms(use_true_random=False))
def test_a_single_slip_still_meets(token: str, chance: object) -> None:
    slipped = chance.choice(list(slips(token, LETTERS)))  # type: ignore[attr-defined]

    listed = BLINDER.written(token)
    assert listed in {BLINDER.written(spelling) for spelling in spellings(slipped)}
    assert fold(token) in common_spellings(token)


@pytest.mark.parametrize(
    ("asked", "listed"),
    [
        ("MUHAMMAD", "MOHD"),
        ("MOHD", "MOCHAMMAD"),
        ("TAN", "CHEN"),
        ("TIKRITI", "ALTIKRITI"),
        ("ALTIKRITI", "TIKRITI"),
        ("B", "B"),
        ("BAMBANG", "B"),
        ("SIMANGUNSONGRAJA", "SIMANGUNSO"),
    ],
)
def test_other_ways_to_write_a_token_are_asked_for(asked: str, listed: str) -> None:
    assert listed in spellings(asked)


def test_two_letters_respelled_are_asked_for() -> None:
    assert fold("GONZALEZ") in common_spellings("GONSALES")
    assert fold("ZAMIZHAR") in common_spellings("JAMIJHAR")


def test_a_token_in_another_orthography_meets_by_its_common_spelling() -> None:
    assert BLINDER.token("SOEKARNO").features[1] == BLINDER.token("SUKARNO").features[1]
    assert BLINDER.token("MHMD").features[2] == BLINDER.bones("MUHAMMAD")


@given(st.sampled_from(["MUHAMMAD", "TAN", "WONG", "HUSSEIN"]))
def test_a_family_is_all_that_share_one(token: str) -> None:
    assert all(set(family_of(token)) & set(family_of(other)) for other in spellings_of(token))
    assert token in spellings_of(token)


@given(BIRTHS, BIRTHS)
def test_births_that_agree_are_those_that_are_asked_for(sought: PartialDate, listed: PartialDate) -> None:
    agreement, _ = compare_births(sought, (listed,))

    assert births_like(sought).get(listed, Agreement.CONFLICT) is agreement


def test_nothing_is_asked_for_where_the_year_is_unknown() -> None:
    assert births_like(PartialDate(None)) == {}


def test_a_nationality_is_another_feature_in_every_entry() -> None:
    assert BLINDER.nationality("a", "IDN") == BLINDER.nationality("a", "IDN")
    assert BLINDER.nationality("a", "IDN") != BLINDER.nationality("b", "IDN")


@given(st.text(alphabet="ABIO0123456789QDLZSG", min_size=5, max_size=12))
def test_a_number_is_known_as_it_reads_and_as_it_is_printed(number: str) -> None:
    made, alike = BLINDER.number(number), read_alike(number)

    assert made is not None
    assert made == BLINDER.number(f" {number[:2]}-{number[2:]}".lower())
    assert number_key(alike) == number_key(number)
    found = BLINDER.number(alike)
    assert found is not None
    assert found[0] == made[0]
    assert (found[1] == made[1]) == (numbers_agree(number, (alike,)) == (alike, True))


def test_a_number_too_short_has_none_and_a_key_shows_nowhere() -> None:
    assert BLINDER.number("A12") is None
    assert repr(BLINDER) == "Blinder()"
    assert BLINDER.fingerprint != OTHER.fingerprint
