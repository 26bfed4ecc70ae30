"""A group worked as a stack, as a screen sees it: frozen snapshots, the newest of which may be read anywhere."""

from dataclasses import dataclass
from datetime import datetime

from ..domain.crossings import Crossing, Group
from ..domain.documents import Document
from ..domain.floor import ATTEST, Attest
from ..domain.groups import Headcount, Parting, Standing
from ..domain.view import MergedView
from ..domain.words import Authority, Outcome
from .news import Recorded


@dataclass(frozen=True, slots=True)
class GroupLine:
    """A group in the list of groups; `open`: a stack of it stands open, `closed_at`: when the last one was closed."""

    group: Group
    heads: Headcount
    open: bool = False
    closed_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class StackRow:
    """One traveller of a stack: on the list and not scanned yet, or scanned, with the view that is to be painted.

    `not_green` are codes as of `why_not_green`. `waiting`: not everybody was asked yet. `elsewhere` is the name of the
    other group on whose list who was added stands. `desk` has them put aside.
    `entry` is the last that was recorded, `counter` the other one at which they went on.
    """

    document: Document
    standing: Standing
    listed: bool = True
    elsewhere: str = ""
    crossing: Crossing | None = None
    view: MergedView | None = None
    not_green: tuple[str, ...] = ()
    waiting: bool = False
    desk: Authority | None = None
    outcome: Outcome | None = None
    entry: int = 0
    counter: str = ""
    parting: Parting | None = None

    @property
    def key(self) -> str:
        """The document's key: a stack has each document once."""
        return self.document.key

    @property
    def undecided(self) -> bool:
        """Scanned, and nothing recorded."""
        return self.standing in (Standing.OPEN, Standing.PARKED)

    @property
    def green(self) -> bool:
        """Nothing stands against them."""
        return self.undecided and self.view is not None and not self.not_green

    @property
    def attests(self) -> tuple[Attest, ...]:
        """What the officer is still to attest of them, where nothing else stands against the one key."""
        floor = self.view.floor if self.view is not None and self.not_green == (ATTEST,) else None
        return floor.missing if floor is not None and self.undecided else ()

    @property
    def clears(self) -> bool:
        """Whether the key for all greens clears them: green, and parted from nobody."""
        return self.green and self.parting is None

    @property
    def stopped(self) -> bool:
        """Everybody was asked, and it is for a desk: more stands against them than a word of the officer's lifts."""
        return self.undecided and not (self.green or self.waiting or self.attests) and self.view is not None


@dataclass(frozen=True, slots=True)
class Stack:
    """A group at work: rows in the order in which they were scanned, then who is listed and was not."""

    id: str
    group: Group
    rows: tuple[StackRow, ...]
    heads: Headcount

    @property
    def clears(self) -> tuple[StackRow, ...]:
        """Whom the key for all greens clears."""
        return tuple(row for row in self.rows if row.clears)

    def find(self, key: str) -> StackRow | None:
        """The row of a document."""
        return next((row for row in self.rows if row.key == key), None)


@dataclass(frozen=True, slots=True)
class Taken:
    """A document was put on the stack; `again`: it was on it already, and nothing is new."""

    row: StackRow
    again: bool = False


@dataclass(frozen=True, slots=True)
class GroupCleared:
    """What the one key did: who was recorded; whose row had changed since it was painted; who went to which desk."""

    recorded: tuple[Recorded, ...]
    changed: tuple[StackRow, ...]
    parked: tuple[StackRow, ...]


@dataclass(frozen=True, slots=True)
class GroupRecorded:
    """An entry about the group itself that is on disk."""

    sequence: int
    at: datetime
    heads: Headcount
    waiting: int
