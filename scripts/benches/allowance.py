"""Seeded schedules of the allowance's ledger: counters apart, shares whose answer is lost, kills, lost booths, months.

    broken       schedules in which a resident was granted more than the allowance and nobody told, a grant was lost,
                 or two counters folded it two ways; reach none. Their seeds go to stderr
    a schedule   milliseconds of one processor; reach 60

`--seeds A-B` plays the seeds from A up to B, without it; results add up over runs. A seed replays exactly:
`python -m tests.simulation.allowance.play SEED`.
"""

import sys
import time
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context

from tests.simulation.allowance.core import production, remembered
from tests.simulation.allowance.play import play
from tests.simulation.play import Broken

from .figure import Figure

SCHEDULES, QUICK = 10_000, 500
WORKERS = 2
CHUNK = 100
TELL = 10_000
MILLISECONDS = 60.0


def run(quick: bool) -> Iterator[Figure]:  # noqa: FBT001 - as every bench
    """The first schedules."""
    return run_seeds(0, QUICK if quick else SCHEDULES)


def run_seeds(first: int, last: int) -> Iterator[Figure]:
    """The schedules of the seeds from `first` up to `last`, without it."""
    chunks = [(at, min(at + CHUNK, last)) for at in range(first, last, CHUNK)]
    broken, seconds = 0, 0.0
    with ProcessPoolExecutor(WORKERS, mp_context=get_context("spawn")) as pool:
        for (_, played), (found, took) in zip(chunks, pool.map(_played, chunks), strict=True):
            for why in found:
                print(why, file=sys.stderr, flush=True)
            broken, seconds = broken + len(found), seconds + took
            if (played - first) % TELL == 0:
                print(f"{first}-{played}: {broken} broken", file=sys.stderr, flush=True)
    runs = last - first
    yield Figure("allowance", "broken", broken, "schedules", 1, 0, runs, first)
    yield Figure("allowance", "a schedule", seconds / runs * 1000, "ms", MILLISECONDS, 1, runs, first)


def _played(seeds: tuple[int, int]) -> tuple[list[str], float]:
    """What was broken, and the seconds of this processor."""
    core, begun = production(), time.process_time()
    found = []
    with remembered():
        for seed in range(*seeds):
            try:
                play(core, seed)
            except Broken as broken:
                found.append(str(broken))
            except Exception as error:  # noqa: BLE001 - whatever it is, the seed has to be told
                found.append(f"seed {seed}: {error!r}")
    return found, time.process_time() - begun
