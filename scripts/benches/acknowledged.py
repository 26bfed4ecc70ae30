"""What a counter was told is recorded or received, held against what its vault has after a disaster."""

from __future__ import annotations

import contextlib
import hashlib
import hmac
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path
from random import Random

from offline_cache import COUNTER_SCHEMA, Entry, Journal, JournalBroken, Outbox, Receipt, Vault

KEY = bytes(range(32))
CANARY = b"CANARY-SITI-AMINAH"
AT = "2026-11-21T10:00:00.000Z"
_STATES = 100_000


@dataclass
class Acknowledged:
    """Hashes by sequence of what was said to be recorded, sequences said to be received, and crossings to be erased.

    `step`: how many entries more may be there, because the end came before they were acknowledged.
    """

    step: int
    recorded: dict[int, bytes] = field(default_factory=dict)
    received: set[int] = field(default_factory=set)
    erased: set[str] = field(default_factory=set)

    def troubles(self, path: Path) -> Iterator[str]:
        """What is not as it should be. From then on what is there counts as acknowledged. Raises CacheError."""
        for file in path.parent.iterdir():
            if CANARY in (content := file.read_bytes()) or b"SQLite format" in content:
                yield f"{file.name} can be read"
        with Vault.open(path, KEY, COUNTER_SCHEMA) as vault:
            yield from vault.integrity()
            journal = Journal(vault, "c1", "demo")
            yield from journal.verify(lambda _: b"", verified).problems
            held = {entry.sequence: entry.hash() for entry in journal.entries()}
            back = {entry.group for entry in journal.entries() if entry.body is not None} & self.erased
            yield from (f"{group} was erased and can be read" for group in back)
            received = {state.sequence for state in Outbox(vault, "c1").states(_STATES) if state.state == "received"}
        yield from (f"lost {number}" for number, digest in self.recorded.items() if held.get(number) != digest)
        yield from (f"receipt of {number} lost" for number in self.received - received)
        if len(held) - len(self.recorded) > self.step:
            yield "more than was recorded"
        self.recorded, self.received = held, received


def record(journal: Journal, random: Random) -> Entry:
    """An entry of any size; five in a row are about one crossing."""
    body = CANARY * random.choice((1, 20, 400))
    group = f"x{journal.count() // 5}"
    salt = random.randbytes(16)
    return journal.append("k", group, body, recorded_at=AT, session="s", sign=signature, salt=salt)


def deliver(outbox: Outbox, random: Random) -> list[int]:
    """A receipt for some entries that wait; which."""
    entries = outbox.waiting(random.randrange(1, 8), 1 << 20)
    receipt = Receipt("w", AT, "c1", tuple((entry.sequence, entry.hash()) for entry in entries), b"")
    outbox.receive(replace(receipt, signature=signature(receipt.signed_bytes())), b"", verified)
    return [entry.sequence for entry in entries]


def erase(journal: Journal, random: Random) -> list[str]:
    """Forgets a crossing that is over and was delivered, if there is one; which."""
    for number in random.sample(range(journal.count() // 5), min(3, journal.count() // 5)):
        with contextlib.suppress(JournalBroken):
            journal.erase(f"x{number}", "rule")
            return [f"x{number}"]
    return []


def signature(message: bytes) -> bytes:
    """One that costs nothing: signatures are not what is tried here."""
    return hmac.digest(b"cheap", message, hashlib.sha256)


def verified(_key: bytes, message: bytes, given: bytes) -> bool:
    """Whether it is."""
    return hmac.compare_digest(signature(message), given)
