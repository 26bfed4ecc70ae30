"""The wire contract with the single window, version 1: JSON over HTTP, every size bounded, unknown members ignored.

    POST /v1/sync      SyncRequest     -> SyncReply
    POST /v1/sections  SectionsRequest -> application/x-ndjson, a line a section (domain JSON) as each authority
                                          answers; who has not at the server's deadline gives no line
    POST /v1/unseal    UnsealRequest   -> UnsealReply
    POST /v1/allowance AllowanceRequest -> AllowanceReply
    POST /v1/enrol     EnrolRequest    -> EnrolReply; takes a one-time code in place of a token
    GET  /v1/health                    -> Health
    GET  /v1/authority                 -> the post CA's certificate (DER): worth nothing but against a fingerprint

The first four want `Authorization: Bearer <token>`. Binary values are base64 in the URL-safe alphabet with padding
(RFC 4648, 5). Times are ISO 8601 UTC. What is refused is answered with a status of 400 or more and a `Refusal`, whose
code names what is wrong and never repeats what was sent.

Kinds of the feed: `section` (key `<document key>/<authority>`, body a domain Section), `expected` (key: document key,
body `ExpectedBody`), `decision` (key `<counter>/<sequence>`, body what that counter recorded, projected), `note`
(likewise, a domain Note).
"""

import json
from collections.abc import Sequence
from typing import Annotated, Any, Final, Self, TypeVar

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from offline_cache.sync.messages import Item, Reply

from ..domain.allowance.escrow import Answer, Ask
from ..domain.crossings import Crossing, Group
from ..domain.documents import Document
from ..domain.lookups import Lookup
from ..domain.posts import Counter, Officer, Post
from ..domain.words import Authority, Direction
from ..errors import LinkError
from .values import Enrolment, EntryFields, EntryLike, FeedItem, ReceiptFields, Refused, RosterLine, SyncAnswer

VERSION: Final = 1
SYNC_PATH: Final = "/v1/sync"
SECTIONS_PATH: Final = "/v1/sections"
ENROL_PATH: Final = "/v1/enrol"
HEALTH_PATH: Final = "/v1/health"
UNSEAL_PATH: Final = "/v1/unseal"
ALLOWANCE_PATH: Final = "/v1/allowance"
AUTHORITY_PATH: Final = "/v1/authority"
NDJSON: Final = "application/x-ndjson"

MAX_REQUEST: Final = 1 << 20  # bytes of a request's body
MAX_ANSWER: Final = 2 << 20  # bytes of an answer's body
MAX_LINE: Final = 256 << 10  # bytes of one section
MAX_SECTIONS: Final = 32  # lines of an answer to `sections`
MAX_ENTRIES: Final = 256  # of one sync
MAX_FEED: Final = 1_000  # items of one answer
FEED_ROOM: Final = 8 << 10  # bytes of the feed in one answer: 7 s at 9.6 kbit/s; a greater item still goes, alone
MAX_ROOM: Final = 256 << 10
MAX_BODY: Final = 128 << 10  # bytes of an entry's body
MAX_ROSTER: Final = 500
MAX_NOTICE: Final = 4096  # bytes of a signed notice
MAX_REFUSAL: Final = 8192
MAX_BOX: Final = 128 << 10  # bytes of what was unsealed
MAX_AUTHORITY: Final = 4096  # bytes of the post CA's certificate

M = TypeVar("M", bound="Message")

Word = Annotated[str, Field(max_length=128)]
Sequence63 = Annotated[int, Field(ge=1, lt=1 << 63)]
Cursor = Annotated[int, Field(ge=0, lt=1 << 63)]
Digest = Annotated[bytes, Field(min_length=32, max_length=32)]
PublicKey = Digest
Signature = Annotated[bytes, Field(min_length=64, max_length=64)]


class Message(BaseModel):
    """What every model of the wire has in common."""

    model_config = ConfigDict(
        extra="ignore",
        frozen=True,
        strict=True,
        allow_inf_nan=False,
        ser_json_bytes="base64",
        val_json_bytes="base64",
        hide_input_in_errors=True,
    )

    def to_bytes(self) -> bytes:
        """UTF-8 JSON, without blanks, without what is at its default."""
        return self.model_dump_json(exclude_defaults=True).encode()


