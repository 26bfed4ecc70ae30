"""What is done to a joint decision beside giving verdicts: corrected, overridden, confirmed, reviewed, settled."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from ..acts import Deed
from ..posts import Officer
from ..sections import Subject
from ..two_persons import why_not_two
from ..words import AGENCY_OF, Authority, Role, Verdict

NOTE_SHORTEST: Final = 20
"""Characters that the words of an override have at least, blanks at both ends not counted."""


class Why(StrEnum):
    """Why an act is taken back: at once, with one key; or later, because it was about the wrong one."""

    UNDO = "undo"
    PERSON = "person"
    DIRECTION = "direction"
    DOCUMENT = "document"
    VERDICT = "verdict"


@dataclass(frozen=True, slots=True)
class Correction(Deed):
    """An act (by its id) counts no more. The act itself stays as it is; who acted on it is told."""

    act: str
    why: Why
    reason: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class Override(Deed):
    """A supervisor sets an automatic rule's result aside, until a time, after which it stands again by itself.

    `rule` is the id of the contribution, `action` its code. Without a second person here `confirmer` (id of an officer
    of the owning agency) is to confirm it until `confirm_by`; silence does not. Times are ISO 8601 UTC.
    """

    rule: str
    authority: Authority
    subject: Subject
    action: str
    reason: str
    note: str
    until: str
    confirmer: str = ""
    confirm_by: str = ""

    def why_not(self, first: Officer, second: Officer | None) -> str:
        """The code for why these may not, whatever the rules in force allow: see `overriding`."""
        if first.role is not Role.SUPERVISOR:
            return "override.no-supervisor"
        if len(self.note.strip()) < NOTE_SHORTEST:
            return "override.note-short"
        if second is None:
            return "" if self.confirmer and self.confirmer != first.id else "override.nobody"
        why = why_not_two(first, second)
        if why:
            return f"two.{why}"
        return "" if second.agency is AGENCY_OF[self.authority] else "two.second-agency"


@dataclass(frozen=True, slots=True)
class Confirmation(Deed):
    """Who was asked says of an act (by its id) that it holds, or that it does not."""

    act: str
    agreed: bool
    note: str = ""


class Stage(StrEnum):
    """How far a joint review is."""

    OPENED = "opened"
    SAID = "said"
    RAISED = "raised"
    AGREED = "agreed"


@dataclass(frozen=True, slots=True)
class Review(Deed):
    """A step of a joint review of what is said of a subject. It changes no verdict: each agency gives its own."""

    subject: Subject
    stage: Stage
    level: int = 0
    authority: Authority | None = None
    verdict: Verdict | None = None
    reason: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class Settlement(Deed):
    """Verdicts on a subject that were given apart (acts by id) are known to disagree, and `verdict` is to stand.

    It lowers nothing: the stricter stays in force until whoever gave it, or may release it, gives another.
    """

    subject: Subject
    acts: tuple[str, ...]
    verdict: Verdict
    note: str = ""
