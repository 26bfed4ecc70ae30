"""A medical emergency that somebody at a counter sees: whoever stands there calls it, with one word; health ends it.

The call is an act of the crossing. From it follow, at every counter alike, what health's own record of an emergency
says, so that the procedure of an emergency applies whether health's system answers or not; and that the corridor for
the ambulance is open.
"""

from collections.abc import Iterable, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, replace
from typing import Final, Self

from .acts import Act, Deed
from .findings import FindingRules
from .joint.history import History
from .posts import Officer
from .sections import Section
from .two_persons import NOTE_LONGEST
from .words import Agency, Authority

EMERGENCY: Final = "emergency"
CORRIDOR: Final = "step.ambulance"
"""The step that a call does: the ambulance is called, and its way is free."""
ACTION: Final = "medical-emergency"
_FINDING: Final = "health.emergency"
_ID: Final = "called/"


@dataclass(frozen=True, slots=True, repr=False)
class EmergencyDeed(Deed):
    """Somebody needs help now; or it is `over`, or was none: health says so, and why in its note."""

    over: bool = False
    note: str = ""

    def __repr__(self) -> str:
        """Without the note."""
        return f"EmergencyDeed(over={self.over})"

    def why_not(self, first: Officer, second: Officer | None) -> str:
        """Anybody calls; health alone ends it, and says why."""
        if self.over and Authority.HEALTH not in first.authorities:
            return "emergency.not-yours"
        if len(self.note) > NOTE_LONGEST or (self.over and not self.note.strip()):
            return "emergency.words"
        return Deed.why_not(self, first, second)

    def seen_by(self, to: AbstractSet[Agency]) -> Self:
        """That there is one is everybody's; the words are health's."""
        return self if not self.note or Agency.QUARANTINE in to else replace(self, note="")


def calls(acts: Iterable[Act], void: AbstractSet[str] = frozenset()) -> tuple[Act, ...]:
    """The calls that stand, the earliest first: nobody has ended them knowing of them. `void` are acts taken back."""
    history = History(act for act in acts if act.kind == EMERGENCY)
    said = [act for act in history.acts if act.id not in void]
    ends = [act for act in said if act.deed.over]
    standing = (a for a in said if not a.deed.over and not any(history.knew(end.id, a.id) for end in ends))
    return tuple(sorted(standing, key=lambda act: (act.at, act.id)))


def is_called(sections: Iterable[Section]) -> bool:
    """Whether an emergency was called at a counter, by what `with_emergency` gave."""
    return any(c.id.startswith(_ID) for s in sections for c in s.contributions)


def with_emergency(
    sections: Sequence[Section], acts: Iterable[Act], findings: FindingRules | None
) -> tuple[Section, ...]:
    """The sections; where a call stands, health's with what a record of its own would say."""
    if findings is None or not any(act.kind == EMERGENCY for act in acts) or not calls(acts):
        return tuple(sections)
    finding, contribution = findings.report(_FINDING)
    finding = replace(finding, id=_ID + finding.id)
    contribution = replace(contribution, id=finding.id)
    return tuple(
        replace(s, contributions=(*s.contributions, contribution), findings=(*s.findings, finding))
        if s.authority is Authority.HEALTH
        else s
        for s in sections
    )
