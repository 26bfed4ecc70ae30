"""Travellers screened when they are opened: hits stand in the view; nothing is green before the lists have spoken."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from datetime import date
from pathlib import Path

import pytest

from counter_tui.domain.coding import to_json
from counter_tui.domain.decisions import why_not_green
from counter_tui.domain.documents import Document, compose_mrz, read_mrz
from counter_tui.domain.entries import read_decision
from counter_tui.domain.joint.fold import fold
from counter_tui.domain.joint.reading import decision_act
from counter_tui.domain.outcome import PERSON
from counter_tui.domain.screened import ScreeningRules, with_contributions
from counter_tui.domain.sections import Contribution, Section
from counter_tui.domain.texts import text
from counter_tui.domain.view import MergedView
from counter_tui.domain.words import Authority, Band, Outcome, SourceState, Verdict
from counter_tui.errors import DecisionError
from counter_tui.workstation.news import Screened, ViewChanged

from .build import OFFICER, PIN, REASON, Rig, rig
from .listing import Row, Source, bans, rule, screening_rules

SITI: Row = ("1", "Siti Aminah Harun", "1974-08-12", "")
BUDI: Row = ("2", "Budi Hartono Wijaya", "1980-01-02", "")
AGENCY_REPORT = Contribution(
    "security/1", Authority.SECURITY, PERSON, Verdict.REFER, Band.AMBER, "refer", "1", 30, banded=True
)


def document(row: Row) -> Document:
    *given, surname = row[1].split()
    born = date.fromisoformat(row[2])
    lines = compose_mrz(
        "TD3", "P", "MYS", "A1234567", "MYS", surname, " ".join(given), "F", born, date(2030, 1, 1), "DEMO"
    )
    read = read_mrz(lines, today=date(2026, 11, 21)).document
    assert read is not None
    return read


@pytest.fixture
def source(tmp_path: Path) -> Source:
    return Source(tmp_path / "lists")


@asynccontextmanager
async def at_work(folder: Path, rules: ScreeningRules | None = None, *, start: bool = True) -> AsyncIterator[Rig]:
    r = rig(folder, lists=rules or screening_rules())
    r.link.answers = [Section(a, SourceState.LIVE, r.clock.now()) for a in Authority]
    await r.booth.sign_in(OFFICER.id, PIN)
    try:
        if start:
            await started(r)
        yield r
    finally:
        await r.booth.close()


async def started(r: Rig) -> None:
    screens = r.booth._parts.screens
    assert screens is not None
    await screens.start()
    assert screens._looking is not None
    await screens._looking


async def until(r: Rig, holds: Callable[[MergedView], bool]) -> MergedView:
    async with asyncio.timeout(10):
        while r.booth.view is None or not holds(r.booth.view):
            await asyncio.sleep(0.001)
    return r.booth.view


def settled(view: MergedView) -> bool:
    return not view.screening.running and all(s.source is SourceState.LIVE for s in view.sections)


def why(view: MergedView) -> tuple[str, ...]:
    return why_not_green(view, OFFICER)


async def test_nothing_is_green_before_the_lists_have_spoken(tmp_path: Path, source: Source) -> None:
    source.lay([SITI])
    async with at_work(tmp_path, start=False) as r:
        await r.booth.open(document(BUDI))
        view = await until(r, lambda v: all(s.source is SourceState.LIVE for s in v.sections))
        assert (view.risk.band, why(view)) == (Band.GREEN, ("green.lists-running",))
        assert r.booth.screening == ()
        with pytest.raises(DecisionError, match="not-green"):
            await r.booth.clear(view.digest)
        await started(r)
        view = await until(r, lambda v: why(v) == ())
        r.clock.pass_(1)
        assert dict(view.section(Authority.SECURITY).versions)["watch"] == "1 of 2026-11-21T02:00Z, 0 hits, 0 below"
        recorded = await r.booth.clear(view.digest)
        body = r.ledger.journal.get(recorded.sequence).body
        assert body is not None
        (stamp,) = (s for s in read_decision(body).stamps if s.authority is Authority.SECURITY)
        assert dict(stamp.versions)["watch"].startswith("1 of 2026-11-21T02:00Z")


async def test_a_hit_is_a_candidate_of_the_agency_whose_list_it_is(tmp_path: Path, source: Source) -> None:
    source.lay([SITI])
    async with at_work(tmp_path) as r:
        await r.booth.open(document(SITI))
        view = await until(r, settled)
        (finding,) = view.section(Authority.SECURITY).findings
        assert finding.candidate
        assert finding.text == text("screened.hits", list="Wanted", score=100, count=1)
        assert (view.risk.band, view.risk.score) == (Band.AMBER, 30)
        assert dict(view.outcome)[PERSON] is Outcome.REFER
        assert [hit.name for answer in r.booth.screening for hit in answer.hits] == [SITI[1]]
        assert [n.answers for n in r.news if isinstance(n, Screened)] == [r.booth.screening]
        assert not any(n.worse for n in r.news if isinstance(n, ViewChanged))


async def test_no_candidate_does_more_than_refer(tmp_path: Path, source: Source) -> None:
    source.lay([SITI], of="bans")
    async with at_work(tmp_path, screening_rules(bans())) as r:
        await r.booth.open(document(SITI))
        view = await until(r, settled)
        assert [c.verdict for c in view.section(Authority.IMMIGRATION).contributions] == [Verdict.REFER]
        assert view.circumstances.direction == "entry"
        assert dict(view.outcome)[PERSON] is Outcome.REFER


async def test_what_the_agency_reports_too_counts_once(tmp_path: Path, source: Source) -> None:
    source.lay([SITI])
    source.lay([SITI], of="other")
    async with at_work(tmp_path, screening_rules(rule(), rule("other"))) as r:
        r.link.answers[4] = Section(Authority.SECURITY, SourceState.LIVE, r.clock.now(), (AGENCY_REPORT,))
        await r.booth.open(document(SITI))
        view = await until(r, settled)
        points = [c.points for c in view.section(Authority.SECURITY).contributions]
        assert points == [30, 0, 0]
        assert view.risk.score == 30


async def test_a_list_that_is_not_held_is_not_checked_and_nothing_is_green(tmp_path: Path) -> None:
    async with at_work(tmp_path) as r:
        await r.booth.open(document(SITI))
        view = await until(r, settled)
        assert view.risk.band is Band.AMBER
        assert view.risk.not_checked == (Authority.SECURITY,)
        assert why(view) == ("green.lists-not-checked", "green.band")
        (answer,) = r.booth.screening
        assert (answer.version, answer.as_of) == (0, None)
        assert dict(view.section(Authority.SECURITY).versions)["watch"] == "NOT CHECKED"


async def test_a_list_that_is_too_old_lifts_the_band(tmp_path: Path, source: Source) -> None:
    source.lay([SITI])
    async with at_work(tmp_path, screening_rules(rule(max_age_hours=3))) as r:
        await r.booth.open(document(BUDI))
        view = await until(r, settled)
        assert (view.risk.band, view.risk.stale) == (Band.AMBER, (Authority.SECURITY,))
        assert dict(view.section(Authority.SECURITY).versions)["watch"].endswith("stale")


async def test_a_new_version_screens_whoever_is_open_anew(tmp_path: Path, source: Source) -> None:
    source.lay([BUDI])
    async with at_work(tmp_path) as r:
        await r.booth.open(document(SITI))
        painted = await until(r, settled)
        assert why(painted) == ()
        source.lay([SITI], 2)
        await r.booth.load_lists(on=True)
        await until(r, lambda v: v.risk.band is Band.AMBER)
        assert [n.worse for n in r.news if isinstance(n, ViewChanged)][-1]
        with pytest.raises(DecisionError, match="band-worsened"):
            await r.booth.clear(painted.digest)
        r.clock.pass_(1)
        with pytest.raises(DecisionError, match="view-changed"):
            await r.booth.clear(painted.digest)


async def test_who_is_left_is_not_told_of(tmp_path: Path, source: Source) -> None:
    source.lay([SITI])
    async with at_work(tmp_path) as r:
        view = await r.booth.open(document(SITI))
        assert view.screening.running  # opening waits for no list
        await r.booth.park()
        assert r.booth.screening == ()
        for _ in range(50):
            await asyncio.sleep(0.001)
        assert not any(isinstance(n, Screened) for n in r.news)


async def test_the_decision_says_what_this_counters_lists_contributed(tmp_path: Path, source: Source) -> None:
    source.lay([SITI])
    async with at_work(tmp_path) as r:
        await r.booth.open(document(SITI))
        view = await until(r, settled)
        r.clock.pass_(1)
        recorded = await r.booth.judge(PERSON, Verdict.REFER, REASON, "", view.digest)
        raw = r.ledger.journal.get(recorded.sequence).body
        assert raw is not None
        body = read_decision(raw)
        (added,) = body.screened
        assert (added.authority, added.verdict, added.points) == (Authority.SECURITY, Verdict.REFER, 30)
        there = with_contributions(r.link.answers, body.screened)
        acts = [decision_act("ENT-3/1", r.clock.now(), body)]
        assert fold(acts, there, view.circumstances, r.clock.now()).outcome == recorded.outcome
        assert fold([], there, view.circumstances, r.clock.now()).person is Outcome.REFER


def test_an_entry_of_before_reads_on() -> None:
    old = (
        b'{"crossing":{"id":"c","direction":"entry","lane":"A","document":%s,"opened_at":"2026-11-21T05:14:00+00:00"},'
        b'"officer":"o","judgements":[],"digest":"d","stamps":[],"rules":"1","training":true}'
    )
    assert read_decision(old % to_json(document(SITI))).screened == ()
