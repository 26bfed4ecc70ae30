"""A counter with secondary cases, running without a terminal."""

from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager

import pytest

from tests.screens.frame.scripted import Counters

Start = Callable[..., AbstractAsyncContextManager[Counters]]


@pytest.fixture
def start() -> Start:
    """Start the program; `size` in cells."""

    @asynccontextmanager
    async def run(size: tuple[int, int] = (80, 24)) -> AsyncIterator[Counters]:
        counter = Counters()
        async with counter.app.run_test(size=size) as pilot:
            counter.pilot = pilot
            yield counter

    return run
