"""Who is known at this counter by an earlier crossing or another document: kept as decisions are recorded.

The journal and the feed are the truth; this is what is derived from them, so that whoever comes again is known at once.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from ..domain.coding import from_json, to_json
from ..domain.identity import bearer_of, person_keys
from ..domain.known_here import REACH, KnownHere, Passage
from ..errors import StoreError
from .outbox import LET_IN
from .records import moment, stamp

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

    from ..domain.crossings import Crossing
    from ..domain.documents import Document
    from ..domain.words import Outcome
    from .ports import RecordStore
    from .records import CachedRecords

PASSAGE: Final = "passage"
MOST: Final = 20


@dataclass(frozen=True, slots=True)
class Kept:
    """A passage as it is kept."""

    passage: Passage


class KnownPersons:
    """Passages of this post, and who is held with the same birth date and name."""

    def __init__(self, store: RecordStore, records: CachedRecords) -> None:
        """`records` are the booth's own, over `store`."""
        self._store, self._records = store, records

    def note(self, crossing: Crossing, outcome: Outcome | None, counter: str, at: str) -> None:
        """A decision was recorded at a counter, at a time (ISO 8601 UTC): who goes on is known from now on."""
        if outcome not in LET_IN:
            return
        passage = Passage(crossing.id, crossing.document, crossing.direction, moment(at), counter)
        expires = stamp(passage.at + REACH)
        body = to_json(Kept(passage))
        for key in person_keys(bearer_of(crossing.document)):
            row = f"{key}/{crossing.id}"
            self._store.put(PASSAGE, row, body, as_of=at, owner=counter, partition="", expires=expires)

    def take_back(self, crossing: Crossing) -> None:
        """Nobody went on with this crossing after all."""
        for key in person_keys(bearer_of(crossing.document)):
            self._store.delete(PASSAGE, f"{key}/{crossing.id}")

    def of(self, document: Document, now: datetime) -> KnownHere:
        """What is known of this document's bearer."""
        found: dict[str, Passage] = {}
        for key in person_keys(bearer_of(document)):
            found |= {passage.crossing: passage for passage in self._under(key) if now - passage.at <= REACH}
        return KnownHere(tuple(found.values()), self._records.like(document))

    def last(self, document_key: str) -> Passage | None:
        """The last passage with the document of this key."""
        return max(self._under(f"d:{document_key}"), key=lambda p: (p.at, p.crossing), default=None)

    def _under(self, key: str) -> Iterator[Passage]:
        for row in self._store.keys(PASSAGE, f"{key}/", limit=MOST):
            record = self._store.find(PASSAGE, row)
            passage = _read(record.body) if record is not None else None
            if passage is not None:
                yield passage


def _read(body: bytes) -> Passage | None:
    try:
        return from_json(Kept, body, error=StoreError("store.record-unreadable")).passage
    except StoreError:
        return None
