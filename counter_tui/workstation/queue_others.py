"""What waits for a supervisor in secondary cases, and of the steps of joint procedures at this counter."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import timedelta
from typing import TYPE_CHECKING

from ..domain.cases.fold import CASE, case_of
from ..domain.cases.holds import holds_at
from ..domain.procedures.progress import confirmed, progress
from ..domain.procedures.verdicts import verdicts_of
from ..domain.texts import text
from .queue import Kind, QueueLine

if TYPE_CHECKING:
    from datetime import datetime

    from ..domain.acts import Act
    from ..domain.cases.case import Case, Task
    from ..domain.cases.holds import HoldNow
    from .current import Current


def cases(acts: Sequence[Act], now: datetime) -> Iterator[QueueLine]:
    """Of a case: tasks that take too long, and holds that are to be looked at, or that nobody can release."""
    if not any(act.kind == CASE for act in acts):
        return
    case = case_of(acts)
    if not case.open:
        return
    for task in case.tasks:
        if task.open and task.late(now):
            yield _task(case, task, acts[0].thread)
    for held in holds_at(case, now):
        if held.nobody or held.overdue > timedelta(0):
            yield _hold(case, held, acts[0].thread)


def _task(case: Case, task: Task, thread: str) -> QueueLine:
    since = task.seen_at or task.given_at
    what = text("queue.case-task", number=case.number)
    return QueueLine(Kind.EXPIRED, what, _who(case), since, thread, since + (task.limit or timedelta(0)), task.id)


def _hold(case: Case, held: HoldNow, thread: str) -> QueueLine:
    code = "queue.case-nobody" if held.nobody else "queue.case-review"
    hold = held.hold
    what = text(code, number=case.number)
    return QueueLine(Kind.EXPIRED, what, _who(case), hold.placed_at, thread, hold.review_at, hold.id)


def _who(case: Case) -> str:
    return next((link.label for link in case.links if link.label), "")


def steps(current: Current, acts: Sequence[Act], now: datetime) -> Iterator[QueueLine]:
    """Steps of joint procedures of a crossing that stands open here, whose time is over."""
    view = current.view()
    if view.plan is None:
        return
    void = frozenset(view.joint.corrected)
    counted = [act for act in acts if act.id not in void]
    found = progress(
        view.plan,
        acts,
        view.crossing.opened_at,
        verdicts=verdicts_of(view.plan, view.standing, counted),
        void=void,
        confirmed=confirmed(acts, void),
    )
    for late in found.escalations(now):
        planned = view.plan.find(late.key)
        if planned is not None:
            what = text(f"queue.step.{planned.step.authority.value}")
            who = view.crossing.document.display_name
            yield QueueLine(Kind.EXPIRED, what, who, view.crossing.opened_at, view.crossing.id, late.since, late.key)
