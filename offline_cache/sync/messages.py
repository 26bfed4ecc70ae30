"""What the two halves say to each other, as plain values: the wire, the bundles and the simulation carry these."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import IntEnum
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from ..entry import Entry
    from ..outbox import Receipt


class Rank(IntEnum):
    """What goes first, both ways: alerts, decisions on open crossings, changes of lists, the rest."""

    ALERT = 0
    DECISION = 1
    LISTS = 2
    BULK = 3


Cursors = tuple[int, int, int, int]
"""How far each rank of the feed is held; 0 is its beginning."""
START: Final[Cursors] = (0, 0, 0, 0)
VERSION: Final = 2
"""Of what is said here; 1 knows neither ranks nor covered entries."""
ROOM: Final = 8 << 10
"""Bytes of the feed in one answer, about: 7 s at 9.6 kbit/s. A greater item still goes, alone."""
MAX_ENTRIES: Final = 512
"""Of one request."""


@dataclass(frozen=True, slots=True)
class Item:
    """A document of the feed: it takes the place of the earlier one of this kind and key.

    `as_of` is ISO 8601 UTC; `owner` is who answers for it; `rank` is a `Rank`.
    """

    kind: str
    key: str
    owner: str
    as_of: str
    body: bytes = field(repr=False)
    rank: int = Rank.BULK


@dataclass(frozen=True, slots=True)
class Refused:
    """An entry that the single window set aside, and why, as a code.

    `digest` begins the hash of what was judged (empty: unknown): a refusal of anything else than what was recorded is
    none.
    """

    sequence: int
    reason: str
    digest: bytes = b""


@dataclass(frozen=True, slots=True)
class Request:
    """Entries to be stored, and how far the feed is held.

    Of each run of one session among the entries the last at least has its signature: it stands for the others through
    the chain, and theirs may be empty. Where `explicit`, each goes whole, under its own; where `brief`, the hash before
    the first is known there. `room` is how many bytes of the feed are wanted, about; 0: nothing of rank BULK. `at` is
    the counter's own head (sequence, at least 8 bytes of its hash), told where nothing is sent, and after a failure:
    who is behind shows, and what arrived meanwhile.
    """

    version: int
    cursors: Cursors
    room: int
    entries: tuple[Entry, ...] = ()
    explicit: bool = False
    brief: bool = False
    at: tuple[int, bytes] | None = None


@dataclass(frozen=True, slots=True)
class Reply:
    """What the single window says to a request.

    `head` (sequence, hash): it has this counter's journal up to there and no further; told where entries are missing.
    `cursors` go into the next request; with `more` that one is due at once. `time` is the single window's clock, ISO
    8601 UTC. `notices` are signed words of the single window (a lease, a revocation, a freshness mark), for whoever
    knows them. `held` is a receipt for what it has beyond the entries that were sent. `partial` (sequence, hash):
    entries without a signature are kept up to there; one that follows and is signed confirms them. `explicit`: send
    what comes next whole, each entry under its own signature. `version` is that of the single window. `left`: about how
    many items of the feed are left behind `cursors`, where there are more.
    """

    receipt: Receipt | None
    head: tuple[int, bytes] | None
    refused: tuple[Refused, ...]
    feed: tuple[Item, ...]
    cursors: Cursors
    more: bool
    time: str
    notices: tuple[bytes, ...] = field(default=(), repr=False)
    held: Receipt | None = None
    partial: tuple[int, bytes] | None = None
    explicit: bool = False
    version: int = VERSION
    left: int = 0
