"""A world for the sync core: booths, one single window, and a network that does its worst, all from one seed.

What runs is what production runs; clock, network, disks and signatures are stand-ins. `play` raises AssertionError
where a promise is broken.
"""

from __future__ import annotations

import heapq
import itertools
from collections.abc import Callable, Mapping
from dataclasses import replace
from random import Random
from types import MappingProxyType
from typing import Any

from offline_cache.entry import Entry, commit
from offline_cache.errors import DiskFull
from tests.simulation import promises
from tests.simulation.booth import Booth, Killed
from tests.simulation.core import Core
from tests.simulation.faults import CHAOS, PATIENCE, Faults, drawn
from tests.simulation.hub import Hub, Unavailable
from tests.simulation.stand_in import ALERT, DECISION, DELTA, FORGERS_KEY, NOTE, sign

KINDS = (DECISION, DECISION, DECISION, NOTE, NOTE, DELTA, ALERT)
PER_ENTRY = 120
BESIDE = 100
"""Bytes on the wire."""


class World:
    """One schedule."""

    def __init__(self, core: Core, seed: int, under: Mapping[str, Any] = MappingProxyType({})) -> None:
        self.core, self.seed, self.random = core, seed, Random(seed)
        self.now = 0.0
        self.queue: list[tuple[float, int, Callable[[], None]]] = []
        self.ties = itertools.count()
        self.faults: Faults = replace(drawn(self.random), **under)
        self.hub = Hub(core, self.random, self.faults, lambda: self.now)
        booths = 1 if self.faults.flapping else self.random.choice((1, 1, 2, 3))
        self.booths = [Booth(core, f"c{n}", self.random, self.faults) for n in range(1, booths + 1)]
        self.healed = False
        self.requests = 0
        self.in_answer = self.dirty = False
        self.progress = promises.Progress(self)

    def run(self) -> None:
        """Play it to its end."""
        self._plan()
        while self.queue and not (self.healed and promises.all_settled(self)):
            self.now, _, happening = heapq.heappop(self.queue)
            if self.now > CHAOS + PATIENCE:
                break
            happening()
        promises.check_end(self)

    def later(self, delay: float, happening: Callable[[], None]) -> None:
        """In so many seconds."""
        heapq.heappush(self.queue, (self.now + delay, next(self.ties), happening))

    # -- the plan ---------------------------------------------------------------------------------------------------

    def _plan(self) -> None:
        random, faults = self.random, self.faults
        for booth in self.booths:
            self._plan_booth(booth)
        for _ in range(random.choice((0, 2, 9))):
            self.later(random.uniform(0, CHAOS), self._news)
        if faults.full and random.random() < 0.5:
            self._fill(self.hub.disk)
        if faults.window_restored:
            self._restore_later(self.hub.store.backup, self.hub.restore)
        self.later(CHAOS, self._heal)

    def _plan_booth(self, booth: Booth) -> None:
        random, faults = self.random, self.faults
        self.later(0.0, lambda: self._start(booth))
        burst = random.random() < 0.4
        for _ in range(random.randint(1, 10)):
            self.later(random.uniform(0, 2.0 if burst else CHAOS), lambda: self._record(booth))
        if faults.flapping:
            self.progress.flap(booth)
        for _ in range(faults.cuts):
            start = random.uniform(0, CHAOS)
            self.later(start, lambda: booth.link.cut(silent=random.random() < 0.5))
            self.later(start + random.uniform(0.5, 12), booth.link.restore)
        if faults.kill:
            self.later(random.uniform(0, CHAOS), lambda: self._kill(booth))
        if faults.jumps:
            self.later(random.uniform(0, CHAOS), lambda: self._jump(booth))
        if faults.full:
            self._fill(booth.disk)
        if faults.booths_restored and random.random() < 0.6:
            self._restore_later(booth.store.backup, lambda copy: self._restore(booth, copy))

    def _fill(self, disk: Any) -> None:
        start = self.random.uniform(0, CHAOS)
        self.later(start, lambda: setattr(disk, "full", True))
        self.later(start + self.random.uniform(1, 10), lambda: setattr(disk, "full", False))

    def _restore_later(self, backup: Callable[[], Any], restore: Callable[[Any], None]) -> None:
        copies: list[Any] = []
        start = self.random.uniform(0, CHAOS)
        self.later(start, lambda: copies.append(backup()))
        self.later(self.random.uniform(start, CHAOS), lambda: restore(copies[-1]) if copies else None)

    def _heal(self) -> None:
        self.healed = True
        self.faults.heal()
        self.hub.disk.full = False
        if not self.hub.alive:
            self.hub.restart()
        for booth in self.booths:
            booth.disk.full = False
            booth.link.restore()
            if not booth.alive:
                self._start(booth)
            if self.faults.old or not booth.was_restored or self.random.random() < 0.5:
                # with a good last entry, what was set aside before it is confirmed
                booth.session = ""
                self._record(booth)
            self._drive(booth, lambda sync, now: sync.wanted(now))

    def _news(self) -> None:
        try:
            self.hub.news()
        except (Killed, DiskFull):
            self._crash()

    # -- a booth ----------------------------------------------------------------------------------------------------

    def _start(self, booth: Booth) -> None:
        booth.start()
        self._drive(booth, lambda sync, now: sync.started(now))

    def _kill(self, booth: Booth) -> None:
        if booth.alive:
            booth.alive = False
            self.later(self.random.uniform(0.1, 3.0), lambda: None if booth.alive else self._start(booth))

    def _jump(self, booth: Booth) -> None:
        booth.skew = self.random.randint(-5, 5) * 3_600_000
        self.hub.skew = self.random.randint(-5, 5) * 3_600_000
        booth.jumped += self.random.choice((0.0, 30.0, 7_200.0))
        self._drive(booth, lambda sync, now: sync.tick(now))

    def _restore(self, booth: Booth, copy: Any) -> None:
        booth.restore(copy)
        booth.alive = False
        self._start(booth)

    def _record(self, booth: Booth) -> None:
        if not booth.alive:
            return
        for _ in range(self.random.choice((1, 1, 1, 5))):
            kind = self.random.choice(KINDS)
            body = b'{"n":%d,"pad":"%s"}' % (booth.store.head()[0], b"x" * self.random.choice((0, 40, 600)))
            try:
                booth.record(kind, body, self.now)
            except DiskFull:
                return
            except Killed:
                self._kill(booth)
                return
            self._drive(booth, lambda sync, now: sync.appended(now))

    def _drive(self, booth: Booth, event: Callable[[Any, float], list[Any]]) -> None:
        if not booth.alive:
            return
        try:
            effects = event(booth.sync, booth.steady(self.now))
        except Killed:
            self._kill(booth)
            return
        promises.check_effects(self, booth, effects)
        effects_of = self.core.effects
        wake = None
        for effect in effects:
            if isinstance(effect, effects_of.Send):
                self._send(booth, effect)
            elif isinstance(effect, effects_of.Wake):
                wake = effect
            elif isinstance(effect, effects_of.Told):
                booth.said.add(effect.word)
        assert wake is not None, "nothing wakes it any more"
        booth.alarm += 1
        delay = max(0.001, wake.at - booth.steady(self.now))
        self.later(delay, lambda alarm=booth.alarm: self._ring(booth, alarm))  # type: ignore[misc]

    def _ring(self, booth: Booth, alarm: int) -> None:
        if alarm == booth.alarm:
            self._drive(booth, lambda sync, now: sync.tick(now))

    # -- a request --------------------------------------------------------------------------------------------------

    def _send(self, booth: Booth, send: Any) -> None:
        self.requests += 1
        trip = _Trip(self, booth, send)
        if not booth.link.up:
            trip.broke()
        elif booth.connected == booth.link.cuts:
            trip.handed()
        else:
            self.later(2 * self.faults.round_trip, trip.connected)

    def _crash(self) -> None:
        """The single window was killed."""
        if self.hub.alive:
            self.hub.alive = False
            self.later(self.random.uniform(0.1, 3.0), lambda: None if self.hub.alive else self.hub.restart())


