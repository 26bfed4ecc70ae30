"""What waits of cases and of procedures' steps, here and at other counters, as far as this one has heard."""

from dataclasses import replace
from pathlib import Path

from counter_tui.domain.acts import ActBody, write_act
from counter_tui.domain.cases.deeds import LinkMade, TaskGiven, TaskSeen
from counter_tui.domain.coding import to_json
from counter_tui.domain.entries import DECISION, DecisionBody, read_decision
from counter_tui.domain.outcome import PERSON, Judgement
from counter_tui.domain.procedures.deeds import Did, StepDeed
from counter_tui.domain.words import Agency, Authority, Basis, Verdict
from counter_tui.workstation.cases_opening import crossing_link
from counter_tui.workstation.queue import Kind
from counter_tui.workstation.records import stamp

from .build import COUNTER, OFFICER, PIN, REASON, Rig, identity, rig
from .conftest import Make
from .test_booth import all_live
from .test_cases import carried, document, referred
from .test_steps import book

LATER = 3 * 3600


async def expired(r: Rig) -> list[str]:
    return [line.what.code for line in await r.booth.watching.lines() if line.kind is Kind.EXPIRED]


# -- cases ------------------------------------------------------------------------------------------------------------


async def test_a_task_that_takes_too_long_waits(make: Make) -> None:
    r = make()
    done = await referred(r)
    r.booth.cases.say(done.case.id, TaskGiven("t9", Agency.CUSTOMS, "count it", minutes=5))
    r.booth.cases.say(done.case.id, TaskSeen("t9"))
    assert "queue.case-task" not in await expired(r)
    r.clock.pass_(LATER)
    assert "queue.case-task" in await expired(r)


async def test_who_was_put_aside_here_and_is_in_a_case_elsewhere_is_not_put_aside_any_more(tmp_path: Path) -> None:
    folders = [tmp_path / name for name in ("3", "5")]
    for folder in folders:
        folder.mkdir()
    here, there = rig(folders[0]), rig(folders[1], who=replace(identity(), counter=replace(COUNTER, id="ENT-5")))
    await here.booth.sign_in(OFFICER.id, PIN)
    aside = (await here.booth.open(document("B7654321"))).crossing
    await here.booth.park()
    done = await referred(there)
    there.booth.cases.say(done.case.id, LinkMade(crossing_link(aside)))
    await here.booth.reading.ready()
    assert [one.id for one in await here.booth.parked()] == [aside.id]
    carried(there, here)
    assert await here.booth.parked() == ()
    await here.booth.close()
    await there.booth.close()


# -- steps ------------------------------------------------------------------------------------------------------------


async def at_booth(make: Make) -> Rig:
    r = make(book=book())
    r.link.answers = all_live(r.clock)
    await r.booth.sign_in(OFFICER.id, PIN)
    return r


def sent(r: Rig, kind: str, id_: str, body: bytes) -> None:
    r.booth.feeding.keep(kind, id_, body, as_of=stamp(r.clock.now()), owner="")
    r.booth.hear_delivery("feed")


async def decided_there(r: Rig, verdict: Verdict) -> DecisionBody:
    """Somebody was decided at another counter, with one who is of no interest here as the pattern."""
    view = await r.booth.open(document())
    r.booth._parts.rules()
    recorded = await r.booth.judge(PERSON, Verdict.REFER, REASON, "", view.digest)
    body = read_decision(r.ledger.find(recorded.sequence).body)  # type: ignore[union-attr, arg-type]
    await r.booth.done()
    crossing = replace(body.crossing, id="there-1", document=document("B7654321"), opened_at=r.clock.now())
    judged = tuple(Judgement(a, PERSON, verdict, Basis.OFFICER, "x") for a in Authority)
    told = replace(body, crossing=crossing, judgements=judged, after=())
    sent(r, DECISION, "ENT-5/7", to_json(told))
    return told


async def late_there(r: Rig) -> list[str]:
    lines = await r.booth.watching.lines()
    return [line.act for line in lines if line.kind is Kind.EXPIRED and line.thread == "there-1"]


async def test_a_step_that_takes_too_long_at_another_counter_waits_here_too(make: Make) -> None:
    r = await at_booth(make)
    await decided_there(r, Verdict.REFER)
    assert await late_there(r) == []
    r.clock.pass_(6 * 60)
    (key,) = await late_there(r)
    done = StepDeed(Did.DONE, (key,), Authority.CUSTOMS)
    sent(r, "step", "ENT-5/8", write_act(body_of(r, done)))
    assert await late_there(r) == []


def body_of(r: Rig, deed: StepDeed) -> ActBody[StepDeed]:
    return ActBody("there-1", "ENT-5", "sri", stamp(r.clock.now()), deed, ("ENT-5/7",))


async def test_of_who_was_let_go_elsewhere_no_step_waits(make: Make) -> None:
    r = await at_booth(make)
    await decided_there(r, Verdict.CLEAR)
    r.clock.pass_(6 * 60)
    assert await late_there(r) == []


async def test_nothing_is_said_of_who_was_there_the_day_before(make: Make) -> None:
    r = await at_booth(make)
    await decided_there(r, Verdict.REFER)
    r.clock.pass_(25 * 3600)
    assert await late_there(r) == []
