"""Backup, restore and rekey; kills at each step; an earlier copy put in the vault's place."""

from __future__ import annotations

import os
import shutil
import signal
import sys
from pathlib import Path
from types import FrameType

import apsw
import pytest

from offline_cache import (
    COUNTER_SCHEMA,
    DiskFull,
    Journal,
    Schema,
    Vault,
    VaultBusy,
    VaultCorrupt,
    VaultExists,
    VaultMissing,
    VaultTooNew,
    VaultWrongKey,
    _copies,
)
from tests.unit.offline_cache.cache_rig import KEY, Rig, public_key_of

OTHER = b"\xbb" * 32
CANARY = "CANARY-SITI-AMINAH"


def journal_of(path: Path, key: bytes) -> int:
    """How many entries a vault holds, all sound."""
    with Vault.open(path, key, COUNTER_SCHEMA) as vault:
        assert vault.integrity() == []
        found = Journal(vault, "c1", "demo").verify(public_key_of)
        assert found.problems == ()
        return found.count


def filled(rig: Rig, count: int = 20) -> None:
    for number in range(count):
        rig.append(f"{CANARY}-{number}", CANARY.encode() * 50)


def names(path: Path) -> set[str]:
    return {file.name for file in path.parent.iterdir()}


def found_in(file: Path) -> set[bytes]:
    content = file.read_bytes()
    return {word for word in (b"SITI", b"SQLite format", b"CREATE TABLE") if word in content}


def test_a_backup_is_made_while_entries_go_on(rig: Rig, tmp_path: Path) -> None:
    filled(rig, 300)
    told: list[tuple[int, int]] = []

    def meanwhile(done: int, pages: int) -> None:
        told.append((done, pages))
        rig.append(body=b"meanwhile")
        for file in [*tmp_path.iterdir(), *rig.path.parent.iterdir()]:
            # also of what is half done nothing can be read
            assert file.is_dir() or not found_in(file)

    rig.vault.backup(tmp_path / "backup.db", OTHER, told=meanwhile)
    assert told[-1][0] == told[-1][1] > 100
    assert len(told) > 1
    assert names(tmp_path / "backup.db") == {"vault", "backup.db", "backup.db.keycheck"}
    assert CANARY.encode() not in (tmp_path / "backup.db").read_bytes()
    assert rig.journal.verify(public_key_of).count == 300 + len(told)
    with pytest.raises(VaultWrongKey):
        Vault.open(tmp_path / "backup.db", KEY, COUNTER_SCHEMA)
    assert journal_of(tmp_path / "backup.db", OTHER) >= 300


def test_a_restored_vault_is_as_it_was_under_its_own_key(rig: Rig, tmp_path: Path) -> None:
    filled(rig)
    rig.vault.backup(tmp_path / "backup.db", OTHER)
    filled(rig, 5)
    with pytest.raises(VaultBusy):
        Vault.restore(tmp_path / "backup.db", OTHER, rig.path, KEY, COUNTER_SCHEMA)
    rig.vault.close()
    with pytest.raises(VaultExists):
        Vault.restore(tmp_path / "backup.db", OTHER, rig.path, KEY, COUNTER_SCHEMA)
    rig.path.unlink()
    Vault.restore(tmp_path / "backup.db", OTHER, rig.path, KEY, COUNTER_SCHEMA)
    assert journal_of(rig.path, KEY) == 20
    assert journal_of(tmp_path / "backup.db", OTHER) == 20


