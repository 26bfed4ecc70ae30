"""Sealing to a public key: X25519 (RFC 7748), HKDF-SHA256, ChaCha20-Poly1305; whoever writes cannot read it back.

Who has an Ed25519 key pair (`signing`) has an X25519 pair too: both curves are the same one in two forms (RFC 7748,
section 4.1), so that nothing more has to be handed over before something can be sealed to them.

A sealed message: suite, the sender's one-time public key, a number, and the ciphertext. One one-time key serves a batch
of messages, each under a number of its own, so that sealing many costs one agreement and no more.
"""

from __future__ import annotations

import hashlib
import secrets
import struct
from typing import TYPE_CHECKING, Final

from ._derive import hkdf
from .entry import encode
from .errors import SealBroken
from .signing import KeyPair

if TYPE_CHECKING:
    from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305

SUITE: Final = 1
BATCH: Final = 256
"""So many messages share a one-time key at most."""
KNOWN: Final = 2048
"""The agreements that who opens remembers: about 300 KiB."""
_TAG: Final = b"offline_cache seal 1"
_HEAD: Final = struct.Struct(">B32sI")
_MARK: Final = 16
_P: Final = 2**255 - 19


def generate() -> KeyPair:
    """A new X25519 pair from the system's randomness; each half is 32 raw bytes."""
    private = secrets.token_bytes(32)
    return KeyPair(public_of(private), private)


def public_of(private: bytes) -> bytes:
    """The public half of an X25519 private key."""
    from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey

    return X25519PrivateKey.from_private_bytes(private).public_key().public_bytes_raw()


def private_from_signing(private: bytes) -> bytes:
    """The X25519 private key of who signs with this Ed25519 private key (RFC 8032, section 5.1.5, step 1)."""
    return hashlib.sha512(private).digest()[:32]


def public_from_signing(public: bytes) -> bytes:
    """The X25519 public key of who signs with this Ed25519 key: u = (1 + y) / (1 - y).

    Raises ValueError for bytes that are no such key.
    """
    if len(public) != 32:
        raise ValueError("public")
    y = int.from_bytes(public, "little") & (1 << 255) - 1
    if y >= _P or y in (1, _P - 1):
        raise ValueError("public")
    return ((1 + y) * pow(1 - y, -1, _P) % _P).to_bytes(32, "little")


class Sealer:
    """Seals to one public key (X25519, 32 bytes). `salt` has to be known to who opens: a further secret, or b"".

    Raises ValueError where the key is none. Not for several threads at once.
    """

    def __init__(self, public: bytes, salt: bytes = b"") -> None:
        self._public, self._salt = public, salt
        self._batch: tuple[bytes, ChaCha20Poly1305] | None = None
        self._count = 0

    def seal(self, plain: bytes, about: bytes) -> bytes:
        """The sealed message; it opens only together with the same `about`."""
        if self._batch is None or self._count >= BATCH:
            self._batch, self._count = self._agreed(), 0
        one_time, cipher = self._batch
        self._count += 1
        head = _HEAD.pack(SUITE, one_time, self._count)
        return head + cipher.encrypt(_nonce(self._count), plain, encode(head, (about,)))

    def renew(self) -> None:
        """Forget the one-time key: what was sealed up to here can no longer be opened with what is in memory."""
        self._batch = None

    def _agreed(self) -> tuple[bytes, ChaCha20Poly1305]:
        pair = generate()
        return pair.public, _cipher(pair.private, self._public, pair.public, self._public, self._salt)


class Opener:
    """Opens what was sealed to the public half of a private key (X25519, 32 bytes), with the same `salt`."""

    def __init__(self, private: bytes, salt: bytes = b"") -> None:
        self._private, self._salt = private, salt
        self._public = public_of(private)
        self._agreed: dict[bytes, ChaCha20Poly1305] = {}

    def __repr__(self) -> str:
        return f"Opener({self._public.hex()[:8]})"

    def open(self, sealed: bytes, about: bytes) -> bytes:
        """The message. Raises SealBroken `seal.broken` if it, or `about`, is not what was sealed, or for another."""
        from cryptography.exceptions import InvalidTag

        if len(sealed) < _HEAD.size + _MARK or sealed[0] != SUITE:
            raise SealBroken("seal.broken")
        head = sealed[: _HEAD.size]
        _, one_time, count = _HEAD.unpack(head)
        try:
            return self._cipher(one_time).decrypt(_nonce(count), sealed[_HEAD.size :], encode(head, (about,)))
        except (InvalidTag, ValueError):
            raise SealBroken("seal.broken") from None

    def _cipher(self, one_time: bytes) -> ChaCha20Poly1305:
        known = self._agreed.get(one_time)
        if known is None:
            if len(self._agreed) >= KNOWN:
                del self._agreed[next(iter(self._agreed))]
            known = self._agreed[one_time] = _cipher(self._private, one_time, one_time, self._public, self._salt)
        return known


def _cipher(private: bytes, other: bytes, one_time: bytes, receiver: bytes, salt: bytes) -> ChaCha20Poly1305:
    from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
    from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305

    shared = X25519PrivateKey.from_private_bytes(private).exchange(X25519PublicKey.from_public_bytes(other))
    return ChaCha20Poly1305(hkdf(shared, salt, encode(_TAG, (one_time, receiver))))


def _nonce(count: int) -> bytes:
    return count.to_bytes(12)
