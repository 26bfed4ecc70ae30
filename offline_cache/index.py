"""An index of millions of records by keys that are only partly alike: what is found is what enough keys lead to.

A record has *costs* (0-255 each: what it asks for before it counts as found), a *tag* (a few bytes, at hand for every
record) and a *leaf* (a fuller body, read when it is asked for; records may share one). Keys are bytes in named spaces;
under each key stand numbers: of records, or of keys of another space. A question is a list of groups, one for each
thing sought: the keys that would do for it, each with a weight. A record's total is the sum over the groups of the
best weight among its keys there, at least the group's base; it is found where rules hold between totals and costs.

An index lives in an encrypted vault file of its own, as *segments* that are never changed: a first one, and one for
each later addition; a record that was taken back is buried. Postings, costs and tags are held in memory; keys are
known there by 64 bits of BLAKE2b, so that of a million foreign keys fewer than one in ten million passes for another.
`index_building` writes segments.
"""

from __future__ import annotations

import hashlib
import threading
import zlib
from collections.abc import Iterable, Iterator, Sequence
from io import BytesIO
from typing import TYPE_CHECKING, Final, NamedTuple, cast

import numpy as np

from .errors import CacheError
from .schema import Schema

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from .vault import Vault

    Numbers = NDArray[np.uint32]

MOST: Final = 255
"""The greatest cost, and the greatest total of a question."""

_FEW: Final = 32
"""One record of so many is few: they are asked one by one."""
_NOBODY: Final = np.empty(0, dtype=np.int64)
_MANY: Final = 1024
"""A key with more numbers under it is worth a step of its own."""

LEAVES_TOGETHER: Final = 32
"""So many leaves are kept as one: they compress, and one is read in some tens of microseconds."""

INDEX_SCHEMA: Final = Schema(
    0x43495831,  # "CIX1" in ASCII
    (
        """
        CREATE TABLE segments (segment INTEGER PRIMARY KEY, meta BLOB NOT NULL) STRICT;
        CREATE TABLE parts (
            segment INTEGER NOT NULL, part TEXT NOT NULL, chunk INTEGER NOT NULL, data BLOB NOT NULL,
            PRIMARY KEY (segment, part, chunk)
        ) STRICT;
        CREATE TABLE buried (segment INTEGER NOT NULL, record INTEGER NOT NULL, PRIMARY KEY (segment, record))
            STRICT, WITHOUT ROWID;
        """,
    ),
)


class Group(NamedTuple):
    """One thing sought: what any record has of it anyway, and the keys, by number, that bring more."""

    base: int
    keys: Sequence[int]
    weights: Sequence[int]


class Rule(NamedTuple):
    """A record's total is at least `floor` plus its cost of this name ("" for none).

    `sure`: without what the groups give to any record.
    """

    cost: str
    floor: int
    sure: bool = False


def digest(key: bytes) -> int:
    """What a key is known by."""
    return int.from_bytes(hashlib.blake2b(key, digest_size=8).digest(), "little")


class Space:
    """The keys of one space, numbered from 0 as they came, and what stands under each."""

    def __init__(self, digests: NDArray[np.uint64], starts: Numbers, flat: Numbers) -> None:
        """`flat[starts[n] : starts[n + 1]]` stands under key n."""
        self._order = np.argsort(digests).astype(np.uint32)
        self._sorted = digests[self._order]
        self._starts = starts
        self._flat = flat

    def __len__(self) -> int:
        return len(self._sorted)

    def find(self, key: bytes) -> int | None:
        """The number of a key, or None."""
        wanted = np.uint64(digest(key))
        at = int(np.searchsorted(self._sorted, wanted))
        return int(self._order[at]) if at < len(self._sorted) and self._sorted[at] == wanted else None

    def under(self, number: int) -> Numbers:
        """The numbers that stand under a key."""
        return self._flat[self._starts[number] : self._starts[number + 1]]

    def spread(self, best: NDArray[np.uint8], keys: Sequence[int], weights: Sequence[int]) -> None:
        """Sets `best`, all 0 so far, to the greatest weight of the keys, by number, that stand for a record."""
        numbers, values = np.asarray(keys, dtype=np.int64), np.asarray(weights, dtype=np.uint8)
        rising = np.argsort(values, kind="stable")
        numbers, values = numbers[rising], values[rising]
        starts = self._starts[numbers].astype(np.int64)
        counts = self._starts[numbers + 1].astype(np.int64) - starts
        many = counts > _MANY
        for start, count, value in zip(starts[many].tolist(), counts[many].tolist(), values[many], strict=True):
            best[self._flat[start : start + count]] = value  # rising: the last is the greatest
        starts, counts, values = starts[~many], counts[~many], values[~many]
        if not len(starts):
            return
        # all short runs at once; where a record comes twice the later, greater weight stays
        within = np.arange(counts.sum()) - np.repeat(np.cumsum(counts) - counts, counts)
        under = self._flat[np.repeat(starts, counts) + within]
        best[under] = np.maximum(best[under], np.repeat(values, counts))

    def reach(self, key: bytes) -> list[int]:
        """The numbers that stand under a key; none where it is not known."""
        number = self.find(key)
        return [] if number is None else cast("list[int]", self.under(number).tolist())


