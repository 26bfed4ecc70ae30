"""Partitions: whose keys read which records of a vault. Whoever has the vault writes; only who may read opens.

A partition is an X25519 key pair. Records are sealed to its public half, so that the queue and the feed go on while
nobody is signed in. Its private half lies wrapped, once for each person who may read: to open it takes that person's
key (which a PIN unwraps, see `signing.wrap_with_pin`), the device's secret and the secret of a lease (see `leases`),
brought together by HKDF. It is wrapped to the person's public key, so nobody has to be there when it is wrapped anew.

What this does not promise: that a record came from where it says (whoever has the vault can seal); that a PIN of four
digits withstands who has the vault, the device's secret and a lease that holds. The keys of who is signed in are in
memory, and a language with garbage collection cannot promise that no copy outlives `close`.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final

from ._derive import hkdf
from .entry import encode
from .errors import SealBroken, VaultCorrupt
from .records import Settings
from .sealing import Opener, Sealer, generate, public_from_signing, public_of

if TYPE_CHECKING:
    from .vault import Vault

COMMON: Final = ""
"""The partition that everybody may read who may sign in; names of records are hashed under its key."""
_NAME: Final = "partitions"
_WRAP_TAG: Final = b"offline_cache partition wrap 1"
_NAMES_TAG: Final = b"offline_cache partition names 1"
_NAME_BYTES: Final = 16


@dataclass(frozen=True, slots=True)
class Reader:
    """A person who may read: `public` is their Ed25519 key, `partitions` whose records, the common one included."""

    id: str
    public: bytes
    partitions: frozenset[str]


@dataclass(slots=True)
class _Half:
    """A partition as it is kept; `bare` is its private half as long as nobody's wrap of it is there."""

    public: bytes
    bare: bytes = field(default=b"", repr=False)
    wraps: dict[str, tuple[str, bytes]] = field(default_factory=dict)


