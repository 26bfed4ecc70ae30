"""How far the steps of a plan are: clocks begin when seen, what is late is told, and nothing follows from a clock."""

import random
from dataclasses import replace
from datetime import timedelta
from types import SimpleNamespace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from counter_tui.domain.acts import Act, ActBody, Means, Second, deed_class, project_act, read_act, write_act
from counter_tui.domain.joint.deeds import Confirmation
from counter_tui.domain.outcome import PERSON, Judgement
from counter_tui.domain.procedures import Duty, Plan, plan
from counter_tui.domain.procedures.deeds import Did, Spared, StepDeed, deed_of, deed_of_seen
from counter_tui.domain.procedures.progress import Progress, State, confirmed, progress
from counter_tui.domain.procedures.verdicts import verdicts_of
from counter_tui.domain.words import Agency, Authority, Basis, Role, Verdict

from .build import NOW, at, did, line, officer, procedure, step

ABC = line("a", "b", "c")
BESIDE_EACH_OTHER = Second("o2")


def of(*acts: Act, plan_: Plan = ABC, **more: object) -> Progress:
    return progress(plan_, acts, NOW, **more)  # type: ignore[arg-type]


def states(found: Progress) -> list[str]:
    return [s.state.value for s in found.steps]


# -- states ------------------------------------------------------------------------------------------------------------


def test_a_step_waits_until_what_is_before_it_is_finished() -> None:
    assert states(of()) == ["due", "later", "later"]
    assert states(of(did(ABC, "a", Did.SEEN, 1))) == ["seen", "later", "later"]
    assert states(of(did(ABC, "a", Did.BEGUN, 1))) == ["begun", "later", "later"]
    done = did(ABC, "a", Did.DONE, 2)
    spared = did(ABC, "b", Did.NOT_NEEDED, 3)
    assert states(of(done, spared)) == ["done", "not_needed", "due"]
    assert [s.planned.step.code for s in of(done).next] == ["step.b"]
    assert of(done, spared).steps[1].reason is Spared.OTHER_OUTCOME


def test_while_one_that_blocks_is_open_nothing_later_begins_of_whatever_procedure() -> None:
    both = plan(
        [
            procedure("p", step("mask", blocks=True, minutes=2, escalates=Duty.QUARANTINE), step("x")),
            procedure("q", step("count")),
        ]
    )
    assert states(of(plan_=both)) == ["due", "later", "later"]
    found = of(did(both, "mask", Did.DONE, 3), plan_=both)
    assert states(found) == ["done", "due", "due"]
    assert found.steps[2].ready_at == at(3)


def test_what_was_said_knowing_of_it_stands_and_opens_a_step_again() -> None:
    done = did(ABC, "a", Did.DONE, 1, id_="X/1")
    again = did(ABC, "a", Did.BEGUN, 2, id_="Y/1", after=["X/1"])
    assert states(of(done, again))[0] == "begun"
    assert states(of(done, did(ABC, "a", Did.BEGUN, 2, id_="Y/1")))[0] == "done", "begun apart takes nothing back"
    assert states(of(done, did(ABC, "a", Did.SEEN, 5, id_="Y/1", after=["X/1"])))[0] == "done"
    assert states(of(done, void=frozenset({"X/1"})))[0] == "due", "taken back"


def test_done_and_not_needed_said_apart_are_a_conflict_and_the_step_is_open() -> None:
    done, spared = did(ABC, "a", Did.DONE, 1, id_="X/1"), did(ABC, "a", Did.NOT_NEEDED, 2, id_="Y/1")
    found = of(done, spared)
    assert (found.steps[0].conflict, found.steps[0].finished, states(found)[1]) == (True, False, "later")
    settled = did(ABC, "a", Did.DONE, 3, id_="Z/1", after=["X/1", "Y/1"])
    assert (of(done, spared, settled).steps[0].conflict, states(of(done, spared, settled))[0]) == (False, "done")


def test_one_that_two_sign_is_open_until_the_second_has() -> None:
    two = plan([procedure("p", step("verify", two=True))])
    alone = did(two, "verify", Did.DONE, 1, id_="X/1")
    assert (of(alone, plan_=two).steps[0].finished, of(alone, plan_=two).steps[0].wants_second) == (False, True)
    assert of(alone, plan_=two, confirmed=frozenset({"X/1"})).steps[0].finished
    assert of(did(two, "verify", Did.DONE, 1, second=BESIDE_EACH_OTHER), plan_=two).steps[0].finished
    for second in (Second("o2", Means.OWN_COUNTER), Second("o2", Means.TELEPHONE), Second("o1")):
        assert not of(did(two, "verify", Did.DONE, 1, second=second), plan_=two).steps[0].finished, second


