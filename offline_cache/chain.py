"""How an entry lies in the vault: its body sealed under a key that can be destroyed, the rest as it was hashed."""

from __future__ import annotations

import functools
import hashlib
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, cast

from .entry import Entry, encode
from .moments import find_milliseconds, logical_of

if TYPE_CHECKING:
    from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305

    from .vault import Value, Vault

KEY_BYTES: Final = 32
_NONCE: Final = 12
DESTROYED: Final = bytes(KEY_BYTES)
"""What stands in the place of a key that was destroyed."""


@dataclass(frozen=True, slots=True)
class Line:
    """An entry as the vault holds it: `rule` by which its body's key was destroyed, or ""; `size` of what is sealed."""

    entry: Entry
    rule: str
    size: int


def read_line(row: tuple[Value, ...]) -> Line:
    """A row of the view `chain`."""
    (
        counter,
        sequence,
        previous,
        recorded_at,
        realm,
        kind,
        group,
        session,
        commitment,
        signature,
        logical,
        sealed,
        key,
        rule,
    ) = cast(
        "tuple[str, int, bytes, str, str, str, str, str, bytes, bytes, int, bytes, bytes | None, str | None]",
        row,
    )
    held = None if key == DESTROYED else key
    salt, body = unseal(held, sequence, commitment, sealed, timed=logical > 0)
    header = (counter, sequence, previous, recorded_at, realm, kind, group, session, commitment)
    entry = Entry(*header, salt, body, signature, logical)
    return Line(entry, rule=(rule or "") if key == DESTROYED else "", size=len(sealed))


@functools.cache
def _cipher() -> type[ChaCha20Poly1305]:
    # loaded with the first body, and then at hand: an import statement costs as much as the sealing
    from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305

    return ChaCha20Poly1305


def seal(key: bytes, commitment: bytes, salt: bytes, body: bytes) -> bytes:
    """Salt and body under a key that seals nothing else (ChaCha20-Poly1305, RFC 8439)."""
    return _cipher()(key).encrypt(commitment[:_NONCE], bytes([len(salt)]) + salt + body, None)


def unseal(
    key: bytes | None, sequence: int, commitment: bytes, sealed: bytes, *, timed: bool
) -> tuple[bytes, bytes | None]:
    """Salt and body; `b""` and None where the key is gone or is not this one's.

    Before there was logical time (`timed`) the entries of a crossing had one key, and each another nonce.
    """
    from cryptography.exceptions import InvalidTag

    if key is None:
        return b"", None
    nonce = commitment[:_NONCE] if timed else shared_key_nonce(sequence, commitment)
    try:
        plain = _cipher()(key).decrypt(nonce, sealed, None)
    except (InvalidTag, ValueError):
        return b"", None
    return plain[1 : 1 + plain[0]], plain[1 + plain[0] :]


def shared_key_nonce(sequence: int, commitment: bytes) -> bytes:
    """The nonce of an entry whose key is not its own: it follows from what is sealed."""
    return hashlib.sha256(encode(b"offline_cache nonce 1", (sequence.to_bytes(8), commitment))).digest()[:_NONCE]


def witness(vault: Vault, moment: str) -> None:
    """Takes note that it is at least this late (ISO 8601 UTC): logical time goes on from here. Raises ValueError."""
    milliseconds = find_milliseconds(moment)
    if milliseconds is None:
        raise ValueError("moment")
    seen = logical_of(milliseconds)
    if vault.execute("SELECT 1 FROM journal WHERE logical < ?", (seen,)):
        vault.execute("UPDATE journal SET logical = ?", (seen,))
        vault.edited()
