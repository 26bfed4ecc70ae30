"""Leases and marks of time: what the single window grants a counter for a while, signed, and how the counter keeps it.

A notice is 64 bytes of signature (Ed25519) and then UTF-8 JSON; the signature covers that JSON under a tag of its own.
`mark` says what time it is at the single window. `lease` says so too, and: until when the counter may read what it has
cached, who may sign in there, and the secrets that its partitions are wrapped under (see `partitions`), each sealed to
the counter's X25519 key and good until an end of its own. Leases are numbered; an older one is not taken.

At its end a secret is destroyed here: overwritten in the file, and the log emptied. Time is what the caller says it is:
the greatest that is known to have been, so that a clock that is set back gives nothing back. Times are ISO 8601 UTC
with milliseconds (`2026-11-21T05:14:02.000Z`).
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import json
import re
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final, cast

from .entry import encode
from .errors import NoticeWrong, SealBroken
from .records import Settings
from .sealing import Opener, Sealer
from .signing import verify

if TYPE_CHECKING:
    from .vault import Vault

LEASE: Final = "lease"
MARK: Final = "mark"
MAX_NOTICE: Final = 4096
MAX_SECRETS: Final = 4
_TAG: Final = b"offline_cache notice 1"
_SECRET_TAG: Final = b"offline_cache lease secret 1"
_SIGNATURE: Final = 64
_SECRET: Final = 32
_OFFICER: Final = 4
_TIME: Final = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z")
_ID: Final = re.compile(r"[A-Za-z0-9._-]{1,32}")


@dataclass(frozen=True, slots=True)
class LeaseSecret:
    """A secret under its id, good until its end; `value` is 32 bytes, sealed as long as it is part of a notice."""

    id: str
    until: str
    value: bytes

    def __repr__(self) -> str:
        return f"LeaseSecret({self.id!r}, {self.until!r})"


@dataclass(frozen=True, slots=True)
class Lease:
    """What a lease says. `officers`: who may sign in, as `names_of` has them; the first of `secrets` is the newest."""

    counter: str
    realm: str
    number: int
    issued: str
    officers: bytes
    secrets: tuple[LeaseSecret, ...]

    @property
    def expires(self) -> str:
        """Until when the counter may read."""
        return self.secrets[0].until

    def allows(self, officer: str) -> bool:
        """Whether this person may sign in."""
        name = names_of((officer,))
        return any(self.officers[at : at + _OFFICER] == name for at in range(0, len(self.officers), _OFFICER))


def names_of(officers: Collection[str]) -> bytes:
    """Four bytes of each id's SHA-256, in order: so that a notice for hundreds of them stays small."""
    return b"".join(sorted(hashlib.sha256(officer.encode()).digest()[:_OFFICER] for officer in officers))


def write_lease(lease: Lease, exchange_key: bytes, sign: Callable[[bytes], bytes]) -> bytes:
    """The notice of a lease whose secrets are in clear, for the counter with this X25519 key.

    Raises ValueError if it says what no counter would take, or is too large.
    """
    sealer = Sealer(exchange_key)
    secrets = [
        (one.id, one.until, _text(sealer.seal(one.value, _about(lease.counter, one.id)))) for one in lease.secrets
    ]
    said = {
        "counter": lease.counter,
        "realm": lease.realm,
        "number": lease.number,
        "issued": lease.issued,
        "officers": _text(lease.officers),
        "secrets": secrets,
    }
    return _signed({"kind": LEASE} | said, sign)


def write_mark(counter: str, realm: str, issued: str, sign: Callable[[bytes], bytes]) -> bytes:
    """The notice of what time it is."""
    return _signed({"kind": MARK, "counter": counter, "realm": realm, "issued": issued}, sign)


def _signed(said: Mapping[str, Any], sign: Callable[[bytes], bytes]) -> bytes:
    body = json.dumps(said, ensure_ascii=False, separators=(",", ":")).encode()
    notice = sign(encode(_TAG, (body,))) + body
    if len(notice) > MAX_NOTICE:
        raise ValueError("notice")
    return notice


def kind_of(notice: bytes) -> str:
    """What a notice says it is, unchecked: good only for finding who knows it; "" for what does not read."""
    try:
        return str(json.loads(notice[_SIGNATURE:MAX_NOTICE])["kind"])
    except (ValueError, KeyError, TypeError, RecursionError):
        return ""


