"""A counter's vault for each test."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.unit.offline_cache.cache_rig import Rig


@pytest.fixture
def rig(tmp_path: Path) -> Iterator[Rig]:
    rig = Rig.make(tmp_path / "vault" / "counter.db")
    yield rig
    rig.vault.close()
