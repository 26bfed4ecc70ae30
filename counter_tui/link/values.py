"""What the link hands to the counter, and takes from it: plain values, no wire models."""

from dataclasses import dataclass, field
from typing import Protocol

from ..domain.posts import Counter, Officer, Post


class EntryLike(Protocol):
    """An entry of a journal, whoever keeps it; see `EntryFields` for what the parts mean."""

    @property
    def counter(self) -> str: ...  # noqa: D102
    @property
    def sequence(self) -> int: ...  # noqa: D102
    @property
    def previous(self) -> bytes: ...  # noqa: D102
    @property
    def recorded_at(self) -> str: ...  # noqa: D102
    @property
    def realm(self) -> str: ...  # noqa: D102
    @property
    def kind(self) -> str: ...  # noqa: D102
    @property
    def group(self) -> str: ...  # noqa: D102
    @property
    def session(self) -> str: ...  # noqa: D102
    @property
    def commitment(self) -> bytes: ...  # noqa: D102
    @property
    def salt(self) -> bytes: ...  # noqa: D102
    @property
    def body(self) -> bytes | None: ...  # noqa: D102
    @property
    def signature(self) -> bytes: ...  # noqa: D102
    @property
    def logical(self) -> int: ...  # noqa: D102


@dataclass(frozen=True, slots=True)
class EntryFields:
    """An entry as it came over the wire: nothing of it is checked but sizes and types.

    `sequence` counts from 1; `previous` and `commitment` are SHA-256 digests; `recorded_at` is ISO 8601 UTC; `realm`
    tells demo from live; `group` is the crossing; `session` names the key that made `signature` (Ed25519). `body` is
    None, and `salt` empty, where the body was erased.
    """

    counter: str
    sequence: int
    previous: bytes
    recorded_at: str
    realm: str
    kind: str
    group: str
    session: str
    commitment: bytes
    salt: bytes = field(repr=False)
    body: bytes | None = field(repr=False)
    signature: bytes = field(repr=False)
    logical: int = 0


@dataclass(frozen=True, slots=True)
class ReceiptFields:
    """The single window's word that it has these entries: (sequence, hash) each; `at` is ISO 8601 UTC."""

    window: str
    at: str
    counter: str
    entries: tuple[tuple[int, bytes], ...]
    signature: bytes


@dataclass(frozen=True, slots=True)
class Refused:
    """An entry that the single window set aside, and why, as a code; sending it again changes nothing."""

    sequence: int
    reason: str


@dataclass(frozen=True, slots=True)
class FeedItem:
    """One document of the feed: it takes the place of the earlier one of this kind and key.

    `as_of` is ISO 8601 UTC; `owner` is the authority, agency or counter it comes from; `body` is UTF-8 JSON.
    """

    kind: str
    key: str
    owner: str
    as_of: str
    body: bytes = field(repr=False)


@dataclass(frozen=True, slots=True)
class SyncAnswer:
    """What the single window says to a sync. `cursor` goes into the next one; with `more`, that one is due at once.

    `head` (sequence, hash) is there where entries are missing before those that were sent: the single window has this
    counter's journal up to it, and no further. `time` is the single window's clock, ISO 8601 UTC.
    """

    receipt: ReceiptFields | None
    head: tuple[int, bytes] | None
    refused: tuple[Refused, ...]
    feed: tuple[FeedItem, ...]
    cursor: int
    more: bool
    time: str


@dataclass(frozen=True, slots=True)
class RosterLine:
    """A person who may sign in at this counter: `wrapped` is their private key, encrypted with their PIN."""

    officer: Officer
    public_key: bytes
    wrapped: bytes = field(repr=False)


@dataclass(frozen=True, slots=True)
class Enrolment:
    """What a counter becomes by enrolling; `token` opens the single window to it, and is a secret.

    `window_exchange_key` (X25519) is what is sealed to the single window, `lease` a signed notice; b"" for none.
    """

    counter: Counter
    post: Post
    token: str = field(repr=False)
    window: str
    window_public_key: bytes
    realm: str
    roster: tuple[RosterLine, ...]
    window_exchange_key: bytes = b""
    lease: bytes = b""
