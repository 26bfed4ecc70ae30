"""The single window's half at work: entries judged and kept in one transaction, then an answer with receipts and feed.

What arrived whole of a request that broke off is kept too (`part`): signed entries as always, and those whose signature
was still to come beside them, until a later one covers them. They get no receipt before that.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from ..entry import GENESIS, Entry
from ..outbox import Receipt
from ..signing import verify as verify_ed25519
from .messages import MAX_ENTRIES, VERSION, Cursors, Item, Rank, Refused, Reply, Request
from .window import Judgement, KnownCounter, PublicKeyOf, RankOf, Verify, after, in_order, judge

if TYPE_CHECKING:
    from .ports import FeedPosition, WindowSyncStore

KeysFor = Callable[[str, Sequence[Entry]], PublicKeyOf]
MAX_PARTIAL_BYTES: Final = 1 << 20
_PAGE: Final = 200


def nothing(counter: str, entry: Entry) -> None:
    """Nothing more is done with an entry that was stored."""


def others(counter: str, at: FeedPosition) -> Item | None:
    """All of the feed but what comes from the counter itself."""
    return None if at.origin == counter else at.item


class WindowSync:
    """Takes entries and gives the feed, for one realm."""

    def __init__(  # noqa: PLR0913 - what it asks of the server around it, by name
        self,
        store: WindowSyncStore,
        *,
        sign: Callable[[bytes], bytes],
        name: str,
        realm: str,
        clock: Callable[[], str],
        rank_of: RankOf,
        keys_for: KeysFor,
        taken: Callable[[str, Entry], None] = nothing,
        visible: Callable[[str, FeedPosition], Item | None] = others,
        verify: Verify = verify_ed25519,
    ) -> None:
        """`sign` signs receipts as the single window `name`; `clock` says ISO 8601 UTC; `rank_of` ranks kinds.

        `keys_for` gives the keys of a counter's sessions, those included that the entries themselves open. `taken` is
        called once for each entry that is newly stored, inside the transaction. `visible` is an item of the feed as a
        counter may see it.
        """
        self._store, self._sign, self._name, self._realm = store, sign, name, realm
        self._clock, self._rank_of, self._keys_for = clock, rank_of, keys_for
        self._taken, self._visible, self._verify = taken, visible, verify

    def sync(self, counter: str, request: Request) -> Reply:
        """Take a whole request of a counter that is enrolled, durably, and answer it."""
        with self._store.transaction():
            judgements, known = self._take(counter, request.entries, request.version, keep=not request.explicit)
            self._store.raise_feed(max(request.cursors))
            beyond = self._beyond(counter, request, judgements, known)
            head = self._how_far(request, judgements, known)
        feed, cursors, more = self._feed(counter, request)
        now = self._clock()
        last = known.partial[-1] if known.partial else None
        return Reply(
            receipt=self._receipt(
                counter, [(one.entry.sequence, one.digest) for one in judgements if one.receipted], now
            ),
            head=head,
            refused=tuple(Refused(one.entry.sequence, one.outcome, one.digest) for one in judgements if one.refused),
            feed=feed,
            cursors=cursors,
            more=more,
            time=now,
            held=self._receipt(counter, beyond, now),
            partial=None if last is None else (last.sequence, last.hash()),
            explicit=any(one.outcome == "broken" for one in judgements),
            left=self._left(request, cursors) if more else 0,
        )

    def part(self, counter: str, entries: Sequence[Entry]) -> None:
        """Keep what arrived whole of a request that broke off."""
        if entries:
            with self._store.transaction():
                self._take(counter, entries, VERSION, keep=True)

    def unlinked(self, counter: str) -> Reply:
        """What to say to a request whose entries do not follow what is here: where to go on, and explicitly."""
        with self._store.transaction():
            known = self._store.known(counter, self._realm, 1, 1)
            self._store.keep_partial(counter, ())
        head = (known.head_sequence, known.head_hash)
        cursors: Cursors = (0, 0, 0, 0)
        return Reply(None, head, (), (), cursors, more=False, time=self._clock(), explicit=True)

    def hash_before(self, counter: str) -> Callable[[int], bytes | None]:
        """What gives the hash of the entry before a sequence of this counter, as far as it is here."""

        def find(sequence: int) -> bytes | None:
            known = self._store.known(counter, self._realm, sequence, sequence)
            number = sequence - 1
            if number in {0, known.head_sequence}:
                return known.head_hash if number else GENESIS
            for entry in known.partial:
                if entry.sequence == number:
                    return entry.hash()
            aside = (digest for digest, (at, _) in known.aside.items() if at == number)
            early = known.early.get(number)
            return known.held.get(number) or (early[0] if early else next(aside, None))

        return find

    # -- entries ----------------------------------------------------------------------------------------------------

    def _take(
        self, counter: str, entries: Sequence[Entry], version: int, *, keep: bool
    ) -> tuple[list[Judgement], KnownCounter]:
        """Judge and keep; what is known now. `keep` what is not signed yet."""
        numbers = [entry.sequence for entry in entries] or [1]
        known = self._store.known(counter, self._realm, min(numbers), max(numbers))
        if not entries:
            return [], known
        if not keep:
            known = replace(known, partial=())
        keys = self._keys_for(counter, [*known.partial, *entries])
        rank_of = self._rank_of if version >= VERSION else in_order
        judgements = judge(known, entries, keys, self._verify, rank_of)
        follows = after(known, judgements)
        if any(one.stored or one.set_aside for one in judgements):
            self._store.save(judgements, known, follows, self._clock())
        for one in judgements:
            if one.stored:
                self._taken(counter, one.entry)
        kept = self._uncovered(judgements, follows) if keep else ()
        if kept != known.partial or not keep:
            self._store.keep_partial(counter, kept)
        return judgements, replace(follows, partial=kept)

    @staticmethod
    def _uncovered(judgements: Sequence[Judgement], known: KnownCounter) -> tuple[Entry, ...]:
        """What follows the head without a signature, as far as the chain holds."""
        kept: list[Entry] = []
        sequence, digest, size = known.head_sequence, known.head_hash, 0
        for one in judgements:
            entry = one.entry
            if one.outcome != "uncovered" or entry.sequence != sequence + 1 or entry.previous != digest:
                continue
            sequence, digest, size = entry.sequence, one.digest, size + len(entry.body or b"")
            if len(kept) == MAX_ENTRIES or size > MAX_PARTIAL_BYTES:
                break
            kept.append(entry)
        return tuple(kept)

    def _beyond(
        self, counter: str, request: Request, judgements: Sequence[Judgement], known: KnownCounter
    ) -> list[tuple[int, bytes]]:
        """What else is here of a counter that sends again what it has a receipt due for."""
        if request.at is None or not any(one.outcome == "duplicate" for one in judgements):
            return []
        last = max(one.entry.sequence for one in judgements)
        end = min(known.head_sequence, request.at[0])
        return [one for one in self._store.held(counter, last + 1, MAX_ENTRIES) if one[0] <= end]

    @staticmethod
    def _how_far(request: Request, judgements: Sequence[Judgement], known: KnownCounter) -> tuple[int, bytes] | None:
        """How far its journal is here, where the counter has to hear it: to go back, or to see that it is behind."""
        head = (known.head_sequence, known.head_hash)
        if any(one.outcome == "gap" for one in judgements):
            # where what comes next was sent, though it could not be taken, there is nothing to go back for
            return None if any(entry.sequence == head[0] + 1 for entry in request.entries) else head
        if request.at is None:
            return None
        sequence, digest = request.at
        furthest = max(known.early, default=0)
        if sequence < furthest:
            return furthest, known.early[furthest][0]
        if sequence > known.head_sequence:
            # where nothing is sent, it takes all it has for delivered
            return None if request.entries or any(one.startswith(digest) for one in known.aside) else head
        return None if sequence == known.head_sequence and known.head_hash.startswith(digest) else head

    def _receipt(self, counter: str, entries: Sequence[tuple[int, bytes]], now: str) -> Receipt | None:
        if not entries:
            return None
        unsigned = Receipt(self._name, now, counter, tuple(entries), b"")
        return replace(unsigned, signature=self._sign(unsigned.signed_bytes()))

    # -- the feed ---------------------------------------------------------------------------------------------------

    def _feed(self, counter: str, request: Request) -> tuple[tuple[Item, ...], Cursors, bool]:
        if request.version < VERSION:  # one cursor for all ranks
            items, (cursor,), more = self._page(counter, (None,), request.cursors[:1], request.room)
            return items, (cursor, cursor, cursor, cursor), more
        ranks = tuple(rank for rank in Rank if request.room or rank is not Rank.BULK)
        items, reached, more = self._page(counter, ranks, request.cursors, request.room)
        alerts, decisions, lists, bulk = reached
        return items, (alerts, decisions, lists, bulk), more

    def _left(self, request: Request, cursors: Cursors) -> int:
        if request.version < VERSION:
            return self._store.feed_left(None, cursors[0])
        return sum(self._store.feed_left(rank, cursors[rank]) for rank in Rank)

    def _page(
        self, counter: str, ranks: Sequence[int | None], cursors: Sequence[int], room: int
    ) -> tuple[tuple[Item, ...], list[int], bool]:
        """Items behind the cursors, rank by rank, at least one, until they would exceed `room` bytes."""
        items: list[Item] = []
        reached = list(cursors)
        for index, rank in enumerate(ranks):
            page = self._store.feed(rank, reached[index], _PAGE)
            for at in page:
                item = self._visible(counter, at)
                if item is not None:
                    room -= len(item.body)
                    if items and room < 0:
                        return tuple(items), reached, True
                    items.append(item)
                reached[index] = at.position
            if len(page) == _PAGE:
                return tuple(items), reached, True
        return tuple(items), reached, False
