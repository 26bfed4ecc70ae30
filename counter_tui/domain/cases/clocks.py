"""The two clocks of a case, each second put down to whose turn it was.

While something is on its way to an agency that has not seen it, the link has the time; once they have, they have it;
while nobody was asked for anything, the lead has it. Of several open steps the one that was asked for first has it.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from itertools import pairwise

from ..words import Agency
from .case import Case, Run, Task
from .deeds import Clock


class Turn(StrEnum):
    """Why time went by."""

    LINK = "link"
    STEP = "step"
    LEAD = "lead"


@dataclass(frozen=True, slots=True)
class Spent:
    """So much time went by in an agency's turn; `task` is the open step, "" where the lead was to say what next."""

    turn: Turn
    agency: Agency | None
    task: str
    length: timedelta


@dataclass(frozen=True, slots=True)
class Reading:
    """A clock as of now."""

    clock: Clock
    total: timedelta
    runs: bool
    spent: tuple[Spent, ...]


def readings(case: Case, now: datetime) -> tuple[Reading, ...]:
    """Both clocks; what went by in each turn adds up to the total."""
    return tuple(_reading(case, clock, now) for clock in Clock)


def _reading(case: Case, clock: Clock, now: datetime) -> Reading:
    runs = [run for run in case.runs if run.clock is clock]
    spent: dict[tuple[Turn, Agency | None, str], timedelta] = {}
    for run in runs:
        for since, until in _pieces(case, run, now):
            turn = _turn(case, since)
            spent[turn] = spent.get(turn, timedelta(0)) + (until - since)
    total = sum(spent.values(), timedelta(0))
    found = (Spent(*turn, length) for turn, length in spent.items())
    ordered = sorted(found, key=lambda one: (-one.length, one.turn, one.agency or "", one.task))
    return Reading(clock, total, any(run.until is None for run in runs), tuple(ordered))


def _pieces(case: Case, run: Run, now: datetime) -> Iterable[tuple[datetime, datetime]]:
    """The run, cut wherever it became somebody else's turn."""
    end = run.until or max(now, run.since)
    times = {run.since, end}
    for task in case.tasks:
        times |= {at for at in (task.given_at, task.seen_at, task.ended_at) if at and run.since < at < end}
    ordered = sorted(times)
    return pairwise(ordered)


def _turn(case: Case, at: datetime) -> tuple[Turn, Agency | None, str]:
    open_ = (task for task in case.tasks if _is_open(task, at))
    first = min(open_, key=lambda task: (task.given_at, task.id), default=None)
    if first is None:
        return Turn.LEAD, case.lead, ""
    seen = first.seen_at is not None and first.seen_at <= at
    return (Turn.STEP if seen else Turn.LINK), first.agency, first.id


def _is_open(task: Task, at: datetime) -> bool:
    return task.given_at <= at and (task.ended_at is None or task.ended_at > at)
