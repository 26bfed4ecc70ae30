"""The journal: append-only, a hash chain over salted commitments, that can forget a body and still be verified.

Each entry names the hash of the one before it and is signed by the session that recorded it. The hash covers a
commitment to the body, not the body: bodies are sealed under a key of their group (the crossing), and `erase` destroys
that key. A cut at the end shows because the count and hash of the head stand apart from the entries, and because
receipts name what was there.

What this does not promise: whoever holds the vault's key and the sessions' keys can write another history. That one is
found where the entries were already received, by their hashes.
"""

from __future__ import annotations

import hashlib
import re
import secrets
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final, cast

from .entry import GENESIS, SALT_BYTES, Entry, commit, encode
from .errors import JournalBroken
from .signing import verify as verify_ed25519

if TYPE_CHECKING:
    from .vault import Value, Vault

PublicKeyOf = Callable[[str], bytes | None]
Verify = Callable[[bytes, bytes, bytes], bool]

_PAGE: Final = 200
_TIME: Final = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{1,9})?(Z|\+00:00)")


@dataclass(frozen=True, slots=True)
class Verification:
    """What a walk over the whole chain found.

    `problems` are `"code:sequence"`, in order: `edited` (the body is not what was committed to), `cut` (the entry is
    missing), `broken-chain` (it does not follow from the one before: edited, moved or put in again),
    `bad-signature`, `unknown-session`. `erased` tells how many bodies were erased by rule.
    """

    count: int
    head_hash: bytes
    problems: tuple[str, ...]
    erased: int


class Journal:
    """The journal of one counter in one realm. A vault holds one, and refuses to be another's."""

    def __init__(self, vault: Vault, counter: str, realm: str) -> None:
        """Raises JournalBroken `journal.other-counter` or `journal.other-realm` if the vault's journal is not this."""
        self._vault = vault
        self.counter = counter
        self.realm = realm
        with vault.transaction():
            rows = vault.execute("SELECT counter, realm FROM journal")
            if not rows:
                vault.execute("INSERT INTO journal VALUES (1, ?, ?, 0, ?, '')", (counter, realm, GENESIS))
                rows = [(counter, realm)]
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
        moment = comparable(recorded_at)
        if moment is None or not SALT_BYTES[0] <= len(salt) <= SALT_BYTES[1]:
            raise ValueError("recorded_at or salt")
        with self._vault.transaction():
            count, previous, floor = self._head()
            sequence, commitment = count + 1, commit(salt, body)
            header = (self.counter, sequence, previous, recorded_at, self.realm, kind, group, session, commitment)
            entry = Entry(*header, salt, body, b"")
            entry = replace(entry, signature=sign(entry.signed_bytes()))
            key_id, key = self._key_of(group)
            self._vault.execute(
                "INSERT INTO entries VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                (
                    entry.sequence,
                    previous,
                    recorded_at,
                    kind,
                    group,
                    session,
                    entry.commitment,
                    key_id,
                    _seal(key, entry),
                    entry.signature,
                ),
            )
            self._vault.execute(
                "UPDATE journal SET count = ?, head = ?, floor = ?", (entry.sequence, entry.hash(), max(floor, moment))
            )
        return entry

    def erase(self, group: str, rule: str) -> int:
        """Destroys the key of a group's bodies, and notes the rule. Returns how many entries can no longer be read.

        Raises JournalBroken `journal.not-delivered` while one of them has neither receipt nor refusal: forgetting is
        not losing. Erasing twice does nothing more. The key is overwritten in the file and the write-ahead log is
        emptied (outside a transaction); what a disk keeps beneath the file system is beyond this.
        """
        if not group:
            raise ValueError("group")
        with self._vault.transaction():
            held = self._vault.execute(
                "SELECT count(*), count(deliveries.sequence) FROM entries LEFT JOIN deliveries USING (sequence)"
                " WHERE crossing = ? AND crossing <> ''",
                (group,),
            )
            entries, delivered = cast("tuple[int, int]", held[0])
            if entries != delivered:
                raise JournalBroken("journal.not-delivered", waiting=entries - delivered)
            self._vault.execute(
                "UPDATE body_keys SET key = NULL, rule = ? WHERE crossing = ? AND key IS NOT NULL", (rule, group)
            )
        if not self._vault.in_transaction:
            self._vault.shrink_log()
        return entries

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
        # the second condition lets the index serve
        rows = self._vault.execute(
            "SELECT sequence FROM entries WHERE crossing = ? AND crossing <> '' ORDER BY sequence", (group,)
        )
        return [cast("int", row[0]) for row in rows]

    def of_kind(self, kind: str, after: int = 0) -> list[int]:
        """The sequences above `after` of the entries of a kind, in order."""
        rows = self._vault.execute(
            "SELECT sequence FROM entries WHERE sequence > ? AND kind = ? ORDER BY sequence", (after, kind)
        )
        return [cast("int", row[0]) for row in rows]

    def last(self) -> Entry | None:
        """The newest entry."""
        count = self.count()
        return self.get(count) if count else None

    def count(self) -> int:
        """How many entries were appended: the sequence of the head."""
        return self._head()[0]

    def time_floor(self) -> str:
        """The greatest time that an entry or a receipt has named, ISO 8601 UTC; "" before the first.

        A clock that shows less than this was set back.
        """
        floor = self._head()[2]
        return floor and floor + "Z"

    def verify(self, public_key_of: PublicKeyOf, verify: Verify = verify_ed25519) -> Verification:
        """Walks the whole chain; see `Verification`. `public_key_of` gives a session's key, None if it is unknown.

        The keys have to come from checked certificates, not from the journal's own word.
        """
        count, head, _ = self._head()
        problems: list[str] = []
        erased = 0
        expected, previous = 1, GENESIS
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
            if line.erased:
                erased += 1
            elif entry.body is None or commit(entry.salt, entry.body) != entry.commitment:
                problems.append(f"edited:{entry.sequence}")
            expected, previous = entry.sequence + 1, entry.hash()
        delivered = self._vault.execute("SELECT coalesce(max(sequence), 0) FROM deliveries")
        end = max(count, cast("int", delivered[0][0]))
        problems += [f"cut:{missing}" for missing in range(expected, end + 1)]
        if expected == count + 1 and previous != head:
            problems.append(f"broken-chain:{count}")
        return Verification(expected - 1, previous, tuple(problems), erased)

    def _head(self) -> tuple[int, bytes, str]:
        return cast("tuple[int, bytes, str]", self._vault.execute("SELECT count, head, floor FROM journal")[0])

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

    def _key_of(self, group: str) -> tuple[int, bytes]:
        """The sealing key of a group, made at its first entry; an entry without a group gets one of its own."""
        if group:
            rows = self._vault.execute("SELECT id, key FROM body_keys WHERE crossing = ?", (group,))
            if rows and rows[0][1] is None:
                raise JournalBroken("journal.erased", group=group)
            if rows:
                return cast("tuple[int, bytes]", rows[0])
        rows = self._vault.execute(
            "INSERT INTO body_keys (crossing, key) VALUES (?, ?) RETURNING id, key",
            (group or None, secrets.token_bytes(32)),
        )
        return cast("tuple[int, bytes]", rows[0])


