"""A counter at which something waits, running without a terminal."""

from collections.abc import Callable
from contextlib import AbstractAsyncContextManager

import pytest

from .watched import WatchCounters

Start = Callable[..., AbstractAsyncContextManager[WatchCounters]]


@pytest.fixture
def start() -> Start:
    """Start the program; `size` in cells, the rest is what it is made of."""
    return WatchCounters.running
