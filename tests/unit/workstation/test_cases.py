"""Secondary cases at a booth: referred in one step, out of the lane, going on at several counters."""

from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from counter_tui.domain.acts import ActBody, Deed, write_act
from counter_tui.domain.cases.case import TaskState
from counter_tui.domain.cases.deeds import (
    CaseDeed,
    Closed,
    HandedOver,
    Holder,
    HoldPlaced,
    HoldReleased,
    Link,
    Linked,
    Opened,
    Reopened,
    TaskDone,
    TaskGiven,
    TaskSeen,
)
from counter_tui.domain.cases.next_step import Step
from counter_tui.domain.decisions import ReasonCode, why_not_green
from counter_tui.domain.documents import Document, compose_mrz, read_mrz
from counter_tui.domain.entries import DECISION
from counter_tui.domain.joint.reading import ACTS
from counter_tui.domain.matters import TwoPersonRules
from counter_tui.domain.outcome import PERSON
from counter_tui.domain.statements import Statement, Topic, differing
from counter_tui.domain.two_persons import Matter
from counter_tui.domain.whereabouts import Place, Whereabouts
from counter_tui.domain.words import Agency, Outcome, SubjectKind, Verdict
from counter_tui.errors import DecisionError, SignInError, StoreError
from counter_tui.settings_cases import load_cases
from counter_tui.settings_two_persons import load_two_persons
from counter_tui.workstation.cases import Referred
from counter_tui.workstation.news import CaseChanged
from counter_tui.workstation.records import stamp
from counter_tui.workstation.two_persons import By

from .build import COUNTER, OFFICER, PIN, REASON, SUPERVISOR, Rig, identity, rig

ITEM = Link(Linked.DOCUMENT, "P1", "passport")
CLEAR = ReasonCode("clear.checked", frozenset({Verdict.CLEAR}), frozenset(SubjectKind))
WIJAYA, SRI = Holder(Agency.IMMIGRATION, OFFICER.id), Holder(Agency.IMMIGRATION, SUPERVISOR.id)


@pytest.fixture
async def booth(tmp_path: Path) -> AsyncIterator[Rig]:
    made = rig(tmp_path)
    yield made
    await made.booth.close()


def document(number: str = "A1234567") -> Document:
    born, expiry = date(1990, 5, 1), date(2030, 1, 1)
    lines = compose_mrz("TD3", "P", "MYS", number, "MYS", "RAHMAN", "ABDUL", "M", born, expiry, "DEMO")
    read = read_mrz(lines, today=date(2026, 11, 21)).document
    assert read is not None
    return read


async def referred(at: Rig, number: str = "A1234567") -> Referred:
    if at.booth.officer is None:
        await at.booth.sign_in(OFFICER.id, PIN)
    view = await at.booth.open(document(number))
    return await at.booth.cases.refer(PERSON, REASON, "", view.digest)


async def cleared(at: Rig, case: str) -> None:
    """The traveller of a case is opened again, and cleared."""
    view = await at.booth.resume(at.booth.cases.take_up(case))
    await at.booth.judge(PERSON, Verdict.CLEAR, CLEAR, "", view.digest)
    await at.booth.done()


def fed(at: Rig, thread: str, sequence: int, deed: Deed, kind: str = "case") -> None:
    """Another counter's word comes by the feed."""
    body = ActBody(thread, "ENT-5", SUPERVISOR.id, stamp(at.clock.now()), deed)
    at.booth.feeding.keep(kind, f"ENT-5/{sequence}", write_act(body), as_of=stamp(at.clock.now()), owner="ENT-5")
    at.booth.acts.take_fed()


async def test_one_step_records_the_verdict_opens_the_case_and_frees_the_lane(booth: Rig) -> None:
    done = await referred(booth)
    assert booth.booth.view is None
    assert await booth.booth.parked() == ()
    kinds = [booth.ledger.find(n).kind for n in range(2, booth.ledger.journal.count() + 1)]  # type: ignore[union-attr]
    assert kinds == [DECISION, "case", "case", "whereabouts"]
    sheet = booth.booth.cases.sheet(done.case.id)
    assert (sheet.case.lead, sheet.case.entry, sheet.case.reason) == (Agency.IMMIGRATION, "ENT-3/2", REASON.code)
    assert [one.place for one in sheet.located] == [Place.SECONDARY]
    assert set(sheet.outcomes.values()) == {Outcome.REFER}
    assert sheet.next.step is Step.SEE_TASK
    assert (await booth.booth.open(document("B7654321"))).crossing.document == document("B7654321")


