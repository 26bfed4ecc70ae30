"""Play schedules by seed. A seed that breaks a promise replays exactly: `python -m tests.simulation.play SEED`."""

from __future__ import annotations

import sys

from tests.simulation.core import production, remembered
from tests.simulation.schedules import Schedules
from tests.simulation.world import World

SCHEDULES = Schedules(World, remembered)
play, play_all = SCHEDULES.play, SCHEDULES.play_all

if __name__ == "__main__":
    for argument in sys.argv[1:]:
        sys.stdout.write(f"{argument}: {play(production(), int(argument)).now:.1f} s\n")
