"""What a post has agreed on about cases: what agencies are asked to do, holds by law, who hears what."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from ..statements import Topic
from ..two_persons import Matter
from ..words import Agency

LOOK_MINUTES = 20


@dataclass(frozen=True, slots=True)
class TaskKind:
    """Something that an agency is asked to do, by the code of a text, and within how many minutes of seeing it.

    `opens`: it is asked for by itself of each agency that has something against whoever is referred. `matter`: what of
    the list of four eyes it is; two sign that it is done.
    """

    code: str
    agency: Agency
    minutes: int
    valid_from: date
    legal_basis: str = ""
    opens: bool = False
    matter: Matter | None = None


@dataclass(frozen=True, slots=True)
class HoldLaw:
    """A law that an agency holds by, and after how many minutes such a hold is reviewed. `doubt`: how sure that is."""

    id: str
    agency: Agency
    legal_basis: str
    review_minutes: int
    valid_from: date
    doubt: str


@dataclass(frozen=True, slots=True)
class Hearing:
    """What is said on a topic is for these agencies, and for whoever asked."""

    topic: Topic
    to: frozenset[Agency]
    valid_from: date
    legal_basis: str = ""


@dataclass(frozen=True, slots=True)
class CaseRules:
    """All of it; `on` a day, what is in force then."""

    version: str
    tasks: tuple[TaskKind, ...] = ()
    holds: tuple[HoldLaw, ...] = ()
    hearing: tuple[Hearing, ...] = ()

    def on(self, day: date) -> CaseRules:
        """What is in force on this day."""
        return CaseRules(
            self.version,
            tuple(row for row in self.tasks if row.valid_from <= day),
            tuple(row for row in self.holds if row.valid_from <= day),
            tuple(row for row in self.hearing if row.valid_from <= day),
        )

    def tasks_of(self, agency: Agency) -> tuple[TaskKind, ...]:
        """What this agency is usually asked to do."""
        return tuple(row for row in self.tasks if row.agency is agency)

    def holds_of(self, agency: Agency) -> tuple[HoldLaw, ...]:
        """The laws that this agency holds by."""
        return tuple(row for row in self.holds if row.agency is agency)

    def matter_of(self, code: str, agency: Agency) -> Matter | None:
        """What of the list of four eyes a task of this code is."""
        return next((row.matter for row in self.tasks if (row.code, row.agency) == (code, agency)), None)

    def opening(self, agency: Agency) -> TaskKind | None:
        """What this agency is asked to do as soon as somebody is referred to it."""
        return next((row for row in self.tasks if row.agency is agency and row.opens), None)

    def hears(self, topic: Topic, asking: frozenset[Agency]) -> frozenset[Agency]:
        """Who hears what is said on a topic to somebody who acts for these agencies; nobody named: everybody."""
        row = next((row for row in self.hearing if row.topic is topic), None)
        return row.to | asking if row is not None else frozenset()