async def test_who_is_in_hospital_already_is_not_said_to_be_in_secondary(booth: Rig) -> None:
    await booth.booth.sign_in(OFFICER.id, PIN)
    view = await booth.booth.open(document())
    booth.booth.cases.state_where(view.crossing.id, Whereabouts(PERSON, Place.HOSPITAL))
    done = await booth.booth.cases.refer(PERSON, REASON, "", view.digest)
    assert not done.moves
    assert [one.place for one in booth.booth.cases.sheet(done.case.id).located] == [Place.HOSPITAL]


async def test_nothing_of_it_is_recorded_where_a_part_cannot_be(booth: Rig, monkeypatch: pytest.MonkeyPatch) -> None:
    await booth.booth.sign_in(OFFICER.id, PIN)
    view = await booth.booth.open(document())
    before = booth.ledger.journal.count()

    def full(*_args: object) -> None:
        raise StoreError("store.full")

    monkeypatch.setattr(booth.booth.cases, "_say_where", full)
    with pytest.raises(StoreError):
        await booth.booth.cases.refer(PERSON, REASON, "", view.digest)
    assert booth.ledger.journal.count() == before
    assert booth.booth.work.in_hand().acts == ()
    assert not booth.booth.work.in_hand().decided
    assert booth.booth.cases.lines() == ()


async def test_a_case_is_there_again_after_an_end(tmp_path: Path) -> None:
    first = rig(tmp_path)
    done = await referred(first)
    await first.booth.close()
    again = rig(tmp_path)
    await again.booth.sign_in(OFFICER.id, PIN)
    assert [line.case.id for line in again.booth.cases.lines()] == [done.case.id]
    assert await again.booth.parked() == ()
    assert (await again.booth.resume(again.booth.cases.take_up(done.case.id))).crossing.document == document()
    await again.booth.close()


async def test_the_traveller_of_a_case_goes_back_to_the_same_case(booth: Rig) -> None:
    done = await referred(booth)
    view = await booth.booth.resume(booth.booth.cases.take_up(done.case.id))
    again = await booth.booth.cases.refer(PERSON, REASON, "", view.digest)
    assert again.case.id == done.case.id
    assert len(booth.booth.cases.lines()) == 1


async def test_other_counters_words_are_in_it_and_are_told(booth: Rig) -> None:
    done = await referred(booth)
    task = done.case.tasks[0].id
    fed(booth, done.case.id, 7, CaseDeed(TaskSeen(task)))
    assert CaseChanged(done.case.id) in booth.news
    assert booth.booth.cases.sheet(done.case.id).case.tasks[0].state is TaskState.SEEN


async def test_a_case_that_another_counter_opened_is_listed_and_its_traveller_taken_up(booth: Rig) -> None:
    await booth.booth.sign_in(OFFICER.id, PIN)
    done_at_5 = booth.booth._behind.opening.crossing(document())
    booth.booth._records.drop_open(done_at_5.id)
    link = Link(Linked.CROSSING, done_at_5.id, "RAHMAN ABDUL")
    fed(booth, "case-at-5", 7, CaseDeed(Opened(Agency.CUSTOMS, (link,), REASON.code)))
    line = booth.booth.cases.lines()[0]
    assert (line.case.number, line.next.step) == ("ENT-5/7", Step.DECIDE)
    with pytest.raises(DecisionError, match=r"case\.nobody-here"):
        booth.booth.cases.take_up("case-at-5")


