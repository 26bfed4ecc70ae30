"""Notes on a traveller: each has an owner, the agency of who wrote it, and says which agencies see it.

A note never changes what is decided; it stands with the traveller, at this counter and at the post's others, for the
agencies it is for. It is added to, never changed.
"""

from collections.abc import Iterable, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, replace
from typing import Final

from ..errors import CounterError, DecisionError
from .coding import from_json
from .posts import Officer
from .sections import Finding, Section
from .texts import text
from .words import AUTHORITIES_OF, Agency

NOTE: Final = "note"
"""The kind of the journal's entries, and of the feed's items."""

LONGEST: Final = 500
MOST_SHOWN: Final = 20


@dataclass(frozen=True, slots=True, repr=False)
class Note:
    """A note: on whom (document key), whose, for whom beside its owner, by which officer, when (ISO 8601 UTC).

    `name` is the officer's, as it was then. `to` without any agency: the owner's alone.
    """

    crossing: str
    document: str
    owner: Agency
    to: frozenset[Agency]
    text: str
    officer: str
    name: str
    at: str
    training: bool

    def seen_by(self, agencies: AbstractSet[Agency]) -> bool:
        """Whether any of these agencies sees it."""
        return bool((self.to | {self.owner}) & agencies)

    def __repr__(self) -> str:
        """Without the person."""
        return f"Note({self.owner.value})"


def write_note(
    *, crossing: str, document: str, to: Iterable[Agency], words: str, by: Officer, at: str, training: bool
) -> Note:
    """The note. Raises DecisionError `note.empty`."""
    if not words.strip():
        raise DecisionError("note.empty")
    return Note(
        crossing=crossing,
        document=document,
        owner=by.agency,
        to=frozenset(to) - {by.agency},
        text=words.strip()[:LONGEST],
        officer=by.id,
        name=by.name,
        at=at,
        training=training,
    )


def read_note(body: bytes) -> Note:
    """The note in an entry's or an item's body; CounterError `entry.unreadable` where it is none."""
    return from_json(Note, body, error=CounterError("entry.unreadable"))


def with_notes(
    sections: Iterable[Section], notes: Sequence[tuple[str, Note]], to: AbstractSet[Agency]
) -> tuple[Section, ...]:
    """The sections with the notes that these agencies see, each in its owner's first, the newest first.

    `notes` come with their names (`<counter>/<sequence>`). A note is a finding that contributes nothing.
    """
    shown: dict[object, list[Finding]] = {}
    newest = sorted(notes, key=lambda one: (one[1].at, one[0]), reverse=True)[:MOST_SHOWN]
    for name, note in newest:
        if note.seen_by(to):
            authority = AUTHORITIES_OF[note.owner][0]
            words = text("note.said", by=note.name, at=note.at, words=note.text)
            shown.setdefault(authority, []).append(Finding(f"note/{name}", authority, NOTE, words))
    return tuple(
        replace(s, findings=(*s.findings, *shown[s.authority])) if s.authority in shown else s for s in sections
    )


def owner_value(note: Note) -> str:
    """Whose a note is, as records and the feed keep it: an authority of its agency."""
    return AUTHORITIES_OF[note.owner][0].value


def partition_of(note: Note) -> str:
    """In whose partition a counter keeps a note: one for others too is nobody's alone."""
    return "" if note.to else note.owner.value
