"""The joint decision, rule by rule: what each kind of act does to it."""

from dataclasses import replace
from datetime import timedelta

import pytest

from counter_tui.domain.acts import Act, Means, Second
from counter_tui.domain.entries import DECISION, DecisionBody, SourceStamp
from counter_tui.domain.joint.deeds import Confirmation, Correction, Override, Settlement, Why
from counter_tui.domain.joint.fold import fold
from counter_tui.domain.joint.reading import QUESTION, Question
from counter_tui.domain.joint.state import JointState, Law
from counter_tui.domain.outcome import Circumstances, Judgement
from counter_tui.domain.sections import Contribution, Section, Subject
from counter_tui.domain.words import Authority, Basis, Direction, Outcome, SourceState, SubjectKind, Verdict
from tests.unit.domain.build import GOODS, NOW, PERSON, contribution, crossing, section, sections

IMM, CUS, HEALTH = Authority.IMMIGRATION, Authority.CUSTOMS, Authority.HEALTH
LAW = Law(frozenset({"barred"}), release_takes_two=True, refusal_takes_two=True)
WHO = Circumstances(Direction.ENTRY)


def act(id_: str, kind: str, deed: object, *after: str, officer: str = "siti", second: str = "", late: int = 0) -> Act:
    signed = Second(second, signature="x") if second else None
    return Act(id_, kind, "x", officer, NOW + timedelta(seconds=late), deed, after, signed)


def decided(
    id_: str,
    verdict: Verdict,
    *after: str,
    authority: Authority = IMM,
    reason: str = "r",
    about: Subject = PERSON,
    **more: str | int,
) -> Act:
    judged = Judgement(authority, about, verdict, Basis.OFFICER, reason)
    return act(id_, DECISION, DecisionBody(crossing(), "siti", (judged,), "", (), "1", training=True), *after, **more)  # type: ignore[arg-type]


def state(*acts: Act, found: tuple[Section, ...] = (), late: int = 600, law: Law = LAW) -> JointState:
    return fold(acts, found, WHO, NOW + timedelta(seconds=late), law)


def test_a_later_verdict_counts_where_it_knew_of_the_earlier_and_stands_beside_it_where_not() -> None:
    first = decided("A/1", Verdict.REFER)
    assert state(first, decided("B/1", Verdict.CLEAR, "A/1")).person is Outcome.CLEAR
    apart = state(first, decided("B/1", Verdict.CLEAR))
    assert apart.person is Outcome.REFER
    assert [conflict.acts for conflict in apart.conflicts] == [("A/1", "B/1")]
    assert apart.heads == ("A/1", "B/1")


def test_a_counter_knows_what_it_recorded_itself_and_what_that_knew() -> None:
    acts = decided("A/1", Verdict.REFER), decided("B/1", Verdict.PENDING, "A/1"), decided("B/2", Verdict.CLEAR)
    assert state(*acts).person is Outcome.CLEAR
    assert state(*acts[1:]).missing == ("A/1",)


def test_a_hold_falls_to_a_release_by_two_that_knew_of_it_and_to_nothing_else() -> None:
    hold = decided("A/1", Verdict.HOLD)
    lower = decided("A/2", Verdict.CLEAR)
    alone = decided("A/2", Verdict.CLEAR, reason="release.fit")
    both = decided("A/2", Verdict.CLEAR, reason="release.fit", second="budi")
    apart = decided("B/1", Verdict.CLEAR, reason="release.fit", second="budi")
    self_signed = decided("A/2", Verdict.CLEAR, reason="release.fit", second="siti")
    outcomes = [state(hold, one).person for one in (lower, alone, apart, self_signed, both)]
    assert outcomes == [Outcome.HOLD] * 4 + [Outcome.CLEAR]


def elsewhere(made: Act, means: Means) -> Act:
    """The same, whose second person is not there."""
    answer = "12345678" if means is Means.TELEPHONE else ""
    return replace(made, second=Second("budi", means, answer=answer))


@pytest.mark.parametrize(("means", "outcome"), [(Means.OWN_COUNTER, Outcome.HOLD), (Means.TELEPHONE, Outcome.REFUSE)])
def test_a_decision_whose_second_is_elsewhere_waits_for_their_word(means: Means, outcome: Outcome) -> None:
    refused = elsewhere(decided("A/1", Verdict.REFUSE), means)
    asked = state(refused)
    assert (asked.person, [(one.act, one.confirmer, one.late) for one in asked.waiting]) == (
        outcome,
        [("A/1", "budi", False)],
    )
    lapsed = state(refused, late=int(LAW.confirm_within.total_seconds()))
    assert (lapsed.person, [one.late for one in lapsed.waiting]) == (Outcome.HOLD, [True])
    for agreed, came in ((True, Outcome.REFUSE), (False, Outcome.HOLD)):
        word = act("B/1", "confirmation", Confirmation("A/1", agreed), "A/1", officer="budi")
        said = state(refused, word)
        assert (said.person, said.waiting) == (came, ())
    undone = act("A/2", "correction", Correction("A/1", Why.UNDO), late=5)
    assert state(refused, undone).waiting == (), "nobody is asked about what was taken back"


