"""A crossing: one traveller's passage; and a group: travellers who belong together."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from .documents import Document
from .words import Direction

ADULT_YEARS = 18


class GroupKind(StrEnum):
    """Why travellers belong together."""

    FAMILY = "family"
    BUS = "bus"
    BATCH = "batch"


@dataclass(frozen=True, slots=True)
class Group:
    """Travellers who belong together, with how many they are said to be; `due` is when they are expected."""

    id: str
    kind: GroupKind
    name: str
    headcount: int
    due: datetime | None = None


@dataclass(frozen=True, slots=True)
class Crossing:
    """One traveller's passage, entry or exit. `guardian` is the document key of whom a minor travels with.

    `opened_at` is aware, in the post's own zone: its date is the day that limits count from. `document_used` is the
    day of an earlier entry with a document for a single journey, as far as it was known when this was opened.
    """

    id: str
    direction: Direction
    lane: str
    document: Document
    opened_at: datetime
    group: Group | None = None
    guardian: str | None = None
    training: bool = False
    document_used: date | None = None