class Partitions:
    """The partitions of a vault. Nothing is open before `open`."""

    def __init__(self, vault: Vault, device_secret: Callable[[], bytes]) -> None:
        """`device_secret` is asked for when something is wrapped or opened."""
        self._vault, self._settings = vault, Settings(vault)
        self._device_secret = device_secret
        self._halves = _read(self._settings.find(_NAME))
        self._sealers: dict[str, Sealer] = {}
        self._openers: dict[str, Opener] = {}
        self._privates: dict[str, bytes] = {}
        self._names_key = b""

    @property
    def names(self) -> frozenset[str]:
        """Which there are."""
        return frozenset(self._halves)

    @property
    def wrapped(self) -> bool:
        """Whether there are any, and none lies bare: before the first lease there is nothing to wrap them with."""
        return bool(self._halves) and not any(half.bare for half in self._halves.values())

    @property
    def opened(self) -> frozenset[str]:
        """Which can be read now."""
        return frozenset(self._openers)

    def make(self, names: Iterable[str]) -> None:
        """Make those that there are not yet; they lie bare until `wrap`."""
        missing = [name for name in names if name not in self._halves]
        for name in missing:
            pair = generate()
            self._halves[name] = _Half(pair.public, bare=pair.private)
        if missing:
            self._write()

    def sealer(self, name: str) -> Sealer:
        """Seals to a partition. Raises KeyError for one that there is not."""
        if name not in self._sealers:
            self._sealers[name] = Sealer(self._halves[name].public)
        return self._sealers[name]

    def opener(self, name: str) -> Opener | None:
        """Opens what was sealed to a partition; None as long as it is closed."""
        return self._openers.get(name)

    def hashed(self, *parts: str) -> str:
        """What stands for a name of a record: 22 characters that tell nothing without the common partition's key.

        Only while that is open.
        """
        assert self._names_key, "open first"
        digest = hmac.digest(self._names_key, encode(_NAMES_TAG, [part.encode() for part in parts]), hashlib.sha256)
        return base64.urlsafe_b64encode(digest[:_NAME_BYTES]).decode().rstrip("=")

    def open(self, person: str, exchange_private: bytes, secrets: Mapping[str, bytes]) -> frozenset[str]:
        """Open what this person may read, with the lease secrets that hold (by id). Returns what is open now.

        `exchange_private` is the X25519 form of the person's key (`sealing.private_from_signing`).
        """
        openers: dict[str, Opener] = {}
        for name, half in self._halves.items():
            secret_id, wrap = half.wraps.get(person, ("", b""))
            if name in self._openers or secret_id not in secrets:
                continue
            if secret_id not in openers:
                openers[secret_id] = Opener(exchange_private, self._salt(secrets[secret_id]))
            try:
                private = openers[secret_id].open(wrap, _about(name, person, secret_id))
            except SealBroken:
                continue
            if public_of(private) == half.public:
                self._opened(name, private)
        return self.opened

    def _opened(self, name: str, private: bytes) -> None:
        self._openers[name], self._privates[name] = Opener(private), private
        if name == COMMON:
            self._names_key = hkdf(private, b"", _NAMES_TAG)

    def close(self) -> None:
        """Forget the private halves, and what was last sealed with."""
        self._openers.clear()
        self._privates.clear()
        self._names_key = b""
        for sealer in self._sealers.values():
            sealer.renew()

    def wrap(self, readers: Collection[Reader], secret_id: str, secret: bytes) -> bool:
        """Wrap what is bare or open for each of these under this secret, where it is not; nobody else keeps a wrap.

        Of what is closed the wraps of `readers` stay as they are. Whether anything was written; in that case the
        vault's log is emptied too, so that no bare half is left there.
        """
        changed = self.withdraw({reader.id for reader in readers}, write=False)
        for name, half in self._halves.items():
            private = half.bare or self._privates.get(name)
            for reader in readers if private else ():
                if name in reader.partitions and half.wraps.get(reader.id, ("",))[0] != secret_id:
                    half.wraps[reader.id] = (secret_id, self._wrapped(private or b"", name, reader, secret_id, secret))
                    changed = True
            if half.bare and readers:
                half.bare, changed = b"", True  # what nobody reads here is not kept open for nobody
        if changed:
            self._write()
        return changed

    def remake(self, readers: Collection[Reader], secrets: Collection[str]) -> frozenset[str]:
        """Make those anew that somebody should read and nobody can, with the secrets (by id) that hold. Returns which.

        What was sealed to them before is lost: its secret is gone, or there was nobody to wrap for.
        """
        lost = [name for name, half in self._halves.items() if self._is_lost(name, half, readers, secrets)]
        for name in lost:
            pair = generate()
            self._halves[name] = _Half(pair.public, bare=pair.private)
            self._sealers.pop(name, None)
        if lost:
            self._write()
        return frozenset(lost)

    def _is_lost(self, name: str, half: _Half, readers: Collection[Reader], secrets: Collection[str]) -> bool:
        if half.bare or name in self._openers or not any(name in reader.partitions for reader in readers):
            return False
        return not any(secret_id in secrets for secret_id, _ in half.wraps.values())

    def withdraw(self, kept: Collection[str], *, write: bool = True) -> bool:
        """Destroy the wraps of everybody but these. Whether there were any."""
        changed = False
        for half in self._halves.values():
            for gone in half.wraps.keys() - set(kept):
                del half.wraps[gone]
                changed = True
        if changed and write:
            self._write()
        return changed

    def destroy(self) -> None:
        """Destroy every private half that is kept here: nothing that was sealed opens any more."""
        self.close()
        for half in self._halves.values():
            half.bare = b""
            half.wraps.clear()
        self._write()

    def _wrapped(self, private: bytes, name: str, reader: Reader, secret_id: str, secret: bytes) -> bytes:
        sealer = Sealer(public_from_signing(reader.public), self._salt(secret))
        return sealer.seal(private, _about(name, reader.id, secret_id))

    def _salt(self, secret: bytes) -> bytes:
        return hkdf(secret, self._device_secret(), _WRAP_TAG)

    def _write(self) -> None:
        self._settings.set(_NAME, _written(self._halves))
        if not self._vault.in_transaction:
            self._vault.shrink_log()


def _about(name: str, person: str, secret_id: str) -> bytes:
    return encode(_WRAP_TAG, (name.encode(), person.encode(), secret_id.encode()))


def _written(halves: Mapping[str, _Half]) -> bytes:
    kept = {
        name: {
            "public": _text(half.public),
            "bare": _text(half.bare),
            "wraps": {person: (secret_id, _text(wrap)) for person, (secret_id, wrap) in half.wraps.items()},
        }
        for name, half in halves.items()
    }
    return json.dumps(kept, separators=(",", ":")).encode()


def _read(kept: bytes | None) -> dict[str, _Half]:
    try:
        return {name: _half(half) for name, half in json.loads(kept or b"{}").items()}
    except (ValueError, KeyError, TypeError, AttributeError):
        raise VaultCorrupt("partitions.damaged") from None


def _half(kept: dict[str, Any]) -> _Half:
    wraps = {person: (str(secret_id), base64.b64decode(wrap)) for person, (secret_id, wrap) in kept["wraps"].items()}
    return _Half(base64.b64decode(kept["public"]), base64.b64decode(kept["bare"]), wraps)


def _text(raw: bytes) -> str:
    return base64.b64encode(raw).decode()
