"""The terms of an allowance: how much in a month, how much without a link, and how the month is told."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import datetime, timedelta

    from ..words import Agency

FIRST, LAST = 1, 12


@dataclass(frozen=True, slots=True)
class Terms:
    """Of one neighbour and its currency, at one post; amounts in sen.

    `offline_resident` is what all counters of the post together may grant a resident in a month without a link;
    `slices` is into how many equal parts it is cut, one for a counter. `offline_crossing` bounds it for one crossing.
    `draw` is the most that is drawn at once. A supervisor's grant is to be confirmed within `confirm_within`, by the
    roles that stand in `beyond`.
    """

    neighbour: str
    currency: str
    allowance: int
    draw: int
    offline_crossing: int
    offline_resident: int
    slices: int
    confirm_within: timedelta
    grant: frozenset[Agency]
    legal_basis: str
    source: str
    doubt: str
    version: str = ""

    @property
    def slice(self) -> int:
        """What one counter may grant a resident in a month without a link."""
        return self.offline_resident // self.slices


def month_of(here: datetime) -> str:
    """The month of a time in the post's zone: YYYY-MM."""
    return f"{here.year:04}-{here.month:02}"


def month_before(month: str) -> str:
    """The month before this one."""
    year, number = int(month[:4]), int(month[5:])
    return f"{year - 1:04}-12" if number == FIRST else f"{year:04}-{number - 1:02}"


def month_after(month: str) -> str:
    """The month behind this one."""
    year, number = int(month[:4]), int(month[5:])
    return f"{year + 1:04}-01" if number == LAST else f"{year:04}-{number + 1:02}"
