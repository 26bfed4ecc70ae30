"""The one key, and verdicts with a reason: what is recorded, and what is not taken."""

import pytest

from counter_tui.domain.decisions import (
    ReasonCode,
    clear_green,
    judge,
    offered,
    subjects,
    why_not_green,
)
from counter_tui.domain.entries import decision_body, read_decision
from counter_tui.domain.outcome import joint_outcome
from counter_tui.domain.two_persons import matters_in
from counter_tui.domain.words import (
    AUTHORITIES_OF,
    Agency,
    Authority,
    Basis,
    Direction,
    Outcome,
    Role,
    SourceState,
    SubjectKind,
    Verdict,
)
from counter_tui.errors import CounterError, DecisionError

from .build import GOODS, PERSON, contribution, in_force, officer, section, view

ANY = frozenset(SubjectKind)


def reason(verdict: Verdict, code: str = "r", **more: object) -> ReasonCode:
    return ReasonCode(code, frozenset({verdict}), ANY, **more)  # type: ignore[arg-type]


def test_one_key_records_own_clear_and_the_others_by_rule() -> None:
    decision = clear_green(view(), officer(Agency.IMMIGRATION))
    bases = {j.authority: (j.verdict, j.basis) for j in decision.judgements}
    assert bases[Authority.IMMIGRATION] == (Verdict.CLEAR, Basis.OFFICER)
    assert {bases[a] for a in Authority if a is not Authority.IMMIGRATION} == {(Verdict.CLEAR, Basis.RULE)}


def test_not_checked_never_counts_as_clear() -> None:
    missing = view(customs=section(Authority.CUSTOMS, source=SourceState.NOT_CHECKED))
    assert "green.not-checked" in why_not_green(missing, officer())
    with pytest.raises(DecisionError, match="not-green"):
        clear_green(missing, officer())


def test_a_cached_section_is_attested_by_its_own_officer_only() -> None:
    cached = view(customs=section(Authority.CUSTOMS, source=SourceState.CACHED))
    assert why_not_green(cached, officer()) == ()
    assert why_not_green(cached, officer(Agency.IMMIGRATION)) == ("green.not-checked",)


def test_any_finding_takes_the_one_key_away() -> None:
    small = view(contribution(Authority.CUSTOMS, Verdict.CLEAR_COND, points=1))
    assert why_not_green(small, officer()) == ("green.findings",)


def test_a_citizen_is_not_refused_entry() -> None:
    refuse = reason(Verdict.REFUSE)
    with pytest.raises(DecisionError, match="citizen-not-refused"):
        judge(view(nationality="IDN"), officer(), PERSON, Verdict.REFUSE, refuse)
    leaving = view(nationality="IDN", direction=Direction.EXIT)
    assert judge(leaving, officer(), PERSON, Verdict.REFUSE, refuse).judgements


def test_a_verdict_concerns_the_authorities_with_a_finding_on_the_subject() -> None:
    pork = contribution(Authority.ANIMAL_PLANT, Verdict.REFER, subject=GOODS)
    decision = judge(view(pork), officer(), GOODS, Verdict.HOLD, reason(Verdict.HOLD))
    own = [j for j in decision.judgements if j.basis is Basis.OFFICER]
    assert [(j.authority, j.subject, j.verdict) for j in own] == [(Authority.ANIMAL_PLANT, GOODS, Verdict.HOLD)]


def test_a_reason_of_one_authority_is_given_for_that_authority_alone() -> None:
    both = view(contribution(Authority.IMMIGRATION, Verdict.HOLD), contribution(Authority.HEALTH, Verdict.HOLD))
    fit = reason(Verdict.CLEAR, "release.fit", authority=Authority.HEALTH, supervisor=True)
    released = judge(both, officer(role=Role.SUPERVISOR), PERSON, Verdict.CLEAR, fit)
    assert [j.authority for j in released.judgements if j.basis is Basis.OFFICER] == [Authority.HEALTH]
    ground = reason(Verdict.REFUSE, "refuse.ground-b", authority=Authority.IMMIGRATION)
    refused = judge(both, officer(), PERSON, Verdict.REFUSE, ground)
    assert [j.authority for j in refused.judgements if j.basis is Basis.OFFICER] == [Authority.IMMIGRATION]


def test_what_own_authorities_say_by_rule_is_recorded_where_they_said_nothing_else() -> None:
    found = view(contribution(Authority.HEALTH), contribution(Authority.ANIMAL_PLANT, subject=GOODS))
    said = judge(found, officer(), PERSON, Verdict.CLEAR_COND, reason(Verdict.CLEAR_COND, authority=Authority.HEALTH))
    told = {(j.authority, j.subject): (j.verdict, j.basis) for j in said.judgements}
    assert len(told) == len(said.judgements), "nothing twice"
    assert told[Authority.HEALTH, PERSON] == (Verdict.CLEAR_COND, Basis.OFFICER)
    assert told[Authority.IMMIGRATION, PERSON] == (Verdict.CLEAR, Basis.RULE)
    assert told[Authority.ANIMAL_PLANT, GOODS] == (Verdict.REFER, Basis.RULE)


def test_an_officer_does_not_release_a_hold_and_a_supervisor_does() -> None:
    held = view(contribution(Authority.CUSTOMS, Verdict.HOLD, subject=GOODS))
    release = reason(Verdict.CLEAR, "release.done", supervisor=True)
    with pytest.raises(DecisionError, match="reason-does-not-fit"):
        judge(held, officer(), GOODS, Verdict.CLEAR, release)
    with pytest.raises(DecisionError, match="hold-not-yours"):
        judge(held, officer(), GOODS, Verdict.CLEAR, reason(Verdict.CLEAR))
    assert judge(held, officer(role=Role.SUPERVISOR), GOODS, Verdict.CLEAR, release).judgements


