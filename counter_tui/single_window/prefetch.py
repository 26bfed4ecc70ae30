"""Before travellers come: who is expected, and what the authorities hold on them, into the feed of every counter."""

import asyncio
from collections.abc import Awaitable, Callable, Iterable
from datetime import datetime
from typing import Protocol

from ..agencies.ports import ExpectedTraveller, Inquiry
from ..domain.words import Authority
from ..errors import AgencyError
from .fan_out import FanOut

LANE = "prefetch"


class ExpectedSource(Protocol):
    """Who knows which travellers are expected: immigration's connector."""

    async def expected(self, at: datetime) -> tuple[ExpectedTraveller, ...]:
        """The travellers who are expected at `at` (aware). Raises AgencyError."""
        ...


class Prefetch:
    """Asks ahead: each authority about one traveller at a time, so that whoever stands at a booth goes first.

    Each goes through the travellers at a pace of its own, so that a slow one holds up nobody but itself.
    """

    def __init__(
        self,
        source: ExpectedSource,
        fan_out: FanOut,
        keep: Callable[[ExpectedTraveller], Awaitable[None]],
        now: Callable[[], datetime],
        *,
        pause: float = 0.02,
    ) -> None:
        """`keep` is told each traveller; `now` is aware, in the post's zone; `pause` is seconds between travellers."""
        self._source = source
        self._fan_out = fan_out
        self._keep = keep
        self._now = now
        self._pause = pause

    async def once(self) -> int:
        """Ask for everybody once. Returns for how many; 0 where the source does not answer."""
        try:
            travellers = await self._source.expected(self._now())
        except AgencyError:
            return 0
        for traveller in travellers:
            await self._keep(traveller)
        everybody = self._fan_out.authorities
        await asyncio.gather(*(self._ahead(travellers, everybody - {authority}) for authority in everybody))
        return len(travellers)

    async def _ahead(self, travellers: Iterable[ExpectedTraveller], but: frozenset[Authority]) -> None:
        for traveller in travellers:
            inquiry = Inquiry(traveller.document, traveller.direction, LANE, self._now())
            async for _ in self._fan_out.ask(inquiry, but, ahead=True):
                pass
            await asyncio.sleep(self._pause)

    async def run(self, every: float, *, retry: float = 2.0) -> None:
        """Again and again, `every` seconds; after `retry` seconds where the source did not answer. Until cancelled."""
        while True:
            asked = await self.once()
            await asyncio.sleep(every if asked else retry)
