"""Play schedules by seed; one that breaks a promise replays: `python -m tests.simulation.allowance.play SEED`."""

from __future__ import annotations

import sys

from tests.simulation.allowance.core import production, remembered
from tests.simulation.allowance.world import World
from tests.simulation.schedules import Schedules

SCHEDULES = Schedules(World, remembered)
play, play_all = SCHEDULES.play, SCHEDULES.play_all

if __name__ == "__main__":
    for argument in sys.argv[1:]:
        world = play(production(), int(argument))
        sys.stdout.write(f"{argument}: {len(world.feed)} entries, {dict(world.promises.answers)}\n")
