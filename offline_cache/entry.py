"""One line of a journal: what is hashed, what is signed, and how.

Hashes are SHA-256 over a canonical encoding: a tag that names what is hashed and its version, then each field with its
length before it (8 bytes, big-endian), so that no two different lists of fields have the same encoding.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Final

ENTRY_TAG: Final = b"offline_cache entry 1"
TIMED_ENTRY_TAG: Final = b"offline_cache entry 2"
COMMITMENT_TAG: Final = b"offline_cache commitment 1"
SIGNED_TAG: Final = b"offline_cache signed entry 1"
GENESIS: Final = bytes(32)
SALT_BYTES: Final = (16, 32)


def encode(tag: bytes, parts: Sequence[bytes]) -> bytes:
    """The canonical encoding of `parts` under `tag`."""
    return b"".join([piece for part in (tag, *parts) for piece in (len(part).to_bytes(8), part)])


def decode(tag: bytes, encoded: bytes) -> list[bytes]:
    """The parts of what was encoded under `tag`. Raises ValueError if it was not."""
    parts = []
    while encoded:
        end = 8 + int.from_bytes(encoded[:8])
        if len(encoded) < max(8, end):
            raise ValueError("encoding")
        parts.append(encoded[8:end])
        encoded = encoded[end:]
    if parts[:1] != [tag]:
        raise ValueError("tag")
    return parts[1:]


def number(value: int) -> bytes:
    """A whole number, 0 or greater, as 8 bytes, big-endian."""
    return value.to_bytes(8)


def commit(salt: bytes, body: bytes) -> bytes:
    """What stands for `body` in the chain: it binds to it, and tells nothing of it without the salt."""
    return hashlib.sha256(encode(COMMITMENT_TAG, (salt, body))).digest()


def entry_hash(  # noqa: PLR0913, PLR0917 - the fields of a header, in their order
    counter: str,
    sequence: int,
    previous: bytes,
    recorded_at: str,
    realm: str,
    kind: str,
    group: str,
    session: str,
    commitment: bytes,
    logical: int = 0,
) -> bytes:
    """SHA-256 over the header of an entry: all but its salt, body and signature.

    Without a logical time (0: entries from before there was one) the tag is the first, and no number is hashed.
    """
    texts = (part.encode() for part in (recorded_at, realm, kind, group, session))
    tag, timed = (TIMED_ENTRY_TAG, (number(logical),)) if logical else (ENTRY_TAG, ())
    parts = (counter.encode(), number(sequence), previous, *timed, *texts, commitment)
    return hashlib.sha256(encode(tag, parts)).digest()


@dataclass(frozen=True, slots=True)
class Entry:
    """An entry of a counter's journal.

    `sequence` counts from 1 without a hole; `previous` is the hash of the one before (32 zero bytes before the first).
    `recorded_at` is the counter's own clock as it stood, ISO 8601 UTC; `logical` is hybrid logical time (milliseconds
    since 1970, shifted left by 16 bits, plus a count): never less than what the counter had seen, 0 if unknown.
    `realm` tells what the journal is for ("demo", "real", ...): it is inside the hash,
    so nothing passes from one to the other. `group` is the id of the crossing, or empty. `session` names the key that
    signed. `body` is None, and `salt` empty, where the body was erased (or cannot be read: `Journal.verify` tells).
    """

    counter: str
    sequence: int
    previous: bytes
    recorded_at: str
    realm: str
    kind: str
    group: str
    session: str
    commitment: bytes
    salt: bytes = field(repr=False)
    body: bytes | None = field(repr=False)
    signature: bytes = field(repr=False)
    logical: int = 0

    def hash(self) -> bytes:
        """The entry's hash; see `entry_hash`."""
        return entry_hash(
            counter=self.counter,
            sequence=self.sequence,
            previous=self.previous,
            recorded_at=self.recorded_at,
            realm=self.realm,
            kind=self.kind,
            group=self.group,
            session=self.session,
            commitment=self.commitment,
            logical=self.logical,
        )

    def signed_bytes(self) -> bytes:
        """What the session's key signs: the hash, under a tag of its own."""
        return signed_bytes(self.hash())


def signed_bytes(digest: bytes) -> bytes:
    """The message that is signed for an entry with this hash."""
    return encode(SIGNED_TAG, (digest,))
