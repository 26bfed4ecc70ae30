"""Seeded schedules of the sync core; a seed that fails replays exactly."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.simulation.sync_world import MemoryStore, VaultStore, World


def play(first: int, last: int) -> None:
    for seed in range(first, last):
        try:
            World(seed, MemoryStore(), restores=seed % 3 == 0).run()
        except AssertionError as error:
            raise AssertionError(f"seed {seed}: {error}") from error


@pytest.mark.parametrize("part", range(4))
def test_nothing_is_lost_doubled_or_claimed_too_soon(part: int) -> None:
    play(part * 500, part * 500 + 500)


def test_the_same_with_the_real_vault_journal_and_outbox(tmp_path: Path) -> None:
    for seed in range(10_000, 10_060):
        store = VaultStore(tmp_path / str(seed) / "counter.db")
        World(seed, store, restores=seed % 3 == 0).run()
        result = store.journal.verify(lambda session: None)  # noqa: ARG005
        assert {problem.split(":")[0] for problem in result.problems} == {"unknown-session"}
        store.vault.close()


def test_a_schedule_replays_exactly() -> None:
    one, two = World(7, MemoryStore()), World(7, MemoryStore())
    one.run()
    two.run()
    assert (one.now, one.requests, one.disk) == (two.now, two.requests, two.disk)
