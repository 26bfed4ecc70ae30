"""The conditions of risk rules and procedures are compiled once, behind the screen; a view says that they load."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from ..errors import ConfigError
from .reading import PAUSE

if TYPE_CHECKING:
    from collections.abc import Callable

    from .parts import Rules


class RuleLoading:
    """Compiles them at one booth. All of it runs on the backstage loop."""

    def __init__(self, rules: Callable[[], Rules], after: float, ready: Callable[[], None]) -> None:
        """`after` so many seconds a screen is painted, and it begins; `ready` is called when it is done."""
        self._rules, self._after, self._ready = rules, after, ready
        self._task: asyncio.Task[None] | None = None

    def start(self) -> None:
        """Begin, unless it is done, or under way."""
        if self._task is None or self._task.cancelled():
            self._task = asyncio.get_running_loop().create_task(self._behind())

    def stop(self) -> None:
        """Give up; `start` begins anew."""
        if self._task is not None:
            self._task.cancel()

    async def _behind(self) -> None:
        await asyncio.sleep(self._after)
        try:
            book = self._rules().book
        except ConfigError:
            return  # whoever needs the rules is told what is wrong with them
        waiting = [c for c in (book.procedures.conditions, book.risk.indicators.conditions) if not c.ready]
        for conditions in waiting:
            for _ in conditions.compile():
                await asyncio.sleep(PAUSE)
        if waiting:
            self._ready()
