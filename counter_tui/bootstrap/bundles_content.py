"""What the records of a bundle are: JSON, every size bounded; what comes in is as hostile as what comes over a wire.

Up (counter to single window): `opening`, then `entry` for each entry that waits, by sequence, each with its signature.
Down: `answer`, then `receipt`, `refused` and `head` as the entries were judged, `item` of the feed and behind them
`cursors`; `file` with its `part`s for each file of a list, as its owner signed it; `notice` for the single window's own
signed words. A kind that is not known is passed over: a later version may say more.
"""

from collections.abc import Sequence
from typing import Annotated, Final, TypeVar

from pydantic import Field

from offline_cache.bundle_content import Record
from offline_cache.entry import Entry
from offline_cache.outbox import Receipt
from offline_cache.sync.messages import Cursors, Item, Refused

from ..errors import LinkError, StoreError
from ..link import wire
from ..link.wire import Cursor, Digest, Message, Sequence63, Word

UP: Final = "up"
DOWN: Final = "down"
OPENING: Final = "opening"
ENTRY: Final = "entry"
ANSWER: Final = "answer"
RECEIPT: Final = "receipt"
REFUSED: Final = "refused"
HEAD: Final = "head"
ITEM: Final = "item"
CURSORS: Final = "cursors"
FILE: Final = "file"
PART: Final = "part"
NOTICE: Final = "notice"

CONTENT: Final = 1
MOST_ITEM: Final = 256 << 10
MOST_LISTS: Final = 200
PART_BYTES: Final = 512 << 10

M = TypeVar("M", bound=Message)
Name = Annotated[str, Field(pattern=r"^[A-Za-z0-9][A-Za-z0-9._-]{0,127}$")]


class Opening(Message):
    """What the counter has: how far the feed, the number of the last answer it took, the versions of its lists."""

    version: int
    cursors: tuple[Cursor, Cursor, Cursor, Cursor]
    taken: Annotated[int, Field(ge=0, lt=1 << 62)] = 0
    lists: Annotated[dict[Word, Annotated[int, Field(ge=0, lt=1 << 53)]], Field(max_length=MOST_LISTS)]


class Answering(Message):
    """Which bundle of the counter's this answers: its number."""

    number: Sequence63


class SetAside(Message):
    """An entry that was refused, and why, as a code. `digest` begins the hash of what was judged."""

    sequence: Sequence63
    reason: Word
    digest: Annotated[bytes, Field(max_length=32)] = b""


class Head(Message):
    """How far the single window has the counter's journal, told where entries are missing."""

    sequence: Cursor
    digest: Digest


class FeedItem(Message):
    """A document of the feed."""

    kind: Word
    key: Annotated[str, Field(max_length=256)]
    owner: Word
    as_of: Annotated[str, Field(max_length=40)]
    body: Annotated[bytes, Field(max_length=MOST_ITEM)]
    rank: Annotated[int, Field(ge=0, le=3)] = 3


class Reached(Message):
    """How far the feed is held with the items before; `more` was left for the next bundle."""

    cursors: tuple[Cursor, Cursor, Cursor, Cursor]
    more: bool = False


class ListFile(Message):
    """A file that is to be laid where new lists are looked for; `size` bytes follow in parts."""

    name: Name
    size: Annotated[int, Field(ge=0, lt=1 << 30)]


def record(kind: str, message: Message) -> Record:
    """The record of a message."""
    return Record(kind, message.to_bytes())


def read(model: type[M], held: Record) -> M:
    """The message that a record is. Raises StoreError `store.bundle.damaged`."""
    try:
        return wire.parse(model, held.body, limit=len(held.body), error=LinkError("wire.malformed"))
    except LinkError:
        raise damaged() from None


def damaged() -> StoreError:
    """What was signed and sealed is not what it should be."""
    return StoreError("store.bundle.damaged")


def entry_record(entry: Entry) -> Record:
    """An entry, whole. Raises LinkError `link.too-large`."""
    return record(ENTRY, wire.WireEntry.of(entry))


def read_entry(held: Record) -> Entry:
    """The entry; nothing of it is checked but sizes and types."""
    wired = read(wire.WireEntry, held)
    return Entry(**{name: getattr(wired, name) for name in wire.WireEntry.model_fields})


def receipt_records(receipt: Receipt) -> list[Record]:
    """A receipt."""
    wired = wire.WireReceipt(
        window=receipt.window,
        at=receipt.at,
        counter=receipt.counter,
        entries=receipt.entries,
        signature=receipt.signature,
    )
    return [record(RECEIPT, wired)]


def read_receipt(held: Record) -> Receipt:
    """The receipt; its signature was not checked."""
    wired = read(wire.WireReceipt, held)
    return Receipt(wired.window, wired.at, wired.counter, wired.entries, wired.signature)


def refused_records(refused: Sequence[Refused]) -> list[Record]:
    """Refusals, a record each."""
    return [record(REFUSED, SetAside(sequence=one.sequence, reason=one.reason, digest=one.digest)) for one in refused]


def item_record(item: Item) -> Record:
    """An item of the feed."""
    wired = FeedItem(
        kind=item.kind, key=item.key, owner=item.owner, as_of=item.as_of, body=item.body, rank=int(item.rank)
    )
    return record(ITEM, wired)


def read_item(held: Record) -> Item:
    """The item."""
    wired = read(FeedItem, held)
    return Item(wired.kind, wired.key, wired.owner, wired.as_of, wired.body, wired.rank)


def cursors_record(cursors: Cursors, *, more: bool) -> Record:
    """How far the feed goes in this bundle."""
    return record(CURSORS, Reached(cursors=cursors, more=more))
