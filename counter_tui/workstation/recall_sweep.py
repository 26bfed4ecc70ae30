"""Whoever was released is screened again when a list has a newer version: one after another, behind all that is done.

Each person is asked about with their last release, wherever that was given, and once for each version of a list. What
they were asked about is kept, so that an end of the program costs no more than the last few; at the counter nothing
waits for it.
"""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from ..domain.coding import from_json, to_json
from ..domain.entries import DECISION
from ..domain.late import WITHIN, due
from ..errors import CounterError, StoreError
from .records import stamp

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Mapping
    from collections.abc import Set as AbstractSet
    from datetime import datetime

    from ..domain.entries import DecisionBody
    from ..domain.late import Release
    from .parts import Parts
    from .releases import Releases

RECALL: Final = "recall"
KEPT_EVERY: Final = 20
"""What so many were asked about is kept together: one write to the disk."""
SLICE: Final = 5
"""So many are looked up in one go: some 5 ms."""
REST: Final = 0.02
"""Seconds between two slices, and two who are asked about: whoever stands at the counter is asked about in between."""


@dataclass(frozen=True, slots=True)
class Asked:
    """What somebody was asked about since their release: versions by list.

    `held` are the lists that were in force when their crossing was looked at last: with the same nothing is due.
    """

    crossing: str = ""
    held: tuple[tuple[str, int], ...] = ()
    versions: tuple[tuple[str, int], ...] = ()


@dataclass(frozen=True, slots=True)
class Sweeping:
    """How many were looked at, and how many there are in all; both 0 where nothing runs."""

    done: int = 0
    of: int = 0


class Sweep:
    """One counter's. All of it runs on the backstage loop."""

    def __init__(
        self,
        parts: Parts,
        releases: Releases,
        screen_again: Callable[[Release, AbstractSet[str]], Awaitable[Mapping[str, int]]],
        now: Callable[[], datetime],
        rest: Callable[[float], Awaitable[None]] = asyncio.sleep,
    ) -> None:
        """`screen_again` asks these lists about a release, raises what is late, and tells which versions answered.

        It may raise CounterError.
        """
        self._parts, self._releases, self._screen_again = parts, releases, screen_again
        self._now, self._rest = now, rest
        self.state = Sweeping()
        self.threads: set[str] = set()
        """Crossings of which something came since the last round."""
        self._through: dict[str, int] | None = None
        self._read_to = 0
        self._unkept: dict[str, Asked] = {}

    async def run(self) -> None:
        """Everybody where a list is another than before, and at first; else who was decided since."""
        held = self._held()
        if not held:
            return
        everybody, told = held != self._through, self._told()
        people = await (self._releases.everybody(WITHIN) if everybody else self._releases.those(told))
        try:
            for number, (document, crossing) in enumerate(people.items()):
                self.state = Sweeping(number, len(people))
                await self._look(document, crossing, held)
                if number % SLICE == SLICE - 1:
                    await self._rest(REST)
        except BaseException:
            self.threads |= told
            raise
        finally:
            self._keep()
            self.state = Sweeping()
        self._through = held

    def _told(self) -> set[str]:
        """The crossings of which something came, and those decided here, since this was asked last."""
        ledger = self._parts.ledger
        decided = ledger.of_kind(DECISION, self._read_to) if self._through is not None else ()
        self._read_to = max(ledger.of_kind(DECISION, self._read_to), default=self._read_to)
        told = self.threads | {entry.group for n in decided if (entry := ledger.find(n)) is not None}
        self.threads = set()
        return told

    async def _look(self, document: str, crossing: str, held: Mapping[str, int]) -> None:
        asked = self._find(document)
        if (asked.crossing, dict(asked.held)) == (crossing, held):
            return
        release = self._releases.find(document, WITHIN)
        if release is None or not release.stands:
            return
        versions = dict(asked.versions)
        lists = due(release.body, self._applying(release.body, held), versions)
        if lists:
            answered = await self._screen_again(release, lists)
            versions |= {name: version for name, version in answered.items() if version}
            await self._rest(REST)
        if all(versions.get(name) for name in lists):
            await self._note(document, Asked(crossing, tuple(held.items()), tuple(versions.items())))

    def _applying(self, body: DecisionBody, held: Mapping[str, int]) -> dict[str, int]:
        rules = self._parts.rules().book.screening
        of_way = {r.id for r in rules.lists.values() if r.applies(body.crossing.direction)} if rules else set()
        return {name: version for name, version in held.items() if name in of_way}

    def _held(self) -> dict[str, int]:
        screens = self._parts.screens
        states = screens.states() if screens is not None else ()
        return {state.list: state.version for state in states if state.at_booth and state.version}

    # -- what is kept -----------------------------------------------------------------------------------------------

    def _find(self, document: str) -> Asked:
        record = self._parts.store.find(RECALL, document)
        try:
            unreadable = StoreError("store.record-unreadable")
            return from_json(Asked, record.body, error=unreadable) if record is not None else Asked()
        except CounterError:
            return Asked()

    async def _note(self, document: str, asked: Asked) -> None:
        self._unkept[document] = asked
        if len(self._unkept) >= KEPT_EVERY:
            self._keep()
            await self._rest(0)

    def _keep(self) -> None:
        at, until = stamp(self._now()), stamp(self._now() + WITHIN)
        kept, self._unkept = self._unkept, {}
        if not kept:
            return
        with self._parts.ledger.together():
            for document, asked in kept.items():
                self._parts.store.put(
                    RECALL, document, to_json(asked), as_of=at, owner="counter", partition="", expires=until
                )
