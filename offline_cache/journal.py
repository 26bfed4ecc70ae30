"""The journal: append-only, a hash chain over salted commitments, that can forget a body and still be verified.

Each entry names the hash of the one before it and is signed by the session that recorded it. The hash covers a
commitment to the body, not the body: each body is sealed under a key of its own, and `erase` destroys the keys of a
group (the crossing). A cut at the end shows because behind the last entry there is always the open line, which has the
hash of what it follows, and because receipts name what was there.

Two clocks. `recorded_at` is what the counter's own clock said, right or wrong. `logical` is hybrid logical time: above
that clock, above the entry before and above all that was witnessed, so a clock that is set back neither brings entries
into another order nor makes earlier what has been (`time_floor`).

What this does not promise: whoever holds the vault's key and the sessions' keys can write another history. That one is
found where the entries were already received, by their hashes.
"""

from __future__ import annotations

import secrets
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final, cast

from .chain import DESTROYED, KEY_BYTES, Line, read_line, seal, witness
from .entry import GENESIS, SALT_BYTES, Entry, commit, entry_hash, signed_bytes
from .errors import CacheError, JournalBroken
from .moments import corrected, find_milliseconds, logical_of
from .signing import verify as verify_ed25519

if TYPE_CHECKING:
    from .vault import Vault

PublicKeyOf = Callable[[str], bytes | None]
Verify = Callable[[bytes, bytes, bytes], bool]

BATCH: Final = 64
"""After so many entries the tables to find them by catch up."""
_PAGE: Final = 200
_NEW: Final = "FROM entries WHERE sequence > (SELECT count FROM journal)"
_APPEND: Final = "INSERT INTO appending VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"


@dataclass(frozen=True, slots=True)
class Verification:
    """What a walk over the whole chain found.

    `problems` are `"code:sequence"`, in order: `edited` (the body is not what was committed to), `cut` (the entry is
    missing), `broken-chain` (it does not follow from the one before: edited, moved or put in again),
    `bad-signature`, `unknown-session`, `bad-time` (its logical time is not after the one before). `erased` tells how
    many bodies were erased by rule, `rules` how many by which.
    """

    count: int
    head_hash: bytes
    problems: tuple[str, ...]
    erased: int
    rules: tuple[tuple[str, int], ...] = ()


@dataclass(slots=True)
class _Head:
    """The journal's end, in memory: true while the vault's edition is this one."""

    edition: int
    count: int
    hash: bytes
    logical: int
    tail: list[tuple[int, str, str]] = field(default_factory=list)  # sequence, kind, group: not yet in the tables