@dataclass(frozen=True, slots=True)
class Line:
    """An entry as the vault holds it: `erased` if its body's key was destroyed by rule, `size` of what is sealed."""

    entry: Entry
    erased: bool
    size: int


def read_line(row: tuple[Value, ...]) -> Line:
    """A row of the view `chain`."""
    (
        counter,
        sequence,
        previous,
        recorded_at,
        realm,
        kind,
        group,
        session,
        commitment,
        signature,
        sealed,
        key,
        rule,
    ) = cast(
        "tuple[str, int, bytes, str, str, str, str, str, bytes, bytes, bytes, bytes | None, str | None]",
        row,
    )
    salt, body = _unseal(key, sequence, commitment, sealed)
    entry = Entry(
        counter, sequence, previous, recorded_at, realm, kind, group, session, commitment, salt, body, signature
    )
    return Line(entry, erased=key is None and rule is not None, size=len(sealed))


def comparable(moment: str) -> str | None:
    """An ISO 8601 UTC time in a form that sorts; None if it is not one."""
    return moment.removesuffix("+00:00").removesuffix("Z") if _TIME.fullmatch(moment) else None


def _nonce(sequence: int, commitment: bytes) -> bytes:
    # follows from what is sealed, so a journal restored from a copy never uses one twice for two contents
    return hashlib.sha256(encode(b"offline_cache nonce 1", (sequence.to_bytes(8), commitment))).digest()[:12]


def _seal(key: bytes, entry: Entry) -> bytes:
    from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305

    assert entry.body is not None
    plain = bytes([len(entry.salt)]) + entry.salt + entry.body
    return ChaCha20Poly1305(key).encrypt(_nonce(entry.sequence, entry.commitment), plain, None)


def _unseal(key: bytes | None, sequence: int, commitment: bytes, sealed: bytes) -> tuple[bytes, bytes | None]:
    from cryptography.exceptions import InvalidTag
    from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305

    if key is None:
        return b"", None
    try:
        plain = ChaCha20Poly1305(key).decrypt(_nonce(sequence, commitment), sealed, None)
    except (InvalidTag, ValueError):
        return b"", None
    return plain[1 : 1 + plain[0]], plain[1 + plain[0] :]
