"""The counter that these tests start: its reader is told from a person as everywhere."""

from functools import partial

import pytest

from tests.screens.frame.conftest import Start
from tests.screens.frame.scripted import Counters


@pytest.fixture
def start() -> Start:
    """As the frame's tests start it, with the reader's own times."""
    return partial(Counters.running, timing=None)
