"""A counter, running without a terminal at 80x24."""

from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from typing import Any

import pytest

from .scripted import Counters

Start = Callable[..., AbstractAsyncContextManager[Counters]]


@pytest.fixture
def start() -> Start:
    """Start the program; `size` in cells, the rest goes to the desk."""

    @asynccontextmanager
    async def run(size: tuple[int, int] = (80, 24), **desk: Any) -> AsyncIterator[Counters]:
        counter = Counters(**desk)
        async with counter.app.run_test(size=size) as pilot:
            counter.pilot = pilot
            yield counter

    return run
