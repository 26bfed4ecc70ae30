"""Records that only who may read opens: kept in the same table, under names that tell nothing.

A record is sealed to its partition; kind, owner, `as_of` and expiry stand beside it in clear, bound to what is sealed,
so that age and retention need no key. Its key (which may hold a name or a number) is sealed with the body, and in its
place stands a keyed hash, `#` and 22 characters for what comes before the last `/` of the key, and 22 for the whole.

Nobody can make that hash while nobody reads. What is written then lies *unsorted*, under `?` and a number, and gets its
name when somebody reads: a kind is sorted before it is first looked at, or beforehand, in slices. What an earlier
version left in clear is sealed by `seal_plain`, and sorted likewise.
"""

from __future__ import annotations

import itertools
from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Final, NamedTuple, cast

from .entry import encode
from .errors import SealBroken
from .partitions import COMMON
from .records import Record, Records

if TYPE_CHECKING:
    from .partitions import Partitions
    from .vault import Vault

SLICE: Final = 400
"""So many records are sorted or sealed at a time: some 20 ms, and one commit."""
_TAG: Final = b"offline_cache sealed record 1"
_NAMED, _UNSORTED = "#", "?"
_KEPT, _DROPPED = b"\x01", b"\x00"
_LAST: Final = "\U0010ffff"
_NEVER_DUE: Final = "9999-12-31T00:00:00.000Z"


class _Inside(NamedTuple):
    """What is sealed: a key, and its body; None for a key that is to be dropped."""

    key: str
    body: bytes | None


