"""What the counter itself sees of a document stands in the merged view, live or not, and counts once."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from counter_tui import settings
from counter_tui.domain.crossings import Crossing
from counter_tui.domain.documents import PartialDate
from counter_tui.domain.outcome import PERSON
from counter_tui.domain.presented import PresentedRules
from counter_tui.domain.sections import Section, not_checked
from counter_tui.domain.texts import text
from counter_tui.domain.view import MergedView, merge
from counter_tui.domain.words import Authority, Band, Outcome, SourceState

from .build import NOW, POST, RULES, crossing, section, sections

PRESENTED = PresentedRules(settings.load_documents(), settings.load_findings())
BOOK = replace(RULES, presented=PRESENTED)
YESTERDAY = PartialDate.from_iso((NOW.date() - timedelta(days=1)).isoformat())


def expired(nationality: str = "MYS") -> Crossing:
    plain = crossing(nationality)
    return replace(plain, document=replace(plain.document, expiry=YESTERDAY))


def reported(code: str, name: str = "immigration/abc", source: SourceState = SourceState.LIVE) -> Section:
    """Immigration's own report of it, under a name of its own."""
    finding, contribution = PRESENTED.findings.report(code, days=1)
    own = section(Authority.IMMIGRATION, replace(contribution, id=name), source=source)
    return replace(own, findings=(replace(finding, id=name),))


def merged(of: Crossing, *immigration: Section) -> MergedView:
    return merge(of, sections(**{s.authority.value: s for s in immigration}), (), POST, BOOK, NOW)


@pytest.mark.parametrize(
    "immigration",
    [
        not_checked(Authority.IMMIGRATION),
        section(Authority.IMMIGRATION, source=SourceState.CACHED, age=timedelta(minutes=5)),
        section(Authority.IMMIGRATION),
    ],
    ids=["not checked", "cached", "live"],
)
def test_expired_is_expired_with_and_without_a_link(immigration: Section) -> None:
    view = merged(expired(), immigration)
    own = view.section(Authority.IMMIGRATION)
    assert own.source is immigration.source
    assert [f.text for f in own.findings] == [text("finding.imm.expired", days=1)]
    assert view.risk.band is Band.RED
    assert dict(view.outcome)[PERSON] is Outcome.HOLD


@pytest.mark.parametrize("words", [text("finding.imm.expired", days=1), None], ids=["open", "withheld"])
def test_what_immigration_reports_as_well_counts_once(words: object) -> None:
    alone = merged(expired(), section(Authority.IMMIGRATION))
    theirs = reported("imm.expired")
    theirs = replace(theirs, findings=tuple(replace(f, text=words) for f in theirs.findings))  # type: ignore[arg-type]
    both = merged(expired(), theirs)
    assert both.risk.score == alone.risk.score
    assert both.section(Authority.IMMIGRATION).contributions == alone.section(Authority.IMMIGRATION).contributions
    assert both.digest == alone.digest


def test_what_only_immigration_knows_stays() -> None:
    view = merged(expired(), reported("imm.document-lost"))
    assert [f.text.code for f in view.section(Authority.IMMIGRATION).findings if f.text] == [
        "finding.imm.expired",
        "finding.imm.document-lost",
    ]


def test_a_citizen_coming_home_is_recorded_and_not_held() -> None:
    view = merged(expired("IDN"), section(Authority.IMMIGRATION))
    assert dict(view.outcome)[PERSON] is Outcome.CLEAR_COND


def test_the_day_is_the_one_it_was_opened_on() -> None:
    tomorrow = merge(crossing(), sections(), (), POST, BOOK, NOW + timedelta(days=4000))
    assert tomorrow.section(Authority.IMMIGRATION).contributions == ()


def test_a_journey_already_made_is_known_from_the_crossing() -> None:
    plain = crossing("IDN")
    splp = replace(plain, document=replace(plain.document, kind="splp"), document_used=date(2026, 11, 20))
    view = merged(splp, section(Authority.IMMIGRATION))
    found = {f.text.code for f in view.section(Authority.IMMIGRATION).findings if f.text}
    assert "finding.imm.single-journey-used" in found


def test_rules_say_where_they_come_from_behind_everything_else() -> None:
    plain = crossing("IDN")
    own = replace(section(Authority.IMMIGRATION), facts=(text("fact.imm.citizen"),))
    view = merged(replace(plain, document=replace(plain.document, kind="plb", expiry=None)), own)
    codes = [fact.code for fact in view.section(Authority.IMMIGRATION).facts]
    assert codes[:3] == ["validity.stay", "validity.residents", "fact.imm.citizen"]
    assert set(codes[3:]) == {"validity.basis"}


def test_other_panels_are_as_they_were() -> None:
    view = merged(expired())
    assert all(not view.section(a).contributions for a in Authority if a is not Authority.IMMIGRATION)
