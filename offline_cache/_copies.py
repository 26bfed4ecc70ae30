"""Copies of a vault: a backup, a vault made from one, and the vault itself under another key.

A copy is made page by page through both ciphers (SQLite's online backup), into a draft beside its place; it is read
back with its key and checked, is on disk, and only then gets its name. A draft is one file, without a log beside it.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Final

import apsw

from ._database import (
    beside,
    check_header,
    check_key,
    check_kind,
    check_readable,
    connect,
    own,
    translated,
    write_key_check,
)
from ._files import exists, sync_folder
from .errors import DiskFailed, VaultBusy, VaultCorrupt, VaultExists, VaultMissing

if TYPE_CHECKING:
    from .schema import Schema

Step = Callable[[Callable[[apsw.Connection], bool]], bool]

_PAGES: Final = 64
_DRAFTS: Final = (".new", ".rekeyed")


def new_draft(path: Path, ending: str = ".new") -> Path:
    """An empty file beside `path`, mode 0600, in place of what was left there."""
    draft = beside(path, ending)
    _remove(draft)
    draft.touch(mode=0o600)
    return draft


def sweep(path: Path) -> None:
    """Removes drafts that were being made when the program ended."""
    for ending in _DRAFTS:
        _remove(beside(path, ending))


def backup(step: Step, source: Path, path: Path, key: bytes, told: Callable[[int, int], None] | None = None) -> None:
    """See `Vault.backup`; `step` lends the vault's connection for a while."""
    check_key(key)
    if exists(path):
        raise VaultExists("vault.exists", path=str(path))
    with translated(path):
        draft = new_draft(path)
        copy = connect(draft, key)
    try:
        with translated(path):
            under_way: list[apsw.Backup] = []

            def some(connection: apsw.Connection) -> bool:
                copying = under_way[0] if under_way else copy.backup("main", connection, "main")
                under_way[:] = [copying]
                done = copying.step(_PAGES)
                if told is not None:
                    told(copying.page_count - copying.remaining, copying.page_count)
                return done

            def ended(_: apsw.Connection) -> bool:
                while under_way:
                    under_way.pop().close()
                return True

            try:
                while not step(some):
                    pass
            finally:
                step(ended)
            _finish(copy, draft, source)
            write_key_check(path, key)
            draft.replace(path)
            sync_folder(path.parent)
    except BaseException:
        copy.close()
        _remove(draft)
        raise


def restore(backup_path: Path, backup_key: bytes, path: Path, key: bytes, schema: Schema) -> None:
    """See `Vault.restore`."""
    check_key(key)
    if not exists(backup_path):
        raise VaultMissing("vault.missing", path=str(backup_path))
    with translated(path):
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    lock = own(path)
    try:
        for name in (path, beside(path, "-wal")):
            if exists(name):
                raise VaultExists("vault.exists", path=str(name))
        check_header(backup_path, backup_path)
        with translated(backup_path):
            connection = connect(backup_path, backup_key)
        try:
            with translated(backup_path):
                check_readable(connection, backup_path, backup_key)
                check_kind(connection, backup_path, schema)
            with translated(path):
                draft = _copy(connection, new_draft(path), key, backup_path)
                beside(path, ".openings").unlink(missing_ok=True)
                write_key_check(path, key)
                draft.replace(path)
                sync_folder(path.parent)
        finally:
            connection.close()
    finally:
        lock.release()


def rekey(connection: apsw.Connection, path: Path, new_key: bytes, vfs: str) -> apsw.Connection:
    """See `Vault.rekey`; closes the connection, and returns one under the new key."""
    draft = _copy(connection, new_draft(path, ".rekeyed"), new_key, path)
    # a log that is left under the old key would be taken for the new file's
    busy, _, _ = connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()[0]
    if busy:
        raise VaultBusy("vault.busy", path=str(path))
    noted = beside(path, ".keycheck").read_bytes().split()[0]
    write_key_check(path, new_key, also=noted)
    connection.close()
    log = beside(path, "-wal")
    if exists(log):
        if log.stat().st_size:
            raise DiskFailed("disk.failed", path=str(log), kind="log")
        log.unlink()
    draft.replace(path)
    sync_folder(path.parent)
    write_key_check(path, new_key)
    beside(path, ".openings").unlink(missing_ok=True)
    renewed = connect(path, new_key, vfs)
    renewed.execute("PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL").fetchall()
    return renewed


def _copy(connection: apsw.Connection, draft: Path, key: bytes, source: Path) -> Path:
    copy = connect(draft, key)
    try:
        with copy.backup("main", connection, "main") as copying:
            while not copying.step(-1):
                pass
        _finish(copy, draft, source)
    except BaseException:
        copy.close()
        _remove(draft)
        raise
    return draft


def _finish(copy: apsw.Connection, draft: Path, source: Path) -> None:
    """Checks that the draft can be read and is sound, and that it is on disk and alone."""
    copy.execute("PRAGMA journal_mode = DELETE").fetchall()
    problems = copy.execute("PRAGMA quick_check(1)").fetchall()
    copy.close()
    if problems != [("ok",)]:
        raise VaultCorrupt("vault.corrupt", path=str(source))
    check_header(draft, draft)
    with draft.open("rb+") as stream:
        os.fsync(stream.fileno())


def _remove(draft: Path) -> None:
    for ending in ("", "-wal", "-journal"):
        beside(draft, ending).unlink(missing_ok=True)
