from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.integration.single_window.world import close_all
from tests.integration.telling.rig import Hall


@pytest.fixture
def hall(tmp_path: Path) -> Iterator[Hall]:
    """No vault stays open."""
    yield Hall(tmp_path)
    close_all()
