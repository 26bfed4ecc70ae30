"""The notice that a counter was revoked: signed by the single window (Ed25519), shown to whoever has its public key.

A notice is 64 bytes of signature and then UTF-8 JSON; the signature covers the canonical encoding that
`offline_cache.entry` describes of that JSON, under a tag of its own.
"""

import json
from collections.abc import Callable
from dataclasses import asdict, dataclass
from typing import Final, Self

from offline_cache.entry import encode
from offline_cache.signing import verify

from ..errors import LinkError

KIND: Final = "revocation"
_TAG: Final = b"counter revocation 1"
_SIGNATURE: Final = 64


@dataclass(frozen=True, slots=True)
class Revocation:
    """Who revoked which counter, when (ISO 8601 UTC) and why.

    `export_first`: what it has not delivered may be written to a stick before its keys are destroyed.
    """

    window: str
    counter: str
    at: str
    reason: str
    export_first: bool

    def signed(self, sign: Callable[[bytes], bytes]) -> bytes:
        """The notice."""
        said = json.dumps({"kind": KIND} | asdict(self), ensure_ascii=False, separators=(",", ":")).encode()
        return sign(encode(_TAG, (said,))) + said

    @classmethod
    def read(cls, notice: bytes, window_key: bytes, counter: str) -> Self:
        """What a notice says to this counter; LinkError `link.forged` where it is not this window's word to it."""
        signature, said = notice[:_SIGNATURE], notice[_SIGNATURE:]
        if not verify(window_key, encode(_TAG, (said,)), signature):
            raise LinkError("link.forged")
        try:
            told = json.loads(said)
            revocation = cls(*(told[name] for name in cls.__slots__))
        except (ValueError, KeyError, TypeError, RecursionError):
            raise LinkError("link.forged") from None
        if told.get("kind") != KIND or revocation.counter != counter:
            raise LinkError("link.forged")
        return revocation
