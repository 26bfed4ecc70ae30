"""How soon the first receipt comes once a link is back, however long it was gone; and what a cut costs in bytes.

first receipt after ...   the link was there, and is gone for 5 or 60 s, in both ways of dying, while a decision is
recorded; from its return, against three round trips, the bytes of the handshake and of
the entry at the link's rate, and 2.5 s
resent after a cut        bytes of HTTP of 1,000 decisions cut at half, against as many that are not
"""

import asyncio
import time
from collections.abc import Iterator

from .delivering import Booth, alone
from .figure import Figure
from .slow_link import Dying, SlowLink

SEED = 31
ROUND_TRIP = 0.6
RATES = (64_000, 9_600)
GONE, QUICK_GONE = (5.0, 60.0), (5.0,)
DYINGS: tuple[Dying, ...] = ("reset", "silence")
SPARE = 2.5
HANDSHAKE = 1_500
"""Bytes of the larger direction of a handshake and of the first entry, about."""
DECISIONS, QUICK_DECISIONS = 1_000, 300
FAST = 1_000_000
RESENT, QUICK_RESENT = 1.02, 1.06
"""The connection that is made again, and its probe, are as large however many decisions there are."""


def run(quick: bool) -> Iterator[Figure]:  # noqa: FBT001
    """The figures."""
    for rate in RATES[:1] if quick else RATES:
        for gone in QUICK_GONE if quick else GONE:
            for dying in DYINGS:
                took, allowed = asyncio.run(come_back(rate, gone, dying))
                name = f"first receipt after {gone:g} s of {dying} at {rate / 1000:g} kbit/s"
                yield Figure("reconnect", name, took, "s", allowed, 1, 1, SEED)
    count = QUICK_DECISIONS if quick else DECISIONS
    whole, _ = asyncio.run(sent(count, None))
    cut, connections = asyncio.run(sent(count, whole // 2))
    assert connections > 1, "the link was cut"
    yield Figure(
        "reconnect",
        f"bytes of {count} decisions cut at half",
        cut,
        "B",
        whole,
        QUICK_RESENT if quick else RESENT,
        1,
        SEED,
    )


async def come_back(rate: float, gone: float, dying: Dying) -> tuple[float, float]:
    """Seconds from the link's return to the first receipt, and those that are allowed."""
    async with alone(rate, ROUND_TRIP) as (_at, counter, link, port):
        took = await _come_back(link, port, counter, gone, dying)
    return took, 3 * ROUND_TRIP + HANDSHAKE * 2 * 8 / rate + SPARE


async def _come_back(link: SlowLink, port: int, counter: Booth, gone: float, dying: Dying) -> float:
    async with counter.delivering(port):
        await counter.until_waiting()
        link.fall(dying)
        counter.record(1, SEED)
        counter.delivery.nudge()
        await asyncio.sleep(gone)
        link.rise()
        back = time.monotonic() - counter.begun
        return await counter.until_waiting() - back


async def sent(count: int, cut_at: int | None) -> tuple[int, int]:
    """Bytes of HTTP that went up until all were received, and over how many connections."""
    async with alone(FAST, 0.05) as (at, counter, link, port):
        counter.record(count, SEED)
        link.cut_at = cut_at
        async with counter.delivering(port):
            await counter.until_waiting()
        assert at.order(entries="ENT-3")["entries"] == count + 1
        return link.up.http, link.connections


if __name__ == "__main__":
    for figure in run(quick=False):
        print(figure.as_json(), flush=True)
