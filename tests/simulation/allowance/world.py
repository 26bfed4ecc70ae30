"""A world for the ledger: booths, one single window, a network that does its worst, from one seed.

The ledger's own classes run at the booths and at the single window; clock, network and disks are stand-ins. How entries
travel is simulated elsewhere: here they come late, twice, out of order, and in the end.
"""

from __future__ import annotations

import heapq
import itertools
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from random import Random
from types import MappingProxyType
from typing import Any

from counter_tui.domain.allowance import SLICES
from counter_tui.domain.coding import to_json
from counter_tui.domain.posts import Counter
from counter_tui.domain.words import Agency, Direction
from counter_tui.errors import DecisionError, LinkError
from tests.simulation.allowance.core import Core
from tests.simulation.allowance.faults import drawn
from tests.simulation.allowance.post import (
    CHIEF,
    HEAD,
    OFFICER,
    TERMS,
    ZONE,
    Booth,
    Entry,
    Killed,
    Person,
    Record,
    Rows,
    Task,
)
from tests.simulation.allowance.promises import Promises

CHAOS = 60.0
"""Seconds until all faults end; each stands for minutes, so that a month may end meanwhile."""
MINUTES = 12
PATIENCE = 4.0
"""Seconds that a booth waits for an answer."""


class World:
    """One schedule."""

    zone = ZONE

    def __init__(self, core: Core, seed: int, under: Mapping[str, Any] = MappingProxyType({})) -> None:
        self.core, self.seed, self.random = core, seed, Random(seed)
        self.faults = replace(drawn(self.random), **under)
        self.at = 0.0
        day = 30 if self.faults.month_ends else 14
        self.begin = datetime(2026, 11, day, 18, tzinfo=ZONE).astimezone(UTC)
        self.queue: list[tuple[float, int, Callable[[], object]]] = []
        self.ties = itertools.count()
        self.healed = False
        self.people = self._people()
        self.rows = Rows(self._write)
        self.feed: list[Entry] = []
        self.slices: Any = core.slices.Slices()
        self._open_window()
        self.promises = Promises(self)
        self.booths = [self._booth(f"C-{n}") for n in range(1, self.random.choice((2, 3, 4)) + 1)]
        self._divide()
        for booth in self.booths:
            self._give_slices(booth)

    def _people(self) -> list[Person]:
        found = []
        for n in range(self.random.choice((1, 1, 2))):
            kind = self.random.choice(("plb", "", "both"))
            outside = self.random.choice((0, 0, 12_000, 54_000))
            found.append(Person(f"P{n}", kind, f"KILB-{n}", outside, "2026-11"))
        return found

    def now(self) -> datetime:
        """The true time."""
        return self.begin + timedelta(minutes=MINUTES * self.at)

    def month(self) -> str:
        """The true one."""
        return f"{self.now().astimezone(ZONE):%Y-%m}"

    def later(self, delay: float, happening: Callable[[], object]) -> None:
        """In so many seconds."""
        heapq.heappush(self.queue, (self.at + delay, next(self.ties), happening))

    def run(self) -> None:
        """Play it to its end."""
        self._plan()
        while self.queue:
            self.at, _, happening = heapq.heappop(self.queue)
            happening()
        self.promises.check_end()

    # -- the plan ---------------------------------------------------------------------------------------------------

    def _plan(self) -> None:
        random, faults = self.random, self.faults
        for booth in list(self.booths):
            for _ in range(random.randint(1, 6)):
                self.later(random.uniform(0, CHAOS), lambda b=booth: self._crossing(b))  # type: ignore[misc]
            for _ in range(faults.cuts):
                start = random.uniform(0, CHAOS)
                self.later(start, lambda b=booth: setattr(b, "up", False))  # type: ignore[misc]
                self.later(start + random.uniform(1, 25), lambda b=booth: setattr(b, "up", True))  # type: ignore[misc]
            for n in range(int(CHAOS / 3)):
                self.later(3 * n + random.uniform(0, 3), lambda b=booth: self._sync(b))  # type: ignore[misc]
            if faults.jumps:
                self.later(random.uniform(0, CHAOS), lambda b=booth: self._jump(b))  # type: ignore[misc]
        if faults.lost_booth:
            self.later(random.uniform(CHAOS / 4, CHAOS), lambda: self._lose(random.choice(self.booths)))
        if faults.joins:
            self.later(random.uniform(0, CHAOS / 2), self._join)
        self.later(CHAOS, self._heal)

    def _jump(self, booth: Booth) -> None:
        booth.skew = self.random.choice((-20, -3, 3, 20)) * 3_600.0

    def _lose(self, booth: Booth) -> None:
        """It is never seen again, with whatever it had not delivered."""
        booth.lost, booth.alive = True, False
        self._divide()

    def _join(self) -> None:
        booth = self._booth(f"C-{len(self.booths) + 1}")
        self.booths.append(booth)
        self._divide()
        self._give_slices(booth)
        for n in range(8):
            self.later(3 * n + 1.0, lambda: self._sync(booth))
        for _ in range(3):
            self.later(self.random.uniform(0, CHAOS / 2), lambda: self._crossing(booth))

    def _heal(self) -> None:
        self.healed = True
        self.faults = replace(self.faults, loss=0.0, doubling=0.0, lag=0.0, kill=0.0)
        for booth in self.booths:
            if booth.lost:
                continue
            booth.up, booth.skew = True, 0.0
            if not booth.alive:
                booth.start()
            for after in (2, 6):  # what was asked again and again has an end by then
                self.later(PATIENCE * after, lambda b=booth: self._leave(b, ""))  # type: ignore[misc]
            for n in range(4):
                self.later(PATIENCE * 3 + n, lambda b=booth: self._sync(b))  # type: ignore[misc]
                self.later(PATIENCE * 13 + n, lambda b=booth: self._sync(b))  # type: ignore[misc]
        asks = self.random.choice([booth for booth in self.booths if not booth.lost])
        for number, person in enumerate(self.people):
            self.later(PATIENCE * (7 + 2 * number), lambda p=person: self._last(asks, p))  # type: ignore[misc]
        self.later(PATIENCE * 12, lambda: self._leave(asks, ""))

    def _last(self, booth: Booth, person: Person) -> None:
        """Somebody asks once more, so that what the agency counts is known to all."""
        current = booth.crossing(f"last-{person.number}", person, self.promises.told(person), 0, section=True)
        self._step(booth, booth.ledger.ask(current, booth.session(OFFICER)), None)

    # -- at a booth -------------------------------------------------------------------------------------------------

    def _booth(self, name: str) -> Booth:
        return Booth(self.core, name, self.now, self._write)

    def _write(self) -> None:
        if self.random.random() < self.faults.kill:
            raise Killed

    def _crossing(self, booth: Booth) -> None:
        if not booth.alive or self.healed:
            return
        random, person = self.random, self.random.choice(self.people)
        used = self.promises.told(person) if random.random() < 0.5 else person.outside
        declared = random.choice((5_000, 20_000, 28_000, 60_000))
        section = person.kind != "plb" or person.outside > 0 or random.random() < 0.5
        person = replace(person, kind=random.choice(("plb", ""))) if person.kind == "both" else person
        current = booth.crossing(f"{booth.name}-{next(self.ties)}", person, used, declared, section=section)
        if not self._leave(booth, current.crossing.id):
            return
        run = booth.run
        self._step(booth, booth.ledger.ask(current, booth.session(OFFICER)), None)
        if random.random() < 0.4:
            self.later(random.uniform(0.2, PATIENCE * 2), lambda: self._again_on(booth, run, current))
        self.later(random.uniform(0.2, PATIENCE * 2), lambda: self._decide(booth, run, current, declared))

    def _again_on(self, booth: Booth, run: int, current: Any) -> None:
        """The officer looks again: it is asked again."""
        if booth.run == run and self._leave(booth, current.crossing.id):
            self._step(booth, booth.ledger.ask(current, booth.session(OFFICER)), None)

    def _decide(self, booth: Booth, run: int, current: Any, declared: int) -> None:
        """The officer grants what there is, or a supervisor more, or somebody mends an earlier one."""
        if booth.run != run or not booth.alive:
            return
        try:
            standing = booth.ledger.standing(current)
            sen = min(declared, standing.room.total if self.faults.loose else standing.room.of_share)
            chance = self.random.random()
            if sen and chance < 0.8:
                booth.ledger.grant(current, sen, booth.session(OFFICER))
                room = booth.ledger.standing(current).room
                more = room.total if self.faults.loose else room.of_share
                if more and self.random.random() < 0.3:
                    booth.ledger.grant(current, more, booth.session(OFFICER))
            elif self.faults.loose and chance > 0.85:
                beyond = booth.ledger.beyond(current, declared, "need", "", CHIEF.id, {HEAD.id})
                booth.ledger.say(beyond, booth.session(HEAD))
            grants = booth.ledger.grants(current)
            if self.faults.loose and grants and self.random.random() < 0.15:
                amount = self.random.choice((0, 1_000, 45_000))
                act = self.random.choice(grants).id
                booth.ledger.say(
                    booth.ledger.correction(current, act, amount, "miskeyed", "n"),
                    booth.session(OFFICER),
                    booth.signed_by(OFFICER, HEAD),
                )
        except DecisionError as refused:
            self.promises.refused(refused.code)
        except Killed:
            self._kill(booth)
            return
        self._leave(booth, "")
        self.promises.check(booth)

    def _leave(self, booth: Booth, but: str) -> bool:
        """Give back what is held for anybody else; whether the booth lives on."""
        if booth.alive:
            try:
                booth.ledger.leave(booth.session(OFFICER), but)
            except Killed:
                self._kill(booth)
        return booth.alive

    def _kill(self, booth: Booth) -> None:
        if booth.alive:
            booth.alive = False
            self.later(self.random.uniform(0.1, 4.0), lambda: self._again(booth))

    def _again(self, booth: Booth) -> None:
        if not booth.alive and not booth.lost:
            booth.start()

    def _step(self, booth: Booth, task: Task, value: Any) -> None:
        """Go on with a task of a booth until it waits for something else."""
        try:
            what, given = task.throw(value) if isinstance(value, Exception) else task.send(value)
        except StopIteration:
            self.promises.check(booth)
            return
        except Killed:
            self._kill(booth)
            return
        run = booth.run
        if what == "sleep":
            self.later(given, lambda: self._go_on(booth, run, task, None))
            return
        state = {"open": True}

        def answered(value: Any) -> None:
            if state["open"]:  # a connection brings one answer
                state["open"] = False
                booth.down_since = booth.now() if isinstance(value, Exception) else None
                self._go_on(booth, run, task, value)

        self.later(PATIENCE, lambda: answered(LinkError("link.timeout")))
        self._travel(booth, lambda: self._asked(booth, given, answered))

    def _go_on(self, booth: Booth, run: int, task: Task, value: Any) -> None:
        if booth.alive and booth.run == run:
            self._step(booth, task, value)
        else:
            task.close()

    # -- the network and the single window --------------------------------------------------------------------------

    def _travel(self, booth: Booth, arrive: Callable[[], None]) -> None:
        """A message, once, twice or never; of two sent, the later one may come first."""
        for _ in range(2 if self.random.random() < self.faults.doubling else 1):
            if booth.up and not booth.lost and self.random.random() >= self.faults.loss:
                self.later(self.random.uniform(0.05, 0.3 + self.faults.lag), arrive)

    def _open_window(self) -> None:
        self.office = self.core.office.AllowanceOffice(self.rows, TERMS, self.month)

    def _asked(self, booth: Booth, ask: Any, answered: Callable[[Any], None]) -> None:
        try:
            answer = self.office.ask(self.counter(booth), ask)
        except Killed:
            self._open_window()
            return
        self.promises.handed(answer)
        self._travel(booth, lambda: answered(answer))

    def counter(self, booth: Booth) -> Counter:
        """As it is enrolled."""
        return Counter(booth.name, booth.name, "A", Direction.ENTRY, frozenset({Agency.CUSTOMS}))

    def _divide(self) -> None:
        while True:
            try:
                with self.rows.transaction():
                    slices = self.office.divide(frozenset(b.name for b in self.booths if not b.lost))
            except Killed:
                self._open_window()
            else:
                self.slices = slices
                self.promises.sliced(slices)
                return

    def _sync(self, booth: Booth) -> None:
        if booth.alive and booth.up:
            waiting = list(booth.waiting())
            if self.random.random() < 0.3:  # what is more urgent goes first
                self.random.shuffle(waiting)
            sent, cursor, run = waiting[: self.random.choice((2, 5, 50))], booth.cursor, booth.run
            self._travel(booth, lambda: self._took(booth, run, sent, cursor))

    def _took(self, booth: Booth, run: int, sent: list[Entry], cursor: int) -> None:
        try:
            with self.rows.transaction():
                held = {(entry.counter, entry.sequence) for entry in self.feed}
                fresh = [entry for entry in sent if (entry.counter, entry.sequence) not in held]
                for entry in fresh:
                    self.office.heard(entry)
        except Killed:
            self._open_window()
            return
        self.feed += fresh
        reached = len(self.feed)
        news = self.feed[cursor:reached]
        self._travel(booth, lambda: self._answered(booth, run, [e.sequence for e in sent], news, reached))

    def _answered(self, booth: Booth, run: int, settled: list[int], news: list[Entry], reached: int) -> None:
        if not booth.alive or booth.run != run:
            return
        try:
            with booth.disk.together():
                for entry in news:
                    if entry.counter != booth.name:
                        id_ = f"{entry.counter}/{entry.sequence}"
                        booth.kept.keep(entry.kind, id_, entry.body, as_of=entry.recorded_at)
        except Killed:
            self._kill(booth)
            return
        booth.down_since = None
        booth.settled.update(settled)
        booth.cursor = max(booth.cursor, reached)
        self._give_slices(booth)

    def _give_slices(self, booth: Booth) -> None:
        booth.disk.records[SLICES, SLICES] = Record(SLICES, to_json(self.slices), "")
