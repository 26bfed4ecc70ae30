"""Both halves' stores in memory, what is durable apart from what is not: kills, full disks and copies can be played.

A `Disk` is asked before and after each write; what it raises before leaves all as it was, what it raises after leaves
it written. `backup` gives what is durable, `restore` puts it back, `restart` forgets what is not.
"""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterator, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field, replace
from typing import Final

from ..entry import GENESIS, Entry
from ..errors import JournalBroken
from ..outbox import OutboxSummary, Receipt
from .messages import START, Cursors, Item, Rank, Reply
from .ports import FeedPosition, Taken, Trouble, stored_size
from .window import Judgement, KnownCounter, RankOf, Verify

_DAY: Final = 86_400_000


def no_trouble() -> None:
    """A disk that does what it should."""


@dataclass(slots=True)
class Disk:
    """What happens at a write: either may raise."""

    before: Callable[[], None] = no_trouble
    after: Callable[[], None] = no_trouble


@dataclass(frozen=True, slots=True)
class CounterFile:
    """What a counter has on disk."""

    entries: tuple[Entry, ...] = ()
    hashes: tuple[bytes, ...] = ()
    settled: dict[int, str] = field(default_factory=dict)
    cursors: Cursors = START
    items: tuple[Item, ...] = ()


class MemoryCounterStore:
    """Fulfils `CounterStore`. `settled` says `received`, or why an entry was refused."""

    def __init__(self, counter: str, *, window_key: bytes, rank_of: RankOf, verify: Verify, disk: Disk) -> None:
        """`window_key` checks receipts with `verify`; `rank_of` gives a kind's rank."""
        self._counter, self._window_key, self._rank_of, self._verify = counter, window_key, rank_of, verify
        self._disk = disk
        self.file = CounterFile()
        self._summed = (self.file, OutboxSummary(0, None, 0))
        self.handed: set[int] = set()

    def append(self, entry: Entry) -> None:
        """Record an entry; it is durable when this returns."""
        file = self.file
        self._write(replace(file, entries=(*file.entries, entry), hashes=(*file.hashes, entry.hash())))

    def backup(self) -> CounterFile:
        """A copy of what is on disk."""
        return self.file

    def restore(self, file: CounterFile) -> None:
        """What is on disk is that copy, and nothing runs."""
        self.file = file
        self.restart()

    def restart(self) -> None:
        """Forget what is not on disk."""
        self.handed = set()

    def waiting(
        self,
        limit: int,
        max_bytes: int,
        *,
        after: int = 0,
        in_order: bool = False,
        barred: AbstractSet[int] = frozenset(),
    ) -> list[Entry]:
        """What waits, by rank."""
        turns = []
        for entry in self.file.entries:
            sequence = entry.sequence
            if sequence in self.file.settled:
                continue
            in_turn = in_order or sequence in barred
            rank = Rank.LISTS if in_turn else min(self._rank_of(entry.kind), Rank.LISTS)
            if sequence > after or rank == Rank.ALERT:
                turns.append((rank, sequence, entry))
        taken: list[Entry] = []
        size = 0
        for _, _, entry in sorted(turns, key=lambda turn: turn[:2])[:limit]:
            size += stored_size(entry)
            if taken and size > max_bytes:
                break
            taken.append(entry)
        return sorted(taken, key=lambda entry: entry.sequence)

    def waits(self, sequence: int) -> bool:
        """Whether an entry waits."""
        return 0 < sequence <= len(self.file.entries) and sequence not in self.file.settled

    def summary(self) -> OutboxSummary:
        """How much waits."""
        if self._summed[0] is not self.file:
            waiting = [entry for entry in self.file.entries if entry.sequence not in self.file.settled]
            size = sum(stored_size(entry) for entry in waiting)
            self._summed = (self.file, OutboxSummary(len(waiting), waiting[0].recorded_at if waiting else None, size))
        return self._summed[1]

    def cursors(self) -> Cursors:
        """How far the feed is held."""
        return self.file.cursors

    def head(self) -> tuple[int, bytes]:
        """The newest entry."""
        hashes = self.file.hashes
        return len(hashes), hashes[-1] if hashes else GENESIS

    def hash_of(self, sequence: int) -> bytes | None:
        """The hash of an entry."""
        return self.file.hashes[sequence - 1] if 0 < sequence <= len(self.file.hashes) else None

    def session_of(self, sequence: int) -> str | None:
        """The session of an entry."""
        return self.file.entries[sequence - 1].session if 0 < sequence <= len(self.file.entries) else None

    def settled_to(self) -> int:
        """The sequence up to which nothing waits."""
        settled = self.file.settled
        return next((n - 1 for n in range(1, len(self.file.entries) + 1) if n not in settled), len(self.file.entries))

    def sent(self, sequences: Sequence[int]) -> None:
        """Note that these are on their way."""
        self.handed.update(sequences)

    def take(self, reply: Reply) -> Taken:
        """Keep what came."""
        settled = dict(self.file.settled)
        again, trouble = self._go_back(settled, reply.head)
        news = self._receive(settled, reply.receipt)
        try:
            news += self._receive(settled, reply.held)
        except JournalBroken:
            trouble = trouble or "forked"
        for refused in reply.refused:
            digest = self.hash_of(refused.sequence)
            if digest is not None and digest.startswith(refused.digest):
                trouble = "forked" if refused.reason == "fork" else trouble
                news += refused.sequence not in settled
                if settled.get(refused.sequence) != "received":
                    settled[refused.sequence] = refused.reason
        held = self.file.cursors
        fresh = tuple(item for item in reply.feed if reply.cursors[item.rank] > held[item.rank])
        alerts, decisions, lists, bulk = (max(pair) for pair in zip(reply.cursors, held, strict=True))
        new = replace(
            self.file,
            settled=settled,
            cursors=(alerts, decisions, lists, bulk),
            items=self.file.items + fresh,
        )
        if new != self.file:
            self._write(new)
        return Taken(news, again, len(fresh), trouble)

    def _receive(self, settled: dict[int, str], receipt: Receipt | None) -> int:
        if receipt is None:
            return 0
        if not self._verify(self._window_key, receipt.signed_bytes(), receipt.signature):
            raise JournalBroken("receipt.bad-signature")
        if receipt.counter != self._counter:
            raise JournalBroken("receipt.other-counter", counter=receipt.counter)
        for sequence, digest in receipt.entries:
            known = self.hash_of(sequence)
            if known != digest:
                raise JournalBroken("receipt.other-entry" if known else "receipt.unknown-entry", sequence=sequence)
        new = [sequence for sequence, _ in receipt.entries if settled.get(sequence) != "received"]
        settled.update(dict.fromkeys(new, "received"))
        return len(new)

    def _go_back(self, settled: dict[int, str], head: tuple[int, bytes] | None) -> tuple[int, Trouble]:
        if head is None:
            return 0, ""
        sequence, digest = head
        known = self.hash_of(sequence) if sequence else digest
        if known != digest:
            return 0, "forked" if known else "behind"
        if sequence >= self.settled_to():
            return 0, ""
        lost = [number for number in settled if number > sequence]
        for number in lost:
            del settled[number]
        return len(lost), ""

    def _write(self, file: CounterFile) -> None:
        self._disk.before()
        self.file = file
        self._disk.after()