class WireEntry(Message):
    """An entry of a counter's journal."""

    counter: Word
    sequence: Sequence63
    previous: Digest
    recorded_at: Annotated[str, Field(max_length=40)]
    realm: Word
    kind: Word
    group: Word = ""
    session: Word
    commitment: Digest
    salt: Annotated[bytes, Field(max_length=32)] = b""
    body: Annotated[bytes, Field(max_length=MAX_BODY)] | None = None
    signature: Signature
    logical: Annotated[int, Field(ge=0, lt=1 << 63)] = 0

    @classmethod
    def of(cls, entry: EntryLike) -> Self:
        """The wire's form of a journal's entry. Raises LinkError `link.too-large` where it exceeds a bound."""
        try:
            return cls.model_validate({name: getattr(entry, name) for name in cls.model_fields})
        except ValidationError:
            raise LinkError("link.too-large", sequence=entry.sequence) from None

    def fields(self) -> EntryFields:
        """The plain value."""
        return EntryFields(**{name: getattr(self, name) for name in type(self).model_fields})


class SyncRequest(Message):
    """Entries to be stored, in order; how far this counter has the feed (0 at first), and how much of it fits now."""

    version: int
    cursor: Cursor = 0
    room: Annotated[int, Field(ge=0, le=MAX_ROOM)] = FEED_ROOM
    entries: Annotated[tuple[WireEntry, ...], Field(max_length=MAX_ENTRIES)] = ()


class WireReceipt(Message):
    """A signed receipt."""

    window: Word
    at: Annotated[str, Field(max_length=40)]
    counter: Word
    entries: Annotated[tuple[tuple[Sequence63, Digest], ...], Field(max_length=MAX_ENTRIES)]
    signature: Signature

    def fields(self) -> ReceiptFields:
        """The plain value."""
        return ReceiptFields(self.window, self.at, self.counter, self.entries, self.signature)


class WireRefused(Message):
    """An entry that was set aside."""

    sequence: Sequence63
    reason: Word


class WireFeedItem(Message):
    """A document of the feed; `body` is JSON in its place."""

    kind: Word
    key: Annotated[str, Field(max_length=256)]
    owner: Word
    as_of: Annotated[str, Field(max_length=40)]
    body: dict[str, Any]

    @classmethod
    def of(cls, item: FeedItem | Item) -> Self:
        """The wire's form of an item whose body is a JSON object."""
        return cls(kind=item.kind, key=item.key, owner=item.owner, as_of=item.as_of, body=json.loads(item.body))

    def fields(self) -> FeedItem:
        """The plain value. Raises ValueError for numbers that JSON has not."""
        body = json.dumps(self.body, ensure_ascii=False, allow_nan=False, separators=(",", ":")).encode()
        return FeedItem(self.kind, self.key, self.owner, self.as_of, body)


class SyncReply(Message):
    """Receipts and refusals for what was sent, and the next part of the feed.

    `head`: sequence and hash up to which the single window has this counter's journal; there if entries are missing
    before those that were sent (a gap), so that the counter goes back to it. 32 zero bytes stand for none yet.
    """

    receipt: WireReceipt | None = None
    head: tuple[Cursor, Digest] | None = None
    refused: Annotated[tuple[WireRefused, ...], Field(max_length=MAX_ENTRIES)] = ()
    feed: Annotated[tuple[WireFeedItem, ...], Field(max_length=MAX_FEED)] = ()
    cursor: Cursor
    more: bool = False
    time: Annotated[str, Field(max_length=40)]

    @classmethod
    def of(cls, reply: Reply) -> Self:
        """The wire's form of a reply to a request in version 1: all its cursors are one."""
        given, names = reply.receipt, ("window", "at", "counter", "entries", "signature")
        receipt = None if given is None else WireReceipt(**{name: getattr(given, name) for name in names})
        return cls(
            receipt=receipt,
            head=reply.head,
            refused=tuple(WireRefused(sequence=one.sequence, reason=one.reason) for one in reply.refused),
            feed=tuple(WireFeedItem.of(item) for item in reply.feed),
            cursor=reply.cursors[-1],
            more=reply.more,
            time=reply.time,
        )

    def fields(self) -> SyncAnswer:
        """The plain value. Raises ValueError as `WireFeedItem.fields` does."""
        return SyncAnswer(
            receipt=self.receipt.fields() if self.receipt else None,
            head=self.head,
            refused=tuple(Refused(one.sequence, one.reason) for one in self.refused),
            feed=tuple(item.fields() for item in self.feed),
            cursor=self.cursor,
            more=self.more,
            time=self.time,
        )


