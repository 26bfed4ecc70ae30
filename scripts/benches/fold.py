"""The joint outcome: of one crossing with 100 acts, and of a day's 5,000 crossings.

a crossing    100 acts at three counters, apart and together; milliseconds
a day         5,000 crossings, most of one decision, one in twenty of several, ten of a hundred acts; seconds
"""

import time
from collections.abc import Iterator
from statistics import median

from counter_tui.domain.joint.fold import fold
from counter_tui.domain.joint.state import JointState
from tests.simulation.joint.histories import Maker, Told

from .figure import Figure

SEED = 20_261_122
ACTS = 100
CROSSINGS, QUICK_CROSSINGS = 5_000, 500
RUNS, QUICK_RUNS = 200, 30
DAY_RUNS = 5
ONE_MS, DAY_S = 1.0, 2.0


def run(quick: bool) -> Iterator[Figure]:  # noqa: FBT001 - every bench is called so
    """Both figures, each against what it may take."""
    runs = QUICK_RUNS if quick else RUNS
    long = [_long(SEED + number) for number in range(10)]
    took = [_seconds(long[number % len(long)]) * 1000 for number in range(runs)]
    yield Figure("fold", f"a crossing with {ACTS} acts", median(took), "ms", ONE_MS, 1.0, runs, SEED)
    count = QUICK_CROSSINGS if quick else CROSSINGS
    day = [_crossing(number, long) for number in range(count)]
    spent = []
    for _ in range(1 if quick else DAY_RUNS):
        began = time.perf_counter()
        for told in day:
            _fold(told)
        spent.append(time.perf_counter() - began)
    most = DAY_S * count / CROSSINGS
    yield Figure("fold", f"a day of {count} crossings", median(spent), "s", most, 1.0, len(spent), SEED)


def _long(seed: int) -> Told:
    """A crossing with as many acts."""
    maker = Maker(seed, steps=2)
    while len({id_ for counter in maker.counters for id_ in counter.held}) < ACTS:
        maker.step()
    return maker.told()


def _crossing(number: int, long: list[Told]) -> Told:
    if number % 500 == 0:
        return long[number // 500 % len(long)]
    return Maker(number, steps=20 if number % 20 == 0 else 2).told()


def _fold(told: Told) -> JointState:
    return fold(told.acts, told.sections, told.who, told.now, told.law)


def _seconds(told: Told) -> float:
    began = time.perf_counter()
    _fold(told)
    return time.perf_counter() - began
