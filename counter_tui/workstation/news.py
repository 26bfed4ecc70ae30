"""What the workstation tells a screen: frozen snapshots, and news of what changed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from ..domain.agency_links import AgencyLink
from ..domain.crossings import Crossing, Group
from ..domain.documents import Document
from ..domain.outcome import Judgement
from ..domain.screening.model import ListAnswer
from ..domain.sections import Subject
from ..domain.seen import Seen
from ..domain.texts import Text
from ..domain.words import Authority, DeliveryState, Direction, Outcome, SourceState

if TYPE_CHECKING:
    from ..domain.stay import Stay
    from ..domain.view import MergedView


@dataclass(frozen=True, slots=True)
class SourceAge:
    """How fresh an authority's source is: its state at the last question, and the time of the newest answer.

    `link`: how its link stands, as the single window told it last; None where there is nothing to tell.
    """

    authority: Authority
    state: SourceState
    as_of: datetime | None
    link: AgencyLink | None = None


@dataclass(frozen=True, slots=True)
class ListState:
    """A list in use at this counter: the version that is held here (0: none), and why a newer one was refused.

    `at_booth`: it is to be held here. `stale`: older than its owner allows. `refused`: of the last look for new ones.
    """

    list: str
    title: str
    at_booth: bool
    version: int = 0
    as_of: datetime | None = None
    count: int = 0
    stale: bool = False
    refused: Text | None = None


@dataclass(frozen=True, slots=True)
class LinkState:
    """What the link can do, as real traffic showed it; None where nothing is known yet.

    `round_trip` in seconds, `rate` in bits a second, `loss` the part of requests that nobody answered, 0 to 1.
    """

    round_trip: float | None
    rate: float | None
    loss: float


@dataclass(frozen=True, slots=True)
class Status:
    """The state of link, outbox, sources and clock, for the status line.

    `down_since` is None while the single window answers; `clock_behind` is by how many seconds the clock stands before
    a time that is known to have been. `empty_in`: seconds until the outbox is empty at the rate of now; None where
    that is not known, or nothing goes. `loading`: records of the feed taken, and how many are left. `troubles` are
    codes of what stands between this counter and its single window. `degraded`: since when degraded mode is declared.
    """

    link: str  # "up", "down", "cut" (a rehearsal), "starting"
    down_since: datetime | None
    waiting: int
    oldest: datetime | None
    sources: tuple[SourceAge, ...]
    clock_behind: int = 0
    lists: tuple[ListState, ...] = ()
    quality: LinkState | None = None
    empty_in: float | None = None
    loading: tuple[int, int] | None = None
    troubles: tuple[str, ...] = ()
    degraded: datetime | None = None


@dataclass(frozen=True, slots=True)
class Expected:
    """A traveller whom the cache expects."""

    document: Document
    group: Group | None = None
    guardian: str | None = None
    direction: Direction = Direction.ENTRY


@dataclass(frozen=True, slots=True)
class ExpectedGroup:
    """A group that is expected, and how many of it are on the list."""

    group: Group
    listed: int


@dataclass(frozen=True, slots=True)
class Expecting:
    """Who is expected, counted: all travellers, the groups that are due first, how many groups more, who is alone."""

    travellers: int = 0
    groups: tuple[ExpectedGroup, ...] = ()
    more: int = 0
    alone: int = 0


@dataclass(frozen=True, slots=True)
class Recorded:
    """An entry that is on disk: never made before it is. `stay`: until when a foreigner may, where it was asked for."""

    sequence: int
    at: datetime
    crossing: Crossing
    outcome: tuple[tuple[Subject, Outcome], ...]
    complete: bool  # nothing PENDING is left: the traveller can go where the outcome says
    waiting: int
    stay: Stay | None = None


@dataclass(frozen=True, slots=True)
class OutboxLine:
    """One entry with its state, in words a person can check against the traveller."""

    sequence: int
    kind: str
    at: datetime
    who: str  # display name, or "" for an entry about no traveller
    nationality: str
    outcome: Outcome | None
    judgements: tuple[Judgement, ...]
    state: DeliveryState
    reason: str
    group: str = ""  # the id of the traveller's group, or "" for who travels alone
    seen: Seen | None = None  # what the agencies' own systems said of it, as far as it is known here


@dataclass(frozen=True, slots=True)
class JournalCheck:
    """The journal's chain, checked from the first entry on; `problems` are codes, empty where it holds."""

    count: int
    problems: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ViewChanged:
    """The view of the crossing that is open; `worse` where the band rose above what was known, not out of nothing."""

    view: MergedView
    worse: bool


@dataclass(frozen=True, slots=True)
class StatusChanged:
    """The status line is to be painted anew."""

    status: Status


@dataclass(frozen=True, slots=True)
class Delivered:
    """The single window has given receipts for these entries or refused some, or the agencies have answered."""

    lines: tuple[OutboxLine, ...]


@dataclass(frozen=True, slots=True)
class Screened:
    """The lists have answered on the crossing that is open, or answer anew."""

    crossing: str
    answers: tuple[ListAnswer, ...]


@dataclass(frozen=True, slots=True)
class StackChanged:
    """A row of the group that is being worked is another now; the group is in the desk's hands."""

    group: str


@dataclass(frozen=True, slots=True)
class CaseChanged:
    """Something was said of a case, or of a crossing of one, here or at another counter."""

    thread: str


@dataclass(frozen=True, slots=True)
class StepsChanged:
    """Something was recorded of a crossing, here or at another counter: steps of its procedures may be further."""

    crossing: str


@dataclass(frozen=True, slots=True)
class LookupRefused:
    """The single window does not take the question about a crossing; what is held here goes on being shown."""

    crossing: str
    why: Text


@dataclass(frozen=True, slots=True)
class ListLoading:
    """A new version of a list comes in: so many of its entries so far, of all."""

    title: str
    done: int
    total: int


@dataclass(frozen=True, slots=True)
class ListLoaded:
    """A new version of a list is in force."""

    title: str
    version: int
    count: int


@dataclass(frozen=True, slots=True)
class ListRefused:
    """A list, or a change to one, was not taken; what was held stays in force. `title` is "" where it says no name."""

    title: str
    why: Text


News = (
    ViewChanged
    | StatusChanged
    | StackChanged
    | Delivered
    | Screened
    | CaseChanged
    | StepsChanged
    | LookupRefused
    | ListLoading
    | ListLoaded
    | ListRefused
)
