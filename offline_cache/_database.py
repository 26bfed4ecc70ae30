"""The database under a vault: opened under its cipher, checked before it is trusted, its errors put into our words."""

from __future__ import annotations

import contextlib
import errno
import hashlib
import hmac
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Final

import apsw

from ._derive import KEY_BYTES
from ._files import FileLock, exists, write_atomically
from .errors import (
    CacheError,
    DiskFailed,
    DiskFull,
    DiskReadOnly,
    VaultBusy,
    VaultCorrupt,
    VaultPlaintext,
    VaultTooNew,
    VaultWrongKey,
)

if TYPE_CHECKING:
    from .schema import Schema

BUSY_MS: Final = 2_000
# exclusive, because the owner is alone: no index of the log beside it, and no file lock taken for each statement;
# recursive triggers, so that a row that is replaced counts as deleted
_PROMISES: Final = (
    "PRAGMA locking_mode = EXCLUSIVE; PRAGMA foreign_keys = ON; PRAGMA secure_delete = ON;"
    " PRAGMA temp_store = MEMORY; PRAGMA recursive_triggers = ON"
)
_PLAINTEXT: Final = b"SQLite format 3\0"
_PAGE: Final = 4096
_KEY_CHECK_TAG: Final = b"offline_cache key check 1"


def beside(path: Path, ending: str) -> Path:
    """The file that goes with a vault under this ending."""
    return path.with_name(path.name + ending)


def own(path: Path) -> FileLock:
    """The lock of a vault's owner. Raises VaultBusy."""
    with translated(path):
        lock = FileLock.take(beside(path, ".lock"))
    if lock is None:
        raise VaultBusy("vault.busy", path=str(path))
    return lock


def check_key(key: bytes) -> None:
    """Raises ValueError for what is no key."""
    # SQLite3MC silently takes a raw key that is not 64 hex digits as a passphrase
    if len(key) != KEY_BYTES:
        raise ValueError("vault key")


def write_key_check(path: Path, key: bytes, *, also: bytes = b"") -> None:
    """Notes beside a vault which key it is under, `also` what was noted before while it goes from one to the other."""
    write_atomically(beside(path, ".keycheck"), _key_check(key) + (b"\n" + also if also else b""))


def _key_check(key: bytes) -> bytes:
    return hmac.digest(key, _KEY_CHECK_TAG, hashlib.sha256).hex().encode()


def check_header(file: Path, path: Path) -> None:
    """A forgotten key makes SQLite write plaintext, and an empty file counts as a fresh database: neither passes."""
    with translated(path):
        size = file.stat().st_size
        with file.open("rb") as stream:
            start = stream.read(len(_PLAINTEXT))
        log = beside(file, "-wal")
        logged = log.stat().st_size if exists(log) else 0
    if start == _PLAINTEXT:
        raise VaultPlaintext("vault.plaintext", path=str(path))
    # after a power cut the file may end within a page that stands whole in the log
    if size == 0 or (size % _PAGE and not logged):
        raise VaultCorrupt("vault.truncated", path=str(path), size=size)


def connect(path: Path, key: bytes, vfs: str = "") -> apsw.Connection:
    """A connection that will read and write under this key; nothing was read yet."""
    under = f"multipleciphers-{vfs}" if vfs else None
    connection = apsw.Connection(str(path), flags=apsw.SQLITE_OPEN_READWRITE, vfs=under)
    connection.set_busy_timeout(BUSY_MS)
    # the cipher has to be named before the key
    connection.execute("PRAGMA cipher = 'chacha20'").fetchall()
    connection.execute(f"PRAGMA key = 'raw:{key.hex()}'").fetchall()
    connection.execute(_PROMISES).fetchall()
    return connection


