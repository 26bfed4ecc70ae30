"""Who is known at a post already: passages of the same person, other documents of theirs, and who may be a twin."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from .crossings import Crossing
from .documents import Document
from .identity import bearer_of, person_keys
from .words import Direction

REACH: Final = timedelta(days=30)
"""An entry without an exit says nothing after so long: people leave by other posts."""


@dataclass(frozen=True, slots=True, repr=False)
class Passage:
    """A crossing that was decided at a counter of this post and let its person through."""

    crossing: str
    document: Document
    direction: Direction
    at: datetime
    counter: str

    def __repr__(self) -> str:
        """Without the person."""
        return f"Passage({self.direction.value}, {self.counter})"


@dataclass(frozen=True, slots=True, repr=False)
class KnownHere:
    """What this counter knows beside the records: passages of this person, and documents that may be theirs."""

    passages: tuple[Passage, ...] = ()
    documents: tuple[Document, ...] = ()

    def __repr__(self) -> str:
        """Without the persons."""
        return f"KnownHere({len(self.passages)}, {len(self.documents)})"


NOBODY: Final = KnownHere()
"""Nothing is known beside the records."""


def same_person(one: Document, other: Document) -> bool:
    """Whether two documents, whatever their numbers, say the same name, whole birth date, nationality and sex."""
    first, second = (person_keys(bearer_of(document))[1:] for document in (one, other))
    return bool(first) and first == second


def may_be_twins(one: Document, other: Document) -> bool:
    """Whether two persons have surname, birth date and nationality in common, and not their other names."""
    told = [(d.surname, d.birth.iso(), d.nationality) for d in (one, other)]
    whole = len(told[0][1]) == len("YYYY-MM-DD") and bool(told[0][0])
    return whole and told[0] == told[1] and one.given_names != other.given_names


def last_way(crossing: Crossing, passages: Iterable[Passage]) -> Passage | None:
    """The passage that makes this crossing the second of its way, with none the other way between; None where none.

    Of passages at the same time the one with the greater id counts: at every counter the same.
    """
    earlier = [p for p in passages if p.crossing != crossing.id and timedelta(0) <= crossing.opened_at - p.at <= REACH]
    last = max(earlier, key=lambda p: (p.at, p.crossing), default=None)
    return last if last is not None and last.direction is crossing.direction else None
