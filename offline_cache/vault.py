"""The vault: one encrypted SQLite file, owned by one process at a time.

ChaCha20-Poly1305 page encryption (SQLite3 Multiple Ciphers), WAL, `synchronous=FULL`: when a transaction has ended
without an error, what it wrote is on disk, encrypted. File mode 0600 in a folder of mode 0700.

What stands beside the file `NAME`:
- `NAME.lock`: held locked while a vault is open, so that a second process is refused. The operating system lets go of
  it when the process ends, however it ends; the file itself stays and means nothing.
- `NAME.keycheck`: an HMAC under the key. SQLite cannot tell a wrong key from a damaged first page, both fail to
  decrypt. With a key check that agrees with the key, it is damage; with one that does not, it is the wrong key; without
  one it is said to be the wrong key, with `detail["unsure"] = 1`.
- `NAME-wal`: SQLite's write-ahead log, encrypted.

Threads: a vault belongs to one thread at a time, by intention to the one that opened it. A lock serialises calls from
several threads, and a transaction holds it until it ends, so nothing mixes; but whoever waits, waits.
"""

from __future__ import annotations

import contextlib
import errno
import hashlib
import hmac
import threading
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Final, Self

import apsw

from ._derive import KEY_BYTES
from ._files import FileLock, exists, sync_folder, write_atomically
from ._log import LogKeeper
from .errors import (
    CacheError,
    DiskFailed,
    DiskFull,
    VaultBusy,
    VaultCorrupt,
    VaultExists,
    VaultMissing,
    VaultPlaintext,
    VaultTooNew,
    VaultWrongKey,
)

if TYPE_CHECKING:
    from types import TracebackType

    from .schema import Schema

Value = str | int | float | bytes | None

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


class Vault:
    """An open vault. Made by `create` and `open`; closed by `close` or as a context manager."""

    def __init__(self, path: Path, connection: apsw.Connection, lock: FileLock) -> None:
        self.path = path
        self._connection = connection
        self._file_lock = lock
        self._depth = 0
        self._log = LogKeeper(_beside(path, "-wal"))
        connection.set_wal_hook(self._log.hook)
        self.alone = threading.RLock()
        """Held by whoever reads, reckons and writes in several steps without a transaction."""
        self.edition = 0
        """Another number whenever what was remembered of the vault's content may be no longer so; see `edited`."""

    @classmethod
    def create(cls, path: Path, key: bytes, schema: Schema) -> Self:
        """Makes a new vault under `key` (32 bytes) and opens it.

        It is made beside its place and moved there whole, so a vault that exists is complete.
        Raises VaultExists (also for a left-over journal of a lost vault), VaultBusy, DiskFull, DiskFailed.
        """
        _check_key(key)
        with _translated(path):
            path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        lock = _own(path)
        try:
            for name in (path, _beside(path, "-wal")):
                if exists(name):
                    raise VaultExists("vault.exists", path=str(name))
            draft = _beside(path, ".new")
            for scrap in (draft, _beside(draft, "-wal"), _beside(draft, "-shm")):
                scrap.unlink(missing_ok=True)
            with _translated(path):
                draft.touch(mode=0o600)
                connection = _connect(draft, key)
                try:
                    _migrate(connection, schema)
                finally:
                    connection.close()
                _check_header(draft, path)
                write_atomically(_beside(path, ".keycheck"), _key_check(key))
                draft.replace(path)
                sync_folder(path.parent)
        finally:
            lock.release()
        return cls.open(path, key, schema)

    @classmethod
    def open(cls, path: Path, key: bytes, schema: Schema) -> Self:
        """Opens the vault at `path` with `key` (32 bytes), and migrates it to `schema` if it is older.

        Raises VaultMissing, VaultBusy, VaultPlaintext, VaultCorrupt, VaultWrongKey, VaultTooNew, DiskFull, DiskFailed.
        Whatever it raises, no vault was begun afresh, and the file is as it was or fully migrated.
        """
        _check_key(key)
        if not exists(path):
            raise VaultMissing("vault.missing", path=str(path))
        lock = _own(path)
        connection = None
        try:
            _check_header(path, path)
            with _translated(path):
                connection = _connect(path, key)
                _check_readable(connection, path, key)
                _check_kind(connection, path, schema)
                _migrate(connection, schema)
                if not exists(_beside(path, ".keycheck")):
                    write_atomically(_beside(path, ".keycheck"), _key_check(key))
        except BaseException:
            if connection is not None:
                connection.close()
            lock.release()
            raise
        return cls(path, connection, lock)

    @contextlib.contextmanager
    def transaction(self) -> Iterator[None]:
        """All that is executed inside is on disk when the block ends, or undone if it raises.

        A block inside a block joins the outer one: it becomes durable with it; if it raises, its own part is undone.
        """
        with self.alone:
            nested = self._depth > 0
            self.execute("SAVEPOINT part" if nested else "BEGIN IMMEDIATE")
            self._depth += 1
            try:
                yield
                self.execute("RELEASE part" if nested else "COMMIT")
            except BaseException:
                self.edition += 1
                # a full disk may have ended the transaction already
                if self._connection.in_transaction:
                    self.execute("ROLLBACK TO part; RELEASE part" if nested else "ROLLBACK")
                raise
            finally:
                self._depth -= 1

    @property
    def in_transaction(self) -> bool:
        """Whether a `transaction` block is open."""
        return self._depth > 0

    def execute(self, sql: str, params: Sequence[Value] = ()) -> list[tuple[Value, ...]]:
        """Runs one statement and returns all its rows. Outside a transaction it is one of its own."""
        with self.alone:
            try:
                return self._connection.execute(sql, params).fetchall()
            except (apsw.Error, OSError) as error:
                raise _in_our_words(error, self.path) from None

    def edited(self) -> int:
        """Tells everybody who remembers something of the vault's content to look again; the new edition."""
        self.edition += 1
        return self.edition

    def integrity(self) -> list[str]:
        """SQLite's own check of every page and index: the problems it names, none if all is well."""
        with self.alone, _translated(self.path):
            try:
                rows = self._connection.execute("PRAGMA integrity_check(20)").fetchall()
            except (apsw.CorruptError, apsw.NotADBError) as error:
                return [type(error).__name__]
        return [str(row[0]) for row in rows if row[0] != "ok"]

    def shrink_log(self) -> None:
        """Moves the write-ahead log into the file and empties it, so that what was erased is not left in it."""
        with self.alone, _translated(self.path):
            self._connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
            self._log.emptied()

    def close(self) -> None:
        """Closes the file and lets go of it. May be called twice."""
        with self.alone:
            self._connection.close()
            self._file_lock.release()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()


