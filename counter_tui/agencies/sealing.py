"""What an agency's key of one epoch does: seal details for their owner, and name findings so that names tell nothing.

Sealed is with ChaCha20-Poly1305 (RFC 8439). The clear text is padded to a multiple of 256 bytes (ISO/IEC 7816-4: one
0x80, then zeros), so that its length tells little; owner and epoch are bound to it. The ciphertext is base64 of nonce
and sealed bytes. Named is with HMAC-SHA256 (RFC 2104) under a key of its own, derived from the same: whoever knows the
whole catalogue of findings still cannot try them out.
"""

import hmac
import json
import os
from base64 import b64decode, b64encode
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Protocol

from ..domain.sections import Sealed
from ..domain.unsealing import UnsealStatement
from ..errors import AgencyError
from .ports import Seal

BLOCK = 256
NONCE = 12
KEY = 32
NAME = 12


@dataclass(frozen=True, slots=True)
class _Sealer:
    owner: str
    epoch: int
    key: bytes = field(repr=False)
    names: bytes = field(repr=False)
    random: Callable[[int], bytes] = field(repr=False)

    def __call__(self, detail: bytes) -> Sealed:
        from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305  # slow to load

        nonce = self.random(NONCE)
        padded = detail + b"\x80" + bytes(-(len(detail) + 1) % BLOCK)
        sealed = ChaCha20Poly1305(self.key).encrypt(nonce, padded, _bound("sealed", self.owner, self.epoch))
        return Sealed(self.owner, self.epoch, b64encode(nonce + sealed).decode("ascii"))

    def name(self, *parts: str) -> str:
        return hmac.digest(self.names, json.dumps(parts).encode(), "sha256").hex()[:NAME]


def make_sealer(owner: str, epoch: int, key: bytes, *, random: Callable[[int], bytes] = os.urandom) -> Seal:
    """What seals for `owner` and names their findings (12 hex characters).

    `key` has 32 bytes; `random` gives that many unpredictable bytes. AgencyError `agency.bad-key` for any other key.
    """
    if len(key) != KEY:
        raise AgencyError("agency.bad-key", owner=owner)
    return _Sealer(owner, epoch, key, hmac.digest(key, _bound("names", owner, epoch), "sha256"), random)


def unseal(sealed: Sealed, key: bytes) -> bytes:
    """What was sealed; AgencyError `agency.not-unsealed` under another key, owner or epoch, or where it was changed."""
    from cryptography.exceptions import InvalidTag  # slow to load
    from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305  # slow to load

    try:
        raw = b64decode(sealed.ciphertext, validate=True)
        cipher = ChaCha20Poly1305(key)
        padded = cipher.decrypt(raw[:NONCE], raw[NONCE:], _bound("sealed", sealed.owner, sealed.epoch))
    except (InvalidTag, ValueError):
        raise AgencyError("agency.not-unsealed", owner=sealed.owner) from None
    return padded[: padded.rindex(b"\x80")]


class Opener(Protocol):
    """Opens what an agency has sealed, for two people who signed for it; it runs beside the agency's connector."""

    async def __call__(self, sealed: Sealed, statement: UnsealStatement) -> bytes:
        """The clear value, sealed to the key in the statement. Raises AgencyError."""
        ...


Box = Callable[[bytes, bytes, bytes], bytes]
"""Seals to a public key (X25519, 32 bytes) a message, bound to what it is about."""


def make_opener(keys: Mapping[int, bytes], box: Box) -> Opener:
    """What opens for its own agency, with its keys by epoch.

    It raises AgencyError `agency.not-unsealed` where it has no such key, or the statement no key to seal to.
    """

    async def opened(sealed: Sealed, statement: UnsealStatement) -> bytes:
        key = keys.get(sealed.epoch)
        if key is None:
            raise AgencyError("agency.not-unsealed", owner=sealed.owner)
        try:
            return box(b64decode(statement.exchange, validate=True), unseal(sealed, key), statement.signed_bytes())
        except ValueError:
            raise AgencyError("agency.not-unsealed", owner=sealed.owner) from None

    return opened


def _bound(use: str, owner: str, epoch: int) -> bytes:
    return f"counter-tui {use} 1\x00{owner}\x00{epoch}".encode()