async def test_what_two_sign_needs_the_second_persons_pin(booth: Rig) -> None:
    done = await referred(booth)
    cases, handed = booth.booth.cases, HandedOver(ITEM, WIJAYA, SRI)
    with pytest.raises(DecisionError, match=r"act\.second-needed"):
        cases.say(done.case.id, handed)
    with pytest.raises(SignInError):
        cases.sign(done.case.id, handed, By(SUPERVISOR.id, typed="0000"))
    assert cases.sheet(done.case.id).case.custody == ()
    booth.clock.pass_(60)
    cases.sign(done.case.id, handed, By(SUPERVISOR.id, typed=PIN))
    custody = cases.sheet(done.case.id).case.custody[0]
    assert (custody.holders, custody.chain[0].signed) == ((SRI,), True)


async def test_a_hold_is_released_by_two_and_a_case_is_closed_when_nothing_is_open(booth: Rig) -> None:
    done = await referred(booth)
    cases, case = booth.booth.cases, done.case.id
    task = done.case.tasks[0].id
    with pytest.raises(DecisionError, match=r"case\.has-tasks"):
        cases.say(case, Closed())
    cases.say(case, TaskDone(task))
    hold = HoldPlaced("h1", done.case.links[0], Agency.IMMIGRATION, "UU 6/2011 art. 83", WIJAYA, SUPERVISOR.id, 60)
    cases.say(case, hold)
    with pytest.raises(DecisionError, match=r"case\.has-holds"):
        cases.say(case, Closed())
    released = HoldReleased("h1", Agency.IMMIGRATION, "verified")
    seconding = booth.booth.judging.seconding
    seconding._parts = replace(cases._parts, two_persons=lambda: TwoPersonRules(""))
    with pytest.raises(DecisionError, match=r"two\.no-rule"):
        cases.sign(case, released, By(SUPERVISOR.id, typed=PIN))
    seconding._parts = cases._parts
    with pytest.raises(DecisionError, match=r"two\.first-role"):
        cases.sign(case, released, By(SUPERVISOR.id, typed=PIN))
    await booth.booth.sign_out()
    await booth.booth.sign_in(SUPERVISOR.id, PIN)
    cases.sign(case, released, By(OFFICER.id, typed=PIN))
    with pytest.raises(DecisionError, match=r"case\.undecided"):
        cases.say(case, Closed(note="let go on"))
    await cleared(booth, case)
    cases.say(case, Closed(note="let go on"))
    assert not cases.sheet(case).case.open
    with pytest.raises(DecisionError, match=r"case\.is-closed"):
        cases.say(case, TaskSeen(task))
    cases.say(case, Reopened("the bag was found"))
    assert cases.sheet(case).case.open


async def test_answers_and_whereabouts_of_who_is_in_hand(booth: Rig) -> None:
    await booth.booth.sign_in(OFFICER.id, PIN)
    view = await booth.booth.open(document())
    cases = booth.booth.cases
    cases.note_answer(Statement(Topic.STAY, "three days"))
    fed(booth, view.crossing.id, 9, Statement(Topic.STAY, "two weeks"), "statement")
    assert [one.words for one in cases.answers()[Topic.STAY]] == ["three days", "two weeks"]
    cases.state_where(view.crossing.id, Whereabouts(PERSON, Place.WARD))
    assert cases.located()[0].place is Place.WARD
    assert [line.case for line in cases.lines()] == []


def carried(here: Rig, there: Rig) -> None:
    """What was recorded here comes there by the feed."""
    for sequence in range(1, here.ledger.journal.count() + 1):
        entry = here.ledger.find(sequence)
        if entry is not None and entry.body is not None and entry.kind in ACTS:
            key, at = f"{entry.counter}/{sequence}", entry.recorded_at
            there.booth.feeding.keep(entry.kind, key, entry.body, as_of=at, owner=entry.counter)
    there.booth.acts.take_fed()


