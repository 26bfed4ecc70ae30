"""A counter at which something waits, running without a terminal."""

from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager

import pytest

from .watched import WatchCounters

Start = Callable[..., AbstractAsyncContextManager[WatchCounters]]


@pytest.fixture
def start() -> Start:
    """Start the program; `size` in cells."""

    @asynccontextmanager
    async def run(size: tuple[int, int] = (80, 24)) -> AsyncIterator[WatchCounters]:
        counter = WatchCounters()
        async with counter.app.run_test(size=size) as pilot:
            counter.pilot = pilot
            yield counter

    return run
