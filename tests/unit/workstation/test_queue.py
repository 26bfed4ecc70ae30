"""The queue over a real booth: what other counters sent stands beside what was recorded here, until somebody acts."""

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from counter_tui import settings
from counter_tui.domain.acts import ActBody, write_act
from counter_tui.domain.coding import to_json
from counter_tui.domain.entries import DECISION, DecisionBody, read_decision
from counter_tui.domain.joint.deeds import Override, Review, Stage
from counter_tui.domain.joint.reading import QUESTION, Question
from counter_tui.domain.mode import ModeDeed, ModeStep
from counter_tui.domain.outcome import PERSON, Judgement
from counter_tui.domain.sections import Section
from counter_tui.domain.words import Agency, Authority, Basis, SourceState, Verdict
from counter_tui.errors import DecisionError
from counter_tui.settings_deadlines import load_deadlines
from counter_tui.settings_floor import load_floor
from counter_tui.workstation.queue import Kind, QueueLine
from counter_tui.workstation.queue_conflicts import Asker, conflict_views
from counter_tui.workstation.records import stamp

from .build import OFFICER, PIN, SUPERVISOR, Rig
from .conftest import Make
from .test_mode import CHIEF, post
from .test_screening import BUDI, document

FLOOR = load_floor(settings.load_documents())


async def at_booth(make: Make) -> Rig:
    r = make(who=post(), floor=FLOOR)
    r.link.answers = [Section(a, SourceState.LIVE, r.clock.now()) for a in Authority]
    await r.booth.sign_in(OFFICER.id, PIN)
    return r


async def cleared(r: Rig) -> DecisionBody:
    """The traveller was cleared here."""
    import asyncio

    view = await r.booth.open(document(BUDI))
    async with asyncio.timeout(10):
        while any(s.source is not SourceState.LIVE for s in r.booth.view.sections):  # type: ignore[union-attr]
            await asyncio.sleep(0.001)
    recorded = await r.booth.clear(r.booth.view.digest)  # type: ignore[union-attr]
    await r.booth.done()
    body = read_decision(r.ledger.find(recorded.sequence).body)  # type: ignore[union-attr, arg-type]
    assert body.crossing.id == view.crossing.id
    return body


def sent(r: Rig, kind: str, id_: str, body: bytes) -> None:
    """Another counter's word came with the feed."""
    r.booth.feeding.keep(kind, id_, body, as_of=stamp(r.clock.now()), owner="")
    r.booth.hear_delivery("feed")


def held_there(body: DecisionBody) -> bytes:
    judged = Judgement(Authority.IMMIGRATION, PERSON, Verdict.HOLD, Basis.OFFICER, "hold.identity", "listed")
    return to_json(replace(body, officer=SUPERVISOR.id, judgements=(judged,), after=()))


async def lines(r: Rig) -> tuple[QueueLine, ...]:
    return await r.booth.watching.lines()


async def test_nothing_waits_at_first(make: Make) -> None:
    r = await at_booth(make)
    assert await lines(r) == ()
    await cleared(r)
    assert await lines(r) == ()


async def test_verdicts_given_apart_wait_until_somebody_keeps_the_stricter(make: Make) -> None:
    r = await at_booth(make)
    body = await cleared(r)
    sent(r, DECISION, "ENT-4/7", held_there(body))
    (line,) = await lines(r)
    assert (line.kind, line.thread, line.who) == (Kind.CONFLICT, body.crossing.id, "WIJAYA, BUDI HARTONO")
    (view,) = r.booth.watching.conflicts.of(line.thread)
    assert (view.here.counter, view.there[0].counter, view.in_force) == ("ENT-3", "ENT-4", Verdict.HOLD)
    assert (view.here.by, view.there[0].by) == (OFFICER.name, SUPERVISOR.name)
    await r.booth.watching.conflicts.keep_stricter(view)
    assert await lines(r) == ()
    assert r.booth.acts.of(line.thread)[-1].kind in {DECISION, "settlement"}


async def test_each_side_has_its_own_clock_and_when_it_came_here(make: Make) -> None:
    r = await at_booth(make)
    body = await cleared(r)
    there = r.clock.now() - timedelta(minutes=7)
    r.clock.pass_(600)
    came = r.clock.now()
    r.booth.feeding.keep(DECISION, "ENT-4/7", held_there(body), as_of=stamp(there), owner="")
    r.booth.hear_delivery("feed")
    r.clock.pass_(60)
    (view,) = r.booth.watching.conflicts.of(body.crossing.id)
    assert (view.here.own, view.here.at, view.here.learned) == (True, came - timedelta(minutes=10), None)
    assert (view.there[0].own, view.there[0].at, view.there[0].learned) == (False, there, came)
    assert view.settles == (Authority.IMMIGRATION,)