def test_that_a_last_resort_is_not_needed_one_person_says_and_two_that_it_was_done() -> None:
    row = step("destroy", two=True, supervisor=True, second=Agency.SECURITY, optional=True)
    of = plan([procedure("p", row)])
    spared = did(of, "destroy", Did.NOT_NEEDED, 1)
    assert spared.deed.why_not(officer(Agency.CUSTOMS), None) == ""
    assert progress(of, [spared], NOW).steps[0].state is State.NOT_NEEDED
    done = did(of, "destroy", Did.DONE, 1)
    assert done.deed.why_not(officer(Agency.CUSTOMS), None) == "plan.supervisor-needed"
    assert not progress(of, [done], NOW).steps[0].finished
    strict = plan([procedure("p", replace(row, optional=False))])
    assert not progress(strict, [spared], NOW).steps[0].finished


def test_a_supervisor_who_is_named_and_has_not_confirmed_leaves_it_open() -> None:
    one = plan([procedure("p", step("verify", supervisor=True))])
    asked = did(one, "verify", Did.DONE, 1, id_="X/1", second=Second("o2", Means.OWN_COUNTER))
    assert not of(asked, plan_=one).steps[0].finished
    assert of(asked, plan_=one, confirmed=frozenset({"X/1"})).steps[0].finished
    assert of(did(one, "verify", Did.DONE, 1), plan_=one).steps[0].finished


def test_who_is_asked_for_beside() -> None:
    alone, two = (
        StepDeed(Did.DONE, ("k",), Authority.CUSTOMS, supervisor=True),
        StepDeed(Did.DONE, ("k",), Authority.CUSTOMS, two=True),
    )
    chief = officer(role=Role.SUPERVISOR)
    assert (alone.asks_beside(officer()), alone.asks_beside(chief)) == (True, False)
    assert (two.asks_beside(officer()), two.asks_beside(chief)) == (True, True)
    assert not StepDeed(Did.BEGUN, ("k",), Authority.CUSTOMS, two=True).asks_beside(officer())


def test_a_step_that_asks_more_by_now_is_open_again() -> None:
    easy = plan([procedure("p", step("verify"))])
    done = did(easy, "verify", Did.DONE, 1, second=BESIDE_EACH_OTHER)
    assert of(done, plan_=easy).steps[0].finished
    for more in ({"two": True}, {"supervisor": True}, {"two": True, "second": Agency.SECURITY}):
        assert not of(done, plan_=plan([procedure("p", step("verify", **more))])).steps[0].finished, more


def judgement(verdict: Verdict, basis: Basis = Basis.OFFICER) -> Judgement:
    return Judgement(Authority.CUSTOMS, PERSON, verdict, basis)


def decision(verdict: Verdict, minute: float, second: Second | None = None) -> Act:
    body = SimpleNamespace(judgements=(judgement(verdict),))
    return Act("D/1", "decision", "c1", "o1", at(minute), body, second=second)


ENDS = frozenset({Verdict.CLEAR, Verdict.HOLD})


def test_a_verdict_finishes_the_step_that_is_one() -> None:
    judged = plan([procedure("p", step("clear", verdicts=ENDS), step("x"))])
    key = judged.steps[0].key
    for standing in ([], [judgement(Verdict.HOLD, Basis.RULE)], [judgement(Verdict.REFER)]):
        assert verdicts_of(judged, standing).given == {}
    both = [judgement(Verdict.HOLD), judgement(Verdict.REFER)]
    assert verdicts_of(judged, both).given == {}, "one more subject of its kind is open"
    assert verdicts_of(judged, [judgement(Verdict.CLEAR, Basis.RULE)]).given == {key: None}
    known = verdicts_of(judged, [judgement(Verdict.HOLD)], [decision(Verdict.HOLD, 3)])
    assert known.given == {key: at(3)}
    assert [s.finished for s in of(plan_=judged, verdicts=known).steps] == [True, False]
    reopened = did(judged, "clear", Did.BEGUN, 4)
    assert not of(reopened, plan_=judged, verdicts=known).steps[0].finished


