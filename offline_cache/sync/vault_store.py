"""The counter's half over a vault: what waits goes by rank, and what came is kept in one transaction."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Sequence
from collections.abc import Set as AbstractSet
from itertools import islice
from typing import TYPE_CHECKING, Final, cast

from ..errors import JournalBroken
from ..outbox import OutboxSummary
from ..records import Settings
from ..signing import verify as verify_ed25519
from .messages import MAX_ENTRIES, START, Cursors, Item, Rank, Refused, Reply
from .ports import Taken, Trouble, stored_size

if TYPE_CHECKING:
    from ..entry import Entry
    from ..journal import Journal, Verify
    from ..outbox import Outbox, Receipt
    from ..vault import Vault
    from .window import RankOf

_CURSORS: Final = "cursors"
_TROUBLE: Final[dict[str, Trouble]] = {"window.ahead": "behind", "window.other-history": "forked"}
_JUMPING: Final = (Rank.ALERT, Rank.DECISION)


class VaultCounterStore:
    """Fulfils `CounterStore`. One per process; entries may be appended beside it."""

    def __init__(
        self,
        vault: Vault,
        journal: Journal,
        outbox: Outbox,
        *,
        window_key: bytes,
        clock: Callable[[], str],
        rank_of: RankOf,
        keep: Callable[[Item], None],
        verify: Verify = verify_ed25519,
    ) -> None:
        """All three are of one counter. `window_key` is the single window's (32 bytes), `clock` says ISO 8601 UTC.

        `rank_of` gives a kind's rank; the kind that opens a session has the rank of an alert, so that none comes before
        the key it is signed with. `keep` keeps an item of the feed, inside the transaction in which it came.
        """
        self._vault, self._journal, self._outbox = vault, journal, outbox
        self._window_key, self._verify = window_key, verify
        self._clock, self._rank_of, self._keep = clock, rank_of, keep
        self._settings = Settings(vault)
        self._seen = 0
        self._jumping: dict[Rank, list[int]] = {rank: [] for rank in _JUMPING}

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
        if not in_order:
            self._look()
        taken: list[Entry] = []
        settled: set[int] = set()
        size = 0
        for sequence in self._in_turn(after, None if in_order else barred):
            if len(taken) == limit:
                break
            entry = self._outbox.find_waiting(sequence)
            if entry is None:
                settled.add(sequence)
                continue
            size += stored_size(entry)
            if taken and size > max_bytes:
                break
            taken.append(entry)
        for rank, sequences in self._jumping.items():
            self._jumping[rank] = [sequence for sequence in sequences if sequence not in settled]
        return sorted(taken, key=lambda entry: entry.sequence)

    def _look(self) -> None:
        """Find the alerts and decisions among what was recorded since."""
        while page := self._outbox.waiting_kinds(self._seen, MAX_ENTRIES):
            for sequence, kind in page:
                rank = self._rank_of(kind)
                if rank in self._jumping:
                    self._jumping[Rank(rank)].append(sequence)
            self._seen = page[-1][0]

    def _in_turn(self, after: int, barred: AbstractSet[int] | None) -> Iterator[int]:
        """Sequences as they go: by rank unless `barred` is None; settled ones may be among them."""
        gone: set[int] = set()
        if barred is not None:
            for rank, sequences in self._jumping.items():
                for sequence in sequences:
                    if sequence not in barred and (rank is Rank.ALERT or sequence > after):
                        gone.add(sequence)
                        yield sequence
        at = after
        while page := self._outbox.waiting_kinds(at, MAX_ENTRIES):
            at = page[-1][0]
            yield from (sequence for sequence, _ in page if sequence not in gone)

    def waits(self, sequence: int) -> bool:
        """Whether an entry waits."""
        return self._outbox.find_waiting(sequence) is not None

    def summary(self) -> OutboxSummary:
        """How much waits."""
        return self._outbox.summary()

    def cursors(self) -> Cursors:
        """How far the feed is held."""
        stored = self._settings.find(_CURSORS)
        return START if stored is None else cast("Cursors", tuple(json.loads(stored)))

    def fetch_anew(self) -> None:
        """Forget how far the feed is held: what was kept of it is gone."""
        self._settings.set(_CURSORS, json.dumps(START).encode())

    def head(self) -> tuple[int, bytes]:
        """The newest entry."""
        count = self._journal.count()
        return (count, self._journal.get(count).hash()) if count else (0, bytes(32))

    def hash_of(self, sequence: int) -> bytes | None:
        """The hash of an entry."""
        entry = self._find(sequence)
        return None if entry is None else entry.hash()

    def session_of(self, sequence: int) -> str | None:
        """The session of an entry."""
        entry = self._find(sequence)
        return None if entry is None else entry.session

    def _find(self, sequence: int) -> Entry | None:
        return next(islice(self._journal.entries(sequence - 1, 1), 1), None) if sequence > 0 else None

    def settled_to(self) -> int:
        """The sequence up to which nothing waits."""
        return self._outbox.settled_to()

    def sent(self, sequences: Sequence[int]) -> None:
        """Note that these are on their way."""
        self._outbox.sent(sequences, self._clock())

    def take(self, reply: Reply) -> Taken:
        """Keep what came."""
        with self._vault.transaction():
            again, trouble = self._go_back(reply)
            settled = self._receive(reply.receipt)
            try:
                settled += self._receive(reply.held)
            except JournalBroken:
                trouble = trouble or "forked"
            for refused in reply.refused:
                if self._refuse(refused, reply.time):
                    settled += 1
                    trouble = "forked" if refused.reason == "fork" else trouble
            feed = self._keep_feed(reply)
        if again:
            self._seen, self._jumping = 0, {rank: [] for rank in _JUMPING}
        return Taken(settled, again, feed, trouble)

    def _receive(self, receipt: Receipt | None) -> int:
        return 0 if receipt is None else self._outbox.receive(receipt, self._window_key, self._verify)

    def _refuse(self, refused: Refused, at: str) -> bool:
        digest = self.hash_of(refused.sequence)
        if digest is None or not digest.startswith(refused.digest):
            return False
        self._outbox.refuse(refused.sequence, refused.reason, at)
        return True

    def _go_back(self, reply: Reply) -> tuple[int, Trouble]:
        if reply.head is None:
            return 0, ""
        sequence, digest = reply.head
        try:
            if sequence and self.hash_of(sequence) == digest and sequence >= self.settled_to():
                return 0, ""  # what comes next waits here: nothing is missing
            return self._outbox.rewind(sequence, digest), ""
        except JournalBroken as broken:
            return 0, _TROUBLE[broken.code]

    def _keep_feed(self, reply: Reply) -> int:
        held = self.cursors()
        # a late answer brings nothing that is newer than what is held
        fresh = [item for item in reply.feed if reply.cursors[item.rank] > held[item.rank]]
        for item in fresh:
            self._keep(item)
        furthest = tuple(max(pair) for pair in zip(reply.cursors, held, strict=True))
        if furthest != held:
            self._settings.set(_CURSORS, json.dumps(furthest).encode())
        return len(fresh)
