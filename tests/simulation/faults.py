"""What goes wrong in a schedule, drawn from its seed."""

from __future__ import annotations

from dataclasses import dataclass
from random import Random

CHAOS = 30.0
"""Seconds until all faults end."""
PATIENCE = 150.0
"""Seconds after which everything has to be delivered once they have ended."""


@dataclass
class Faults:
    """Probabilities a message, a write, or an entry; seconds; bytes a second."""

    loss: float = 0.0
    doubling: float = 0.0
    garbling: float = 0.0
    lag: float = 0.0
    round_trip: float = 0.3
    rate: float = 8_000.0
    kill: float = 0.0
    full: bool = False
    jumps: bool = False
    bad: float = 0.0
    booths_restored: bool = False
    window_restored: bool = False
    cuts: int = 0
    flapping: bool = False
    by_wire: bool = False
    old: bool = False

    def heal(self) -> None:
        """Nothing goes wrong any more; the link stays as slow as it is."""
        self.loss = self.doubling = self.garbling = self.kill = self.bad = self.lag = 0.0
        self.full = self.jumps = False


def drawn(random: Random) -> Faults:
    """A mixture; each fault is in about every third schedule, flapping without any other."""

    def now_and_then(value: float) -> float:
        return value if random.random() < 0.35 else 0.0

    round_trip, rate = random.choice(((0.05, 100_000.0), (0.6, 8_000.0), (0.6, 1_200.0), (2.0, 600.0)))
    by_wire = random.random() < 0.06
    old = random.random() < 0.1
    if random.random() < 0.12:
        return Faults(round_trip=min(round_trip, 0.6), rate=rate, flapping=True, by_wire=by_wire)
    return Faults(
        loss=now_and_then(random.choice((0.1, 0.4))),
        doubling=now_and_then(0.2),
        garbling=0.0 if old else now_and_then(0.15),  # version 1 does not say what it refused
        lag=now_and_then(random.choice((1.0, 4.0, 12.0))),
        round_trip=round_trip,
        rate=rate,
        kill=now_and_then(random.choice((0.02, 0.1))),
        full=random.random() < 0.2,
        jumps=random.random() < 0.3,
        bad=now_and_then(0.15),
        booths_restored=random.random() < 0.15,
        window_restored=random.random() < 0.25,
        cuts=random.randint(0, 3),
        by_wire=by_wire,
        old=old,
    )