async def test_between_two_other_counters_no_side_is_here(make: Make) -> None:
    r = await at_booth(make)
    body = await cleared(r)
    acts = [replace(act, id="ENT-9/1") for act in r.booth.acts.of(body.crossing.id)]
    sent(r, DECISION, "ENT-4/7", held_there(body))
    both = [*acts, *(act for act in r.booth.acts.of(body.crossing.id) if act.counter == "ENT-4")]
    (view,) = conflict_views(both, Asker("ENT-3", frozenset(Agency), str), r.clock.now(), load_deadlines())
    assert not view.here.own
    assert not view.there[0].own


async def test_a_note_is_its_own_agencys(make: Make) -> None:
    r = await at_booth(make)
    body = await cleared(r)
    sent(r, DECISION, "ENT-4/7", held_there(body))
    acts, now = r.booth.acts.of(body.crossing.id), r.clock.now()
    for to, note in ((frozenset(Agency), "listed"), (frozenset({Agency.CUSTOMS}), "")):
        (view,) = conflict_views(acts, Asker("ENT-3", to, str), now, load_deadlines())
        assert [judged.note for judged in view.there[0].verdicts] == [note]


async def test_a_review_waits_with_its_clock_and_changes_no_verdict(make: Make) -> None:
    r = await at_booth(make)
    body = await cleared(r)
    sent(r, DECISION, "ENT-4/7", held_there(body))
    watching, thread = r.booth.watching, body.crossing.id
    await watching.conflicts.review(watching.conflicts.of(thread)[0], Stage.OPENED)
    r.clock.pass_(16 * 60)
    review = next(line for line in await lines(r) if line.what.code == "queue.level.1")
    assert review.until == watching.conflicts.of(thread)[0].review.opened + timedelta(minutes=30)  # type: ignore[union-attr]
    assert watching.conflicts.of(thread)[0].in_force is Verdict.HOLD
    await watching.conflicts.review(watching.conflicts.of(thread)[0], Stage.AGREED, verdict=Verdict.HOLD)
    assert [line.what.code for line in await lines(r)] == ["queue.conflict"]


async def test_what_is_overdue_comes_first(make: Make) -> None:
    r = await at_booth(make)
    body = await cleared(r)
    sent(r, DECISION, "ENT-4/7", held_there(body))
    opened = ActBody("c-other", "ENT-4", "sri", stamp(r.clock.now()), Review(PERSON, Stage.OPENED))
    sent(r, "review", "ENT-4/8", write_act(opened))
    assert [line.thread for line in await lines(r)] == [body.crossing.id, "c-other"]
    r.clock.pass_(3601)
    assert (await lines(r))[0].thread == "c-other"
    assert (await lines(r))[0].until < r.clock.now()  # type: ignore[operator]


async def test_an_override_that_is_to_be_confirmed_waits_for_whom_it_names(make: Make) -> None:
    r = await at_booth(make)
    body = await cleared(r)
    by, until = stamp(r.clock.now() + timedelta(hours=1)), stamp(r.clock.now() + timedelta(hours=4))
    deed = Override("x", Authority.CUSTOMS, PERSON, "refer", "r", "n" * 20, until, CHIEF.id, by)
    sent(r, "override", "ENT-4/9", write_act(ActBody(body.crossing.id, "ENT-4", "sri", stamp(r.clock.now()), deed)))
    (line,) = [line for line in await lines(r) if line.kind is Kind.SECOND]
    assert (dict(line.what.params)["officer"], line.until) == (CHIEF.name, r.clock.now() + timedelta(hours=1))


async def test_what_was_decided_under_an_authority_that_had_ended_waits_for_a_review(make: Make) -> None:
    r = await at_booth(make)
    body = await cleared(r)
    (act,) = r.booth.acts.of(body.crossing.id)
    sent(r, QUESTION, "window/1", to_json(Question(body.crossing.id, act.id, "revoked")))
    assert [(line.kind, line.act) for line in await lines(r)] == [(Kind.REVIEW, act.id)]


async def test_looking_opens_the_crossing_and_leaves_nobody_among_those_put_aside(make: Make) -> None:
    r = await at_booth(make)
    body = await cleared(r)
    view = await r.booth.resume(r.booth.watching.look(body.crossing.id))
    assert view.crossing.id == body.crossing.id
    await r.booth.park()
    await lines(r)
    assert await r.booth.parked() == ()
    with pytest.raises(DecisionError, match="crossing.unknown"):
        r.booth.watching.look("nobody")


async def test_who_signs_out_leaves_nothing_that_was_read(make: Make) -> None:
    r = await at_booth(make)
    body = await cleared(r)
    sent(r, DECISION, "ENT-4/7", held_there(body))
    assert await lines(r)
    await r.booth.sign_out()
    assert not r.booth.watching.queue._matters
    await r.booth.sign_in(OFFICER.id, PIN)
    assert [line.kind for line in await lines(r)] == [Kind.CONFLICT]


