"""The single window of the simulation: its disk, and the program that answers."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from random import Random
from typing import Any

from offline_cache.entry import Entry
from offline_cache.errors import CacheError
from tests.simulation.booth import DAY, FaultyDisk, stamp
from tests.simulation.core import Core
from tests.simulation.faults import Faults
from tests.simulation.stand_in import (
    ALERT,
    DECISION,
    REALM,
    SESSION,
    WINDOW_KEY,
    certificate,
    rank_of,
    session_key,
    sign,
    verify,
)

Stored = tuple[str, int, bytes]


class Unavailable(Exception):  # noqa: N818 - what the counter sees
    """No answer, at once."""


class Hub:
    """The single window. `ever` is all that it ever had on disk: what may be called received."""

    def __init__(self, core: Core, random: Random, faults: Faults, now: Callable[[], float]) -> None:
        self.core, self.random, self.faults, self._now = core, random, faults, now
        self.disk = FaultyDisk(random, faults)
        self.store = core.memory.MemoryWindowStore(
            lambda: DAY + int(now() * 1000), core.memory.Disk(self.disk.before, self._written)
        )
        self.skew = 0
        self.spoilt = bool(faults.garbling or faults.bad)
        self.alive = True
        self.ever: set[Stored] = set()
        self.items = 0
        self.restored_at = self.counted = 0
        self.set_back: set[tuple[str, str]] = set()
        self.sync = self._started()

    def _started(self) -> Any:
        return self.core.window_sync.WindowSync(
            self.store,
            sign=lambda message: sign(WINDOW_KEY, message),
            name="w1",
            realm=REALM,
            clock=lambda: stamp(DAY + int(self._now() * 1000) + self.skew),
            rank_of=rank_of,
            keys_for=self._keys_for,
            taken=self._taken,
            verify=verify,
        )

    def _written(self) -> None:
        stored = self.store.file.stored
        for entry in stored[self.counted :]:
            self.ever.add((entry.counter, entry.sequence, entry.hash()))
        self.counted = len(stored)
        self.disk.after()

    def restart(self) -> None:
        """The program starts again."""
        self.alive, self.sync = True, self._started()

    def _keys_for(self, counter: str, entries: Sequence[Entry]) -> Callable[[str], bytes | None]:
        opened = {
            entry.session
            for entry in entries
            if entry.kind == SESSION and entry.body == certificate(counter, entry.session)
        }

        def find(session: str) -> bytes | None:
            known: bytes | None = self.store.find_session(counter, session)
            return known or (session_key(counter, session) if session in opened else None)

        return find

    def _taken(self, counter: str, entry: Entry) -> None:
        held = ((one.counter, one.sequence) for one in self.store.file.stored)
        assert (counter, entry.sequence) not in held, "taken twice"
        if entry.kind == SESSION:
            self.store.put_session(counter, entry.session, session_key(counter, entry.session))
        elif entry.kind in {ALERT, DECISION}:
            self.put(entry.kind, f"{counter}/{entry.sequence}", entry.body or b"", counter)

    def put(self, kind: str, key: str, body: bytes, origin: str = "") -> None:
        """An item of the feed."""
        item = self.core.messages.Item(kind, key, origin or "immigration", stamp(DAY), body, rank_of(kind))
        self.store.put_feed(item, origin)

    def news(self) -> None:
        """An agency has something new."""
        self.items += 1
        kind = self.random.choice((ALERT, "section"))
        self.put(kind, f"k{self.random.randrange(2)}", b'{"number":%d}' % self.items)

    def answer(self, counter: str, request: Any) -> Any:
        """What is answered to a request that arrived whole. Raises Unavailable, Killed."""
        faults = self.faults
        try:
            if faults.old:
                return self._as_of_old(counter, request)
            reply = self._by_wire(counter, request) if faults.by_wire else self.sync.sync(counter, request)
        except CacheError as error:
            raise Unavailable from error
        spoilt = self.spoilt or faults.booths_restored or faults.window_restored
        assert spoilt or not reply.explicit, "a run that nobody spoilt was taken for broken"
        return json.dumps(self.core.envelope.pack_reply(reply, asked=request.cursors)) if faults.by_wire else reply

    def _as_of_old(self, counter: str, request: Any) -> Any:
        """Between a counter and a single window of which one knows version 1 only."""
        messages = self.core.messages
        cursor = min(request.cursors)
        request = messages.Request(1, (cursor,) * 4, request.room, request.entries)
        reply = self.sync.sync(counter, request)
        refused = tuple(messages.Refused(one.sequence, one.reason) for one in reply.refused)
        return messages.Reply(
            reply.receipt, reply.head, refused, reply.feed, reply.cursors, reply.more, reply.time, version=1
        )

    def _by_wire(self, counter: str, request: Any) -> Any:
        """Through the packed form, as text."""
        envelope, packing = self.core.envelope, self.core.packing
        text = json.dumps(envelope.pack_request(request))
        try:
            arrived = envelope.unpack_request(
                json.loads(text), counter=counter, realm=REALM, hash_before=self.sync.hash_before(counter)
            )
        except packing.PackingWrong as wrong:
            if wrong.code != "packing.unknown-previous":
                raise
            return self.sync.unlinked(counter)
        return self.sync.sync(counter, arrived)

    def part(self, counter: str, entries: Sequence[Entry]) -> None:
        """What came of a request that broke off. Raises Unavailable, Killed."""
        try:
            self.sync.part(counter, entries)
        except CacheError as error:
            raise Unavailable from error

    def restore(self, copy: Any) -> None:
        """Its disk is an older copy."""
        here = {(at.item.kind, at.item.key): at.position for at in self.store.file.feed}
        self.store.restore(copy)
        for at in copy.feed:
            key = (at.item.kind, at.item.key)
            if here.get(key) != at.position:
                self.set_back.add(key)
        self.counted = len(copy.stored)
        self.restored_at = DAY + int(self._now() * 1000)
