"""Run an exchange apart from whoever waits for it, so that giving it up never leaves a connection half closed.

The HTTP client's clearing up is shielded from anyio's cancellation, not from asyncio's own: a task that is cancelled
just then leaves its connection counted as busy for ever, and a handful of those stop the link. So an exchange has a
task of its own, and is only ever ended through an anyio scope.
"""

import asyncio
from collections.abc import Callable, Coroutine
from typing import Any, Generic, TypeVar

import anyio

T = TypeVar("T")
_RUNNING: set["asyncio.Task[Any]"] = set()


class Apart(Generic[T]):
    """One exchange on its way; `end` gives it up."""

    def __init__(self, work: Callable[[], Coroutine[Any, Any, T]]) -> None:
        """`work` begins at once, on the running loop."""
        self._scope = anyio.CancelScope()
        self.task: asyncio.Task[T | None] = asyncio.get_running_loop().create_task(self._run(work))
        _RUNNING.add(self.task)
        self.task.add_done_callback(_RUNNING.discard)

    async def _run(self, work: Callable[[], Coroutine[Any, Any, T]]) -> T | None:
        with self._scope:
            return await work()
        return None

    def end(self) -> None:
        """Give it up; it clears up behind itself."""
        self._scope.cancel()


async def apart(work: Callable[[], Coroutine[Any, Any, T]]) -> T:
    """What `work` gives; if whoever waits is cancelled, it is given up, and clears up behind itself."""
    exchange = Apart(work)
    try:
        result = await asyncio.shield(exchange.task)
    finally:
        exchange.end()
    assert result is not None, "given up by nobody"
    return result
