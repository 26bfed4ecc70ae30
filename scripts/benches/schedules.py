"""Joint decisions by seed: three counters, together and apart, and every promise asked of each history.

    broken    histories in which a promise is broken: a hold passed, a citizen refused, an order that made a difference
    caught    of the bugs that are planted in the rules, those that a history shows
    each      milliseconds a history, all promises asked

`--seeds A-B` for which; runs add up.
"""

import random
import time
from collections.abc import Iterator

from tests.simulation.joint.bugs import BUGS, planted
from tests.simulation.joint.histories import Maker
from tests.simulation.joint.promises import broken

from .figure import Figure

SEEDS, QUICK_SEEDS = (1_000_000, 1_100_000), (1_000_000, 1_010_000)
BUG_SEEDS = 40_000
EACH_MS = 10.0


def run(quick: bool) -> Iterator[Figure]:  # noqa: FBT001 - every bench is called so
    """All figures, over seeds of their own."""
    yield from run_seeds(*(QUICK_SEEDS if quick else SEEDS))
    bugs = list(BUGS)[::4] if quick else list(BUGS)
    missed = [bug for bug in bugs if not _caught(bug)]
    for bug in missed:
        print(f"schedules: not caught: {bug}")
    found = float(len(bugs) - len(missed))
    yield Figure("schedules", "caught", found, "bugs", float(len(bugs)), 1.0, len(bugs), 0, at_least=True)


def run_seeds(first: int, last: int) -> Iterator[Figure]:
    """What came of these seeds."""
    began, wrong = time.perf_counter(), 0
    for seed in range(first, last):
        promise = broken(Maker(seed).told(), random.Random(seed))  # noqa: S311 - no secret
        if promise:
            wrong += 1
            print(f"schedules: seed {seed}: {promise}")
    each = (time.perf_counter() - began) / (last - first) * 1000
    yield Figure("schedules", "broken", float(wrong), "histories", 1.0, 0.0, last - first, first)
    yield Figure("schedules", "each", each, "ms", EACH_MS, 1.0, last - first, first)


def _caught(bug: str) -> bool:
    with planted(bug):
        return any(_breaks(seed) for seed in range(BUG_SEEDS))


def _breaks(seed: int) -> bool:
    try:
        return bool(broken(Maker(seed).told(), random.Random(seed)))  # noqa: S311 - no secret
    except (KeyError, IndexError, ValueError):
        return True
