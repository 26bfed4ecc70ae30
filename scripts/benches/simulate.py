"""Seeded schedules of both halves of the sync core: drops, kills, full disks, clocks that jump, restored copies.

    broken       schedules in which an entry was lost or doubled, the sides differ, the status claimed too much, or
                 nothing moved although there was a link; reach none. Their seeds go to stderr
    a schedule   milliseconds of one processor; reach 10

`--seeds A-B` plays the seeds from A up to B, without it; results add up over runs. A seed replays exactly:
`python -m tests.simulation.play SEED`.
"""

from collections.abc import Iterator
from functools import partial

from tests.simulation.core import production, remembered
from tests.simulation.play import play

from . import seeded
from .figure import Figure

SCHEDULES, QUICK = 20_000, 2_000
CHUNK = 250
MILLISECONDS = 10.0


def run(quick: bool) -> Iterator[Figure]:  # noqa: FBT001 - as every bench
    """The first schedules."""
    return run_seeds(0, QUICK if quick else SCHEDULES)


def run_seeds(first: int, last: int) -> Iterator[Figure]:
    """The schedules of the seeds from `first` up to `last`, without it."""
    return seeded.run_seeds("simulate", _played, first, last, chunk=CHUNK, milliseconds=MILLISECONDS)


def _played(seeds: seeded.Seeds) -> seeded.Played:
    return seeded.play_each(partial(play, production()), seeds, remembered())