@dataclass(frozen=True, slots=True)
class WindowFile:
    """What a single window has on disk. `stored` are the entries that were accepted or early, each as it came."""

    counters: dict[str, KnownCounter] = field(default_factory=dict)
    stored: tuple[Entry, ...] = ()
    sessions: dict[tuple[str, str], bytes] = field(default_factory=dict)
    feed: tuple[FeedPosition, ...] = ()
    last_position: int = 0


class MemoryWindowStore:
    """Fulfils `WindowSyncStore`; `milliseconds` is its clock, since 1970."""

    def __init__(self, milliseconds: Callable[[], int], disk: Disk) -> None:
        self._milliseconds = milliseconds
        self._disk = disk
        self._draft: WindowFile | None = None
        self.file = WindowFile()

    @property
    def _now(self) -> WindowFile:
        return self.file if self._draft is None else self._draft

    @_now.setter
    def _now(self, file: WindowFile) -> None:
        if self._draft is None:
            self._write(file)
        else:
            self._draft = file

    @contextlib.contextmanager
    def transaction(self) -> Iterator[None]:
        """All or nothing."""
        self._draft = begun = self.file
        try:
            yield
            draft = self._draft
        finally:
            self._draft = None
        if draft is not begun:
            self._write(draft)

    def backup(self) -> WindowFile:
        """A copy of what is on disk."""
        return self.file

    def restore(self, file: WindowFile) -> None:
        """What is on disk is that copy."""
        self.file, self._draft = file, None

    def known(self, counter: str, realm: str, first: int, last: int) -> KnownCounter:  # noqa: ARG002 - all is at hand
        """All that is held of a counter's chain."""
        return self._now.counters.get(counter) or KnownCounter(counter, realm)

    def save(self, judgements: Sequence[Judgement], before: KnownCounter, after: KnownCounter, at: str) -> None:  # noqa: ARG002 - as above
        """Keep what was judged."""
        now = self._now
        new = tuple(one.entry for one in judgements if one.stored)
        self._now = replace(now, counters=now.counters | {after.counter: after}, stored=now.stored + new)

    def keep_partial(self, counter: str, entries: Sequence[Entry]) -> None:
        """Keep these without a signature."""
        now = self._now
        known = now.counters.get(counter)
        if known is None and not entries:
            return
        known = known or KnownCounter(counter, entries[0].realm)
        self._now = replace(now, counters=now.counters | {counter: replace(known, partial=tuple(entries))})

    def held(self, counter: str, first: int, limit: int) -> list[tuple[int, bytes]]:
        """What is accepted from `first` on."""
        known = self._now.counters.get(counter)
        held = {} if known is None else {**known.held, **{n: digest for n, (digest, _) in known.early.items()}}
        aside = {} if known is None else known.aside
        return sorted((n, digest) for n, digest in held.items() if n >= first and digest not in aside)[:limit]

    def find_session(self, counter: str, session: str) -> bytes | None:
        """The key of a session."""
        return self._now.sessions.get((counter, session))

    def put_session(self, counter: str, session: str, key: bytes) -> None:
        """Keep the key of a session; the first stays."""
        now = self._now
        self._now = replace(now, sessions={(counter, session): key} | now.sessions)

    def put_feed(self, item: Item, origin: str = "") -> None:
        """Put an item behind all others; the earlier one of its kind and key goes."""
        now = self._now
        position = max(now.last_position + 1, self._milliseconds())
        kept = tuple(at for at in now.feed if (at.item.kind, at.item.key) != (item.kind, item.key))
        self._now = replace(now, feed=(*kept, FeedPosition(position, origin, item)), last_position=position)

    def feed(self, rank: int | None, after: int, limit: int) -> Sequence[FeedPosition]:
        """Items of a rank behind a position."""
        return [at for at in self._now.feed if at.position > after and rank in {None, at.item.rank}][:limit]

    def feed_left(self, rank: int | None, after: int) -> int:
        """How many items are behind a position."""
        return sum(at.position > after and rank in {None, at.item.rank} for at in self._now.feed)

    def raise_feed(self, floor: int) -> None:
        """What is put from now on stands behind that; what is far in the future is no position of ours."""
        now = self._now
        if now.last_position < floor <= max(now.last_position, self._milliseconds()) + _DAY:
            self._now = replace(now, last_position=floor)

    def _write(self, file: WindowFile) -> None:
        self._disk.before()
        self.file = file
        self._disk.after()
