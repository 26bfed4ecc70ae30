"""`powercut`: power goes at a random write, sync or delete, and comes back; what was said to be recorded is there.

A real vault, journal and outbox on a disk that loses, tears and reorders what was not synced (`powercut_disk`), cut
again and again, also while it is opened after a cut. After each: the vault opens, is sound, its journal verifies, each
entry, receipt and erasure that was acknowledged is there as it was, at most one step more is, and no file shows what
was in it.
"""

from __future__ import annotations

import contextlib
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from random import Random

from offline_cache import COUNTER_SCHEMA, CacheError, Journal, Outbox, Vault

from .acknowledged import KEY, Acknowledged, deliver, erase, record
from .figure import Figure
from .powercut_disk import Disk

SEED = 5
CUTS, QUICK = 10_000, 1_000
LONGEST = 120
"""Entries after which a journal is begun anew: what is checked after each cut stays small."""
MEMORY = Path("/dev/shm")  # noqa: S108 - where there is one, it saves waiting for a disk that is not asked anything


def run(quick: bool) -> Iterator[Figure]:  # noqa: FBT001 - every bench is called so
    """How many entries were lost, or anything else was not as it should be."""
    cuts = QUICK if quick else CUTS
    result = cut_power(cuts, SEED)
    for trouble in result.troubles[:20]:
        print(trouble)
    # as a ratio to one: none is lost, or it does not hold
    yield Figure("powercut", f"troubles in {cuts:,} cuts", len(result.troubles), "", 1, 0, cuts, SEED)
    yield Figure(
        "powercut", "entries acknowledged before a cut", result.acknowledged, "", cuts, 1, cuts, SEED, at_least=True
    )


@dataclass
class Result:
    """What came of it."""

    acknowledged: int = 0
    troubles: list[str] = field(default_factory=list)


def cut_power(cuts: int, seed: int) -> Result:
    """So many cuts, all from this seed."""
    random = Random(seed)  # noqa: S311 - replayed by its seed
    disk = Disk()
    result = Result()
    with tempfile.TemporaryDirectory(dir=MEMORY if MEMORY.is_dir() else None) as folder:
        counter = None
        for number in range(cuts):
            if counter is None or len(counter.known.recorded) > LONGEST:
                counter = _Counter(Path(folder) / str(number) / "counter.db", disk)
            result.acknowledged += counter.work_until_power_goes(random)
            try:
                result.troubles += [f"cut {number}: {trouble}" for trouble in counter.troubles()]
            except CacheError as error:
                result.troubles.append(f"cut {number}: {error}")
                counter = None
    return result


class _Counter:
    """A vault, and what was acknowledged of it."""

    def __init__(self, path: Path, disk: Disk) -> None:
        self._path, self._disk = path, disk
        self.known = Acknowledged(step=3)
        with Vault.create(path, KEY, COUNTER_SCHEMA) as vault:
            Journal(vault, "c1", "demo")

    def work_until_power_goes(self, random: Random) -> int:
        """How many entries were acknowledged meanwhile."""
        before = len(self.known.recorded)
        self._disk.left = random.choice((random.randrange(12), random.randrange(120)))
        vault = None
        with contextlib.suppress(CacheError):
            vault = Vault.open(self._path, KEY, COUNTER_SCHEMA, vfs=self._disk.name)
            journal, outbox = Journal(vault, "c1", "demo"), Outbox(vault, "c1")
            while True:
                self._record(vault, journal, random)
                if random.random() < 0.2:
                    self.known.received.update(deliver(outbox, random))
                if random.random() < 0.05:
                    self.known.erased.update(erase(journal, random))
        with contextlib.suppress(CacheError):
            if vault is not None:
                vault.close()
        self._disk.power_returns(random)
        return len(self.known.recorded) - before

    def _record(self, vault: Vault, journal: Journal, random: Random) -> None:
        several = random.choice((1, 1, 1, 3))
        with vault.transaction() if several > 1 else contextlib.nullcontext():
            entries = [record(journal, random) for _ in range(several)]
        self.known.recorded.update((entry.sequence, entry.hash()) for entry in entries)

    def troubles(self) -> Iterator[str]:
        """What is not as it should be, now that power is back."""
        return self.known.troubles(self._path)
