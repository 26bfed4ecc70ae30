"""Seeded schedules of losses, repeats, ends and reconciliations: nothing lost, nothing doubled, in order."""

from collections.abc import Iterator

import pytest

from counter_tui.single_window.vault_store import VaultStore
from tests.simulation.tellings import World, in_order, play


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[VaultStore]:
    opened = VaultStore.open(tmp_path_factory.mktemp("tellings") / "window.vault", bytes(32))
    yield opened
    opened.close()


@pytest.mark.parametrize("part", range(3))
def test_each_agency_is_told_of_each_decision_once(store: VaultStore, part: int) -> None:
    for seed in range(part * 6, part * 6 + 6):
        play(store, seed)


def test_of_a_crossing_in_order(store: VaultStore) -> None:
    for seed in range(1000, 1005):
        world = World(store, seed)
        world.agree = lambda: None  # type: ignore[method-assign]
        world.run()
        assert in_order(world)
