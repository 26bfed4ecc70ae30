"""What a case waits for: one step, and whose it is."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Final

from ..words import Agency, Outcome
from .case import Case, TaskState
from .holds import holds_at


class Step(StrEnum):
    """What is to be done next; each has its key on the screen."""

    SETTLE = "settle"
    RAISE_HOLD = "raise-hold"
    REVIEW_HOLD = "review-hold"
    SEE_TASK = "see-task"
    DO_TASK = "do-task"
    MEET_NEED = "meet-need"
    WAIT = "wait"
    RELEASE_HOLD = "release-hold"
    DECIDE = "decide"
    SIGN = "sign"
    HAND_ON = "hand-on"
    CLOSE = "close"
    DONE = "done"


@dataclass(frozen=True, slots=True)
class Next:
    """The step, what it is about (an id of the case), and the agency whose it is."""

    step: Step
    about: str = ""
    agency: Agency | None = None


SETTLED: Final = frozenset({Outcome.CLEAR, Outcome.CLEAR_COND, Outcome.REFUSE, Outcome.HANDOVER, Outcome.ESCORTED_CARE})
"""Outcomes with which a traveller does not wait here any more."""


def undecided(outcomes: Mapping[str, Outcome]) -> tuple[str, ...]:
    """Of the crossings of a case, with what follows for their travellers, those that wait for a verdict."""
    return tuple(sorted(crossing for crossing, outcome in outcomes.items() if outcome not in SETTLED))


def next_step(
    case: Case,
    mine: AbstractSet[Agency],
    now: datetime,
    reachable: Collection[str] | None = None,
    outcomes: Mapping[str, Outcome] | None = None,
) -> Next:
    """The most pressing step for somebody who acts for these agencies; `outcomes` as of `undecided`."""
    if not case.open:
        return Next(Step.DONE)
    return next(_steps(case, mine, now, reachable), _last(case, mine, outcomes or {}))


def _last(case: Case, mine: AbstractSet[Agency], outcomes: Mapping[str, Outcome]) -> Next:
    """What is left once nothing is open: a verdict, a signature (one's own first), or the closing.

    Who is protected is not let go by a verdict: they go to whoever takes care of them.
    """
    waiting = undecided(outcomes)
    open_ = [crossing for crossing in waiting if outcomes[crossing] is not Outcome.PROTECT]
    if open_:
        return Next(Step.DECIDE, open_[0], case.lead)
    signs = sorted(case.unsigned, key=lambda one: (bool(one.open), one.agency not in mine))
    if signs:
        return Next(Step.SIGN, signs[0].agency.value, signs[0].agency)
    return Next(Step.HAND_ON, waiting[0], case.lead) if waiting else Next(Step.CLOSE, "", case.lead)


def _steps(case: Case, mine: AbstractSet[Agency], now: datetime, reachable: Collection[str] | None) -> Iterator[Next]:
    """Whatever is open, the most pressing first."""
    for conflict in case.conflicts:
        yield Next(Step.SETTLE, conflict.code, case.lead)
    for one in holds_at(case, now, reachable):
        if one.nobody or one.off_post:
            yield Next(Step.RAISE_HOLD, one.hold.id, one.hold.agency)
        elif now >= one.hold.review_at:
            yield Next(Step.REVIEW_HOLD, one.hold.id, one.hold.agency)
    for task in case.open_tasks:
        if task.agency in mine:
            yield Next(Step.SEE_TASK if task.state is TaskState.GIVEN else Step.DO_TASK, task.id, task.agency)
    for need in case.unmet_needs:
        yield Next(Step.MEET_NEED, need.id, case.lead)
    for task in case.open_tasks:
        yield Next(Step.WAIT, task.id, task.agency)
    for hold in case.standing_holds:
        yield Next(Step.RELEASE_HOLD, hold.id, hold.agency)
