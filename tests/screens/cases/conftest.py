"""A counter with secondary cases, running without a terminal."""

from collections.abc import Callable
from contextlib import AbstractAsyncContextManager

import pytest

from tests.screens.frame.scripted import Counters

Start = Callable[..., AbstractAsyncContextManager[Counters]]


@pytest.fixture
def start() -> Start:
    """Start the program; `size` in cells, the rest is what it is made of."""
    return Counters.running
