"""The counter's half: when to send, what and how much, and how long to wait for an answer.

Events go in, effects come out (`effects`). Times are seconds on a clock that runs steadily, given with each event.

How it paces itself. A batch begins at one entry and grows eightfold with each answer that settled entries, but no
further than what the link carries in `Pace.target`. One request is under way at a time, until it is overdue: after the
time that its bytes take, three round trips and 2 s without a sign of life. It is then left under way (its late answer
counts), and a probe of one entry goes, and another every `Pace.probe` seconds while entries wait (or in the time that a
connection takes to stand, where that is known to be longer), on connections of their own. What fails at once is tried
again in growing steps within a quarter of that, and once something gets through, a batch is half of what it was. The
oldest of many stays, so that a link far slower than it was still gets through; the newest is fresh, so that a link that
comes back is noticed.

Nothing is given up: what has neither receipt nor refusal waits, and the next request begins at the first that waits, or
behind what the single window says it has already (`partial`).
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from ..errors import CacheError
from .effects import Drop, Effect, Send, Told, Wake, Word
from .messages import MAX_ENTRIES, ROOM, VERSION, Reply, Request
from .ports import stored_size
from .quality import Quality

if TYPE_CHECKING:
    from ..entry import Entry
    from .ports import CounterStore, Taken


@dataclass(frozen=True, slots=True)
class Pace:
    """How fast: `batch` entries and `batch_bytes` stored bytes at most, `growth` from one answer to the next.

    The others are seconds: what a batch should take, the first step after a failure, the time between probes while
    entries wait, and between requests while none does, and how long a request is kept under way. `under_way` requests
    at most; `room` bytes of the feed in an answer, where nothing is sent: receipts wait for no more than `ROOM`.
    """

    batch: int = MAX_ENTRIES
    batch_bytes: int = 256 << 10
    growth: int = 8
    target: float = 3.0
    retry: float = 0.25
    probe: float = 2.0
    idle: float = 15.0
    patience: float = 60.0
    under_way: int = 4
    room: int = 4 * ROOM


@dataclass(slots=True)
class _Flight:
    request_id: int
    sequences: tuple[int, ...]
    stored: int
    size: int
    begun_at: float
    sent_at: float
    deadline: float
    overdue: bool = False


@dataclass(slots=True)
class _Resume:
    """Where the next request begins, as the single window said."""

    partial: tuple[int, bytes] | None = None
    explicit_to: int = 0
    version: int = VERSION


class CounterSync:
    """The state machine; made anew with each start of the program, then told `started`.

    `fetch_ahead` may be set: so many bytes of the feed at most in an answer, and at 0 none of its bulk.
    """

    def __init__(self, store: CounterStore, pace: Pace | None = None) -> None:
        self._store = store
        self._pace: Final = pace or Pace()
        self._flights: dict[int, _Flight] = {}
        self._last_id = 0
        self._batch = 1
        self._again = 1
        self._failures = 0
        self._heard = False
        self._next_at = 0.0
        self._wanted_at: float | None = None
        self._fresh = False
        self._answered = 0
        self._wake_at, self._slept_at = float("inf"), float("-inf")
        self._went_back_at = float("-inf")
        self._resume = _Resume()
        self._barred: set[int] = set()
        self._in_vain = False
        self._stopped = False
        self._said: Word | None = None
        self.waiting = 0
        self.quality: Final = Quality()
        self.fetch_ahead = max(ROOM, self._pace.room)

    @property
    def failing(self) -> bool:
        """Whether the last request failed or is overdue, and nothing has answered since."""
        return self._failures > 0

    @property
    def standing(self) -> Word | None:
        """What was told last of what stands between the two, as long as it does: forked, behind, trouble, revoked."""
        return self._said

    # -- events -----------------------------------------------------------------------------------------------------

    def started(self, now: float) -> list[Effect]:
        """The program runs."""
        self.waiting, self._next_at = self._store.summary().waiting, now
        return self._go_on(now)

    def appended(self, now: float) -> list[Effect]:
        """An entry was recorded."""
        self.waiting += 1
        self._fresh = True
        self._hurry(now)
        return self._go_on(now)

    def wanted(self, now: float) -> list[Effect]:
        """Somebody waits for what the single window has to say: ask at once, and keep asking until it answers."""
        self._wanted_at = now
        self._hurry(now)
        return self._go_on(now)

    def tick(self, now: float) -> list[Effect]:
        """The time of a `Wake` has come (or any other time: it does no harm)."""
        return self._go_on(now)

    def handed(self, request_id: int, size: int, now: float) -> list[Effect]:
        """A connection stands, and a request of `size` bytes on the wire is being written."""
        flight = self._flights.get(request_id)
        if flight is not None:
            self._store.sent(flight.sequences)
            flight.sent_at, flight.size = now, size
            flight.deadline = now  # it was guessed by what is stored
            self._put_off(flight, now)
        return self._go_on(now)

    def progress(self, request_id: int, now: float) -> list[Effect]:
        """Something came from the other side for this request: it connected, or the answer begins."""
        flight = self._flights.get(request_id)
        if flight is not None:
            self._put_off(flight, now)
        return self._go_on(now)

    def answered(self, request_id: int, reply: Reply, now: float, *, sent: int = 0, received: int = 0) -> list[Effect]:
        """A reply came, to a request under way or to one let go; so many bytes on the wire (0: unknown)."""
        flight = self._flights.pop(request_id, None)
        if request_id < self._answered:
            reply = replace(reply, head=None)  # how far it was then says nothing of what it has now
        try:
            taken = self._store.take(reply)
            self.waiting = self._store.summary().waiting
        except CacheError as error:
            return [*self._tell("trouble", error.code), *self._fail(now), *self._go_on(now)]
        self._notice_sleep(now)
        if flight is not None and flight.sent_at > self._slept_at:
            size = sent or flight.size
            stored = flight.stored if sent else 0
            timely = not flight.overdue
            self.quality.exchanged(size, received, now - flight.sent_at, stored=stored, timely=timely)
        effects = self._outcome(taken)
        self._learn(reply, taken, flight, now)
        return [*effects, *self._go_on(now)]

    def failed(self, request_id: int, now: float) -> list[Effect]:
        """A request failed: no connection, a reset, an answer that makes no sense."""
        flight = self._flights.pop(request_id, None)
        if flight is None or flight.overdue:
            return self._go_on(now)
        self.quality.lost()
        return [*self._fail(now), *self._go_on(now)]

    def revoked(self, now: float) -> list[Effect]:
        """The single window has said for good that it takes nothing from this counter."""
        self._stopped = True
        dropped = [Drop(request_id) for request_id in self._flights]
        self._flights.clear()
        return [*dropped, *self._tell("revoked"), *self._go_on(now)]

    # -- what came --------------------------------------------------------------------------------------------------

    def _outcome(self, taken: Taken) -> list[Effect]:
        effects: list[Effect] = []
        if self._failures or not self._heard:
            effects.append(Told("up"))
        if taken.settled:
            effects.append(Told("received", str(taken.settled)))
        if taken.feed:
            effects.append(Told("feed", str(taken.feed)))
        if taken.trouble:
            effects += self._tell(taken.trouble)
        else:
            self._said = None
        return effects

    def _learn(self, reply: Reply, taken: Taken, flight: _Flight | None, now: float) -> None:
        timely = flight is not None and not flight.overdue
        if flight is not None:
            self._answered = max(self._answered, flight.request_id)
        for other in self._flights.values():
            # it stands in nobody's way; nor does any other probe, once one was answered and the link is there again
            other.overdue = other.overdue or self.failing or other.request_id < self._answered
        self._failures, self._heard = 0, True
        if flight is not None and self._wanted_at is not None and flight.begun_at >= self._wanted_at:
            self._wanted_at = None
        advanced = self._resume_from(reply, flight)
        if taken.settled:
            grown = self._batch * self._pace.growth if timely else self._batch
            self._batch, self._again = min(self._pace.batch, max(grown, self._again)), 1
        through = flight is not None and self._is_through(flight)
        if flight is not None and flight.sequences:
            self._in_vain = not taken.settled and not through
        moved = self._fresh or taken.settled or advanced or through
        if taken.again and now - self._went_back_at >= self._pace.probe:
            self._went_back_at, moved = now, True
        if reply.more or self._wanted_at is not None or (self.waiting and moved and not taken.trouble):
            self._next_at = now
        elif timely or not self._flights:
            # it answers, but takes nothing of what waits: no reason to hurry
            self._next_at = now + self._longest()

    def _resume_from(self, reply: Reply, flight: _Flight | None) -> bool:
        """Whether the single window says something new of where to go on."""
        before, partial, explicit_to = self._resume, reply.partial, self._resume.explicit_to
        if partial is not None and self._store.hash_of(partial[0]) != partial[1]:
            partial = None
        if reply.explicit and flight is not None and flight.sequences:
            explicit_to = max(explicit_to, flight.sequences[-1])
        if explicit_to <= self._store.settled_to():
            explicit_to = 0
        self._resume = _Resume(partial, explicit_to, reply.version)
        return (partial is not None and partial != before.partial) or explicit_to > before.explicit_to

    def _is_through(self, flight: _Flight) -> bool:
        """Whether nothing of it waits any more. What came out of turn and could not be taken waits for its turn."""
        left = {sequence for sequence in flight.sequences if self._store.waits(sequence)}
        self._barred = left.union(sequence for sequence in self._barred if self._store.waits(sequence))
        return bool(flight.sequences) and not left

    def _fail(self, now: float) -> list[Effect]:
        step = self._pace.retry * 2.0 ** min(self._failures, 16)
        self._failures += 1
        self._again = max(self._again, self._batch // 2)
        self._batch = 1
        self._next_at = now + min(step, self._longest() / 4)
        return [Told("down")] if self._failures == 1 else []

    def _tell(self, word: Word, detail: str = "") -> list[Effect]:
        """Once, as long as it stays so."""
        if self._said == word:
            return []
        self._said = word
        return [Told(word, detail)]

    # -- what follows -----------------------------------------------------------------------------------------------

    def _go_on(self, now: float) -> list[Effect]:
        effects: list[Effect] = []
        self._notice_sleep(now)
        if self._stopped:
            return [Wake(now + self._pace.idle)]
        for flight in self._flights.values():
            if not flight.overdue and flight.deadline <= now:
                flight.overdue = True
                self.quality.lost()
                next_at = self._next_at if self.failing else now
                effects += self._fail(now)
                self._next_at = next_at
        under_way = [flight for flight in self._flights.values() if not flight.overdue]
        if self._next_at <= now and (not under_way or self.failing):
            try:
                effects += self._send(now)
            except CacheError as error:
                effects += [*self._tell("trouble", error.code), *self._fail(now)]
            under_way = [flight for flight in self._flights.values() if not flight.overdue]
        wake = [flight.deadline for flight in under_way]
        if not under_way or self.failing:
            wake.append(self._next_at)
        self._wake_at = max(now, min(wake))
        return [*effects, Wake(self._wake_at)]

    def _notice_sleep(self, now: float) -> None:
        """What was under way while the machine slept says nothing of how long an answer takes."""
        if now > self._wake_at + self._pace.probe:
            self._slept_at = now

    def _send(self, now: float) -> list[Effect]:
        dropped = self._make_room(now)
        request = self._compose()
        stored = sum(stored_size(entry) for entry in request.entries)
        size = self.quality.on_wire(stored)
        self._last_id += 1
        self._fresh = False
        sequences = tuple(entry.sequence for entry in request.entries)
        flight = _Flight(self._last_id, sequences, stored, size, now, now, now + self.quality.patience(size))
        self._flights[self._last_id] = flight
        # a probe that has to connect first gets the time for it before another goes beside it
        self._next_at = now + (max(self._longest(), self.quality.connecting()) if self.failing else self._longest())
        return [*dropped, Send(self._last_id, request, flight.deadline)]

    def _make_room(self, now: float) -> list[Effect]:
        """Let go of what is too old, and of the second oldest of too many."""
        ids = [one.request_id for one in self._flights.values() if now - one.begun_at > self._pace.patience]
        rest = [request_id for request_id in self._flights if request_id not in ids]
        if len(rest) >= self._pace.under_way:
            ids.append(rest[1])
        for request_id in ids:
            del self._flights[request_id]
        return [Drop(request_id) for request_id in ids]

    def _compose(self) -> Request:
        unsure = self.failing or not self._heard
        entries = self._next_entries(1 if unsure else self._batch) if self.waiting else []
        explicit = bool(entries) and entries[0].sequence <= self._resume.explicit_to
        partial = self._resume.partial
        known = max(self._store.settled_to(), 0 if partial is None else partial[0])
        return Request(
            version=VERSION,
            cursors=self._store.cursors(),
            room=min(ROOM if entries else self._pace.room, self.fetch_ahead),
            entries=tuple(entries),
            explicit=explicit,
            brief=bool(entries) and not explicit and entries[0].sequence <= known + 1,
            at=self._store.head() if unsure or not entries else None,
        )

    def _next_entries(self, limit: int) -> list[Entry]:
        carried = self.quality.stored_in(self._pace.target)
        most = self._pace.batch_bytes if carried is None else min(self._pace.batch_bytes, carried)
        old, partial = self._resume.version < VERSION, self._resume.partial
        if partial is None or self._in_vain or self._resume.explicit_to or old:
            return self._store.waiting(limit, most, in_order=old, barred=self._barred)
        # those that wait for a signature get it from one of their session that follows them, or from the last of them
        last, digest = partial
        entries = self._store.waiting(limit, most, after=last, barred=self._barred)
        session = self._store.session_of(last)
        if any(entry.previous == digest and entry.session == session for entry in entries):
            return entries
        behind = self._store.waiting(limit, most, after=last - 1, barred=self._barred)
        # nothing there: what waits before it goes, or a single window that was restored would never hear of it
        return behind or self._store.waiting(limit, most, barred=self._barred)

    def _put_off(self, flight: _Flight, now: float) -> None:
        flight.deadline = max(flight.deadline, now + self.quality.patience(flight.size))
        if self.failing and not flight.overdue:
            self._next_at = max(self._next_at, now + self._longest())

    def _hurry(self, now: float) -> None:
        if self.failing:
            self._next_at = min(self._next_at, now + self._pace.probe)
        else:
            self._next_at = now

    def _longest(self) -> float:
        return self._pace.probe if self.waiting or self._wanted_at is not None else self._pace.idle
