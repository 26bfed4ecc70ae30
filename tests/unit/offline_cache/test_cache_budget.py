"""What a day may fetch ahead."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from offline_cache import COUNTER_SCHEMA, Settings, Vault
from offline_cache.budget import Budget

KEY = bytes(range(32))


@pytest.fixture
def settings(tmp_path: Path) -> Iterator[Settings]:
    with Vault.create(tmp_path / "vault", KEY, COUNTER_SCHEMA) as vault:
        yield Settings(vault)


def test_a_day_has_so_much_and_the_next_has_it_again(settings: Settings) -> None:
    budget = Budget(settings, 10_000)
    assert budget.room("2026-11-21", 8_192) == 8_192
    budget.spend("2026-11-21", 8_000)
    assert budget.room("2026-11-21", 8_192) == 2_000
    budget.spend("2026-11-21", 1_900)
    assert budget.room("2026-11-21", 8_192) == 0
    assert budget.room("2026-11-22", 8_192) == 8_192


def test_what_was_used_up_is_known_after_a_restart(settings: Settings) -> None:
    Budget(settings, 10_000).spend("2026-11-21", 10_000)
    again = Budget(settings, 10_000)
    assert again.room("2026-11-21", 8_192) == 0
    assert again.used("2026-11-21") == (10_000, 10_000)


def test_a_clock_set_back_earns_nothing(settings: Settings) -> None:
    budget = Budget(settings, 10_000)
    budget.spend("2026-11-21", 10_000)
    assert budget.room("2026-11-20", 8_192) == 0
    budget.spend("2026-11-20", 1)
    assert budget.used("2026-11-21") == (10_001, 10_000)


def test_without_a_budget_nothing_is_fetched_ahead(settings: Settings) -> None:
    assert Budget(settings, 0).room("2026-11-21", 8_192) == 0


@pytest.mark.parametrize("stored", [b"", b"x", b"2026-11-21 -5", b"\xff \xff", b"2026-11-21 " + "٣".encode()])
def test_a_note_that_is_none_counts_as_nothing_used(settings: Settings, stored: bytes) -> None:
    settings.set("bulk budget", stored)
    assert Budget(settings, 10_000).room("2026-11-21", 8_192) == 8_192
