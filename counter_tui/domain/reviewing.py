"""A joint review as it stands: who said what, and at which level its clock is.

Duty officers have 15 minutes, the heads of section until 30, the heads of the post and the agencies until 60, all from
when it was opened. The clock escalates and decides nothing: without agreement a hold stays with whoever placed it.
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
    from .joint.deeds import Review
    from .sections import Subject

KIND: Final = "review"
LEVELS: Final = (timedelta(minutes=15), timedelta(minutes=30), timedelta(minutes=60))
"""Until when, from its opening, each level has: duty officers, heads of section, heads of the post and agencies."""


@dataclass(frozen=True, slots=True)
class OpenReview:
    """A review that nobody has agreed to end. `act` opened it; `said` are the acts in which agencies gave their view.

    `raised` is the level that people raised it to, from 0.
    """

    thread: str
    subject: Subject
    act: str
    opened: datetime
    said: tuple[Act, ...] = ()
    raised: int = 0

    def level(self, now: datetime) -> int:
        """At which level it is: as far as the clock or people took it; the last one stays."""
        passed = sum(now >= self.opened + limit for limit in LEVELS)
        return min(max(passed, self.raised), len(LEVELS) - 1)

    def until(self, now: datetime) -> datetime:
        """When the level that it is at ends."""
        return self.opened + LEVELS[self.level(now)]

    def over(self, now: datetime) -> bool:
        """Whether the last level's time is over without agreement."""
        return now >= self.opened + LEVELS[-1]


def fold_reviews(acts: Iterable[Act]) -> tuple[OpenReview, ...]:
    """The reviews of a thread that are open, the earliest first, whatever the order the acts came in.

    One that was opened apart at two counters is one. An agreement ends what it knew of, and only that.
    """
    history = History(acts)
    by_subject: dict[Subject, list[Act]] = {}
    for act in history.acts:
        if act.kind == KIND:
            by_subject.setdefault(act.deed.subject, []).append(act)
    found = [one for told in by_subject.values() for one in _of(history, told)]
    return tuple(sorted(found, key=lambda one: (one.opened, one.act)))


def _of(history: History, told: Sequence[Act]) -> Iterator[OpenReview]:
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
