"""A disk that is full, read-only, or fails in the middle: said in its own words, nothing acknowledged is lost."""

from __future__ import annotations

import contextlib
import errno
import os
from collections.abc import Iterator
from pathlib import Path

import apsw
import pytest

from offline_cache import COUNTER_SCHEMA, CacheError, DiskFailed, DiskFull, Journal, Outbox, Vault
from offline_cache.errors import DiskReadOnly
from offline_cache.journal import BATCH
from scripts.benches.powercut_disk import Disk
from tests.unit.offline_cache.cache_rig import KEY, Rig, public_key_of

FAILURES = [(apsw.FullError, DiskFull), (apsw.ReadOnlyError, DiskReadOnly), (apsw.IOError, DiskFailed)]


@pytest.fixture
def disk() -> Disk:
    return Disk()


@pytest.fixture
def faulty(tmp_path: Path, disk: Disk) -> Iterator[Rig]:
    """A counter's vault on a disk that can fail."""
    path = tmp_path / "vault" / "v.db"
    vault = Vault.create(path, KEY, COUNTER_SCHEMA, vfs=disk.name)
    yield Rig(path, vault, Journal(vault, "c1", "demo"), Outbox(vault, "c1"))
    disk.failing = None
    vault.close()


@pytest.mark.parametrize(("raised", "said"), FAILURES)
def test_a_disk_that_fails_is_said_and_what_was_recorded_stays(
    faulty: Rig, disk: Disk, raised: type[apsw.Error], said: type[CacheError]
) -> None:
    acknowledged = [faulty.append().hash() for _ in range(BATCH)]
    disk.failing = raised
    for _ in range(3):
        with pytest.raises(CacheError) as error:
            faulty.append()
        assert type(error.value) is said
    with pytest.raises(said):
        faulty.receive(1)
    disk.failing = None
    acknowledged.append(faulty.append().hash())
    assert faulty.receive(1) == 1
    assert [entry.hash() for entry in faulty.journal.entries()] == acknowledged
    assert faulty.journal.verify(public_key_of).problems == ()
    faulty.vault.close()
    with Vault.open(faulty.path, KEY, COUNTER_SCHEMA) as vault:
        assert [entry.hash() for entry in Journal(vault, "c1", "demo").entries()] == acknowledged
        assert vault.integrity() == []


@pytest.mark.parametrize("writes", range(1, 40, 3))
def test_a_disk_that_fails_in_the_middle_of_a_transaction(faulty: Rig, disk: Disk, writes: int) -> None:
    """Whatever write it is: all of the transaction is there, or nothing."""
    first = faulty.append().hash()

    def several() -> None:
        with faulty.vault.transaction():
            for number in range(20):
                faulty.append(body=b"x" * 3000 * (number % 3))

    disk.left = writes
    with contextlib.suppress(DiskFailed):
        several()
    disk.left = None
    hashes = [entry.hash() for entry in faulty.journal.entries()]
    assert len(hashes) in (1, 21)
    assert hashes[0] == first
    faulty.append()
    assert faulty.journal.verify(public_key_of).problems == ()
    assert faulty.journal.count() == len(hashes) + 1


def test_a_vault_on_a_full_disk_is_opened_and_read(faulty: Rig, disk: Disk) -> None:
    entry = faulty.append()
    faulty.vault.close()
    disk.failing = apsw.FullError
    with Vault.open(faulty.path, KEY, COUNTER_SCHEMA, vfs=disk.name) as vault:
        again = Rig(faulty.path, vault, Journal(vault, "c1", "demo"), Outbox(vault, "c1"))
        assert again.journal.get(1) == entry
        with pytest.raises(DiskFull):
            again.append()


@pytest.mark.parametrize(
    ("number", "said"), [(errno.ENOSPC, DiskFull), (errno.EROFS, DiskReadOnly), (errno.EIO, DiskFailed)]
)
def test_a_file_beside_the_vault_that_cannot_be_written(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, number: int, said: type[CacheError]
) -> None:
    def refused(*_: object) -> None:
        raise OSError(number, os.strerror(number))

    monkeypatch.setattr("os.fsync", refused)
    with pytest.raises(CacheError) as error:
        Vault.create(tmp_path / "v" / "v.db", KEY, COUNTER_SCHEMA)
    assert type(error.value) is said
    monkeypatch.undo()
    Vault.create(tmp_path / "v" / "v.db", KEY, COUNTER_SCHEMA).close()
