"""The outbox: the entries of the journal that have neither receipt nor refusal, and what became of the others.

It is derived, not a second list: an entry waits because nothing says that it was settled. A receipt is the single
window's signed word for named entries; it outranks a refusal, and nothing takes it back but the single window's own
word that it has less than it said (`rewind`).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final, Literal, cast

from .chain import Line, read_line, witness
from .entry import Entry, decode, encode, number
from .errors import JournalBroken
from .journal import Verify
from .moments import corrected, find_milliseconds
from .signing import verify as verify_ed25519

if TYPE_CHECKING:
    from .vault import Vault

State = Literal["recorded", "sent", "received", "seen by the agency", "refused"]

RECEIPT_TAG: Final = b"offline_cache receipt 1"


@dataclass(frozen=True, slots=True)
class Receipt:
    """The single window's word that it has entries of a counter, durably.

    `window` names the single window, `at` is its time (ISO 8601 UTC), `entries` are pairs of sequence and entry hash;
    one signature covers them all.
    """

    window: str
    at: str
    counter: str
    entries: tuple[tuple[int, bytes], ...]
    signature: bytes = field(repr=False)

    def signed_bytes(self) -> bytes:
        """What the single window signs: the canonical encoding (see `entry`) of all but the signature."""
        names = [part for sequence, digest in self.entries for part in (number(sequence), digest)]
        return encode(RECEIPT_TAG, (self.window.encode(), self.at.encode(), self.counter.encode(), *names))


@dataclass(frozen=True, slots=True)
class OutboxSummary:
    """How many entries wait, when the oldest of them was recorded (None if none waits), and their bytes as stored."""

    waiting: int
    oldest: str | None
    bytes: int


@dataclass(frozen=True, slots=True)
class EntryState:
    """What is known of an entry's way: `reason` where it was refused, `at` since when, by whose word it is so.

    `recorded_at` is what the counter's own clock said; `corrected_at` is what it would have said had it never been set
    back behind what the counter had seen ("" where that is not known).
    """

    sequence: int
    kind: str
    group: str
    recorded_at: str
    state: State
    reason: str
    at: str
    corrected_at: str = ""


class Outbox:
    """The outbox of a counter. One per process: that an entry was handed to the link is known here, not on disk.

    After a restart such an entry is *recorded* again: the screen claims less than is so, never more.
    """

    def __init__(self, vault: Vault, counter: str) -> None:
        self._vault = vault
        self._counter = counter
        self._sent: dict[int, str] = {}

    def waiting(self, limit: int, max_bytes: int) -> list[Entry]:
        """The first waiting entries in order: at most `limit`, at most `max_bytes` stored bytes, but at least one."""
        taken: list[Entry] = []
        size = 0
        for line in self._waiting(limit):
            size += line.size
            if taken and size > max_bytes:
                break
            taken.append(line.entry)
        return taken

    def find_waiting(self, sequence: int) -> Entry | None:
        """The entry of this number, if it waits."""
        rows = self._vault.execute(
            "SELECT * FROM chain WHERE sequence = ?1 AND NOT EXISTS (SELECT 1 FROM deliveries WHERE sequence = ?1)",
            (sequence,),
        )
        return read_line(rows[0]).entry if rows else None

    def waiting_kinds(self, after: int, limit: int) -> list[tuple[int, str]]:
        """Sequence and kind of what waits behind `after`, by sequence, at most `limit`."""
        rows = self._vault.execute(
            "SELECT sequence, kind FROM entries WHERE sequence > max(?, (SELECT floor FROM outbox))"
            " AND sequence NOT IN (SELECT sequence FROM deliveries) ORDER BY sequence LIMIT ?",
            (after, limit),
        )
        return cast("list[tuple[int, str]]", rows)

    def settled_to(self) -> int:
        """The sequence up to which nothing waits."""
        return cast("int", self._vault.execute("SELECT floor FROM outbox")[0][0])

    def summary(self) -> OutboxSummary:
        """How much waits."""
        rows = self._vault.execute(
            "SELECT count(*), min(sequence), coalesce(sum(length(sealed)), 0) FROM entries"
            " WHERE sequence > (SELECT floor FROM outbox) AND sequence NOT IN (SELECT sequence FROM deliveries)"
        )
        waiting, first, size = cast("tuple[int, int | None, int]", rows[0])
        oldest = self._vault.execute("SELECT recorded_at FROM entries WHERE sequence = ?", (first,))
        return OutboxSummary(waiting, cast("str", oldest[0][0]) if oldest else None, size)

    def states(self, limit: int, before: int | None = None) -> list[EntryState]:
        """The states of at most `limit` entries, newest first, with sequences below `before` if it is given."""
        rows = self._vault.execute(
            "SELECT sequence, kind, crossing, recorded_at, logical, state, reason, at"
            " FROM entries LEFT JOIN deliveries USING (sequence)"
            " WHERE ?1 IS NULL OR sequence < ?1 ORDER BY sequence DESC LIMIT ?2",
            (before, limit),
        )
        return [
            self._state(cast("tuple[int, str, str, str, int, State | None, str | None, str | None]", row))
            for row in rows
        ]

    def sent(self, sequences: Sequence[int], at: str) -> None:
        """Notes that these entries were handed to the link at this time."""
        self._sent.update(dict.fromkeys(sequences, at))

    def receive(self, receipt: Receipt, public_key: bytes, verify: Verify = verify_ed25519) -> int:
        """Takes a receipt, all of it or nothing. Returns how many entries it settled; taking it again settles none.

        `public_key` is the single window's. Raises JournalBroken: `receipt.bad-signature`, `receipt.other-counter`,
        `receipt.bad-time`, `receipt.unknown-entry` (it names an entry that this journal does not have: the journal is
        older than what the single window knows), `receipt.other-entry` (it names another entry in its place).
        """
        if not verify(public_key, receipt.signed_bytes(), receipt.signature):
            raise JournalBroken("receipt.bad-signature")
        if receipt.counter != self._counter:
            raise JournalBroken("receipt.other-counter", counter=receipt.counter)
        if find_milliseconds(receipt.at) is None:
            raise JournalBroken("receipt.bad-time")
        with self._vault.transaction():
            new = [sequence for sequence, digest in receipt.entries if self._is_news(sequence, digest)]
            if new:
                rows = self._vault.execute(
                    "INSERT INTO receipts (window, at, signed, signature) VALUES (?, ?, ?, ?)"
                    " ON CONFLICT (signature) DO UPDATE SET at = excluded.at RETURNING id",
                    (receipt.window, receipt.at, receipt.signed_bytes(), receipt.signature),
                )
                for sequence in new:
                    self._vault.execute(
                        "INSERT OR REPLACE INTO deliveries VALUES (?, 'received', ?, '', ?)",
                        (sequence, receipt.at, rows[0][0]),
                    )
                self._raise_floor()
            witness(self._vault, receipt.at)
        return len(new)

    def last_received(self) -> str:
        """The single window's own time of its newest receipt (ISO 8601 UTC), "" before the first."""
        return cast("str", self._vault.execute("SELECT coalesce(max(at), '') FROM receipts")[0][0])

    def verify(self, public_key: bytes, verify: Verify = verify_ed25519) -> tuple[str, ...]:
        """Holds the stored receipts against the journal: problems as `"code:sequence"`, in order, none if all is well.

        `forged-receipt`: the entry counts as received, and no receipt that the single window signed names it with its
        hash. `overlooked`: nothing was ever said of the entry, and yet it does not wait. Such an entry would never be
        sent. `public_key` is the single window's.
        """
        named: set[tuple[int, bytes]] = set()
        stored = self._vault.execute("SELECT signed, signature FROM receipts ORDER BY id")
        for signed, signature in cast("list[tuple[bytes, bytes]]", stored):
            if verify(public_key, signed, signature):
                named.update(self._named(signed))
        received = self._vault.execute(
            "SELECT chain.* FROM chain JOIN deliveries USING (sequence) WHERE state <> 'refused' ORDER BY sequence"
        )
        lines = [read_line(row).entry for row in received]
        forged = [f"forged-receipt:{entry.sequence}" for entry in lines if (entry.sequence, entry.hash()) not in named]
        rows = self._vault.execute(
            "SELECT sequence FROM entries WHERE sequence <= (SELECT floor FROM outbox)"
            " AND sequence NOT IN (SELECT sequence FROM deliveries) ORDER BY sequence"
        )
        return (*forged, *(f"overlooked:{sequence}" for (sequence,) in cast("list[tuple[int]]", rows)))

    def _named(self, signed: bytes) -> list[tuple[int, bytes]]:
        """What a receipt of this counter names; nothing if it is none."""
        try:
            _, _, counter, *names = decode(RECEIPT_TAG, signed)
        except ValueError:
            return []
        pairs = zip(names[::2], names[1::2], strict=False)
        return [(int.from_bytes(sequence), digest) for sequence, digest in pairs if counter == self._counter.encode()]

    def seen(self, sequence: int, at: str) -> None:
        """Notes that the agency has seen a received entry."""
        self._vault.execute(
            "UPDATE deliveries SET state = 'seen by the agency', at = ? WHERE sequence = ? AND state = 'received'",
            (at, sequence),
        )

    def refuse(self, sequence: int, reason: str, at: str) -> None:
        """Notes that the single window set an entry aside; it no longer waits. An entry with a receipt keeps that."""
        with self._vault.transaction():
            self._vault.execute(
                "INSERT INTO deliveries VALUES (?, 'refused', ?, ?, NULL) ON CONFLICT (sequence)"
                " DO UPDATE SET at = excluded.at, reason = excluded.reason WHERE state = 'refused'",
                (sequence, at, reason),
            )
            self._raise_floor()

    def reopen(self, sequence: int) -> None:
        """Makes a refused entry wait again: what stood against it was put right."""
        with self._vault.transaction():
            self._vault.execute("DELETE FROM deliveries WHERE sequence = ? AND state = 'refused'", (sequence,))
            self._lower_floor(sequence - 1)

    def rewind(self, head_sequence: int, head_hash: bytes) -> int:
        """Makes everything after the single window's head wait again, because it says that it has no more than that.

        Returns how many entries wait again. Raises JournalBroken `window.ahead` if its head is beyond this journal (the
        counter was restored from a copy), `window.other-history` if it has another entry there; then nothing changes.
        """
        with self._vault.transaction():
            if head_sequence:
                lines = self._vault.execute("SELECT * FROM chain WHERE sequence = ?", (head_sequence,))
                if not lines:
                    raise JournalBroken("window.ahead", sequence=head_sequence)
                if read_line(lines[0]).entry.hash() != head_hash:
                    raise JournalBroken("window.other-history", sequence=head_sequence)
            lost = self._vault.execute("DELETE FROM deliveries WHERE sequence > ? RETURNING 1", (head_sequence,))
            self._lower_floor(head_sequence)
        return len(lost)

    def _waiting(self, limit: int) -> list[Line]:
        rows = self._vault.execute(
            "SELECT * FROM chain WHERE sequence > (SELECT floor FROM outbox)"
            " AND sequence NOT IN (SELECT sequence FROM deliveries) ORDER BY sequence LIMIT ?",
            (limit,),
        )
        return [read_line(row) for row in rows]

    def _state(self, row: tuple[int, str, str, str, int, State | None, str | None, str | None]) -> EntryState:
        sequence, kind, group, recorded_at, logical, state, reason, at = row
        if state is None:
            state, at = ("sent", self._sent[sequence]) if sequence in self._sent else ("recorded", recorded_at)
        return EntryState(sequence, kind, group, recorded_at, state, reason or "", at or "", corrected(logical))

    def _is_news(self, sequence: int, digest: bytes) -> bool:
        lines = self._vault.execute("SELECT * FROM chain WHERE sequence = ?", (sequence,))
        if not lines:
            raise JournalBroken("receipt.unknown-entry", sequence=sequence)
        if read_line(lines[0]).entry.hash() != digest:
            raise JournalBroken("receipt.other-entry", sequence=sequence)
        known = self._vault.execute("SELECT 1 FROM deliveries WHERE sequence = ? AND state <> 'refused'", (sequence,))
        return not known

    def _raise_floor(self) -> None:
        """Up to the entry before the first that waits."""
        self._vault.execute(
            "UPDATE outbox SET floor = coalesce((SELECT min(sequence) - 1 FROM entries WHERE sequence > floor"
            " AND sequence NOT IN (SELECT sequence FROM deliveries)), (SELECT max(sequence) FROM entries), 0)"
        )

    def _lower_floor(self, floor: int) -> None:
        self._vault.execute("UPDATE outbox SET floor = min(floor, ?)", (floor,))
