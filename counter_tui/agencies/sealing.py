"""Sealing a detail for its owner: ChaCha20-Poly1305 (RFC 8439) under the owner's key of one epoch.

The clear text is padded to a multiple of 256 bytes (ISO/IEC 7816-4: one 0x80, then zeros), so that its length tells
little; owner and epoch are bound to it. The ciphertext is base64 of nonce and sealed bytes.
"""

import os
from base64 import b64decode, b64encode
from collections.abc import Callable

from ..domain.sections import Sealed
from ..errors import AgencyError
from .ports import Seal

BLOCK = 256
NONCE = 12
KEY = 32


def make_sealer(owner: str, epoch: int, key: bytes, *, random: Callable[[int], bytes] = os.urandom) -> Seal:
    """A function that seals for `owner`. `key` has 32 bytes; `random` gives that many unpredictable bytes."""
    if len(key) != KEY:
        raise AgencyError("agency.bad-key", owner=owner)

    def seal(detail: bytes) -> Sealed:
        from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305  # slow to load

        nonce = random(NONCE)
        padded = detail + b"\x80" + bytes(-(len(detail) + 1) % BLOCK)
        sealed = ChaCha20Poly1305(key).encrypt(nonce, padded, _bound(owner, epoch))
        return Sealed(owner, epoch, b64encode(nonce + sealed).decode("ascii"))

    return seal


def unseal(sealed: Sealed, key: bytes) -> bytes:
    """What was sealed; AgencyError `agency.not-unsealed` under another key, owner or epoch, or where it was changed."""
    from cryptography.exceptions import InvalidTag  # slow to load
    from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305  # slow to load

    try:
        raw = b64decode(sealed.ciphertext, validate=True)
        cipher = ChaCha20Poly1305(key)
        padded = cipher.decrypt(raw[:NONCE], raw[NONCE:], _bound(sealed.owner, sealed.epoch))
    except (InvalidTag, ValueError):
        raise AgencyError("agency.not-unsealed", owner=sealed.owner) from None
    return padded[: padded.rindex(b"\x80")]


def _bound(owner: str, epoch: int) -> bytes:
    return f"counter-tui sealed 1\x00{owner}\x00{epoch}".encode()
