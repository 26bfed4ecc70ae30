"""A list of persons as an index: which keys lead to a listed name, and what stands with it.

A record is one name of one entry; its tag has all that scoring needs, its leaf the whole entry. Spaces of keys:
`token` (tokens of names, spelled out; where it differs the common spelling follows behind a blank), `family` (which
tokens are alike without being near in letters; numbers of tokens stand under its keys), `birth` (whole birth dates) and
`number` (document numbers).
"""

from __future__ import annotations

import json
import math
import struct
from collections.abc import Iterable
from functools import lru_cache
from typing import TYPE_CHECKING, Final, NamedTuple

from ..domain.documents import PartialDate
from ..domain.screening.likeness import family_keys
from ..domain.screening.model import Listed, ListedKind
from ..domain.screening.numbers import number_key
from ..domain.screening.spelling import fold
from ..domain.screening.tokens import tokens, weight

if TYPE_CHECKING:
    from collections.abc import Callable

    from .list_ports import IndexBuilder

COSTS: Final = ("letters", "rest", "weights")
SPACES: Final = ("family", "birth", "number")
SPELLED: Final = ("token",)

LETTER: Final = 2
"""What a letter counts in sums over letters."""
UNIT: Final = 20
"""What a token of ordinary weight counts in sums over weights."""
NEVER: Final = 255
"""The cost of what is not to be found by itself."""

ALIKE: Final = 0.85
"""Two names with so many of their letters in common are looked at, whatever the letters mean."""
REST: Final = 100
"""What letters that may be in common by chance are counted down from, so that a cost is never below nothing."""
WITHIN: Final = 0.85
"""A listed name is looked at if so much of its weight is in the name sought."""
_HEAD: Final = struct.Struct("<BBB")
_KINDS: Final = tuple(ListedKind)
_WEAK: Final = 0x80
"""In the byte of the kind: the list calls this name weak."""


class Tag(NamedTuple):
    """What stands with a listed name: enough to score it."""

    kind: ListedKind
    name: int
    weak: bool
    tokens: tuple[int, ...]
    births: tuple[PartialDate, ...]
    nationalities: tuple[str, ...]


def write_entries(builder: IndexBuilder, entries: Iterable[Listed], progress: Callable[[int], None]) -> int:
    """Puts entries into a new segment; `progress` hears now and then how many. Returns how many it put.

    A name of which nothing can be read is left out, not its entry's other names.
    """
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
        self._words = builder.space("token")
        self._families = builder.space("family")
        self._births = builder.space("birth")
        self._numbers = builder.space("number")
        self._weights: list[float] = []

    def write(self, entry: Listed) -> None:
        leaf = self._builder.leaf(entry_bytes(entry))
        births = [self._births.number(key) for birth in entry.births if (key := birth_key(birth))]
        numbers = [self._numbers.number(plain.encode()) for raw in entry.documents if (plain := number_key(raw))]
        tail = _tail(entry)
        for at, name in enumerate(entry.names):
            words = tokens(name)
            if not words and (at or not numbers):
                continue
            of_tokens = [self._token(word) for word in words]
            kind = _KINDS.index(entry.kind) | (_WEAK if at in entry.weak else 0)
            head = _HEAD.pack(kind, min(at, 255), len(words))
            tag = head + struct.pack(f"<{len(words)}I", *of_tokens) + tail
            record = self._builder.record(self._costs(words, of_tokens), tag, leaf)
            for number in of_tokens:
                self._words.post(number, record)
            for birth in births:
                self._births.post(birth, record)
            if at == 0:
                for number in numbers:
                    self._numbers.post(number, record)

    def _token(self, word: str) -> int:
        folded = fold(word)
        number = self._words.number((word if folded == word else f"{word} {folded}").encode())
        if number == len(self._weights):
            self._weights.append(weight(word))
            for family in family_keys(word):
                self._families.post(self._families.number(family.encode()), number)
        return number

    def _costs(self, words: tuple[str, ...], numbered: list[int]) -> tuple[int, int, int]:
        size = sum(map(len, words)) + len(words) - 1
        letters = math.ceil(ALIKE * size) if words else NEVER
        rest = max(0, REST - math.floor((1 - ALIKE) * LETTER * size))
        # a single name within a longer one says too little
        weights = NEVER if len(words) < 2 else math.ceil(WITHIN * UNIT * sum(self._weights[n] for n in numbered))
        return letters, rest, weights


def birth_key(birth: PartialDate) -> bytes:
    """The key of a whole birth date; b"" where a part of it is unknown."""
    return birth.iso().encode() if birth.day is not None else b""


def _tail(entry: Listed) -> bytes:
    births = entry.births[:255]
    packed = [(b.year or 0) * 10_000 + (b.month or 0) * 100 + (b.day or 0) for b in births]
    return struct.pack(f"<B{len(packed)}I", len(packed), *packed) + " ".join(entry.nationalities).encode()


def read_tag(tag: bytes) -> Tag:
    """The tag of a record."""
    kind, name, count = _HEAD.unpack_from(tag)
    at = _HEAD.size + 4 * count
    dates = tag[at]
    births = struct.unpack_from(f"<{dates}I", tag, at + 1)
    return Tag(
        _KINDS[kind & ~_WEAK],
        name,
        bool(kind & _WEAK),
        struct.unpack_from(f"<{count}I", tag, _HEAD.size),
        tuple(map(_birth, births)),
        tuple(tag[at + 1 + 4 * dates :].decode().split()),
    )


def tag_kind(tag: bytes) -> ListedKind:
    """What the entry of a record is about."""
    return _KINDS[tag[0] & ~_WEAK]


def tag_tokens(tag: bytes) -> bytes:
    """The tokens in a tag as they are packed: equal names have equal ones."""
    return tag[_HEAD.size : _HEAD.size + 4 * tag[2]]


def unpack_tokens(packed: bytes) -> tuple[int, ...]:
    """The numbers of packed tokens."""
    return struct.unpack(f"<{len(packed) // 4}I", packed)


@lru_cache(maxsize=65_536)
def _birth(packed: int) -> PartialDate:
    year, rest = divmod(packed, 10_000)
    month, day = divmod(rest, 100)
    return PartialDate(year or None, month or None, day or None)


def entry_bytes(entry: Listed) -> bytes:
    """An entry as a leaf: compact JSON, never with a NUL in it."""
    plain = (
        entry.ref,
        entry.names,
        [birth.iso() for birth in entry.births],
        entry.nationalities,
        entry.documents,
        entry.kind.value,
        entry.handling,
        sorted(entry.weak),
    )
    return json.dumps(plain, ensure_ascii=False, separators=(",", ":")).encode()


def read_entry(leaf: bytes) -> Listed:
    """The entry that `entry_bytes` wrote."""
    ref, names, births, nationalities, documents, kind, handling, weak = json.loads(leaf)
    return Listed(
        ref,
        tuple(names),
        tuple(map(PartialDate.from_iso, births)),
        tuple(nationalities),
        tuple(documents),
        ListedKind(kind),
        handling,
        frozenset(weak),
    )
