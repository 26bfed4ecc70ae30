from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.integration.by_hand.post import Stick
from tests.integration.single_window.world import cheap_wrapping, close_all


@pytest.fixture(autouse=True)
def _quick_and_tidy(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setattr("counter_tui.single_window.service.wrap_with_pin", cheap_wrapping)
    yield
    close_all()


@pytest.fixture
def post(tmp_path: Path) -> Stick:
    return Stick(tmp_path)
