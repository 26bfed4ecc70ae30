"""Acts that other counters recorded, as the single window sent them, by their threads."""

from __future__ import annotations

import contextlib
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Final

from ..domain.coding import from_json, to_json
from ..domain.entries import DECISION
from ..domain.joint.passages import Opened
from ..domain.joint.reading import ACTS, read_any
from ..errors import CounterError, StoreError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from ..domain.acts import Act
    from ..domain.crossings import Crossing
    from .ports import RecordStore, StoredRecord

ACT: Final = "act"
SLICE: Final = 500
MOST: Final = 1_000
"""Acts of one thread, and crossings of one document."""
_OF: Final = "@"  # begins the key of what finds a document's crossings
_UNREADABLE: Final = StoreError("store.record-unreadable")


@dataclass(frozen=True, slots=True, repr=False)
class _Kept:
    """An act as it is kept: `at` is when it was recorded there, `heard` when it came here (ISO 8601 UTC)."""

    kind: str
    id: str
    at: str
    body: str
    heard: str = ""


@dataclass(frozen=True, slots=True)
class Passage:
    """A crossing that was decided, here or at another counter: with which document, and when opened (ISO 8601 UTC)."""

    crossing: str
    document: str
    at: str


class KeptActs:
    """Over a store of bytes. What is kept while nobody reads is found once somebody does."""

    def __init__(self, store: RecordStore, now: Callable[[], datetime] | None = None) -> None:
        """Nothing is read before it is asked for. `now`: where it is to be known when an act came here."""
        self._store, self._now = store, now
        self._threads: dict[str, None] | None = None
        self._passages: dict[str, Passage] = {}
        self._held: Iterator[StoredRecord] | None = None
        self._news: dict[str, None] = {}

    def keep(self, kind: str, id_: str, body: bytes, *, as_of: str) -> None:
        """Keep one of the feed; one that does not read is dropped."""
        if kind not in ACTS:
            return
        try:
            act = read_any(kind, id_, body, as_of)
        except CounterError:
            return
        key = f"{act.thread}/{act.counter}.{act.sequence}"
        heard = self._now().astimezone(UTC).isoformat() if self._now is not None else ""
        kept = to_json(_Kept(kind, id_, as_of, body.decode(), heard))
        self._store.put(ACT, key, kept, as_of=as_of, owner=act.counter, partition="")
        self._news[act.thread] = None
        if self._threads is not None:
            self._threads[act.thread] = None
        if kind == DECISION:
            self.note(act.deed.crossing)

    def note(self, crossing: Crossing) -> None:
        """A crossing was decided, here or at another counter: it is found by its document from now on."""
        opened = Opened(crossing.id, crossing.direction, crossing.opened_at)
        key, as_of = f"{_OF}{crossing.document.key}/{crossing.id}", crossing.opened_at.astimezone(UTC).isoformat()
        if self._threads is not None:
            self._passages[crossing.id] = Passage(crossing.id, crossing.document.key, as_of)
        self._store.put(ACT, key, to_json(opened), as_of=as_of, owner="counter", partition="")

    def opened(self, document_key: str) -> tuple[Opened, ...]:
        """The crossings of this document that were decided."""
        found = []
        for key in self._store.keys(ACT, f"{_OF}{document_key}/", limit=MOST):
            record = self._store.find(ACT, key)
            with contextlib.suppress(StoreError):
                found.append(from_json(Opened, record.body if record else b"", error=_UNREADABLE))
        return tuple(found)

    def news(self) -> tuple[str, ...]:
        """The threads of which an act came since this was asked last."""
        fresh = tuple(self._news)
        self._news.clear()
        return fresh

    def of(self, thread: str) -> tuple[Act, ...]:
        """The acts of a thread."""
        records = (self._store.find(ACT, key) for key in self._store.keys(ACT, f"{thread}/", limit=MOST))
        found = (self._read(record) for record in records if record is not None)
        return tuple(act for act in found if act is not None)

    def heard(self, act: Act) -> datetime | None:
        """When an act of another counter came here; None where that is not known."""
        record = self._store.find(ACT, f"{act.thread}/{act.counter}.{act.sequence}")
        try:
            said = from_json(_Kept, record.body, error=_UNREADABLE).heard if record is not None else ""
            return datetime.fromisoformat(said) if said else None
        except (CounterError, ValueError):
            return None

    def threads(self) -> tuple[str, ...]:
        """All threads of which something is kept."""
        while self.derive():
            pass
        return tuple(self._threads or ())

    def noted(self) -> tuple[str, ...]:
        """The threads that are known by now: all of them once what is kept was gone through (`derive`)."""
        return tuple(self._threads or ())

    def passages(self) -> Mapping[str, Passage]:
        """The crossings that were decided, by their ids, as far as they were noted (`derive`)."""
        return self._passages

    def _read(self, record: StoredRecord) -> Act | None:
        try:
            kept = from_json(_Kept, record.body, error=_UNREADABLE)
            return read_any(kept.kind, kept.id, kept.body.encode(), kept.at)
        except CounterError:
            return None

    def derive(self) -> bool:
        """Note the threads and the passages of a slice of what is kept; whether there is more."""
        if self._threads is None:
            self._threads, self._held = {}, iter(self._store.all(ACT))
        if self._held is None:
            return False
        for count, record in enumerate(self._held, 1):
            self._derive(record, self._threads)
            if count == SLICE:
                return True
        self._held = None
        return False

    def _derive(self, record: StoredRecord, threads: dict[str, None]) -> None:
        before, _, last = record.key.partition("/")
        if before.startswith(_OF):
            self._passages[last] = Passage(last, before.removeprefix(_OF), record.as_of)
        else:
            threads[before] = None

    def forget(self) -> None:
        """Nobody may read any more, or somebody else does."""
        self._threads = self._held = None
        self._passages.clear()
