"""What is said of a case, an act each: who it is about, who does what, who holds what, since when and under which law.

An act's thread is the case's id. `CaseDeed` carries one of the things said; each has an `event`, by which it is read.
"""

from __future__ import annotations

from collections.abc import Set as AbstractSet
from dataclasses import dataclass, fields, replace
from datetime import datetime
from enum import StrEnum
from typing import Any, Final, Literal, Self

from ..acts import YEARS, Deed
from ..posts import Officer
from ..two_persons import Matter
from ..words import Agency, Role

_WORDS: Final = ("note", "words")
"""Fields whose words are for the agencies of a deed only."""


class Linked(StrEnum):
    """What a case is linked with: a crossing by its id, a person, a thing, or another case."""

    CROSSING = "crossing"
    PERSON = "person"
    DOCUMENT = "document"
    GOODS = "goods"
    ANIMAL = "animal"
    VEHICLE = "vehicle"
    CASH = "cash"
    CASE = "case"


@dataclass(frozen=True, slots=True, repr=False)
class Link:
    """One thing that the case is about; `label` is what people call it."""

    kind: Linked
    id: str
    label: str = ""

    def __repr__(self) -> str:
        """Without who or what it is."""
        return f"Link({self.kind})"


@dataclass(frozen=True, slots=True)
class Holder:
    """Who holds something, and where: an officer by id, or somebody else by name; both may be of an agency."""

    agency: Agency | None = None
    officer: str = ""
    name: str = ""
    place: str = ""


@dataclass(frozen=True, slots=True)
class Opened:
    """The case is opened over these crossings and things. `reason` is a reason code, `entry` the verdict's (ENT-3/118).

    `agencies` are those that are asked to the table beside the lead.
    """

    lead: Agency
    links: tuple[Link, ...] = ()
    reason: str = ""
    note: str = ""
    entry: str = ""
    agencies: frozenset[Agency] = frozenset()
    event: Literal["opened"] = "opened"


@dataclass(frozen=True, slots=True)
class LinkMade:
    """Something more belongs to the case."""

    link: Link
    note: str = ""
    event: Literal["linked"] = "linked"


@dataclass(frozen=True, slots=True)
class LinkCut:
    """Something does not belong to it after all."""

    link: Link
    note: str = ""
    event: Literal["unlinked"] = "unlinked"


@dataclass(frozen=True, slots=True)
class TaskGiven:
    """An agency is asked to do something within so many minutes of seeing it; 0: without a limit.

    What is to be done is said in `words`, or by the `code` of a text.
    """

    task: str
    agency: Agency
    words: str = ""
    minutes: int = 0
    code: str = ""
    event: Literal["task-given"] = "task-given"


@dataclass(frozen=True, slots=True)
class TaskSeen:
    """The agency's side has seen it: its clock runs from here."""

    task: str
    event: Literal["task-seen"] = "task-seen"


@dataclass(frozen=True, slots=True)
class TaskDone:
    """It is done. `matter`: what of the list of four eyes it was, `agency` whose; then two sign it."""

    task: str
    note: str = ""
    matter: Matter | None = None
    agency: Agency | None = None
    event: Literal["task-done"] = "task-done"


@dataclass(frozen=True, slots=True)
class TaskDeclined:
    """The agency does not do it, and says why."""

    task: str
    note: str
    event: Literal["task-declined"] = "task-declined"


@dataclass(frozen=True, slots=True)
class HandedOver:
    """Evidence, or a document, goes from one holder to another; both sign, or a witness where one is no officer."""

    item: Link
    giver: Holder
    taker: Holder
    note: str = ""
    event: Literal["handed-over"] = "handed-over"


@dataclass(frozen=True, slots=True)
class CameraSaw:
    """Which camera of the hall saw it, from when on (aware)."""

    camera: str
    at: datetime
    note: str = ""
    event: Literal["camera"] = "camera"

    def __post_init__(self) -> None:
        """A time without its zone is none, nor is one that no camera saw."""
        if self.at.tzinfo is None or self.at.year not in YEARS:
            raise ValueError("time")


class Clock(StrEnum):
    """Whose time it is: security's, until the matter is secured; service's, as long as the traveller waits."""

    SECURITY = "security"
    SERVICE = "service"


@dataclass(frozen=True, slots=True)
class ClockSet:
    """A clock stands still from here on, or runs again, and why."""

    clock: Clock
    runs: bool
    note: str = ""
    event: Literal["clock"] = "clock"


@dataclass(frozen=True, slots=True)
class HoldPlaced:
    """A person or thing is held: under which law, by whom and where, and who on the duty roster can release it.

    `releaser` is an officer's id, "" where nobody was to be reached. It is reviewed every `review_minutes`; nothing is
    ever released by the time alone. `doubt` says how sure the legal basis is.
    """

    hold: str
    link: Link
    agency: Agency
    legal_basis: str
    custodian: Holder
    releaser: str
    review_minutes: int
    doubt: str = ""
    note: str = ""
    event: Literal["hold-placed"] = "hold-placed"


