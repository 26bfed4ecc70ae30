"""A booth of the simulation: its disk, its officer who records, and the program that delivers."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from random import Random
from typing import Any

from offline_cache.entry import Entry, commit
from offline_cache.errors import DiskFull
from tests.simulation.core import Core
from tests.simulation.faults import Faults
from tests.simulation.stand_in import (
    FORGERS_KEY,
    REALM,
    SESSION,
    WINDOW_KEY,
    certificate,
    rank_of,
    session_key,
    sign,
    verify,
)

DAY = 1_795_000_000_000  # milliseconds since 1970 at which a schedule begins

ROOM = 60
"""Bytes of the feed in an answer: an item or two, so that there is always more."""


class Killed(Exception):  # noqa: N818 - what happened to the process
    """The process ended here."""


def stamp(milliseconds: int) -> str:
    """ISO 8601 UTC, for the second half of November 2026."""
    seconds, thousandths = divmod(milliseconds - DAY, 1000)
    days, seconds = divmod(seconds + 43_200, 86_400)
    minutes, seconds = divmod(seconds, 60)
    hours, minutes = divmod(minutes, 60)
    return f"2026-11-{20 + days:02d}T{hours:02d}:{minutes:02d}:{seconds:02d}.{thousandths:03d}Z"


class FaultyDisk:
    """Fails at a write as the schedule has it."""

    def __init__(self, random: Random, faults: Faults) -> None:
        self._random, self._faults = random, faults
        self.full = False

    def before(self) -> None:
        if self.full:
            raise DiskFull("disk.full")
        if self._faults.kill and self._random.random() < self._faults.kill / 2:
            raise Killed

    def after(self) -> None:
        if self._faults.kill and self._random.random() < self._faults.kill / 2:
            raise Killed


class Link:
    """The way from one booth to the single window. `cuts` counts how often it broke."""

    def __init__(self) -> None:
        self.up, self.silent, self.cuts = True, False, 0
        self.reset: list[Callable[[], None]] = []

    def cut(self, *, silent: bool) -> None:
        """It breaks; who had something under way hears of it at once, unless it dies in silence."""
        self.up, self.silent, self.cuts = False, silent, self.cuts + 1
        under_way, self.reset = self.reset, []
        if not silent:
            for hear in under_way:
                hear()

    def restore(self) -> None:
        self.up = True


class Booth:
    """One counter; `run` counts starts of its program."""

    def __init__(self, core: Core, name: str, random: Random, faults: Faults) -> None:
        self.core, self.name, self.random, self.faults = core, name, random, faults
        self.disk = FaultyDisk(random, faults)
        self.store = core.memory.MemoryCounterStore(
            name,
            window_key=WINDOW_KEY,
            rank_of=rank_of,
            verify=verify,
            disk=core.memory.Disk(self.disk.before, self.disk.after),
        )
        self.sync: Any = None
        self.link = Link()
        self.run, self.alarm, self.alive = 0, 0, False
        self.skew, self.jumped = 0, 0.0
        self.session, self.sessions = "", 0
        self.logical = 0
        self.acknowledged: dict[int, bytes] = {}
        self.handed: set[int] = set()
        self.bad: set[int] = set()
        self.was_restored = False
        self.said: set[str] = set()
        self.connected = -1
        self.connecting = 0.0

    def start(self) -> None:
        """The program starts: what it knew is gone, and somebody signs in anew."""
        self.run += 1
        self.alive, self.session, self.handed, self.connected, self.connecting = True, "", set(), -1, 0.0
        self.store.restart()
        self.sync = self.core.counter.CounterSync(self.store, self.core.counter.Pace(room=ROOM))

    def record(self, kind: str, body: bytes, now: float) -> None:
        """An entry, by whoever is signed in. Raises DiskFull and Killed."""
        if not self.session or self.random.random() < 0.1:
            self.sessions += 1
            self.session = f"{self.name}-{self.run}-{self.sessions}"
            try:
                self._append(SESSION, certificate(self.name, self.session), now, spoil=False)
            except (DiskFull, Killed):
                self.session = ""
                raise
        self._append(kind, body, now, spoil=self.random.random() < self.faults.bad)

    def _append(self, kind: str, body: bytes, now: float, *, spoil: bool) -> None:
        count, previous = self.store.head()
        milliseconds = DAY + int(now * 1000) + self.skew
        self.logical = max(self.logical + 1, milliseconds << 16)
        salt = self.random.randbytes(16)
        how = self.random.choice(("signature", "body", "session")) if spoil else ""
        entry = Entry(
            self.name,
            count + 1,
            previous,
            stamp(milliseconds),
            REALM,
            kind,
            f"x{count // 3}",
            "nobody" if how == "session" else self.session,
            commit(salt, b"{}" if how == "body" else body),
            salt,
            body,
            b"",
            self.logical,
        )
        key = FORGERS_KEY if how == "signature" else session_key(self.name, entry.session)
        entry = replace(entry, signature=sign(key, entry.signed_bytes()))
        if how:
            self.bad.add(entry.sequence)
        else:
            self.bad.discard(entry.sequence)
        self.store.append(entry)
        self.acknowledged[entry.sequence] = self.store.hash_of(entry.sequence)

    def steady(self, now: float) -> float:
        """The clock that the program times itself with; it jumps only forward, as after a sleep."""
        return now + self.jumped

    def restore(self, copy: Any) -> None:
        """Its disk is an older copy; what was recorded since is gone from here."""
        self.store.restore(copy)
        self.was_restored = True
        count = len(copy.entries)
        self.acknowledged = {n: digest for n, digest in self.acknowledged.items() if n <= count}
        self.bad = {n for n in self.bad if n <= count}


Happening = Callable[[], None]
