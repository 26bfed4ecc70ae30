"""Holds as of now: whether they are to be looked at again, and whether anybody can be reached who may release them.

A timer escalates; it never releases. Past its review time a hold is due; past it by as long again, or where nobody who
may release it can be reached, it is raised off the post.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta

from ..words import Agency
from .case import Case, Hold, HoldState


@dataclass(frozen=True, slots=True)
class HoldNow:
    """A hold as of now. `nobody`: nobody who may release it can be reached; `overdue` is how long past its review."""

    hold: Hold
    state: HoldState
    nobody: bool
    overdue: timedelta

    @property
    def off_post(self) -> bool:
        """Whether it is raised to somebody off the post."""
        return self.state is HoldState.ESCALATED


def holds_at(case: Case, now: datetime, reachable: Collection[str] | None = None) -> tuple[HoldNow, ...]:
    """Every hold that stands, the most pressing first.

    `reachable` are the ids of the officers who can be reached now and may release; None where that is not known, and
    what was said when the hold was placed or last reviewed counts.
    """
    found = [hold_at(hold, now, reachable) for hold in case.standing_holds]
    return tuple(sorted(found, key=lambda one: (not one.off_post, not one.nobody, -one.overdue, one.hold.id)))


def hold_at(hold: Hold, now: datetime, reachable: Collection[str] | None = None) -> HoldNow:
    """The same of one hold."""
    if hold.released_at is not None:
        return HoldNow(hold, HoldState.RELEASED, nobody=False, overdue=timedelta(0))
    nobody = not hold.releaser or (reachable is not None and hold.releaser not in reachable)
    overdue = max(timedelta(0), now - hold.review_at)
    if now < hold.review_at:
        state = HoldState.STANDING
    elif nobody or overdue >= max(hold.review_at - hold.placed_at, timedelta(0)):
        state = HoldState.ESCALATED
    else:
        state = HoldState.REVIEW_DUE
    return HoldNow(hold, state, nobody, overdue)


def may_release(agency: Agency, officers: Collection[tuple[str, Agency, bool]]) -> tuple[str, ...]:
    """The ids of those supervisors (id, agency, whether a supervisor) who may release a hold of this agency."""
    return tuple(sorted(id_ for id_, of, supervises in officers if of is agency and supervises))
