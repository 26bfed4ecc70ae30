"""What is taken back: for a minute with one key, later with words and, where it held somebody, by two."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from counter_tui.domain.joint.deeds import Why
from counter_tui.domain.outcome import PERSON
from counter_tui.domain.words import Outcome, Verdict
from counter_tui.errors import DecisionError, SignInError

from .build import OFFICER, PIN, SUPERVISOR, Rig, rig
from .test_acts import HOLD, cleared, opened
from .test_booth import all_live


@pytest.fixture
def booth(tmp_path: Path) -> Iterator[Rig]:
    made = rig(tmp_path)
    made.link.answers = all_live(made.clock)
    yield made
    made.close()


async def test_one_key_undoes_the_last_decision_and_the_journal_keeps_both(booth: Rig) -> None:
    await booth.booth.sign_in(OFFICER.id, PIN)
    recorded = await cleared(booth)
    await booth.booth.done()
    booth.clock.pass_(59)
    last = booth.booth.correcting.undoable()
    assert last is not None
    assert last.seconds == 1
    before = booth.ledger.journal.count()
    crossing = await booth.booth.correcting.undo(last.act)
    assert crossing.id == recorded.crossing.id
    assert booth.ledger.journal.count() == before + 1
    assert [c.id for c in await booth.booth.parked()] == [crossing.id]
    view = await booth.booth.resume(crossing.id)
    assert view.joint.corrected == {last.act: f"ENT-3/{before + 1}"}
    assert dict(view.outcome)[PERSON] is Outcome.PENDING, "what is cached waits for somebody to look"
    assert booth.booth.correcting.undoable() is None
    assert booth.booth.keeps_crossing


async def test_nobody_undoes_after_a_minute_nor_what_another_decided(booth: Rig) -> None:
    await booth.booth.sign_in(OFFICER.id, PIN)
    recorded = await cleared(booth)
    act = f"ENT-3/{recorded.sequence}"
    await booth.booth.sign_out()
    await booth.booth.sign_in(SUPERVISOR.id, PIN)
    assert booth.booth.correcting.undoable() is None
    await booth.booth.sign_out()
    await booth.booth.sign_in(OFFICER.id, PIN)
    assert booth.booth.correcting.undoable() is not None
    booth.clock.pass_(61)
    assert booth.booth.correcting.undoable() is None
    with pytest.raises(DecisionError, match="undo"):
        await booth.booth.correcting.undo(act)


async def test_what_is_undone_is_no_passage_and_used_no_document(booth: Rig) -> None:
    await booth.booth.sign_in(OFFICER.id, PIN)
    recorded = await cleared(booth)
    document = recorded.crossing.document
    persons = booth.booth._behind.opening.persons
    assert persons.last(document.key) is not None
    await booth.booth.correcting.undo(f"ENT-3/{recorded.sequence}")
    assert persons.last(document.key) is None


async def test_a_hold_is_corrected_by_two_and_with_words(booth: Rig) -> None:
    await booth.booth.sign_in(OFFICER.id, PIN)
    view = await opened(booth)
    booth.clock.pass_(1)
    await booth.booth.judge(PERSON, Verdict.HOLD, replace(HOLD), "", view.digest)
    booth.clock.pass_(600)
    (act,) = booth.booth.acts.of(view.crossing.id)
    correct = booth.booth.correcting.correct
    with pytest.raises(DecisionError, match=r"correct\.note"):
        await correct(act, Why.PERSON, "", " ")
    with pytest.raises(SignInError):
        await correct(act, Why.PERSON, "", "the other Rahman", SUPERVISOR.id, "0000")
    assert booth.booth._parts.persons.wait(SUPERVISOR.id, booth.clock.now().timestamp()) > 0, "a try counts"
    booth.clock.pass_(60)
    await correct(act, Why.PERSON, "", "the other Rahman", SUPERVISOR.id, PIN)
    again = await booth.booth.resume(view.crossing.id)
    assert dict(again.outcome)[PERSON] is not Outcome.HOLD
    assert booth.ledger.verify().problems == ()
