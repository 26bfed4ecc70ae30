"""Telling the agencies' systems, each at its own pace: a slow or dead one holds up nobody but itself.

Of each crossing one message is on its way at a time, so that they arrive in order. An answer is kept before the next
messages of that system go; a process that is killed between an answer and its keeping tells again, and the key makes
that harmless.
"""

import asyncio
import contextlib
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from offline_cache.errors import CacheError

from ..agencies.links import STANDARD, LinkTerms
from ..agencies.ports import Fetch
from ..agencies.tellers import load_told
from ..agencies.telling import Answer
from ..domain.words import Authority
from ..errors import AgencyError
from .circuit import Circuit, Ticket
from .lane import FAULT, TOO_SLOW, Times
from .telling import TellingOffice
from .telling_store import Row

Stored = Callable[..., Awaitable[Any]]
AT_ONCE: Final = 8
"""Messages to one system at a time, kept in one transaction."""
NO_ANSWER: Final = "agency.no-answer"
LOOK_AGAIN: Final = 30.0
"""Seconds until somebody looks by themselves: an entry that came by another way, a disk that is no longer full."""
SETTLE: Final = 0.05
"""Seconds for more to come before what is there goes: a batch of entries is told together."""


@dataclass(frozen=True, slots=True)
class Way:
    """The way to one authority's system, and how much patience it gets."""

    fetch: Fetch
    terms: LinkTerms = STANDARD


class TellingLanes:
    """Tells until it is cancelled. `ways` are those there are; what is for others waits."""

    def __init__(self, office: TellingOffice, stored: Stored, ways: Mapping[Authority, Way], times: Times) -> None:
        """`stored` calls on the store's thread."""
        self._office, self._stored = office, stored
        office.announces = any(way.terms.grade.asked for way in ways.values())
        self._entries = asyncio.Event()
        self._entries.set()
        self._lanes = [
            _Lane(authority, way, office, stored, times) for authority, way in ways.items() if way.terms.grade.asked
        ]

    def nudge(self) -> None:
        """Entries came, or something is due again. On the loop's own thread."""
        self._entries.set()

    async def run(self) -> None:
        """Until cancelled."""
        # a fault in one agency's format is that lane's alone
        await asyncio.gather(self._derive(), *(lane.run() for lane in self._lanes), return_exceptions=True)

    async def _derive(self) -> None:
        """Make tellings of what came in."""
        while True:
            with contextlib.suppress(TimeoutError):
                async with asyncio.timeout(LOOK_AGAIN):
                    await self._entries.wait()
            await asyncio.sleep(SETTLE)
            self._entries.clear()
            with contextlib.suppress(CacheError):  # a full disk is told to who records; looked at again
                while await self._stored(self._office.derive):
                    pass
            for lane in self._lanes:
                lane.nudge()


class _Lane:
    """One authority's."""

    def __init__(self, authority: Authority, way: Way, office: TellingOffice, stored: Stored, times: Times) -> None:
        self._authority, self._way, self._office, self._stored, self._times = authority, way, office, stored, times
        self._circuit = Circuit(way.terms.patience, times.chance)
        self._due = asyncio.Event()

    def nudge(self) -> None:
        self._due.set()

    async def run(self) -> None:
        while True:
            self._due.clear()
            wait = LOOK_AGAIN
            with contextlib.suppress(CacheError):
                wait = await self._round()
            if wait > 0:
                with contextlib.suppress(TimeoutError):
                    async with asyncio.timeout(wait):
                        await self._due.wait()

    async def _round(self) -> float:
        """Tell what may go now; how many seconds until it is worth while to look again, 0 for at once."""
        rests_until = self._circuit.rests_until
        resting = 0.0 if rests_until is None else rests_until - self._times.monotonic()
        if resting > 0:
            self._due.clear()
            return await self._rest(resting)
        rows: Sequence[Row] = await self._stored(self._office.due, self._authority, 1 if rests_until else AT_ONCE)
        if not rows:
            return await self._until_due()
        # a fault that nobody foresaw is that message's alone, and its words may quote a traveller
        came = await asyncio.gather(*map(self._tell, rows), return_exceptions=True)
        answers = [answer for answer in came if isinstance(answer, Answer)]
        if answers:
            await self._stored(self._office.answered, self._authority, answers)
        return 0.0

    async def _rest(self, seconds: float) -> float:
        """A system that rests is left alone, whatever else comes."""
        await asyncio.sleep(min(seconds, LOOK_AGAIN))
        return 0.0

    async def _until_due(self) -> float:
        at: datetime | None = await self._stored(self._office.next_due, self._authority)
        if at is None:
            return LOOK_AGAIN
        return min(LOOK_AGAIN, max(0.1, (at - self._office.now()).total_seconds()))

    async def _tell(self, row: Row) -> Answer | None:
        """The answer; None where there was none to this message, and it waits for its time."""
        ticket = self._circuit.ask(self._times.monotonic())
        if ticket is None:
            return None
        why = FAULT  # unless it turns out to be another
        try:
            async with asyncio.timeout(self._way.terms.patience.late):  # nobody stands at a counter for it
                told = load_told(self._authority)
                answer = await told.tell(self._way.fetch, row.key, row.message, self._office.now())
            why = ""
            self._circuit.answered(ticket)
            if ticket.probe:  # it is back: nobody waits for the time that was set while it was away
                await self._stored(self._office.hurry, self._authority)
        except TimeoutError:
            why = TOO_SLOW
        except AgencyError as error:
            why = error.code
        except asyncio.CancelledError:
            why = ""
            self._circuit.give_up(ticket)
            raise
        finally:
            if why:
                await self._failed(ticket, row, why)
        return None if why else answer

    async def _failed(self, ticket: Ticket, row: Row, why: str) -> None:
        self._circuit.failed(ticket, self._times.monotonic(), why)
        if why != NO_ANSWER:  # it may be this message: others go on before it
            await self._stored(self._office.put_off, row)