class Leases:
    """The lease that a counter holds, in its vault."""

    def __init__(self, vault: Vault, counter: str, realm: str, *, window_key: bytes, exchange_private: bytes) -> None:
        """`window_key` is the single window's Ed25519 key, `exchange_private` the counter's own X25519 key."""
        self._vault, self._settings = vault, Settings(vault)
        self._counter, self._realm = counter, realm
        self._window_key, self._exchange_private = window_key, exchange_private
        kept = self._settings.find(LEASE)
        self.held: Lease | None = _lease(json.loads(kept)) if kept else None

    def take(self, notice: bytes) -> str:
        """Take a lease or a mark; durable when this returns. Returns the time that it says it is.

        Raises NoticeWrong: `notice.malformed`, `notice.forged`, `notice.other-counter`, `notice.older` (a lease with a
        lower number than the one that is held). The same lease once more is no error, and changes nothing.
        """
        said = self._checked(notice)
        if said.get("kind") == LEASE:
            self._keep(_lease(said))
        elif said.get("kind") != MARK:
            raise NoticeWrong("notice.malformed")
        return _time(said.get("issued"))

    def _checked(self, notice: bytes) -> dict[str, Any]:
        if not _SIGNATURE < len(notice) <= MAX_NOTICE:
            raise NoticeWrong("notice.malformed")
        body = notice[_SIGNATURE:]
        if not verify(self._window_key, encode(_TAG, (body,)), notice[:_SIGNATURE]):
            raise NoticeWrong("notice.forged")
        try:
            said = json.loads(body)
        except (ValueError, RecursionError):
            raise NoticeWrong("notice.malformed") from None
        if not isinstance(said, dict) or (said.get("counter"), said.get("realm")) != (self._counter, self._realm):
            raise NoticeWrong("notice.other-counter")
        return said

    def _keep(self, lease: Lease) -> None:
        if self.held is not None and lease.number <= self.held.number:
            if lease.number < self.held.number:
                raise NoticeWrong("notice.older", number=lease.number, held=self.held.number)
            return
        opener = Opener(self._exchange_private)
        try:
            secrets = [(one.id, opener.open(one.value, _about(self._counter, one.id))) for one in lease.secrets]
        except SealBroken:
            raise NoticeWrong("notice.malformed") from None
        if any(len(secret) != _SECRET for _, secret in secrets):
            raise NoticeWrong("notice.malformed")
        with self._vault.transaction():
            for gone in {one.id for one in self.held.secrets} - {one.id for one in lease.secrets} if self.held else ():
                self._forget(gone)
            for secret_id, secret in secrets:
                self._settings.set(_setting(secret_id), secret)
            self._settings.set(LEASE, _kept(lease))
        self.held = lease

    def secrets(self, now: str) -> dict[str, bytes]:
        """The secrets that hold, by id, the newest first; those that are over are destroyed before this returns."""
        self.end(now)
        held = self.held.secrets if self.held else ()
        found = ((one.id, self._settings.find(_setting(one.id))) for one in held)
        return {secret_id: secret for secret_id, secret in found if secret}

    def end(self, now: str) -> bool:
        """Destroy the secrets that are over. Whether there were any."""
        over = [one.id for one in self.held.secrets if one.until <= now] if self.held else []
        gone = [secret_id for secret_id in over if self._settings.find(_setting(secret_id))]
        if gone:
            with self._vault.transaction():
                for secret_id in gone:
                    self._forget(secret_id)
            if not self._vault.in_transaction:
                self._vault.shrink_log()
        return bool(gone)

    def holds(self, now: str) -> bool:
        """Whether there is a lease, and it is not over."""
        return self.held is not None and now < self.held.expires

    def destroy(self) -> None:
        """Destroy every secret: the counter reads nothing until it is given a newer lease."""
        with self._vault.transaction():
            for one in self.held.secrets if self.held else ():
                self._forget(one.id)
        self._vault.shrink_log()

    def _forget(self, secret_id: str) -> None:
        self._settings.set(_setting(secret_id), bytes(_SECRET))
        self._settings.set(_setting(secret_id), b"")


def _setting(secret_id: str) -> str:
    return f"{LEASE}/{secret_id}"


def _about(counter: str, secret_id: str) -> bytes:
    return encode(_SECRET_TAG, (counter.encode(), secret_id.encode()))


def _kept(lease: Lease) -> bytes:
    """A lease without its secrets."""
    kept = {name: getattr(lease, name) for name in ("counter", "realm", "number", "issued")}
    secrets = [(one.id, one.until, "") for one in lease.secrets]
    return json.dumps(kept | {"officers": _text(lease.officers), "secrets": secrets}).encode()


def _lease(said: Mapping[str, Any]) -> Lease:
    try:
        number, secrets = said["number"], cast("Sequence[Sequence[Any]]", said["secrets"])
        if not isinstance(number, int) or not 0 <= number < 1 << 63 or not 1 <= len(secrets) <= MAX_SECRETS:
            raise NoticeWrong("notice.malformed")
        return Lease(
            said["counter"],
            said["realm"],
            number,
            _time(said["issued"]),
            base64.b64decode(said["officers"], validate=True),
            tuple(LeaseSecret(_id(one), _time(until), base64.b64decode(value)) for one, until, value in secrets),
        )
    except (KeyError, TypeError, ValueError, binascii.Error):
        raise NoticeWrong("notice.malformed") from None


def _time(said: object) -> str:
    if not isinstance(said, str) or not _TIME.fullmatch(said):
        raise NoticeWrong("notice.malformed")
    return said


def _id(said: object) -> str:
    if not isinstance(said, str) or not _ID.fullmatch(said):
        raise NoticeWrong("notice.malformed")
    return said


def _text(raw: bytes) -> str:
    return base64.b64encode(raw).decode()