def test_a_verdict_of_one_person_leaves_open_a_step_that_two_sign() -> None:
    judged = plan([procedure("p", step("clear", verdicts=ENDS, two=True))])
    by_rule = verdicts_of(judged, [judgement(Verdict.CLEAR, Basis.RULE)])
    assert not by_rule.given
    assert not by_rule.alone, "no rule signs"
    alone = verdicts_of(judged, [judgement(Verdict.CLEAR)], [decision(Verdict.CLEAR, 3)])
    assert not alone.given
    assert alone.alone == frozenset({judged.steps[0].key})
    assert of(plan_=judged, verdicts=alone).steps[0].wants_second
    done = did(judged, "clear", Did.DONE, 5, second=BESIDE_EACH_OTHER)
    ended = of(done, plan_=judged, verdicts=alone).steps[0]
    assert (ended.finished, ended.wants_second) == (True, False)
    by_two = verdicts_of(judged, [judgement(Verdict.CLEAR)], [decision(Verdict.CLEAR, 3, BESIDE_EACH_OTHER)])
    assert of(plan_=judged, verdicts=by_two).steps[0].finished


def test_who_confirms_is_somebody_else_who_knows_of_it_and_no_stands_against_yes() -> None:
    asked = did(ABC, "a", Did.DONE, 1, id_="X/1")

    def said(id_: str, officer_: str, *, agreed: bool = True, after: tuple[str, ...] = ("X/1",)) -> Act:
        return Act(id_, "confirmation", "c1", officer_, at(2), Confirmation("X/1", agreed), after)

    assert confirmed([asked, said("Y/1", "o2")]) == {"X/1"}
    assert confirmed([asked, said("Y/1", "o1")]) == frozenset(), "the same person"
    assert confirmed([asked, said("Y/1", "o2", after=())]) == frozenset(), "not knowing of it"
    assert confirmed([asked, said("Y/1", "o2"), said("Z/1", "o3", agreed=False)]) == frozenset()
    assert confirmed([asked, said("Y/1", "o2")], frozenset({"Y/1"})) == frozenset(), "taken back"


# -- clocks ------------------------------------------------------------------------------------------------------------


def test_an_agencys_clock_begins_when_its_side_has_seen_the_step_and_the_way_there_is_the_links() -> None:
    found = of(did(ABC, "a", Did.SEEN, 4), did(ABC, "a", Did.DONE, 6))
    assert found.steps[0].taken(at(30)) == timedelta(minutes=2)
    assert found.steps[0].on_the_way(at(30)) == timedelta(minutes=4)
    assert of().steps[0].taken(at(30)) is None
    assert of().steps[0].on_the_way(at(30)) == timedelta(minutes=30)


def test_seen_before_it_could_be_begun_its_clock_begins_when_it_can() -> None:
    found = of(did(ABC, "b", Did.SEEN, 1), did(ABC, "a", Did.DONE, 10))
    assert found.steps[1].since == at(10)
    assert found.steps[1].on_the_way(at(20)) == timedelta()
    looked = of(did(ABC, "a", Did.DONE, 10), looking=frozenset({Authority.CUSTOMS}))
    assert looked.steps[1].since == at(10)


def test_what_is_late_or_not_seen_is_told_to_whom_its_row_names_and_releases_nothing() -> None:
    seen = of(did(ABC, "a", Did.SEEN, 3))
    assert seen.escalations(at(8)) == ()
    (late,) = seen.escalations(at(8.5))
    assert (late.key, late.to, late.since, late.unseen) == (ABC.steps[0].key, Duty.CUSTOMS, at(8), False)
    (unseen,) = of().escalations(at(6))
    assert (unseen.unseen, unseen.since) == (True, at(5))
    assert states(of()) == ["due", "later", "later"]
    alone = line("a")
    assert of(did(alone, "a", Did.DONE, 50), plan_=alone).escalations(at(100)) == ()


def test_the_longest_overdue_is_told_first() -> None:
    two = plan(
        [procedure("p", *(step(n, beside=True, minutes=m, escalates=Duty.CUSTOMS) for n, m in (("a", 9), ("b", 2))))]
    )
    assert [e.key.rpartition(".")[2] for e in of(plan_=two).escalations(at(20))] == ["b", "a"]


def test_a_side_is_told_what_it_has_not_seen() -> None:
    both = plan([procedure("p", step("a"), step("h", Authority.HEALTH))])
    assert [s.step.code for s in of(plan_=both).unseen_by([Authority.HEALTH])] == ["step.h"]
    deed = deed_of_seen(both.steps, Authority.HEALTH)
    assert deed.steps == (both.steps[1].key,)
    act = Act("X/1", "step", "c1", "o1", at(1), deed)
    assert of(act, plan_=both).unseen_by([Authority.HEALTH]) == ()


# -- a fold of a set ---------------------------------------------------------------------------------------------------