class Segment:
    """One segment, in memory but for its leaves."""

    def __init__(self, vault: Vault, number: int, meta: bytes) -> None:
        """Reads it. Raises CacheError `index.damaged` where its parts do not fit each other."""
        self.number = number
        self.meta = meta
        self._vault = vault
        self._costs: dict[str, NDArray[np.uint8]] = {}
        self._least: dict[str, int] = {}
        self._tags = self._read("tags")
        self._tag_starts = self._read_numbers("tag-starts")
        self._leaf_of = self._read_numbers("leaf-of")
        if len(self._tag_starts) != len(self._leaf_of) + 1 or int(self._tag_starts[-1]) != len(self._tags):
            raise CacheError("index.damaged", path=str(vault.path))
        self._alive: NDArray[np.bool_] | None = None
        # fresh memory for every question costs more than the sums in it
        self._scratch: list[NDArray[np.uint8]] = []
        self._rest = np.empty(len(self), dtype=np.uint8)
        self._flags = np.empty(len(self), dtype=np.bool_)
        self._scratch_lock = threading.Lock()
        self._spaces: dict[str, Space] = {}

    def _read(self, part: str) -> bytes:
        read, chunk = BytesIO(), 0
        while rows := self._vault.execute(
            "SELECT data FROM parts WHERE segment = ? AND part = ? AND chunk = ?", (self.number, part, chunk)
        ):
            read.write(cast("bytes", rows[0][0]))
            chunk += 1
        return read.getvalue()

    def _read_numbers(self, part: str) -> Numbers:
        return np.frombuffer(self._read(part), dtype="<u4")

    def __len__(self) -> int:
        return len(self._leaf_of)

    def space(self, name: str) -> Space:
        """A space of keys; an empty one where the segment has none of this name."""
        found = self._spaces.get(name)
        if found is None:
            digests = np.frombuffer(self._read(f"{name}-digests"), dtype="<u8")
            starts = self._read_numbers(f"{name}-starts")
            flat = self._read_numbers(f"{name}-flat")
            if len(starts) != len(digests) + 1 or int(starts[-1]) != len(flat):
                raise CacheError("index.damaged", path=str(self._vault.path))
            found = self._spaces[name] = Space(digests, starts, flat)
        return found

    def spelled(self, name: str) -> list[bytes]:
        """The keys of a space that was built to be spelled out, by number."""
        joined = self._read(f"{name}-keys")
        return joined.split(b"\0")[:-1]

    def bury(self, records: Iterable[int]) -> None:
        """Records that are not found any more."""
        if self._alive is None:
            self._alive = np.ones(len(self), dtype=np.bool_)
        self._alive[list(records)] = False

    def cost(self, name: str) -> NDArray[np.uint8]:
        """The costs of this name, a record each. Raises CacheError `index.damaged` where there are not as many."""
        found = self._costs.get(name)
        if found is None:
            found = self._costs[name] = np.frombuffer(self._read(f"{name}-costs"), dtype=np.uint8)
            if len(found) != len(self):
                raise CacheError("index.damaged", path=str(self._vault.path))
        return found

    def tally(
        self,
        space: str,
        groups: Sequence[tuple[int, Sequence[int], Sequence[int]]],
        ways: Sequence[Sequence[tuple[str, int, bool]]],
        most: int,
    ) -> tuple[list[int], int]:
        """The records for which all rules of one of the ways hold, and how many; see Group and Rule.

        Of more than `most` those are given whose sure totals are the furthest above their cost by the first rule, of
        those as far as each other the first. Raises ValueError where a total could pass 255: give smaller weights or
        fewer groups.
        """
        if sum(max(base, int(np.max(weights, initial=0))) for base, _, weights in groups) > MOST:
            raise ValueError("total")
        with self._scratch_lock:
            sure, each = self._totals(self.space(space), groups)
            bases = [base for base, _, _ in groups]
            held = [self._held(sure, each, bases, way) for way in ways]
            records = held[0] if len(held) == 1 else np.unique(np.concatenate([*held, _NOBODY]))
            if self._alive is not None:
                records = records[self._alive[records]]
            if len(records) > most:
                return self._furthest(records, sure, ways[0][0][0], most), len(records)
            return records.tolist(), len(records)

    def _furthest(self, records: NDArray[np.int64], sure: NDArray[np.uint8], cost: str, most: int) -> list[int]:
        margins = sure[records].astype(np.int16) - (self.cost(cost)[records] if cost else 0)
        least = np.partition(margins, len(records) - most)[len(records) - most]
        above, level = records[margins > least], records[margins == least]
        kept = np.sort(np.concatenate([above, level[: most - len(above)]]))
        return cast("list[int]", kept.tolist())

    def _totals(
        self, keys: Space, groups: Sequence[tuple[int, Sequence[int], Sequence[int]]]
    ) -> tuple[NDArray[np.uint8], list[NDArray[np.uint8]]]:
        """What their keys bring all records, in all and for each group."""
        while len(self._scratch) < len(groups) + 1:
            self._scratch.append(np.empty(len(self), dtype=np.uint8))
        sure, *each = self._scratch[: len(groups) + 1]
        sure.fill(0)
        for best, (_, numbers, weights) in zip(each, groups, strict=True):
            best.fill(0)
            keys.spread(best, numbers, weights)
            sure += best
        return sure, each

    def _held(
        self,
        sure: NDArray[np.uint8],
        each: Sequence[NDArray[np.uint8]],
        bases: Sequence[int],
        way: Sequence[tuple[str, int, bool]],
    ) -> NDArray[np.int64]:
        """The records for which all rules of a way hold; what is sure is asked first, for it leaves few."""
        left = self._surely(sure, [(cost, floor) for cost, floor, surely in way if surely])
        rest = [(cost, floor) for cost, floor, surely in way if not surely]
        if rest:
            possible = np.zeros(len(left), dtype=np.int16)
            for best, base in zip(each, bases, strict=True):
                possible += np.maximum(best[left], base)
            for cost, floor in rest:
                kept = possible >= self._asked(cost, floor, left)
                left, possible = left[kept], possible[kept]
        return left

    def _asked(self, cost: str, floor: int, records: NDArray[np.int64]) -> NDArray[np.int16]:
        """What a rule asks of each of these records."""
        if not cost:
            return np.full(len(records), floor, dtype=np.int16)
        return cast("NDArray[np.int16]", self.cost(cost)[records].astype(np.int16) + np.int16(floor))

    def _surely(self, sure: NDArray[np.uint8], rules: Sequence[tuple[str, int]]) -> NDArray[np.int64]:
        """The records for which these rules hold by what is sure: no record costs less than the least of all.

        That alone leaves few; where it does not, all are asked at once, which is quicker than one by one.
        """
        if len(rules) == 1 and rules[0][0] and not rules[0][1]:  # bytes against bytes: nothing is quicker
            return np.flatnonzero(np.greater_equal(sure, self.cost(rules[0][0]), out=self._flags))
        least = max((floor + self._least_cost(cost) for cost, floor in rules), default=0)
        enough = np.greater_equal(sure, min(max(least, 0), MOST + 1), out=self._flags)
        if np.count_nonzero(enough) * _FEW > len(self):
            held = np.ones(len(self), dtype=np.bool_)
            for cost, floor in rules:
                self._reach(sure, cost, floor, held)
            return np.flatnonzero(held)
        left = np.flatnonzero(enough)
        for cost, floor in rules:
            left = left[sure[left].astype(np.int16) >= self._asked(cost, floor, left)]
        return left

    def _least_cost(self, cost: str) -> int:
        """The least that any record asks by this cost."""
        if cost not in self._least:
            self._least[cost] = int(self.cost(cost).min(initial=MOST)) if cost else 0
        return self._least[cost]

    def _reach(self, total: NDArray[np.uint8], cost: str, floor: int, held: NDArray[np.bool_]) -> None:
        """Leaves in `held` the records whose total is at least their cost plus `floor`.

        In bytes, and in memory that is at hand: sums over millions would take several times as long in wider or fresh.
        """
        np.logical_and(held, np.greater_equal(total, min(max(floor, 0), MOST + 1), out=self._flags), out=held)
        if not cost:
            return
        if floor >= 0:
            np.subtract(total, np.uint8(min(floor, MOST)), out=self._rest)  # wraps only where it is not enough anyway
        else:
            lift = min(-floor, MOST)
            np.minimum(total, np.uint8(MOST - lift), out=self._rest)
            np.add(self._rest, np.uint8(lift), out=self._rest)
        np.logical_and(held, np.greater_equal(self._rest, self.cost(cost), out=self._flags), out=held)

    def tags(self, records: Sequence[int]) -> list[bytes]:
        """The tags of these records."""
        numbers = np.asarray(records, dtype=np.int64)
        starts, ends = self._tag_starts[numbers].tolist(), self._tag_starts[numbers + 1].tolist()
        tags = self._tags
        return [tags[start:end] for start, end in zip(starts, ends, strict=True)]

    def is_alive(self, record: int) -> bool:
        """Whether a record was not buried."""
        return self._alive is None or bool(self._alive[record])

    def leaf_numbers(self, records: Sequence[int]) -> list[int]:
        """Which leaf each of these records has."""
        return cast("list[int]", self._leaf_of[np.asarray(records, dtype=np.int64)].tolist())

    def leaf(self, number: int) -> bytes:
        """The body of a leaf. Raises CacheError `index.damaged` where it is not there or does not unpack."""
        block, at = divmod(number, LEAVES_TOGETHER)
        rows = self._vault.execute(
            "SELECT data FROM parts WHERE segment = ? AND part = 'leaves' AND chunk = ?", (self.number, block)
        )
        try:
            return zlib.decompress(cast("bytes", rows[0][0])).split(b"\0")[at]
        except (IndexError, zlib.error):
            raise CacheError("index.damaged", path=str(self._vault.path)) from None

    def leaves(self) -> Iterator[tuple[int, bytes]]:
        """Every leaf with its number, in order, whether or not its records were buried: some 2 s for a million."""
        block = 0
        while rows := self._vault.execute(
            "SELECT data FROM parts WHERE segment = ? AND part = 'leaves' AND chunk = ?", (self.number, block)
        ):
            try:
                bodies = zlib.decompress(cast("bytes", rows[0][0])).split(b"\0")
            except zlib.error:
                raise CacheError("index.damaged", path=str(self._vault.path)) from None
            yield from enumerate(bodies, start=block * LEAVES_TOGETHER)
            block += 1


class Index:
    """All segments of an index, opened over its vault."""

    def __init__(self, vault: Vault) -> None:
        """`vault` has INDEX_SCHEMA. Reads what is held in memory; blocking, some 0.1 s for a million records."""
        self._vault = vault
        rows = vault.execute("SELECT segment, meta FROM segments ORDER BY segment")
        self.segments = [Segment(vault, cast("int", number), cast("bytes", meta)) for number, meta in rows]
        for segment in self.segments:
            gone = vault.execute("SELECT record FROM buried WHERE segment = ?", (segment.number,))
            if gone:
                segment.bury(cast("int", row[0]) for row in gone)

    def __len__(self) -> int:
        return sum(map(len, self.segments))

    def close(self) -> None:
        """Lets go of the memory and the file."""
        self.segments = []
        self._vault.close()
