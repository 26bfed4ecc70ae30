"""Who crosses, told to an authority that matches some persons itself: of everybody the same; nobody waits for it."""

import asyncio
from collections import deque
from collections.abc import Awaitable, Callable
from typing import Final

from ..agencies.ports import Discreet, Inquiry
from ..errors import AgencyError

MOST: Final = 1000
"""Sightings that wait while their system is away; the oldest give way. What was decided is told it by another way."""
AGAIN: Final = 600.0
"""Seconds within which the same person is not told twice: a booth asks again while an authority is silent."""
PAUSES: Final = (1.0, 5.0, 30.0)

Sleep = Callable[[float], Awaitable[None]]


class Sightings:
    """Tells one authority, one after another, until told."""

    def __init__(
        self,
        to: Discreet,
        *,
        seconds: float,
        monotonic: Callable[[], float],
        sleep: Sleep = asyncio.sleep,
    ) -> None:
        """`seconds` is how long one telling may take."""
        self._to, self._seconds, self._monotonic, self._sleep = to, seconds, monotonic, sleep
        self._waiting: deque[Inquiry] = deque(maxlen=MOST)
        self._lately: dict[tuple[str, str], float] = {}
        self._task: asyncio.Task[None] | None = None

    def tell(self, inquiry: Inquiry) -> None:
        """Put somebody at the end of those to be told."""
        now, who = self._monotonic(), (inquiry.document.key, inquiry.direction.value)
        if now - self._lately.get(who, float("-inf")) < AGAIN:
            return
        self._lately = {key: at for key, at in self._lately.items() if now - at < AGAIN} | {who: now}
        self._waiting.append(inquiry)
        if self._task is None or self._task.done():
            self._task = asyncio.get_running_loop().create_task(self._run())

    async def _run(self) -> None:
        failed = 0
        while self._waiting:
            inquiry = self._waiting[0]
            try:
                async with asyncio.timeout(self._seconds):
                    await self._to.discreet(inquiry)
            except (TimeoutError, AgencyError):
                await self._sleep(PAUSES[min(failed, len(PAUSES) - 1)])
                failed += 1
                continue
            failed = 0
            if self._waiting and self._waiting[0] is inquiry:  # it may have given way meanwhile
                self._waiting.popleft()

    async def aclose(self) -> None:
        """Give up."""
        if self._task is not None:
            self._task.cancel()
            await asyncio.gather(self._task, return_exceptions=True)
