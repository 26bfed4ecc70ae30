"""The law of overriding: what, by whom, for how long, and what never."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from counter_tui.domain.decisions import ReasonCode, judge
from counter_tui.domain.joint.deeds import NOTE_SHORTEST, Override
from counter_tui.domain.outcome import Judgement
from counter_tui.domain.overriding import OverrideRules, Proposed, overridden, stands, why_not_override
from counter_tui.domain.posts import Officer
from counter_tui.domain.sections import Contribution
from counter_tui.domain.view import MergedView
from counter_tui.domain.words import AGENCY_OF, Agency, Authority, Basis, Role, SubjectKind, Verdict
from counter_tui.errors import DecisionError
from counter_tui.settings_override import load_override
from counter_tui.settings_two_persons import load_two_persons
from tests.unit.domain.build import NOW, PERSON, contribution, view

TODAY = date(2026, 11, 21)
RULES = load_override().on(TODAY)
TWO = load_two_persons().on(TODAY)
NOTE = "the certificate was shown on paper, number seen"


def person(id_: str, agency: Agency, role: Role = Role.OFFICER) -> Officer:
    return Officer(id_, id_.upper(), agency, role, frozenset({agency}))


HENDRA = person("hendra", Agency.IMMIGRATION, Role.SUPERVISOR)
RATNA, NURUL = person("ratna", Agency.IMMIGRATION), person("nurul", Agency.QUARANTINE)
ASKED = Proposed(HENDRA, "paper-shown", NOTE, 1, second=NURUL)
PAPERS = contribution(Authority.ANIMAL_PLANT, Verdict.HOLD, action="hold-item")


def why(asked: Proposed = ASKED, about: Contribution = PAPERS, *standing: Judgement) -> str:
    return why_not_override(about, asked, RULES, TWO, standing)


def test_a_supervisor_with_a_second_person_of_the_owning_agency_may() -> None:
    assert why() == ""


@pytest.mark.parametrize(
    ("asked", "code"),
    [
        (replace(ASKED, officer=RATNA), "override.no-supervisor"),
        (replace(ASKED, officer=replace(HENDRA, role=Role.TRAINER)), "override.no-supervisor"),
        (replace(ASKED, reason="because"), "override.reason"),
        (replace(ASKED, note="x" * (NOTE_SHORTEST - 1) + "   "), "override.note-short"),
        (replace(ASKED, hours=0), "override.hours"),
        (replace(ASKED, hours=3), "override.hours"),
        (replace(ASKED, second=None), "override.nobody"),
        (replace(ASKED, second=HENDRA), "two.same-person"),
        (replace(ASKED, second=RATNA), "two.second-agency"),
        (replace(ASKED, second=None, confirmer=NURUL), ""),
        (replace(ASKED, second=None, confirmer=RATNA), "two.second-agency"),
    ],
)
def test_everything_it_takes(asked: Proposed, code: str) -> None:
    assert why(asked) == code


@pytest.mark.parametrize(
    ("about", "code"),
    [
        (contribution(Authority.IMMIGRATION, Verdict.REFUSE, action="travel-ban"), "override.never-ban"),
        (contribution(Authority.IMMIGRATION, Verdict.REFER, action="travel-ban"), "override.never-ban"),
        (contribution(Authority.HEALTH, Verdict.HOLD, action="isolate"), "override.never-isolation"),
        (contribution(Authority.CUSTOMS, Verdict.HOLD, action="contraband"), "override.never-evidence"),
        (contribution(Authority.SECURITY, Verdict.HOLD, action="officer-safety"), "override.never-danger"),
        (contribution(Authority.IMMIGRATION, Verdict.HOLD, action="protect"), "override.never-protect"),
        (contribution(Authority.CUSTOMS, Verdict.REFER, None, action="secondary-search"), "override.sealed"),
        (contribution(Authority.CUSTOMS, Verdict.CLEAR_COND, action="over-quota"), "override.nothing"),
        (contribution(Authority.CUSTOMS, Verdict.HOLD, action="cash-count"), "override.not-allowed"),
        (contribution(Authority.ANIMAL_PLANT, Verdict.REFUSE, action="hold-item"), "override.not-allowed"),
        (contribution(Authority.IMMIGRATION, Verdict.HOLD, action="refer"), "override.not-allowed"),
    ],
)
def test_what_is_not_overridden(about: Contribution, code: str) -> None:
    second = person("owner", AGENCY_OF[about.authority])
    assert why(replace(ASKED, second=second), about) == code


def test_an_officers_verdict_is_never_overridden() -> None:
    vet = Judgement(Authority.ANIMAL_PLANT, PERSON, Verdict.HOLD, Basis.OFFICER)
    assert why(ASKED, PAPERS, vet) == "override.officer-said"
    assert why(ASKED, PAPERS, replace(vet, basis=Basis.RULE)) == ""
    assert why(ASKED, PAPERS, replace(vet, verdict=Verdict.REFER)) == ""
    assert why(ASKED, PAPERS, replace(vet, authority=Authority.HEALTH)) == ""


def test_what_no_row_in_force_allows_is_closed() -> None:
    early = load_override().on(date(2026, 10, 31))
    assert early.why_not_rule(PAPERS) == "override.not-allowed"
    assert early.barred == RULES.barred != frozenset(), "what is never overridden is always"


@given(st.sampled_from(sorted(RULES.barred)), st.sampled_from(list(Verdict)), st.sampled_from(list(Authority)))
def test_no_row_opens_what_is_never_overridden(action: str, verdict: Verdict, authority: Authority) -> None:
    wide = replace(RULES.allowed[0], actions=frozenset({action}), most=Verdict.HANDOVER)
    rules = OverrideRules("1", (*RULES.allowed, wide), RULES.never, RULES.reasons)
    assert rules.why_not_rule(contribution(authority, verdict, action=action)).startswith("override.never")


def override(*, hours: float = 1, confirmer: str = "", confirm_hours: float = 0.5) -> Override:
    until, by = (NOW + timedelta(hours=h) for h in (hours, confirm_hours))
    by_text = by.isoformat() if confirmer else ""
    return Override(
        PAPERS.id, PAPERS.authority, PERSON, "hold-item", "paper-shown", NOTE, until.isoformat(), confirmer, by_text
    )


def test_it_ends_by_itself_and_silence_does_not_confirm() -> None:
    def holds(one: Override, hours: float, *answers: bool) -> bool:
        return stands(one, NOW + timedelta(hours=hours), answers)

    assert holds(override(), 0.99)
    assert not holds(override(), 1)
    named = override(confirmer="nurul")
    assert holds(named, 0.49)
    assert not holds(named, 0.5), "nobody confirmed it in time"
    assert holds(named, 0.9, True)
    assert not holds(named, 0.1, False)
    assert not holds(named, 0.1, True, False), "one no is enough"
    assert not holds(replace(override(), until="soon"), 0)
    assert not holds(replace(override(), until="2026-11-22T00:00:00"), 0), "a time without a zone is none"


def test_which_rules_are_set_aside() -> None:
    acts = {"ENT-3/1": override(), "ENT-4/1": replace(override(confirmer="nurul"), rule="other")}
    assert overridden(acts, NOW, {}) == {PAPERS.id, "other"}
    assert overridden(acts, NOW, {"ENT-4/1": (False,)}) == {PAPERS.id}


@pytest.mark.parametrize(
    ("first", "second", "changed", "code"),
    [
        (HENDRA, NURUL, {}, ""),
        (RATNA, NURUL, {}, "override.no-supervisor"),
        (HENDRA, NURUL, {"note": "because"}, "override.note-short"),
        (HENDRA, HENDRA, {}, "two.same-person"),
        (HENDRA, RATNA, {}, "two.second-agency"),
        (HENDRA, None, {}, "override.nobody"),
        (HENDRA, None, {"confirmer": "nurul"}, ""),
        (HENDRA, None, {"confirmer": "hendra"}, "override.nobody"),
    ],
)
def test_an_entry_that_these_may_not_have_recorded_is_none(
    first: Officer, second: Officer | None, changed: dict[str, str], code: str
) -> None:
    assert replace(override(), **changed).why_not(first, second) == code  # type: ignore[arg-type]


def test_what_is_set_aside_holds_nobody_who_decides() -> None:
    held = contribution(Authority.CUSTOMS, Verdict.HOLD, action="over-quota")
    seen = view(held)
    officer = replace(RATNA, acts_for=frozenset({Agency.CUSTOMS}))
    reason = ReasonCode("clear.checked", frozenset({Verdict.CLEAR}), frozenset(SubjectKind))
    with pytest.raises(DecisionError, match=r"decision\.hold-not-yours"):
        judge(seen, officer, PERSON, Verdict.CLEAR, reason)
    aside = replace(seen, joint=replace(seen.joint, overridden={held.id: "ENT-3/1"}))
    assert judge(aside, officer, PERSON, Verdict.CLEAR, reason).judgements[0].verdict is Verdict.CLEAR


def test_a_decision_does_not_repeat_what_was_set_aside() -> None:
    held = contribution(Authority.ANIMAL_PLANT, Verdict.HOLD, action="hold-item")
    seen = view(held)
    reason = ReasonCode("clear.checked", frozenset({Verdict.CLEAR}), frozenset(SubjectKind))

    def by_rule(of: MergedView) -> set[Verdict]:
        judged = judge(of, RATNA, PERSON, Verdict.CLEAR, reason).judgements
        return {j.verdict for j in judged if j.authority is Authority.ANIMAL_PLANT}

    assert by_rule(seen) == {Verdict.HOLD}
    aside = replace(seen, joint=replace(seen.joint, overridden={held.id: "ENT-3/1"}))
    assert by_rule(aside) == {Verdict.CLEAR}
