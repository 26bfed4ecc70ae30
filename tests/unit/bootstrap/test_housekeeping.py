"""What a booth destroys, and by whose clock."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from counter_tui.bootstrap.housekeeping import purge
from counter_tui.bootstrap.identity import text
from counter_tui.bootstrap.storage import BoundLedger
from counter_tui.settings_retention import load_retention
from offline_cache import COUNTER_SCHEMA, Receipt, Records, Vault
from offline_cache.signing import generate, sign
from tests.unit.offline_cache.cache_rig import SESSION, salt
from tests.unit.workstation.build import KEY, StillClock, identity

WINDOW = generate()
RECORDED, SOON, MONTHS_LATER = "2026-11-21T05:00:00.000Z", "2026-11-21T05:01:00.000Z", "2027-03-01T00:00:00.000Z"


@pytest.fixture
def vault(tmp_path: Path) -> Iterator[Vault]:
    with Vault.create(tmp_path / "counter.vault", KEY, COUNTER_SCHEMA) as opened:
        yield opened


@pytest.fixture
def ledger(vault: Vault) -> BoundLedger:
    held = BoundLedger(vault, replace(identity(), window_key=text(WINDOW.public)), StillClock())
    for number in (1, 2):
        held.journal.append(
            "decision",
            f"x{number}",
            b"a verdict",
            recorded_at=RECORDED,
            session="s1",
            sign=lambda message: sign(SESSION.private, message),
            salt=salt(number),
        )
    Records(vault).put("section", "doc/customs", b"quota", as_of=RECORDED, owner="customs", partition="customs")
    return held


def receive(ledger: BoundLedger, sequence: int, at: str) -> None:
    named = ((sequence, ledger.journal.get(sequence).hash()),)
    unsigned = Receipt("W", at, ledger.journal.counter, named, b"")
    ledger.outbox.receive(replace(unsigned, signature=sign(WINDOW.private, unsigned.signed_bytes())), WINDOW.public)


def bodies(ledger: BoundLedger) -> list[bytes | None]:
    return [entry.body for entry in ledger.journal.entries()]


def test_nothing_is_destroyed_before_the_single_window_has_said_what_time_it_is(
    vault: Vault, ledger: BoundLedger
) -> None:
    purge(vault, ledger)
    assert bodies(ledger) == [b"a verdict", b"a verdict"]
    assert Records(vault).count() == 1


def test_what_is_due_goes_and_what_was_not_delivered_stays(vault: Vault, ledger: BoundLedger) -> None:
    receive(ledger, 1, SOON)
    purge(vault, ledger)
    assert bodies(ledger) == [b"a verdict", b"a verdict"]

    ledger.journal.append(
        "session", "", b"s", recorded_at=RECORDED, session="s1", sign=lambda m: sign(SESSION.private, m), salt=salt(3)
    )
    receive(ledger, 3, MONTHS_LATER)
    purge(vault, ledger)
    assert bodies(ledger) == [None, b"a verdict", None]
    assert Records(vault).count() == 0
    report = ledger.journal.verify({"s1": SESSION.public}.get)
    assert (report.problems, report.erased) == ((), 2)
    assert dict(report.rules) == {f"{name}: {load_retention()[name]} days": 1 for name in ("decision", "session")}


def test_a_receipt_that_nobody_signed_is_found(vault: Vault, ledger: BoundLedger) -> None:
    receive(ledger, 1, SOON)
    assert not [problem for problem in ledger.verify().problems if "receipt" in problem]
    vault.execute("UPDATE receipts SET signature = zeroblob(64)")
    assert "forged-receipt:1" in ledger.verify().problems
