"""Steps of joint procedures that take too long: of crossings here, and of those at other counters that were heard of.

Of somebody at another counter there is what the cache holds and what was decided there on what grounds: the plan that
follows from it may lack a step for what was only asked there.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import TYPE_CHECKING, Final

from ..domain.entries import DECISION
from ..domain.joint.fold import fold
from ..domain.late import LETS_GO
from ..domain.outcome import Circumstances
from ..domain.procedures.deeds import KIND as STEP
from ..domain.procedures.of_view import progress_of
from ..domain.texts import text
from ..domain.words import SourceState
from .queue import Kind, QueueLine

if TYPE_CHECKING:
    from datetime import datetime

    from ..domain.acts import Act
    from ..domain.crossings import Crossing
    from ..domain.entries import DecisionBody
    from ..domain.procedures.progress import Progress
    from ..domain.sections import Section
    from .current import Current
    from .records import CachedRecords

REACH: Final = timedelta(hours=24)
"""Whoever was opened longer ago at another counter is not looked at."""
ANEW: Final = timedelta(minutes=5)
"""So long a plan counts that nobody has said anything of: what the cache holds may be newer."""


@dataclass(frozen=True, slots=True)
class _Worked:
    """How far somebody's steps were at a time, by which acts."""

    acts: frozenset[str]
    at: datetime
    crossing: Crossing
    progress: Progress | None


class LateSteps:
    """One counter's. All of it runs on the backstage loop."""

    def __init__(self, records: CachedRecords, opened: Callable[[Crossing], Current]) -> None:
        """`opened` is a crossing as the cache holds it, for who is signed in."""
        self._records, self._opened = records, opened
        self._worked: dict[str, _Worked] = {}

    def forget(self) -> None:
        """Nobody may read any more."""
        self._worked.clear()

    def runs(self, acts: Sequence[Act], now: datetime) -> bool:
        """Whether a clock may run in a thread: somebody was decided lately, and was not let go or has steps."""
        decided = [act for act in acts if act.kind == DECISION]
        if not decided or now - decided[-1].deed.crossing.opened_at > REACH:
            return False
        who = Circumstances(decided[-1].deed.crossing.direction)
        return any(act.kind == STEP for act in acts) or fold(acts, (), who, now).person not in LETS_GO

    def heard(self, acts: Sequence[Act], now: datetime) -> Iterator[QueueLine]:
        """Of a thread: as every source of the queue. Crossings that stand open here are `here`."""
        if self.runs(acts, now) and acts[0].thread not in {one.id for one in self._records.open_crossings()}:
            crossing = next(act.deed.crossing for act in reversed(acts) if act.kind == DECISION)
            yield from self._late(crossing, acts, now)

    def here(self, acts_of: Callable[[str], Sequence[Act]], now: datetime) -> Iterator[QueueLine]:
        """Of crossings that stand open here, the one in hand among them."""
        for crossing in self._records.open_crossings():
            yield from self._late(crossing, acts_of(crossing.id), now)

    def _late(self, crossing: Crossing, acts: Sequence[Act], now: datetime) -> Iterator[QueueLine]:
        ids, known = frozenset(act.id for act in acts), self._worked.get(crossing.id)
        if known is None or known.acts != ids or now - known.at > ANEW:
            known = self._worked[crossing.id] = _Worked(ids, now, crossing, self._work(crossing, acts))
        found = known.progress
        for late in found.escalations(now) if found is not None else ():
            planned = found.plan.find(late.key) if found is not None else None
            if planned is not None:
                what = text(f"queue.step.{planned.step.authority.value}")
                who = crossing.document.display_name
                yield QueueLine(Kind.EXPIRED, what, who, crossing.opened_at, crossing.id, late.since, late.key)

    def _work(self, crossing: Crossing, acts: Sequence[Act]) -> Progress | None:
        current = self._opened(crossing)
        current.sections |= {s.authority: _with_leaned(s, acts) for s in current.sections.values()}
        return progress_of(current.view(), acts)


def _with_leaned(section: Section, acts: Sequence[Act]) -> Section:
    """With what decisions leaned on and the cache does not hold; where it holds nothing, as of the last of them."""
    held = {one.id for one in section.contributions}
    more = {}
    for act in acts:
        body: DecisionBody | None = act.deed if act.kind == DECISION else None
        for one in (*body.leaned, *body.screened) if body is not None else ():
            if one.authority is section.authority and one.id not in held:
                more[one.id] = one
    if not more:
        return section
    told = replace(section, contributions=(*section.contributions, *more.values()))
    if section.source is not SourceState.NOT_CHECKED:
        return told
    return replace(told, source=SourceState.CACHED, as_of=max(act.at for act in acts if act.kind == DECISION))
