"""Cached documents and settings: what a counter knows of the outside, and how old that is."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final, cast

if TYPE_CHECKING:
    from .vault import Value, Vault

_PAGE: Final = 200
_SLICE: Final = 500
"""Records that one statement looks through: whoever else wants the vault waits for some milliseconds."""
_LAST: Final = "\U0010ffff"


@dataclass(frozen=True, slots=True)
class Record:
    """A cached document.

    `kind` and `key` name it, `body` is the bytes of it, `as_of` tells when its owner said so. `owner` is who answers
    for it and `partition` whose keys may read it. `expires` is when it stops counting, None for never. Times are ISO
    8601 UTC and stand here as they were given; nothing is dropped or hidden because of them.
    """

    kind: str
    key: str
    body: bytes = field(repr=False)
    as_of: str
    owner: str
    partition: str
    expires: str | None = None


@dataclass(frozen=True, slots=True)
class Held:
    """A line of the census: `count` documents of `bytes` bytes of one kind, owner and partition.

    `oldest` and `newest` are the least and greatest `as_of`, `last_expires` the greatest `expires`, if any has one.
    """

    kind: str
    owner: str
    partition: str
    count: int
    bytes: int
    oldest: str
    newest: str
    last_expires: str | None


class Records:
    """The cached documents of a vault: one per kind and key, the last one put."""

    def __init__(self, vault: Vault) -> None:
        self._vault = vault

    def put(
        self, kind: str, key: str, body: bytes, *, as_of: str, owner: str, partition: str, expires: str | None = None
    ) -> None:
        """Stores a document, in place of the one of the same kind and key."""
        self._vault.execute(
            "INSERT INTO records (kind, key, body, as_of, owner, partition, expires) VALUES (?, ?, ?, ?, ?, ?, ?)"
            " ON CONFLICT (kind, key) DO UPDATE SET body = excluded.body, as_of = excluded.as_of,"
            " owner = excluded.owner, partition = excluded.partition, expires = excluded.expires",
            (kind, key, body, as_of, owner, partition, expires),
        )

    def find(self, kind: str, key: str) -> Record | None:
        """The document of this kind and key, expired or not."""
        rows = self._vault.execute(
            "SELECT kind, key, body, as_of, owner, partition, expires FROM records WHERE kind = ? AND key = ?",
            (kind, key),
        )
        return _record(rows[0]) if rows else None

    def all(self, kind: str) -> Iterator[Record]:
        """The documents of a kind by key, read page by page: what is put or deleted meanwhile may or may not show."""
        after: str | None = None
        while True:
            rows = self._vault.execute(
                "SELECT kind, key, body, as_of, owner, partition, expires FROM records"
                " WHERE kind = ?1 AND (?2 IS NULL OR key > ?2) ORDER BY key LIMIT ?3",
                (kind, after, _PAGE),
            )
            for row in rows:
                record = _record(row)
                after = record.key
                yield record
            if len(rows) < _PAGE:
                return

    def keys(self, kind: str, beginning: str, *, holding: Sequence[str] = (), limit: int) -> list[str]:
        """The keys of a kind that begin so and have all of `holding` in them, in order of their code points."""
        held = " AND instr(key, ?) > 0" * len(holding)
        rows = self._vault.execute(
            f"SELECT key FROM records WHERE kind = ? AND key >= ? AND key < ?{held} ORDER BY key LIMIT ?",  # noqa: S608 - so many placeholders
            (kind, beginning, f"{beginning}{_LAST}", *holding, limit),
        )
        return [cast("str", row[0]) for row in rows]

    def delete(self, kind: str, key: str) -> None:
        """Removes a document; one that is not there is no error."""
        self._vault.execute("DELETE FROM records WHERE kind = ? AND key = ?", (kind, key))

    def count(self) -> int:
        """How many documents are held, of all kinds."""
        return cast("int", self._vault.execute("SELECT count(*) FROM records")[0][0])

    def census(self) -> list[Held]:
        """What is held, by kind and owner: how many, how much, from when, until when.

        It answers why there is so much: a kind says what for, an owner on whose word.
        """
        rows = self._vault.execute(
            "SELECT kind, owner, partition, count(*), sum(length(body)), min(as_of), max(as_of), max(expires)"
            " FROM records GROUP BY kind, owner, partition ORDER BY kind, owner, partition"
        )
        return [Held(*cast("tuple[str, str, str, int, int, str, str, str | None]", row)) for row in rows]

    def sweep(self, now: str, rest: Callable[[], None] = lambda: None) -> int:
        """Deletes what has run out at `now` (ISO 8601 UTC), overwritten in the file. Returns how many.

        It goes through the records in slices, and calls `rest` after each: others have their turn at the vault then.
        """
        return self.delete_where("unixepoch(expires, 'subsec') <= unixepoch(?, 'subsec')", (now,), rest)

    def delete_where(self, condition: str, params: Sequence[Value], rest: Callable[[], None]) -> int:
        """Deletes those that meet a condition of SQL, slice by slice, with a `rest` after each. Returns how many.

        By the row's number alone: an index of kinds would have each slice look through all of a kind.
        """
        newest = cast("int | None", self._vault.execute("SELECT max(id) FROM records")[0][0]) or 0
        gone = 0
        for after in range(0, newest, _SLICE):
            gone += len(
                self._vault.execute(
                    f"DELETE FROM records NOT INDEXED WHERE id > ? AND id <= ? AND ({condition}) RETURNING 1",  # noqa: S608 - ours
                    (after, after + _SLICE, *params),
                )
            )
            rest()
        return gone


class Settings:
    """Small named values of a vault."""

    def __init__(self, vault: Vault) -> None:
        self._vault = vault

    def find(self, name: str) -> bytes | None:
        """The value, or None if it was never set."""
        rows = self._vault.execute("SELECT value FROM settings WHERE name = ?", (name,))
        return cast("bytes", rows[0][0]) if rows else None

    def set(self, name: str, value: bytes) -> None:
        """Sets the value, durably."""
        self._vault.execute(
            "INSERT INTO settings (name, value) VALUES (?, ?) ON CONFLICT (name) DO UPDATE SET value = excluded.value",
            (name, value),
        )


def _record(row: tuple[Value, ...]) -> Record:
    return Record(*cast("tuple[str, str, bytes, str, str, str, str | None]", row))
