"""A booth at work on a real vault: what is shown, what is recorded, and what is still there after an end."""

import asyncio
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path

import pytest

from counter_tui.domain.documents import Document, compose_mrz, read_mrz
from counter_tui.domain.entries import DECISION, read_decision
from counter_tui.domain.outcome import PERSON
from counter_tui.domain.sections import Contribution, Section, Subject
from counter_tui.domain.words import Authority, Band, Outcome, SourceState, SubjectKind, Verdict
from counter_tui.errors import DecisionError, SignInError
from counter_tui.workstation.news import ViewChanged
from counter_tui.workstation.outbox import lines

from .build import OFFICER, PIN, POST, REASON, Rig, StillClock

Make = Callable[..., Rig]


def document(optional: str = "DEMO", number: str = "A1234567", format_: str = "TD3") -> Document:
    lines_ = compose_mrz(
        format_, "P", "MYS", number, "MYS", "RAHMAN", "ABDUL", "M", date(1990, 5, 1), date(2030, 1, 1), optional
    )
    read = read_mrz(lines_, today=date(2026, 11, 21)).document
    assert read is not None
    return read


def live(authority: Authority, clock: StillClock, *contributions: Contribution) -> Section:
    return Section(authority, SourceState.LIVE, clock.now(), contributions)


def all_live(clock: StillClock) -> list[Section]:
    return [live(a, clock) for a in Authority]


async def at_work(r: Rig) -> Rig:
    r.link.answers = all_live(r.clock)
    await r.booth.sign_in(OFFICER.id, PIN)
    return r


async def settled(r: Rig) -> str:
    """Wait until the link has told all; the digest that a screen would have painted."""
    while r.booth._asking is not None and not r.booth._asking.done() and not r.nap.asleep:
        await asyncio.sleep(0)
    assert r.booth.view is not None
    return r.booth.view.digest


async def test_unknown_traveller_is_not_checked_until_the_authorities_answer(make: Make) -> None:
    r = await at_work(make())
    view = await r.booth.open(document())
    assert {s.source for s in view.sections} == {SourceState.NOT_CHECKED}
    await settled(r)
    assert r.booth.view is not None
    assert {s.source for s in r.booth.view.sections} == {SourceState.LIVE}
    assert sum(isinstance(n, ViewChanged) for n in r.news) == len(Authority)


async def test_one_key_is_on_disk_before_it_says_recorded(make: Make) -> None:
    r = await at_work(make())
    await r.booth.open(document())
    recorded = await r.booth.clear(await settled(r))
    assert recorded.complete
    assert recorded.outcome == ((PERSON, Outcome.CLEAR),)
    again = make()
    entry = again.ledger.journal.get(recorded.sequence)
    assert entry.body is not None
    assert read_decision(entry.body).crossing.document.number == "A1234567"
    assert entry.realm == "demo"
    assert again.ledger.verify().problems == ()
    assert [x.state.value for x in lines(again.ledger, POST, 1)] == ["recorded"]


async def test_offline_the_cache_is_shown_with_its_age(make: Make) -> None:
    r = await at_work(make())
    await r.booth.open(document())
    await settled(r)
    await r.booth.done()
    r.link.up = False
    r.clock.pass_(7200)
    view = await r.booth.open(document())
    assert {s.source for s in view.sections} == {SourceState.CACHED}
    assert {s.as_of for s in view.sections} == {r.clock.now() - timedelta(seconds=7200)}
    assert view.risk.stale == (Authority.SECURITY,)


async def test_who_has_not_answered_is_asked_again_and_nobody_else(make: Make) -> None:
    r = await at_work(make())
    everybody = r.link.answers
    r.link.answers = everybody[:3]
    await r.booth.open(document())
    await settled(r)
    r.link.answers = everybody
    r.nap.end()
    await asyncio.sleep(0)
    await settled(r)
    assert r.booth.view is not None
    assert {s.source for s in r.booth.view.sections} == {SourceState.LIVE}
    assert r.link.asked == [frozenset(), frozenset(s.authority for s in everybody[:3])]


async def test_an_undecided_crossing_is_offered_again_after_an_end_and_never_clobbered(make: Make) -> None:
    r = await at_work(make())
    await r.booth.open(document())
    with pytest.raises(DecisionError, match="crossing.undecided"):
        await r.booth.open(document(number="B7654321"))
    again = await at_work(make())
    (kept,) = await again.booth.parked()
    view = await again.booth.resume(kept.id)
    assert view.crossing.document.number == "A1234567"


async def test_a_decided_crossing_is_not_offered_again(make: Make) -> None:
    r = await at_work(make())
    await r.booth.open(document())
    await r.booth.clear(await settled(r))
    assert await make().booth.parked() == ()


async def test_what_stays_pending_stays_open(make: Make) -> None:
    r = await at_work(make())
    r.link.answers = []
    await r.booth.open(document())
    digest = await settled(r)
    paper = Subject(SubjectKind.DOCUMENT, "document")
    recorded = await r.booth.judge(paper, Verdict.REFER, REASON, "", digest)
    assert dict(recorded.outcome) == {PERSON: Outcome.PENDING, paper: Outcome.REFER}
    assert not recorded.complete
    again = await at_work(make())
    again.link.answers = []
    (kept,) = await again.booth.parked()
    view = await again.booth.resume(kept.id)
    assert dict(view.outcome)[paper] is Outcome.REFER