class SectionsRequest(Message):
    """The question about one crossing, and why it is asked; `but` names the authorities whose answer is at hand."""

    version: int
    crossing: Crossing
    but: frozenset[Authority] = frozenset()
    why: Lookup | None = None


class UnsealRequest(Message):
    """Two people have signed an entry of this counter's journal that asks for what an agency keeps sealed."""

    version: int
    sequence: Sequence63


class UnsealReply(Message):
    """What was sealed, now sealed to the key that the entry names."""

    box: Annotated[bytes, Field(max_length=MAX_BOX)]


class AllowanceRequest(Message):
    """A counter asks for a share of a border resident's allowance."""

    version: int
    ask: Ask


class AllowanceReply(Message):
    """The share, or why there is none."""

    answer: Answer


class EnrolRequest(Message):
    """A counter presents itself: `code` is one-time, `public_key` is the counter's own (Ed25519, 32 bytes).

    `exchange_key` is what is sealed to it: X25519, 32 bytes; None from a counter that has none.
    """

    version: int
    code: Annotated[str, Field(min_length=1, max_length=64)]
    label: Annotated[str, Field(max_length=64)]
    public_key: PublicKey
    exchange_key: PublicKey | None = None


class WireRosterLine(Message):
    """A person of the roster."""

    officer: Officer
    public_key: PublicKey
    wrapped: Annotated[bytes, Field(max_length=512)]


class EnrolReply(Message):
    """What the counter is from now on. `window_exchange_key` is X25519; `lease` a signed notice, if there is one."""

    counter: Counter
    post: Post
    token: Annotated[str, Field(min_length=16, max_length=128, pattern=r"^[A-Za-z0-9_-]+$")]
    window: Word
    window_public_key: PublicKey
    realm: Word
    roster: Annotated[tuple[WireRosterLine, ...], Field(max_length=MAX_ROSTER)]
    window_exchange_key: PublicKey | None = None
    lease: Annotated[bytes, Field(max_length=MAX_NOTICE)] = b""

    def fields(self) -> Enrolment:
        """The plain value."""
        roster = tuple(RosterLine(line.officer, line.public_key, line.wrapped) for line in self.roster)
        return Enrolment(
            self.counter,
            self.post,
            self.token,
            self.window,
            self.window_public_key,
            self.realm,
            roster,
            self.window_exchange_key or b"",
            self.lease,
        )


class Health(Message):
    """That the single window answers, and what it is."""

    version: int
    window: Word
    realm: Word
    time: Annotated[str, Field(max_length=40)]


class Refusal(Message):
    """Why a request was not taken: `wire.*` for its form, `auth.*` for who sent it, `lookup.*` and `unseal.*` for what.

    With `auth.revoked` comes the single window's signed `notice` of it; with `lookup.too-many` in how many `seconds` it
    would be.
    """

    code: Word
    notice: Annotated[bytes, Field(max_length=MAX_NOTICE)] = b""
    seconds: Annotated[int, Field(ge=0, lt=1 << 31)] = 0


class ExpectedBody(Message):
    """A traveller who is expected on this way, with the group and, for a minor, the guardian's document key."""

    document: Document
    group: Group | None = None
    guardian: str | None = None
    direction: Direction = Direction.ENTRY


def parse(model: type[M], body: bytes, *, limit: int, error: LinkError) -> M:
    """The message that these bytes are; raises `error` where they are too many, nest too deep (200), or are not one."""
    if len(body) > limit:
        raise error
    try:
        return model.model_validate_json(body)
    except (ValidationError, RecursionError):
        raise error from None


def fitting(entries: Sequence[EntryLike], cursor: int, room: int = FEED_ROOM) -> bytes:
    """A sync request with as many of the leading entries as fit one.

    Raises LinkError `link.too-large` where the first exceeds a bound; a later one waits until it is the first.
    """
    taken: list[WireEntry] = []
    left = MAX_REQUEST - 1024
    for entry in entries[:MAX_ENTRIES]:
        try:
            wired = WireEntry.of(entry)
        except LinkError:
            if not taken:
                raise
            break
        left -= len(wired.to_bytes()) + 1
        if left < 0:
            break
        taken.append(wired)
    return SyncRequest(version=VERSION, cursor=cursor, room=min(room, MAX_ROOM), entries=tuple(taken)).to_bytes()