async def test_it_is_there_after_an_end(make: Make) -> None:
    r = await at_booth(make)
    body = await cleared(r)
    sent(r, DECISION, "ENT-4/7", held_there(body))
    r = await at_booth(make)
    assert [line.kind for line in await lines(r)] == [Kind.CONFLICT]


# -- late, lists apart ------------------------------------------------------------------------------------------------


def hold_of_customs(r: Rig, body: DecisionBody) -> tuple[str, bytes]:
    from tests.unit.domain.build import contribution

    held = Section(Authority.CUSTOMS, SourceState.LIVE, r.clock.now(), (contribution(Authority.CUSTOMS, Verdict.HOLD),))
    return f"{body.crossing.document.key}/customs", to_json(held)


async def through(r: Rig) -> None:
    task = r.booth.watching.recalls._task
    assert task is not None
    await task


async def test_a_section_that_comes_after_the_release_is_a_late_hit(make: Make) -> None:
    r = await at_booth(make)
    body = await cleared(r)
    await through_if_any(r)
    sent(r, "section", *hold_of_customs(r, body))
    await through(r)
    assert [(line.kind, line.what.code) for line in await lines(r)] == [(Kind.LATE_HIT, "queue.late.section")]


async def test_what_came_while_nobody_was_signed_in_is_found_by_the_next(make: Make) -> None:
    r = await at_booth(make)
    body = await cleared(r)
    await r.booth.sign_out()
    sent(r, "section", *hold_of_customs(r, body))
    assert not r.ledger.of_kind("recall")
    r = await at_booth(make)
    r.booth.watching.wake()
    await through(r)
    assert [line.kind for line in await lines(r)] == [Kind.LATE_HIT]


async def test_a_hold_given_knowing_of_the_release_is_late_and_no_conflict(make: Make) -> None:
    r = await at_booth(make)
    body = await cleared(r)
    await through_if_any(r)
    known = tuple(act.id for act in r.booth.acts.of(body.crossing.id))
    judged = Judgement(Authority.CUSTOMS, PERSON, Verdict.HOLD, Basis.OFFICER, "hold.goods")
    sent(r, DECISION, "ENT-4/7", to_json(replace(body, officer=SUPERVISOR.id, judgements=(judged,), after=known)))
    await through(r)
    assert [(line.kind, line.what.code) for line in await lines(r)] == [(Kind.LATE_HIT, "queue.late.verdict")]


async def through_if_any(r: Rig) -> None:
    r.booth.watching.wake()
    await through(r)


# -- degraded mode was left -------------------------------------------------------------------------------------------


async def run_again(r: Rig) -> None:
    recalls = r.booth.watching.recalls
    recalls.wake()
    assert recalls._task is not None
    await recalls._task


async def cleared_in_mode(r: Rig) -> DecisionBody:
    modes = r.booth.watching.modes
    await modes.sign(ModeDeed(ModeStep.DECLARED, "link"), CHIEF.id, PIN)
    return await cleared(r)


async def test_whoever_was_cleared_in_the_mode_is_run_again_and_who_is_silent_is_named(make: Make) -> None:
    r = await at_booth(make)
    body = await cleared_in_mode(r)
    assert await lines(r) == ()
    r.link.answers = [a for a in r.link.answers if a.authority is not Authority.CUSTOMS]
    await r.booth.watching.modes.sign(ModeDeed(ModeStep.LEFT), CHIEF.id, PIN)
    await run_again(r)
    (one,) = r.booth.watching.rerun.lines()
    assert (one.crossing, one.done, one.waits) == (body.crossing.id, False, (Authority.CUSTOMS,))
    (line,) = await lines(r)
    assert (line.kind, line.until) == (Kind.RERUN, r.clock.now() + timedelta(minutes=30))
    r.link.answers.append(Section(Authority.CUSTOMS, SourceState.LIVE, r.clock.now()))
    await run_again(r)
    assert [one.done for one in r.booth.watching.rerun.lines()] == [True]
    assert await lines(r) == ()


async def test_what_an_agency_says_then_is_a_late_hit(make: Make) -> None:
    from tests.unit.domain.build import contribution

    r = await at_booth(make)
    body = await cleared_in_mode(r)
    found = contribution(Authority.CUSTOMS, Verdict.HOLD, action="seize")
    r.link.answers = [
        replace(a, contributions=(found,)) if a.authority is Authority.CUSTOMS else a for a in r.link.answers
    ]
    await r.booth.watching.modes.sign(ModeDeed(ModeStep.LEFT), CHIEF.id, PIN)
    await run_again(r)
    (task,) = r.booth.watching.recalls.of(body.crossing.id)
    assert (task.late.source, task.late.action, task.open) == ("customs", "seize", True)


async def test_as_long_as_the_mode_holds_nobody_is_run_again(make: Make, tmp_path: Path) -> None:
    r = await at_booth(make)
    await cleared_in_mode(r)
    asked = len(r.link.asked)
    await run_again(r)
    assert len(r.link.asked) == asked
    assert r.booth.watching.rerun.lines() == ()
