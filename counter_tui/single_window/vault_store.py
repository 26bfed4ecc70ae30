"""The embedded store: one encrypted vault of `offline_cache`, with tables of its own."""

import json
import time
from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Any, Final, Self, cast

from offline_cache.entry import Entry
from offline_cache.sync.messages import Item
from offline_cache.sync.packing import json_bytes, pack, unpack
from offline_cache.sync.ports import FeedPosition
from offline_cache.sync.window import Judgement, KnownCounter
from offline_cache.vault import Vault

from ..domain.coding import from_json, to_json
from ..domain.posts import Counter
from ..errors import StoreError
from .allowance_store import VaultAllowances
from .schema import WINDOW_SCHEMA
from .store import AccessLine, CounterLine, EnrolledCounter, Invitation
from .telling_store import VaultTellings

_FLOOR: Final = "feed floor"
_FARTHEST: Final = 1 << 62  # of 63 bits: whatever a counter says it holds, there is room behind it
_FEED_OF_ALL: Final = """
SELECT position, origin, kind, key, owner, as_of, body, rank FROM feed WHERE position > ?1 ORDER BY position LIMIT ?2
"""
_FEED_OF_RANK: Final = """
SELECT position, origin, kind, key, owner, as_of, body, rank FROM feed WHERE rank = ?3 AND position > ?1
ORDER BY position LIMIT ?2
"""

_UNREADABLE: Final = StoreError("store.record-unreadable")


