"""A counter whose lists have answered, running without a terminal."""

from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager

import pytest

from .listed import HitCounters

Start = Callable[..., AbstractAsyncContextManager[HitCounters]]


@pytest.fixture
def start() -> Start:
    """Start the program; `size` in cells."""

    @asynccontextmanager
    async def run(size: tuple[int, int] = (80, 24)) -> AsyncIterator[HitCounters]:
        counter = HitCounters()
        async with counter.app.run_test(size=size) as pilot:
            counter.pilot = pilot
            yield counter

    return run
