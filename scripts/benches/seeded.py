"""Schedules by seed, on two processors: how many broke a promise, and what one takes."""

import sys
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor
from contextlib import AbstractContextManager
from multiprocessing import get_context

from tests.simulation.schedules import Broken

from .figure import Figure

WORKERS = 2
TELL = 10_000
Seeds = tuple[int, int]
Played = tuple[list[str], float]


def run_seeds(
    bench: str, played: Callable[[Seeds], Played], first: int, last: int, *, chunk: int, milliseconds: float
) -> Iterator[Figure]:
    """The figures of the seeds from `first` up to `last`, without it; `played` plays so many as `chunk` at a time."""
    chunks = [(at, min(at + chunk, last)) for at in range(first, last, chunk)]
    broken, seconds = 0, 0.0
    with ProcessPoolExecutor(WORKERS, mp_context=get_context("spawn")) as pool:
        for (_, until), (found, took) in zip(chunks, pool.map(played, chunks), strict=True):
            for why in found:
                print(why, file=sys.stderr, flush=True)
            broken, seconds = broken + len(found), seconds + took
            if (until - first) % TELL == 0:
                print(f"{first}-{until}: {broken} broken", file=sys.stderr, flush=True)
    runs = last - first
    yield Figure(bench, "broken", broken, "schedules", 1, 0, runs, first)
    yield Figure(bench, "a schedule", seconds / runs * 1000, "ms", milliseconds, 1, runs, first)


def play_each(play: Callable[[int], object], seeds: Seeds, remembered: AbstractContextManager[object]) -> Played:
    """What was broken, and the seconds of this processor."""
    begun, found = time.process_time(), []
    with remembered:
        for seed in range(*seeds):
            try:
                play(seed)
            except Broken as broken:
                found.append(str(broken))
            except Exception as error:  # noqa: BLE001 - whatever it is, the seed has to be told
                found.append(f"seed {seed}: {error!r}")
    return found, time.process_time() - begun
