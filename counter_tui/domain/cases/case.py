"""A case as it stands: what the acts of its thread come to, wherever they were recorded."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from ..procedures.closing import SignOffState
from ..words import Agency
from .deeds import Clock, Closed, Holder, Link, Need


class TaskState(StrEnum):
    """How far a task is."""

    GIVEN = "given"
    SEEN = "seen"
    DONE = "done"
    DECLINED = "declined"


@dataclass(frozen=True, slots=True)
class Task:
    """What an agency was asked to do. `link` is how long it was on its way, `worked` how long they have had it."""

    id: str
    agency: Agency
    words: str
    code: str
    limit: timedelta | None
    given_at: datetime
    given_by: str
    seen_at: datetime | None = None
    ended_at: datetime | None = None
    ended_by: str = ""
    state: TaskState = TaskState.GIVEN
    note: str = ""

    @property
    def open(self) -> bool:
        """Whether it is still to be done."""
        return self.ended_at is None

    def link(self, now: datetime) -> timedelta:
        """From when it was given until their side had seen it."""
        return max(timedelta(0), (self.seen_at or self.ended_at or now) - self.given_at)

    def worked(self, now: datetime) -> timedelta:
        """Since their side has seen it; nothing before that: an agency's clock does not run while nobody knows."""
        if self.seen_at is None:
            return timedelta(0)
        return max(timedelta(0), (self.ended_at or now) - self.seen_at)

    def late(self, now: datetime) -> bool:
        """Whether it took, or takes, longer than it may."""
        return self.limit is not None and self.worked(now) > self.limit


@dataclass(frozen=True, slots=True)
class HandOver:
    """One link of a chain of custody. `signed`: by both."""

    act: str
    at: datetime
    giver: Holder
    taker: Holder
    note: str
    signed: bool


@dataclass(frozen=True, slots=True)
class Custody:
    """Who holds an item: one holder, or several that were named apart. `broken`: somebody gave what they did not have.

    `chain` is every hand-over, in the order in which they were known.
    """

    item: Link
    chain: tuple[HandOver, ...]
    holders: tuple[Holder, ...]
    broken: bool = False

    @property
    def disputed(self) -> bool:
        """Whether two counters say different things of who holds it now."""
        return len(self.holders) > 1

    @property
    def since(self) -> datetime:
        """When it came to whoever holds it."""
        return self.chain[-1].at


class HoldState(StrEnum):
    """How a hold stands. Time alone takes it from standing to due and further, and never to released."""

    STANDING = "standing"
    REVIEW_DUE = "review-due"
    ESCALATED = "escalated"
    RELEASED = "released"


@dataclass(frozen=True, slots=True)
class Hold:
    """A hold with its law, custodian, place and releaser. `released_at` is set by its own agency's release only."""

    id: str
    link: Link
    agency: Agency
    legal_basis: str
    doubt: str
    custodian: Holder
    releaser: str
    placed_at: datetime
    placed_by: str
    review_at: datetime
    released_at: datetime | None = None
    disputed: bool = False
    nobody_when_placed: bool = False

    @property
    def standing(self) -> bool:
        """Whether it holds."""
        return self.released_at is None


@dataclass(frozen=True, slots=True)
class Welfare:
    """What somebody needs, and when they got it."""

    id: str
    kind: Need
    note: str
    stated_at: datetime
    met_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Reference:
    """A camera of the hall and a time on it."""

    camera: str
    at: datetime
    note: str


@dataclass(frozen=True, slots=True)
class Run:
    """A clock ran from here on, until then; None: it runs."""

    clock: Clock
    since: datetime
    until: datetime | None


@dataclass(frozen=True, slots=True)
class CaseConflict:
    """What was said apart and disagrees: a code (`case.conflict.custody`), what about, and the acts."""

    code: str
    about: str
    acts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Case:
    """One case. `lead` is None as long as its opening has not come here; `heads` are what the next act names.

    `number` is what people call it: the entry that opened it (`ENT-3/119`). What the acts of its crossings tell and not
    its own: `undone`, the verdict that it followed from was taken back; `unsigned`, sign-offs that are missing.
    """

    id: str
    number: str = ""
    lead: Agency | None = None
    opened_at: datetime | None = None
    opened_by: str = ""
    counter: str = ""
    reason: str = ""
    note: str = ""
    entry: str = ""
    training: bool = False
    agencies: frozenset[Agency] = frozenset()
    links: tuple[Link, ...] = ()
    tasks: tuple[Task, ...] = ()
    custody: tuple[Custody, ...] = ()
    holds: tuple[Hold, ...] = ()
    needs: tuple[Welfare, ...] = ()
    references: tuple[Reference, ...] = ()
    runs: tuple[Run, ...] = ()
    closed: Closed | None = None
    closed_at: datetime | None = None
    closed_by: str = ""
    conflicts: tuple[CaseConflict, ...] = ()
    heads: tuple[str, ...] = ()
    undone: bool = False
    unsigned: tuple[SignOffState, ...] = ()

    @property
    def open(self) -> bool:
        """Whether it goes on: neither closed with every signature that it takes, nor opened by mistake."""
        return (self.closed is None or bool(self.unsigned)) and not self.void

    @property
    def void(self) -> bool:
        """Whether the referral that opened it was taken back before anybody had done anything."""
        done = self.custody or self.holds or self.needs or any(task.state is not TaskState.GIVEN for task in self.tasks)
        return self.undone and not done

    @property
    def open_tasks(self) -> tuple[Task, ...]:
        """What is still to be done, the first asked for first."""
        return tuple(task for task in self.tasks if task.open)

    @property
    def standing_holds(self) -> tuple[Hold, ...]:
        """What is held."""
        return tuple(hold for hold in self.holds if hold.standing)

    @property
    def unmet_needs(self) -> tuple[Welfare, ...]:
        """What somebody still needs."""
        return tuple(need for need in self.needs if need.met_at is None)

    @property
    def crossings(self) -> tuple[str, ...]:
        """The ids of the crossings that it is about."""
        return tuple(link.id for link in self.links if link.kind == "crossing")
