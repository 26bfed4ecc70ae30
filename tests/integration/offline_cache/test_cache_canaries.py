"""Nothing that was recorded can be read in the files without the key."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from pathlib import Path

import apsw
import pytest

from offline_cache import Attempts, PassphraseKeys, Records, Settings
from tests.unit.offline_cache.cache_rig import CHEAP, KEY, Rig

CANARY = b"CANARY-SITI-AMINAH-C1234567"
PASSPHRASE = "canary passphrase"


def texts(folder: Path) -> Iterator[tuple[Path, bytes]]:
    for path in folder.rglob("*"):
        if path.is_file():
            yield path, path.read_bytes()


def forms(secret: bytes) -> list[bytes]:
    return [secret, secret.hex().encode(), secret.decode("latin-1").encode("utf-16-le"), secret[::-1]]


@pytest.fixture
def full(rig: Rig) -> Rig:
    canary = CANARY.decode()
    for number in range(50):
        rig.append(group=f"{canary}-{number}", body=CANARY * 20, kind=canary)
    Records(rig.vault).put(canary, canary, CANARY * 500, as_of=canary, owner=canary, partition=canary)
    Settings(rig.vault).set(canary, CANARY)
    Attempts(rig.vault).failed(canary, 1.0)
    rig.outbox.refuse(1, canary, "2026-11-21T10:00:00Z")
    return rig


def test_no_file_of_the_vault_shows_what_is_in_it(full: Rig) -> None:
    names = {path.name for path, _ in texts(full.path.parent)}
    assert {"counter.db", "counter.db-wal", "counter.db.keycheck", "counter.db.lock", "counter.db.openings"} == names
    for moment in ("open", "closed"):
        if moment == "closed":
            full.vault.close()
        for path, content in texts(full.path.parent):
            for form in (*forms(CANARY), *forms(KEY), b"CREATE TABLE", b"SQLite format"):
                assert form not in content, f"{path.name} while {moment}"


def test_another_program_cannot_read_it(full: Rig) -> None:
    full.vault.close()
    plain = sqlite3.connect(full.path)
    with pytest.raises(sqlite3.DatabaseError):
        plain.execute("SELECT * FROM sqlite_master").fetchall()
    plain.close()


def test_key_files_show_neither_key_nor_passphrase(tmp_path: Path) -> None:
    key = PassphraseKeys(tmp_path, PASSPHRASE, cost=CHEAP).create("vault")
    for path, content in texts(tmp_path):
        for form in (*forms(key), *forms(PASSPHRASE.encode())):
            assert form not in content, path.name


def test_after_erasing_the_key_of_a_crossing_is_not_in_the_vault_even_for_who_holds_its_key(rig: Rig) -> None:
    rig.append("x1", CANARY)
    ((key,),) = rig.vault.execute("SELECT key FROM entries")
    assert isinstance(key, bytes)
    rig.receive(1)
    assert key in decrypted(rig)
    rig.journal.erase("x1", "rule")
    assert rig.path.with_name("counter.db-wal").stat().st_size == 0
    assert key not in decrypted(rig)
    assert CANARY not in decrypted(rig)


def decrypted(rig: Rig) -> bytes:
    """All pages of the vault as its key shows them, freed ones and gaps within pages included."""
    rig.vault.close()
    connection = apsw.Connection(str(rig.path))
    for pragma in ("cipher = 'chacha20'", f"key = 'raw:{KEY.hex()}'"):
        connection.execute(f"PRAGMA {pragma}").fetchall()
    content = connection.serialize("main")
    connection.close()
    assert b"CREATE TABLE" in content
    rig.restart()
    return content
