"""One person across agencies: what records say is compared and shown, never averaged; who is known here already."""

import itertools
from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from counter_tui import settings
from counter_tui.domain.crossings import Crossing
from counter_tui.domain.documents import Document, compose_mrz, read_mrz
from counter_tui.domain.known_here import REACH, KnownHere, Passage, last_way, may_be_twins, same_person
from counter_tui.domain.persons import Claim, Sameness, claim_of, claims_of, compare, with_persons
from counter_tui.domain.sections import Field, Finding, Origin, Section
from counter_tui.domain.texts import Text
from counter_tui.domain.view import merge
from counter_tui.domain.words import Authority, Band, Direction, SourceState

from .build import NOW, POST, RULES, crossing, sections

FINDINGS = settings.load_findings()
NAMES = st.sampled_from(
    ["", "RAHMAN, ABDUL", "ABDUL RAHMAN", "RAHMAN, ABDOEL", "SITI AMINAH", "RAHMAN, ABDUL BIN OMAR"]
)
BIRTHS = st.sampled_from(["", "1990", "1990-05", "1990-05-01", "1990-01-05", "1971-08-30", "no date"])
NUMBERS = st.sampled_from(["", "MYS A1234567", "A1234567", "A1234568"])
CLAIMS = st.builds(Claim, st.none(), NUMBERS, NAMES, BIRTHS)


def document(number: str = "A1234567", surname: str = "RAHMAN", given_: str = "ABDUL", sex: str = "M") -> Document:
    lines = compose_mrz(
        "TD3", "P", "MYS", number, "MYS", surname, given_, sex, date(1990, 5, 1), date(2030, 1, 1), "DEMO"
    )
    read = read_mrz(lines, today=NOW.date()).document
    assert read is not None
    return read


def of(bearer: Document, direction: Direction = Direction.ENTRY) -> Crossing:
    return replace(crossing(), document=bearer, direction=direction)


def passage(
    minutes: float = 60, way: Direction = Direction.ENTRY, counter: str = "ENT-2", bearer: Document | None = None
) -> Passage:
    return Passage(f"p{minutes}", bearer or document(), way, NOW - timedelta(minutes=minutes), counter)


def record(authority: Authority, *fields: tuple[str, str]) -> Section:
    origin = Origin("1", "record", as_of=NOW - timedelta(days=2))
    return Section(
        authority, SourceState.LIVE, NOW, fields=tuple(Field(n, v, "1") for n, v in fields), origins=(origin,)
    )


def told(*given_: Section, known: KnownHere | None = None, bearer: Document | None = None) -> tuple[Finding, ...]:
    whole = sections(**{s.authority.value: s for s in given_})
    after, _ = with_persons(whole, of(bearer or document()), known or KnownHere(), FINDINGS, "ENT-3")
    return after[0].findings


def said(*given_: Section, known: KnownHere | None = None, bearer: Document | None = None) -> list[Text]:
    return [f.text for f in told(*given_, known=known, bearer=bearer) if f.text is not None]


# -- records ----------------------------------------------------------------------------------------------------------


@given(CLAIMS, CLAIMS)
def test_a_comparison_is_the_same_whichever_comes_first(one: Claim, other: Claim) -> None:
    assert compare(one, other) == compare(other, one)


@given(CLAIMS)
def test_whoever_is_compared_with_themselves_is_the_same(one: Claim) -> None:
    assert compare(one, one).sameness is Sameness.SAME


@pytest.mark.parametrize(
    ("name", "birth", "number", "sameness"),
    [
        ("RAHMAN, ABDUL", "1990-05-01", "MYS A1234567", Sameness.SAME),
        ("Abdul Rahman bin Omar", "1990", "A1234567", Sameness.SAME),
        ("RAHMAN, ABDUL", "1990-01-05", "A1234567", Sameness.DISAGREES),
        ("SITI AMINAH", "1990-05-01", "A1234567", Sameness.DISAGREES),
        ("RAHMAN, ABDUL", "1990-05-01", "A7654321", Sameness.DISAGREES),
        ("SITI AMINAH", "1971-08-30", "A1234567", Sameness.ANOTHER),
        ("SITI AMINAH", "1990-05-01", "A7654321", Sameness.ANOTHER),
        ("", "", "", Sameness.SAME),
    ],
)
def test_same_disagrees_or_another(name: str, birth: str, number: str, sameness: Sameness) -> None:
    assert compare(claim_of(document()), Claim(Authority.HEALTH, number, name, birth)).sameness is sameness


def test_a_disagreement_says_which_value_from_whom_and_how_old() -> None:
    health = record(Authority.HEALTH, ("health.name", "RAHMAN, ABDUL"), ("health.birth-date", "1990-01-05"))
    (one,) = said(health)
    assert one.code == "person.disagrees"
    values = {"authority": "health", "value": "1990-01-05", "person_part": "birth", "as_of": "2026-11-19", "n": 0}
    assert one.as_dict() == values


