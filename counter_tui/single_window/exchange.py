"""The single window's X25519 pair (RFC 7748): what is sealed to it is opened with the private half."""

from dataclasses import dataclass, field

from .store import WindowStore

_KEY = "exchange key"


@dataclass(frozen=True, slots=True)
class ExchangePair:
    """An X25519 pair; each half is 32 raw bytes."""

    public: bytes
    private: bytes = field(repr=False)


def exchange_pair(store: WindowStore) -> ExchangePair:
    """The pair in the store; it is made there at first."""
    from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey

    with store.transaction():
        private = store.find_setting(_KEY)
        key = X25519PrivateKey.generate() if private is None else X25519PrivateKey.from_private_bytes(private)
        if private is None:
            store.put_setting(_KEY, key.private_bytes_raw())
    return ExchangePair(key.public_key().public_bytes_raw(), key.private_bytes_raw())
