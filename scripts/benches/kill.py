"""`kill`: a process that works on a vault is killed with -9 at random moments, again and again on the same file.

It records entries, takes receipts for them and forgets crossings, and prints each down a pipe once the vault has said
that it is so. It is killed while it starts, opens, records, delivers, erases or moves its log into the file. After each
kill: the vault opens, is sound, its journal verifies, each entry, receipt and erasure that was printed is there as it
was, at most one entry more is, and no file shows what was in it. A counter beside its single window: `kill_pair`.
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from random import Random

from offline_cache import COUNTER_SCHEMA, CacheError, Journal, Vault

from . import kill_pair
from .acknowledged import KEY, Acknowledged
from .figure import Figure

SEED = 6
KILLS, QUICK = 1_000, 60
LONGEST = 600
"""Entries after which a journal is begun anew: what is checked after each kill stays small."""


def run(quick: bool) -> Iterator[Figure]:  # noqa: FBT001 - every bench is called so
    """How many entries were lost, or anything else was not as it should be."""
    kills = QUICK if quick else KILLS
    result = kill_counters(kills, SEED)
    for trouble in result.troubles[:20]:
        print(trouble)
    # as a ratio to one: none is lost, or it does not hold
    yield Figure("kill", f"troubles in {kills:,} kills", len(result.troubles), "", 1, 0, kills, SEED)
    acknowledged = result.acknowledged
    yield Figure("kill", "entries acknowledged before a kill", acknowledged, "", kills, 1, kills, SEED, at_least=True)
    yield from kill_pair.run(quick)


@dataclass
class Result:
    """What came of it; `early` counts the kills before anything was acknowledged."""

    acknowledged: int = 0
    early: int = 0
    troubles: list[str] = field(default_factory=list)


def kill_counters(kills: int, seed: int) -> Result:
    """So many kills, their moments from this seed (where a process then is depends on the machine)."""
    random = Random(seed)  # noqa: S311 - the same moments each time
    result = Result()
    with tempfile.TemporaryDirectory() as folder:
        path, known = Path(), Acknowledged(step=1)
        for number in range(kills):
            if not number or len(known.recorded) > LONGEST:
                path, known = _new_vault(Path(folder) / str(number)), Acknowledged(step=1)
            said = _work_until_killed(path, random)
            result.early += not said
            result.acknowledged += _take_note(known, said)
            try:
                result.troubles += [f"kill {number}: {trouble}" for trouble in known.troubles(path)]
            except CacheError as error:
                result.troubles.append(f"kill {number}: {error}")
                path, known = _new_vault(Path(folder) / f"{number}-again"), Acknowledged(step=1)
    return result


def _new_vault(folder: Path) -> Path:
    with Vault.create(folder / "counter.db", KEY, COUNTER_SCHEMA) as vault:
        Journal(vault, "c1", "demo")
    return folder / "counter.db"


def _work_until_killed(path: Path, random: Random) -> list[str]:
    """The whole lines that it printed: one that was cut off was not said."""
    process = subprocess.Popen(
        [sys.executable, "-m", f"{__package__}.kill_process", str(path), str(random.getrandbits(32))],
        stdout=subprocess.PIPE,
        cwd=Path(__file__).parents[2],
    )
    assert process.stdout is not None
    lines = []
    # some are killed while they start, the others while they work
    if random.random() > 0.1:
        lines = [process.stdout.readline()]
    killer = threading.Timer(random.choice((0.0, random.uniform(0, 0.02), random.uniform(0, 0.2))), process.kill)
    killer.start()
    lines += process.stdout.readlines()
    killer.join()
    process.stdout.close()
    process.wait()
    return [line.decode().strip() for line in lines if line.endswith(b"\n")]


def _take_note(known: Acknowledged, said: list[str]) -> int:
    """How many entries are new."""
    before = len(known.recorded)
    for line in said:
        what, which, *rest = line.split()
        if what == "recorded":
            known.recorded[int(which)] = bytes.fromhex(rest[0])
        elif what == "received":
            known.received.add(int(which))
        elif what == "erased":
            known.erased.add(which)
    return len(known.recorded) - before
