from collections.abc import Iterator

import pytest

from tests.integration.single_window.world import cheap_wrapping, close_all


@pytest.fixture(autouse=True)
def _quick_and_tidy(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """PINs cost next to nothing, and no vault stays open."""
    monkeypatch.setattr("counter_tui.single_window.service.wrap_with_pin", cheap_wrapping)
    yield
    close_all()
