"""What came back on a stick: receipts, refusals, feed and lists, taken all together or not at all."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from offline_cache import Settings
from offline_cache.bundle import open_bundle, read_header
from offline_cache.sync.messages import START, Refused, Reply

from ..errors import StoreError
from ..workstation.records import stamp
from .bundles_content import (
    ANSWER,
    CURSORS,
    DOWN,
    FILE,
    HEAD,
    ITEM,
    NOTICE,
    PART,
    RECEIPT,
    REFUSED,
    Answering,
    Head,
    ListFile,
    Reached,
    SetAside,
    damaged,
    read,
    read_item,
    read_receipt,
)
from .bundles_lists import Laying
from .export import LastTaken, find_exports, find_taken, note_taken
from .identity import raw
from .paths import lists_folder

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from offline_cache.bundle import Bundle, Header
    from offline_cache.bundle_content import Record
    from offline_cache.outbox import Receipt
    from offline_cache.sync.messages import Cursors, Item
    from offline_cache.sync.ports import Trouble
    from offline_cache.sync.vault_store import VaultCounterStore

    from .bundles_counter import Carrier

MOST_ITEMS: Final = 100_000
MOST_BYTES: Final = 64 << 20
MOST_NOTICES: Final = 64


@dataclass(slots=True)
class Taking:
    """What an answer brought. `again`: it had been taken before. `rewound`: entries that wait again.

    `trouble`: `forked`, the single window has another history of this counter; `behind`, it has entries that this
    journal does not have. `feed`: records that were kept. `leased`: a lease or a mark of time was among the notices;
    `reads_until` is when the lease ends, "" without one.
    """

    number: int
    at: str
    answers: int = 0
    again: bool = False
    settled: int = 0
    refused: list[tuple[int, str]] = field(default_factory=list)
    rewound: int = 0
    items: list[Item] = field(default_factory=list, repr=False)
    feed: int = 0
    trouble: Trouble = ""
    cursors: Cursors = START
    more: bool = False
    files: list[str] = field(default_factory=list)
    notices: list[bytes] = field(default_factory=list, repr=False)
    leased: bool = False
    reads_until: str = ""


def take_answer(counter: Carrier, path: Path) -> Taking:
    """Take the answer in the bundle at `path`.

    Raises StoreError `store.bundle.not-an-answer`, `store.bundle.other-counter`, `store.bundle.other-realm`,
    `store.bundle.other-window`, `store.bundle.older`, `store.bundle.same-number`, `store.bundle.damaged`; CacheError
    for the file, or a receipt that is not good. Then nothing changed.
    """
    header = read_header(path)
    _check_meant(counter, header)
    bundle = open_bundle(path, private=counter.private, sender_key=raw(counter.identity.window_key))
    settings = Settings(counter.vault)
    taking = Taking(header.number, header.at, again=_is_again(find_taken(settings), bundle))
    opened = counter.opened()
    with counter.vault.transaction(), Laying(lists_folder(counter.folder)) as laying:
        taker = _Taker(counter, opened.store, taking, laying)
        for held in bundle.records():
            taker.take(held)
        taker.end()
        taking.files = laying.names
        taken = LastTaken(header.number, bundle.digest.hex(), stamp(counter.clock.now()))
        note_taken(settings, taken, taking.answers)
    # each stands by itself, signed and numbered; what a lease ends is wiped from the disk, outside of a transaction
    taking.leased = sum(opened.reading.take(notice) for notice in taking.notices) > 0
    taking.reads_until = opened.reading.until
    return taking


def _check_meant(counter: Carrier, header: Header) -> None:
    identity = counter.identity
    if header.kind != DOWN:
        raise StoreError("store.bundle.not-an-answer")
    if header.realm != identity.realm:
        raise StoreError("store.bundle.other-realm", realm=header.realm)
    if header.receiver != identity.counter.id:
        raise StoreError("store.bundle.other-counter", counter=header.receiver, own=identity.counter.id)
    if header.sender != identity.window:
        raise StoreError("store.bundle.other-window", window=header.sender)


def _is_again(last: LastTaken, bundle: Bundle) -> bool:
    number = bundle.header.number
    if number < last.number:
        raise StoreError("store.bundle.older", number=number, last=last.number)
    if number == last.number and bundle.digest.hex() != last.digest:
        raise StoreError("store.bundle.same-number", number=number)
    return number == last.number


class _Taker:
    """Takes record after record, inside a transaction."""

    def __init__(self, counter: Carrier, store: VaultCounterStore, taking: Taking, laying: Laying) -> None:
        self._counter, self._store, self._taking = counter, store, taking
        self._bytes = 0
        self._by_kind: dict[str, Callable[[Record], None]] = {
            ANSWER: self._answer,
            RECEIPT: self._receipt,
            REFUSED: self._refused,
            HEAD: self._head,
            ITEM: self._item,
            CURSORS: self._cursors,
            FILE: lambda held: laying.begin(read(ListFile, held)),
            PART: lambda held: laying.go_on(held.body),
            NOTICE: self._notice,
        }

    def take(self, held: Record) -> None:
        """One record; of a kind that is not known, nothing."""
        handle = self._by_kind.get(held.kind)
        if handle is not None:
            handle(held)

    def end(self) -> None:
        """What the feed brought is kept together with how far it goes."""
        self._hear(feed=tuple(self._taking.items), cursors=self._taking.cursors)

    def _hear(
        self,
        *,
        receipt: Receipt | None = None,
        head: tuple[int, bytes] | None = None,
        refused: tuple[Refused, ...] = (),
        feed: tuple[Item, ...] = (),
        cursors: Cursors = START,
    ) -> None:
        """Take a part of the answer as it is taken from the link."""
        reply = Reply(receipt, head, refused, feed, cursors, more=False, time=self._taking.at)
        taken = self._store.take(reply)
        self._taking.settled += 0 if refused else taken.settled
        self._taking.rewound += taken.again
        self._taking.feed += taken.feed
        self._taking.trouble = taken.trouble or self._taking.trouble

    def _answer(self, held: Record) -> None:
        self._taking.answers = read(Answering, held).number

    def _receipt(self, held: Record) -> None:
        self._hear(receipt=read_receipt(held))

    def _refused(self, held: Record) -> None:
        said = read(SetAside, held)
        self._hear(refused=(Refused(said.sequence, said.reason, said.digest),))
        self._taking.refused.append((said.sequence, said.reason))

    def _head(self, held: Record) -> None:
        """Where the single window has less than it said, what it lost goes again; an old answer knows no better."""
        said = read(Head, held)
        newest = next(iter(find_exports(Settings(self._counter.vault))), None)
        if newest is not None and newest.number == self._taking.answers and not newest.answered:
            self._hear(head=(said.sequence, said.digest))

    def _item(self, held: Record) -> None:
        self._bytes += len(held.body)
        if len(self._taking.items) >= MOST_ITEMS or self._bytes > MOST_BYTES:
            raise damaged()
        self._taking.items.append(read_item(held))

    def _cursors(self, held: Record) -> None:
        reached = read(Reached, held)
        self._taking.cursors, self._taking.more = reached.cursors, reached.more

    def _notice(self, held: Record) -> None:
        if len(self._taking.notices) >= MOST_NOTICES:
            raise damaged()
        self._taking.notices.append(held.body)
