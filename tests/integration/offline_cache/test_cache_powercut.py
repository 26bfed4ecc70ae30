"""Power goes at random moments; the disk under the cipher loses, tears and reorders what was not synced."""

from __future__ import annotations

import pytest

from offline_cache import _database
from scripts.benches.powercut import cut_power

SEED = 20261122


def test_what_was_acknowledged_outlives_power_cuts() -> None:
    result = cut_power(150, SEED)
    assert result.troubles == []
    assert result.acknowledged > 300


def test_a_vault_that_does_not_sync_is_caught(monkeypatch: pytest.MonkeyPatch) -> None:
    def careless(*given: object) -> None:
        migrate(*given)  # type: ignore[arg-type]
        given[0].execute("PRAGMA synchronous = OFF").fetchall()  # type: ignore[attr-defined]

    migrate = _database.migrate
    monkeypatch.setattr("offline_cache.vault.migrate", careless)
    assert len(cut_power(40, SEED).troubles) > 10
