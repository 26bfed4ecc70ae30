"""A counter with a border resident, running without a terminal."""

from collections.abc import Callable
from contextlib import AbstractAsyncContextManager

import pytest

from .residents import ResidentCounters

Start = Callable[..., AbstractAsyncContextManager[ResidentCounters]]


@pytest.fixture
def start() -> Start:
    """Start the program; `size` in cells, the rest is what it is made of."""
    return ResidentCounters.running
