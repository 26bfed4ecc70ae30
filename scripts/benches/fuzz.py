"""Hostile input: whatever comes in, nothing but the project's own error comes out, soon, and in bounded memory.

    <target> failures   cases that raised anything else, or gave what must never be given
    <target> slowest    CPU time of the thread in the slowest case, the best of three where it was slow
    <target> memory     growth of the process over all cases
    jsonl memory        growth of the process while a line of 1 GB is refused

Cases are drawn by seed; a share of a target and its number in it make a case again: `Shares.case`.
"""

import contextlib
import os
import random
import sys
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from io import BufferedReader, RawIOBase
from multiprocessing import get_context
from typing import Any, Final

from counter_tui.errors import CounterError
from counter_tui.jsonl import read_json_lines

from . import fuzz_agencies, fuzz_declarations, fuzz_documents, fuzz_health, fuzz_lists, fuzz_manifests, fuzz_screening
from .figure import Figure

SEED: Final = 1
SLOWEST_MS: Final = 50.0
GROWTH_MB: Final = 64.0
HUGE: Final = 1 << 30
HUGE_GROWTH_MB: Final = 16.0
SHARE: Final = 2_000
PROCESSES: Final = max(1, min(4, os.cpu_count() or 1))
TOLD: Final = 5
TOLD_EVERY: Final = 25
"""Shares between two words on how far it is."""


@dataclass(frozen=True, slots=True)
class Target:
    """What is attacked: `make` draws a case, `attack` gives it to the code; how many cases, and how many quickly."""

    make: Callable[[random.Random], Any]
    attack: Callable[[Any], None]
    full: int
    quick: int


TARGETS: Final = {
    "documents": Target(fuzz_documents.make, fuzz_documents.attack, 1_000_000, 20_000),
    "bursts": Target(fuzz_documents.make, fuzz_documents.attack_bursts, 50_000, 2_000),
    "keyed": Target(fuzz_documents.make, fuzz_documents.attack_keyed, 50_000, 2_000),
    "lists": Target(fuzz_lists.make, fuzz_lists.attack, 100_000, 4_000),
    "health": Target(fuzz_health.make_health, fuzz_health.attack_health, 100_000, 4_000),
    "quarantine": Target(fuzz_health.make_quarantine, fuzz_health.attack_quarantine, 50_000, 2_000),
    "declarations": Target(fuzz_declarations.make, fuzz_declarations.attack, 100_000, 4_000),
    "answers": Target(fuzz_declarations.make_answer, fuzz_declarations.attack_answer, 40_000, 2_000),
    "list versions": Target(fuzz_agencies.make_list, fuzz_agencies.attack_list, 100_000, 4_000),
    "agency processes": Target(fuzz_agencies.make_process, fuzz_agencies.attack_process, 100_000, 4_000),
    "manifests": Target(fuzz_manifests.make, fuzz_manifests.attack, 100_000, 3_000),
    "screening": Target(fuzz_screening.make, fuzz_screening.attack, 50_000, 2_000),
}


@dataclass(frozen=True, slots=True)
class Outcome:
    """Of one share: cases, what failed and how, the slowest case in milliseconds, growth in megabytes."""

    cases: int
    failures: tuple[str, ...]
    slowest: float
    growth: float


def case(target: str, share: int, number: int, seed: int = SEED) -> Any:
    """The case of this number, from 0, in this share: to see a failure again."""
    chance = _chance(target, share, seed)
    made = TARGETS[target].make(chance)
    for _ in range(number):
        made = TARGETS[target].make(chance)
    return made


def _chance(target: str, share: int, seed: int) -> random.Random:
    return random.Random(f"{seed}/{target}/{share}")  # noqa: S311 - no secret


def run_share(target: str, share: int, count: int, seed: int = SEED) -> Outcome:
    """Attack with the cases of one share, in this process."""
    chance, aim = _chance(target, share, seed), TARGETS[target]
    failures: list[str] = []
    slowest, before = 0.0, _memory()
    for number in range(count):
        made = aim.make(chance)
        try:
            took = _timed(aim.attack, made)
            if took > SLOWEST_MS:
                took = min(took, _timed(aim.attack, made), _timed(aim.attack, made))
                if took > SLOWEST_MS:
                    failures.append(f"slow: {target} share {share} case {number}: {took:.0f} ms")
        except Exception as error:  # noqa: BLE001 - what else comes out is what is sought
            took = 0.0
            failures.append(f"{type(error).__name__}: {target} share {share} case {number}")
        slowest = max(slowest, took)
    return Outcome(count, tuple(failures), slowest, _memory() - before)


