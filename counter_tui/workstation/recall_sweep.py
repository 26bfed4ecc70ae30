"""Whoever was released is screened again when a list has a newer version: one after another, behind all that is done.

Who that is follows from the journal; what is kept is only how far it has come, so that an end of the program costs
nothing but the one who was being asked about. At the counter nothing waits for it.
"""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from ..domain.coding import from_json, to_json
from ..domain.entries import DECISION
from ..domain.late import WITHIN, needs_screening
from ..errors import CounterError, StoreError
from .outbox import LET_IN, decision_of, outcome_of
from .records import moment, stamp

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Iterator, Mapping
    from datetime import datetime

    from ..domain.entries import DecisionBody
    from .parts import Parts

RECALL: Final = "recall"
_MARK: Final = "="
KEPT_EVERY: Final = 20
"""How far it has come is kept after so many."""
REST: Final = 0.02
"""Seconds between two who are asked about: whoever stands at the counter is asked about in between."""


@dataclass(frozen=True, slots=True)
class Mark:
    """How far it has come: released with these versions of lists in force, all above `low` and up to `high` are done.

    Both are sequences of the journal; `low` 0: all are.
    """

    versions: tuple[tuple[str, int], ...] = ()
    low: int = 0
    high: int = 0


@dataclass(frozen=True, slots=True)
class Sweeping:
    """How many were screened again, and how many there may be in all; both 0 where nothing runs."""

    done: int = 0
    of: int = 0


class Sweep:
    """One counter's. All of it runs on the backstage loop."""

    def __init__(
        self,
        parts: Parts,
        screen_again: Callable[[DecisionBody, int], Awaitable[None]],
        now: Callable[[], datetime],
        rest: Callable[[float], Awaitable[None]] = asyncio.sleep,
    ) -> None:
        """`screen_again` asks the lists about a release, and raises what is late; it may raise CounterError."""
        self._parts, self._screen_again, self._now, self._rest = parts, screen_again, now, rest
        self.state = Sweeping()

    async def run(self) -> None:
        """Go on from where it stood, to the end."""
        held, ledger = self._held(), self._parts.ledger
        if not held:
            return
        mark, newest = self._mark(), max(ledger.of_kind(DECISION), default=0)
        if mark.versions != tuple(held.items()):
            mark = Mark(tuple(held.items()), newest, newest)
        asked: set[str] = set()
        for sequence in reversed(ledger.of_kind(DECISION, mark.high)):  # decided while a list was being replaced
            await self._look(sequence, held, asked)
        try:
            await self._go_back(replace(mark, high=newest), asked)
        finally:
            self.state = Sweeping()

    async def _go_back(self, mark: Mark, asked: set[str]) -> None:
        """The newest first: they are the nearest. Of several decisions on a crossing the last one counts."""
        decided = self._parts.ledger.of_kind(DECISION) if mark.low else ()
        waiting = [sequence for sequence in reversed(decided) if sequence <= mark.low]
        for number, sequence in enumerate(waiting):
            if self._is_old(sequence):
                break
            self.state = Sweeping(number, len(waiting))
            await self._look(sequence, dict(mark.versions), asked)
            if number % KEPT_EVERY == KEPT_EVERY - 1:
                self._keep(replace(mark, low=sequence - 1))
                await self._rest(0)
        self._keep(replace(mark, low=0))

    async def _look(self, sequence: int, held: Mapping[str, int], asked: set[str]) -> None:
        body = decision_of(self._parts.ledger, sequence)
        if body is None or body.crossing.id in asked:
            return
        asked.add(body.crossing.id)
        of_way = {rule for rule, applies in self._applying(body) if applies}
        if not needs_screening(body, {name: version for name, version in held.items() if name in of_way}):
            return
        await self._screen_again(body, sequence)
        await self._rest(REST)

    def _applying(self, body: DecisionBody) -> Iterator[tuple[str, bool]]:
        rules = self._parts.rules().book.screening
        for rule in rules.lists.values() if rules is not None else ():
            yield rule.id, rule.applies(body.crossing.direction)

    def _is_old(self, sequence: int) -> bool:
        entry = self._parts.ledger.find(sequence)
        return entry is None or self._now() - moment(entry.recorded_at) > WITHIN

    def _held(self) -> dict[str, int]:
        screens = self._parts.screens
        states = screens.states() if screens is not None else ()
        return {state.list: state.version for state in states if state.at_booth and state.version}

    def _mark(self) -> Mark:
        record = self._parts.store.find(RECALL, _MARK)
        try:
            unreadable = StoreError("store.record-unreadable")
            return from_json(Mark, record.body, error=unreadable) if record is not None else Mark()
        except CounterError:
            return Mark()

    def _keep(self, mark: Mark) -> None:
        self._parts.store.put(RECALL, _MARK, to_json(mark), as_of=stamp(self._now()), owner="counter", partition="")


def released(body: DecisionBody, parts: Parts) -> bool:
    """Whether these verdicts let the person go on, by themselves."""
    return outcome_of(body, parts.place.post) in LET_IN
