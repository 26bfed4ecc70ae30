"""Whether the person at the booth may read what is cached, and what is brought into memory for them behind the screen.

Recording and delivering need no reading: they go on while the counter is locked, and where it has no lease.
"""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Protocol

from ..errors import StoreError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from .ports import SessionKey
    from .records import CachedRecords

PAUSE = 0.003
"""Seconds between two slices of what is brought into memory: the screen comes first."""


class ReadLock(Protocol):
    """What keeps cached records from whoever may not read."""

    @property
    def why_not(self) -> str:
        """Why nothing is read now, as a code; "" where it is.

        `read.nobody` (is signed in), `read.no-lease` (was ever given), `read.lease-ended`, `read.not-yours` (nothing is
        held for this person yet).
        """
        ...

    @property
    def until(self) -> str:
        """The end of the lease that holds, ISO 8601 UTC; "" where none does."""
        ...

    def begin(self, officer: str, key: SessionKey) -> None:
        """Somebody is signed in: open what they may read."""
        ...

    def end(self) -> None:
        """Nobody is: forget every key."""
        ...

    def listen(self, changed: Callable[[], None]) -> None:
        """Call `changed` when reading has become possible, or impossible, by itself."""
        ...

    def chores(self) -> Iterator[None]:
        """What is to be done once somebody may read, a slice at each step."""
        ...


class Reading:
    """Reading at one booth. All of it runs on the backstage loop."""

    def __init__(self, lock: ReadLock | None, records: CachedRecords, after: float = 0.0) -> None:
        """Without a lock everybody may read. `after` so many seconds the screen is painted, and slices begin.

        With 0 nothing is brought into memory before somebody asks for it.
        """
        self._lock, self._records, self._after = lock, records, after
        self._work: Iterator[None] | None = None
        self._task: asyncio.Task[None] | None = None
        self._changed: Callable[[], None] = lambda: None
        if lock is not None:
            lock.listen(self._lock_changed)

    def listen(self, changed: Callable[[], None]) -> None:
        """Call `changed` when reading has become possible, or impossible, by itself."""
        self._changed = changed

    @property
    def why_not(self) -> str:
        """Why nothing is read now, as a code of `ReadLock`; "" where it is."""
        return self._lock.why_not if self._lock is not None else ""

    @property
    def until(self) -> str:
        """The end of the lease that holds, ISO 8601 UTC; "" where none does."""
        return self._lock.until if self._lock is not None else ""

    @property
    def trouble(self) -> str:
        """What a person has to know of it: `why_not`, but that nobody is signed in."""
        return "" if self.why_not == "read.nobody" else self.why_not

    def begin(self, officer: str, key: SessionKey) -> None:
        """Somebody has signed in."""
        if self._lock is not None:
            self._lock.begin(officer, key)
        self._start()

    def end(self) -> None:
        """Nobody is signed in any more: what was read is forgotten, as far as memory goes."""
        self._stop()
        if self._lock is not None:
            self._lock.end()

    def check(self) -> None:
        """Raises StoreError with the code of `why_not` where nothing is read."""
        if why_not := self.why_not:
            raise StoreError(why_not)

    async def ready(self) -> None:
        """Until whoever is held can be found and is counted; others get their turn meanwhile."""
        for _ in iter(self._step, False):
            await asyncio.sleep(0)

    def _lock_changed(self) -> None:
        self._stop()
        if not self.why_not:
            self._start()
        self._changed()

    def _start(self) -> None:
        self._stop()
        self._work = self._slices()
        if self._after:
            self._task = asyncio.get_running_loop().create_task(self._behind())

    def _stop(self) -> None:
        if self._task is not None:
            self._task.cancel()
        self._task = self._work = None
        self._records.forget()

    async def _behind(self) -> None:
        """Slice by slice, behind what is painted."""
        await asyncio.sleep(self._after)
        for _ in iter(self._step, False):
            await asyncio.sleep(PAUSE)

    def _step(self) -> bool:
        if self._work is None:
            self._work = self._slices()
        return next(self._work, "done") is None

    def _slices(self) -> Iterator[None]:
        if self._lock is not None:
            yield from self._lock.chores()
        while self._records.derive():
            yield
