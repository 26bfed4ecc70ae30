"""A link that comes and goes, as a satellite's or an overloaded cell's does."""

import asyncio
from dataclasses import dataclass
from typing import Final

from .relay import Mode, Pace, Relay

LONGEST: Final = 3600.0


@dataclass(frozen=True, slots=True)
class Rhythm:
    """How long the link holds and how long it is gone, in seconds; `ends` is how it dies: CUT, or SILENT."""

    up: float = 15.0
    down: float = 5.0
    ends: Mode = Mode.CUT

    def __post_init__(self) -> None:
        """Raises ValueError outside a tenth of a second to an hour, and for another end."""
        if not (0.1 <= self.up <= LONGEST and 0.1 <= self.down <= LONGEST and self.ends in {Mode.CUT, Mode.SILENT}):
            raise ValueError("rhythm")


async def flap(relay: Relay, pace: Pace, rhythm: Rhythm) -> None:
    """Let the relay be slow and gone in turn, until cancelled."""
    while True:
        relay.become(Mode.SLOW, pace)
        await asyncio.sleep(rhythm.up)
        relay.become(rhythm.ends)
        await asyncio.sleep(rhythm.down)
