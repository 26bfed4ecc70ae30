"""What goes wrong in a schedule of the ledger, drawn from its seed."""

from __future__ import annotations

from dataclasses import dataclass
from random import Random


@dataclass
class Faults:
    """Probabilities a message or a write; `lag` in seconds; the rest happens or not."""

    loss: float = 0.0
    doubling: float = 0.0
    lag: float = 0.0
    kill: float = 0.0
    cuts: int = 0
    jumps: bool = False
    lost_booth: bool = False
    month_ends: bool = False
    joins: bool = False
    loose: bool = True
    """Whether anything is granted that was not drawn."""


def drawn(random: Random) -> Faults:
    """A mixture; each in about every third schedule."""

    def now_and_then(value: float) -> float:
        return value if random.random() < 0.35 else 0.0

    return Faults(
        loss=now_and_then(random.choice((0.1, 0.4))),
        doubling=now_and_then(0.3),
        lag=now_and_then(random.choice((1.0, 6.0))),
        kill=now_and_then(random.choice((0.02, 0.08))),
        cuts=random.randint(0, 4),
        jumps=random.random() < 0.25,
        lost_booth=random.random() < 0.25,
        month_ends=random.random() < 0.4,
        joins=random.random() < 0.3,
        loose=random.random() < 0.7,
    )
