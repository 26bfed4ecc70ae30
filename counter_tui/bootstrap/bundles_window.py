"""The single window's side of what is carried by hand: it takes a counter's entries as it does over the link.

Then it writes the answer: receipts, refusals, the feed from where the counter has it, lists, and its own signed words.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from offline_cache.bundle import Header, open_bundle, read_header, write_bundle
from offline_cache.bundle_content import Record
from offline_cache.sealing import public_from_signing
from offline_cache.sync.messages import VERSION, Reply, Request

from ..errors import LinkError, StoreError
from ..link.revocation import Revocation
from ..single_window.exchange import exchange_pair
from ..single_window.service import stamp
from .bundles_content import (
    ANSWER,
    CONTENT,
    DOWN,
    ENTRY,
    HEAD,
    NOTICE,
    OPENING,
    UP,
    Answering,
    Head,
    Opening,
    cursors_record,
    damaged,
    item_record,
    read,
    read_entry,
    receipt_records,
    record,
    refused_records,
)
from .bundles_lists import Shelf, file_records

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from datetime import datetime
    from pathlib import Path

    from offline_cache import Entry
    from offline_cache.bundle import Bundle
    from offline_cache.sync.messages import Cursors

    from ..single_window.receipts import Notary
    from ..single_window.service import SingleWindow
    from ..single_window.store import EnrolledCounter, WindowStore

BATCH: Final = 200
BATCH_BYTES: Final = 512 << 10
FEED_BUDGET: Final = 4 << 20
ROOM: Final = 256 << 10
_NUMBER: Final = "answer number/"


@dataclass(frozen=True, slots=True)
class Desk:
    """A single window that takes bundles: its use cases, its open store, what signs for it, and its lists."""

    window: SingleWindow
    store: WindowStore
    notary: Notary
    realm: str
    clock: Callable[[], datetime]
    shelf: Shelf


@dataclass(slots=True)
class Imported:
    """What came of a bundle: its counter and number, how many entries it had, how many of them were new.

    `answer` is the number of the answer that was written; `refused` are sequences with the reason; `missing`: entries
    before those in it are not here.
    """

    counter: str
    number: int
    at: str
    answer: int = 0
    entries: int = 0
    new: int = 0
    receipted: int = 0
    refused: list[tuple[int, str]] = field(default_factory=list)
    missing: bool = False
    items: int = 0
    more: bool = False
    files: list[str] = field(default_factory=list)


def import_up(desk: Desk, path: Path, receipts: Path) -> Imported:
    """Take the bundle at `path`, durably, and write the answer to `receipts`. Taking it again is harmless.

    Raises StoreError `store.bundle.not-an-outbox`, `store.bundle.other-realm`, `store.bundle.not-for-us`,
    `store.bundle.unknown-counter`, `store.bundle.revoked` (then the answer tells the counter so, and nothing else),
    `store.bundle.damaged`; CacheError for the file, where nothing was taken, or for the answer, where all was.
    """
    header = read_header(path)
    enrolled = _sender(desk, header)
    own = exchange_pair(desk.store).private if enrolled.exchange_key else desk.notary.exchange_private
    bundle = open_bundle(path, private=own, sender_key=enrolled.public_key)
    revoked = desk.store.find_revocation(enrolled.counter.id)
    done = Imported(enrolled.counter.id, header.number, header.at)
    if revoked is not None and not _may_export(desk, revoked, enrolled.counter.id):
        _write_answer(desk, enrolled, receipts, done, iter([Record(NOTICE, revoked)]), taken=0)
        raise StoreError("store.bundle.revoked", counter=enrolled.counter.id)
    before = desk.store.count_entries(enrolled.counter.id)
    opening = _opening(bundle)
    _write_answer(desk, enrolled, receipts, done, _answer(desk, enrolled, bundle, opening, done), taken=opening.taken)
    done.new = desk.store.count_entries(enrolled.counter.id) - before
    return done


def _sender(desk: Desk, header: Header) -> EnrolledCounter:
    """Whose bundle it says it is, if it may be for us."""
    if header.kind != UP:
        raise StoreError("store.bundle.not-an-outbox")
    if header.realm != desk.realm:
        raise StoreError("store.bundle.other-realm", realm=header.realm)
    if header.receiver != desk.notary.name:
        raise StoreError("store.bundle.not-for-us", window=header.receiver, own=desk.notary.name)
    for line in desk.store.counters():
        if line.enrolled.counter.id == header.sender:
            return line.enrolled
    raise StoreError("store.bundle.unknown-counter", counter=header.sender)


def _may_export(desk: Desk, notice: bytes, counter: str) -> bool:
    try:
        return Revocation.read(notice, desk.notary.public_key, counter).export_first
    except LinkError:
        return False


def _opening(bundle: Bundle) -> Opening:
    first = next(bundle.records(), None)
    if first is None or first.kind != OPENING:
        raise damaged()
    opening = read(Opening, first)
    if opening.version != CONTENT:
        raise StoreError("store.bundle.too-new", version=opening.version)
    return opening


def _write_answer(
    desk: Desk, enrolled: EnrolledCounter, path: Path, done: Imported, records: Iterator[Record], *, taken: int
) -> None:
    """`taken` is the number of the last answer that the counter took: this one stands above it in any case."""
    counter, name = enrolled.counter.id, f"{_NUMBER}{enrolled.counter.id}"
    with desk.store.transaction():
        done.answer = max(int(desk.store.find_setting(name) or b"0"), taken) + 1
        desk.store.put_setting(name, str(done.answer).encode())
    header = Header(DOWN, desk.notary.name, counter, desk.realm, done.answer, stamp(desk.clock()))
    theirs = enrolled.exchange_key or public_from_signing(enrolled.public_key)
    write_bundle(path, header, records, sign=desk.notary.sign, receiver_key=theirs)


def _answer(
    desk: Desk, enrolled: EnrolledCounter, bundle: Bundle, opening: Opening, done: Imported
) -> Iterator[Record]:
    """The records of the answer; the entries are taken while they are asked for, batch by batch."""
    yield record(ANSWER, Answering(number=bundle.header.number))
    head: tuple[int, bytes] | None = None
    for batch in _batches(bundle):
        reply = ask(desk, enrolled, batch, opening.cursors, 0)
        done.entries += len(batch)
        done.refused += [(one.sequence, one.reason) for one in reply.refused]
        head = head or reply.head
        if reply.receipt is not None:
            done.receipted += len(reply.receipt.entries)
            yield from receipt_records(reply.receipt)
        yield from refused_records(reply.refused)
    if head is not None:
        done.missing = True
        yield record(HEAD, Head(sequence=head[0], digest=head[1]))
    yield from _feed(desk, enrolled, opening.cursors, done)
    news = list(desk.shelf.news(opening.lists))
    done.files = [path.name for path in news]
    yield from file_records(news)
    # a new lease each time: the one before may have been lost with its stick
    revoked = desk.store.find_revocation(enrolled.counter.id)
    yield Record(NOTICE, revoked or desk.window.leases.lease(enrolled))
    if revoked is None:
        by_hand = (*desk.window.rosters.by_hand(enrolled), *desk.window.directory.by_hand(enrolled))
        yield from (Record(NOTICE, notice) for notice in by_hand)


def _batches(bundle: Bundle) -> Iterator[list[Entry]]:
    batch: list[Entry] = []
    size = 0
    for held in bundle.records():
        if held.kind != ENTRY:
            continue
        entry = read_entry(held)
        if entry.counter != bundle.header.sender:
            raise damaged()
        size += len(held.body)
        if batch and (len(batch) == BATCH or size > BATCH_BYTES):
            yield batch
            batch, size = [], len(held.body)
        batch.append(entry)
    if batch:
        yield batch


def _feed(desk: Desk, enrolled: EnrolledCounter, cursors: Cursors, done: Imported) -> Iterator[Record]:
    left = FEED_BUDGET
    done.more = True
    while done.more and left > 0:
        reply = ask(desk, enrolled, [], cursors, min(left, ROOM))
        for item in reply.feed:
            left -= len(item.body)
            yield item_record(item)
        done.items += len(reply.feed)
        cursors, done.more = reply.cursors, reply.more
    yield cursors_record(cursors, more=done.more)


def ask(desk: Desk, enrolled: EnrolledCounter, entries: list[Entry], cursors: Cursors, room: int) -> Reply:
    """The very way that entries and questions of the link go."""
    return desk.window.syncing.request(enrolled, Request(VERSION, cursors, room, tuple(entries)))
