"""One name against a million listed persons with their aliases, as a booth asks.

Value: ordinary travellers, and listed persons who travel, by name alone. Baseline: rapidfuzz's `process.extract` with
token_sort_ratio and a cut-off of 85 over the same names, in the same process, turn by turn; its results are the hits
that have to be found. Memory: what the process has grown by, to the end of all questions, before the baseline's names.
"""

import gc
import json
import resource
import subprocess
import sys
import time
from collections.abc import Callable, Iterable, Iterator
from functools import partial
from pathlib import Path
from typing import Any, TypeVar

from rapidfuzz import fuzz, process

from counter_tui.domain.screening.model import ListedKind, Sought
from counter_tui.domain.screening.threshold import DEFAULT_THRESHOLD

from . import population
from .figure import Figure, milliseconds
from .listed_index import index_file, open_list

SEED = 1
FASTER, FOUND, MEGABYTES = 40, 0.995, 300
QUICK_FASTER = 10
"""Of fewer names each costs more."""
CUT_OFF = 85
BEFORE = 800
"""Travellers who came before: a normal day's, so that the commonest words are known."""
T = TypeVar("T")
PERSONS = frozenset({ListedKind.PERSON})


def run(quick: bool) -> Iterator[Figure]:  # noqa: FBT001
    """The figures; they are measured in a process of their own, for its memory."""
    count, questions = (20_000, 20) if quick else (1_000_000, 45)
    index_file(count, SEED)
    command = [sys.executable, "-m", "scripts.benches.screening", str(count), str(questions)]
    measured: dict[str, Any] = json.loads(subprocess.run(command, check=True, capture_output=True, text=True).stdout)
    reach = 1 / (QUICK_FASTER if quick else FASTER)
    yield milliseconds("screening", "one name", measured["ours"], measured["theirs"], reach, SEED)
    yield Figure("screening", "hits found", measured["found"], "", 1, FOUND, questions, SEED, at_least=True)
    yield Figure("screening", "memory", measured["grown"], "MB", MEGABYTES, 1, 1, SEED)


def measure(count: int, questions: int) -> dict[str, Any]:
    """Seconds a question of ours and of the baseline, the share of its hits that are found, megabytes grown."""
    before = _resident()
    listed = open_list(count, SEED)
    ask = partial(listed.screen, threshold=DEFAULT_THRESHOLD, kinds=PERSONS)
    names = [*_names(population.travellers(questions, SEED)), *_listed_names(count, questions // 3)]
    for name in _names(population.travellers(BEFORE, SEED + 1)):
        ask(Sought(name))
    gc.collect()
    gc.freeze()  # as the booth does once it is open
    grown = _resident() - before
    known, written = _everyone(count)
    gc.freeze()  # the baseline's names are nothing that a booth has to look through
    ours, theirs, hits, found = [], [], 0, 0
    for name in names:
        ours.append(_timed(partial(ask, Sought(name)))[0])
        seconds, results = _timed(partial(_baseline, name, written))
        theirs.append(seconds)
        considered = listed.parts[0].considered(name)
        hits += len(results)
        found += sum(known[at] in considered for _, _, at in results)
    return {"ours": ours, "theirs": theirs, "found": found / hits, "grown": grown / 1e6}


def _baseline(name: str, written: list[str]) -> list[tuple[str, float, int]]:
    return process.extract(name, written, scorer=fuzz.token_sort_ratio, score_cutoff=CUT_OFF, limit=None)


def _everyone(count: int) -> tuple[list[tuple[int, int]], list[str]]:
    """Every listed name: whose it is and which of theirs, and how it is written, in capitals."""
    known, written = [], []
    entries, _ = population.with_real(population.listed(count, SEED))
    for leaf, entry in enumerate(entries):
        for at, name in enumerate(entry.names):
            known.append((leaf, at))
            written.append(name.upper())
    return known, written


def _names(people: Iterable[Sought]) -> list[str]:
    return [sought.name for sought in people]


def _listed_names(count: int, wanted: int) -> list[str]:
    """Names of listed persons who travel."""
    return _names(sought for sought, _ in population.impostors(population.listed(count, SEED), wanted, SEED))


def _timed(work: Callable[[], T]) -> tuple[float, T]:
    gc.collect()
    started = time.perf_counter()
    result = work()
    return time.perf_counter() - started, result


def _resident() -> int:
    """The greatest memory that this process has held, in bytes; not what its parent held before it."""
    status = Path("/proc/self/status")
    if status.exists():
        line = next(line for line in status.read_text().splitlines() if line.startswith("VmHWM:"))
        return int(line.split()[1]) * 1024
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return peak if sys.platform == "darwin" else peak * 1024


if __name__ == "__main__":
    print(json.dumps(measure(int(sys.argv[1]), int(sys.argv[2]))))
