"""A world for the sync core: one counter, one single window, and a network that does its worst, all from one seed.

What runs is what production runs (`CounterSync`, `judge`, entries and their hashes, and in one variant the vault, the
journal and the outbox); the clock, the network and, in the other variant, the counter's disk are stand-ins.
"""

from __future__ import annotations

import heapq
import itertools
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from pathlib import Path
from random import Random
from typing import Protocol

from offline_cache import (
    COUNTER_SCHEMA,
    GENESIS,
    Answer,
    CounterSync,
    Entry,
    Journal,
    KnownCounter,
    Outbox,
    Receipt,
    Send,
    Vault,
    Wake,
    commit,
    judge,
)
from offline_cache.sync.window import after
from tests.unit.offline_cache.cache_rig import KEY, at, cheap_sign, cheap_verify, salt

SESSION_KEY = b"session"
WINDOW_KEY = b"window"
HEALED = 60.0
PATIENCE = 120.0
HARDLY_ANY_BYTES = 400


class Store(Protocol):
    """The counter's disk."""

    def append(self, body: bytes, key: bytes) -> None: ...
    def restart(self) -> None: ...
    def waiting(self, limit: int) -> list[Entry]: ...
    def waiting_count(self) -> int: ...
    def receive(self, receipt: Receipt) -> int: ...
    def refuse(self, sequence: int, reason: str) -> None: ...
    def rewind(self, sequence: int, digest: bytes) -> None: ...
    def entries(self) -> list[Entry]: ...
    def received(self) -> set[int]: ...
    def refused(self) -> set[int]: ...


class MemoryStore:
    """A disk that needs no time."""

    def __init__(self) -> None:
        self.held: list[Entry] = []
        self.settled: dict[int, str] = {}

    def append(self, body: bytes, key: bytes) -> None:
        number = len(self.held) + 1
        previous = self.held[-1].hash() if self.held else GENESIS
        seasoning = salt(number)
        header = ("c1", number, previous, at(number), "demo", "k", "", "s1", commit(seasoning, body))
        entry = Entry(*header, seasoning, body, b"")
        self.held.append(replace(entry, signature=cheap_sign(key, entry.signed_bytes())))

    def restart(self) -> None:
        pass

    def waiting(self, limit: int) -> list[Entry]:
        return list(itertools.islice((entry for entry in self.held if entry.sequence not in self.settled), limit))

    def waiting_count(self) -> int:
        return len(self.held) - len(self.settled)

    def receive(self, receipt: Receipt) -> int:
        assert cheap_verify(WINDOW_KEY, receipt.signed_bytes(), receipt.signature)
        news = 0
        for sequence, digest in receipt.entries:
            assert self.held[sequence - 1].hash() == digest
            news += self.settled.get(sequence) != "received"
            self.settled[sequence] = "received"
        return news

    def refuse(self, sequence: int, reason: str) -> None:
        self.settled.setdefault(sequence, reason)

    def rewind(self, sequence: int, digest: bytes) -> None:
        assert sequence == 0 or self.held[sequence - 1].hash() == digest
        self.settled = {number: state for number, state in self.settled.items() if number <= sequence}

    def entries(self) -> list[Entry]:
        return self.held

    def received(self) -> set[int]:
        return {sequence for sequence, state in self.settled.items() if state == "received"}

    def refused(self) -> set[int]:
        return set(self.settled) - self.received()


