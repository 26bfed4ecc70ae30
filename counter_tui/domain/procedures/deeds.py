"""What an agency's side says of steps: an act of the crossing."""

from collections.abc import Iterable
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Final

from ..acts import Act, Deed, Means
from ..posts import Officer
from ..two_persons import NOTE_LONGEST, Matter
from ..words import AGENCY_OF, Agency, Authority, Role
from .merging import PlannedStep

KIND: Final = "step"
MOST_STEPS: Final = 200


class Did(StrEnum):
    """What an agency's side says of a step."""

    SEEN = "seen"
    BEGUN = "begun"
    DONE = "done"
    NOT_NEEDED = "not_needed"


class Spared(StrEnum):
    """Why a step is not needed."""

    DOES_NOT_APPLY = "does-not-apply"
    OTHER_OUTCOME = "other-outcome"
    DONE_ELSEWHERE = "done-elsewhere"
    NOT_POSSIBLE = "not-possible"


FINISHING: Final = frozenset({Did.DONE, Did.NOT_NEEDED})


@dataclass(frozen=True, slots=True, repr=False)
class StepDeed(Deed):
    """Steps (their keys in the plan, of one authority) were seen, or one was begun, done, or found not needed.

    `two`, `second`, `supervisor` and `matter` are what the step asked when it was finished; one that asks more is open.
    """

    did: Did
    steps: tuple[str, ...]
    authority: Authority
    reason: Spared | None = None
    note: str = ""
    two: bool = False
    second: Agency | None = None
    supervisor: bool = False
    matter: Matter | None = None

    def __repr__(self) -> str:
        """Without the note."""
        return f"StepDeed({self.did.value}, {self.steps})"

    def needs_second(self) -> bool:
        """Whether two people sign it."""
        return self.two and self.did in FINISHING

    def asks_beside(self, first: Officer) -> bool:
        """Whether somebody signs beside this person: two sign it, or a supervisor has to who they are not."""
        return self.did in FINISHING and (self.two or (self.supervisor and first.role is not Role.SUPERVISOR))

    def why_not(self, first: Officer, second: Officer | None) -> str:
        """The code for why these people may not; "" where they may."""
        why = self._why_not_so(first)
        if why or self.did not in FINISHING:
            return why
        if self.supervisor and Role.SUPERVISOR not in {first.role, second.role if second else None}:
            return "plan.supervisor-needed"
        wanted = self.second or AGENCY_OF[self.authority]
        if second is not None and wanted not in second.acts_for:
            return "plan.second-of-another"
        return Deed.why_not(self, first, second)

    def _why_not_so(self, first: Officer) -> str:
        """Why it cannot be said in this way, or not by them."""
        if self.authority not in first.authorities:
            return "plan.not-yours"
        most = MOST_STEPS if self.did is Did.SEEN else 1
        if not 1 <= len(self.steps) <= most or len(self.note) > NOTE_LONGEST:
            return "plan.not-one"
        return "plan.reason-needed" if (self.did is Did.NOT_NEEDED) != (self.reason is not None) else ""

    def seen_by(self, to: AbstractSet[Agency]) -> "StepDeed":
        """The note is the agency's own."""
        if not self.note or AGENCY_OF[self.authority] in to:
            return self
        return replace(self, note="")


def by_two(act: Act, confirmed: AbstractSet[str] = frozenset()) -> bool:
    """Whether a second person has signed an act: beside the first, or it is among those `confirmed` from elsewhere."""
    second = act.second
    beside = second is not None and second.means is Means.BESIDE and second.officer != act.officer
    return beside or act.id in confirmed


def deed_of(planned: PlannedStep, did: Did, reason: Spared | None = None, note: str = "") -> StepDeed:
    """What is recorded of a step as it stands in the plan."""
    step = planned.step
    if did is Did.NOT_NEEDED and step.optional:
        return StepDeed(did, (planned.key,), step.authority, reason, note)
    asked = step.two, step.second, step.supervisor, step.matter if did is Did.DONE else None
    return StepDeed(did, (planned.key,), step.authority, reason, note, *asked)


def deed_of_seen(steps: Iterable[PlannedStep], authority: Authority) -> StepDeed:
    """These steps are on the screen of their authority's side."""
    return StepDeed(Did.SEEN, tuple(s.key for s in steps if s.step.authority is authority), authority)