class SealedRecords:
    """The cached documents of a vault behind its partitions; `Records` in what it does, for who may read.

    While nobody may, nothing is found; what is put is kept all the same, and what is deleted goes once somebody reads.
    """

    def __init__(
        self,
        vault: Vault,
        partitions: Partitions,
        *,
        clear: Collection[str] = (),
        dropped: Collection[str] = (),
        own: Collection[str] = (),
        may_read: Callable[[], bool] = lambda: True,
    ) -> None:
        """Kinds of `clear` are kept in clear; those of `dropped` are left by earlier versions, and go; see `begin`.

        `may_read` is asked before each look, and closes the partitions where it is over. The partitions exist.
        """
        self._vault, self._partitions = vault, partitions
        self._records = Records(vault)
        self._clear, self._dropped = frozenset(clear), frozenset(dropped)
        self._own_kinds = frozenset(own)
        self._may_read = may_read
        self._no_plain: set[str] = set()
        self._sorted: set[str] = set()
        self._sorted_to: dict[str, str] = {}
        self._present = False
        self._own: dict[tuple[str, str], Record] = {}
        last = vault.execute("SELECT coalesce(max(id), 0) FROM records")
        self._numbers = itertools.count(cast("int", last[0][0]) + 1)

    @property
    def readable(self) -> bool:
        """Whether somebody may read now."""
        return COMMON in self._partitions.opened and self._may_read()

    # -- who is there -----------------------------------------------------------------------------------------------

    def begin(self) -> None:
        """Somebody is there: until `end`, what is put of `own` kinds is found again even where nobody may read."""
        self._present = True

    def end(self) -> None:
        """Nobody is there any more: forget what was held in memory."""
        self._present = False
        self._own.clear()
        self._sorted.clear()
        self._sorted_to.clear()

    # -- documents --------------------------------------------------------------------------------------------------

    def put(
        self, kind: str, key: str, body: bytes, *, as_of: str, owner: str, partition: str, expires: str | None = None
    ) -> None:
        """Keep a document in the place of the earlier one; one of an unknown partition goes into the common one."""
        record = Record(kind, key, body, as_of, owner, partition, expires)
        if kind in self._clear:
            self._put(record)
        else:
            self._keep(record, _KEPT)

    def find(self, kind: str, key: str) -> Record | None:
        """The document; None also where it may not be read."""
        if kind in self._clear:
            return self._records.find(kind, key)
        if not self.readable:
            return self._own.get((kind, key))
        self._sort_all(kind)
        found = self._opened(self._records.find(kind, self._named(kind, key)))
        return found if found is not None and found.key == key else None

    def all(self, kind: str) -> Iterator[Record]:
        """The documents of a kind that may be read, in no order."""
        if kind in self._clear:
            yield from self._records.all(kind)
        elif not self.readable:
            yield from [record for (of, _), record in self._own.items() if of == kind]
        else:
            self._sort_all(kind)
            for held in self._records.all(kind):
                record = self._opened(held)
                if record is not None:
                    yield record

    def keys(self, kind: str, beginning: str, *, holding: Sequence[str] = (), limit: int) -> list[str]:
        """The keys of a kind that begin so; of what is sealed, `beginning` is "" or ends with its only `/`.

        Raises ValueError for another: what stands under a hash has no order.
        """
        if kind in self._clear:
            return self._records.keys(kind, beginning, holding=holding, limit=limit)
        folder = beginning.removesuffix("/")
        if beginning and not beginning.endswith("/"):
            raise ValueError("beginning")
        if not self.readable:
            found: Iterator[Record] = iter(self.all(kind))
        else:
            self._sort_all(kind)
            under = f"{_NAMED}{self._partitions.hashed(kind, folder)}" if beginning else _NAMED
            rows = self._records.keys(kind, under, limit=limit)
            found = (r for r in (self._opened(self._records.find(kind, row)) for row in rows) if r is not None)
        fits = (r.key for r in found if r.key.startswith(beginning) and all(one in r.key for one in holding))
        return sorted(itertools.islice(fits, limit))

    def delete(self, kind: str, key: str) -> None:
        """Drop a document; one that lies unsorted in a partition that is closed to who reads now is not reached."""
        if kind in self._clear:
            self._records.delete(kind, key)
        elif self.readable:
            self._sort_all(kind)
            self._own.pop((kind, key), None)
            self._records.delete(kind, self._named(kind, key))
        else:
            self._keep(Record(kind, key, b"", _NEVER_DUE, "", COMMON), _DROPPED)

    def drop_partition(self, partition: str) -> None:
        """Drop what was sealed to a partition: its private half is lost."""
        self._vault.execute(
            "DELETE FROM records WHERE partition = ? AND substr(key, 1, 1) IN (?, ?)", (partition, _NAMED, _UNSORTED)
        )

    # -- sealing ----------------------------------------------------------------------------------------------------

    def _sealed(self, record: Record, flag: bytes) -> Record:
        place = record.partition if record.partition in self._partitions.names else COMMON
        record, name = replace(record, partition=place), record.key.encode()
        inside = flag + len(name).to_bytes(2) + name + record.body
        return replace(record, body=self._partitions.sealer(place).seal(inside, _about(record)))

    def _keep(self, record: Record, flag: bytes) -> None:
        if self._present and record.kind in self._own_kinds:
            self._own.pop((record.kind, record.key), None)
            if flag == _KEPT and not self.readable:
                self._own[record.kind, record.key] = record
        sealed = self._sealed(record, flag)
        # what lies unsorted is older, and would come to stand in its place: so it waits behind that
        if self.readable and record.kind in self._sorted:
            self._put(replace(sealed, key=self._named(record.kind, record.key)))
            return
        self._put(replace(sealed, key=f"{_UNSORTED}{next(self._numbers):016x}"))

    def _put(self, record: Record) -> None:
        self._records.put(
            record.kind,
            record.key,
            record.body,
            as_of=record.as_of,
            owner=record.owner,
            partition=record.partition,
            expires=record.expires,
        )

    def _named(self, kind: str, key: str) -> str:
        folder, parted, _ = key.rpartition("/")
        under = self._partitions.hashed(kind, folder) if parted else ""
        return f"{_NAMED}{under}/{self._partitions.hashed(kind, key, '')}"

    def _inside(self, held: Record) -> _Inside | None:
        """What is sealed in a row; None where it may not be read, or is not as it was."""
        opener = self._partitions.opener(held.partition)
        if opener is None:
            return None
        try:
            inside = opener.open(held.body, _about(held))
            end = 3 + int.from_bytes(inside[1:3])
            key = inside[3:end].decode()
        except (SealBroken, UnicodeDecodeError):
            return None
        return _Inside(key, inside[end:] if inside[:1] == _KEPT else None)

    def _opened(self, held: Record | None) -> Record | None:
        inside = self._inside(held) if held is not None else None
        if held is None or inside is None or inside.body is None:
            return None
        return replace(held, key=inside.key, body=inside.body)

    # -- sorting ----------------------------------------------------------------------------------------------------

    def sort(self, kind: str) -> bool:
        """Give a slice of what lies unsorted its name; whether there may be more. Only while somebody may read."""
        if kind in self._sorted:
            return False
        if self._seal_plain(kind):
            return True
        rows = self._vault.execute(
            "SELECT id, kind, key, body, as_of, owner, partition, expires FROM records"
            " WHERE kind = ? AND key > ? AND key < ? ORDER BY key LIMIT ?",
            (kind, self._sorted_to.get(kind, _UNSORTED), f"{_UNSORTED}{_LAST}", SLICE),
        )
        with self._vault.transaction():
            for number, *columns in rows:
                held = Record(*cast("tuple[str, str, bytes, str, str, str, str | None]", tuple(columns)))
                self._sort(cast("int", number), held)
                self._sorted_to[kind] = held.key
        if len(rows) < SLICE:
            self._sorted.add(kind)
        return len(rows) == SLICE

    def _sort_all(self, kind: str) -> None:
        if kind not in self._sorted:
            with self._vault.transaction():
                while self.sort(kind):
                    pass

    def _sort(self, number: int, held: Record) -> None:
        inside = self._inside(held)
        if inside is None:
            return  # of a partition that is closed: who reads it sorts it
        execute, kind, name = self._vault.execute, held.kind, self._named(held.kind, inside.key)
        named = "UPDATE OR IGNORE records SET key = ? WHERE id = ? RETURNING id"
        if inside.body is None:
            execute("DELETE FROM records WHERE kind = ? AND key = ?", (kind, name))
        elif execute(named, (name, number)):
            return
        elif execute(
            "DELETE FROM records WHERE kind = ? AND key = ? AND as_of <= ? RETURNING id", (kind, name, held.as_of)
        ):
            execute(named, (name, number))
            return
        execute("DELETE FROM records WHERE id = ?", (number,))

    # -- earlier versions -------------------------------------------------------------------------------------------

    def seal_plain(self) -> bool:
        """Seal a slice of what an earlier version left in clear; whether there may be more. Needs nobody who reads."""
        kinds = [cast("str", row[0]) for row in self._vault.execute("SELECT DISTINCT kind FROM records")]
        return any(self._seal_plain(kind) for kind in kinds if kind not in self._clear)

    def _seal_plain(self, kind: str) -> bool:
        if kind in self._no_plain:
            return False
        rows = self._vault.execute(
            "SELECT key FROM records WHERE kind = ? AND substr(key, 1, 1) NOT IN (?, ?) LIMIT ?",
            (kind, _NAMED, _UNSORTED, SLICE),
        )
        with self._vault.transaction():
            for (row,) in cast("list[tuple[str]]", rows):
                held = self._records.find(kind, row)
                if held is not None and kind not in self._dropped:
                    # before all that was written since: that has digits
                    first = f"{_UNSORTED}!{next(self._numbers):016x}"
                    self._put(replace(self._sealed(held, _KEPT), key=first))
                self._records.delete(kind, row)
        if not rows:
            self._no_plain.add(kind)
        return bool(rows)


def _about(record: Record) -> bytes:
    """What stands in clear beside what is sealed."""
    parts = (record.partition, record.kind, record.as_of, record.owner, record.expires or "")
    return encode(_TAG, [part.encode() for part in parts])