class VaultStore:
    """The real one; a restart closes it and opens it again."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._open(Vault.create(path, KEY, COUNTER_SCHEMA))

    def _open(self, vault: Vault) -> None:
        self.vault, self.journal, self.outbox = vault, Journal(vault, "c1", "demo"), Outbox(vault, "c1")

    def append(self, body: bytes, key: bytes) -> None:
        number = self.journal.count() + 1
        self.journal.append(
            "k",
            "",
            body,
            recorded_at=at(number),
            session="s1",
            sign=lambda message: cheap_sign(key, message),
            salt=salt(number),
        )

    def restart(self) -> None:
        self.vault.close()
        self._open(Vault.open(self._path, KEY, COUNTER_SCHEMA))

    def waiting(self, limit: int) -> list[Entry]:
        return self.outbox.waiting(limit, HARDLY_ANY_BYTES)

    def waiting_count(self) -> int:
        return self.outbox.summary().waiting

    def receive(self, receipt: Receipt) -> int:
        return self.outbox.receive(receipt, WINDOW_KEY, cheap_verify)

    def refuse(self, sequence: int, reason: str) -> None:
        self.outbox.refuse(sequence, reason, at(sequence))

    def rewind(self, sequence: int, digest: bytes) -> None:
        self.outbox.rewind(sequence, digest)

    def entries(self) -> list[Entry]:
        return list(self.journal.entries())

    def received(self) -> set[int]:
        return {state.sequence for state in self.outbox.states(1000) if state.state == "received"}

    def refused(self) -> set[int]:
        return {state.sequence for state in self.outbox.states(1000) if state.state == "refused"}


@dataclass(frozen=True)
class Request:
    run: int
    number: int
    entries: tuple[Entry, ...]
    cursor: int


@dataclass(frozen=True)
class Response:
    request: Request
    receipt: Receipt | None
    refused: tuple[tuple[int, str], ...]
    gap: bool
    head: tuple[int, bytes]
    feed: tuple[int, ...]
    more: bool


@dataclass(frozen=True)
class WindowDisk:
    """What the single window has on disk; replaced whole, as a transaction does."""

    known: KnownCounter = field(default_factory=lambda: KnownCounter("c1", "demo"))
    stored: tuple[tuple[int, bytes, bytes | None], ...] = ()


@dataclass
class World:
    """One schedule; `run` plays it, checks on the way, and raises AssertionError where a promise is broken."""

    seed: int
    store: Store
    restores: bool = False
    now: float = 0.0
    down: bool = False
    silent: bool = False
    run_number: int = 0
    under_way: int | None = None
    feed: list[int] = field(default_factory=list)
    held_feed: list[int] = field(default_factory=list)
    disk: WindowDisk = field(default_factory=WindowDisk)
    backup: WindowDisk = field(default_factory=WindowDisk)
    ever_stored: set[tuple[int, bytes]] = field(default_factory=set)
    bad: set[int] = field(default_factory=set)
    alarm: int = 0
    requests: int = 0

    def __post_init__(self) -> None:
        self.random = Random(self.seed)
        self.queue: list[tuple[float, int, Callable[[], None]]] = []
        self.ties = itertools.count()
        self.loss = self.random.choice([0.0, 0.1, 0.4])
        self.doubling = self.random.choice([0.0, 0.2])
        self.lag = self.random.choice([0.1, 1.0, 12.0])
        self.sync = CounterSync()

    def run(self) -> None:
        self._plan()
        self._start()
        while self.queue and self.now < HEALED + PATIENCE and not (self.now > HEALED and self._settled()):
            self.now, _, happening = heapq.heappop(self.queue)
            happening()
        self._check_end()

    def _plan(self) -> None:
        for number in range(self.random.randint(1, 24)):
            self._later(self.random.uniform(0, HEALED), lambda number=number: self._append(number))  # type: ignore[misc]
        for _ in range(self.random.randint(0, 6)):
            self._later(self.random.uniform(0, HEALED), lambda: self.feed.append(len(self.feed) + 1))
        for _ in range(self.random.randint(0, 3)):
            start = self.random.uniform(0, HEALED)
            self._later(start, lambda: self._link(down=True))
            self._later(start + self.random.uniform(1, 20), lambda: self._link(down=False))
        for _ in range(self.random.randint(0, 3)):
            self._later(self.random.uniform(0, HEALED), self._kill)
        if self.restores:
            start = self.random.uniform(0, HEALED)
            self._later(start, lambda: setattr(self, "backup", self.disk))
            self._later(self.random.uniform(start, HEALED), lambda: setattr(self, "disk", self.backup))
        self._later(HEALED, self._heal)

    def _heal(self) -> None:
        self.loss = self.doubling = 0.0
        self.lag = 0.3
        self.down = False
        # with a good last entry, what was set aside before it is confirmed
        self._append(-1)

    def _later(self, moment: float, happening: Callable[[], None]) -> None:
        heapq.heappush(self.queue, (moment, next(self.ties), happening))

    # the counter

    def _start(self) -> None:
        self.run_number += 1
        self.under_way = None
        self.sync = CounterSync()
        self._obey(self.sync.started(self.now, self.store.waiting_count(), len(self.held_feed)))

    def _kill(self) -> None:
        self.store.restart()
        self._start()

    def _append(self, number: int) -> None:
        bad = number >= 0 and self.random.random() < 0.05
        self.store.append(b"body %d" % number, b"forged" if bad else SESSION_KEY)
        if bad:
            self.bad.add(len(self.store.entries()))
        if self.random.random() < 0.1:
            # killed between the journal and the sync core
            self._kill()
        else:
            self._obey(self.sync.appended(self.now))

    def _obey(self, effects: list[Send | Wake]) -> None:
        for effect in effects:
            if isinstance(effect, Send):
                assert self.under_way is None, "two requests under way"
                self._send(effect)
            else:
                assert effect.at >= self.now
                assert effect.at - self.now <= 30.001
                self.alarm += 1
                self._later(effect.at, lambda alarm=self.alarm: self._ring(alarm))  # type: ignore[misc]

    def _ring(self, alarm: int) -> None:
        if alarm == self.alarm:
            self.under_way = None
            self._obey(self.sync.tick(self.now))

    def _send(self, effect: Send) -> None:
        self.requests += 1
        self.under_way = effect.request_id
        entries = tuple(self.store.waiting(effect.limit))
        assert len(entries) <= effect.limit
        request = Request(self.run_number, effect.request_id, entries, effect.cursor)
        if not self._travel(lambda: self._at_window(request)) and not self.silent:
            run = self.run_number
            self._later(self.now + 0.5, lambda: self._failed(run, effect.request_id))

    def _failed(self, run: int, request_id: int) -> None:
        if run == self.run_number:
            if self.under_way == request_id:
                self.under_way = None
            self._obey(self.sync.failed(request_id, self.now))

    def _answered(self, response: Response) -> None:
        if response.request.run != self.run_number:
            return  # that program is dead, and its connection with it
        settled = 0
        if response.receipt is not None:
            assert set(response.receipt.entries) <= self.ever_stored, "received before it was stored"
            settled = self.store.receive(response.receipt)
        for sequence, reason in response.refused:
            self.store.refuse(sequence, reason)
            settled += 1
        if response.gap:
            self.store.rewind(*response.head)
        self.held_feed += [item for item in response.feed if item > len(self.held_feed)]
        if self.random.random() < 0.05 and self.now < HEALED:
            self._kill()  # between the receipts and the sync core
            return
        if self.under_way == response.request.number:
            self.under_way = None
        answer = Answer(settled, self.store.waiting_count(), len(self.held_feed), response.more)
        self._obey(self.sync.answered(response.request.number, answer, self.now))

    # the network

    def _link(self, *, down: bool) -> None:
        self.down, self.silent = down, self.random.random() < 0.5

    def _travel(self, arrive: Callable[[], None]) -> bool:
        """Whether it was not lost."""
        copies = 1 + (self.random.random() < self.doubling)
        if self.down or self.random.random() < self.loss:
            return False
        for _ in range(copies):
            self._later(self.now + self.random.uniform(0.05, self.lag), arrive)
        return True

    # the single window

    def _at_window(self, request: Request) -> None:
        if self.random.random() < 0.05 and self.now < HEALED:
            return  # killed before it stored anything
        known = self.disk.known
        judgements = judge(known, request.entries, lambda session: SESSION_KEY, cheap_verify)  # noqa: ARG005
        taken = tuple(
            (judgement.entry.sequence, judgement.digest, judgement.entry.body)
            for judgement in judgements
            if judgement.outcome == "accepted"
        )
        self.disk = WindowDisk(after(known, judgements), self.disk.stored + taken)
        self.ever_stored |= {(sequence, digest) for sequence, digest, _ in taken}
        named = tuple((verdict.entry.sequence, verdict.digest) for verdict in judgements if verdict.receipted)
        receipt = Receipt("w1", at(int(self.now)), "c1", named, b"")
        feed = tuple(self.feed[request.cursor : request.cursor + 2])
        response = Response(
            request,
            replace(receipt, signature=cheap_sign(WINDOW_KEY, receipt.signed_bytes())) if named else None,
            tuple((verdict.entry.sequence, verdict.outcome) for verdict in judgements if verdict.refused),
            any(verdict.outcome == "gap" for verdict in judgements),
            (self.disk.known.head_sequence, self.disk.known.head_hash),
            feed,
            request.cursor + len(feed) < len(self.feed),
        )
        if self.random.random() < 0.05 and self.now < HEALED:
            return  # killed after it stored, before it answered
        self._travel(lambda: self._answered(response))

    # the promises

    def _settled(self) -> bool:
        return self.store.waiting_count() == 0 and self.held_feed == self.feed

    def _check_end(self) -> None:
        assert self._settled(), "not delivered although the link is back"
        entries = self.store.entries()
        expected = [(entry.sequence, entry.hash(), entry.body) for entry in entries if entry.sequence not in self.bad]
        assert sorted(self.disk.stored) == expected, "lost, doubled or changed"
        assert self.store.received() == {sequence for sequence, _, _ in expected}
        assert self.store.refused() == self.bad
        head = self.disk.known.head_sequence, self.disk.known.head_hash
        assert head == (len(entries), entries[-1].hash())
