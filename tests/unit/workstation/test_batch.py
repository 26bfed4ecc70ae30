"""A batch is admitted by two: one PIN, and a signature of the second in the entry of each who is cleared."""

import asyncio
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from counter_tui.bootstrap.identity import raw
from counter_tui.domain.countersigned import signed_decision
from counter_tui.domain.crossings import Group, GroupKind
from counter_tui.domain.entries import DECISION, read_decision
from counter_tui.errors import DecisionError, SignInError
from counter_tui.settings_two_persons import load_two_persons
from counter_tui.single_window.sessions import second_signed
from counter_tui.workstation.booth import Booth

from .build import OFFICER, PIN, SUPERVISOR, Rig, rig
from .test_groups import ADAM, BADU, CICI, answers, expect, painted, scan

BATCH = Group("dti", GroupKind.BATCH, "DTI Semuja", 3)


@pytest.fixture
def at(tmp_path: Path) -> Iterator[Rig]:
    made = rig(tmp_path)
    made.booth = Booth(replace(made.booth._parts, two_persons=load_two_persons), made.news.append)
    yield made
    made.booth.stacking.leave()
    made.close()


async def scanned(at: Rig) -> dict[str, str]:
    expect(at, ADAM, BADU, CICI, group=BATCH)
    at.link.answers = answers(at)
    await at.booth.sign_in(OFFICER.id, PIN)
    await at.booth.groups.open("dti")
    stack = await asyncio.wait_for(scan(at, ADAM, BADU), 20)
    return painted(stack.rows)


async def test_each_entry_is_signed_by_both(at: Rig) -> None:
    seen = await scanned(at)
    assert [one.id for one in at.booth.groups.seconds()] == [SUPERVISOR.id]
    done = await at.booth.groups.clear(seen, SUPERVISOR.id, PIN)
    assert len(done.recorded) == 2
    keys = [raw(one.public_key) for one in at.ledger._identity.known(SUPERVISOR.id)]
    for sequence in at.ledger.of_kind(DECISION):
        entry = at.ledger.find(sequence)
        assert entry is not None
        signed = signed_decision("ENT-3", read_decision(entry.body or b""))
        assert signed is not None
        assert second_signed(signed, keys, raw(at.ledger._identity.public), "ENT-3", "demo")
    assert at.ledger.verify().problems == ()


async def test_alone_with_a_wrong_pin_or_by_oneself_nobody_is_admitted(at: Rig) -> None:
    seen = await scanned(at)
    before = at.ledger.journal.count()
    with pytest.raises(DecisionError, match=r"act\.second-needed"):
        await at.booth.groups.clear(seen)
    with pytest.raises(SignInError):
        await at.booth.groups.clear(seen, SUPERVISOR.id, "0000")
    with pytest.raises(DecisionError, match=r"two\.same-person"):
        await at.booth.groups.clear(seen, OFFICER.id, PIN)
    assert at.ledger.journal.count() == before
    assert len((await at.booth.groups.open("dti")).clears) == 2, "they still stand there"
