"""Who tells counters of each other's keys, and of the people there and theirs, for signing from another counter.

What a counter was told has a number; it is told anew when that is no longer so. Nothing tells that it arrived, so it is
handed out again, ever more seldom. A post with one counter has nothing to tell.
"""

import hashlib
from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from typing import Annotated, Final

from pydantic import Field

from ..domain.coding import to_json
from ..domain.posts import Counter, Officer
from ..link import wire
from ..link.directory import KIND, MAX_COUNTERS, CounterKey, DirectoryNotice, PersonKeys
from .rosters import AGAIN
from .store import EnrolledCounter, WindowStore

LOOKS_EVERY: Final = timedelta(minutes=5)
"""So often it is looked whether the keys are still those: a counter calls every few seconds."""


class _Told(wire.Message):
    """What a counter was told: SHA-256 of it in hex, its number, and how often it was handed out."""

    digest: str
    number: Annotated[int, Field(ge=0)]
    handed: int = 0


class DirectoryOffice:
    """Makes notices of keys. For one thread: it is the store's."""

    def __init__(
        self,
        store: WindowStore,
        sign: Callable[[bytes], bytes],
        realm: str,
        staff: Callable[[Counter], Sequence[Officer]],
        clock: Callable[[], datetime],
    ) -> None:
        """`staff` tells who may sign in at a counter now."""
        self._store, self._sign, self._realm, self._staff, self._clock = store, sign, realm, staff, clock
        self._looked: dict[str, datetime] = {}
        self._last: dict[str, datetime] = {}

    def notices_for(self, enrolled: EnrolledCounter) -> tuple[bytes, ...]:
        """What is due to a counter that calls: the keys of the others, or nothing."""
        counter, now = enrolled.counter.id, self._clock()
        looked = self._looked.get(counter)
        if looked is not None and abs(now - looked) < LOOKS_EVERY:
            return ()
        self._looked[counter] = now
        counters, people = self._keys(counter)
        told = self._current(counter, counters, people)
        if not told.number:
            return ()
        last = self._last.get(counter) if told.handed else None
        if last is not None and abs(now - last) < AGAIN[min(told.handed, len(AGAIN)) - 1]:
            return ()
        self._last[counter] = now
        self._keep(counter, told.model_copy(update={"handed": min(told.handed + 1, len(AGAIN))}))
        return self._written(enrolled, told.number, counters, people)

    def by_hand(self, enrolled: EnrolledCounter) -> tuple[bytes, ...]:
        """What is to be carried to a counter: the keys of the others, each time, or nothing where there are none."""
        counter = enrolled.counter.id
        counters, people = self._keys(counter)
        told = self._current(counter, counters, people)
        if not told.number:
            return ()
        self._keep(counter, told)
        return self._written(enrolled, told.number, counters, people)

    def changed(self) -> None:
        """A counter has come or gone: whoever calls next is told."""
        self._looked.clear()

    def _written(
        self,
        enrolled: EnrolledCounter,
        number: int,
        counters: tuple[CounterKey, ...],
        people: tuple[PersonKeys, ...],
    ) -> tuple[bytes, ...]:
        said = DirectoryNotice(
            kind=KIND, counter=enrolled.counter.id, realm=self._realm, number=number, counters=counters, people=people
        )
        try:
            return (said.signed(self._sign, enrolled.public_key),)
        except ValueError:
            return ()  # more keys than a counter takes: it is signed for beside, or confirmed at other counters

    def _keys(self, but: str) -> tuple[tuple[CounterKey, ...], tuple[PersonKeys, ...]]:
        others = [
            line.enrolled for line in self._store.counters() if line.enrolled.counter.id != but and not line.revoked
        ]
        held: dict[str, PersonKeys] = {}
        for one in others[:MAX_COUNTERS]:
            for officer in self._staff(one.counter):
                keys = self._store.officer_keys(one.counter.id, officer.id)
                if keys:
                    before = held.get(officer.id) or PersonKeys(officer=officer.id, keys=(), who=officer)
                    added = {"keys": (*before.keys, keys[0]), "at": (*before.at, one.counter.id)}
                    held[officer.id] = before.model_copy(update=added)
        counters = tuple(CounterKey(counter=one.counter.id, key=one.public_key) for one in others[:MAX_COUNTERS])
        return counters, tuple(line for _, line in sorted(held.items()))

    def _current(self, counter: str, counters: tuple[CounterKey, ...], people: tuple[PersonKeys, ...]) -> _Told:
        """What it is told, under the number that it has, or a new one where it has changed.

        Number 0 stands for nothing: no other counter was there ever. One that is gone is told of.
        """
        # a set of agencies has no order on the wire: people are reckoned as they are kept, in order
        plain = (one.model_copy(update={"who": None}).to_bytes() + to_json(one.who) for one in people)
        said = b"".join((*(one.to_bytes() for one in counters), *plain))
        digest = hashlib.sha256(said).hexdigest()
        kept = self._store.find_setting(_setting(counter))
        told = _Told.model_validate_json(kept) if kept else _Told(digest="", number=0)
        if told.digest == digest or (not counters and not told.number):
            return told
        # above the last one, also where this store was restored from an older copy
        return _Told(digest=digest, number=max(told.number + 1, int(self._clock().timestamp())))

    def _keep(self, counter: str, told: _Told) -> None:
        self._store.put_setting(_setting(counter), told.to_bytes())


def _setting(counter: str) -> str:
    return f"directory/{counter}"
