"""Keys from what people know: Argon2id (RFC 9106), and HKDF (RFC 5869) where a device's secret is added."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from .errors import KeyUnavailable

KEY_BYTES: Final = 32
_MAX_MEMORY_KIB: Final = 512 * 1024
_MAX_TIME: Final = 32
_MAX_LANES: Final = 1


@dataclass(frozen=True, slots=True)
class Argon2Cost:
    """What guessing costs: memory in KiB, passes, lanes. The default takes about 140 ms.

    One lane: OpenSSL's own threads for more were seen to wait for each other where several keys are derived at once.
    """

    memory_kib: int = 64 * 1024
    time: int = 3
    lanes: int = 1

    def checked(self) -> Argon2Cost:
        """Itself, if it came from a file and can be right; raises KeyUnavailable `key.damaged` otherwise."""
        sane = 8 * self.lanes <= self.memory_kib <= _MAX_MEMORY_KIB
        if not (sane and 1 <= self.time <= _MAX_TIME and 1 <= self.lanes <= _MAX_LANES):
            raise KeyUnavailable("key.damaged")
        return self


STANDARD_COST: Final = Argon2Cost()


def argon2id(secret: bytes, salt: bytes, cost: Argon2Cost) -> bytes:
    """32 bytes from a secret that a person knows."""
    from cryptography.hazmat.primitives.kdf.argon2 import Argon2id

    stretched = Argon2id(
        salt=salt, length=KEY_BYTES, iterations=cost.time, lanes=cost.lanes, memory_cost=cost.memory_kib
    )
    return stretched.derive(secret)


def hkdf(secret: bytes, salt: bytes, purpose: bytes) -> bytes:
    """32 bytes from two secrets, for one purpose."""
    from cryptography.hazmat.primitives.hashes import SHA256
    from cryptography.hazmat.primitives.kdf.hkdf import HKDF

    return HKDF(SHA256(), 32, salt, purpose).derive(secret)
