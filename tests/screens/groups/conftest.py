"""A counter at which a bus is expected, running without a terminal."""

from collections.abc import Callable
from contextlib import AbstractAsyncContextManager

import pytest

from .stacks import BusCounters

Start = Callable[..., AbstractAsyncContextManager[BusCounters]]


@pytest.fixture
def start() -> Start:
    """Start the program; `size` in cells, the rest is what it is made of."""
    return BusCounters.running
