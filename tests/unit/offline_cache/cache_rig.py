"""What the tests of the cache share: a cheap way to a vault, a journal, a signer and a receipt."""

from __future__ import annotations

import hashlib
import hmac
from dataclasses import dataclass, replace
from pathlib import Path

from offline_cache import COUNTER_SCHEMA, Entry, Journal, Outbox, Receipt, Vault, signing
from offline_cache._derive import Argon2Cost

KEY = bytes(range(32))
CHEAP = Argon2Cost(memory_kib=64, time=1, lanes=1)
SESSION = signing.key_pair(b"s" * 32)
WINDOW = signing.key_pair(b"w" * 32)


def at(second: int) -> str:
    return f"2026-11-21T{second // 3600:02d}:{second // 60 % 60:02d}:{second % 60:02d}Z"


def sign(message: bytes) -> bytes:
    return signing.sign(SESSION.private, message)


def salt(number: int) -> bytes:
    return hashlib.sha256(b"salt %d" % number).digest()[:16]


def public_key_of(session: str) -> bytes | None:
    return SESSION.public if session == "s1" else None


def cheap_sign(key: bytes, message: bytes) -> bytes:
    return hmac.digest(key, message, "sha256")


def cheap_verify(key: bytes, message: bytes, signature: bytes) -> bool:
    return hmac.compare_digest(cheap_sign(key, message), signature)


@dataclass
class Rig:
    """A counter's vault with its parts; `restart` closes and opens it again."""

    path: Path
    vault: Vault
    journal: Journal
    outbox: Outbox

    @classmethod
    def make(cls, path: Path) -> Rig:
        vault = Vault.create(path, KEY, COUNTER_SCHEMA)
        return cls(path, vault, Journal(vault, "c1", "demo"), Outbox(vault, "c1"))

    def restart(self) -> None:
        self.vault.close()
        self.vault = Vault.open(self.path, KEY, COUNTER_SCHEMA)
        self.journal, self.outbox = Journal(self.vault, "c1", "demo"), Outbox(self.vault, "c1")

    def append(self, group: str = "x1", body: bytes = b"body", kind: str = "decision") -> Entry:
        number = self.journal.count() + 1
        return self.journal.append(
            kind, group, body, recorded_at=at(number), session="s1", sign=sign, salt=salt(number)
        )

    def receipt(self, *sequences: int, second: int = 5000) -> Receipt:
        named = tuple((sequence, self.journal.get(sequence).hash()) for sequence in sequences)
        return signed_receipt(Receipt("w1", at(second), "c1", named, b""))

    def receive(self, *sequences: int) -> int:
        return self.outbox.receive(self.receipt(*sequences), WINDOW.public)


def signed_receipt(receipt: Receipt) -> Receipt:
    return replace(receipt, signature=signing.sign(WINDOW.private, receipt.signed_bytes()))


def tamper(rig: Rig, *statements: str) -> None:
    """What somebody with the vault's key could do to the file."""
    for trigger in ("entries_are_not_changed", "lines_are_not_deleted"):
        rig.vault.execute(f"DROP TRIGGER IF EXISTS {trigger}")
    rig.vault.execute("PRAGMA foreign_keys = OFF")
    for statement in statements:
        rig.vault.execute(statement)


def problems(rig: Rig) -> tuple[str, ...]:
    return rig.journal.verify(public_key_of).problems


def receive_all(rig: Rig) -> None:
    rig.receive(*range(1, rig.journal.count() + 1))
