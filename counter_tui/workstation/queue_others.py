"""What waits for a supervisor in secondary cases."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import timedelta
from typing import TYPE_CHECKING

from ..domain.cases.fold import CASE
from ..domain.cases.holds import holds_at
from ..domain.texts import text
from .queue import Kind, QueueLine

if TYPE_CHECKING:
    from datetime import datetime

    from ..domain.acts import Act
    from ..domain.cases.case import Case, Task
    from ..domain.cases.holds import HoldNow


def cases(acts: Sequence[Act], now: datetime, read: Callable[[str], Case]) -> Iterator[QueueLine]:
    """Of a case: tasks that take too long, and holds that are to be looked at, or that nobody can release.

    `read` gives it by its id as it stands, also where the referral that it followed from was taken back.
    """
    if not any(act.kind == CASE for act in acts):
        return
    case = read(acts[0].thread)
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
