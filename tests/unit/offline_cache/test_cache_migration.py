"""A vault from before there was logical time: what it held is there, verifies, and goes on."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305

from offline_cache import COUNTER_SCHEMA, GENESIS, Entry, Journal, JournalBroken, Outbox, Schema, Vault, commit
from offline_cache.chain import shared_key_nonce
from tests.unit.offline_cache.cache_rig import KEY, Rig, at, public_key_of, salt, sign

FIRST = Schema(COUNTER_SCHEMA.application_id, COUNTER_SCHEMA.migrations[:1])
GROUPS = ("x1", "x2", "", "x1", "x3", "", "x2")
ERASED = "x3"


def first_version(path: Path) -> list[Entry]:
    """A journal as the first version wrote it; the entries of it."""
    entries: list[Entry] = []
    with Vault.create(path, KEY, FIRST) as vault:
        vault.execute("INSERT INTO journal VALUES (1, 'c1', 'demo', 0, ?, '')", (GENESIS,))
        for number, group in enumerate(GROUPS, 1):
            body = b"body %d" % number
            previous = entries[-1].hash() if entries else GENESIS
            header = ("c1", number, previous, at(number), "demo", "decision", group, "s1", commit(salt(number), body))
            entry = Entry(*header, salt(number), body, b"")
            entry = replace(entry, signature=sign(entry.signed_bytes()))
            entries.append(entry)
            _insert(vault, entry)
        vault.execute(
            "UPDATE journal SET count = ?, head = ?, floor = '2026-11-21T10:00:00.25'", (number, entry.hash())
        )
        vault.execute("UPDATE body_keys SET key = NULL, rule = 'thirty days' WHERE crossing = ?", (ERASED,))
        vault.execute("INSERT INTO deliveries VALUES (5, 'refused', ?, 'because', NULL)", (at(9),))
    return entries


def _insert(vault: Vault, entry: Entry) -> None:
    assert entry.body is not None
    rows = vault.execute("SELECT id, key FROM body_keys WHERE crossing = ?", (entry.group,))
    rows = rows or vault.execute(
        "INSERT INTO body_keys (crossing, key) VALUES (?, randomblob(32)) RETURNING id, key", (entry.group or None,)
    )
    key = rows[0][1]
    assert isinstance(key, bytes)
    vault.execute(
        "INSERT INTO entries VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (
            entry.sequence,
            entry.previous,
            entry.recorded_at,
            entry.kind,
            entry.group,
            entry.session,
            entry.commitment,
            rows[0][0],
            ChaCha20Poly1305(key).encrypt(
                shared_key_nonce(entry.sequence, entry.commitment),
                bytes([len(entry.salt)]) + entry.salt + entry.body,
                None,
            ),
            entry.signature,
        ),
    )


def test_a_journal_of_the_first_version_verifies_reads_and_goes_on(tmp_path: Path) -> None:
    entries = first_version(tmp_path / "v.db")
    with Vault.open(tmp_path / "v.db", KEY, COUNTER_SCHEMA) as vault:
        rig = Rig(tmp_path / "v.db", vault, Journal(vault, "c1", "demo"), Outbox(vault, "c1"))
        entries[4] = replace(entries[4], body=None, salt=b"")
        assert list(rig.journal.entries()) == entries
        assert rig.journal.time_floor() == "2026-11-21T10:00:00.250Z"
        assert rig.journal.of_group("x1") == [1, 4]
        assert rig.journal.of_kind("decision", after=2) == [3, 4, 5, 6, 7]
        with pytest.raises(JournalBroken):
            rig.append(ERASED)
        new = rig.append("x2")
        assert (new.sequence, new.previous) == (8, entries[-1].hash())
        assert new.logical > 0
        assert rig.journal.of_group("x2") == [2, 7, 8]
        result = rig.journal.verify(public_key_of)
        assert (result.count, result.problems, result.rules) == (8, (), (("thirty days", 1),))
        assert rig.outbox.summary().waiting == 7
        assert rig.receive(*range(1, 9)) == 8
        assert rig.journal.erase("x2", "now") == 3
        assert vault.integrity() == []
        assert vault.execute("PRAGMA foreign_key_check") == []
        assert vault.execute("PRAGMA foreign_keys") == [(1,)]


def test_an_empty_journal_of_the_first_version(tmp_path: Path) -> None:
    Vault.create(tmp_path / "v.db", KEY, FIRST).close()
    with Vault.open(tmp_path / "v.db", KEY, COUNTER_SCHEMA) as vault:
        assert Journal(vault, "c1", "demo").time_floor() == ""
