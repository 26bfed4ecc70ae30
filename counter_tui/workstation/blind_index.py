"""A blind list as an index: features lead to tokens and records, and no word of an entry stands in it.

A record is one name of one entry; its tag has what scoring needs, its leaf the pointer, the handling code and the
sealed entry. Spaces of keys: `token` (features of tokens as written, in hex, spelled out), `spelling` (features of
common spellings, and of consonants; numbers of tokens stand under them), `weight` (numbers of tokens by weight, where
that is not 1), `birth`, `reads` and `number` (features of dates, and of document numbers as they read and as printed).
"""

from __future__ import annotations

import json
import math
import struct
from collections.abc import Iterable
from typing import TYPE_CHECKING, Final, NamedTuple

from ..domain.screening.blind import FEATURE, WEIGHT_UNIT, BlindListed, BlindToken
from .list_index import NEVER, UNIT, WITHIN

if TYPE_CHECKING:
    from collections.abc import Callable

    from .list_ports import IndexBuilder, IndexSegment

COSTS: Final = ("weights",)
SPACES: Final = ("spelling", "weight", "birth", "reads", "number")
SPELLED: Final = ("token",)

_HEAD: Final = struct.Struct("<xxB")
"""Weak or not, then how many tokens, in the places that `list_index` has for them."""


class BlindTag(NamedTuple):
    """What stands with a name: whether the list calls it weak, and features of births and nationalities."""

    weak: bool
    births: tuple[bytes, ...]
    nationalities: tuple[bytes, ...]


class BlindLeaf(NamedTuple):
    """What a hit tells."""

    ref: str
    version: str
    handling: str
    owner: str
    epoch: int
    ciphertext: str


def write_blind(builder: IndexBuilder, entries: Iterable[BlindListed], progress: Callable[[int], None]) -> int:
    """Puts entries into a new segment; `progress` hears now and then how many. Returns how many it put."""
    writer = _Writer(builder)
    count = 0
    for entry in entries:
        writer.write(entry)
        count += 1
        if not count % 1000:
            progress(count)
    progress(count)
    return count


class _Writer:
    def __init__(self, builder: IndexBuilder) -> None:
        self._builder = builder
        self._spaces = {name: builder.space(name) for name in (*SPACES, *SPELLED)}
        self._tokens = 0

    def write(self, entry: BlindListed) -> None:
        sealed = entry.sealed
        leaf = self._builder.leaf(
            json.dumps(
                BlindLeaf(entry.ref, entry.version, entry.handling, sealed.owner, sealed.epoch, sealed.ciphertext),
                separators=(",", ":"),
            ).encode()
        )
        tail = bytes((len(entry.births),)) + b"".join(entry.births) + b"".join(entry.nationalities)
        for at, name in enumerate(entry.names or ((),)):
            tokens = [self._token(token) for token in name]
            head = struct.pack("<BBB", at in entry.weak, 0, len(tokens))
            units = sum(UNIT * token.weight / WEIGHT_UNIT for token in name)
            cost = NEVER if len(name) < 2 else math.ceil(WITHIN * units)
            record = self._builder.record((cost,), head + struct.pack(f"<{len(tokens)}I", *tokens) + tail, leaf)
            for number in tokens:
                self._spaces["token"].post(number, record)
            for birth in entry.births:
                self._post("birth", birth, record)
            for reads, printed in () if at else entry.numbers:
                self._post("reads", reads, record)
                self._post("number", printed, record)

    def _token(self, token: BlindToken) -> int:
        written, *others = token.features
        number = self._spaces["token"].number(written.hex().encode())
        if number == self._tokens:
            self._tokens += 1
            for feature in others:
                self._post("spelling", feature, number)
            if token.weight != WEIGHT_UNIT:
                self._post("weight", b"%d" % token.weight, number)
        return number

    def _post(self, space: str, key: bytes, what: int) -> None:
        keys = self._spaces[space]
        keys.post(keys.number(key), what)


def read_blind_tag(tag: bytes) -> BlindTag:
    """The tag of a record."""
    (count,) = _HEAD.unpack_from(tag)
    at = _HEAD.size + 4 * count
    births = tag[at + 1 : (end := at + 1 + FEATURE * tag[at])]
    return BlindTag(bool(tag[0]), _features(births), _features(tag[end:]))


def _features(joined: bytes) -> tuple[bytes, ...]:
    return tuple(joined[at : at + FEATURE] for at in range(0, len(joined), FEATURE))


def read_blind_leaf(leaf: bytes) -> BlindLeaf:
    """What a hit on this leaf tells."""
    return BlindLeaf(*json.loads(leaf))


def token_weights(segment: IndexSegment) -> list[float]:
    """What each token of a segment weighs, by number."""
    weights = [1.0] * len(segment.spelled("token"))
    space = segment.space("weight")
    for hundredths in range(WEIGHT_UNIT):
        for number in space.reach(b"%d" % hundredths):
            weights[number] = hundredths / WEIGHT_UNIT
    return weights