async def test_a_verdict_on_the_person_settles_what_was_pending(make: Make) -> None:
    r = await at_work(make())
    r.link.answers = [live(Authority.IMMIGRATION, r.clock, _finding(Authority.IMMIGRATION, Verdict.REFER))]
    await r.booth.open(document())
    digest = await settled(r)
    r.clock.pass_(1)
    recorded = await r.booth.judge(PERSON, Verdict.REFER, REASON, "", digest)
    assert dict(recorded.outcome)[PERSON] is Outcome.REFER


def _finding(authority: Authority, verdict: Verdict, floor: Band = Band.RED) -> Contribution:
    return Contribution(f"{authority}/x", authority, PERSON, verdict, floor, "x", "1", 60)


async def test_a_verdict_on_a_view_that_got_worse_is_not_taken(make: Make) -> None:
    r = await at_work(make())
    r.link.answers = []
    await r.booth.open(document())
    current = r.booth.work.current
    assert current is not None
    for section in all_live(r.clock):
        r.booth._show(current, current.take(section))
    painted = await settled(r)
    r.booth._show(current, current.take(live(Authority.SECURITY, r.clock, _finding(Authority.SECURITY, Verdict.HOLD))))
    with pytest.raises(DecisionError, match="band-worsened"):
        await r.booth.clear(painted)
    r.clock.pass_(1)
    with pytest.raises(DecisionError, match="view-changed"):
        await r.booth.clear(painted)


async def test_a_view_that_only_got_younger_is_still_the_one_that_was_painted(make: Make) -> None:
    r = await at_work(make())
    await r.booth.open(document())
    painted = await settled(r)
    current = r.booth.work.current
    assert current is not None
    r.clock.pass_(1)
    r.booth._show(current, current.take(live(Authority.SECURITY, r.clock)))
    recorded = await r.booth.clear(painted)
    body = r.ledger.journal.get(recorded.sequence).body
    assert body is not None
    assert read_decision(body).digest == painted


async def test_a_real_document_stops_the_demo_on_an_enrolled_counter(make: Make) -> None:
    r = await at_work(make(live_too=True))
    with pytest.raises(DecisionError, match="document.real"):
        await r.booth.open(document(optional=""))
    assert r.booth.view is None
    assert await r.booth.parked() == ()


async def test_any_valid_document_opens_a_crossing_where_nothing_real_is_enrolled(make: Make) -> None:
    r = await at_work(make())
    assert (await r.booth.open(document(optional=""))).crossing.training


async def test_a_training_document_is_refused_at_a_real_counter(make: Make) -> None:
    r = await at_work(make(demo=False))
    with pytest.raises(DecisionError, match="document.training"):
        await r.booth.open(document())


async def test_wrong_pins_slow_down_then_lock_across_restarts_and_clock_changes(make: Make) -> None:
    r = make()
    for wait in (1, 2, 4, 8):
        with pytest.raises(SignInError, match="wrong-pin"):
            await r.booth.sign_in(OFFICER.id, "0000")
        with pytest.raises(SignInError, match=r"signin\.wait"):
            await r.booth.sign_in(OFFICER.id, PIN)
        r.clock.pass_(wait)
    with pytest.raises(SignInError, match="wrong-pin"):
        await r.booth.sign_in(OFFICER.id, "0000")
    again = make(clock=r.clock)
    with pytest.raises(SignInError, match=r"signin\.locked"):
        await again.booth.sign_in(OFFICER.id, PIN)
    again.clock.at -= timedelta(days=1)
    with pytest.raises(SignInError, match=r"signin\.locked"):
        await again.booth.sign_in(OFFICER.id, PIN)
    again.clock.pass_(301)
    assert (await again.booth.sign_in(OFFICER.id, PIN)).id == OFFICER.id


async def test_a_clock_set_back_is_said_and_entries_do_not_go_back_with_it(make: Make) -> None:
    r = await at_work(make())
    first = r.ledger.journal.get(1)
    r.clock.at -= timedelta(hours=3)
    await r.booth.open(document())
    recorded = await r.booth.clear(await settled(r))
    assert r.ledger.journal.get(recorded.sequence).logical > first.logical
    assert r.booth.last_status.clock_behind == 3 * 3600


async def test_signing_out_never_touches_the_queue(make: Make) -> None:
    r = await at_work(make())
    await r.booth.open(document())
    await r.booth.clear(await settled(r))
    before = r.ledger.waiting()
    await r.booth.sign_out()
    assert r.ledger.waiting() == before
    with pytest.raises(DecisionError, match="nobody"):
        await r.booth.open(document())


async def test_nothing_of_a_traveller_stands_in_the_files(make: Make, tmp_path: Path) -> None:
    r = await at_work(make())
    await r.booth.open(document())
    await r.booth.clear(await settled(r))
    written = b"".join(p.read_bytes() for p in tmp_path.rglob("*") if p.is_file())
    assert len(written) > 10_000
    for canary in (b"RAHMAN", b"A1234567", b"WIJAYA", DECISION.encode()):
        assert canary not in written


async def test_nobody_is_asked_before_the_traveller_stands_on_the_screen(make: Make) -> None:
    r = await at_work(make(paint_within=3600.0))
    await r.booth.open(document())
    for _ in range(20):
        await asyncio.sleep(0)
    assert r.booth.view is not None
    assert all(section.source is SourceState.NOT_CHECKED for section in r.booth.view.sections)
    r.booth.painted()
    await settled(r)
    assert all(section.source is SourceState.LIVE for section in r.booth.view.sections)


async def test_a_screen_that_does_not_paint_keeps_nobody_waiting_for_long(make: Make) -> None:
    r = await at_work(make(paint_within=0.01))
    await r.booth.open(document())
    await settled(r)
    assert r.booth.view is not None
    assert all(section.source is SourceState.LIVE for section in r.booth.view.sections)