def test_disagreements_are_never_averaged_each_authority_has_its_own() -> None:
    health = record(Authority.HEALTH, ("health.birth-date", "1990-01-05"))
    customs = record(Authority.CUSTOMS, ("cust.birth", "1991-05-01"))
    assert [one.as_dict()["value"] for one in said(health, customs)] == ["1991-05-01", "1990-01-05"]


def test_a_value_that_is_not_for_who_is_signed_in_is_withheld() -> None:
    whole = sections(health=record(Authority.HEALTH, ("health.birth-date", "1990-01-05")))
    after, _ = with_persons(whole, of(document()), KnownHere(), FINDINGS, "ENT-3", lambda _f, _a: False)
    (one,) = (f.text for f in after[0].findings)
    assert one is not None
    assert one.code == "person.disagrees-withheld"
    assert "1990-01-05" not in str(one)


@pytest.mark.parametrize("name", ["health.name", "health.temperature"])
def test_only_fields_of_whose_record_it_is_are_claims_and_only_their_owner_s(name: str) -> None:
    own = claims_of([record(Authority.HEALTH, (name, "X"))], lambda _f, _a: True)
    others = claims_of([record(Authority.CUSTOMS, (name, "X"))], lambda _f, _a: True)
    assert (len(own), len(others)) == (int(name == "health.name"), 0)


def test_a_disagreement_is_amber_at_least_and_is_recorded_with_the_decision() -> None:
    health = record(Authority.HEALTH, ("health.birth-date", "1990-01-05"))
    whole, added = with_persons(sections(health=health), of(document()), KnownHere(), FINDINGS, "ENT-3")
    assert merge(of(document()), whole, (), POST, RULES, NOW).risk.band is Band.AMBER
    assert [c.authority for c in added] == [Authority.IMMIGRATION]
    nothing, none = with_persons(sections(), of(document()), KnownHere(), FINDINGS, "ENT-3")
    assert (nothing, none) == (sections(), ())


@given(st.permutations(list(Authority)))
def test_the_order_of_sections_does_not_matter(order: list[Authority]) -> None:
    known = {
        Authority.HEALTH: record(Authority.HEALTH, ("health.birth-date", "1990-01-05")),
        Authority.CUSTOMS: record(Authority.CUSTOMS, ("cust.name", "SITI AMINAH"), ("cust.birth", "1971-08-30")),
    }
    whole = [known.get(a) or next(s for s in sections() if s.authority is a) for a in order]
    _, added = with_persons(whole, of(document()), KnownHere(), FINDINGS, "ENT-3")
    assert [c.id for c in added] == [
        "imm.record-of-another/person/customs",
        "imm.record-disagrees/person/health",
    ]


# -- who is known here ------------------------------------------------------------------------------------------------


def test_inside_and_entering_again() -> None:
    (one,) = said(known=KnownHere((passage(),)))
    assert (one.code, one.as_dict()["counter"], one.as_dict()["time"]) == ("person.inside-already", "ENT-2", "04:14")


def test_an_exit_between_makes_it_right() -> None:
    assert said(known=KnownHere((passage(60), passage(30, Direction.EXIT)))) == []
    assert said(known=KnownHere((passage(60, Direction.EXIT),))) == []


def test_at_another_counter_a_moment_ago() -> None:
    assert [t.code for t in said(known=KnownHere((passage(5),)))] == ["person.other-counter"]
    assert [t.code for t in said(known=KnownHere((passage(5, counter="ENT-3"),)))] == ["person.inside-already"]


def test_inside_with_another_document() -> None:
    other = document("B7654321")
    codes = {t.code for t in said(known=KnownHere((passage(bearer=other),)))}
    assert codes == {"person.inside-already-other", "person.other-document"}


def test_the_crossing_itself_and_what_is_too_old_say_nothing() -> None:
    own = replace(passage(), crossing=crossing().id)
    old = replace(passage(), at=NOW - REACH - timedelta(seconds=1))
    later = replace(passage(), at=NOW + timedelta(seconds=1))
    assert said(known=KnownHere((own, old, later))) == []


@given(st.lists(st.tuples(st.integers(0, 100), st.sampled_from(Direction)), max_size=4, unique_by=lambda p: p[0]))
def test_the_order_of_passages_does_not_matter(given_: list[tuple[int, Direction]]) -> None:
    passages = [passage(minutes, way) for minutes, way in given_]
    assert len({last_way(of(document()), order) for order in itertools.permutations(passages)}) == 1


def test_other_documents_and_twins_are_shown_and_weigh_nothing() -> None:
    other, twin = document("B7654321"), document("C1111111", given_="ABDULLAH")
    assert same_person(document(), other)
    assert not same_person(document(), twin)
    assert may_be_twins(document(), twin)
    assert not may_be_twins(document(), other)
    known = KnownHere(documents=(other, twin, document()))
    codes = [t.code for t in said(known=known)]
    assert codes == ["person.other-document", "person.twin"]
    _, added = with_persons(sections(), of(document()), known, FINDINGS, "ENT-3")
    assert added == ()
