"""Asks all authorities at once; a slow or dead one delays nobody, and is left alone for a while once it has failed."""

import asyncio
from collections.abc import AsyncGenerator, Awaitable, Callable, Coroutine, Iterable
from dataclasses import dataclass
from typing import Any, Final

from ..agencies.ports import Connector, Inquiry
from ..domain.sections import Section
from ..domain.words import Authority
from ..errors import AgencyError

Keep = Callable[[str, Section], Awaitable[None]]


@dataclass(frozen=True, slots=True)
class Patience:
    """How many seconds an authority gets to `answer`.

    After `failures` in a row it rests for `rest` seconds; then one question probes it.
    """

    answer: float = 5.0
    failures: int = 3
    rest: float = 5.0


STANDARD: Final = Patience()


class FanOut:
    """One question to many authorities. `keep` is told every section that came, also after the asker has gone."""

    def __init__(
        self,
        connectors: Iterable[Connector],
        keep: Keep,
        *,
        monotonic: Callable[[], float],
        patience: Patience = STANDARD,
    ) -> None:
        """`keep` gets the document key and the section; `monotonic` counts seconds."""
        self._lanes = tuple(_Lane(connector, patience, monotonic) for connector in connectors)
        self._keep = keep
        self._asking: set[asyncio.Task[None]] = set()

    async def ask(self, inquiry: Inquiry, but: frozenset[Authority] = frozenset()) -> AsyncGenerator[Section, None]:
        """The authorities' sections, each as it comes; one that fails, is slow, or stands in `but` gives none."""
        answers: asyncio.Queue[Section | None] = asyncio.Queue()
        lanes = [lane for lane in self._lanes if lane.authority not in but]
        for lane in lanes:
            # told of the end by the task itself: one that is given up before it began has no other way
            self._start(self._answer(lane, inquiry, answers)).add_done_callback(lambda _: answers.put_nowait(None))
        out = len(lanes)
        while out:
            section = await answers.get()
            if section is None:
                out -= 1
            else:
                yield section

    async def aclose(self) -> None:
        """Give up what is still being asked."""
        for task in self._asking:
            task.cancel()
        await asyncio.gather(*self._asking, return_exceptions=True)

    def _start(self, work: Coroutine[Any, Any, None]) -> asyncio.Task[None]:
        # not the asker's own: a counter whose link is cut while it asks finds the answer in its feed
        task = asyncio.get_running_loop().create_task(work)
        self._asking.add(task)
        task.add_done_callback(self._asking.discard)
        return task

    async def _answer(self, lane: "_Lane", inquiry: Inquiry, answers: asyncio.Queue[Section | None]) -> None:
        section = await lane.ask(inquiry)
        if section is not None:
            answers.put_nowait(section)
            await self._keep(inquiry.document.key, section)


class _Lane:
    """One authority, with what is known of its health."""

    def __init__(self, connector: Connector, patience: Patience, monotonic: Callable[[], float]) -> None:
        self._connector = connector
        self._patience = patience
        self._monotonic = monotonic
        self._failures = 0
        self._rests_until = 0.0

    @property
    def authority(self) -> Authority:
        return self._connector.authority

    async def ask(self, inquiry: Inquiry) -> Section | None:
        if self._failures >= self._patience.failures:
            now = self._monotonic()
            if now < self._rests_until:
                return None
            self._rests_until = now + self._patience.rest
        try:
            async with asyncio.timeout(self._patience.answer):
                section = await self._connector.section(inquiry)
        except (TimeoutError, AgencyError):
            self._failures += 1
            self._rests_until = self._monotonic() + self._patience.rest
            return None
        self._failures = 0
        return section
