from collections.abc import Iterator

import pytest

from tests.integration.single_window.world import close_all


@pytest.fixture(autouse=True)
def _tidy() -> Iterator[None]:
    """No vault stays open."""
    yield
    close_all()