def test_what_is_no_backup_is_not_restored(rig: Rig, tmp_path: Path) -> None:
    filled(rig)
    backup, place = tmp_path / "backup.db", tmp_path / "new" / "counter.db"
    with pytest.raises(VaultMissing):
        Vault.restore(backup, OTHER, place, KEY, COUNTER_SCHEMA)
    rig.vault.backup(backup, OTHER)
    with pytest.raises(VaultWrongKey):
        Vault.restore(backup, KEY, place, KEY, COUNTER_SCHEMA)
    older = Schema(COUNTER_SCHEMA.application_id, COUNTER_SCHEMA.migrations[:1])
    with pytest.raises(VaultTooNew):
        Vault.restore(backup, OTHER, place, KEY, older)
    damaged = bytearray(backup.read_bytes())
    damaged[len(damaged) // 2] ^= 1
    backup.write_bytes(damaged)
    with pytest.raises(VaultCorrupt):
        Vault.restore(backup, OTHER, place, KEY, COUNTER_SCHEMA)
    assert names(place) <= {"counter.db.lock"}


def test_a_backup_overwrites_nothing_and_a_damaged_vault_gives_none(rig: Rig, tmp_path: Path) -> None:
    filled(rig)
    (tmp_path / "there").write_bytes(b"precious")
    with pytest.raises(VaultExists):
        rig.vault.backup(tmp_path / "there", OTHER)
    rig.vault.close()
    damaged = bytearray(rig.path.read_bytes())
    damaged[-4096 + 100] ^= 1
    rig.path.write_bytes(damaged)
    with Vault.open(rig.path, KEY, COUNTER_SCHEMA) as vault, pytest.raises(VaultCorrupt):
        vault.backup(tmp_path / "backup.db", OTHER)
    assert not [name for name in names(tmp_path / "x") if name.startswith("backup")]


def test_rekey_leaves_nothing_under_the_old_key(rig: Rig) -> None:
    filled(rig)
    rig.vault.rekey(OTHER)
    rig.append(body=b"after")
    assert rig.journal.verify(public_key_of).count == 21
    assert rig.vault.execute("PRAGMA synchronous") == [(2,)]
    assert rig.vault.execute("PRAGMA foreign_keys") == [(1,)]
    rig.vault.close()
    for name in names(rig.path):
        assert CANARY.encode() not in rig.path.with_name(name).read_bytes()
    with pytest.raises(VaultWrongKey) as error:
        Vault.open(rig.path, KEY, COUNTER_SCHEMA)
    assert "unsure" not in error.value.detail
    assert journal_of(rig.path, OTHER) == 21
    assert names(rig.path) == {"counter.db", "counter.db.keycheck", "counter.db.lock", "counter.db.openings"}


def test_a_disk_without_room_for_a_copy_leaves_the_vault_as_it_is(
    rig: Rig, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> None:
        raise apsw.FullError

    filled(rig)
    monkeypatch.setattr(_copies, "_finish", full)
    with pytest.raises(DiskFull):
        rig.vault.rekey(OTHER)
    with pytest.raises(DiskFull):
        rig.vault.backup(tmp_path / "backup.db", OTHER)
    assert not [name for name in names(rig.path) | names(tmp_path / "x") if name.endswith((".new", ".rekeyed"))]
    rig.append()
    rig.vault.close()
    assert journal_of(rig.path, KEY) == 21


def test_no_rekey_and_no_backup_inside_a_transaction(rig: Rig, tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="transaction"), rig.vault.transaction():
        rig.vault.rekey(OTHER)
    with pytest.raises(ValueError, match="transaction"), rig.vault.transaction():
        rig.vault.backup(tmp_path / "b", OTHER)
    filled(rig)
    assert rig.journal.verify(public_key_of).problems == ()


@pytest.mark.skipif(not hasattr(os, "fork"), reason="needs a process that is a copy of this one")
def test_killed_at_any_step_of_a_rekey_the_vault_is_whole_under_one_of_the_keys(tmp_path: Path) -> None:
    source = Rig.make(tmp_path / "source" / "v.db")
    filled(source, 8)
    source.vault.close()
    outcomes: set[str] = set()
    # each fourth line: a process a line takes its time
    for step in range(1, 400, 4):
        place = tmp_path / str(step)
        shutil.copytree(tmp_path / "source", place)
        finished = rekeyed_unless_killed(place / "v.db", step)
        try:
            count, under = journal_of(place / "v.db", KEY), "old"
        except VaultWrongKey:
            count, under = journal_of(place / "v.db", OTHER), "new"
            with pytest.raises(VaultWrongKey):
                Vault.open(place / "v.db", KEY, COUNTER_SCHEMA)
        assert count == 8
        assert not {"v.db.new", "v.db.rekeyed", "v.db-wal"} & names(place / "v.db")
        outcomes.add(under)
        shutil.rmtree(place)
        if finished:
            assert under == "new"
            break
    assert finished
    assert outcomes == {"old", "new"}
    assert step > 30


def rekeyed_unless_killed(path: Path, step: int) -> bool:
    """Rekeys in a process of its own that is killed at the `step`th line of it; whether it came to the end."""
    child = os.fork()
    if not child:
        left = step

        def traced(frame: FrameType, event: str, _: object) -> object:
            nonlocal left
            if Path(frame.f_code.co_filename).name not in {"_copies.py", "_files.py"}:
                return None
            left -= event == "line"
            if not left:
                os.kill(os.getpid(), signal.SIGKILL)
            return traced

        try:
            vault = Vault.open(path, KEY, COUNTER_SCHEMA)
            sys.settrace(traced)  # type: ignore[arg-type]
            vault.rekey(OTHER)
        finally:
            os._exit(0)
    _, status = os.waitpid(child, 0)
    return os.WIFEXITED(status)


def test_an_earlier_copy_in_the_vaults_place_is_found(rig: Rig, tmp_path: Path) -> None:
    filled(rig)
    rig.vault.close()
    shutil.copyfile(rig.path, tmp_path / "earlier.db")
    assert journal_of(rig.path, KEY) == 20
    shutil.copyfile(tmp_path / "earlier.db", rig.path)
    with pytest.raises(VaultCorrupt) as error:
        Vault.open(rig.path, KEY, COUNTER_SCHEMA)
    assert error.value.code == "vault.older"
    # whoever means it says so
    rig.path.rename(tmp_path / "moved.db")
    shutil.copyfile(rig.path.with_name("counter.db.keycheck"), tmp_path / "moved.db.keycheck")
    Vault.restore(tmp_path / "moved.db", KEY, rig.path, KEY, COUNTER_SCHEMA)
    assert journal_of(rig.path, KEY) == 20


def test_a_note_of_openings_that_was_made_up_is_not_believed(rig: Rig) -> None:
    rig.vault.close()
    note = rig.path.with_name("counter.db.openings")
    for content in (b"999 00", b"", b"9" * 10_000, b"-1 x", "9٩ x".encode()):
        note.write_bytes(content)
        assert journal_of(rig.path, KEY) == 0