@dataclass(frozen=True, slots=True)
class HoldReviewed:
    """Somebody of the placing agency has looked at the hold again: it stands, for so many minutes more."""

    hold: str
    agency: Agency
    review_minutes: int
    releaser: str
    note: str = ""
    event: Literal["hold-reviewed"] = "hold-reviewed"


@dataclass(frozen=True, slots=True)
class HoldReleased:
    """The placing agency lets go: its supervisor and a second person sign."""

    hold: str
    agency: Agency
    note: str
    event: Literal["hold-released"] = "hold-released"


class Need(StrEnum):
    """What somebody who waits or is held needs."""

    WATER = "water"
    FOOD = "food"
    MEDICINE = "medicine"
    REST = "rest"
    INTERPRETER = "interpreter"
    CONSULATE = "consulate"
    GUARDIAN = "guardian"
    SAME_SEX_OFFICER = "same-sex-officer"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class NeedStated:
    """Somebody needs something."""

    need: str
    kind: Need
    note: str = ""
    event: Literal["need"] = "need"


@dataclass(frozen=True, slots=True)
class NeedMet:
    """They have it."""

    need: str
    note: str = ""
    event: Literal["need-met"] = "need-met"


@dataclass(frozen=True, slots=True)
class Closed:
    """The case is closed: handed over to somebody, what and when by the act; `to` without a name: nothing was.

    `holds` are those (by id) that go on under whoever takes over, and not here.
    """

    to: Holder = Holder()
    items: tuple[Link, ...] = ()
    note: str = ""
    holds: tuple[str, ...] = ()
    event: Literal["closed"] = "closed"


@dataclass(frozen=True, slots=True)
class Reopened:
    """It goes on, and why."""

    note: str
    event: Literal["reopened"] = "reopened"


Said = (
    Opened
    | LinkMade
    | LinkCut
    | TaskGiven
    | TaskSeen
    | TaskDone
    | TaskDeclined
    | HandedOver
    | CameraSaw
    | ClockSet
    | HoldPlaced
    | HoldReviewed
    | HoldReleased
    | NeedStated
    | NeedMet
    | Closed
    | Reopened
)


@dataclass(frozen=True, slots=True, repr=False)
class CaseDeed(Deed):
    """One thing said of a case; its free words are for the agencies `to`, or for all where none is named."""

    said: Said
    to: frozenset[Agency] = frozenset()

    def __repr__(self) -> str:
        """Without what it says."""
        return f"CaseDeed({self.said.event})"

    def needs_second(self) -> bool:
        """Both sign what changes hands, and that a hold ends."""
        said = self.said
        if isinstance(said, Closed):
            return bool(said.items or said.holds)
        if isinstance(said, TaskDone):
            return said.matter is not None
        return isinstance(said, HandedOver | HoldReleased)

    def why_not(self, first: Officer, second: Officer | None) -> str:
        """Who gives and who takes must be among those who sign; a hold is its agency's own, its release a supervisor's.

        A case that is closed without anything handed over takes one person.
        """
        why = Deed.why_not(self, first, second)
        if why:
            return why
        said, both = self.said, tuple(one for one in (first, second) if one is not None)
        if isinstance(said, HandedOver):
            named = {said.giver.officer, said.taker.officer} - {""}
            return "" if named and named <= {one.id for one in both} else "case.not-their-hands"
        if isinstance(said, HoldReleased):
            own = any(one.agency is said.agency for one in both)
            return "" if own and any(one.role is Role.SUPERVISOR for one in both) else "case.hold-not-yours"
        if isinstance(said, HoldPlaced | HoldReviewed):
            return "" if said.agency in first.acts_for else "case.hold-not-yours"
        return ""

    def matter(self) -> tuple[Matter, Agency] | None:
        """What of the list of four eyes it is, and whose; None where it is none of them."""
        said = self.said
        if isinstance(said, HoldReleased):
            return Matter.RELEASE_HOLD, said.agency
        if isinstance(said, TaskDone) and said.matter is not None and said.agency is not None:
            return said.matter, said.agency
        if isinstance(said, HandedOver) and said.item.kind is Linked.DOCUMENT:
            kept = not said.giver.officer and bool(said.taker.officer)
            return (Matter.RETAIN_DOCUMENT, Agency.IMMIGRATION) if kept else None
        return None

    def seen_by(self, to: AbstractSet[Agency]) -> Self | None:
        """All of it, but for words that are for others: what it does must be known everywhere."""
        if not self.to or self.to & to:
            return self
        said = self.said
        blank: dict[str, Any] = {field.name: "" for field in fields(said) if field.name in _WORDS}
        return replace(self, said=replace(said, **blank)) if blank else self