def test_another_agency_s_release_is_none() -> None:
    other = decided("B/1", Verdict.CLEAR, "A/1", authority=CUS, reason="release.fit", second="budi")
    assert state(decided("A/1", Verdict.HOLD), other).person is Outcome.HOLD


def test_what_is_seized_and_a_departure_that_is_deferred_one_person_says() -> None:
    seized = Judgement(Authority.CUSTOMS, GOODS, Verdict.REFUSE, Basis.OFFICER, "seize.banned")
    deferred = Judgement(IMM, PERSON, Verdict.REFUSE, Basis.OFFICER, "refuse.exit-deferred")
    leaving = replace(crossing(), direction=Direction.EXIT)
    body = DecisionBody(leaving, "siti", (seized, deferred), "", (), "1", training=True)
    told = fold([act("A/1", DECISION, body)], (), Circumstances(Direction.EXIT), NOW, LAW)
    said = {one.judgement.subject: one.judgement.verdict for one in told.standing}
    assert said == {GOODS: Verdict.REFUSE, PERSON: Verdict.REFUSE}


def test_one_person_s_refusal_counts_as_a_hold() -> None:
    assert state(decided("A/1", Verdict.REFUSE)).person is Outcome.HOLD
    assert state(decided("A/1", Verdict.REFUSE, second="budi")).person is Outcome.REFUSE
    document = Subject(SubjectKind.DOCUMENT, "document")
    assert dict(state(decided("A/1", Verdict.REFUSE, about=document)).outcome)[document] is Outcome.HOLD


@pytest.mark.parametrize("kind", [SubjectKind.GOODS, SubjectKind.ANIMAL, SubjectKind.VEHICLE, SubjectKind.CASH])
def test_a_thing_is_refused_by_one(kind: SubjectKind) -> None:
    thing = Subject(kind, "item-1")
    assert dict(state(decided("A/1", Verdict.REFUSE, about=thing)).outcome)[thing] is Outcome.REFUSE


def test_who_leaves_is_refused_by_one_but_never_on_a_ground_of_entry() -> None:
    def leaving(reason: str) -> Outcome:
        found = fold([decided("A/1", Verdict.REFUSE, reason=reason)], (), Circumstances(Direction.EXIT), NOW, LAW)
        return dict(found.outcome)[PERSON]

    assert leaving("refuse.exit-deferred") is Outcome.REFUSE
    assert leaving("refuse.ground-a") is Outcome.HOLD


@pytest.mark.parametrize(
    ("late", "counter", "officer", "undone"),
    [(60, "A", "siti", True), (61, "A", "siti", False), (5, "A", "budi", False), (5, "B", "siti", False)],
)
def test_an_undo_is_for_a_minute_at_the_same_counter_by_the_same_person(
    late: int, counter: str, officer: str, *, undone: bool
) -> None:
    first = decided("A/1", Verdict.CLEAR)
    back = act(f"{counter}/2", "correction", Correction("A/1", Why.UNDO), "A/1", officer=officer, late=late)
    found = state(first, back)
    assert (found.corrected == {"A/1": back.id}) is undone
    assert (found.outcome == ()) is undone


def test_what_was_lowered_by_what_is_taken_back_stands_again() -> None:
    refer, clear = decided("A/1", Verdict.REFER), decided("A/2", Verdict.CLEAR)
    back = act("A/3", "correction", Correction("A/2", Why.UNDO), late=5)
    assert state(refer, clear, back).person is Outcome.REFER
    again = act("A/4", "correction", Correction("A/3", Why.UNDO), late=6)
    assert state(refer, clear, back, again).person is Outcome.CLEAR


def test_a_hold_is_corrected_later_by_two() -> None:
    hold = decided("A/1", Verdict.HOLD)
    wrong = Correction("A/1", Why.PERSON, note="the other one")
    assert state(hold, act("A/2", "correction", wrong, late=900), late=999).person is Outcome.HOLD
    assert state(hold, act("A/2", "correction", wrong, late=900, second="budi"), late=999).outcome == ()


def rule(verdict: Verdict, action: str = "some") -> Section:
    return section(CUS, replace(contribution(CUS, verdict, subject=GOODS), id="rule", action=action))


def override(second: str = "", confirmer: str = "", action: str = "some") -> Act:
    until, by = ((NOW + timedelta(seconds=s)).isoformat() for s in (3600, 1200))
    return act("A/1", "override", Override("rule", CUS, GOODS, action, "o", "n", until, confirmer, by), second=second)


@pytest.mark.parametrize(
    ("made", "late", "outcome"),
    [
        (override(), 600, Outcome.HOLD),
        (override(second="budi"), 600, Outcome.CLEAR),
        (override(second="budi"), 3600, Outcome.HOLD),
        (override(second="budi", action="barred"), 600, Outcome.HOLD),
        (override(confirmer="budi"), 600, Outcome.CLEAR),
        (override(confirmer="budi"), 1200, Outcome.HOLD),
    ],
    ids=["by one", "by two", "at its end", "barred", "to be confirmed", "silence"],
)
def test_an_override_sets_a_rule_aside_for_a_while_and_silence_never_confirms_it(
    made: Act, late: int, outcome: Outcome
) -> None:
    hold = rule(Verdict.HOLD, made.deed.action)
    found = state(made, found=(hold,), late=late)
    assert dict(found.outcome).get(GOODS, Outcome.CLEAR) is outcome


