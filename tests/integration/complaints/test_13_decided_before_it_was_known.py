"""Complaint 13, at the single window: what somebody decided offline whose authority had ended meanwhile."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from counter_tui.domain.acts import Act
from counter_tui.domain.coding import from_json, to_json
from counter_tui.domain.entries import DECISION, DecisionBody
from counter_tui.domain.joint.deeds import Confirmation
from counter_tui.domain.joint.fold import fold
from counter_tui.domain.joint.reading import QUESTION, read_any
from counter_tui.domain.joint.state import JointState
from counter_tui.domain.outcome import PERSON, Circumstances
from counter_tui.domain.words import Basis, Direction, Outcome, Verdict
from counter_tui.errors import CounterError
from tests.integration.single_window import world
from tests.integration.single_window.world import BUDI, NOW, SITI, STAFF, Booth, enrol, open_window, sync_request


@pytest.fixture(autouse=True)
def closed() -> Iterator[None]:
    yield
    world.close_all()


def cleared(number: str = "X1234567") -> bytes:
    """Siti let somebody go, for immigration and for customs."""
    body = from_json(DecisionBody, world.decision(number), error=CounterError("x"))
    judged = tuple(
        type(j)(j.authority, j.subject, Verdict.CLEAR, Basis.OFFICER, "clear.checked") for j in body.judgements
    )
    return to_json(
        DecisionBody(body.crossing, body.officer, judged, body.digest, body.stamps, body.rules, training=True)
    )


def told(folder: Path, *, withdrawn: bool) -> tuple[Act, ...]:
    """What another counter is told of a decision that was recorded offline and arrives later."""
    window, _ = open_window(folder)
    booth = Booth.make(folder)
    enrolment = enrol(window, booth)
    booth.sign_in(enrolment)
    booth.record(DECISION, "crossing-X1234567", cleared())
    world.close_window()
    window, _ = open_window(folder, staff=STAFF[1:] if withdrawn else STAFF)
    who = window.authenticate(enrolment.token)
    assert who is not None
    reply = window.sync(who, sync_request(list(booth.journal.entries())))
    assert reply.receipt is not None, "it is received, whoever recorded it: nothing is lost"
    other = Booth.make(folder, "B2")
    them = window.authenticate(enrol(window, other).token)
    assert them is not None
    feed = [item.fields() for item in window.sync(them, sync_request()).feed]
    here = [item for item in window.sync(who, sync_request()).feed if item.kind == QUESTION]
    assert len(here) == withdrawn, "the counter itself is told, too"
    return tuple(read_any(i.kind, i.key, i.body, i.as_of) for i in feed if i.kind in {DECISION, QUESTION})


def state(*acts: Act) -> JointState:
    return fold(acts, (), Circumstances(Direction.ENTRY), NOW + timedelta(days=1))


def test_it_is_received_and_lets_nobody_go_until_another_person_has_reviewed_it(tmp_path: Path) -> None:
    acts = told(tmp_path, withdrawn=True)
    (decision,) = (act for act in acts if act.kind == DECISION)
    found = state(*acts)
    assert found.unreviewed == (decision.id,)
    assert dict(found.outcome)[PERSON] is Outcome.PENDING
    review = Confirmation(decision.id, agreed=True)
    by_siti = Act("B2/1", "confirmation", decision.thread, SITI.id, NOW, review, (decision.id,))
    assert not state(*acts, by_siti).released, "nobody reviews what they did"
    by_budi = Act("B2/1", "confirmation", decision.thread, BUDI.id, NOW, review, (decision.id,))
    assert state(*acts, by_budi).released


def test_nothing_is_asked_of_who_is_still_on_the_staff(tmp_path: Path) -> None:
    acts = told(tmp_path, withdrawn=False)
    assert [act.kind for act in acts] == [DECISION]
    assert state(*acts).released
