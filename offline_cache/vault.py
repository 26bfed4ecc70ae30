"""The vault: one encrypted SQLite file, owned by one process at a time.

ChaCha20-Poly1305 page encryption (SQLite3 Multiple Ciphers), WAL, `synchronous=FULL`: when a transaction has ended
without an error, what it wrote is on disk, encrypted. File mode 0600 in a folder of mode 0700.

What stands beside the file `NAME`:
- `NAME.lock`: held locked while a vault is open, so that a second process is refused. The operating system lets go of
  it when the process ends, however it ends; the file itself stays and means nothing.
- `NAME.keycheck`: an HMAC under the key. SQLite cannot tell a wrong key from a damaged first page, both fail to
  decrypt. With a key check that agrees with the key, it is damage; with one that does not, it is the wrong key; without
  one it is said to be the wrong key, with `detail["unsure"] = 1`.
- `NAME.openings`: how often it was opened and closed, where the schema asks for that: an earlier copy knows less.
- `NAME.new`, `NAME.rekeyed`: what was being made when the program ended; without meaning, swept away.
- `NAME-wal`: SQLite's write-ahead log, encrypted.

Threads: a vault belongs to one thread at a time, by intention to the one that opened it. A lock serialises calls from
several threads, and a transaction holds it until it ends, so nothing mixes; but whoever waits, waits.
"""

from __future__ import annotations

import contextlib
import functools
import threading
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Self

import apsw

from . import _copies
from ._database import (
    beside,
    check_header,
    check_key,
    check_kind,
    check_readable,
    connect,
    in_our_words,
    migrate,
    own,
    translated,
    write_key_check,
)
from ._files import exists, sync_folder
from ._log import LogKeeper
from ._openings import count_opening
from .errors import CacheError, VaultBusy, VaultExists, VaultMissing

if TYPE_CHECKING:
    from types import TracebackType

    from ._files import FileLock
    from .schema import Schema

Value = str | int | float | bytes | None


