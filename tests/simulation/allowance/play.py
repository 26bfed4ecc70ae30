"""Play schedules by seed; one that breaks a promise replays: `python -m tests.simulation.allowance.play SEED`."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Mapping
from types import MappingProxyType
from typing import Any

from tests.simulation.allowance.core import Core, production, remembered
from tests.simulation.allowance.world import World
from tests.simulation.play import Broken


def play(core: Core, seed: int, under: Mapping[str, Any] = MappingProxyType({})) -> World:
    """The world at the end of a schedule, `under` these faults in place of those that were drawn. Raises Broken."""
    world = World(core, seed, under)
    try:
        world.run()
    except AssertionError as error:
        raise Broken(seed, str(error)) from error
    return world


def play_all(core: Core, seeds: Iterable[int], under: Mapping[str, Any] = MappingProxyType({})) -> int:
    """How many were played. Raises Broken for the first that fails."""
    count = 0
    with remembered():
        for seed in seeds:
            play(core, seed, under)
            count += 1
    return count


if __name__ == "__main__":
    for argument in sys.argv[1:]:
        world = play(production(), int(argument))
        sys.stdout.write(f"{argument}: {len(world.feed)} entries, {dict(world.promises.answers)}\n")
