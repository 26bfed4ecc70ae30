"""A list that is written reads back as it was, whatever stands in it, in every release of the directory."""

from datetime import UTC, date, datetime
from typing import get_args

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from counter_tui.agencies.passenger_lists import Traveller
from counter_tui.agencies.passenger_lists.model import Call, Journey, Leg, ListedDocument
from counter_tui.agencies.passenger_lists.writing import Release, Sending, write_paxlst
from counter_tui.domain.documents import PartialDate
from tests.unit.agencies.passenger_lists.lists import SITI, paxlst, read, said

SENDING = Sending("KCH", "ENT", "REF1", datetime(2026, 11, 22, 6, tzinfo=UTC))
LETTERS = st.characters(
    codec="utf-8", categories=("L", "N", "P", "S", "Zs"), exclude_characters="\u00a0,", include_characters="?':+ "
)
WORDS = st.text(LETTERS, min_size=1, max_size=20).map(lambda text: " ".join(text.split())).filter(bool)
CODES = st.text("ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789", min_size=1, max_size=12)
STATES = st.sampled_from(["IDN", "MYS", "D", "XXA", "SGP"])
BIRTHS = st.dates(date(1930, 1, 1), date(2020, 12, 31)).map(lambda day: PartialDate(day.year, day.month, day.day))
PARTIAL = st.builds(PartialDate, st.integers(1930, 2020), st.none() | st.integers(1, 12))
EXPIRIES = st.dates(date(2021, 1, 1), date(2040, 12, 31)).map(lambda day: PartialDate(day.year, day.month, day.day))
PASSPORTS = st.builds(ListedDocument, st.just("P"), CODES, STATES, st.none() | EXPIRIES)
VISAS = st.builds(ListedDocument, st.just("V"), CODES, STATES, st.none() | EXPIRIES)
OTHERS = st.fixed_dictionaries(
    {},
    optional={
        "address": WORDS, "embarkation": WORDS, "debarkation": CODES, "residence": STATES, "birth_place": WORDS,
        "reservation": CODES, "seat": CODES, "reference": CODES, "ticket": CODES, "occupation": WORDS,
        "verified": st.sampled_from(["yes", "no"]), "baggage_count": st.sampled_from(["0", "3"]), "note": WORDS,
        "baggage_weight": st.sampled_from(["13.5 KGM", "40 LBR"]), "baggage_tags": CODES, "contact": WORDS,
    },
)  # fmt: skip
TRAVELLERS = st.builds(
    Traveller,
    line=st.just(0),
    role=st.sampled_from(["FL", "FM", "VW", "DDU", "DDT"]),
    surname=WORDS,
    given_names=WORDS | st.just(""),
    sex=st.sampled_from(["M", "F", "X"]),
    birth=BIRTHS | PARTIAL,
    nationality=STATES,
    documents=st.tuples(PASSPORTS) | st.tuples(PASSPORTS, VISAS),
    others=OTHERS,
)
CALLS = st.builds(Call, WORDS | CODES, st.sampled_from(["2026-11-22T09:00", "2026-11-22", ""]))
JOURNEYS = st.builds(
    Journey,
    kind=st.sampled_from(["745", "250", "266"]),
    reference=CODES,
    reporter=WORDS,
    legs=st.lists(st.builds(Leg, CODES, CODES, st.just("3"), WORDS, CALLS, CALLS), min_size=1, max_size=2).map(tuple),
)


def known(one: Traveller) -> tuple[object, ...]:
    return (one.role, one.surname, one.given_names, one.sex, one.birth, one.nationality, one.documents, one.others)


@settings(max_examples=40)
@given(JOURNEYS, st.lists(TRAVELLERS, min_size=1, max_size=3), st.sampled_from(get_args(Release)))
def test_what_is_written_reads_back(journey: Journey, travellers: list[Traveller], release: Release) -> None:
    found = read(write_paxlst([journey], travellers, SENDING, release))
    assert [known(one) for one in found.travellers] == [known(one) for one in travellers]
    (back,) = found.journeys
    assert (back.kind, back.reference, back.reporter, back.legs) == (
        journey.kind,
        journey.reference,
        journey.reporter,
        journey.legs,
    )
    assert found.remarks == ()


def test_two_journeys_are_two_messages() -> None:
    (one,) = read(paxlst(*SITI)).travellers
    other = Traveller(0, "FM", "JOKO", nationality="IDN", journey=1)
    raw = write_paxlst([Journey("745"), Journey("250")], [one, other], SENDING)
    found = read(raw)
    assert [(one.surname, one.journey) for one in found.travellers] == [("AMINAH", 0), ("JOKO", 1)]
    assert [(j.kind, j.passengers, j.crew) for j in found.journeys] == [("745", 1, 0), ("250", 0, 1)]


@pytest.mark.parametrize(("name", "syntax"), [("AMINAH", "UNOA"), ("Aminah", "UNOB"), ("JOSÉ", "UNOC"), ("李", "UNOW")])
def test_the_narrowest_character_set_is_written(name: str, syntax: str) -> None:
    raw = write_paxlst([Journey()], [Traveller(0, "FL", name)], SENDING)
    assert f"UNB+{syntax}:4+".encode() in raw
    assert read(raw).travellers[0].surname == name


def test_what_has_no_place_of_its_own_is_written_as_text() -> None:
    raw = write_paxlst(
        [Journey()], [Traveller(0, "FL", "BUDI", others={"title": "Tn.", "baggage_weight": "much"})], SENDING
    )
    found = read(raw)
    assert found.travellers[0].others == {"note": "title: Tn., baggage_weight: much"}
    assert "not-used" not in said(found)
