"""Groups at the counter: how their heads add up, who is not to be parted, which desk leads, and what is recorded.

A group is worked as a stack: document after document, then all that are green at once. A skipped scan and somebody who
walked away show in the headcount, which is said by the driver or the list, scanned here, and counted by the officer.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Final

from ..errors import CounterError, DecisionError
from .coding import from_json
from .crossings import Group
from .words import Authority, Direction, Outcome

if TYPE_CHECKING:
    from .view import MergedView

GROUP: Final = "group"
"""The kind of the journal's entries."""

NOTE_LONGEST: Final = 500
MOST: Final = 500
"""Travellers of one group; a bus has some 60, a batch some 220."""
_GOES_ON: Final = frozenset({Outcome.CLEAR, Outcome.CLEAR_COND, Outcome.ESCORTED_CARE})


class Standing(StrEnum):
    """How far one of a group is: not scanned yet, open, put aside at a desk, gone on, or kept by a verdict."""

    TO_SCAN = "to_scan"
    OPEN = "open"
    PARKED = "parked"
    CLEARED = "cleared"
    KEPT = "kept"


def standing_of(outcome: Outcome | None) -> Standing:
    """How a recorded outcome for the person stands in the group; None is a verdict on something else alone."""
    return Standing.CLEARED if outcome in _GOES_ON else Standing.KEPT


def leading(view: MergedView) -> Authority:
    """Whose desk takes a traveller who is not green: the procedure's lead, else who has the worst against them.

    Where nothing is found and yet it is not green, whoever did not answer, or is too old.
    """
    if view.procedure is not None:
        return view.procedure.lead
    order = list(Authority)
    found = [c for s in view.sections for c in s.contributions]
    if found:
        worst = max(found, key=lambda c: (c.verdict, c.band_floor, c.points or 0, -order.index(c.authority)))
        return worst.authority
    silent = (*view.risk.not_checked, *view.risk.stale, *view.screening.not_checked)
    return min(silent, key=order.index, default=Authority.IMMIGRATION)


# -- heads ------------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Headcount:
    """How many: `said` by the driver or the list, `listed` by name, `scanned` here, `counted` by the officer or None.

    `missing` are listed and not scanned, `added` scanned and not listed. Of those scanned, `cleared`, `parked` at a
    desk, and `kept` by a verdict; the rest is open.
    """

    said: int
    listed: int
    scanned: int
    missing: int = 0
    added: int = 0
    cleared: int = 0
    parked: int = 0
    kept: int = 0
    counted: int | None = None

    @property
    def to_go(self) -> int:
        """How many are still to be scanned, by what is said or by the list, whichever is more."""
        return max(self.missing, self.said - self.scanned, 0)

    @property
    def open(self) -> int:
        """Scanned, and neither decided nor at a desk."""
        return self.scanned - self.cleared - self.parked - self.kept

    @property
    def skipped(self) -> int:
        """Counted, and not scanned: a scan was skipped."""
        return max(0, (self.counted if self.counted is not None else self.scanned) - self.scanned)

    @property
    def gone(self) -> int:
        """Scanned, and not counted: somebody has walked away."""
        return max(0, self.scanned - (self.counted if self.counted is not None else self.scanned))

    @property
    def over(self) -> int:
        """Scanned beyond what is said."""
        return max(0, self.scanned - self.said) if self.said else 0

    @property
    def asks_why(self) -> bool:
        """Whether closing the group needs a reason: somebody is missing, by any of the three numbers."""
        return bool(self.to_go or self.skipped or self.gone)


@dataclass(frozen=True, slots=True)
class GroupReason:
    """Why a group is closed although its heads do not add up, and whether a note must go with it."""

    code: str
    note: bool = False


REASONS: Final = (
    GroupReason("did-not-come"),
    GroupReason("stays-behind"),
    GroupReason("crossed-elsewhere"),
    GroupReason("list-wrong"),
    GroupReason("walked-away", note=True),
    GroupReason("other", note=True),
)


