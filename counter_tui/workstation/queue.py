"""The supervisor's queue: what waits for somebody at this post, one list, the most urgent first.

Each part says of the acts of one thread what waits in it: pure functions, called anew when the thread has another act,
and when time has passed. Here they are put together.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import IntEnum
from typing import TYPE_CHECKING, Final

from ..domain.entries import DECISION
from ..domain.joint.reading import ACTS
from ..domain.late import WITHIN
from ..domain.texts import Text
from .records import moment

if TYPE_CHECKING:
    from ..domain.acts import Act
    from ..domain.recall import RecallTask
    from ..domain.whereabouts import Located
    from .acts import Acts
    from .kept_acts import KeptActs
    from .parts import Parts

SLICE: Final = 5
"""So many threads are looked at in one go: of somebody with steps each takes some milliseconds."""
QUIET: Final = frozenset({DECISION, "whereabouts", "statement", "mode"})
"""Acts of which nothing comes by time alone."""


class Kind(IntEnum):
    """What waits, the more urgent the smaller."""

    EMERGENCY = 0
    LATE_HIT = 1
    EXPIRED = 2
    CONFLICT = 3
    HIT = 4
    SECOND = 5
    REVIEW = 6
    RERUN = 7


@dataclass(frozen=True, slots=True)
class QueueLine:
    """One matter: what, about whom, since when, until when where a clock runs; in which thread, by which act.

    Of a late hit also the `task`, and where somebody said last that they are.
    """

    kind: Kind
    what: Text
    who: str
    since: datetime
    thread: str
    until: datetime | None = None
    act: str = ""
    task: RecallTask | None = None
    located: Located | None = None

    def urgency(self, now: datetime) -> tuple[bool, int, datetime, str, str]:
        """Emergencies, what is overdue, then by kind; of a kind what is due first, else what waits longest."""
        late = self.kind is Kind.EMERGENCY or (self.until is not None and self.until <= now)
        return (not late, self.kind, self.until or self.since, self.thread, self.act)


Source = Callable[[Sequence["Act"], datetime], Iterable[QueueLine]]
"""What waits in a thread, of all its acts, at a time."""


def in_order(lines: Iterable[QueueLine], now: datetime) -> tuple[QueueLine, ...]:
    """The most urgent first; the same everywhere."""
    return tuple(sorted(lines, key=lambda line: line.urgency(now)))


class Queue:
    """What waits, kept up to date. All of it runs on the backstage loop."""

    def __init__(
        self,
        parts: Parts,
        acts: Acts,
        kept: KeptActs,
        sources: Sequence[Source],
        now: Callable[[], datetime],
        *,
        runs: Callable[[Sequence[Act], datetime], bool],
    ) -> None:
        """`sources` are asked of every thread of which something is at hand; `runs` tells where a clock may run."""
        self._parts, self._acts, self._kept, self._sources, self._now = parts, acts, kept, sources, now
        self._runs = runs
        self._known = False
        self._dirty: set[str] = set()
        self._matters: dict[str, tuple[Act, ...]] = {}
        acts.listen(self._dirty.add)

    async def lines(self) -> tuple[QueueLine, ...]:
        """All that waits now. The first time every thread is looked at, a slice at a time."""
        if not self._known:
            for _ in iter(self._kept.derive, False):
                await asyncio.sleep(0)
            self._known = True
            self._dirty.update(self._kept.threads())
            await self._note_own()
        for number, thread in enumerate(sorted(self._dirty), 1):
            self._look(thread)
            if number % SLICE == 0:
                await asyncio.sleep(0)
        now, lines = self._now(), list[QueueLine]()
        for number, acts in enumerate(tuple(self._matters.values()), 1):
            lines += self._of(acts, now)
            if number % SLICE == 0:
                await asyncio.sleep(0)
        return in_order(lines, now)

    def forget(self) -> None:
        """Nobody may read any more: whoever signs in has it read anew."""
        self._known = False
        self._matters.clear()
        self._dirty.clear()

    async def _note_own(self) -> None:
        """The threads of what was recorded here lately."""
        ledger, since = self._parts.ledger, self._now() - WITHIN
        for kind in ACTS:
            for number, sequence in enumerate(reversed(ledger.of_kind(kind)), 1):
                entry = ledger.find(sequence)
                if entry is None or moment(entry.recorded_at) < since:
                    break
                self._dirty.add(entry.group)
                if number % SLICE == 0:
                    await asyncio.sleep(0)

    def _look(self, thread: str) -> None:
        """A thread in which nothing waits, and nothing can only for the time that passes, is not held."""
        self._dirty.discard(thread)
        acts = self._acts.of(thread)
        now = self._now()
        if any(act.kind not in QUIET for act in acts) or self._runs(acts, now) or self._of(acts, now):
            self._matters[thread] = acts
        else:
            self._matters.pop(thread, None)

    def _of(self, acts: Sequence[Act], now: datetime) -> list[QueueLine]:
        return [line for source in self._sources for line in source(acts, now)]
