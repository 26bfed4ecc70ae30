"""Writing segments of an index: records stream in, parts go to the vault in pieces, and the segment counts at the end.

A segment is written in one transaction, so an interrupted one leaves nothing.
"""

from __future__ import annotations

import sys
import zlib
from array import array
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Final, cast

from .index import LEAVES_TOGETHER, MOST, digest

if TYPE_CHECKING:
    from .vault import Vault

_CHUNK: Final = 1 << 20


class _Part:
    """Bytes that are written to the vault a piece at a time."""

    def __init__(self, vault: Vault, segment: int, name: str) -> None:
        self._vault, self._segment, self._name = vault, segment, name
        self._waiting = bytearray()
        self._chunks = 0

    def write(self, data: bytes) -> None:
        self._waiting += data
        if len(self._waiting) >= _CHUNK:
            self.flush()

    def flush(self) -> None:
        if self._waiting:
            self.put(bytes(self._waiting))
            self._waiting.clear()

    def put(self, data: bytes) -> None:
        """One chunk as it is."""
        self._vault.execute(
            "INSERT INTO parts (segment, part, chunk, data) VALUES (?, ?, ?, ?)",
            (self._segment, self._name, self._chunks, data),
        )
        self._chunks += 1


class SpaceBuilder:
    """The keys of a space as they come."""

    def __init__(self, *, spelled: bool) -> None:
        """`spelled`: the keys themselves are kept too, in clear inside the vault; they hold no NUL."""
        self._numbers: dict[bytes, int] = {}
        self._under: list[array[int]] = []
        self._spelled = spelled

    def number(self, key: bytes) -> int:
        """The number of a key, a new one where it is new."""
        found = self._numbers.get(key)
        if found is None:
            if self._spelled and b"\0" in key:
                raise ValueError("key")
            found = self._numbers[key] = len(self._under)
            self._under.append(array("I"))
        return found

    def post(self, number: int, what: int) -> None:
        """Puts a number under a key; numbers under one key come in rising order, and the same twice counts once."""
        under = self._under[number]
        if not under or under[-1] != what:
            under.append(what)

    def write(self, vault: Vault, segment: int, name: str) -> None:
        """Writes the space's parts."""
        digests, starts = _Part(vault, segment, f"{name}-digests"), _Part(vault, segment, f"{name}-starts")
        flat, keys = _Part(vault, segment, f"{name}-flat"), _Part(vault, segment, f"{name}-keys")
        at = 0
        for key, number in self._numbers.items():
            digests.write(digest(key).to_bytes(8, "little"))
            starts.write(at.to_bytes(4, "little"))
            flat.write(_little(self._under[number]))
            at += len(self._under[number])
            if self._spelled:
                keys.write(key + b"\0")
        starts.write(at.to_bytes(4, "little"))
        for part in (digests, starts, flat, keys):
            part.flush()


class SegmentBuilder:
    """One new segment. It is built inside a `transaction` of its vault: there is all of it afterwards, or nothing."""

    def __init__(
        self, vault: Vault, *, costs: Iterable[str] = (), spaces: Iterable[str] = (), spelled: Iterable[str] = ()
    ) -> None:
        """Names of costs and of spaces of keys; the keys of those in `spelled` can be read out again."""
        if not vault.in_transaction:
            raise ValueError("transaction")
        self._vault = vault
        rows = vault.execute("SELECT coalesce(max(segment), 0) + 1 FROM segments")
        self.segment = cast("int", rows[0][0])
        kept = set(spelled)
        self._spaces = {name: SpaceBuilder(spelled=name in kept) for name in (*spaces, *kept)}
        self._costs = {name: bytearray() for name in costs}
        self._tags = _Part(vault, self.segment, "tags")
        self._tag_starts = array("I", [0])
        self._leaf_of = array("I")
        self._waiting: list[bytes] = []
        self._blocks = _Part(vault, self.segment, "leaves")
        self._leaves = 0

    def space(self, name: str) -> SpaceBuilder:
        """One of the spaces."""
        return self._spaces[name]

    def leaf(self, body: bytes) -> int:
        """Keeps a body that holds no NUL; its number."""
        if b"\0" in body:
            raise ValueError("leaf")
        self._waiting.append(body)
        self._leaves += 1
        if len(self._waiting) == LEAVES_TOGETHER:
            self._put_leaves()
        return self._leaves - 1

    def _put_leaves(self) -> None:
        self._blocks.put(zlib.compress(b"\0".join(self._waiting), 1))
        self._waiting.clear()

    def record(self, costs: Sequence[int], tag: bytes, leaf: int) -> int:
        """A new record, its costs in the order of their names; its number. A cost above 255 counts as 255."""
        for held, cost in zip(self._costs.values(), costs, strict=True):
            held.append(min(cost, MOST))
        self._tags.write(tag)
        self._tag_starts.append(self._tag_starts[-1] + len(tag))
        self._leaf_of.append(leaf)
        return len(self._leaf_of) - 1

    def finish(self, meta: bytes) -> None:
        """Writes what is left; `meta` is for who reads the index."""
        if self._waiting:
            self._put_leaves()
        self._tags.flush()
        parts = {"tag-starts": _little(self._tag_starts), "leaf-of": _little(self._leaf_of)}
        parts |= {f"{name}-costs": bytes(held) for name, held in self._costs.items()}
        for name, body in parts.items():
            part = _Part(self._vault, self.segment, name)
            for start in range(0, len(body), _CHUNK):
                part.put(body[start : start + _CHUNK])
        for name, space in self._spaces.items():
            space.write(self._vault, self.segment, name)
        self._vault.execute("INSERT INTO segments (segment, meta) VALUES (?, ?)", (self.segment, meta))


def bury(vault: Vault, segment: int, records: Iterable[int]) -> None:
    """Takes records back, for good; an index that is open already has to be told as well."""
    for record in records:
        vault.execute("INSERT OR IGNORE INTO buried (segment, record) VALUES (?, ?)", (segment, record))


def _little(numbers: array[int]) -> bytes:
    if sys.byteorder == "big":
        numbers = numbers[:]
        numbers.byteswap()
    return numbers.tobytes()
