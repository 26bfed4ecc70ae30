"""What a decision costs on the wire: every byte above TCP but those of TLS, both ways, with signatures and receipts.

    a decision in batches of ...   entries of a session already known, on a connection already there, sent so many at a
                                   time: HTTP/2, headers, request, receipt
    a hundred decisions            from a counter that just started, with sign-in, connection and small first batches
    a merged record pulled         sections, expected travellers and others' decisions, whole answers, against zstd at
                                   its strongest with a trained dictionary over the same records in batches of fifty

Decisions as a counter makes them; the dictionary was trained on another post's, by another seed, with other names.
"""

import asyncio
import json
from collections.abc import Iterator

import zstandard

from offline_cache.sync.messages import Item

from ..dictionary import PASSAGES, messages, train
from ..dictionary import SEED as TRAINED
from .delivering import alone
from .figure import Figure
from .window_process import day_of_feed

SEED = 41
MOST = 250
BATCHES = (10, 28, 50)
PULLED = 1.05
FLOOR_BATCH = 50
FAST = 50_000_000


def run(quick: bool) -> Iterator[Figure]:  # noqa: FBT001
    """The figures."""
    rounds = 2 if quick else 10
    for size in BATCHES:
        each = asyncio.run(decisions(size, rounds))
        yield Figure("bytes", f"a decision in batches of {size}", each, "B", MOST, 1, rounds, SEED)
    hundred = asyncio.run(started(100))
    yield Figure("bytes", "a decision of the first hundred", hundred, "B", MOST, 1, 1, SEED)
    passages = 60 if quick else 300
    pulled, floor = asyncio.run(records(passages)), least(passages, PASSAGES // 4 if quick else PASSAGES)
    yield Figure("bytes", "a merged record pulled", pulled, "B", floor, PULLED, 1, SEED)


async def decisions(size: int, rounds: int) -> float:
    """Bytes a decision, both ways, in batches of `size`."""
    async with alone(FAST, 0) as (_at, counter, link, port):
        counter.record(1, SEED)
        async with counter.delivering(port):
            await counter.until_waiting()
            before = link.up.http + link.down.http
            for number in range(rounds):
                counter.record(size, SEED + number)
                counter.delivery.nudge()
                await counter.until_waiting()
            return (link.up.http + link.down.http - before) / (size * rounds)


async def started(count: int) -> float:
    """Bytes a decision of so many, with all that a counter says first."""
    async with alone(FAST, 0) as (_at, counter, link, port):
        counter.record(count, SEED)
        async with counter.delivering(port):
            await counter.until_waiting()
            return (link.up.http + link.down.http) / count


async def records(passages: int) -> float:
    """Bytes a record of the feed, both ways."""
    async with alone(FAST, 0) as (at, counter, link, port):
        async with counter.delivering(port):
            await counter.until_waiting()
        before = link.up.http + link.down.http
        count = int(at.order(feed=passages, seed=SEED)["items"])
        counter.restart()
        async with counter.delivering(port):
            await counter.until_held(count)
            return (link.up.http + link.down.http - before) / count


def least(passages: int, trained: int) -> float:
    """Bytes a record at the floor."""
    samples = [_text(message) for message in messages(TRAINED, trained)]
    packing = zstandard.ZstdCompressor(level=19, dict_data=zstandard.ZstdCompressionDict(train(samples)))
    rows = [_row(item) for item in day_of_feed(passages, SEED)]
    batches = [rows[at : at + FLOOR_BATCH] for at in range(0, len(rows), FLOOR_BATCH)]
    return sum(len(packing.compress(_text(batch))) for batch in batches) / len(rows)


def _row(item: Item) -> list[object]:
    return [item.kind, item.key, item.owner, item.as_of, json.loads(item.body)]


def _text(value: object) -> bytes:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode()


if __name__ == "__main__":
    for figure in run(quick=True):
        print(figure.as_json())
