"""What the two halves of the protocol keep, as ports: durable when a call has returned, or not at all."""

from __future__ import annotations

from collections.abc import Sequence
from collections.abc import Set as AbstractSet
from contextlib import AbstractContextManager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, Literal, Protocol

if TYPE_CHECKING:
    from ..entry import Entry
    from ..outbox import OutboxSummary
    from .messages import Cursors, Item, Reply
    from .window import Judgement, KnownCounter

BESIDE_BODY: Final = 48
"""Stored bytes of an entry beside its body, about."""
Trouble = Literal["", "forked", "behind"]


def stored_size(entry: Entry) -> int:
    """Bytes of an entry as it is stored, about."""
    return BESIDE_BODY + len(entry.body or b"")


@dataclass(frozen=True, slots=True)
class Taken:
    """What came of a reply, once all of it is on disk.

    `settled`: entries that have a receipt or a refusal since. `again`: entries that wait again, because the single
    window has less than it said. `feed`: items that were kept. `trouble`: `forked`, the single window has another
    history of this counter; `behind`, it has entries that this journal does not have.
    """

    settled: int = 0
    again: int = 0
    feed: int = 0
    trouble: Trouble = ""


class CounterStore(Protocol):
    """The journal and outbox of one counter. Raises CacheError where the disk does not do what it should."""

    def waiting(
        self,
        limit: int,
        max_bytes: int,
        *,
        after: int = 0,
        in_order: bool = False,
        barred: AbstractSet[int] = frozenset(),
    ) -> list[Entry]:
        """What waits: alerts first, then decisions, then the rest; of one rank by sequence.

        At most `limit`, at most `max_bytes` (see `stored_size`), but at least one; given back by sequence, all of them
        signed. With `in_order` ranks do not count, nor does that of those `barred`. Entries up to `after` are left out,
        except alerts.
        """
        ...

    def waits(self, sequence: int) -> bool:
        """Whether an entry waits."""
        ...

    def summary(self) -> OutboxSummary:
        """How much waits."""
        ...

    def cursors(self) -> Cursors:
        """How far the feed is held."""
        ...

    def head(self) -> tuple[int, bytes]:
        """Sequence and hash of the newest entry; 0 and 32 zero bytes before the first."""
        ...

    def hash_of(self, sequence: int) -> bytes | None:
        """The hash of an entry; None if there is none of this number."""
        ...

    def session_of(self, sequence: int) -> str | None:
        """The session of an entry; None if there is none of this number."""
        ...

    def settled_to(self) -> int:
        """The sequence up to which nothing waits."""
        ...

    def take(self, reply: Reply) -> Taken:
        """Keep receipts, refusals, feed and cursors, and go back where it has less; all of it, or nothing.

        Raises JournalBroken for a receipt that is not the single window's, or not for this journal.
        """
        ...

    def sent(self, sequences: Sequence[int]) -> None:
        """Note that these entries are on their way. Not durable: after a restart they are *recorded* again."""
        ...


@dataclass(frozen=True, slots=True)
class FeedPosition:
    """An item of the feed at its position; `origin` is the counter it comes from, "" for the agencies'."""

    position: int
    origin: str
    item: Item


class WindowSyncStore(Protocol):
    """What a single window keeps of its counters' journals, and its feed."""

    def transaction(self) -> AbstractContextManager[None]:
        """What is done inside is durable when the block ends, or undone if it raises."""
        ...

    def known(self, counter: str, realm: str, first: int, last: int) -> KnownCounter:
        """What is held of a counter's chain, as judging the sequences `first` to `last` needs it.

        `held`: the hashes at `first - 1` to `last`. `aside`, `early` and `partial`: all above the head, and those at
        these sequences.
        """
        ...

    def save(self, judgements: Sequence[Judgement], before: KnownCounter, after: KnownCounter, at: str) -> None:
        """Keep the entries that were accepted, early or set aside, and the new state. `at` is ISO 8601 UTC."""
        ...

    def keep_partial(self, counter: str, entries: Sequence[Entry]) -> None:
        """Keep these entries without a signature, in place of those that were kept before."""
        ...

    def held(self, counter: str, first: int, limit: int) -> list[tuple[int, bytes]]:
        """Sequence and hash of what is accepted from `first` on, at most `limit`, by sequence."""
        ...

    def feed(self, rank: int | None, after: int, limit: int) -> Sequence[FeedPosition]:
        """At most `limit` items of a rank (None: of all) behind a position, in order."""
        ...

    def feed_left(self, rank: int | None, after: int) -> int:
        """How many items of a rank (None: of all) are behind a position."""
        ...

    def raise_feed(self, floor: int) -> None:
        """A counter holds the feed up to `floor`: what is put from now on stands behind that.

        Positions also follow the clock (milliseconds since 1970, or the last one and 1 where that is more), so that a
        single window that was restored from a copy does not use one again.
        """
        ...
