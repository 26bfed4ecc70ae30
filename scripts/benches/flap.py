"""A hundred decisions over a link that is 15 s up and 5 s down, each run begun at a seeded phase of that.

It dies in both ways: by a reset, or in silence; five runs each at 64 and at 9.6 kbit/s. The median of the ten, and the
worst, against the seconds that are to be reached.
"""

import asyncio
import random
from collections.abc import Iterator
from statistics import median

from .delivering import alone
from .figure import Figure
from .slow_link import Dying

DECISIONS, QUICK_DECISIONS = 100, 40
SEED = 21
UP, DOWN = 15.0, 5.0
REACH = {64_000: (8.0, 15.0), 9_600: (35.0, 45.0)}
DYINGS: tuple[Dying, ...] = ("reset", "silence")
RUNS = 5
QUICK_PHASE = 13.5
"""The link dies while the first entries are under way."""


def run(quick: bool) -> Iterator[Figure]:  # noqa: FBT001
    """The figures."""
    for rate, (middle, worst) in REACH.items():
        if quick and rate < 64_000:
            continue
        phases = random.Random(f"flap {SEED} {rate}")  # noqa: S311 - no secret
        took = []
        for number in range(1 if quick else RUNS):
            phase = QUICK_PHASE if quick else phases.uniform(0, UP + DOWN)
            took += [asyncio.run(deliver(rate, phase, dying, number, quick=quick)) for dying in DYINGS]
        name = f"{rate / 1000:g} kbit/s, {'/'.join(DYINGS)}"
        yield Figure("flap", f"median at {name}", median(took), "s", worst if quick else middle, 1, len(took), SEED)
        yield Figure("flap", f"worst at {name}", max(took), "s", worst, 1, len(took), SEED)


async def deliver(rate: float, phase: float, dying: Dying, number: int, *, quick: bool = False) -> float:
    """Seconds to the last receipt."""
    count = QUICK_DECISIONS if quick else DECISIONS
    async with alone(rate) as (at, counter, link, port):
        counter.record(count, SEED + number)
        flapping = asyncio.create_task(link.flap(UP, DOWN, phase, dying))
        async with counter.delivering(port):
            took = await counter.until_waiting()
        flapping.cancel()
        assert at.order(entries="ENT-3")["entries"] == count + 1
        return took


if __name__ == "__main__":
    for figure in run(quick=False):
        print(figure.as_json())
