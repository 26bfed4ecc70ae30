"""Receipts: the single window's signed word (Ed25519) that it has entries, given only once they are durable."""

from collections.abc import Sequence

from offline_cache.outbox import Receipt
from offline_cache.sealing import private_from_signing
from offline_cache.signing import KeyPair, generate, key_pair, sign

from ..link.revocation import Revocation
from ..link.wire import WireReceipt
from .store import WindowStore

_KEY = "receipts key"


class Notary:
    """Signs as one single window. `name` is the id that receipts bear."""

    def __init__(self, name: str, keys: KeyPair) -> None:
        """`keys` is the single window's own pair."""
        self.name = name
        self._keys = keys

    @property
    def public_key(self) -> bytes:
        """What counters check receipts with (32 bytes)."""
        return self._keys.public

    @property
    def exchange_private(self) -> bytes:
        """What opens that which is sealed to the public key (X25519, 32 bytes)."""
        return private_from_signing(self._keys.private)

    def sign(self, message: bytes) -> bytes:
        """The signature of a message, which has a tag of its own."""
        return sign(self._keys.private, message)

    def receipt(self, counter: str, entries: Sequence[tuple[int, bytes]], at: str) -> WireReceipt | None:
        """A receipt for these (sequence, hash) of a counter; None for none. `at` is ISO 8601 UTC."""
        if not entries:
            return None
        unsigned = Receipt(self.name, at, counter, tuple(entries), b"")
        signature = sign(self._keys.private, unsigned.signed_bytes())
        return WireReceipt(
            window=unsigned.window, at=at, counter=counter, entries=unsigned.entries, signature=signature
        )

    def revocation(self, said: Revocation) -> bytes:
        """The signed notice of a revocation."""
        return said.signed(lambda message: sign(self._keys.private, message))


def notary(name: str, store: WindowStore) -> Notary:
    """The notary whose key is in the store; it is made there at first."""
    with store.transaction():
        private = store.find_setting(_KEY)
        if private is None:
            keys = generate()
            store.put_setting(_KEY, keys.private)
        else:
            keys = key_pair(private)
    return Notary(name, keys)