@st.composite
def histories(draw: st.DrawFn) -> list[Act]:
    acts: list[Act] = []
    for number in range(draw(st.integers(0, 7))):
        counter = draw(st.sampled_from(["X", "Y", "Z"]))
        sequence = 1 + sum(a.counter == counter for a in acts)
        known = draw(st.lists(st.sampled_from([a.id for a in acts]), unique=True)) if acts else []
        name, what = draw(st.sampled_from("abc")), draw(st.sampled_from(Did))
        acts.append(did(ABC, name, what, draw(st.integers(0, 9)) + number, id_=f"{counter}/{sequence}", after=known))
    return acts


@given(histories(), st.randoms(use_true_random=False))
@settings(max_examples=150, deadline=None)
def test_the_order_in_which_acts_come_and_repetition_make_no_difference(acts: list[Act], chance: random.Random) -> None:
    shuffled = [*acts, *acts[:3]]
    chance.shuffle(shuffled)
    assert of(*shuffled) == of(*acts)


@given(histories(), st.integers(0, 10_000))
@settings(max_examples=150, deadline=None)
def test_no_clock_finishes_a_step_and_no_step_is_finished_of_which_nobody_said_so(acts: list[Act], minute: int) -> None:
    found = of(*acts)
    found.escalations(at(minute))
    for s in found.steps:
        said = {a.deed.did for a in acts if s.planned.key in a.deed.steps}
        assert not s.finished or said & {Did.DONE, Did.NOT_NEEDED}
        if s.state is State.LATER:
            assert any(not b.finished for b in found.steps if b.planned.key in s.planned.after)


# -- who may -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("deed", "first", "second", "why"),
    [
        (StepDeed(Did.DONE, ("k",), Authority.CUSTOMS), officer(), None, ""),
        (StepDeed(Did.DONE, ("k",), Authority.CUSTOMS), officer(Agency.IMMIGRATION), None, "plan.not-yours"),
        (StepDeed(Did.DONE, ("k", "l"), Authority.CUSTOMS), officer(), None, "plan.not-one"),
        (StepDeed(Did.DONE, (), Authority.CUSTOMS), officer(), None, "plan.not-one"),
        (StepDeed(Did.SEEN, ("k", "l"), Authority.CUSTOMS), officer(), None, ""),
        (StepDeed(Did.SEEN, ("k",) * 201, Authority.CUSTOMS), officer(), None, "plan.not-one"),
        (StepDeed(Did.DONE, ("k",), Authority.CUSTOMS, note="x" * 501), officer(), None, "plan.not-one"),
        (StepDeed(Did.NOT_NEEDED, ("k",), Authority.CUSTOMS), officer(), None, "plan.reason-needed"),
        (StepDeed(Did.DONE, ("k",), Authority.CUSTOMS, two=True), officer(), None, "act.second-needed"),
        (StepDeed(Did.BEGUN, ("k",), Authority.CUSTOMS, two=True, supervisor=True), officer(), None, ""),
        (StepDeed(Did.DONE, ("k",), Authority.CUSTOMS, two=True), officer(), officer(), "act.same-person"),
        (StepDeed(Did.DONE, ("k",), Authority.CUSTOMS, two=True), officer(), officer(id_="o2"), ""),
        (StepDeed(Did.DONE, ("k",), Authority.CUSTOMS, supervisor=True), officer(), None, "plan.supervisor-needed"),
        (
            StepDeed(Did.DONE, ("k",), Authority.CUSTOMS, two=True, supervisor=True),
            officer(),
            officer(id_="o2", role=Role.SUPERVISOR),
            "",
        ),
        (
            StepDeed(Did.DONE, ("k",), Authority.CUSTOMS, two=True),
            officer(),
            officer(Agency.SECURITY, id_="o2"),
            "plan.second-of-another",
        ),
        (
            StepDeed(Did.DONE, ("k",), Authority.CUSTOMS, two=True, second=Agency.SECURITY),
            officer(),
            officer(Agency.CUSTOMS, id_="o2"),
            "plan.second-of-another",
        ),
    ],
)
def test_who_may_say_what(deed: StepDeed, first: object, second: object, why: str) -> None:
    assert deed.why_not(first, second) == why  # type: ignore[arg-type]


def test_a_deed_goes_over_the_wire_and_its_note_stays_with_its_agency() -> None:
    deed = deed_of(ABC.steps[0], Did.NOT_NEEDED, Spared.NOT_POSSIBLE, "no table free")
    raw = write_act(ActBody("c1", "X", "o1", NOW.isoformat(), deed))
    assert deed_class("step") is StepDeed
    assert read_act("step", "X/1", raw).deed == deed
    assert project_act("step", raw, {Agency.CUSTOMS}) == raw
    elsewhere = project_act("step", raw, {Agency.SECURITY})
    assert elsewhere is not None
    assert read_act("step", "X/1", elsewhere).deed.note == ""
    assert "table" not in repr(deed)