class Journal:
    """The journal of one counter in one realm. A vault holds one, and refuses to be another's."""

    def __init__(self, vault: Vault, counter: str, realm: str) -> None:
        """Raises JournalBroken `journal.other-counter` or `journal.other-realm` if the vault's journal is not this."""
        self._vault = vault
        self._end: _Head | None = None
        self.counter = counter
        self.realm = realm
        rows = vault.execute("SELECT counter, realm FROM journal")
        if not rows:
            rows = [(counter, realm)]
            self._begin()
        if rows[0][0] != counter:
            raise JournalBroken("journal.other-counter", counter=str(rows[0][0]))
        if rows[0][1] != realm:
            raise JournalBroken("journal.other-realm", realm=str(rows[0][1]))

    def append(
        self,
        kind: str,
        group: str,
        body: bytes,
        *,
        recorded_at: str,
        session: str,
        sign: Callable[[bytes], bytes],
        salt: bytes,
    ) -> Entry:
        """Adds an entry. It is durable when this returns, or, inside a `vault.transaction()`, when that ends.

        `recorded_at` is ISO 8601 UTC, as the counter's clock says; `sign` signs a message with the session's key;
        `salt` is 16 to 32 random bytes, never used twice. Raises ValueError for a malformed time or salt, JournalBroken
        `journal.erased` if the group was erased by rule, DiskFull, DiskFailed.
        """
        clock = find_milliseconds(recorded_at)
        if clock is None or not SALT_BYTES[0] <= len(salt) <= SALT_BYTES[1]:
            raise ValueError("recorded_at or salt")
        with self._vault.alone:
            head = self._head()
            if len(head.tail) >= BATCH:
                head = self._catch_up(head)
            commitment = commit(salt, body)
            header = (
                self.counter,
                head.count + 1,
                head.hash,
                recorded_at,
                self.realm,
                kind,
                group,
                session,
                commitment,
            )
            logical = max(logical_of(clock), head.logical + 1)
            digest = entry_hash(*header, logical)
            entry = Entry(*header, salt, body, sign(signed_bytes(digest)), logical)
            self._insert(entry, digest)
            head.tail.append((entry.sequence, kind, group))
            head.edition, head.count, head.hash, head.logical = self._vault.edited(), entry.sequence, digest, logical
        return entry

    def witness(self, moment: str) -> None:
        """Takes note that it is at least this late: `time_floor` and the logical time of later entries are not before.

        `moment` is ISO 8601 UTC, from a receipt, an item of the feed or a freshness mark, and from nobody whose word
        was not checked: nothing makes it earlier again. Durable as `append` is. Raises ValueError if it is no time.
        """
        witness(self._vault, moment)

    def erase(self, group: str, rule: str, at: str = "") -> int:
        """Destroys the key of a group's bodies, and notes the rule. Returns how many entries can no longer be read.

        `at` is when, for the note. Raises JournalBroken `journal.not-delivered` while one of them has neither receipt
        nor refusal: forgetting is not losing. Erasing twice does nothing more. The key is overwritten in the file and
        the write-ahead log is emptied (outside a transaction); what a disk keeps beneath the file system is beyond
        this.
        """
        if not group:
            raise ValueError("group")
        with self._vault.transaction():
            sequences = self.of_group(group)
            self._destroy(group, sequences, rule, at)
        self._forget()
        return len(sequences)

    def erase_entry(self, sequence: int, rule: str, at: str = "") -> None:
        """The same for an entry without a group. Raises ValueError if it has one."""
        with self._vault.transaction():
            if self.get(sequence).group:
                raise ValueError("group")
            self._destroy("", [sequence], rule, at)
        self._forget()

    def get(self, sequence: int) -> Entry:
        """The entry. Raises JournalBroken `journal.no-entry` if there is none of this number."""
        rows = self._vault.execute("SELECT * FROM chain WHERE sequence = ?", (sequence,))
        if not rows:
            raise JournalBroken("journal.no-entry", sequence=sequence)
        return read_line(rows[0]).entry

    def entries(self, after: int = 0, limit: int | None = None) -> Iterator[Entry]:
        """The entries with a sequence above `after`, in order, at most `limit`, read page by page."""
        for line in self._lines(after, limit):
            yield line.entry

    def of_group(self, group: str) -> list[int]:
        """The sequences of a group's entries, in order; none for the empty group."""
        if not group:
            return []
        rows = self._vault.execute("SELECT sequence FROM by_crossing WHERE crossing = ? ORDER BY sequence", (group,))
        newer = [sequence for sequence, _, its in self._head().tail if its == group]
        return [cast("int", row[0]) for row in rows] + newer

    def of_kind(self, kind: str, after: int = 0) -> list[int]:
        """The sequences above `after` of the entries of a kind, in order."""
        rows = self._vault.execute(
            "SELECT sequence FROM by_kind WHERE kind = ? AND sequence > ? ORDER BY sequence", (kind, after)
        )
        newer = [sequence for sequence, its, _ in self._head().tail if its == kind and sequence > after]
        return [cast("int", row[0]) for row in rows] + newer

    def last(self) -> Entry | None:
        """The newest entry."""
        count = self.count()
        return self.get(count) if count else None

    def count(self) -> int:
        """How many entries were appended: the sequence of the head."""
        return self._head().count

    def time_floor(self) -> str:
        """The greatest time that an entry, a receipt or another witness has named; "" before the first.

        ISO 8601 UTC, milliseconds. A clock that shows less than this was set back.
        """
        return corrected(self._head().logical)

    def verify(self, public_key_of: PublicKeyOf, verify: Verify = verify_ed25519) -> Verification:
        """Walks the whole chain; see `Verification`. `public_key_of` gives a session's key, None if it is unknown.

        The keys have to come from checked certificates, not from the journal's own word.
        """
        marked, mark = cast("tuple[int, bytes]", self._vault.execute("SELECT count, head FROM journal")[0])
        problems: list[str] = []
        rules: Counter[str] = Counter()
        expected, previous, logical = 1, GENESIS, 0
        for line in self._lines(0, None):
            entry = line.entry
            problems += [f"cut:{missing}" for missing in range(expected, entry.sequence)]
            if entry.previous != previous and expected == entry.sequence:
                problems.append(f"broken-chain:{entry.sequence}")
            key = public_key_of(entry.session)
            if key is None:
                problems.append(f"unknown-session:{entry.sequence}")
            elif not verify(key, entry.signed_bytes(), entry.signature):
                problems.append(f"bad-signature:{entry.sequence}")
            if entry.logical <= logical and expected == entry.sequence and logical:
                problems.append(f"bad-time:{entry.sequence}")
            if line.rule:
                rules[line.rule] += 1
            elif entry.body is None or commit(entry.salt, entry.body) != entry.commitment:
                problems.append(f"edited:{entry.sequence}")
            expected, previous, logical = entry.sequence + 1, entry.hash(), entry.logical
            if entry.sequence == marked and previous != mark:
                problems.append(f"broken-chain:{marked}")
        problems += self._end_problems(expected, previous, marked)
        return Verification(expected - 1, previous, tuple(problems), rules.total(), tuple(rules.items()))

    def _end_problems(self, expected: int, previous: bytes, marked: int) -> list[str]:
        """What the open line, the mark and the receipts say about an end before `expected`."""
        rows = self._vault.execute(
            "SELECT max(sequence), previous, (SELECT coalesce(max(sequence), 0) FROM deliveries)"
            " FROM lines WHERE recorded_at = ''"
        )
        follows, digest, delivered = cast("tuple[int | None, bytes, int]", rows[0])
        # without an open line there is no telling how many went
        end = max((follows or expected + 1) - 1, marked, delivered)
        if follows == expected and digest != previous:
            return [f"broken-chain:{expected - 1}"]
        return [f"cut:{missing}" for missing in range(expected, end + 1)]

    def _head(self) -> _Head:
        """The journal's end, from memory unless that may be no longer so."""
        with self._vault.alone:
            if self._end is None or self._end.edition != self._vault.edition:
                self._end = self._read_head()
            return self._end

    def _read_head(self) -> _Head:
        edition = self._vault.edition
        rows = self._vault.execute(
            "SELECT sequence - 1, lines.previous, max(lines.logical, journal.logical) FROM lines, journal"
            " WHERE sequence = (SELECT max(sequence) FROM lines) AND recorded_at = ''"
        )
        if not rows:
            raise JournalBroken("journal.cut")
        tail = self._vault.execute(f"SELECT sequence, kind, crossing {_NEW} ORDER BY sequence")
        count, digest, logical = cast("tuple[int, bytes, int]", rows[0])
        return _Head(edition, count, digest, logical, cast("list[tuple[int, str, str]]", tail))

    def _catch_up(self, head: _Head) -> _Head:
        """Brings `by_crossing` and `by_kind` up to the last entry."""
        with self._vault.transaction():
            self._vault.execute(f"INSERT INTO by_crossing SELECT crossing, sequence {_NEW} AND crossing <> ''")
            self._vault.execute(f"INSERT INTO by_kind SELECT kind, sequence {_NEW}")
            self._vault.execute("UPDATE journal SET count = ?, head = ?", (head.count, head.hash))
            self._vault.edited()
        return self._head()

    def _begin(self) -> None:
        with self._vault.transaction():
            self._vault.execute(
                "INSERT INTO journal (only, counter, realm, count, head) VALUES (1, ?, ?, 0, ?)",
                (self.counter, self.realm, GENESIS),
            )
            self._vault.execute("INSERT INTO lines VALUES (1, x'', '', 0, ?, '', '', '', x'', x'', x'')", (GENESIS,))

    def _insert(self, entry: Entry, digest: bytes) -> None:
        assert entry.body is not None
        key = secrets.token_bytes(KEY_BYTES)
        line = (
            entry.sequence,
            key,
            entry.recorded_at,
            entry.logical,
            entry.previous,
            entry.kind,
            entry.group,
            entry.session,
            entry.commitment,
            seal(key, entry.commitment, entry.salt, entry.body),
            entry.signature,
            digest,
        )
        try:
            self._vault.execute(_APPEND, line)
        except CacheError as error:
            self._vault.edited()
            if error.code == "vault.constraint" and self._is_erased(entry.group):
                raise JournalBroken("journal.erased", group=entry.group) from None
            raise

    def _is_erased(self, group: str) -> bool:
        return bool(group and self._vault.execute("SELECT 1 FROM erasures WHERE crossing = ?", (group,)))

    def _destroy(self, group: str, sequences: list[int], rule: str, at: str) -> None:
        """Overwrites the keys of these entries, and notes why."""
        marks = ", ".join("?" * len(sequences))
        settled = self._vault.execute(f"SELECT count(*) FROM deliveries WHERE sequence IN ({marks})", sequences)  # noqa: S608 - so many placeholders
        waiting = len(sequences) - cast("int", settled[0][0])
        if waiting:
            raise JournalBroken("journal.not-delivered", waiting=waiting)
        for sequence in sequences:
            self._vault.execute("UPDATE lines SET key = ? WHERE sequence = ?", (DESTROYED, sequence))
            self._vault.execute("INSERT OR IGNORE INTO erasures VALUES (?, ?, ?, ?)", (group, sequence, rule, at))

    def _forget(self) -> None:
        """Nothing of what was overwritten is left in the write-ahead log."""
        if not self._vault.in_transaction:
            self._vault.shrink_log()

    def _lines(self, after: int, limit: int | None) -> Iterator[Line]:
        while limit is None or limit > 0:
            page = _PAGE if limit is None else min(limit, _PAGE)
            rows = self._vault.execute(
                "SELECT * FROM chain WHERE sequence > ? ORDER BY sequence LIMIT ?", (after, page)
            )
            for row in rows:
                line = read_line(row)
                after = line.entry.sequence
                yield line
            if len(rows) < page:
                return
            limit = None if limit is None else limit - page
