"""The thread behind the screen: it owns the vault and the link, so that nothing slow runs where keys are read."""

import asyncio
import contextlib
import threading
from collections.abc import Callable, Coroutine
from typing import Any, TypeVar

from ..errors import StoreError

T = TypeVar("T")
FAULTS_KEPT = 20
Translate = Callable[[Exception], Exception]


class Backstage:
    """One thread with one event loop. What runs here may block for as long as a disk takes, never for a network."""

    def __init__(self, translate: Translate) -> None:
        """`translate` turns an error of a part behind a port into this program's own, or gives it back as it is."""
        self._translate = translate
        self._loop = asyncio.new_event_loop()
        self._loop.set_exception_handler(self._note)
        self.faults: list[str] = []
        self._thread = threading.Thread(target=self._run, name="backstage", daemon=True)

    def start(self) -> None:
        """Begin to run."""
        self._thread.start()

    def _note(self, _loop: asyncio.AbstractEventLoop, context: dict[str, Any]) -> None:
        """A task that nobody waits for has failed: its kind is kept; its words, which may quote data, go nowhere."""
        error = context.get("exception")
        self.faults.append(type(error).__name__ if error else "unknown")
        del self.faults[:-FAULTS_KEPT]

    def _run(self) -> None:
        asyncio.set_event_loop(self._loop)
        self._loop.run_forever()

    async def run(self, work: Coroutine[Any, Any, T]) -> T:
        """Run `work` on the thread and wait for it from another loop; its errors come out translated.

        Raises StoreError `store.closed` after `stop`.
        """
        if self._loop.is_closed():
            work.close()
            raise StoreError("store.closed")
        return await asyncio.wrap_future(asyncio.run_coroutine_threadsafe(self._guard(work), self._loop))

    async def _guard(self, work: Coroutine[Any, Any, T]) -> T:
        try:
            return await work
        except Exception as error:  # noqa: BLE001 (the one place where the parts' errors become our own)
            raise self._translate(error) from None

    def tell(self, hear: Callable[[], None]) -> None:
        """Call `hear` on the thread, from another, and do not wait; after `stop` nobody hears."""
        with contextlib.suppress(RuntimeError):
            self._loop.call_soon_threadsafe(hear)

    def spawn(self, work: Coroutine[Any, Any, None]) -> "asyncio.Task[None]":
        """Run `work` beside the rest; only from this thread's own loop."""
        return self._loop.create_task(work)

    async def stop(self) -> None:
        """End what runs here, and the thread."""
        await self.run(_cancel_others())
        self._loop.call_soon_threadsafe(self._loop.stop)
        await asyncio.to_thread(self._thread.join)
        self._loop.close()


async def _cancel_others() -> None:
    await asyncio.sleep(0)  # what was only just handed over begins, so that it can clear up after itself
    others = [task for task in asyncio.all_tasks() if task is not asyncio.current_task()]
    for task in others:
        task.cancel()
    await asyncio.gather(*others, return_exceptions=True)
