"""What is known of a document by its kind, a day, a direction and a post: the shipped rules, case by case."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from counter_tui import settings
from counter_tui.domain.documents import Document, PartialDate, compose_mrz, read_mrz
from counter_tui.domain.documents.validity import Passage, ValidityNote, judge_validity
from counter_tui.domain.posts import Post
from counter_tui.domain.words import Direction
from scripts import catalogues

RULES = settings.load_documents()
FINDINGS = settings.load_findings()
ON = date(2026, 11, 21)
HERE = Post("ID-ENTIKONG", "ENTIKONG", "IDN", "Asia/Pontianak")
ELSEWHERE = Post("ID-BADAU", "BADAU", "IDN", "Asia/Pontianak")
BESIDE = [kind for rule in RULES.rules if rule.name == "beside" for kind in rule.places]
FAR = ON + timedelta(days=700)


def zone(code: str = "P", issuer: str = "MYS", nation: str = "", expiry: date = FAR, layout: str = "TD3") -> Document:
    lines = compose_mrz(
        layout, code, issuer, "A1234567", nation or issuer, "X", "Y", "F", date(1990, 5, 1), expiry, "DEMO"
    )
    read = read_mrz(lines, today=ON).document
    assert read is not None
    return read


def keyed(kind: str, issuer: str = "IDN", nation: str = "IDN", expiry: date | None = FAR) -> Document:
    last = PartialDate(expiry.year, expiry.month, expiry.day) if expiry else None
    plain = replace(zone(nation=nation), kind=kind, issuing_state=issuer, expiry=last, entry_method="keyed")
    return replace(plain, format="", code="", mrz=())


def judged(
    document: Document, direction: Direction = Direction.ENTRY, post: Post = HERE, used: date | None = None
) -> tuple[ValidityNote, ...]:
    return judge_validity(document, RULES, Passage(ON, direction, post, used))


def codes(document: Document, direction: Direction = Direction.ENTRY, **more: object) -> list[str]:
    return [note.code for note in judged(document, direction, **more) if note.code]  # type: ignore[arg-type]


def noted(document: Document, direction: Direction = Direction.ENTRY) -> list[str]:
    return [note.text.code for note in judged(document, direction) if not note.code]


@pytest.mark.parametrize(
    ("code", "issuer", "nation", "layout", "kind"),
    [
        ("P", "MYS", "MYS", "TD3", "passport"),
        ("PP", "D", "D", "TD3", "passport"),
        ("PD", "THA", "THA", "TD3", "diplomatic"),
        ("PO", "THA", "THA", "TD3", "official"),
        ("PS", "THA", "THA", "TD3", "official"),
        ("PE", "IDN", "IDN", "TD3", "splp"),
        ("PE", "PHL", "PHL", "TD3", "emergency"),
        ("PR", "MYS", "MMR", "TD3", "refugee"),
        ("P", "MYS", "XXB", "TD3", "refugee"),
        ("P", "MYS", "XXA", "TD3", "stateless"),
        ("PT", "MYS", "MMR", "TD3", "alien"),
        ("P", "UNO", "IDN", "TD3", "laissez-passer"),
        ("P", "EUE", "FRA", "TD3", "laissez-passer"),
        ("I", "MYS", "MYS", "TD1", "identity-card"),
        ("ID", "SGP", "SGP", "TD2", "identity-card"),
        ("IS", "PHL", "PHL", "TD1", "seaman"),
        ("V", "IDN", "MYS", "MRVA", None),
    ],
)
def test_a_zone_tells_its_kind(code: str, issuer: str, nation: str, layout: str, kind: str | None) -> None:
    found = RULES.find_kind(zone(code, issuer, nation, layout=layout))
    assert (found.code if found else None) == kind


def test_a_keyed_document_is_of_the_kind_that_was_keyed() -> None:
    found = RULES.find_kind(keyed("plb"))
    assert found is not None
    assert found.code == "plb"


def test_the_border_pass_is_offered_first_and_every_kind_has_words() -> None:
    assert RULES.keyed[0].code == "plb"
    assert {k.code for k in RULES.keyed} >= {"border-pass-mys", "kilb", "splp", "seaman", "emergency", "none"}
    for language in catalogues.LANGUAGES:
        texts = catalogues.load(catalogues.ROOT, language)
        needed = [f"kind.{kind.code}" for kind in RULES.kinds] + [f"kind.{kind.code}.short" for kind in RULES.keyed]
        needed += [f"doubt.{doubt}" for doubt in settings.DOUBTS] + [f"beside.{kind}" for kind in BESIDE]
        needed += [f"validity.{note}" for note in ("stay", "residents", "single-journey", "states-differ", "basis")]
        assert [code for code in needed if texts.get(code) is None] == [], language


@pytest.mark.parametrize(
    ("nation", "days", "direction", "expected"),
    [
        ("MYS", -1, Direction.ENTRY, ["imm.expired"]),
        ("MYS", -1, Direction.EXIT, ["imm.expired"]),
        ("IDN", -1, Direction.ENTRY, ["imm.expired-citizen"]),
        ("IDN", -1, Direction.EXIT, ["imm.expired"]),
        ("MYS", 0, Direction.ENTRY, ["imm.validity-short"]),
        ("MYS", 180, Direction.ENTRY, ["imm.validity-short"]),
        ("MYS", 181, Direction.ENTRY, []),
        ("MYS", 10, Direction.EXIT, []),
        ("IDN", 10, Direction.ENTRY, []),
    ],
)
def test_expired_and_under_six_months(nation: str, days: int, direction: Direction, expected: list[str]) -> None:
    assert codes(zone(issuer=nation, expiry=ON + timedelta(days=days)), direction) == expected


def test_days_are_counted_from_the_last_day_it_can_be_valid() -> None:
    (note,) = judged(zone(expiry=ON - timedelta(days=34)))
    assert note.text.as_dict() == {"days": 34}
    month = replace(zone(), expiry=PartialDate(2026, 11))
    assert codes(month) == ["imm.validity-short"]


def test_without_a_last_day_nothing_is_judged_and_that_is_said() -> None:
    assert codes(keyed("emergency", "PHL", "PHL", None)) == ["imm.no-expiry"]


def test_a_border_pass_says_who_may_use_it_and_how_long() -> None:
    assert codes(keyed("plb", expiry=ON + timedelta(days=30))) == []
    assert noted(keyed("plb")) == ["validity.stay", "validity.residents"]
    assert codes(keyed("border-pass-mys", "MYS", "MYS", ON + timedelta(days=30))) == []
    assert codes(keyed("plb", nation="MYS")) == ["imm.document-not-for", "imm.states-differ"]
    assert codes(keyed("plb"), post=ELSEWHERE) == ["imm.document-not-here"]
    assert codes(keyed("plb", expiry=ON + timedelta(days=800))) == ["imm.validity-too-long"]


def test_what_is_never_enough_alone() -> None:
    assert codes(keyed("kilb")) == ["imm.document-beside"]
    assert codes(keyed("seaman", "PHL", "PHL")) == ["imm.document-beside"]
    assert codes(zone("I", layout="TD1")) == ["imm.not-travel-document"]
    assert codes(keyed("none", "", expiry=None)) == ["imm.no-document"]


def test_a_journey_home_is_one_and_its_document_used_up_by_it() -> None:
    splp = zone("PE", "IDN")
    assert (codes(splp), noted(splp)) == ([], ["validity.single-journey"])
    assert codes(splp, used=ON) == ["imm.single-journey-used"]
    assert codes(splp, Direction.EXIT) == ["imm.document-not-out"]
    assert codes(zone("PE", "PHL"), used=ON) == ["imm.single-journey-used"]
    assert codes(zone("PE", "PHL"), Direction.EXIT, used=ON) == []


@pytest.mark.parametrize(
    ("code", "issuer", "nation"),
    [
        ("P", "MYS", "XXA"),
        ("P", "MYS", "XXB"),
        ("P", "MYS", "XXC"),
        ("PT", "MYS", "MMR"),
        ("PR", "MYS", "MMR"),
        ("P", "UNO", "IDN"),
        ("P", "UNK", "SRB"),
        ("P", "EUE", "FRA"),
        ("P", "GBR", "GBD"),
        ("P", "RKS", "ALB"),
    ],
)
def test_where_the_law_lets_states_differ_it_is_only_said(code: str, issuer: str, nation: str) -> None:
    assert codes(zone(code, issuer, nation)) == []
    assert "validity.states-differ" in noted(zone(code, issuer, nation))


def test_elsewhere_two_states_are_something_to_look_at() -> None:
    (note,) = judged(zone("P", "MYS", "PHL"))
    assert (note.code, note.text.as_dict()) == ("imm.states-differ", {"issuer": "MYS", "nation": "PHL"})
    assert noted(zone("P", "D", "D")) == codes(zone("P", "D", "D")) == []


def test_every_note_names_the_row_it_comes_from() -> None:
    for note in (*judged(keyed("plb", nation="MYS")), *judged(zone(expiry=ON)), *judged(keyed("kilb"))):
        assert note.basis.source
        assert note.basis.doubt in settings.DOUBTS
        assert not note.code or FINDINGS.get(note.code).code == note.code


def test_what_the_counter_finds_says_something_of_its_own() -> None:
    """Findings are told apart by what they contribute: two that say the same would hide each other."""
    own = [rule for rule in FINDINGS.rules.values() if rule.authority == "immigration"]
    known = {code for code in RULES.bases if code.startswith("imm.")}
    counters = {
        "imm.expired", "imm.expired-citizen", "imm.validity-short", "imm.single-journey-used", "imm.no-expiry",
        "imm.validity-too-long", "imm.no-document", "imm.not-travel-document", "imm.document-beside",
        "imm.document-not-for", "imm.document-not-here", "imm.document-not-out", "imm.states-differ",
    }  # fmt: skip
    assert counters <= known
    says = [(r.subject, r.verdict, r.band_floor, r.action, r.points) for r in own if r.code in counters]
    others = [(r.subject, r.verdict, r.band_floor, r.action, r.points) for r in own if r.code not in counters]
    assert len(set(says)) == len(counters)
    assert not set(says) & set(others)


@given(
    st.sampled_from([k.code for k in RULES.kinds]),
    st.sampled_from(["IDN", "MYS", "XXA", ""]),
    st.sampled_from(list(Direction)),
    st.one_of(st.none(), st.dates(date(1990, 1, 1), date(2060, 1, 1))),
    st.one_of(st.none(), st.just(ON)),
)
def test_anything_is_judged_and_a_citizen_coming_home_is_not_stopped_by_a_date(
    kind: str, issuer: str, direction: Direction, expiry: date | None, used: date | None
) -> None:
    found = codes(keyed(kind, issuer, "IDN", expiry), direction, used=used)
    assert len(found) == len(set(found))
    if direction is Direction.ENTRY:
        assert "imm.expired" not in found
        assert "imm.validity-short" not in found
