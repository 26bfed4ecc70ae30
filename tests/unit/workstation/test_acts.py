"""Acts at one counter: what other counters said of a traveller, before, and apart."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from counter_tui.domain.coding import to_json
from counter_tui.domain.decisions import why_not_green
from counter_tui.domain.documents import Document
from counter_tui.domain.entries import DECISION, read_decision
from counter_tui.domain.outcome import PERSON
from counter_tui.domain.view import MergedView
from counter_tui.domain.words import Authority, Basis, Outcome, Verdict
from counter_tui.errors import DecisionError
from counter_tui.workstation.news import Expected, Recorded
from counter_tui.workstation.records import stamp

from .build import OFFICER, PIN, REASON, Rig, rig
from .test_booth import all_live, document, settled
from .test_groups import CHILD

HOLD = replace(REASON, code="hold.test", verdicts=frozenset({Verdict.HOLD}))


@pytest.fixture
def booth(tmp_path: Path) -> Iterator[Rig]:
    made = rig(tmp_path)
    made.link.answers = all_live(made.clock)
    yield made
    made.close()


async def opened(r: Rig) -> MergedView:
    """Somebody is in hand, and everybody has answered."""
    await r.booth.open(document())
    await settled(r)
    assert r.booth.view is not None
    return r.booth.view


async def cleared(r: Rig) -> Recorded:
    """A traveller who is cleared with the one key."""
    view = await opened(r)
    r.clock.pass_(1)
    return await r.booth.clear(view.digest)


def said_elsewhere(r: Rig, recorded: Recorded, verdict: Verdict, *, crossing: str, knew: bool) -> None:
    """The same traveller at another counter: customs says so, knowing of what was recorded here or not."""
    entry = r.ledger.find(recorded.sequence)
    assert entry is not None
    assert entry.body is not None
    body = read_decision(entry.body)
    (own,) = (j for j in body.judgements if j.authority is Authority.CUSTOMS)
    theirs = replace(
        body,
        crossing=replace(body.crossing, id=crossing),
        judgements=(replace(own, verdict=verdict, basis=Basis.OFFICER, reason="x"),),
        after=(f"ENT-3/{recorded.sequence}",) if knew else (),
    )
    at = stamp(r.clock.now())
    r.booth.feeding.keep(DECISION, "ENT-1/7", to_json(theirs), as_of=at, owner="ENT-1")
    r.booth.hear_delivery("feed")


async def test_a_verdict_given_apart_under_another_crossing_is_a_conflict_and_the_stricter_counts(booth: Rig) -> None:
    await booth.booth.sign_in(OFFICER.id, PIN)
    recorded = await cleared(booth)
    said_elsewhere(booth, recorded, Verdict.HOLD, crossing="theirs", knew=False)
    view = booth.booth.view
    assert view is not None
    assert dict(view.outcome)[PERSON] is Outcome.HOLD
    (conflict,) = view.joint.conflicts
    assert conflict.acts == ("ENT-1/7", f"ENT-3/{recorded.sequence}")


async def test_what_was_said_knowing_of_this_is_another_passage(booth: Rig) -> None:
    await booth.booth.sign_in(OFFICER.id, PIN)
    recorded = await cleared(booth)
    said_elsewhere(booth, recorded, Verdict.HOLD, crossing="theirs", knew=True)
    view = booth.booth.view
    assert view is not None
    assert dict(view.outcome)[PERSON] is Outcome.CLEAR
    assert view.joint.conflicts == ()


async def test_who_was_held_elsewhere_is_taken_up_with_what_was_said(booth: Rig) -> None:
    await booth.booth.sign_in(OFFICER.id, PIN)
    recorded = await cleared(booth)
    said_elsewhere(booth, recorded, Verdict.HOLD, crossing="theirs", knew=True)
    await booth.booth.done()
    booth.clock.pass_(600)
    view = await opened(booth)
    assert view.crossing.id == "theirs"
    assert dict(view.outcome)[PERSON] is Outcome.HOLD, "nobody is green by going to another booth"
    with pytest.raises(DecisionError):
        await booth.booth.clear(view.digest)


async def test_who_was_let_go_comes_again_on_a_crossing_of_their_own(booth: Rig) -> None:
    await booth.booth.sign_in(OFFICER.id, PIN)
    recorded = await cleared(booth)
    first = recorded.crossing.id
    await booth.booth.done()
    booth.clock.pass_(600)
    view = await opened(booth)
    assert view.crossing.id != first
    assert view.joint.standing
    assert not any(one.act for one in view.joint.standing), "what was said before is not said of this passage"


async def test_who_was_held_here_is_the_same_passage_when_they_come_again(booth: Rig) -> None:
    await booth.booth.sign_in(OFFICER.id, PIN)
    view = await opened(booth)
    booth.clock.pass_(1)
    await booth.booth.judge(PERSON, Verdict.HOLD, HOLD, "", view.digest)
    await booth.booth.done()
    booth.clock.pass_(3600)
    again = await opened(booth)
    assert again.crossing.id == view.crossing.id
    assert dict(again.outcome)[PERSON] is Outcome.HOLD
    await booth.booth.done()
    booth.clock.pass_(13 * 3600)
    assert (await booth.booth.open(document())).crossing.id != view.crossing.id


def expected_with(r: Rig, guardian: Document) -> None:
    """The child is on a list as one who travels with this person."""
    held = Expected(CHILD, None, guardian.key)
    r.booth._records.keep_expected(CHILD.key, to_json(held), as_of="2026-11-21", owner="immigration")


async def test_a_child_whose_guardian_was_not_let_go_is_not_cleared_by_the_one_key(booth: Rig) -> None:
    expected_with(booth, document())
    await booth.booth.sign_in(OFFICER.id, PIN)
    recorded = await cleared(booth)
    said_elsewhere(booth, recorded, Verdict.HOLD, crossing="theirs", knew=True)
    await booth.booth.done()
    await booth.booth.open(CHILD)
    await settled(booth)
    assert booth.booth.view is not None
    assert why_not_green(booth.booth.view, OFFICER) == ("green.guardian",)
    booth.clock.pass_(1)
    with pytest.raises(DecisionError, match="not-green"):
        await booth.booth.clear(booth.booth.view.digest)


async def test_a_child_whose_guardian_went_on_is_cleared_by_the_one_key(booth: Rig) -> None:
    expected_with(booth, document())
    await booth.booth.sign_in(OFFICER.id, PIN)
    await cleared(booth)
    await booth.booth.done()
    await booth.booth.open(CHILD)
    await settled(booth)
    assert booth.booth.view is not None
    assert why_not_green(booth.booth.view, OFFICER) == ()
