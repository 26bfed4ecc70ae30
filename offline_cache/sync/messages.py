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
    """An entry that the single window set aside, and why, as a code."""

    sequence: int
    reason: str


@dataclass(frozen=True, slots=True)
class Request:
    """Entries to be stored, and how far the feed is held.

    Of each run of one session among the entries the last at least has its signature: it stands for the others through
    the chain, and theirs may be empty. `room` is how many bytes of the feed are wanted, about.
    """

    version: int
    cursors: Cursors
    room: int
    entries: tuple[Entry, ...] = ()


@dataclass(frozen=True, slots=True)
class Reply:
    """What the single window says to a request.

    `head` (sequence, hash): it has this counter's journal up to there and no further; told where entries are missing.
    `cursors` go into the next request; with `more` that one is due at once. `time` is the single window's clock, ISO
    8601 UTC. `notices` are signed words of the single window (a lease, a revocation, a freshness mark), for whoever
    knows them.
    """

    receipt: Receipt | None
    head: tuple[int, bytes] | None
    refused: tuple[Refused, ...]
    feed: tuple[Item, ...]
    cursors: Cursors
    more: bool
    time: str
    notices: tuple[bytes, ...] = field(default=(), repr=False)
