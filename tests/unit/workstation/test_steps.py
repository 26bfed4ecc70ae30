"""The steps of a procedure at a booth: what is said of them is on disk, survives, comes from elsewhere too."""

from dataclasses import replace
from datetime import timedelta

import pytest

from counter_tui.domain.acts import ActBody, write_act
from counter_tui.domain.decisions import ReasonCode
from counter_tui.domain.joint.deeds import Confirmation
from counter_tui.domain.matters import TwoPersonRules
from counter_tui.domain.outcome import PERSON
from counter_tui.domain.procedures import Duty, Procedures
from counter_tui.domain.procedures.deeds import Did, Spared, StepDeed, deed_of
from counter_tui.domain.procedures.progress import Progress, State
from counter_tui.domain.risk import RiskRules
from counter_tui.domain.two_persons import Matter
from counter_tui.domain.view import Rulebook
from counter_tui.domain.words import Agency, Authority, SubjectKind, Verdict
from counter_tui.errors import DecisionError, SignInError
from counter_tui.settings_two_persons import load_two_persons
from counter_tui.workstation.news import StepsChanged
from counter_tui.workstation.records import stamp
from tests.unit.domain.procedures.build import procedure, step

from .build import OFFICER, PIN, SUPERVISOR, Rig
from .conftest import Make
from .test_booth import all_live, document, settled

FIRST = step("count", minutes=5, escalates=Duty.CUSTOMS)
SECOND = step("destroy", two=True, supervisor=True)


def book() -> Rulebook:
    everybody = procedure("p", FIRST, SECOND, step("care", Authority.HEALTH, note=True), when="citizen || !citizen")
    found = Procedures((everybody,), "1")
    for _ in found.conditions.compile():
        pass
    return Rulebook(RiskRules("1", 30, 60, ((Authority.SECURITY, timedelta(hours=1)),)), found, "1")


async def opened(make: Make) -> Rig:
    r = make(book=book())
    r.link.answers = all_live(r.clock)
    await r.booth.sign_in(OFFICER.id, PIN)
    _ = r.booth.steps  # somebody looks at them: they are told of what is recorded
    await r.booth.open(document())
    await settled(r)
    return r


def far(r: Rig) -> Progress:
    progress = r.booth.steps.sheet().progress
    assert progress is not None
    return progress


def deed(r: Rig, at: int, did: Did = Did.DONE, reason: Spared | None = None) -> StepDeed:
    return deed_of(far(r).steps[at].planned, did, reason)


async def test_what_is_said_of_a_step_is_on_disk_and_the_next_one_is_due(make: Make) -> None:
    r = await opened(make)
    assert [s.state for s in far(r).steps] == [State.SEEN, State.LATER, State.LATER]
    r.clock.pass_(60)
    sequence = r.booth.steps.say(deed(r, 0))
    entry = r.ledger.find(sequence)
    assert entry is not None
    assert entry.kind == "step"
    done, following, _ = far(r).steps
    assert (done.state, done.by, following.state) == (State.DONE, OFFICER.id, State.SEEN)
    assert following.ready_at == done.finished_at
    assert StepsChanged(r.booth.view.crossing.id) in r.news  # type: ignore[union-attr]


async def test_two_sign_and_the_second_with_their_pin(make: Make) -> None:
    r = await opened(make)
    r.booth.steps.say(deed(r, 0))
    both = deed(r, 1)
    assert r.booth.steps.seconds(both) == (SUPERVISOR,)
    with pytest.raises(DecisionError, match=r"plan\.supervisor-needed"):
        r.booth.steps.say(both)
    with pytest.raises(SignInError):
        r.booth.steps.sign(both, SUPERVISOR.id, "0000")
    assert not far(r).steps[1].finished
    r.clock.pass_(10)  # after a wrong PIN
    r.booth.steps.sign(both, SUPERVISOR.id, PIN)
    assert far(r).steps[1].state is State.DONE


async def test_of_a_step_that_asks_for_it_what_was_found_is_written_down(make: Make) -> None:
    r = await opened(make)
    r.booth.steps.say(deed(r, 0))
    r.booth.steps.sign(deed(r, 1), SUPERVISOR.id, PIN)
    for blank in ("", "  "):
        with pytest.raises(DecisionError, match=r"plan\.note-needed"):
            r.booth.steps.say(replace(deed(r, 2), note=blank))
    r.booth.steps.say(replace(deed(r, 2), note="3.2 kg, seal 0417"))
    assert (far(r).steps[2].state, far(r).steps[2].note) == (State.DONE, "3.2 kg, seal 0417")


async def test_one_who_signs_elsewhere_is_named_and_until_they_confirm_the_step_is_open(make: Make) -> None:
    r = await opened(make)
    r.booth.steps.say(deed(r, 0))
    asked = r.booth.steps.ask(deed(r, 1), SUPERVISOR.id)
    state = far(r).steps[1]
    assert (state.finished, state.wants_second) == (False, True)
    yes = Confirmation(f"ENT-3/{asked}", agreed=True)
    crossing = r.booth.view.crossing.id  # type: ignore[union-attr]
    body = ActBody(crossing, "ENT-1", SUPERVISOR.id, stamp(r.clock.now()), yes, after=(yes.act,), training=True)
    r.booth.feeding.keep("confirmation", "ENT-1/7", write_act(body), as_of=stamp(r.clock.now()), owner="ENT-1")
    r.booth.hear_delivery("feed")
    assert far(r).steps[1].finished


