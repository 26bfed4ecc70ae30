"""Secrets for signing over the telephone: shared by X25519 (RFC 7748) between a counter's key and a person's elsewhere.

Who signs with an Ed25519 key has an X25519 key too (`offline_cache.sealing`), so that each end needs nothing of the
other but the public key that signs there: the counter's, and the one that the person was given at their counter. Both
are in the *directory*, which the single window signs. A secret is for one counter and one person, and in memory only.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, Final

from offline_cache.entry import encode
from offline_cache.sealing import private_from_signing, public_from_signing

from .identity import raw
from .storage import BoundSessionKey

if TYPE_CHECKING:
    from ..domain.posts import Colleague
    from ..workstation.ports import SessionKey
    from .directory import Directory
    from .identity import Identity

MOST: Final = 32
"""So many keys of one person are tried: they have one at each counter where they may sign in."""
_TAG: Final = b"counter-tui telephone secret 1"


class BoundTelephone:
    """Fulfils `workstation.ports.TelephoneKeys`."""

    def __init__(self, identity: Identity, directory: Callable[[], Directory]) -> None:
        """`directory` is as the single window last said; it is asked each time."""
        self._identity, self._directory = identity, directory

    def shared_with(self, officer: str) -> Sequence[bytes]:
        """What this counter shares with this person's keys elsewhere."""
        own = private_from_signing(raw(self._identity.private))
        keys = list(self._directory().people.get(officer, ()))[:MOST]
        found = (shared(own, key, self._identity.counter.id, officer) for key in keys)
        return [secret for secret in found if secret is not None]

    def colleagues(self) -> Mapping[str, Colleague]:
        """Who may sign in at other counters, by their ids."""
        return self._directory().staff

    def counters(self) -> Sequence[str]:
        """The others that are known."""
        return sorted(set(self._directory().counters) - {self._identity.counter.id})

    def answering(self, key: SessionKey, counter: str) -> bytes | None:
        """What this person shares with that counter."""
        public = self._directory().counters.get(counter)
        if public is None or not isinstance(key, BoundSessionKey):
            return None
        return shared(key.exchange, public, counter, key.officer)


def shared(private: bytes, signing_public: bytes, counter: str, officer: str) -> bytes | None:
    """32 bytes that only the two ends work out: X25519, then HKDF-SHA256 (RFC 5869). None for what is no key.

    Both give the same: `counter` is who asks, whichever end this is.
    """
    from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
    from cryptography.hazmat.primitives.hashes import SHA256
    from cryptography.hazmat.primitives.kdf.hkdf import HKDF

    try:
        other = X25519PublicKey.from_public_bytes(public_from_signing(signing_public))
        agreed = X25519PrivateKey.from_private_bytes(private).exchange(other)
    except ValueError:
        return None
    return HKDF(SHA256(), 32, None, encode(_TAG, (counter.encode(), officer.encode()))).derive(agreed)
