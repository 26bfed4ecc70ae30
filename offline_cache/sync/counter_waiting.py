"""The counter's half: when to send, how much, and how long to wait for an answer.

Events go in, effects come out: `Send` and `Wake`. The last `Wake` is the one that counts; at its time `tick` is called.
Times are seconds on a clock that runs steadily, given with each event.

How it paces itself. One request is under way at a time. A batch begins at one entry and doubles with each answer that
settled entries and came within `Pace.target`; it halves when an answer took twice as long, and is one again after a
failure. After a failure the next request follows in growing steps, within `Pace.probe` seconds while entries wait,
within `Pace.idle` otherwise. A request without an answer at its deadline is abandoned; deadlines grow while nothing
answers, so a link slower than the first of them still gets through. A late answer is worth as much as a timely one.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True, slots=True)
class Pace:
    """How fast: `batch` entries at most; the others in seconds, `patience` is the longest timeout."""

    batch: int = 64
    target: float = 2.0
    timeout: float = 8.0
    patience: float = 30.0
    retry: float = 0.25
    probe: float = 2.0
    idle: float = 15.0


@dataclass(frozen=True, slots=True)
class Send:
    """Send a request: the first `limit` waiting entries (maybe none), and ask for the feed after `cursor`.

    At `deadline` without an answer, tell `tick`. A `limit` of 0 is for the feed alone.
    """

    request_id: int
    limit: int
    cursor: int
    deadline: float


@dataclass(frozen=True, slots=True)
class Wake:
    """Call `tick` at this time; replaces the `Wake` before."""

    at: float


@dataclass(frozen=True, slots=True)
class Answer:
    """What came of a request, once its receipts, refusals and feed are on disk.

    `settled`: entries that it newly settled. `waiting`: entries that wait now. `cursor`: how far the feed is held.
    `more`: the feed has more at once.
    """

    settled: int
    waiting: int
    cursor: int = 0
    more: bool = False


Effect = Send | Wake


@dataclass(frozen=True, slots=True)
class _Flight:
    request_id: int
    sent_at: float
    deadline: float


class CounterSync:
    """The state machine; made anew with each start of the program, then told `started`."""

    def __init__(self, pace: Pace | None = None) -> None:
        self._pace: Final = pace or Pace()
        self._batch = 1
        self._cursor = 0
        self._failures = 0
        self._timeouts = 0
        self._flight: _Flight | None = None
        self._last_id = 0
        self._next_at = 0.0
        self.waiting = 0

    @property
    def failing(self) -> bool:
        """Whether the last request failed or was abandoned, and nothing has answered since."""
        return self._failures > 0

    def started(self, now: float, waiting: int, cursor: int = 0) -> list[Effect]:
        """The program runs: so many entries wait, and the feed is held as far as `cursor`."""
        self.waiting, self._cursor, self._next_at = waiting, cursor, now
        return self._go_on(now)

    def appended(self, now: float) -> list[Effect]:
        """An entry was recorded."""
        self.waiting += 1
        self._next_at = min(self._next_at, now + self._pace.probe if self.failing else now)
        return self._go_on(now)

    def answered(self, request_id: int, answer: Answer, now: float) -> list[Effect]:
        """An answer came, to the request under way or to one given up."""
        flight = self._flight
        timely = flight is not None and flight.request_id == request_id
        self.waiting, self._cursor = answer.waiting, max(self._cursor, answer.cursor)
        self._failures = self._timeouts = 0
        if flight is not None and timely:
            self._flight = None
            self._resize(answer, now - flight.sent_at)
        if answer.more or (answer.waiting and answer.settled):
            self._next_at = now
        elif timely:
            # it answers, but takes nothing of what waits: no reason to hurry
            self._next_at = now + (self._pace.probe if answer.waiting else self._pace.idle)
        return self._go_on(now)

    def failed(self, request_id: int, now: float) -> list[Effect]:
        """A request failed: no connection, a reset, an answer that makes no sense."""
        if self._flight is None or self._flight.request_id != request_id:
            return self._go_on(now)
        self._flight = None
        self._batch = 1
        step = self._pace.retry * 2.0 ** min(self._failures, 16)
        self._failures += 1
        self._next_at = now + min(step, self._longest())
        return self._go_on(now)

    def tick(self, now: float) -> list[Effect]:
        """The time of a `Wake` has come (or any other time: it does no harm)."""
        if self._flight is not None:
            # a clock that jumped back does not make a request wait for longer than it was given
            if self._flight.sent_at <= now < self._flight.deadline:
                return self._go_on(now)
            self._timeouts += 1
            return self.failed(self._flight.request_id, now)
        return self._go_on(now)

    def _go_on(self, now: float) -> list[Effect]:
        if self._flight is not None:
            return [Wake(self._flight.deadline)]
        self._next_at = min(self._next_at, now + self._longest())
        if now < self._next_at:
            return [Wake(self._next_at)]
        self._last_id += 1
        timeout = min(self._pace.timeout * 2.0 ** min(self._timeouts, 16), self._pace.patience)
        self._flight = _Flight(self._last_id, now, now + timeout)
        limit = min(self._batch, self.waiting)
        return [Send(self._last_id, limit, self._cursor, now + timeout), Wake(now + timeout)]

    def _longest(self) -> float:
        return self._pace.probe if self.waiting else self._pace.idle

    def _resize(self, answer: Answer, took: float) -> None:
        if took > 2 * self._pace.target:
            self._batch = max(1, self._batch // 2)
        elif answer.settled and took <= self._pace.target:
            self._batch = min(self._pace.batch, self._batch * 2)