def test_who_is_asked_to_confirm_may_say_no_and_nobody_confirms_their_own() -> None:
    made, hold = override(confirmer="budi"), rule(Verdict.HOLD)
    no = act("B/1", "confirmation", Confirmation("A/1", agreed=False), "A/1", officer="budi")
    assert dict(state(made, no, found=(hold,)).outcome)[GOODS] is Outcome.HOLD
    yes = act("B/1", "confirmation", Confirmation("A/1", agreed=True), "A/1", officer="budi")
    assert GOODS not in dict(state(made, yes, found=(hold,), late=1800).outcome)
    own = act("A/2", "confirmation", Confirmation("A/1", agreed=True))
    assert [w.late for w in state(made, own, found=(hold,), late=1800).waiting] == [True]


def test_what_an_officer_did_not_know_of_stands_against_them() -> None:
    refer = section(CUS, contribution(CUS, Verdict.REFER))
    blind = decided("A/1", Verdict.CLEAR, authority=CUS)
    knowing = replace(blind, deed=replace(blind.deed, leaned=refer.contributions))
    assert state(blind, found=(refer,)).person is Outcome.REFER
    assert state(knowing, found=(refer,)).person is Outcome.CLEAR


def seen(id_: str, verdict: Verdict, source: SourceState, *found: Contribution, after: tuple[str, ...] = ()) -> Act:
    """An officer's verdict on goods, and what health's rule says of the person beside it, by these findings."""
    ruled = [Judgement(HEALTH, PERSON, c.verdict, Basis.RULE) for c in found]
    judged = (Judgement(CUS, GOODS, verdict, Basis.OFFICER, "r"), *ruled)
    stamps = (SourceStamp(HEALTH, source, NOW),)
    return act(
        id_, DECISION, DecisionBody(crossing(), "siti", judged, "", stamps, "1", training=True, leaned=found), *after
    )


@pytest.mark.parametrize(
    ("source", "after", "outcome"),
    [
        (SourceState.LIVE, ("A/1",), Outcome.PENDING),
        (SourceState.CACHED, ("A/1",), Outcome.HOLD),
        (SourceState.LIVE, (), Outcome.HOLD),
    ],
)
def test_what_a_rule_held_is_gone_where_its_authority_answered_without_it(
    source: SourceState, after: tuple[str, ...], outcome: Outcome
) -> None:
    held = seen("A/1", Verdict.REFER, SourceState.LIVE, contribution(HEALTH, Verdict.HOLD))
    later = seen("B/1", Verdict.CLEAR, source, after=after)
    assert state(held).person is Outcome.HOLD
    assert state(held, later).person is outcome
    assert state(later, held).person is outcome


def test_a_delegated_clearance_covers_no_finding_and_no_word_of_the_agency_s_own_officer() -> None:
    judged = Judgement(HEALTH, PERSON, Verdict.CLEAR, Basis.DELEGATED, "delegated.night")
    body = DecisionBody(crossing(), "siti", (judged,), "", (), "1", training=True)
    clear = act("A/2", DECISION, body)
    others = tuple(s for s in sections() if s.authority is not HEALTH)
    assert state(clear, found=others).person is Outcome.CLEAR
    assert state(clear, found=(*others, section(HEALTH, contribution(HEALTH, Verdict.REFER)))).person is Outcome.REFER
    assert state(decided("A/1", Verdict.REFER, authority=HEALTH), clear, found=others).person is Outcome.REFER


def test_ended_authority_stops_but_lets_nobody_go_until_reviewed() -> None:
    asked = act("A?/1", QUESTION, Question("x", "A/1", "left"), officer="")
    clear, hold = decided("A/1", Verdict.CLEAR), decided("A/1", Verdict.HOLD)
    assert state(clear, asked).person is Outcome.PENDING
    assert state(hold, asked).person is Outcome.HOLD
    review = act("B/1", "confirmation", Confirmation("A/1", agreed=True), "A/1", officer="budi")
    assert state(clear, asked, review).person is Outcome.CLEAR
    assert state(clear, asked, review).unreviewed == ()


def test_a_conflict_is_settled_by_an_entry_that_knew_of_all_of_it_and_lowers_nothing() -> None:
    acts = decided("A/1", Verdict.HOLD), decided("B/1", Verdict.CLEAR)
    settled = Settlement(PERSON, ("A/1", "B/1"), Verdict.HOLD)
    unknowing = act("A/2", "settlement", settled)
    assert state(*acts, unknowing).conflicts
    knowing = act("A/2", "settlement", settled, "B/1")
    assert state(*acts, knowing).conflicts == ()
    assert state(*acts, knowing).person is Outcome.HOLD
