"""Sign-offs at a booth: nothing under a procedure is closed before whoever has to has signed, here or elsewhere."""

from dataclasses import replace
from datetime import timedelta

import pytest

from counter_tui.domain.acts import ActBody, write_act
from counter_tui.domain.cases.deeds import Closed, TaskDone, TaskSeen
from counter_tui.domain.cases.next_step import Step
from counter_tui.domain.decisions import ReasonCode
from counter_tui.domain.outcome import PERSON
from counter_tui.domain.procedures import Procedures, SignOff
from counter_tui.domain.procedures.closing import SIGN_OFF, SignOffDeed, SignOffState
from counter_tui.domain.procedures.deeds import Did, deed_of
from counter_tui.domain.risk import RiskRules
from counter_tui.domain.view import Rulebook
from counter_tui.domain.words import Agency, Authority, Role, SubjectKind, Verdict
from counter_tui.errors import DecisionError, SignInError
from counter_tui.workstation.records import stamp
from tests.unit.domain.procedures.build import procedure, step

from .build import OFFICER, PIN, REASON, SUPERVISOR, Rig
from .conftest import Make
from .test_booth import all_live, document, settled

CLEAR = ReasonCode("clear.checked", frozenset({Verdict.CLEAR}), frozenset(SubjectKind))
ONE, TWO = SignOff(Agency.CUSTOMS), SignOff(Agency.CUSTOMS, Role.SUPERVISOR, 2)


def book(*signs: SignOff) -> Rulebook:
    found = Procedures((procedure("p", step("count"), when="citizen || !citizen", sign=signs),), "1")
    for _ in found.conditions.compile():
        pass
    return Rulebook(RiskRules("1", 30, 60, ((Authority.SECURITY, timedelta(hours=1)),)), found, "1")


async def opened(make: Make, *signs: SignOff) -> Rig:
    r = make(book=book(*signs))
    r.link.answers = all_live(r.clock)
    await r.booth.sign_in(OFFICER.id, PIN)
    await r.booth.open(document())
    await settled(r)
    return r


def only(r: Rig) -> SignOffState:
    found = r.booth.steps.sheet().progress
    assert found is not None
    (one,) = found.sign_offs
    return one


def counted(r: Rig) -> None:
    found = r.booth.steps.sheet().progress
    assert found is not None
    r.booth.steps.say(deed_of(found.steps[0].planned, Did.DONE))


async def cleared(r: Rig) -> str:
    """The traveller in hand is cleared; their crossing."""
    view = r.booth.view
    assert view is not None
    assert (await r.booth.judge(PERSON, Verdict.CLEAR, CLEAR, "", view.digest)).complete
    return view.crossing.id


async def kept(r: Rig) -> list[str]:
    """The crossings that are not closed here, once nobody is in hand."""
    await r.booth.done()
    return [crossing.id for crossing in await r.booth.parked()]


async def test_a_crossing_is_closed_with_the_last_signature_and_not_before(make: Make) -> None:
    r = await opened(make, ONE)
    counted(r)
    crossing = await cleared(r)
    assert await kept(r) == [crossing]
    assert r.booth.unsigned == {crossing}
    with pytest.raises(DecisionError, match=r"plan\.not-closed"):
        await r.booth.discard(crossing)
    await r.booth.resume(crossing)
    r.booth.steps.sign_off(only(r))
    assert only(r).given
    assert await kept(r) == []


async def test_what_no_procedure_covers_is_closed_as_it_is_decided(make: Make) -> None:
    r = await opened(make)
    await cleared(r)
    assert await kept(r) == []


async def test_it_is_signed_once_its_own_steps_are_finished_and_by_its_own(make: Make) -> None:
    r = await opened(make, ONE)
    with pytest.raises(DecisionError, match=r"plan\.sign-open"):
        r.booth.steps.sign_off(only(r))
    counted(r)
    assert r.booth.work.session is not None
    whole = r.booth.work.session
    r.booth.work.session = replace(whole, officer=replace(OFFICER, acts_for=frozenset({Agency.IMMIGRATION})))
    with pytest.raises(DecisionError, match=r"plan\.sign-not-yours"):
        r.booth.steps.sign_off(only(r))
    r.booth.work.session = whole
    r.booth.steps.sign_off(only(r))
    with pytest.raises(DecisionError, match=r"plan\.sign-given"):
        r.booth.steps.sign_off(only(r))