async def test_not_needed_begun_again_and_taken_back(make: Make) -> None:
    r = await opened(make)
    r.booth.steps.say(deed(r, 0, Did.NOT_NEEDED, Spared.DOES_NOT_APPLY))
    assert (far(r).steps[0].state, far(r).steps[0].reason) == (State.NOT_NEEDED, Spared.DOES_NOT_APPLY)
    r.booth.steps.say(deed(r, 0, Did.BEGUN))
    assert (far(r).steps[0].state, far(r).steps[1].state) == (State.BEGUN, State.LATER)


async def test_a_step_that_the_plan_has_no_more_is_refused(make: Make) -> None:
    r = await opened(make)
    with pytest.raises(DecisionError, match=r"plan\.gone"):
        r.booth.steps.say(replace(deed(r, 0), steps=("customs/person/step.other",)))


async def test_a_step_is_said_by_its_own_agencys_side(make: Make) -> None:
    r = await opened(make)
    customs = deed(r, 0)
    assert r.booth.work.session is not None
    alone = replace(OFFICER, acts_for=frozenset({OFFICER.agency}))
    r.booth.work.session = replace(r.booth.work.session, officer=alone)
    assert far(r).steps[0].state is State.DUE, "nobody of customs has it before them"
    with pytest.raises(DecisionError, match=r"plan\.not-yours"):
        r.booth.steps.say(customs)


async def test_looking_starts_the_clock_of_what_is_due_once(make: Make) -> None:
    r = await opened(make)
    r.booth.steps.look()
    before = r.ledger.journal.count()
    r.booth.steps.look()
    assert r.ledger.journal.count() == before, "what was seen is not seen again"
    r.clock.pass_(6 * 60)
    (late,) = far(r).escalations(r.clock.now())
    assert (late.unseen, late.to) == (False, Duty.CUSTOMS)


async def test_it_is_there_after_a_restart_and_what_another_counter_says_comes_in(make: Make) -> None:
    r = await opened(make)
    said = r.booth.steps.say(deed(r, 0))
    crossing = r.booth.view.crossing.id  # type: ignore[union-attr]
    r = make(book=book())
    r.link.answers = all_live(r.clock)
    await r.booth.sign_in(OFFICER.id, PIN)
    await r.booth.resume(crossing)
    assert far(r).steps[0].finished
    again = deed(r, 0, Did.BEGUN)
    body = ActBody(crossing, "ENT-1", "o9", stamp(r.clock.now()), again, after=(f"ENT-3/{said}",), training=True)
    r.booth.feeding.keep("step", "ENT-1/7", write_act(body), as_of=stamp(r.clock.now()), owner="ENT-1")
    r.booth.hear_delivery("feed")
    assert far(r).steps[0].state is State.BEGUN


async def test_nobody_in_hand_has_no_steps(make: Make) -> None:
    r = make()
    await r.booth.sign_in(OFFICER.id, PIN)
    with pytest.raises(DecisionError, match=r"crossing\.none"):
        r.booth.steps.sheet()
    await r.booth.open(document())
    assert r.booth.steps.sheet().progress is None


# -- which pair may sign ----------------------------------------------------------------------------------------------


async def counting(make: Make) -> tuple[Rig, StepDeed]:
    """A traveller whose cash is to be counted, and what is said of it."""
    count = step("count", two=True, matter=Matter.CASH_COUNT)
    found = Procedures((procedure("p", count, when="citizen || !citizen"),), "1")
    for _ in found.conditions.compile():
        pass
    r = make(book=Rulebook(RiskRules("1", 30, 60, ((Authority.SECURITY, timedelta(hours=1)),)), found, "1"))
    r.link.answers = all_live(r.clock)
    await r.booth.sign_in(OFFICER.id, PIN)
    await r.booth.open(document())
    await settled(r)
    return r, deed(r, 0)


async def test_two_of_another_agency_do_not_count_cash_though_both_act_for_customs(make: Make) -> None:
    r, counted = await counting(make)
    assert counted.matter is Matter.CASH_COUNT
    assert r.booth.steps.seconds(counted) == ()
    assert r.booth.steps.why_nobody(counted) == "two.nobody"
    with pytest.raises(DecisionError, match=r"two\.no-own"):
        r.booth.steps.sign(counted, SUPERVISOR.id, PIN)
    assert not r.booth.steps.elsewhere(counted)
    with pytest.raises(DecisionError, match=r"two\.no"):
        r.booth.steps.ask(counted, SUPERVISOR.id)
    assert not far(r).steps[0].finished


async def test_whom_the_row_names_counts_and_what_was_not_signed_as_such_counts_for_nothing(make: Make) -> None:
    r, counted = await counting(make)
    rules = load_two_persons()
    row = replace(rules.rows[Matter.CASH_COUNT], owning=False)
    loose = TwoPersonRules("", {Matter.CASH_COUNT: row})
    r.booth.steps._parts = replace(r.booth.steps._parts, two_persons=lambda: loose)
    assert r.booth.steps.seconds(counted) == (SUPERVISOR,)
    r.booth.steps.sign(replace(counted, matter=None), SUPERVISOR.id, PIN)
    assert not far(r).steps[0].finished, "it was said without the matter that it is"
    r.booth.steps.sign(counted, SUPERVISOR.id, PIN)
    assert far(r).steps[0].finished
    r.booth.steps._parts = replace(r.booth.steps._parts, two_persons=lambda: TwoPersonRules(""))
    assert r.booth.steps.seconds(counted) == (), "without a rule nobody may"


async def test_who_leads_the_procedure_leads_the_case_whoever_refers(make: Make) -> None:
    r = await opened(make)
    view = r.booth.view
    assert view is not None
    about, verdicts = frozenset(SubjectKind), frozenset({Verdict.REFER})
    reason = ReasonCode("refer.interview", verdicts, about, authority=Authority.IMMIGRATION)
    done = await r.booth.cases.refer(PERSON, reason, "", view.digest)
    assert done.case.lead is Agency.CUSTOMS
