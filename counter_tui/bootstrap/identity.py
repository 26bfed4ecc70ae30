"""What enrolment gave this counter, as it stands in its vault: who it is, whom it trusts, who may sign in."""

import base64
import json
from dataclasses import dataclass, field, replace
from typing import Any

from offline_cache import Settings

from ..domain.coding import to_json
from ..domain.posts import Counter, Officer, Post
from ..domain.words import Agency, Direction, Role
from ..errors import StoreError
from ..link.values import Enrolment

_NAME = "identity"
_FIRST_LEASE = "first lease"


@dataclass(frozen=True, slots=True)
class Person:
    """A person of the roster; `wrapped` (base64) opens with their PIN."""

    officer: Officer
    public_key: str
    wrapped: str = field(repr=False)


@dataclass(slots=True)
class Identity:
    """The counter, its key pair (base64, Ed25519), the single window's key, and the roster.

    A booth has one for its life, and all its parts see the same: only the roster changes meanwhile (see `rosters`).
    `roster_number` is that of the notice that it is from, 0 for the enrolment; `former` were on it with that key.

    The exchange keys (base64, X25519) are what is sealed to this counter and to its single window. `address` is the
    single window's URL, `authority` whom its certificate is of (base64, DER). "" where there is none: in the demo.
    `lease` (base64) is the notice that came with the enrolment; it is kept apart, until it is taken.
    """

    counter: Counter
    post: Post
    realm: str
    window: str
    window_key: str
    token: str = field(repr=False)
    public: str
    private: str = field(repr=False)
    roster: tuple[Person, ...]
    exchange_public: str = ""
    exchange_private: str = field(default="", repr=False)
    window_exchange_key: str = ""
    address: str = ""
    authority: str = ""
    lease: str = field(default="", repr=False)
    roster_number: int = 0
    former: tuple[Person, ...] = ()

    def person(self, officer: str) -> Person | None:
        """The person of this id, if they may sign in."""
        return next((p for p in self.roster if p.officer.id == officer), None)

    def known(self, officer: str) -> tuple[Person, ...]:
        """The person of this id with each key that they were ever given here, the newest first."""
        return tuple(p for p in (*self.roster, *self.former) if p.officer.id == officer)


def text(raw: bytes) -> str:
    """Base64."""
    return base64.b64encode(raw).decode()


def raw(text_: str) -> bytes:
    """From base64."""
    return base64.b64decode(text_)


def identity_of(enrolment: Enrolment, public: bytes, private: bytes) -> Identity:
    """What is kept of an enrolment."""
    return Identity(
        counter=enrolment.counter,
        post=enrolment.post,
        realm=enrolment.realm,
        window=enrolment.window,
        window_key=text(enrolment.window_public_key),
        token=enrolment.token,
        public=text(public),
        private=text(private),
        roster=tuple(Person(p.officer, text(p.public_key), text(p.wrapped)) for p in enrolment.roster),
        window_exchange_key=text(enrolment.window_exchange_key),
        lease=text(enrolment.lease),
    )


def find_identity(settings: Settings) -> Identity | None:
    """Who this counter is; None before it is enrolled. Raises StoreError `store.identity-unreadable`."""
    body = settings.find(_NAME)
    if body is None:
        return None
    try:
        return _identity(json.loads(body))
    except (ValueError, KeyError, TypeError, RecursionError):
        raise StoreError("store.identity-unreadable") from None


def keep_identity(settings: Settings, identity: Identity) -> None:
    """Write it down; durable when this returns."""
    if identity.lease:
        settings.set(_FIRST_LEASE, raw(identity.lease))
    settings.set(_NAME, to_json(replace(identity, lease="")))


def take_first_lease(settings: Settings) -> bytes:
    """The lease that came with the enrolment, once: it holds a secret, and does not stay."""
    lease = settings.find(_FIRST_LEASE) or b""
    if lease:
        settings.set(_FIRST_LEASE, bytes(len(lease)))
        settings.set(_FIRST_LEASE, b"")
    return lease


def _identity(held: dict[str, Any]) -> Identity:
    """By hand: it stands between the first screen and the PIN, and a validator takes 80 ms to load."""
    counter = held["counter"] | {
        "direction": Direction(held["counter"]["direction"]),
        "agencies": frozenset(map(Agency, held["counter"]["agencies"])),
    }
    people = {name: tuple(map(_person, held.get(name, ()))) for name in ("roster", "former")}
    return Identity(**held | people | {"counter": Counter(**counter), "post": Post(**held["post"])})


def _person(held: dict[str, Any]) -> Person:
    officer = held["officer"] | {
        "agency": Agency(held["officer"]["agency"]),
        "role": Role(held["officer"]["role"]),
        "acts_for": frozenset(map(Agency, held["officer"]["acts_for"])),
    }
    return Person(**held | {"officer": Officer(**officer)})
