"""What time it is at the post: never before a time that is known to have been."""

from __future__ import annotations

from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from .records import moment

if TYPE_CHECKING:
    from datetime import date, datetime

    from .ports import Clock, Ledger


class PostTime:
    """The clock of a booth, held against its journal, in the post's zone (IANA)."""

    def __init__(self, clock: Clock, ledger: Ledger, zone: str) -> None:
        self._clock, self._ledger, self._zone = clock, ledger, zone

    def now(self) -> datetime:
        """The time, UTC; a clock that was set back does not go below what was recorded."""
        floor = self._ledger.floor()
        now = self._clock.now()
        return max(now, moment(floor)) if floor else now

    def here(self) -> datetime:
        """The time, in the post's zone."""
        return self.now().astimezone(ZoneInfo(self._zone))

    def today(self) -> date:
        """The day at the post."""
        return self.here().date()
