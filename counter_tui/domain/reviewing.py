"""A joint review as it stands: who said what, and at which level its clock is.

Duty officers have it first, then heads of section, then the heads of the post and the agencies; until when, all from
its opening, are deadlines that the agencies signed. The clock escalates and decides nothing: without agreement a hold
stays with whoever placed it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Final

from .joint.deeds import Stage
from .joint.history import History
from .standing import by_time, standing

if TYPE_CHECKING:
    from .acts import Act
    from .deadlines import Deadlines
    from .joint.deeds import Review
    from .sections import Subject

KIND: Final = "review"


@dataclass(frozen=True, slots=True)
class OpenReview:
    """A review that nobody has agreed to end. `act` opened it; `said` are the acts in which agencies gave their view.

    `raised` is the level that people raised it to, from 0. `levels` is until when each has it, from its opening.
    """

    thread: str
    subject: Subject
    act: str
    opened: datetime
    levels: tuple[timedelta, timedelta, timedelta]
    said: tuple[Act, ...] = ()
    raised: int = 0

    def level(self, now: datetime) -> int:
        """At which level it is: as far as the clock or people took it; the last one stays."""
        passed = sum(now >= self.opened + limit for limit in self.levels)
        return min(max(passed, self.raised), len(self.levels) - 1)

    def until(self, now: datetime) -> datetime:
        """When the level that it is at ends."""
        return self.opened + self.levels[self.level(now)]

    def over(self, now: datetime) -> bool:
        """Whether the last level's time is over without agreement."""
        return now >= self.opened + self.levels[-1]


def fold_reviews(acts: Iterable[Act], deadlines: Deadlines) -> tuple[OpenReview, ...]:
    """The reviews of a thread that are open, the earliest first, whatever the order the acts came in.

    One that was opened apart at two counters is one. An agreement ends what it knew of, and only that.
    """
    history = History(acts)
    by_subject: dict[Subject, list[Act]] = {}
    for act in history.acts:
        if act.kind == KIND:
            by_subject.setdefault(act.deed.subject, []).append(act)
    found = [one for told in by_subject.values() for one in _of(history, told, deadlines)]
    return tuple(sorted(found, key=lambda one: (one.opened, one.act)))


def _of(history: History, told: Sequence[Act], deadlines: Deadlines) -> Iterator[OpenReview]:
    agreed = [act for act in told if act.deed.stage is Stage.AGREED]
    opened = [a for a in told if a.deed.stage is Stage.OPENED and not any(history.knew(end.id, a.id) for end in agreed)]
    if not opened:
        return
    first = by_time(opened)[0]
    since = [act for act in told if any(history.knew(act.id, start.id) for start in opened)]
    raised: list[Review] = [act.deed for act in since if act.deed.stage is Stage.RAISED]
    yield OpenReview(
        first.thread,
        first.deed.subject,
        first.id,
        first.at,
        deadlines.review,
        by_time(_last_said(history, since)),
        max((deed.level for deed in raised), default=0),
    )


def _last_said(history: History, since: Iterable[Act]) -> list[Act]:
    """What each authority said last, or said apart."""
    of: dict[object, list[Act]] = {}
    for act in since:
        if act.deed.stage is Stage.SAID:
            of.setdefault(act.deed.authority, []).append(act)
    return [act for said in of.values() for act in standing(history, said)]