def check_readable(connection: apsw.Connection, path: Path, key: bytes) -> None:
    """The first read is where a wrong key shows."""
    try:
        connection.execute("SELECT count(*) FROM sqlite_schema").fetchall()
    except apsw.NotADBError:
        check = beside(path, ".keycheck")
        noted = check.read_bytes()[:256].split() if exists(check) else []
        if len(noted) == 1 and hmac.compare_digest(noted[0], _key_check(key)):
            raise VaultCorrupt("vault.corrupt", path=str(path)) from None
        # with two noted it is on its way from one key to the other, and may be under either
        unsure = {} if len(noted) == 1 else {"unsure": 1}
        raise VaultWrongKey("vault.wrong-key", path=str(path), **unsure) from None


def check_kind(connection: apsw.Connection, path: Path, schema: Schema) -> None:
    """Raises VaultCorrupt for a vault of another kind, VaultTooNew for one of a later version."""
    application = connection.pragma("application_id")
    version = connection.pragma("user_version")
    if application != schema.application_id:
        raise VaultCorrupt("vault.other-kind", path=str(path), application_id=int(application))
    if version > schema.version:
        # closing would otherwise move the write-ahead log into the file
        connection.config(apsw.SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 1)
        raise VaultTooNew("vault.too-new", path=str(path), version=int(version), known=schema.version)


def migrate(connection: apsw.Connection, schema: Schema) -> None:
    """Brings a vault up to the schema, each migration whole or not at all."""
    connection.execute("PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL").fetchall()
    known = int(connection.pragma("user_version"))
    if known == schema.version:
        return
    # a table that others refer to can only be made anew without the check, which is made up for at the end
    connection.execute("PRAGMA foreign_keys = OFF").fetchall()
    for number in range(known + 1, schema.version + 1):
        connection.execute("BEGIN IMMEDIATE")
        try:
            # a script stops at its first row unless its rows are fetched
            connection.execute(schema.migrations[number - 1]).fetchall()
            if connection.execute("PRAGMA foreign_key_check").fetchall():
                raise CacheError("vault.migration", number=number)  # noqa: TRY301 - undone as any other failure
            connection.execute(f"PRAGMA application_id = {schema.application_id:d}").fetchall()
            connection.execute(f"PRAGMA user_version = {number:d}").fetchall()
            connection.execute("COMMIT")
        except BaseException:
            if connection.in_transaction:
                connection.execute("ROLLBACK")
            raise
    connection.execute("PRAGMA foreign_keys = ON").fetchall()


@contextlib.contextmanager
def translated(path: Path) -> Iterator[None]:
    """Raises what SQLite and the system raise as an error of our tree."""
    try:
        yield
    except (apsw.Error, OSError) as error:
        raise in_our_words(error, path) from None


def in_our_words(error: apsw.Error | OSError, path: Path) -> CacheError:
    """SQLite's and the system's errors in the words of our tree; their texts and frames may hold values, so they go."""
    name, kind = str(path), type(error).__name__
    if isinstance(error, apsw.FullError) or (isinstance(error, OSError) and error.errno == errno.ENOSPC):
        return DiskFull("disk.full", path=name)
    if isinstance(error, OSError):
        refused = error.errno in {errno.EROFS, errno.EACCES, errno.EPERM}
        if refused:
            return DiskReadOnly("disk.read-only", path=name)
        return DiskFailed("disk.failed", path=name, errno=error.errno or 0)
    for kinds, ours in _OURS:
        if isinstance(error, kinds):
            return ours(name, kind)
    return CacheError("vault.error", path=name, kind=kind, text=str(error))


_OURS: Final[tuple[tuple[tuple[type[apsw.Error], ...], Callable[[str, str], CacheError]], ...]] = (
    ((apsw.BusyError, apsw.LockedError), lambda path, _: VaultBusy("vault.busy", path=path)),
    ((apsw.CorruptError, apsw.NotADBError), lambda path, _: VaultCorrupt("vault.corrupt", path=path)),
    ((apsw.ConstraintError,), lambda path, kind: CacheError("vault.constraint", path=path, kind=kind)),
    (
        (apsw.ReadOnlyError, apsw.PermissionsError),
        lambda path, _: DiskReadOnly("disk.read-only", path=path),
    ),
    (
        (apsw.IOError, apsw.CantOpenError),
        lambda path, kind: DiskFailed("disk.failed", path=path, kind=kind),
    ),
)