class Vault:
    """An open vault. Made by `create` and `open`; closed by `close` or as a context manager."""

    def __init__(self, path: Path, connection: apsw.Connection, lock: FileLock, vfs: str = "") -> None:
        self.path = path
        self._file_lock = lock
        self._vfs = vfs
        self._depth = 0
        self._closing: Callable[[apsw.Connection], None] | None = None
        self._use(connection)
        self.alone = threading.RLock()
        """Held by whoever reads, reckons and writes in several steps without a transaction."""
        self.edition = 0
        """Another number whenever what was remembered of the vault's content may be no longer so; see `edited`."""

    def _use(self, connection: apsw.Connection) -> None:
        self._connection = connection
        self._log = LogKeeper(beside(self.path, "-wal"))
        connection.set_wal_hook(self._log.hook)

    @classmethod
    def create(cls, path: Path, key: bytes, schema: Schema, *, vfs: str = "") -> Self:
        """Makes a new vault under `key` (32 bytes) and opens it.

        It is made beside its place and moved there whole, so a vault that exists is complete. `vfs` names a file system
        layer of SQLite other than the machine's own, for trying out what a disk may do.
        Raises VaultExists (also for a left-over journal of a lost vault), VaultBusy, DiskFull, DiskFailed.
        """
        check_key(key)
        with translated(path):
            path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        lock = own(path)
        try:
            for name in (path, beside(path, "-wal")):
                if exists(name):
                    raise VaultExists("vault.exists", path=str(name))
            with translated(path):
                draft = _copies.new_draft(path)
                connection = connect(draft, key)
                try:
                    migrate(connection, schema)
                finally:
                    connection.close()
                check_header(draft, path)
                beside(path, ".openings").unlink(missing_ok=True)
                write_key_check(path, key)
                draft.replace(path)
                sync_folder(path.parent)
        finally:
            lock.release()
        return cls.open(path, key, schema, vfs=vfs)

    @classmethod
    def open(cls, path: Path, key: bytes, schema: Schema, *, vfs: str = "") -> Self:
        """Opens the vault at `path` with `key` (32 bytes), and migrates it to `schema` if it is older.

        Raises VaultMissing, VaultBusy, VaultPlaintext, VaultCorrupt (`vault.older`: an earlier copy was put in its
        place), VaultWrongKey, VaultTooNew, DiskFull, DiskFailed. Whatever it raises, no vault was begun afresh, and the
        file is as it was or fully migrated.
        """
        check_key(key)
        if not exists(path):
            raise VaultMissing("vault.missing", path=str(path))
        lock = own(path)
        connection = None
        try:
            check_header(path, path)
            with translated(path):
                connection = connect(path, key, vfs)
                check_readable(connection, path, key)
                check_kind(connection, path, schema)
                migrate(connection, schema)
                _copies.sweep(path)
                if not exists(beside(path, ".keycheck")):
                    write_key_check(path, key)
            if schema.guarded:
                count_opening(path, key, connection)
        except BaseException:
            if connection is not None:
                connection.close()
            lock.release()
            raise
        vault = cls(path, connection, lock, vfs)
        if schema.guarded:
            vault._closing = functools.partial(count_opening, path, key)
        return vault

    def backup(self, path: Path, key: bytes, *, told: Callable[[int, int], None] | None = None) -> None:
        """Writes a copy of the vault as it stands to `path`, a file of its own under `key`; entries may go on.

        `told` hears of pages done and pages in all. The copy was read back and checked when this returns. Raises
        VaultExists if something is there, DiskFull, DiskFailed, VaultCorrupt (the vault is damaged: no copy was made).
        """
        _copies.backup(self._step, self.path, path, key, told)

    @classmethod
    def restore(cls, backup: Path, backup_key: bytes, path: Path, key: bytes, schema: Schema) -> None:
        """Makes a vault at `path` under `key` from a backup; it is opened with `open` like any other.

        Its journal may be older than what the single window knows: that is told to whoever delivers. Raises VaultExists
        if there is a vault (nothing is overwritten: move it away first), and for the backup what `open` raises.
        """
        _copies.restore(backup, backup_key, path, key, schema)

    def rekey(self, new_key: bytes) -> None:
        """Puts the whole vault under `new_key` (32 bytes).

        A copy under the new key is made, read back and checked beside the vault, then moved into its place in one step:
        whenever the program or the machine ends, the vault is whole, under the old key or the new one. So keep both
        until this returns, and after an end in between open with the one, then the other. Raises ValueError inside a
        transaction, DiskFull, DiskFailed, VaultCorrupt; then the vault is closed, or open under the old key.
        """
        check_key(new_key)
        with self.alone:
            if self._depth:
                raise ValueError("transaction")
            with translated(self.path):
                self._use(_copies.rekey(self._connection, self.path, new_key, self._vfs))
            if self._closing is not None:
                self._closing = functools.partial(count_opening, self.path, new_key)
            self.edited()

    def _step(self, work: Callable[[apsw.Connection], bool]) -> bool:
        """Does a piece of work on the connection while nobody else does."""
        with self.alone:
            if self._depth:
                raise ValueError("transaction")
            with translated(self.path):
                return work(self._connection)

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
                raise in_our_words(error, self.path) from None

    def edited(self) -> int:
        """Tells everybody who remembers something of the vault's content to look again; the new edition."""
        self.edition += 1
        return self.edition

    def integrity(self) -> list[str]:
        """SQLite's own check of every page and index: the problems it names, none if all is well."""
        with self.alone, translated(self.path):
            try:
                rows = self._connection.execute("PRAGMA integrity_check(20)").fetchall()
            except (apsw.CorruptError, apsw.NotADBError) as error:
                return [type(error).__name__]
        return [str(row[0]) for row in rows if row[0] != "ok"]

    def shrink_log(self) -> None:
        """Moves the write-ahead log into the file and empties it, so that what was erased is not left in it.

        Raises VaultBusy if somebody still reads from it, DiskFull, DiskFailed.
        """
        with self.alone, translated(self.path):
            busy, _, _ = self._connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()[0]
            self._log.emptied()
        if busy:
            raise VaultBusy("vault.busy", path=str(self.path))

    def settle_log(self) -> None:
        """Moves a write-ahead log that has grown long into the file; called every second or so, commits need not.

        What a commit has put on disk is there with it or without it.
        """
        with self.alone:
            self._log.settle(self._connection)

    def close(self) -> None:
        """Closes the file and lets go of it. May be called twice."""
        with self.alone:
            closing, self._closing = self._closing, None
            try:
                with contextlib.suppress(CacheError):
                    if closing is not None:
                        closing(self._connection)
                with translated(self.path):
                    self._connection.close()
            finally:
                self._file_lock.release()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()
