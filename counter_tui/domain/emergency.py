"""A medical emergency that somebody at a counter sees: whoever stands there calls it, with one word; health ends it.

The call is an act of the crossing. From it follow, at every counter alike, what health's own record of an emergency
says, so that the procedure of an emergency applies whether health's system answers or not; and that the corridor for
the ambulance is open.
"""

from collections.abc import Iterable, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Final, Self

from .acts import Act, Deed
from .findings import FindingRules
from .joint.history import History
from .posts import Officer
from .sections import Section
from .texts import text
from .two_persons import NOTE_LONGEST
from .words import Agency, Authority

EMERGENCY: Final = "emergency"
CORRIDOR: Final = "step.ambulance"
"""The step that a call does: the ambulance is called, and its way is free."""
ACTION: Final = "medical-emergency"
_FINDING: Final = "health.emergency"
_ID: Final = "called/"
_OVER: Final = "fact.emergency-over"


class End(StrEnum):
    """How an emergency ends: care is over, and what is left to be done stays; or there was none."""

    OVER = "over"
    NONE = "none"


@dataclass(frozen=True, slots=True, repr=False)
class EmergencyDeed(Deed):
    """Somebody needs help now; or, with an `end`, health says that it is over or was none, and why in its note."""

    end: End | None = None
    note: str = ""

    def __repr__(self) -> str:
        """Without the note."""
        return f"EmergencyDeed({self.end})"

    def why_not(self, first: Officer, second: Officer | None) -> str:
        """Anybody calls; health alone ends it, and says why."""
        if self.end is not None and Authority.HEALTH not in first.authorities:
            return "emergency.not-yours"
        if len(self.note) > NOTE_LONGEST or (self.end is not None and not self.note.strip()):
            return "emergency.words"
        return Deed.why_not(self, first, second)

    def seen_by(self, to: AbstractSet[Agency]) -> Self:
        """That there is one is everybody's; the words are health's."""
        return self if not self.note or Agency.QUARANTINE in to else replace(self, note="")


def calls(
    acts: Iterable[Act], void: AbstractSet[str] = frozenset(), ends: AbstractSet[End] = frozenset(End)
) -> tuple[Act, ...]:
    """The calls that nobody who knew of them has ended in one of these ways, the earliest first.

    `void` are acts taken back.
    """
    history = History(act for act in acts if act.kind == EMERGENCY)
    said = [act for act in history.acts if act.id not in void]
    ended = [act for act in said if act.deed.end in ends]
    open_ = (a for a in said if a.deed.end is None and not any(history.knew(end.id, a.id) for end in ended))
    return tuple(sorted(open_, key=lambda act: (act.at, act.id)))


def was_called(sections: Iterable[Section]) -> bool:
    """Whether an emergency was called at a counter, be it over by now, by what `with_emergency` gave."""
    return any(
        any(c.id.startswith(_ID) for c in s.contributions) or any(fact.code == _OVER for fact in s.facts)
        for s in sections
    )


def with_emergency(
    sections: Sequence[Section], acts: Iterable[Act], findings: FindingRules | None
) -> tuple[Section, ...]:
    """The sections; where a call stands, health's with what a record of its own says; where it is over, a fact."""
    called = calls(own := [act for act in acts if act.kind == EMERGENCY], ends={End.NONE})
    if findings is None or not called:
        return tuple(sections)
    health = next(s for s in sections if s.authority is Authority.HEALTH)
    if any(c.action == ACTION for c in health.contributions):
        return tuple(sections)
    if calls(own):
        finding, contribution = findings.report(_FINDING)
        finding, contribution = replace(finding, id=_ID + finding.id), replace(contribution, id=_ID + contribution.id)
        told = replace(
            health, contributions=(*health.contributions, contribution), findings=(*health.findings, finding)
        )
    else:
        told = replace(health, facts=(*health.facts, text(_OVER)))
    return tuple(told if s is health else s for s in sections)