class _Trip:
    """A request and its answer on their way."""

    def __init__(self, world: World, booth: Booth, send: Any) -> None:
        self.world, self.booth, self.send = world, booth, send
        self.run, self.cuts = booth.run, booth.link.cuts
        if booth.link.up:
            booth.link.reset.append(self.broke)

    @property
    def intact(self) -> bool:
        return self.booth.link.up and self.cuts == self.booth.link.cuts

    def broke(self) -> None:
        """The connection ended: the booth hears of it, unless it ended in silence."""
        if not self.booth.link.silent or self.booth.link.up:
            self.world.later(0.05, lambda: self._tell(lambda sync, now: sync.failed(self.send.request_id, now)))

    def connected(self) -> None:
        if not self.intact:
            self.broke()
            return
        self.booth.connected = self.cuts
        self._tell(lambda sync, now: sync.progress(self.send.request_id, now))
        if self.run == self.booth.run:
            self.handed()

    def handed(self) -> None:
        request = self.send.request
        size = BESIDE + sum(PER_ENTRY + len(entry.body or b"") // 2 for entry in request.entries)
        self.booth.handed.update(entry.sequence for entry in request.entries)
        self.world.later(0.0, lambda: self._tell(lambda sync, now: sync.handed(self.send.request_id, size, now)))
        self._travel(size, lambda: self._arrive(size))

    def _travel(self, size: int, arrive: Callable[[], None]) -> None:
        random, faults = self.world.random, self.world.faults
        if faults.loss and random.random() < faults.loss:
            return
        copies = 1 + (faults.doubling > 0 and random.random() < faults.doubling)
        for _ in range(copies):
            lag = random.uniform(0, faults.lag) if faults.lag else 0.0
            self.world.later(faults.round_trip / 2 + size / faults.rate + lag, arrive)

    def _arrive(self, size: int) -> None:
        world, hub, faults = self.world, self.world.hub, self.world.faults
        request = self._as_sent()
        try:
            if not hub.alive:
                self.broke()
            elif not self.intact:
                self._arrive_in_part(request)
                self.broke()
            else:
                if faults.garbling and world.random.random() < faults.garbling:
                    request = self._garbled(request)
                reply = hub.answer(self.booth.name, request)
                back = BESIDE + (len(reply) if isinstance(reply, str) else 60 * len(reply.feed))
                self._travel(back, lambda: self._answer(reply, size, back))
        except Unavailable:
            self.broke()
        except Killed:
            world._crash()
            self.broke()

    def _as_sent(self) -> Any:
        """What the packed form leaves: signatures that others cover are gone."""
        request, faults = self.send.request, self.world.faults
        if request.explicit or faults.by_wire or faults.old:
            return request
        return replace(request, entries=self.world.core.packing.covered(request.entries))

    def _arrive_in_part(self, request: Any) -> None:
        entries: tuple[Entry, ...] = request.entries
        if len(entries) > 1 and not self.world.faults.old and not self.world.faults.by_wire:
            self.world.hub.part(self.booth.name, entries[: self.world.random.randrange(len(entries))])

    def _garbled(self, request: Any) -> Any:
        """One entry is not what it was: body and commitment changed alike, or what it is about."""
        if not request.entries:
            return request
        entries = list(request.entries)
        at = self.world.random.randrange(len(entries))
        body = b'{"forged":true}'
        forged = replace(entries[at], body=body, commitment=commit(entries[at].salt, body))
        entries[at] = forged if self.world.random.random() < 0.7 else replace(entries[at], group="forged")
        return replace(request, entries=tuple(entries))

    def _answer(self, reply: Any, sent: int, received: int) -> None:
        if not self.intact:
            self.broke()
            return
        reply = self._unpacked(reply)
        if self.world.random.random() < self.world.faults.garbling:
            reply = self._forged(reply)
        if reply is None:
            self._tell(lambda sync, now: sync.failed(self.send.request_id, now))
            return
        before = self.booth.store.file
        self.world.in_answer = True
        self._tell(lambda sync, now: sync.answered(self.send.request_id, reply, now, sent=sent, received=received))
        self.world.in_answer, self.world.dirty = False, True
        promises.check_settled(self.world, self.booth, before)

    def _unpacked(self, reply: Any) -> Any:
        if not isinstance(reply, str):
            return reply
        import json

        core, booth = self.world.core, self.booth
        try:
            return core.envelope.unpack_reply(
                json.loads(reply), asked=self.send.request.cursors, counter=booth.name, hash_of=booth.store.hash_of
            )
        except core.packing.PackingWrong:
            return None

    def _forged(self, reply: Any) -> Any:
        """An answer that is none, or a receipt that somebody else made up."""
        if reply is None or self.world.random.random() < 0.3:
            return None
        entries = tuple(zip(range(1, 40), self.booth.store.file.hashes, strict=False))
        receipt = replace(reply.receipt or _receipt(self.world, self.booth), entries=entries, counter=self.booth.name)
        if self.world.random.random() < 0.5:
            receipt = replace(receipt, signature=sign(FORGERS_KEY, receipt.signed_bytes()))
        return replace(reply, receipt=receipt)

    def _tell(self, event: Callable[[Any, float], list[Any]]) -> None:
        if self.run == self.booth.run:
            self.world._drive(self.booth, event)


def _receipt(world: World, booth: Booth) -> Any:
    from offline_cache.outbox import Receipt

    return Receipt("w1", "2026-11-21T00:00:00.000Z", booth.name, (), bytes(64))
