"""Seeded schedules of the allowance's ledger: counters apart, shares whose answer is lost, kills, lost booths, months.

    broken       schedules in which a resident was granted more than the allowance and nobody told, a grant was lost,
                 or two counters folded it two ways; reach none. Their seeds go to stderr
    a schedule   milliseconds of one processor; reach 60

`--seeds A-B` plays the seeds from A up to B, without it; results add up over runs. A seed replays exactly:
`python -m tests.simulation.allowance.play SEED`.
"""

from collections.abc import Iterator
from functools import partial

from tests.simulation.allowance.core import production, remembered
from tests.simulation.allowance.play import play

from . import seeded
from .figure import Figure

SCHEDULES, QUICK = 10_000, 500
CHUNK = 100
MILLISECONDS = 60.0


def run(quick: bool) -> Iterator[Figure]:  # noqa: FBT001 - as every bench
    """The first schedules."""
    return run_seeds(0, QUICK if quick else SCHEDULES)


def run_seeds(first: int, last: int) -> Iterator[Figure]:
    """The schedules of the seeds from `first` up to `last`, without it."""
    return seeded.run_seeds("allowance", _played, first, last, chunk=CHUNK, milliseconds=MILLISECONDS)


def _played(seeds: seeded.Seeds) -> seeded.Played:
    return seeded.play_each(partial(play, production()), seeds, remembered())
