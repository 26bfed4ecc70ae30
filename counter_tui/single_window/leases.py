"""Who gives counters their leases: until when they may read what they have cached, and who may sign in there.

A counter's secret stays the same from lease to lease, so that a booth whose lease ran out reads again once it has a new
one. It changes when somebody who could sign in there no longer may, and when `rotate` says so; the one before goes
along for as long as a lease lasts, so that who was off duty finds what was wrapped for them under it.
"""

import base64
import json
import secrets
from collections.abc import Callable, Collection
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from typing import Final, Self

from offline_cache.leases import MAX_SECRETS, Lease, LeaseSecret, names_of, write_lease, write_mark
from offline_cache.sealing import public_from_signing

from ..domain.posts import Counter
from .store import EnrolledCounter, WindowStore

SECRET_BYTES: Final = 32
MARK_EVERY: Final = timedelta(minutes=5)
"""A counter that is connected is told the time so often, where no lease tells it."""


@dataclass(frozen=True, slots=True)
class Terms:
    """For how long a lease lasts, and after how long who is connected gets a new one."""

    lasts: timedelta = timedelta(days=7)
    renewed: timedelta = timedelta(hours=1)


STANDARD: Final = Terms()


@dataclass(frozen=True, slots=True)
class _Made:
    """A secret, since when another has been in its place ("" while it is the newest)."""

    id: str
    value: bytes = field(repr=False)
    superseded: str = ""


@dataclass(frozen=True, slots=True)
class _Book:
    """What is known of a counter's leases: the last number, who might sign in, its secrets, the newest first."""

    number: int = 0
    officers: bytes = b""
    secrets: tuple[_Made, ...] = ()

    @classmethod
    def read(cls, kept: bytes) -> Self:
        number, officers, made = json.loads(kept)
        return cls(number, base64.b64decode(officers), tuple(_Made(i, base64.b64decode(v), s) for i, v, s in made))

    def to_bytes(self) -> bytes:
        made = [(one.id, _text(one.value), one.superseded) for one in self.secrets]
        return json.dumps((self.number, _text(self.officers), made)).encode()


class LeaseOffice:
    """Makes leases and marks of time. For one thread: it is the store's."""

    def __init__(
        self,
        store: WindowStore,
        sign: Callable[[bytes], bytes],
        realm: str,
        officers: Callable[[Counter], Collection[str]],
        clock: Callable[[], datetime],
        terms: Terms,
    ) -> None:
        """`officers` tells the ids of who may sign in at a counter now."""
        self._store, self._sign, self._realm = store, sign, realm
        self._officers, self._clock, self._terms = officers, clock, terms
        self._leased: dict[str, datetime] = {}
        self._marked: dict[str, datetime] = {}

    def first(self, enrolled: EnrolledCounter) -> bytes:
        """The first lease of a counter that has just enrolled: its secrets are new, whoever had its id before."""
        book = self._book(enrolled.counter.id)
        return self._lease(enrolled, replace(book, secrets=(self._made(),)))

    def notices_for(self, enrolled: EnrolledCounter) -> tuple[bytes, ...]:
        """What is due to a counter that calls: a lease, or a mark of time, or nothing."""
        counter, now = enrolled.counter.id, self._clock()
        if self._due(self._leased.get(counter), self._terms.renewed) or self._somebody_left(enrolled):
            return (self.lease(enrolled),)
        if self._due(self._marked.get(counter), MARK_EVERY):
            self._marked[counter] = now
            return (write_mark(counter, self._realm, _stamp(now), self._sign),)
        return ()

    def lease(self, enrolled: EnrolledCounter) -> bytes:
        """A new lease, now: for one that calls, or to be carried to it by hand."""
        book = self._book(enrolled.counter.id)
        if not book.secrets or self._somebody_left(enrolled):
            book = self._rotated(book)
        return self._lease(enrolled, book)

    def rotate(self, enrolled: EnrolledCounter) -> bytes:
        """A new lease with a new secret."""
        return self._lease(enrolled, self._rotated(self._book(enrolled.counter.id)))

    def _due(self, last: datetime | None, every: timedelta) -> bool:
        return last is None or abs(self._clock() - last) >= every

    def _somebody_left(self, enrolled: EnrolledCounter) -> bool:
        """Whether one of those whom the last lease named may no longer sign in."""
        then, now = self._book(enrolled.counter.id).officers, names_of(self._officers(enrolled.counter))
        return bool(_each(then) - _each(now))

    def _lease(self, enrolled: EnrolledCounter, book: _Book) -> bytes:
        now = self._clock()
        counter, ends = enrolled.counter.id, _stamp(now + self._terms.lasts)
        known = tuple(one for one in book.secrets if not one.superseded or self._until(one) > _stamp(now))
        # above the last one, also where this store was restored from an older copy
        number = max(book.number + 1, int(now.timestamp()))
        book = _Book(number, names_of(self._officers(enrolled.counter)), known[:MAX_SECRETS])
        granted = tuple(LeaseSecret(s.id, self._until(s) if s.superseded else ends, s.value) for s in book.secrets)
        lease = Lease(counter, self._realm, number, _stamp(now), book.officers, granted)
        self._store.put_setting(_setting(counter), book.to_bytes())
        self._leased[counter] = self._marked[counter] = now
        return write_lease(lease, enrolled.exchange_key or public_from_signing(enrolled.public_key), self._sign)

    def _until(self, made: _Made) -> str:
        return _stamp(datetime.fromisoformat(made.superseded) + self._terms.lasts)

    def _rotated(self, book: _Book) -> _Book:
        now = _stamp(self._clock())
        before = tuple(one if one.superseded else replace(one, superseded=now) for one in book.secrets)
        return replace(book, secrets=(self._made(), *before))

    def _made(self) -> _Made:
        return _Made(secrets.token_hex(4), secrets.token_bytes(SECRET_BYTES))

    def _book(self, counter: str) -> _Book:
        kept = self._store.find_setting(_setting(counter))
        return _Book.read(kept) if kept else _Book()


def _each(officers: bytes) -> frozenset[bytes]:
    return frozenset(officers[at : at + 4] for at in range(0, len(officers), 4))


def _setting(counter: str) -> str:
    return f"lease/{counter}"


def _stamp(moment: datetime) -> str:
    return moment.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")


def _text(raw: bytes) -> str:
    return base64.b64encode(raw).decode()