async def test_a_case_goes_on_at_another_counter_and_comes_back(tmp_path: Path) -> None:
    folders = [tmp_path / name for name in ("3", "5")]
    for folder in folders:
        folder.mkdir()
    other = replace(identity(), counter=replace(COUNTER, id="ENT-5", label="5"))
    here, there = rig(folders[0]), rig(folders[1], who=other)
    done = await referred(here)
    await there.booth.sign_in(OFFICER.id, PIN)
    carried(here, there)
    line = there.booth.cases.lines()[0]
    assert (line.case.number, line.next.step) == (done.case.number, Step.SEE_TASK)
    assert line.located[0].place is Place.SECONDARY
    there.booth.cases.say(line.case.id, TaskSeen(line.case.tasks[0].id))
    there.booth.cases.say(line.case.id, TaskDone(line.case.tasks[0].id, "genuine"))
    view = await there.booth.resume(there.booth.cases.take_up(line.case.id))
    assert view.crossing.document == document()
    assert await there.booth.parked() == ()
    carried(there, here)
    assert here.booth.cases.sheet(done.case.id).case.tasks[0].note == "genuine"
    await there.booth.judge(PERSON, Verdict.CLEAR, CLEAR, "", view.digest)
    carried(there, here)
    assert here.booth.cases.sheet(done.case.id).next.step is Step.CLOSE
    here.booth.cases.say(done.case.id, Closed(note="went on"))
    carried(here, there)
    assert not there.booth.cases.sheet(done.case.id).case.open
    await here.booth.close()
    await there.booth.close()


async def test_nothing_of_a_case_stays_in_memory_once_nobody_may_read(booth: Rig) -> None:
    await referred(booth)
    booth.booth.cases.lines()
    assert booth.booth._records.cases
    await booth.booth.sign_out()
    assert not booth.booth._records.cases


async def test_a_referral_that_is_undone_leaves_a_void_case_and_the_traveller_at_the_booth(booth: Rig) -> None:
    done = await referred(booth)
    last = booth.booth.correcting.undoable()
    assert last is not None
    await booth.booth.correcting.undo(last.act)
    sheet = booth.booth.cases.sheet(done.case.id)
    assert (sheet.case.void, sheet.case.open, sheet.located) == (True, False, ())
    assert [one.document for one in await booth.booth.parked()] == [document()]
    view = await booth.booth.resume(last.crossing.id)
    again = await booth.booth.cases.refer(PERSON, REASON, "", view.digest)
    assert again.case.id != done.case.id
    assert again.case.open


async def test_a_case_in_which_something_was_done_goes_on_though_its_referral_is_undone(booth: Rig) -> None:
    done = await referred(booth)
    booth.booth.cases.say(done.case.id, TaskSeen(done.case.tasks[0].id))
    last = booth.booth.correcting.undoable()
    assert last is not None
    await booth.booth.correcting.undo(last.act)
    assert booth.booth.cases.sheet(done.case.id).case.open


async def test_what_was_said_at_an_earlier_attempt_stands_beside_what_is_said_now(booth: Rig) -> None:
    await booth.booth.sign_in(OFFICER.id, PIN)
    first = await booth.booth.open(document())
    booth.booth.cases.note_answer(Statement(Topic.PURPOSE, "works there"))
    await booth.booth.judge(PERSON, Verdict.REFER, REASON, "", first.digest)
    await booth.booth.done()
    booth.clock.pass_(2 * 24 * 3600)
    await booth.booth.open(document())
    booth.booth.cases.note_answer(Statement(Topic.PURPOSE, "visits an aunt"))
    found = differing(booth.booth.cases.answers())
    assert [(one.topic, one.attempts) for one in found] == [(Topic.PURPOSE, 2)]


async def test_what_is_said_of_health_is_recorded_for_who_may_hear_it(tmp_path: Path) -> None:
    made = rig(tmp_path)
    made.booth._parts = replace(made.booth._parts, cases=load_cases)
    made.booth.cases.reading._parts = made.booth._parts
    await made.booth.sign_in(OFFICER.id, PIN)
    view = await made.booth.open(document())
    made.booth.cases.note_answer(Statement(Topic.HEALTH, "coughs"))
    act = next(act for act in made.booth.acts.of(view.crossing.id) if act.kind == "statement")
    assert act.deed.to == frozenset(Agency)
    await made.booth.close()


