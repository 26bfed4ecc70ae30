"""Complaints 4, 5 and 15: two counters that did not know of each other decide on the same traveller."""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from counter_tui.domain.acts import Act, act_id
from counter_tui.domain.coding import from_json, to_json
from counter_tui.domain.entries import DECISION, DecisionBody
from counter_tui.domain.joint.fold import fold
from counter_tui.domain.joint.passages import joined, said_apart
from counter_tui.domain.joint.reading import read_any
from counter_tui.domain.joint.state import JointState
from counter_tui.domain.outcome import PERSON, Circumstances, Judgement
from counter_tui.domain.words import Authority, Basis, Direction, Outcome, Verdict
from counter_tui.errors import CounterError
from counter_tui.single_window.service import SingleWindow
from tests.integration.single_window import world
from tests.integration.single_window.world import BUDI, NOW, SITI, Booth, enrol, open_window, sync_request

WHO = Circumstances(Direction.ENTRY)
LATER = NOW + timedelta(hours=1)


@pytest.fixture(autouse=True)
def closed() -> Iterator[None]:
    yield
    world.close_all()


class Counter:
    """A counter that works offline, syncs when it is told to, and folds what it has."""

    def __init__(self, window: SingleWindow, folder: Path, name: str, officer: str) -> None:
        self.window, self.booth, self.officer = window, Booth.make(folder, name), officer
        self.enrolment = enrol(window, self.booth)
        self.booth.sign_in(self.enrolment, officer)
        self.heard: list[Act] = []

    def decide(self, verdict: Verdict, *authorities: Authority, crossing: str, after: Sequence[str] = ()) -> str:
        """A verdict on the person, by this counter's officer; the act's id."""
        body = from_json(DecisionBody, world.decision(), error=CounterError("x"))
        said = tuple(Judgement(a, PERSON, verdict, Basis.OFFICER, "reason.code") for a in authorities)
        own = replace(body.crossing, id=crossing)
        body = replace(body, crossing=own, officer=self.officer, judgements=said, after=tuple(after))
        entry = self.booth.record(DECISION, crossing, to_json(body))
        return act_id(self.booth.journal.counter, entry.sequence)

    def sync(self) -> None:
        """Everything goes up, and what is new comes down."""
        who = self.window.authenticate(self.enrolment.token)
        assert who is not None
        reply = self.window.sync(who, sync_request(list(self.booth.journal.entries())))
        items = [item.fields() for item in reply.feed]
        self.heard = [read_any(i.kind, i.key, i.body, i.as_of) for i in items if i.kind == DECISION]

    def own(self) -> list[Act]:
        """What was recorded here."""
        counter = self.booth.journal.counter
        entries = [e for e in self.booth.journal.entries() if e.kind == DECISION and e.body is not None]
        return [read_any(e.kind, act_id(counter, e.sequence), e.body or b"", e.recorded_at) for e in entries]

    def state(self) -> JointState:
        """What its screen says of its own crossing, with what was said apart."""
        own, theirs = self.own(), said_apart(self.own(), self.heard)
        mine = fold(own, (), WHO, LATER)
        return joined(mine, fold([*own, *theirs], (), WHO, LATER)) if theirs else mine


def post(folder: Path) -> tuple[Counter, Counter]:
    window, _ = open_window(folder)
    return Counter(window, folder, "A1", SITI.id), Counter(window, folder, "B2", BUDI.id)


def test_4_the_last_write_never_silently_wins(tmp_path: Path) -> None:
    """Immigration says HOLD at one counter and, apart from it and later, CLEAR at the other: both stand."""
    here, there = post(tmp_path)
    first = here.decide(Verdict.HOLD, Authority.IMMIGRATION, crossing="x")
    second = there.decide(Verdict.CLEAR, Authority.IMMIGRATION, crossing="y")
    for one in (here, there, here):
        one.sync()
    for one in (here, there):
        state = one.state()
        assert dict(state.outcome)[PERSON] is Outcome.HOLD
        (conflict,) = state.conflicts
        assert conflict.acts == tuple(sorted((first, second)))
        assert conflict.in_force is Verdict.HOLD


def test_5_the_result_does_not_depend_on_who_is_first(tmp_path: Path) -> None:
    """Whoever syncs first, and whatever comes first: the same outcome, conflict and heads at both counters."""
    seen = set()
    for number, order in enumerate(itertools.permutations("abab")):
        folder = tmp_path / str(number)
        folder.mkdir()
        here, there = post(folder)
        here.decide(Verdict.REFER, Authority.CUSTOMS, crossing="x")
        there.decide(Verdict.CLEAR, Authority.CUSTOMS, Authority.IMMIGRATION, crossing="y")
        for one in order:
            (here if one == "a" else there).sync()
        here.sync()
        for one_ in (here, there):
            if len(one_.heard) == 1:
                state = one_.state()
                seen.add((state.outcome, tuple(c.acts for c in state.conflicts)))
        world.close_all()
    assert len(seen) == 1
    ((outcome, conflicts),) = seen
    assert dict(outcome)[PERSON] is Outcome.REFER
    assert conflicts == (("A1/2", "B2/2"),)


def test_15_an_offline_approval_does_not_overtake_what_was_decided_meanwhile(tmp_path: Path) -> None:
    """One counter lets go offline whom another has held: when the approval arrives the hold still stands."""
    here, there = post(tmp_path)
    there.decide(Verdict.HOLD, Authority.SECURITY, crossing="y")
    there.sync()
    here.decide(Verdict.CLEAR, *Authority, crossing="x")
    assert here.state().released, "it knew of nothing"
    here.sync()
    there.sync()
    for one in (here, there):
        assert not one.state().released
        assert dict(one.state().outcome)[PERSON] is Outcome.HOLD
        assert one.state().conflicts
