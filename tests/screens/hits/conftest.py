"""A counter whose lists have answered, running without a terminal."""

from collections.abc import Callable
from contextlib import AbstractAsyncContextManager

import pytest

from .listed import HitCounters

Start = Callable[..., AbstractAsyncContextManager[HitCounters]]


@pytest.fixture
def start() -> Start:
    """Start the program; `size` in cells, the rest is what it is made of."""
    return HitCounters.running
