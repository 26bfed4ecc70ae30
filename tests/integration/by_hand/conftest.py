from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.integration.by_hand.post import Stick
from tests.integration.single_window.world import close_all


@pytest.fixture(autouse=True)
def _tidy() -> Iterator[None]:
    yield
    close_all()


@pytest.fixture
def post(tmp_path: Path) -> Stick:
    return Stick(tmp_path)
