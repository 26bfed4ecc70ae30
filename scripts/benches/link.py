"""A hundred decisions over a slow link: 64 and 9.6 kbit/s, 600 ms round trip, TLS, from a counter that just started.

all of them at ...          until the last has its receipt, against the seconds that are to be reached
first receipt at ...        until the first has
"""

import asyncio
from collections.abc import Iterator
from statistics import median

from .delivering import alone
from .figure import Figure

DECISIONS = 100
SEED = 11
REACH = {64_000: (7.0, 2.5), 9_600: (25.0, 6.0)}
RUNS, QUICK_RUNS = 5, 1


def run(quick: bool) -> Iterator[Figure]:  # noqa: FBT001
    """The figures."""
    runs = QUICK_RUNS if quick else RUNS
    for rate, (whole, first) in REACH.items():
        took = [asyncio.run(deliver(rate, SEED + number)) for number in range(runs)]
        name = f"{rate / 1000:g} kbit/s"
        yield Figure("link", f"all of {DECISIONS} at {name}", median(t for t, _ in took), "s", whole, 1, runs, SEED)
        yield Figure("link", f"first receipt at {name}", median(f for _, f in took), "s", first, 1, runs, SEED)


async def deliver(rate: float, seed: int) -> tuple[float, float]:
    """Seconds to the last receipt, and to the first."""
    async with alone(rate) as (at, counter, _, port):
        counter.record(DECISIONS, seed)
        async with counter.delivering(port):
            whole = await counter.until_waiting()
        assert at.order(entries="ENT-3")["entries"] == DECISIONS + 1
        return whole, counter.received[0][0]


if __name__ == "__main__":
    for figure in run(quick=True):
        print(figure.as_json())