class VaultStore:
    """Fulfils `WindowStore`."""

    def __init__(self, vault: Vault, milliseconds: Callable[[], int] = lambda: time.time_ns() // 1_000_000) -> None:
        """`vault` is open, with `WINDOW_SCHEMA`; `milliseconds` since 1970, by this machine's clock."""
        self._vault = vault
        self._milliseconds = milliseconds

    @classmethod
    def open(cls, path: Path, key: bytes) -> Self:
        """The store at `path` under `key` (32 bytes), made if there is none. Raises offline_cache.errors.CacheError."""
        opened = Vault.open if path.exists() else Vault.create
        return cls(opened(path, key, WINDOW_SCHEMA))

    def transaction(self) -> AbstractContextManager[None]:
        """A transaction."""
        return self._vault.transaction()

    @property
    def tellings(self) -> VaultTellings:
        """What agencies are told, in the same vault and the same transactions."""
        return VaultTellings(self._vault)

    @property
    def allowances(self) -> VaultAllowances:
        """What was handed out of residents' allowances, likewise."""
        return VaultAllowances(self._vault)

    def close(self) -> None:
        """Close the vault."""
        self._vault.close()

    def find_setting(self, name: str) -> bytes | None:
        """A setting."""
        rows = self._vault.execute("SELECT value FROM settings WHERE name = ?", (name,))
        return cast("bytes", rows[0][0]) if rows else None

    def put_setting(self, name: str, value: bytes) -> None:
        """Keep a setting."""
        self._vault.execute("INSERT OR REPLACE INTO settings VALUES (?, ?)", (name, value))

    # -- counters ---------------------------------------------------------------------------------------------------

    def invite(self, code_hash: bytes, counter: Counter, expires: str = "") -> None:
        """Keep an invitation."""
        self._vault.execute("INSERT INTO invitations VALUES (?, ?, ?, '')", (code_hash, to_json(counter), expires))

    def take_invitation(self, code_hash: bytes, at: str) -> Invitation | None:
        """An invitation, used from now on."""
        rows = self._vault.execute("SELECT counter, expires, used FROM invitations WHERE code_hash = ?", (code_hash,))
        if not rows:
            return None
        self._vault.execute("UPDATE invitations SET used = ? WHERE code_hash = ? AND used = ''", (at, code_hash))
        counter, expires, used = rows[0]
        return Invitation(_counter(counter), str(expires), str(used))

    def enrol(self, enrolled: EnrolledCounter, token_hash: bytes) -> None:
        """Keep a counter; its chain goes on where it was."""
        self._vault.execute(
            "INSERT INTO counters (id, counter, public_key, token_hash, exchange_key, head_sequence, head_hash)"
            " VALUES (?, ?, ?, ?, ?, 0, zeroblob(32)) ON CONFLICT (id) DO UPDATE SET counter = excluded.counter,"
            " public_key = excluded.public_key, token_hash = excluded.token_hash,"
            " exchange_key = excluded.exchange_key, revoked = NULL",
            (enrolled.counter.id, to_json(enrolled.counter), enrolled.public_key, token_hash, enrolled.exchange_key),
        )

    def find_by_token(self, token_hash: bytes) -> EnrolledCounter | None:
        """The counter with this token."""
        rows = self._vault.execute(
            "SELECT counter, public_key, exchange_key FROM counters WHERE token_hash = ?", (token_hash,)
        )
        return _enrolled(*rows[0]) if rows else None

    def counters(self) -> Sequence[CounterLine]:
        """All counters."""
        rows = self._vault.execute(
            "SELECT counter, public_key, exchange_key, head_sequence, heard, revoked IS NOT NULL FROM counters"
            " ORDER BY id"
        )
        return [
            CounterLine(_enrolled(*row[:3]), cast("int", row[3]), str(row[4]), revoked=bool(row[5])) for row in rows
        ]

    def heard(self, counter: str, at: str) -> None:
        """Note when."""
        self._vault.execute("UPDATE counters SET heard = ? WHERE id = ?", (at, counter))

    def revoke(self, counter: str, notice: bytes) -> None:
        """Keep the notice."""
        self._vault.execute("UPDATE counters SET revoked = ? WHERE id = ?", (notice, counter))

    def find_revocation(self, counter: str) -> bytes | None:
        """The notice."""
        rows = self._vault.execute("SELECT revoked FROM counters WHERE id = ?", (counter,))
        return cast("bytes | None", rows[0][0]) if rows else None

    def put_officer(self, counter: str, officer: str, public_key: bytes) -> None:
        """Keep an officer's key."""
        self._vault.execute(
            "INSERT OR IGNORE INTO officer_keys (counter, officer, public_key) VALUES (?, ?, ?)",
            (counter, officer, public_key),
        )

    def officer_keys(self, counter: str, officer: str) -> Sequence[bytes]:
        """An officer's keys."""
        rows = self._vault.execute(
            "SELECT public_key FROM officer_keys WHERE counter = ? AND officer = ? ORDER BY id DESC LIMIT 16",
            (counter, officer),
        )
        return [cast("bytes", row[0]) for row in rows]

    def put_session(self, counter: str, session: str, officer: str, public_key: bytes) -> None:
        """Keep a session."""
        self._vault.execute(
            "INSERT OR IGNORE INTO sessions VALUES (?, ?, ?, ?)", (counter, session, officer, public_key)
        )

    def find_session(self, counter: str, session: str) -> bytes | None:
        """A session's key."""
        rows = self._vault.execute(
            "SELECT public_key FROM sessions WHERE counter = ? AND session = ?", (counter, session)
        )
        return cast("bytes", rows[0][0]) if rows else None

    def find_signer(self, counter: str, session: str) -> str | None:
        """A session's person."""
        rows = self._vault.execute("SELECT officer FROM sessions WHERE counter = ? AND session = ?", (counter, session))
        return cast("str", rows[0][0]) if rows else None

    # -- entries ----------------------------------------------------------------------------------------------------

    def known(self, counter: str, realm: str, first: int, last: int) -> KnownCounter:
        """The head, the hashes held at these sequences, and what lies aside, early or in part there and above."""
        heads = self._vault.execute("SELECT head_sequence, head_hash FROM counters WHERE id = ?", (counter,))
        head_sequence, head_hash = cast("tuple[int, bytes]", heads[0])
        held = self._vault.execute(
            "SELECT sequence, hash FROM entries WHERE held AND counter = ? AND sequence BETWEEN ? AND ?",
            (counter, first - 1, last),
        )
        rows = self._vault.execute(
            "SELECT hash, sequence, previous, early FROM entries WHERE counter = ? AND (NOT held OR NOT accepted)"
            " AND (NOT accepted OR early) AND (sequence > ? OR sequence BETWEEN ? AND ?)",
            (counter, head_sequence, first, last),
        )
        beside = cast("list[tuple[bytes, int, bytes, int]]", rows)
        return KnownCounter(
            counter,
            realm,
            head_sequence,
            head_hash,
            held=dict(cast("list[tuple[int, bytes]]", held)),
            aside={digest: (number, before) for digest, number, before, early in beside if not early},
            early={number: (digest, before) for digest, number, before, early in beside if early},
            partial=self._partial(counter, realm),
        )

    def _partial(self, counter: str, realm: str) -> tuple[Entry, ...]:
        rows = self._vault.execute("SELECT packed FROM partials WHERE counter = ?", (counter,))
        if not rows:
            return ()
        packed = json.loads(cast("bytes", rows[0][0]))
        return tuple(unpack(packed, counter=counter, realm=realm, hash_before=lambda _: None))

    def keep_partial(self, counter: str, entries: Sequence[Entry]) -> None:
        """Keep these, in place of those before."""
        if not entries:
            self._vault.execute("DELETE FROM partials WHERE counter = ?", (counter,))
            return
        packed = json_bytes(pack(entries, explicit=True))
        self._vault.execute("INSERT OR REPLACE INTO partials VALUES (?, ?)", (counter, packed))

    def save(self, judgements: Sequence[Judgement], before: KnownCounter, after: KnownCounter, at: str) -> None:
        """Keep what was judged; an entry set aside before, and accepted now, takes the place of its bad copy."""
        with self._vault.transaction():
            for judged in judgements:
                if judged.stored or judged.digest in after.aside:
                    self._put_entry(judged, at)
            for sequence, digest in after.held.items():
                if before.held.get(sequence) != digest:
                    self._vault.execute(
                        "UPDATE entries SET held = 1, early = 0 WHERE counter = ? AND sequence = ? AND hash = ?",
                        (after.counter, sequence, digest),
                    )
            self._vault.execute(
                "UPDATE counters SET head_sequence = ?, head_hash = ? WHERE id = ?",
                (after.head_sequence, after.head_hash, after.counter),
            )

    def _put_entry(self, judged: Judgement, at: str) -> None:
        entry, good = judged.entry, judged.stored
        self._vault.execute(
            "INSERT INTO entries (counter, sequence, hash, previous, recorded_at, realm, kind, crossing, session,"
            " commitment, salt, body, signature, received_at, held, accepted, reason, logical, early)"
            " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 0, ?, ?, ?, ?) ON CONFLICT (counter, sequence, hash)"
            " DO UPDATE SET salt = excluded.salt, body = excluded.body, signature = excluded.signature,"
            " received_at = excluded.received_at, accepted = 1, reason = '', early = excluded.early"
            " WHERE excluded.accepted AND NOT accepted",
            (
                entry.counter,
                entry.sequence,
                judged.digest,
                entry.previous,
                entry.recorded_at,
                entry.realm,
                entry.kind,
                entry.group,
                entry.session,
                entry.commitment,
                entry.salt,
                entry.body,
                entry.signature,
                at,
                int(good),
                "" if good else judged.outcome,
                entry.logical,
                int(judged.outcome == "early"),
            ),
        )

    def held(self, counter: str, first: int, limit: int) -> list[tuple[int, bytes]]:
        """What was accepted from a sequence on."""
        rows = self._vault.execute(
            "SELECT sequence, hash FROM entries WHERE held AND accepted AND counter = ? AND sequence >= ?"
            " ORDER BY sequence LIMIT ?",
            (counter, first, limit),
        )
        return cast("list[tuple[int, bytes]]", rows)

    def find_entry(self, counter: str, sequence: int, realm: str) -> Entry | None:
        """An entry that is held and accepted."""
        rows = self._vault.execute(
            "SELECT counter, sequence, previous, recorded_at, realm, kind, crossing, session, commitment, salt, body,"
            " signature, logical FROM entries WHERE held AND accepted AND counter = ? AND sequence = ? AND realm = ?",
            (counter, sequence, realm),
        )
        return Entry(*cast("tuple[Any, ...]", rows[0])) if rows else None

    def count_entries(self, counter: str) -> int:
        """How many were accepted."""
        rows = self._vault.execute("SELECT count(*) FROM entries WHERE accepted AND counter = ?", (counter,))
        return cast("int", rows[0][0])

    # -- who saw what -----------------------------------------------------------------------------------------------

    def last_access(self, agency: str) -> bytes | None:
        """The digest of the newest line."""
        rows = self._vault.execute(
            "SELECT digest FROM access WHERE agency = ? ORDER BY position DESC LIMIT 1", (agency,)
        )
        return cast("bytes", rows[0][0]) if rows else None

    def put_access(self, agency: str, line: AccessLine) -> None:
        """Add a line."""
        self._vault.execute(
            "INSERT INTO access (agency, body, digest, signature) VALUES (?, ?, ?, ?)",
            (agency, line.body, line.digest, line.signature),
        )

    def access(self, agency: str, after: int, limit: int) -> Sequence[AccessLine]:
        """Lines behind a position."""
        rows = self._vault.execute(
            "SELECT body, digest, signature, position FROM access WHERE agency = ? AND position > ?"
            " ORDER BY position LIMIT ?",
            (agency, after, limit),
        )
        return [AccessLine(*cast("tuple[bytes, bytes, bytes, int]", row)) for row in rows]

    def newest_access(self, agency: str, count: int) -> Sequence[AccessLine]:
        """The newest lines."""
        rows = self._vault.execute(
            "SELECT body, digest, signature, position FROM access WHERE agency = ? ORDER BY position DESC LIMIT ?",
            (agency, count),
        )
        return [AccessLine(*cast("tuple[bytes, bytes, bytes, int]", row)) for row in reversed(rows)]

    # -- the feed ---------------------------------------------------------------------------------------------------

    def put_feed(self, item: Item, origin: str = "") -> None:
        """Put an item at the end, under a new position."""
        with self._vault.transaction():
            self._vault.execute("DELETE FROM feed WHERE kind = ? AND key = ?", (item.kind, item.key))
            self._vault.execute(
                "INSERT INTO feed (position, kind, key, owner, as_of, origin, body, rank)"
                " VALUES (max(?, 1 + coalesce((SELECT seq FROM sqlite_sequence WHERE name = 'feed'), 0)),"
                " ?, ?, ?, ?, ?, ?, ?)",
                (
                    max(self._milliseconds(), self._floor() + 1),
                    item.kind,
                    item.key,
                    item.owner,
                    item.as_of,
                    origin,
                    item.body,
                    int(item.rank),
                ),
            )

    def find_feed(self, kind: str, key: str) -> Item | None:
        """The item of this kind and key."""
        rows = self._vault.execute(
            "SELECT kind, key, owner, as_of, body, rank FROM feed WHERE kind = ? AND key = ?", (kind, key)
        )
        return Item(*cast("tuple[str, str, str, str, bytes, int]", rows[0])) if rows else None

    def feed(self, rank: int | None, after: int, limit: int) -> Sequence[FeedPosition]:
        """Items behind a position."""
        given = (after, limit) if rank is None else (after, limit, rank)
        rows = self._vault.execute(_FEED_OF_ALL if rank is None else _FEED_OF_RANK, given)
        found = cast("list[tuple[int, str, str, str, str, str, bytes, int]]", rows)
        return [FeedPosition(row[0], row[1], Item(*row[2:])) for row in found]

    def feed_left(self, rank: int | None, after: int) -> int:
        """How many items are behind a position."""
        of = "" if rank is None else " AND rank = ?2"
        counted = self._vault.execute(
            f"SELECT count(*) FROM feed WHERE position > ?1{of}",  # noqa: S608 - no value
            (after,) if rank is None else (after, rank),
        )
        return cast("int", counted[0][0])

    def raise_feed(self, floor: int) -> None:
        """What is put from now on stands behind `floor`, as far as a counter may be believed: no position runs out."""
        floor = min(floor, _FARTHEST)
        last = self._vault.execute("SELECT seq FROM sqlite_sequence WHERE name = 'feed'")
        if floor > max(self._floor(), cast("int", last[0][0]) if last else 0):
            self.put_setting(_FLOOR, str(floor).encode())

    def _floor(self) -> int:
        return int(self.find_setting(_FLOOR) or b"0")


def _enrolled(counter: object, public_key: object, exchange_key: object) -> EnrolledCounter:
    return EnrolledCounter(_counter(counter), cast("bytes", public_key), cast("bytes", exchange_key))


def _counter(stored: object) -> Counter:
    return from_json(Counter, cast("bytes", stored), error=_UNREADABLE)
