"""One crossing is asked about: the authorities through the single window, and the lists at the booth.

Whoever is silent is asked again, ever more seldom; each answer is taken as it comes, and kept.
"""

from __future__ import annotations

import asyncio
import contextlib
import itertools
from collections.abc import Callable
from typing import TYPE_CHECKING

from ..domain.texts import text
from ..domain.words import Authority
from ..errors import LinkError
from .lookups import why

if TYPE_CHECKING:
    from datetime import datetime

    from .current import Current
    from .news import ViewChanged
    from .parts import Parts
    from .records import CachedRecords
    from .screening import Screens

AGAIN = (1.0, 2.0, 5.0, 15.0)  # seconds until who has not answered is asked again

REFUSED_REST = 60.0  # seconds until a refused question is put again, where nothing else is said

Changed = Callable[["Current", "ViewChanged"], None]


class Asking:
    """The questions about one crossing, until `stop`. All of it runs on the backstage loop."""

    def __init__(
        self,
        current: Current,
        parts: Parts,
        records: CachedRecords,
        now: Callable[[], datetime],
        *,
        changed: Changed,
        screened: Callable[[Current], None],
        asked: Callable[[], None],
        turn: asyncio.Semaphore | None = None,
    ) -> None:
        """Begin to ask. `changed` is told what an answer changes, `screened` that the lists have answered.

        `asked` is called after each round. With a `turn`, a round waits for it: others ask as well.
        """
        self.current = current
        self._parts, self._records, self._now = parts, records, now
        self._changed, self._screened, self._asked = changed, screened, asked
        self._turn = turn or asyncio.Semaphore()
        self._looked = asyncio.Event()
        self._lists: asyncio.Task[None] | None = None
        self.settled = False
        """Whether everybody was asked once, whatever they said."""
        self._task = asyncio.get_running_loop().create_task(self._ask())
        self.screen()

    def done(self) -> bool:
        """Whether nobody is asked any more."""
        return self._task.done()

    def painted(self) -> None:
        """The traveller stands on the screen."""
        self._looked.set()

    def screen(self) -> None:
        """Ask the lists, again where they were asked before."""
        if self._lists is not None:
            self._lists.cancel()
        if self._parts.screens is not None:
            self._lists = asyncio.get_running_loop().create_task(self._ask_lists(self._parts.screens))

    def stop(self) -> None:
        """Ask nobody any more."""
        for task in (self._task, self._lists):
            if task is not None:
                task.cancel()

    async def _until_painted(self) -> None:
        """What is asked, and answers, takes the processor: the screen comes first."""
        if self._parts.paint_within:
            with contextlib.suppress(TimeoutError):
                async with asyncio.timeout(self._parts.paint_within):
                    await self._looked.wait()

    async def _ask_lists(self, screens: Screens) -> None:
        await self._until_painted()
        answers = await screens.answers(self.current.crossing)
        self._changed(self.current, self.current.screened(answers))
        self._screened(self.current)

    async def _ask(self) -> None:
        await self._until_painted()
        for pause in itertools.chain(AGAIN, itertools.repeat(AGAIN[-1])):
            async with self._turn:
                rest = await self._ask_once()
            self.settled = True
            self._asked()
            if not self.current.unanswered():
                return
            await self._parts.sleep(max(pause, rest))

    async def _ask_once(self) -> int:
        """Ask everybody who has not answered; in how many seconds it may be done again."""
        current = self.current
        current.refused = None
        at_hand = frozenset(Authority) - current.unanswered()
        try:
            async for section in self._parts.link.sections(current.crossing, at_hand, why(current)):
                self._changed(current, current.take(section))
                with self._parts.ledger.together():
                    self._records.keep_section(current.crossing.document.key, section, self._now())
        except LinkError as refused:
            if not refused.code.startswith("lookup."):
                self._parts.delivery.doubt()
                return 0
            current.refused = text(refused.code, **refused.params)
            return int(refused.params.get("seconds", REFUSED_REST))
        return 0
