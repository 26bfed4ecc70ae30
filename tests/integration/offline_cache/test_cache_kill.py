"""The bench's kills, a few of them, and that it would see what is lost."""

from __future__ import annotations

from pathlib import Path
from random import Random

from offline_cache import COUNTER_SCHEMA, Journal, Outbox, Vault
from scripts.benches.acknowledged import KEY, Acknowledged, deliver, record
from scripts.benches.kill import kill_counters


def test_what_was_said_to_be_recorded_outlives_kills() -> None:
    result = kill_counters(12, 20261122)
    assert result.troubles == []
    assert result.acknowledged > 3


def test_what_is_lost_is_seen(tmp_path: Path) -> None:
    path, random = tmp_path / "v" / "v.db", Random(1)
    known = Acknowledged(step=0)
    with Vault.create(path, KEY, COUNTER_SCHEMA) as vault:
        journal, outbox = Journal(vault, "c1", "demo"), Outbox(vault, "c1")
        for _ in range(3):
            entry = record(journal, random)
            known.recorded[entry.sequence] = entry.hash()
        known.received = {*deliver(outbox, random), 3}
    known.recorded[2] = b"another"
    known.recorded[4] = b"lost"
    assert set(known.troubles(path)) >= {"lost 2", "lost 4"}
    known.recorded.pop(3)
    known.erased = {"x0", "x9"}
    (path.parent / "scrap").write_bytes(b"-" + b"CANARY-SITI-AMINAH")
    assert set(known.troubles(path)) == {
        "scrap can be read",
        "x0 was erased and can be read",
        "more than was recorded",
    }