async def test_two_sign_and_the_second_with_their_own_pin(make: Make) -> None:
    r = await opened(make, TWO)
    counted(r)
    crossing = await cleared(r)
    r.booth.steps.sign_off(only(r))
    assert only(r).by == (OFFICER.id,)
    assert await kept(r) == [crossing]
    await r.booth.resume(crossing)
    assert r.booth.steps.sign_seconds(only(r)) == (SUPERVISOR,)
    with pytest.raises(SignInError):
        r.booth.steps.sign_off(only(r), SUPERVISOR.id, "0000")
    r.clock.pass_(10)
    r.booth.steps.sign_off(only(r), SUPERVISOR.id, PIN)
    assert only(r).given
    assert await kept(r) == []


async def test_a_signature_from_another_counter_closes_it_here(make: Make) -> None:
    r = await opened(make, TWO)
    counted(r)
    crossing = await cleared(r)
    r.booth.steps.sign_off(only(r))
    assert await kept(r) == [crossing]
    deed = SignOffDeed(Agency.CUSTOMS, ("p",), supervisor=True, persons=2)
    known = tuple(r.booth.acts.heads(crossing))
    body = ActBody(crossing, "ENT-1", SUPERVISOR.id, stamp(r.clock.now()), deed, after=known, training=True)
    r.booth.feeding.keep(SIGN_OFF, "ENT-1/7", write_act(body), as_of=stamp(r.clock.now()), owner="ENT-1")
    r.booth.hear_delivery("feed")
    assert await kept(r) == []


async def test_a_case_is_not_closed_before_and_says_whose_signature_is_missing(make: Make) -> None:
    r = await opened(make, ONE)
    counted(r)
    view = r.booth.view
    assert view is not None
    case = (await r.booth.cases.refer(PERSON, REASON, "", view.digest)).case
    for task in case.tasks:
        r.booth.cases.say(case.id, TaskSeen(task.id))
        r.booth.cases.say(case.id, TaskDone(task.id))
    await r.booth.resume(r.booth.cases.take_up(case.id))
    await cleared(r)
    sheet = r.booth.cases.sheet(case.id)
    assert (sheet.next.step, sheet.next.agency) == (Step.SIGN, Agency.CUSTOMS)
    with pytest.raises(DecisionError) as refused:
        r.booth.cases.say(case.id, Closed(note="went on"))
    assert (refused.value.code, refused.value.params["whose"]) == ("case.not-signed", "customs")
    r.booth.steps.sign_off(only(r))
    assert r.booth.cases.sheet(case.id).next.step is Step.CLOSE
    r.booth.cases.say(case.id, Closed(note="went on"))
    assert not r.booth.cases.sheet(case.id).case.open


async def test_a_closing_that_did_not_know_of_a_missing_signature_closes_nothing(make: Make) -> None:
    r = await opened(make, ONE)
    counted(r)
    view = r.booth.view
    assert view is not None
    case = (await r.booth.cases.refer(PERSON, REASON, "", view.digest)).case
    await r.booth.resume(r.booth.cases.take_up(case.id))
    await cleared(r)
    r.booth.steps.sign_off(only(r))
    for task in case.tasks:
        r.booth.cases.say(case.id, TaskSeen(task.id))
        r.booth.cases.say(case.id, TaskDone(task.id))
    r.booth.cases.say(case.id, Closed(note="went on"))
    found = r.booth.steps.sheet().progress
    assert found is not None
    r.booth.steps.say(deed_of(found.steps[0].planned, Did.BEGUN))  # said apart, as it may come from another counter
    sheet = r.booth.cases.sheet(case.id)
    assert (sheet.case.open, len(sheet.case.unsigned)) == (True, 1)
