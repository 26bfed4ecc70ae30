"""A counter at which a bus is expected, running without a terminal."""

from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager

import pytest

from .stacks import BusCounters

Start = Callable[..., AbstractAsyncContextManager[BusCounters]]


@pytest.fixture
def start() -> Start:
    """Start the program; `size` in cells."""

    @asynccontextmanager
    async def run(size: tuple[int, int] = (80, 24)) -> AsyncIterator[BusCounters]:
        counter = BusCounters()
        async with counter.app.run_test(size=size) as pilot:
            counter.pilot = pilot
            yield counter

    return run
