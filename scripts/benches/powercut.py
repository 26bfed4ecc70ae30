"""`powercut`: power goes at a random write, sync or delete, and comes back; what was said to be recorded is there.

A real vault, journal and outbox on a disk that loses, tears and reorders what was not synced (`powercut_disk`), cut
again and again, also while it is opened after a cut. After each: the vault opens, is sound, its journal verifies, each
entry and receipt that was acknowledged is there as it was, at most one more is, and no file shows what was in it.
"""

from __future__ import annotations

import contextlib
import hashlib
import hmac
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path
from random import Random

from offline_cache import COUNTER_SCHEMA, CacheError, Journal, Outbox, Receipt, Vault

from .figure import Figure
from .powercut_disk import Disk

KEY = bytes(range(32))
SEED = 5
CUTS, QUICK = 10_000, 1_000
LONGEST = 120
"""Entries after which a journal is begun anew: what is checked after each cut stays small."""
MEMORY = Path("/dev/shm")  # noqa: S108 - where there is one, it saves waiting for a disk that is not asked anything
CANARY = b"CANARY-SITI-AMINAH"
AT = "2026-11-21T10:00:00.000Z"


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
    disk = Disk(f"powercut{seed}")
    result = Result()
    try:
        with tempfile.TemporaryDirectory(dir=MEMORY if MEMORY.is_dir() else None) as folder:
            counter = None
            for number in range(cuts):
                if counter is None or len(counter.recorded) > LONGEST:
                    counter = _Counter(Path(folder) / f"{number}.db", disk)
                result.acknowledged += counter.work_until_power_goes(random)
                try:
                    result.troubles += [f"cut {number}: {trouble}" for trouble in counter.troubles()]
                except CacheError as error:
                    result.troubles.append(f"cut {number}: {error}")
                    counter = None
    finally:
        disk.unregister()
    return result


class _Counter:
    """A vault, and what was acknowledged of it."""

    def __init__(self, path: Path, disk: Disk) -> None:
        self._path, self._disk = path, disk
        self.recorded: dict[int, bytes] = {}
        self._received: set[int] = set()
        with Vault.create(path, KEY, COUNTER_SCHEMA) as vault:
            Journal(vault, "c1", "demo")

    def work_until_power_goes(self, random: Random) -> int:
        """How many entries were acknowledged meanwhile."""
        before = len(self.recorded)
        self._disk.left = random.choice((random.randrange(12), random.randrange(120)))
        vault = None
        with contextlib.suppress(CacheError):
            vault = Vault.open(self._path, KEY, COUNTER_SCHEMA, vfs=self._disk.name)
            journal, outbox = Journal(vault, "c1", "demo"), Outbox(vault, "c1")
            while True:
                self._record(vault, journal, random)
                if random.random() < 0.2:
                    self._deliver(outbox, random)
                if random.random() < 0.03:
                    vault.shrink_log()
        with contextlib.suppress(CacheError):
            if vault is not None:
                vault.close()
        self._disk.power_returns(random)
        return len(self.recorded) - before

    def _record(self, vault: Vault, journal: Journal, random: Random) -> None:
        several = random.choice((1, 1, 1, 3))
        entries = []
        with vault.transaction() if several > 1 else contextlib.nullcontext():
            for _ in range(several):
                salt = random.randbytes(16)
                body = CANARY * random.choice((1, 20, 400))
                group = f"x{random.randrange(20)}"
                entries.append(
                    journal.append("k", group, body, recorded_at=AT, session="s", sign=_signature, salt=salt)
                )
        self.recorded.update((entry.sequence, entry.hash()) for entry in entries)

    def _deliver(self, outbox: Outbox, random: Random) -> None:
        entries = outbox.waiting(random.randrange(1, 8), 1 << 20)
        receipt = Receipt("w", AT, "c1", tuple((entry.sequence, entry.hash()) for entry in entries), b"")
        outbox.receive(replace(receipt, signature=_signature(receipt.signed_bytes())), b"", _verify)
        self._received.update(entry.sequence for entry in entries)

    def troubles(self) -> Iterator[str]:
        """What is not as it should be, now that power is back."""
        for file in self._path.parent.iterdir():
            if CANARY in (content := file.read_bytes()) or b"SQLite format" in content:
                yield f"{file.name} can be read"
        with Vault.open(self._path, KEY, COUNTER_SCHEMA) as vault:
            yield from vault.integrity()
            journal = Journal(vault, "c1", "demo")
            yield from journal.verify(lambda _: b"", _verify).problems
            held = {entry.sequence: entry.hash() for entry in journal.entries()}
            received = {state.sequence for state in Outbox(vault, "c1").states(10_000) if state.state == "received"}
        yield from (f"lost {number}" for number, digest in self.recorded.items() if held.get(number) != digest)
        yield from (f"receipt of {number} lost" for number in self._received - received)
        # the last step may be there without having been acknowledged, whole
        if len(held) - len(self.recorded) > 3:
            yield "more than was recorded"
        self.recorded, self._received = held, received


def _signature(message: bytes) -> bytes:
    return hmac.digest(b"cheap", message, hashlib.sha256)


def _verify(_key: bytes, message: bytes, signature: bytes) -> bool:
    return hmac.compare_digest(_signature(message), signature)