# -- who belongs together ---------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Companion:
    """One of a group, as far as parting goes. `key` and `guardian` are document keys, `group` an id.

    `direction` is None where it is not known; `green`: nothing stands against them, they go on with the next key.
    """

    key: str
    standing: Standing
    guardian: str | None = None
    direction: Direction | None = None
    group: str = ""
    green: bool = False

    @property
    def goes_on(self) -> bool:
        """Whether this one has gone on, or is about to."""
        return self.standing is Standing.CLEARED or (self.green and self.standing in (Standing.OPEN, Standing.PARKED))


@dataclass(frozen=True, slots=True)
class Parting:
    """A child and its guardian (document keys) who are about to be parted, or are, and the code of why."""

    child: str
    guardian: str
    why: str


def partings(companions: Iterable[Companion]) -> tuple[Parting, ...]:
    """Who of these would be parted, by child and guardian; the order in which they come does not matter.

    A guardian who is not among them is not here at all. As long as neither goes on, nobody is parted.
    """
    known = {one.key: one for one in companions}
    found = []
    for child in sorted(known.values(), key=lambda one: one.key):
        why = _why_parted(child, known.get(child.guardian)) if child.guardian else ""
        if child.guardian and why:
            found.append(Parting(child.key, child.guardian, why))
    return tuple(found)


def _why_parted(child: Companion, guardian: Companion | None) -> str:
    if guardian is None:
        return "parting.guardian-not-here" if child.goes_on else ""
    if not (child.goes_on or guardian.goes_on):
        return ""
    apart = _apart(child, guardian)
    if apart or (child.goes_on and guardian.goes_on):
        return apart
    late, who = (guardian, "guardian") if child.goes_on else (child, "child")
    return f"parting.{who}-not-scanned" if late.standing is Standing.TO_SCAN else f"parting.{who}-not-clear"


def _apart(child: Companion, guardian: Companion) -> str:
    if child.direction and guardian.direction and child.direction is not guardian.direction:
        return "parting.other-direction"
    return "parting.other-group" if child.group != guardian.group else ""


# -- what is recorded -------------------------------------------------------------------------------------------------


class GroupEvent(StrEnum):
    """What an entry says of a group."""

    OPENED = "opened"
    SAID = "said"
    CLOSED = "closed"


@dataclass(frozen=True, slots=True, repr=False)
class GroupBody:
    """An entry's body: a group was opened as a stack, is said to be so many, or was closed, by whom.

    `stack` names the time it was worked: the same in both entries. `missing` and `added` are document keys, at most
    MOST; `reason` and `note` say why somebody is missing.
    """

    stack: str
    event: GroupEvent
    group: Group
    direction: Direction
    officer: str
    heads: Headcount
    training: bool
    missing: tuple[str, ...] = ()
    added: tuple[str, ...] = ()
    reason: str = ""
    note: str = ""

    def __repr__(self) -> str:
        """Without the travellers."""
        return f"GroupBody({self.event.value}, {self.heads!r})"


def read_group(body: bytes) -> GroupBody:
    """The group in an entry's body; CounterError `entry.unreadable` where it is none."""
    return from_json(GroupBody, body, error=CounterError("entry.unreadable"))


def why_closed(heads: Headcount, reason: GroupReason | None, note: str) -> tuple[str, str]:
    """The reason's code and the note that go into the entry; both "" where everybody is there.

    Raises DecisionError `group.people-missing` where a reason is needed, `decision.note-needed` where its note is.
    """
    if not heads.asks_why:
        return "", ""
    if reason is None:
        raise DecisionError("group.people-missing", n=max(heads.to_go, heads.skipped, heads.gone))
    if reason.note and not note.strip():
        raise DecisionError("decision.note-needed", reason=reason.code)
    return reason.code, note.strip()[:NOTE_LONGEST]