def _beside(path: Path, ending: str) -> Path:
    return path.with_name(path.name + ending)


def _own(path: Path) -> FileLock:
    with _translated(path):
        lock = FileLock.take(_beside(path, ".lock"))
    if lock is None:
        raise VaultBusy("vault.busy", path=str(path))
    return lock


def _check_key(key: bytes) -> None:
    # SQLite3MC silently takes a raw key that is not 64 hex digits as a passphrase
    if len(key) != KEY_BYTES:
        raise ValueError("vault key")


def _key_check(key: bytes) -> bytes:
    return hmac.digest(key, _KEY_CHECK_TAG, hashlib.sha256).hex().encode()


def _check_header(file: Path, path: Path) -> None:
    """A forgotten key makes SQLite write plaintext, and an empty file counts as a fresh database: neither passes."""
    with _translated(path):
        size = file.stat().st_size
        with file.open("rb") as stream:
            start = stream.read(len(_PLAINTEXT))
    if start == _PLAINTEXT:
        raise VaultPlaintext("vault.plaintext", path=str(path))
    if size == 0 or size % _PAGE:
        raise VaultCorrupt("vault.truncated", path=str(path), size=size)


def _connect(path: Path, key: bytes) -> apsw.Connection:
    connection = apsw.Connection(str(path), flags=apsw.SQLITE_OPEN_READWRITE)
    connection.set_busy_timeout(BUSY_MS)
    # the cipher has to be named before the key
    connection.execute("PRAGMA cipher = 'chacha20'").fetchall()
    connection.execute(f"PRAGMA key = 'raw:{key.hex()}'").fetchall()
    connection.execute(_PROMISES).fetchall()
    return connection


def _check_readable(connection: apsw.Connection, path: Path, key: bytes) -> None:
    """The first read is where a wrong key shows."""
    try:
        connection.execute("SELECT count(*) FROM sqlite_schema").fetchall()
    except apsw.NotADBError:
        check = _beside(path, ".keycheck")
        if not exists(check):
            raise VaultWrongKey("vault.wrong-key", path=str(path), unsure=1) from None
        if hmac.compare_digest(check.read_bytes()[:128].strip(), _key_check(key)):
            raise VaultCorrupt("vault.corrupt", path=str(path)) from None
        raise VaultWrongKey("vault.wrong-key", path=str(path)) from None


def _check_kind(connection: apsw.Connection, path: Path, schema: Schema) -> None:
    application = connection.pragma("application_id")
    version = connection.pragma("user_version")
    if application != schema.application_id:
        raise VaultCorrupt("vault.other-kind", path=str(path), application_id=int(application))
    if version > schema.version:
        # closing would otherwise move the write-ahead log into the file
        connection.config(apsw.SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 1)
        raise VaultTooNew("vault.too-new", path=str(path), version=int(version), known=schema.version)


def _migrate(connection: apsw.Connection, schema: Schema) -> None:
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
def _translated(path: Path) -> Iterator[None]:
    try:
        yield
    except (apsw.Error, OSError) as error:
        raise _in_our_words(error, path) from None


def _in_our_words(error: apsw.Error | OSError, path: Path) -> CacheError:
    """SQLite's and the system's errors in the words of our tree; their texts and frames may hold values, so they go."""
    name, kind = str(path), type(error).__name__
    if isinstance(error, apsw.FullError) or (isinstance(error, OSError) and error.errno == errno.ENOSPC):
        return DiskFull("disk.full", path=name)
    if isinstance(error, OSError):
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
        (apsw.IOError, apsw.CantOpenError, apsw.ReadOnlyError, apsw.PermissionsError),
        lambda path, kind: DiskFailed("disk.failed", path=path, kind=kind),
    ),
)
