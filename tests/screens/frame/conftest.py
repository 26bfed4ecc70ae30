"""A counter, running without a terminal at 80x24."""

from collections.abc import Callable
from contextlib import AbstractAsyncContextManager

import pytest

from .scripted import Counters

Start = Callable[..., AbstractAsyncContextManager[Counters]]


@pytest.fixture
def start() -> Start:
    """Start the program; `size` in cells, the rest is what it is made of."""
    return Counters.running