def _timed(attack: Callable[[Any], None], made: Any) -> float:
    """Milliseconds of this thread's CPU; the project's own error is an answer like any other."""
    began = time.thread_time()
    with contextlib.suppress(CounterError):
        attack(made)
    return (time.thread_time() - began) * 1000


def _memory() -> float:
    """The most this process ever held, in megabytes."""
    import resource

    held = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return held / (1 << 20 if sys.platform == "darwin" else 1 << 10)


class _Endless(RawIOBase):
    """A file whose one line is longer than anything should hold, and a good line behind it."""

    def __init__(self, size: int) -> None:
        self._left = size
        self._rest = b'\n{"id": 1}\n'

    def readable(self) -> bool:
        """It is."""
        return True

    def readinto(self, buffer: Any, /) -> int:
        """Fill the buffer from what is left."""
        size = min(len(buffer), self._left)
        self._left -= size
        if size:
            buffer[:size] = b"x" * size
            return size
        rest, self._rest = self._rest[: len(buffer)], self._rest[len(buffer) :]
        buffer[: len(rest)] = rest
        return len(rest)


def refuse_huge(size: int) -> Outcome:
    """Give the reader of JSON lines one line of this size; it must refuse that and read the next."""
    before = _memory()
    told = [
        line.problem.code if line.problem else line.value for line in read_json_lines(BufferedReader(_Endless(size)))
    ]
    failures = () if told == ["line.too-long", {"id": 1}] else ("jsonl: the huge line was not refused alone",)
    return Outcome(2, failures, 0.0, _memory() - before)


def run(quick: bool) -> Iterator[Figure]:  # noqa: FBT001 - every bench is called so
    """Three figures a target, and two of the reader of JSON lines."""
    print(f"fuzz: seed {SEED}, {PROCESSES} processes", file=sys.stderr)
    for name, target in TARGETS.items():
        yield from _figures(name, _in_shares(name, target.quick if quick else target.full))
    with ProcessPoolExecutor(1, get_context("spawn")) as alone:
        huge = alone.submit(refuse_huge, HUGE).result()
    _tell(huge.failures)
    yield Figure("fuzz", "jsonl failures", len(huge.failures), "cases", huge.cases, 0.0, huge.cases)
    yield Figure("fuzz", "jsonl memory", huge.growth, "MB", HUGE_GROWTH_MB, 1.0, huge.cases)


def _in_shares(name: str, cases: int) -> list[Outcome]:
    """All shares, in processes that stay, so that growth is seen; failures are told at once."""
    outcomes: list[Outcome] = []
    with ProcessPoolExecutor(PROCESSES, get_context("spawn")) as pool:
        shares = range(0, cases, SHARE)
        sizes = [min(SHARE, cases - at) for at in shares]
        for outcome in pool.map(run_share, [name] * len(shares), shares, sizes):
            outcomes.append(outcome)
            _tell(outcome.failures)
            if not len(outcomes) % TOLD_EVERY:
                print(f"fuzz: {name} {len(outcomes) * SHARE} of {cases}", file=sys.stderr)
    return outcomes


def _figures(name: str, outcomes: list[Outcome]) -> Iterator[Figure]:
    cases = sum(outcome.cases for outcome in outcomes)
    failures = [failure for outcome in outcomes for failure in outcome.failures]
    slowest = max(outcome.slowest for outcome in outcomes)
    growth = sum(outcome.growth for outcome in outcomes)
    yield Figure("fuzz", f"{name} failures", len(failures), "cases", cases, 0.0, cases, SEED)
    yield Figure("fuzz", f"{name} slowest", slowest, "ms", SLOWEST_MS, 1.0, cases, SEED)
    yield Figure("fuzz", f"{name} memory", growth, "MB", GROWTH_MB, 1.0, cases, SEED)


def _tell(failures: list[str] | tuple[str, ...]) -> None:
    for failure in failures[:TOLD]:
        print(f"fuzz: {failure}", file=sys.stderr)
