"""How much of the feed's bulk a counter fetches in a day: a metered or slow link has other things to carry first.

Alerts, decisions and changes of lists are never held back by it; only what is fetched ahead is.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from .records import Settings

_NAME: Final = "bulk budget"
_LEAST: Final = 512
"""Bytes: for less than this nobody is asked."""


class Budget:
    """So many bytes a day, kept over restarts; a day is named by its date (ISO 8601), whatever day its user counts."""

    def __init__(self, settings: Settings, bytes_a_day: int) -> None:
        """`bytes_a_day` 0: nothing is fetched ahead."""
        self._settings = settings
        self._bytes_a_day = bytes_a_day
        self._day, self._spent = _read(settings.find(_NAME))

    def room(self, day: str, wanted: int) -> int:
        """How many of the bytes that are wanted may be fetched now; 0 where the day's are used up.

        A day before the one that was counted last does not begin anew: a clock set back earns nothing.
        """
        spent = self._spent if day <= self._day else 0
        left = self._bytes_a_day - spent
        return 0 if left < min(_LEAST, wanted) else min(wanted, left)

    def spend(self, day: str, size: int) -> None:
        """Note that `size` bytes were fetched."""
        if day > self._day:
            self._day, self._spent = day, 0
        self._spent += size
        self._settings.set(_NAME, f"{self._day} {self._spent}".encode())

    def used(self, day: str) -> tuple[int, int]:
        """How many bytes of how many are used up on this day."""
        return (self._spent if day <= self._day else 0), self._bytes_a_day


def _read(stored: bytes | None) -> tuple[str, int]:
    day, _, spent = (stored or b"").decode("ascii", "replace").partition(" ")
    return (day, int(spent)) if spent.isdecimal() else ("", 0)