async def test_a_hold_goes_on_under_who_takes_the_case_over_and_both_sign(booth: Rig) -> None:
    done = await referred(booth)
    cases, case = booth.booth.cases, done.case.id
    cases.say(case, TaskDone(done.case.tasks[0].id))
    hold = HoldPlaced("h1", done.case.links[0], Agency.IMMIGRATION, "UU 6/2011 art. 83", WIJAYA, SUPERVISOR.id, 60)
    cases.say(case, hold)
    with pytest.raises(DecisionError, match=r"case\.hold-to-nobody"):
        cases.sign(case, Closed(holds=("h1",)), By(SUPERVISOR.id, typed=PIN))
    handed = Closed(Holder(name="POLRI Entikong"), (), "with the letter", ("h1",))
    with pytest.raises(DecisionError, match=r"act\.second-needed"):
        cases.say(case, handed)
    cases.sign(case, handed, By(SUPERVISOR.id, typed=PIN))
    assert not cases.sheet(case).case.open


async def test_who_is_in_a_case_and_scanned_again_is_the_same_passage_and_stays_in_the_case(booth: Rig) -> None:
    done = await referred(booth)
    again = await booth.booth.open(document())
    assert again.crossing.id in done.case.crossings
    await booth.booth.park()
    assert await booth.booth.parked() == ()
    assert booth.booth.cases.take_up(done.case.id) == again.crossing.id


async def test_of_several_travellers_the_one_who_is_named_or_waits_is_opened(booth: Rig) -> None:
    done = await referred(booth)
    view = await booth.booth.open(document("B7654321"))
    cases, case = booth.booth.cases, done.case.id
    cases.link(case)
    await booth.booth.judge(PERSON, Verdict.CLEAR, CLEAR, "", view.digest)
    await booth.booth.done()
    first, second = done.case.crossings[0], view.crossing.id
    assert set(cases.sheet(case).case.crossings) == {first, second}
    assert cases.take_up(case) == first
    assert cases.take_up(case, second) == second


async def test_who_was_referred_is_not_cleared_with_the_one_key(booth: Rig) -> None:
    done = await referred(booth)
    view = await booth.booth.resume(booth.booth.cases.take_up(done.case.id))
    assert "green.verdict" in why_not_green(view, OFFICER)
    with pytest.raises(DecisionError, match=r"decision\.not-green"):
        await booth.booth.clear(view.digest)
    await booth.booth.judge(PERSON, Verdict.CLEAR, CLEAR, "", view.digest)
    cleared_view = booth.booth.view
    assert cleared_view is not None
    assert "green.verdict" not in why_not_green(cleared_view, OFFICER)


async def test_that_cash_was_counted_two_sign_of_whom_one_is_of_customs(booth: Rig) -> None:
    done = await referred(booth)
    cases = booth.booth.cases
    cases.reading._parts = replace(cases.reading._parts, cases=load_cases)
    cases.say(done.case.id, TaskGiven("t-cash", Agency.CUSTOMS, minutes=45, code="case.task.count-cash"))
    cases.say(done.case.id, TaskSeen("t-cash"))
    counted = TaskDone("t-cash", "180 m", Matter.CASH_COUNT, Agency.CUSTOMS)
    for said in (TaskDone("t-cash", "180 m"), replace(counted, matter=Matter.NARCOTICS), counted):
        with pytest.raises(DecisionError, match=r"act\.second-needed"):
            cases.say(done.case.id, said)
    with pytest.raises(DecisionError, match=r"two\.no-own"):
        cases.sign(done.case.id, counted, By(SUPERVISOR.id, typed=PIN))
    assert "t-cash" in {task.id for task in cases.sheet(done.case.id).case.open_tasks}
    rows = load_two_persons().rows
    loose = TwoPersonRules("", {Matter.CASH_COUNT: replace(rows[Matter.CASH_COUNT], owning=False)})
    seconding = booth.booth.judging.seconding
    seconding._parts = replace(cases._parts, two_persons=lambda: loose)
    cases.sign(done.case.id, counted, By(SUPERVISOR.id, typed=PIN))
    task = next(one for one in cases.sheet(done.case.id).case.tasks if one.id == "t-cash")
    assert (task.state, task.note) == (TaskState.DONE, "180 m")
