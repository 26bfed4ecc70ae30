"""Degraded mode: declared and left by two people of two agencies; while it holds, floors may reach further.

The thread is the post's. What was said apart from what else was said stands beside it: as long as one says declared,
decisions are marked; as soon as one says left, nothing reaches further than without the mode. Both are the stricter.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import TYPE_CHECKING, Final

from .acts import Deed
from .joint.history import History
from .standing import by_time, standing
from .words import AGENCY_OF, Authority, Role

if TYPE_CHECKING:
    from datetime import timedelta

    from .acts import Act
    from .deadlines import Deadlines
    from .posts import Officer

THREAD: Final = "post"
KIND: Final = "mode"
STAMP: Final = "M"
"""What a decision bears that was recorded in degraded mode."""
MOST_MINUTES: Final = 7 * 24 * 60


class ModeStep(StrEnum):
    """What was said of the mode."""

    DECLARED = "declared"
    LEFT = "left"
    LOOSENED = "loosened"
    """The cached sections of one authority may be so many minutes old, until a time."""


CAUSES: Final = ("link", "single-window", "agency", "power", "flood", "other")
"""Why the mode is declared; `other` asks for a note."""


@dataclass(frozen=True, slots=True)
class ModeDeed(Deed):
    """One word on the mode. `cause` is one of `CAUSES` where it is declared; `until` (ISO 8601 UTC) of a loosening."""

    step: ModeStep
    cause: str = ""
    note: str = ""
    authority: Authority | None = None
    minutes: int = 0
    until: str = ""

    def needs_second(self) -> bool:
        """Always: nobody declares, leaves or loosens alone."""
        return True

    def why_not(self, first: Officer, second: Officer | None) -> str:
        """Two people of two agencies, a supervisor among them; whose limit it is among them where one is loosened."""
        why = Deed.why_not(self, first, second)
        if why or second is None:
            return why
        if first.agency is second.agency:
            return "mode.same-agency"
        if Role.SUPERVISOR not in {first.role, second.role}:
            return "mode.no-supervisor"
        return self._why_not_said(first, second)

    def _why_not_said(self, first: Officer, second: Officer) -> str:
        if self.step is ModeStep.DECLARED:
            if self.cause not in CAUSES:
                return "mode.no-cause"
            return "mode.note-needed" if self.cause == "other" and not self.note.strip() else ""
        if self.step is ModeStep.LEFT:
            return ""
        if self.authority is None or not 0 < self.minutes <= MOST_MINUTES or _moment(self.until) is None:
            return "mode.wrong-loosening"
        return "" if AGENCY_OF[self.authority] in {first.agency, second.agency} else "mode.other-agency"


@dataclass(frozen=True, slots=True)
class ModeState:
    """The mode as it stands. `declared` are the ids of the acts that hold, empty where it is not declared.

    `reaches`: floors may reach as far as the mode lets them. `disputed`: somebody left it apart from who declared it.
    `loosened` is minutes by authority. `left_at` is when it was left last, `rerun_by` until when everybody who was
    cleared in it is to have been run again.
    """

    declared: tuple[str, ...] = ()
    since: datetime | None = None
    cause: str = ""
    reaches: bool = False
    disputed: bool = False
    loosened: tuple[tuple[Authority, int], ...] = ()
    left_at: datetime | None = None
    rerun_by: datetime | None = None

    @property
    def on(self) -> bool:
        """Whether decisions are marked."""
        return bool(self.declared)

    def minutes(self, authority: Authority) -> int:
        """How old this authority's section may be by what two people loosened; 0 where nothing was."""
        return dict(self.loosened).get(authority, 0)


NORMAL: Final = ModeState()
"""Nothing was declared."""


def fold_mode(acts: Iterable[Act], now: datetime, deadlines: Deadlines) -> ModeState:
    """The mode at `now` (aware), from the acts of the post's thread in any order; what one person said is none.

    A declaration or a leaving stands until one that knew of it; so does a loosening, which also ends at its time, and
    at the latest when the deadline for any is over. Without the mode nothing is loosened.
    """
    history = History(acts)
    whole = [act for act in history.acts if act.kind == KIND and by_two(act)]
    said = by_time(standing(history, [a for a in whole if a.deed.step is not ModeStep.LOOSENED]))
    declared = tuple(a for a in said if a.deed.step is ModeStep.DECLARED)
    left = tuple(a for a in said if a.deed.step is ModeStep.LEFT)
    leavings = [a.at for a in whole if a.deed.step is ModeStep.LEFT]
    left_at = max(leavings, default=None)
    reaches = bool(declared) and not left
    return ModeState(
        declared=tuple(a.id for a in declared),
        since=min((a.at for a in declared), default=None),
        cause=declared[0].deed.cause if declared else "",
        reaches=reaches,
        disputed=bool(declared and left),
        loosened=_loosened(history, whole, now, deadlines.loosened) if reaches else (),
        left_at=left_at,
        rerun_by=left_at + deadlines.rerun if left_at is not None else None,
    )


def by_two(act: Act) -> bool:
    """Whether a second person's signature stands in it, and they are not the first; who was only named is none."""
    return act.second is not None and act.second.officer != act.officer and bool(act.second.signature)


def _loosened(
    history: History, whole: list[Act], now: datetime, longest: timedelta
) -> tuple[tuple[Authority, int], ...]:
    """Of several said apart for one authority the fewest minutes hold; what a leaving knew of is over."""
    limits: dict[Authority, int] = {}
    ends = [a for a in whole if a.deed.step is ModeStep.LEFT]
    for authority in Authority:
        said = [a for a in whole if a.deed.step is ModeStep.LOOSENED and a.deed.authority is authority]
        heads = [a for a in standing(history, [*said, *ends]) if a.deed.step is ModeStep.LOOSENED]
        if heads and all(_holds(a, now, longest) for a in heads):
            limits[authority] = min(a.deed.minutes for a in heads)
    return tuple(limits.items())


def _holds(act: Act, now: datetime, longest: timedelta) -> bool:
    until = _moment(act.deed.until)
    return until is not None and now < min(until, act.at + longest)


def _moment(stamped: str) -> datetime | None:
    try:
        at = datetime.fromisoformat(stamped)
    except ValueError:
        return None
    return at if at.tzinfo is not None else None
