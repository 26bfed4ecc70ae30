"""Random referral: how many travellers of a lane go to secondary by chance, so that a referral is no sign of a hit.

As many as there is staff for, and never more than the cap. Who it is comes of a name that the owner's key gives to
traveller and day: the same at every booth and every scan of that day, and nobody at a counter can tell it beforehand.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

MILLION: Final = 1_000_000
PER_MILLE: Final = 1_000


@dataclass(frozen=True, slots=True)
class LaneStaff:
    """What one lane has for it: minutes of staff a day, minutes that each takes, travellers who are expected a day.

    `cap_per_mille` bounds the share of travellers, however much staff there is.
    """

    lane: str
    staff_minutes: int
    minutes_each: int
    travellers: int
    cap_per_mille: int

    @property
    def rate(self) -> int:
        """Travellers in a million: `min(cap, staff minutes / minutes each / travellers)`, rounded down."""
        staffed = self.staff_minutes * MILLION // (self.minutes_each * self.travellers)
        return min(self.cap_per_mille * PER_MILLE, staffed)


@dataclass(frozen=True, slots=True)
class ReferralRules:
    """The lanes that have it. `call` is whom a counter calls, as for what is sealed."""

    version: str
    lanes: Mapping[str, LaneStaff]
    call: str = ""

    def rate(self, lane: str) -> int:
        """Travellers in a million on this lane.

        Where none is known (somebody is asked about ahead), the least of all: who is drawn then is drawn on every lane.
        """
        staff = self.lanes.get(lane)
        return staff.rate if staff is not None else min((s.rate for s in self.lanes.values()), default=0)


def is_drawn(name: str, rate: int) -> bool:
    """Whether a name of hexadecimal digits, each as likely as any other, is among `rate` in a million."""
    return int(name, 16) * MILLION < rate << 4 * len(name)
