"""Late hits: what is late of a release, and what becomes of it whatever the order acts arrive in."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import settings as tries
from hypothesis import strategies as st

from counter_tui import settings
from counter_tui.domain.acts import Act, ActBody, project_act, read_act, write_act
from counter_tui.domain.decisions import clear_green
from counter_tui.domain.entries import DecisionBody, SourceStamp, decision_body, read_decision
from counter_tui.domain.joint.deeds import Correction, Why
from counter_tui.domain.late import (
    Cause,
    Late,
    due,
    find_release,
    late_hits,
    late_in,
    late_verdicts,
    list_versions,
)
from counter_tui.domain.outcome import Judgement
from counter_tui.domain.recall import Chased, RecallDeed, RecallStep, chased, fold_recalls, raised
from counter_tui.domain.screened import ScreeningRules
from counter_tui.domain.screening.lists import ListRule, Screened
from counter_tui.domain.screening.model import Hit, ListAnswer
from counter_tui.domain.sections import Subject
from counter_tui.domain.words import Agency, Authority, Basis, Role, SourceState, Verdict

from .acting import Saying, same_in_any_order
from .build import GOODS, NOW, PERSON, contribution, officer, section, view

DPO = ListRule("dpo", "DPO", Agency.SECURITY, Screened.BOOTH_CLEAR, "sec.name-candidate", 24, (), "")
RULES = ScreeningRules("1", {"dpo": DPO}, settings.load_findings(), 0.7)
WHO = Chased("ABDUL RAHMAN", "MYS", "A1234567", "A", NOW.isoformat())
LATE = Late(Cause.LIST, "dpo", "17", "m1", Agency.SECURITY, "refer", 8841, 8842)
RAISED = raised(LATE, WHO, "ENT-3/1")


def released(version: str = "8841 of 2026-11-21T03:10Z, 0 hits, 0 below") -> DecisionBody:
    body = read_decision(decision_body(clear_green(view(), officer()), "7"))
    stamp = SourceStamp(Authority.SECURITY, SourceState.LIVE, NOW, (("dpo", version),))
    return replace(body, stamps=(stamp,))


def answer(version: int, *refs: str) -> ListAnswer:
    hits = tuple(Hit("dpo", ref, "ABDUL", 0.9, (), version="e1") for ref in refs)
    return ListAnswer("dpo", "DPO", version, datetime(2026, 11, 21, 5, 10, tzinfo=UTC), hits)


def settling(task: Act, step: RecallStep) -> RecallDeed:
    return RecallDeed(step, task=task.id, agency=Agency.SECURITY)


@pytest.mark.parametrize(
    ("said", "version"),
    [("8841 of 2026-11-21T03:10Z, 0 hits", 8841), ("NOT CHECKED", 0), ("pending", 0), ("", 0), ("٣ of", 0)],
)
def test_versions_are_read_from_what_was_recorded(said: str, version: int) -> None:
    assert list_versions(released(said).stamps) == {"dpo": version}


def test_a_hit_on_a_newer_version_is_late() -> None:
    found = list(late_hits(released(), [answer(8842, "17")], RULES))
    assert [(one.source, one.ref, one.then, one.now) for one in found] == [("dpo", "17", 8841, 8842)]
    assert found[0].agency is Agency.SECURITY
    assert found[0].action


def test_a_hit_that_stood_there_then_or_was_dismissed_is_not_late() -> None:
    assert not list(late_hits(released(), [answer(8841, "17")], RULES))
    assert not list(late_hits(released(), [answer(8842, "17")], RULES, {("dpo", "17", "e1")}))


def test_a_list_is_due_that_is_newer_than_whatever_was_asked_then_or_since() -> None:
    assert due(released("NOT CHECKED"), {"dpo": 1}, {}) == {"dpo"}
    assert due(released(), {"dpo": 8841}, {}) == frozenset()
    assert due(released(), {"dpo": 8842, "ban": 3}, {"ban": 3}) == {"dpo"}
    assert due(released(), {"dpo": 8842}, {"dpo": 8842}) == frozenset()


def test_what_an_authority_reports_since_is_late_and_what_was_known_is_not() -> None:
    held = section(Authority.CUSTOMS, contribution(Authority.CUSTOMS, Verdict.HOLD, action="seize"))
    assert [one.source for one in late_in(released(), [held])] == ["customs"]
    knew = replace(released(), leaned=held.contributions)
    assert not list(late_in(knew, [held]))
    assert list(late_in(replace(knew, leaned=(replace(held.contributions[0], verdict=Verdict.REFER),)), [held]))
    small = section(Authority.CUSTOMS, contribution(Authority.CUSTOMS, Verdict.CLEAR_COND))
    assert not list(late_in(released(), [small]))


def test_two_counters_that_raise_the_same_make_one_task() -> None:
    said = Saying("recall", "c1")
    acts = [said.say(RAISED, counter="ENT-3", second=None), said.say(RAISED, counter="ENT-4", minutes=1, second=None)]
    (task,) = fold_recalls(acts)
    assert (task.id, task.open, task.late, task.who) == (acts[0].id, True, LATE, WHO)
    same_in_any_order(acts, fold_recalls)


def test_the_entry_is_shown_to_its_own_agency() -> None:
    (task,) = fold_recalls([Saying("recall", "c1").say(RAISED, second=None)])
    assert task.seen_by({Agency.SECURITY}) == task
    assert (task.seen_by({Agency.CUSTOMS}).late.ref, task.seen_by({Agency.CUSTOMS}).late.source) == ("", "dpo")


@pytest.mark.parametrize("step", [RecallStep.LEFT_POST, RecallStep.HANDED_OVER, RecallStep.NOT_THIS_PERSON])
def test_it_is_settled_by_an_act(step: RecallStep) -> None:
    said = Saying("recall", "c1")
    first = said.say(RAISED, second=None)
    (task,) = fold_recalls([first, said.say(settling(first, step), minutes=3)])
    assert (task.open, task.step) == (False, step)


def test_found_is_not_the_end_of_it() -> None:
    said = Saying("recall", "c1")
    first = said.say(RAISED, second=None)
    (task,) = fold_recalls([first, said.say(settling(first, RecallStep.FOUND), second=None)])
    assert task.open


def test_what_is_settled_apart_in_two_ways_stays_open() -> None:
    said = Saying("recall", "c1")
    first = said.say(RAISED, second=None)
    here = said.say(settling(first, RecallStep.LEFT_POST), counter="ENT-4", after=[first])
    there = said.say(settling(first, RecallStep.NOT_THIS_PERSON), counter="ENT-5", after=[first])
    (task,) = fold_recalls([first, here, there])
    assert (task.open, task.disputed) == (True, True)
    same_in_any_order([first, here, there], fold_recalls)


def test_not_this_person_by_one_signature_says_nothing() -> None:
    said = Saying("recall", "c1")
    first = said.say(RAISED, second=None)
    alone = said.say(settling(first, RecallStep.NOT_THIS_PERSON), second=None)
    twice = said.say(settling(first, RecallStep.NOT_THIS_PERSON), officer="sri", second="sri")
    (task,) = fold_recalls([first, alone, twice])
    assert (task.open, task.step) == (True, RecallStep.RAISED)


def test_who_may_say_that_it_is_somebody_else() -> None:
    deed = RecallDeed(RecallStep.NOT_THIS_PERSON, task="ENT-3/1", agency=Agency.SECURITY)
    boss = replace(officer(Agency.CUSTOMS, role=Role.SUPERVISOR), id="o2")
    police = replace(officer(Agency.SECURITY), id="o3")
    assert deed.why_not(boss, None) == "act.second-needed"
    assert deed.why_not(boss, police) == ""
    assert deed.why_not(officer(Agency.CUSTOMS), police) == "identity.no-supervisor"
    assert deed.why_not(boss, officer(Agency.IMMIGRATION)) == "identity.other-agency"
    assert RecallDeed(RecallStep.LEFT_POST, task="ENT-3/1").why_not(police, None) == ""


def test_the_entry_is_the_owners_and_two_late_hits_stay_two_where_it_is_withheld() -> None:
    other = replace(LATE, ref="18", mark="m2")
    acts = []
    for sequence, late in enumerate((LATE, other), 1):
        body = ActBody("c1", "ENT-3", "wijaya", NOW.isoformat(), raised(late, WHO, ""))
        sent = project_act("recall", write_act(body), {Agency.CUSTOMS})
        assert sent is not None
        assert b'"17"' not in sent
        acts.append(read_act("recall", f"ENT-3/{sequence}", sent))
    assert [task.late.ref for task in fold_recalls(acts)] == ["", ""]
    whole = write_act(ActBody("c1", "ENT-3", "wijaya", NOW.isoformat(), RAISED))
    assert project_act("recall", whole, {Agency.SECURITY}) == whole


def test_who_is_chased_is_as_on_the_document() -> None:
    found = chased(view().crossing, NOW.isoformat())
    assert (found.name, found.number, found.lane) == ("RAHMAN, ABDUL", "A1234567", "A")
    assert "RAHMAN" not in repr(found) + repr(LATE) + repr(RAISED)


def test_a_hold_that_another_counter_gave_knowing_of_the_release_is_late() -> None:
    here, there = Saying("decision", "c1"), released()
    release = here.say(there, counter="ENT-3", second=None)
    judged = Judgement(Authority.CUSTOMS, PERSON, Verdict.HOLD, Basis.OFFICER, "hold.goods")
    knowing = here.say(replace(there, judgements=(judged,)), counter="ENT-4", after=[release], second=None)
    apart = here.say(replace(there, judgements=(judged,)), counter="ENT-5", second=None)
    soft = replace(judged, verdict=Verdict.REFER)
    referred = here.say(replace(there, judgements=(soft,)), counter="ENT-6", after=[release], second=None)
    found = list(late_verdicts([release, knowing, apart, referred], release.id))
    assert [(one.cause, one.source, one.ref) for one in found] == [(Cause.VERDICT, "customs", knowing.id)]
    assert not list(late_verdicts([knowing], release.id))


@st.composite
def histories(draw: st.DrawFn) -> list[Act]:
    said, acts = Saying("recall", "c1"), list[Act]()
    for minute in range(draw(st.integers(1, 7))):
        known = draw(st.lists(st.sampled_from(acts), max_size=3)) if acts else []
        tasks = [a for a in acts if a.deed.step is RecallStep.RAISED]
        step = draw(st.sampled_from(RecallStep)) if tasks else RecallStep.RAISED
        late = replace(LATE, mark=draw(st.sampled_from(["m1", "m2"])))
        deed = raised(late, WHO, "") if step is RecallStep.RAISED else settling(draw(st.sampled_from(tasks)), step)
        counter, second = draw(st.sampled_from(["ENT-3", "ENT-4"])), draw(st.sampled_from([None, "sri", "wijaya"]))
        acts.append(said.say(deed, counter=counter, after=known, minutes=minute, second=second))
    return acts


@given(histories(), st.randoms(use_true_random=False))
@tries(max_examples=150, deadline=None)
def test_the_order_of_arrival_makes_no_difference(acts: list[Act], chance: object) -> None:
    shuffled = [*acts, acts[0]]
    chance.shuffle(shuffled)  # type: ignore[attr-defined]
    assert fold_recalls(shuffled) == fold_recalls(acts)


@given(histories())
@tries(max_examples=150, deadline=None)
def test_no_task_is_closed_that_nobody_settled(acts: list[Act]) -> None:
    ends = {RecallStep.LEFT_POST, RecallStep.NOT_THIS_PERSON, RecallStep.HANDED_OVER}
    for task in fold_recalls(acts):
        if not task.open:
            same = {a.id for a in acts if a.deed.late is not None and a.deed.late.key == task.late.key}
            assert any(a.deed.step in ends and a.deed.task in same for a in acts)


def on(subject: Subject, verdict: Verdict, authority: Authority = Authority.CUSTOMS) -> DecisionBody:
    basis = Basis.OFFICER
    return replace(released(), judgements=(Judgement(authority, subject, verdict, basis, f"{verdict.name.lower()}.x"),))


def stands(*acts: Act) -> tuple[str, bool] | None:
    found = find_release(acts, "IDN", NOW + timedelta(hours=1))
    return (found.act.id, found.stands) if found is not None else None


def test_the_last_release_of_a_crossing_is_found_whichever_counter_gave_it() -> None:
    said = Saying("decision", "c1")
    first = said.say(released(), counter="ENT-3", second=None)
    second = said.say(released(), counter="ENT-4", minutes=5, after=[first], second=None)
    assert stands(first, second) == stands(second, first) == (second.id, True)
    goods = said.say(on(GOODS, Verdict.REFUSE), counter="ENT-5", minutes=6, after=[second], second=None)
    assert stands(first, second, goods) == (second.id, True)


def test_a_hold_that_knew_of_the_release_ends_it_and_one_that_did_not_does_not() -> None:
    said = Saying("decision", "c1")
    first, hold = said.say(released(), counter="ENT-3", second=None), on(PERSON, Verdict.HOLD)
    apart = said.say(hold, counter="ENT-4", minutes=5, second=None)
    assert stands(first, apart) == (first.id, True)
    knowing = said.say(hold, counter="ENT-5", minutes=5, after=[first], second=None)
    assert stands(first, knowing) == (first.id, False)


def test_who_is_cleared_over_a_hold_of_another_agency_was_not_released() -> None:
    said = Saying("decision", "c1")
    held = said.say(on(PERSON, Verdict.HOLD), counter="ENT-4", second=None)
    over = said.say(on(PERSON, Verdict.CLEAR, Authority.HEALTH), counter="ENT-3", minutes=5, after=[held], second=None)
    assert stands(held, over) is None


def test_a_release_that_was_taken_back_is_none() -> None:
    said = Saying("decision", "c1")
    first = said.say(released(), counter="ENT-3", second=None)
    undo = Correction(first.id, Why.UNDO)
    back = Act("ENT-3/9", "correction", "c1", first.officer, NOW + timedelta(seconds=20), undo, (first.id,))
    assert stands(first) == (first.id, True)
    assert stands(first, back) is None
