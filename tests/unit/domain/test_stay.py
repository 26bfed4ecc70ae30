"""Until when somebody may stay: by the kind of document, else by the visa; never longer than the document is good."""

from dataclasses import replace
from datetime import date

import pytest

from counter_tui import settings, settings_papers
from counter_tui.domain.crossings import Crossing
from counter_tui.domain.documents import Document, compose_mrz, document_from_keyed, read_mrz
from counter_tui.domain.outcome import PERSON
from counter_tui.domain.sections import Field, Section
from counter_tui.domain.stay import Stay, StayRule, last_day, permitted_stay, visa_of
from counter_tui.domain.texts import Text, text
from counter_tui.domain.view import MergedView, merge
from counter_tui.domain.words import Authority, Direction, Outcome
from tests.unit.domain.build import NOW, POST, RULES, crossing, section

TODAY = NOW.date()
KINDS = settings.load_documents()
STAYS = settings_papers.load_stay()
ADMITTED = ((PERSON, Outcome.CLEAR),)


def seen(of: Crossing | None = None, visa: str = "exempt", *, facts: tuple[Text, ...] = ()) -> MergedView:
    fields = (Field("imm.visa", text(f"value.imm.visa-{visa}")),) if visa else ()
    immigration = replace(section(Authority.IMMIGRATION), fields=fields, facts=facts)
    sections = [immigration, *(section(a) for a in Authority if a is not Authority.IMMIGRATION)]
    return merge(of or crossing(), sections, (), POST, RULES, NOW)


def stay(view: MergedView) -> Stay:
    found = permitted_stay(view, KINDS, STAYS, ADMITTED)
    assert isinstance(found, Stay), found
    return found


def holding(document: Document) -> Crossing:
    return replace(crossing(), document=document)


def test_thirty_days_of_the_visa_waiver_of_which_the_day_of_entry_is_the_first() -> None:
    found = stay(seen())
    assert (found.until, found.days, found.legal_basis) == (date(2026, 12, 20), 30, "Perpres 95/2024")
    assert last_day(TODAY, 1, entry_counts=True) == TODAY
    assert last_day(TODAY, 1, entry_counts=False) == date(2026, 11, 22)


def test_a_border_pass_has_days_of_its_own_before_any_visa() -> None:
    keyed = document_from_keyed("AB 123456", "MYS", "MYS", "JENNY", "", "F", "1974-08-12", "2027-03-03", TODAY)
    assert isinstance(keyed, Document)
    found = stay(seen(holding(replace(keyed, kind="border-pass-mys"))))
    assert (found.until, found.rule, found.doubt) == (date(2026, 12, 4), "border-pass-mys.stay-days", "disputed")


def test_the_document_ends_the_stay_where_it_ends_earlier() -> None:
    born, ends = date(1990, 5, 1), date(2026, 12, 1)
    lines = compose_mrz("TD3", "P", "MYS", "A1234567", "MYS", "RAHMAN", "ABDUL", "M", born, ends, "DEMO")
    document = read_mrz(lines, today=TODAY).document
    assert document is not None
    found = stay(seen(holding(document)))
    assert (found.until, found.capped) == (ends, True)


def test_where_the_visa_says_it_no_day_is_made_up() -> None:
    assert stay(seen(visa="valid")).until is None


@pytest.mark.parametrize(
    ("view", "outcome", "why"),
    [
        (seen(crossing(direction=Direction.EXIT)), ADMITTED, "stay.exit"),
        (seen(crossing("IDN")), ADMITTED, "stay.citizen"),
        (seen(), ((PERSON, Outcome.REFER),), "stay.not-admitted"),
        (seen(), (), "stay.not-admitted"),
        (seen(visa="none"), ADMITTED, "stay.unknown"),
        (seen(visa=""), ADMITTED, "stay.unknown"),
    ],
)
def test_nothing_is_said_where_nothing_is_known_or_given(view: MergedView, outcome: object, why: str) -> None:
    assert permitted_stay(view, KINDS, STAYS, outcome) == why  # type: ignore[arg-type]


def test_a_rule_that_is_not_in_force_yet_says_nothing() -> None:
    later = replace(STAYS, rows=(StayRule("x", "exempt", 60, "law", "none", date(2027, 1, 1)),))
    assert permitted_stay(seen(), KINDS, later, ADMITTED) == "stay.unknown"
    others = replace(STAYS, rows=(replace(later.rows[0], valid_from=TODAY, nationalities=frozenset({"SGP"})),))
    assert permitted_stay(seen(), KINDS, others, ADMITTED) == "stay.unknown"


def test_the_waiver_is_known_by_the_fact_where_the_field_is_not_shared() -> None:
    assert visa_of(Section(Authority.IMMIGRATION, section(Authority.IMMIGRATION).source)) == ""
    assert stay(seen(visa="", facts=(text("fact.imm.visa-exempt"),))).rule == "visa-exempt"
