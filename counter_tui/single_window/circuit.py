"""When a system may be asked: after failures in a row it rests, then one question probes it, then all may ask again.

Pure: time is given, and so is chance. A question that goes out holds a `Ticket`, and says with it how it ended.
"""

from collections.abc import Callable
from dataclasses import dataclass

from ..agencies.links import Patience


@dataclass(slots=True)
class Ticket:
    """One question on its way; `probe`: it goes to see whether the system is back."""

    probe: bool
    settled: bool = False


class Circuit:
    """Closed while the system answers, open while it rests, half open while one question probes it."""

    def __init__(self, patience: Patience, chance: Callable[[], float]) -> None:
        """`chance` gives numbers from 0 up to 1."""
        self._patience = patience
        self._chance = chance
        self._failures = 0
        self._rest = 0.0
        self._probing = False
        self._rests_until: float | None = None
        self.why = ""

    @property
    def rests_until(self) -> float | None:
        """When a resting system is tried again; None where it is asked as usual."""
        return self._rests_until

    def ask(self, now: float) -> Ticket | None:
        """Leave to ask; None while it rests, or is being probed."""
        if self._rests_until is None:
            return Ticket(probe=False)
        if self._probing or now < self._rests_until:
            return None
        self._probing = True
        return Ticket(probe=True)

    def answered(self, ticket: Ticket) -> None:
        """It answered: it is asked as usual from now on, however late this came."""
        self._settle(ticket)
        self._failures, self._rest, self._rests_until, self.why = 0, 0.0, None, ""

    def failed(self, ticket: Ticket, now: float, why: str) -> None:
        """It did not, and `why` as a code. A question counts once; those that were out when it opened, no more."""
        if ticket.settled:
            return
        self._settle(ticket)
        if self._rests_until is None:
            self._failures += 1
            if self._failures >= self._patience.failures:
                self._open(now, why)
        elif ticket.probe:
            self._open(now, why)

    def give_up(self, ticket: Ticket) -> None:
        """Nobody waits for the answer any more; nothing is learned from that."""
        if not ticket.settled:
            self._settle(ticket)

    def _settle(self, ticket: Ticket) -> None:
        ticket.settled = True
        if ticket.probe:
            self._probing = False

    def _open(self, now: float, why: str) -> None:
        patience = self._patience
        self._rest = min(patience.longest_rest, self._rest * 2 or patience.rest)
        self._rests_until = now + self._rest * (1 - patience.jitter * self._chance())
        self.why = why
