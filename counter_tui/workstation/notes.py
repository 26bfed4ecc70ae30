"""Notes on travellers: recorded and signed like everything else, kept where their class says, shown with the traveller.

The journal is the truth of this counter's own; other counters' come with the feed.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..domain.coding import to_json
from ..domain.notes import NOTE, Note, partition_of, read_note, write_note
from ..errors import CounterError
from .records import stamp

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from datetime import datetime

    from ..domain.words import Agency
    from .current import Current
    from .news import ViewChanged
    from .parts import Parts
    from .ports import RecordStore
    from .sign_in import Session

MOST = 100


class Notes:
    """Notes at one counter."""

    def __init__(self, parts: Parts, now: Callable[[], datetime]) -> None:
        """Over the parts of the booth; `now` as the booth has it."""
        self._parts, self._now = parts, now

    def take_up(self, current: Current) -> ViewChanged | None:
        """Bring what is held to the crossing in hand; None where it had that already."""
        held = held_notes(self._parts.store, current.crossing.document.key)
        return None if held == current.notes else current.noted(held)

    def write(self, current: Current, to: Iterable[Agency], words: str, session: Session) -> int:
        """Record a note; on disk before this returns. Its sequence. Raises DecisionError `note.empty`."""
        parts, crossing = self._parts, current.crossing
        note = write_note(
            crossing=crossing.id,
            document=crossing.document.key,
            to=to,
            words=words,
            by=session.officer,
            at=stamp(self._now()),
            training=crossing.training,
        )
        entry = parts.ledger.append(NOTE, crossing.id, to_json(note), signer=session.key)
        keep_note(parts.store, f"{parts.place.counter.id}/{entry.sequence}", to_json(note))
        return entry.sequence


def keep_note(store: RecordStore, name: str, body: bytes) -> None:
    """Keep a note by whom it is about; a body that does not read is none. `name` is `<counter>/<sequence>`."""
    try:
        note = read_note(body)
    except CounterError:
        return
    key = f"{note.document}/{name.replace('/', '.')}"
    store.put(NOTE, key, body, as_of=note.at, owner=note.owner.value, partition=partition_of(note))


def held_notes(store: RecordStore, document: str) -> tuple[tuple[str, Note], ...]:
    """What is held on the bearer of this document, with its names."""
    found = []
    for key in store.keys(NOTE, f"{document}/", limit=MOST):
        record = store.find(NOTE, key)
        if record is not None:
            try:
                found.append((key.rpartition("/")[2], read_note(record.body)))
            except CounterError:
                continue
    return tuple(sorted(found, key=lambda one: one[0]))
