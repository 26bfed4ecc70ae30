"""What the single window keeps, as a port: counters, sessions, entries, and the feed. Durable when a transaction ends.

Entries are judged in `offline_cache.sync.window`; a store only keeps what was judged.
"""

from collections.abc import Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from typing import Protocol

from offline_cache.entry import Entry
from offline_cache.sync.messages import Item
from offline_cache.sync.ports import WindowSyncStore

from ..domain.posts import Counter
from .allowance import AllowanceStore


@dataclass(frozen=True, slots=True)
class EnrolledCounter:
    """A counter that has enrolled, and its own public keys (32 bytes each): Ed25519, and X25519 or b""."""

    counter: Counter
    public_key: bytes
    exchange_key: bytes = b""


@dataclass(frozen=True, slots=True)
class Invitation:
    """What a counter becomes that presents a code; until when, and when that was done (ISO 8601 UTC, "" for never)."""

    counter: Counter
    expires: str = ""
    used: str = ""


@dataclass(frozen=True, slots=True)
class CounterLine:
    """What is known of a counter: up to where its chain is held, when it was heard last, and whether it was revoked."""

    enrolled: EnrolledCounter
    head: int
    heard: str
    revoked: bool


@dataclass(frozen=True, slots=True)
class AccessLine:
    """A line of the log of who saw what an agency holds: see `access`."""

    body: bytes
    digest: bytes
    signature: bytes
    position: int = 0


class WindowStore(WindowSyncStore, Protocol):
    """The store of one single window; what a sync needs of it stands in `offline_cache.sync.ports`.

    All methods are blocking; outside a transaction each is one of its own.
    """

    @property
    def allowances(self) -> AllowanceStore:
        """What was handed out of residents' allowances; in the same transactions."""
        ...

    def transaction(self) -> AbstractContextManager[None]:
        """What is done inside is durable when the block ends, or undone if it raises."""
        ...

    def find_setting(self, name: str) -> bytes | None:
        """A value of the single window itself, such as its private key."""
        ...

    def put_setting(self, name: str, value: bytes) -> None:
        """Keep such a value."""
        ...

    def invite(self, code_hash: bytes, counter: Counter, expires: str = "") -> None:
        """Keep what a counter becomes that presents the code with this hash, until then (ISO 8601 UTC)."""
        ...

    def take_invitation(self, code_hash: bytes, at: str) -> Invitation | None:
        """What the code with this hash stands for, as it was; from now on it was used `at` (ISO 8601 UTC)."""
        ...

    def enrol(self, enrolled: EnrolledCounter, token_hash: bytes) -> None:
        """Keep a counter; one of the same id has new keys and a new token from now on, and is not revoked."""
        ...

    def counters(self) -> Sequence[CounterLine]:
        """All counters, by id."""
        ...

    def heard(self, counter: str, at: str) -> None:
        """Note that a counter was heard (ISO 8601 UTC)."""
        ...

    def revoke(self, counter: str, notice: bytes) -> None:
        """From now on nothing is taken from this counter, and it is given this notice."""
        ...

    def find_revocation(self, counter: str) -> bytes | None:
        """The notice that a counter was revoked with."""
        ...

    def find_by_token(self, token_hash: bytes) -> EnrolledCounter | None:
        """The counter whose token has this hash."""
        ...

    def put_officer(self, counter: str, officer: str, public_key: bytes) -> None:
        """Keep the key with which a person signs in at a counter; earlier ones stay good for what they signed."""
        ...

    def officer_keys(self, counter: str, officer: str) -> Sequence[bytes]:
        """The keys that were ever given to a person at a counter, the newest first."""
        ...

    def put_session(self, counter: str, session: str, officer: str, public_key: bytes) -> None:
        """Keep a session whose certificate was checked; the first of an id stays."""
        ...

    def find_session(self, counter: str, session: str) -> bytes | None:
        """The public key of a session."""
        ...

    def find_signer(self, counter: str, session: str) -> str | None:
        """The person of a session."""
        ...

    def find_entry(self, counter: str, sequence: int, realm: str) -> Entry | None:
        """An entry that is part of a counter's confirmed chain, and in good order."""
        ...

    def count_entries(self, counter: str) -> int:
        """How many entries of a counter were accepted."""
        ...

    def put_feed(self, item: Item, origin: str = "") -> None:
        """Put an item at the end of the feed; the earlier one of its kind and key goes."""
        ...

    def find_feed(self, kind: str, key: str) -> Item | None:
        """The item of this kind and key."""
        ...

    def last_access(self, agency: str) -> bytes | None:
        """The digest of the newest line of an agency's access log."""
        ...

    def put_access(self, agency: str, line: AccessLine) -> None:
        """Add a line to an agency's access log."""
        ...

    def access(self, agency: str, after: int, limit: int) -> Sequence[AccessLine]:
        """So many lines of an agency's access log behind a position, the oldest first."""
        ...

    def newest_access(self, agency: str, count: int) -> Sequence[AccessLine]:
        """So many of its newest lines, the oldest of them first."""
        ...

    def close(self) -> None:
        """Close it."""
        ...