def test_a_held_traveller_is_referred_by_one_person_and_stays_held() -> None:
    hold = contribution(Authority.IMMIGRATION, Verdict.HOLD)
    held = view(hold)
    referred = judge(held, officer(), PERSON, Verdict.REFER, reason(Verdict.REFER))
    assert matters_in(referred.judgements, held) == ()
    assert dict(view(hold, given=referred.judgements).joint.outcome)[PERSON] is Outcome.HOLD
    alone = joint_outcome(in_force((), referred.judgements), held.circumstances)
    assert dict(alone)[PERSON] is Outcome.HOLD, "also where nobody has the section"


def test_who_is_released_to_secondary_is_held_no_more() -> None:
    held = view(contribution(Authority.IMMIGRATION, Verdict.HOLD))
    release = reason(Verdict.REFER, "release.hit-rejected", supervisor=True)
    released = judge(held, officer(role=Role.SUPERVISOR), PERSON, Verdict.REFER, release)
    assert max(j.verdict for j in released.judgements) is Verdict.REFER


def test_grounds_to_refuse_entry_are_not_offered_to_who_leaves() -> None:
    ground = reason(Verdict.REFUSE, "refuse.ground-b", direction=Direction.ENTRY)
    deferred = reason(Verdict.REFUSE, "refuse.exit-deferred", direction=Direction.EXIT)
    leaving, entering = view(direction=Direction.EXIT), view()
    assert offered((ground, deferred), leaving, officer(), Verdict.REFUSE, PERSON) == (deferred,)
    assert offered((ground, deferred), entering, officer(), Verdict.REFUSE, PERSON) == (ground,)
    with pytest.raises(DecisionError, match="does-not-fit"):
        judge(leaving, officer(), PERSON, Verdict.REFUSE, ground)


def test_who_is_held_with_nothing_found_is_held_by_the_home_agency_alone() -> None:
    joint = officer()
    held, cleared = (judge(view(), joint, PERSON, v, reason(v)).judgements for v in (Verdict.HOLD, Verdict.CLEAR))
    assert [j.authority for j in held if j.basis is Basis.OFFICER] == list(AUTHORITIES_OF[joint.agency])[:1]
    assert [j.authority for j in cleared if j.basis is Basis.OFFICER] == list(joint.authorities)


def test_a_hold_falls_to_a_reason_that_releases_and_to_no_other() -> None:
    held = view(contribution(Authority.CUSTOMS, Verdict.HOLD, subject=GOODS))
    head = officer(role=Role.SUPERVISOR)
    paid = reason(Verdict.CLEAR, "cond.fine-paid")
    release = reason(Verdict.CLEAR, "release.fine-paid", authority=Authority.CUSTOMS, supervisor=True)
    theirs = reason(Verdict.CLEAR, "release.fit", authority=Authority.HEALTH)
    with pytest.raises(DecisionError, match="release-asked"):
        judge(held, head, GOODS, Verdict.CLEAR, paid)
    every = (paid, release, theirs)
    assert offered(every, held, head, Verdict.CLEAR, GOODS) == (release,)
    assert offered(every, held, officer(), Verdict.CLEAR, GOODS) == (), "a supervisor's alone"
    assert offered(every, view(), head, Verdict.CLEAR, GOODS) == (paid,), "nothing is held that could be released"
    hold = reason(Verdict.HOLD)
    assert offered((hold,), held, officer(), Verdict.HOLD, GOODS) == (hold,)


def test_a_reason_that_asks_for_a_note_gets_one() -> None:
    noted = reason(Verdict.REFER, note=True)
    with pytest.raises(DecisionError, match="note-needed"):
        judge(view(), officer(), PERSON, Verdict.REFER, noted, "  ")
    own = judge(view(), officer(), PERSON, Verdict.REFER, noted, " seen twice ").judgements[0]
    assert own.note == "seen twice"


def test_a_reason_of_another_authority_does_not_fit() -> None:
    theirs = reason(Verdict.REFER, authority=Authority.CUSTOMS)
    with pytest.raises(DecisionError, match="does-not-fit"):
        judge(view(), officer(Agency.IMMIGRATION), PERSON, Verdict.REFER, theirs)


def test_subjects_are_the_person_the_document_and_what_findings_name() -> None:
    kinds = [s.kind for s in subjects(view(contribution(Authority.CUSTOMS, subject=GOODS)))]
    assert kinds == [SubjectKind.PERSON, SubjectKind.DOCUMENT, SubjectKind.GOODS]


def test_a_decision_reads_back_from_its_entry() -> None:
    decision = clear_green(view(), officer())
    body = read_decision(decision_body(decision, "7"))
    assert body.judgements == decision.judgements
    assert body.crossing == decision.view.crossing
    assert (body.digest, body.rules, body.training) == (decision.view.digest, "7", True)
    assert {s.authority for s in body.stamps} == set(Authority)


@pytest.mark.parametrize("broken", [b"", b"{}", b"[" * 5000, b'{"crossing": 1}', b"\xff\xfe", b"null"])
def test_a_broken_body_is_refused_without_its_words(broken: bytes) -> None:
    with pytest.raises(CounterError) as caught:
        read_decision(broken)
    assert str(caught.value) == "entry.unreadable"
