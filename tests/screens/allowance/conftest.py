"""A counter with a border resident, running without a terminal."""

from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager

import pytest

from .residents import ResidentCounters

Start = Callable[..., AbstractAsyncContextManager[ResidentCounters]]


@pytest.fixture
def start() -> Start:
    """Start the program; `size` in cells."""

    @asynccontextmanager
    async def run(size: tuple[int, int] = (80, 24)) -> AsyncIterator[ResidentCounters]:
        counter = ResidentCounters()
        async with counter.app.run_test(size=size) as pilot:
            counter.pilot = pilot
            yield counter

    return run
