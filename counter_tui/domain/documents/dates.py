"""Dates as travel documents know them: of two-digit years, and with parts that nobody knows."""

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date
from enum import Enum
from typing import Final

from counter_tui.errors import DocumentError

_ISO: Final = re.compile(r"([0-9]{4})(?:-([0-9]{2})(?:-([0-9]{2}))?)?", re.ASCII)
_EXPIRY_YEARS_AHEAD: Final = 20
"""No travel document is issued for longer; an expiry that looks further away lies in the century before."""


class Century(Enum):
    """By which rule a two-digit year gets its century."""

    BIRTH = "birth"
    EXPIRY = "expiry"


@dataclass(frozen=True, slots=True)
class PartialDate:
    """A date of which the day, the month, or everything may be unknown (None); what is known is possible."""

    year: int | None
    month: int | None = None
    day: int | None = None

    @classmethod
    def from_iso(cls, text: str) -> "PartialDate":
        """What `iso` gave: YYYY-MM-DD, YYYY-MM, YYYY, or nothing at all; DocumentError on anything else."""
        if not text:
            return cls(None)
        found = _ISO.fullmatch(text[:11])
        if found is None:
            raise DocumentError("document.date")
        year, month, day = (None if part is None else int(part) for part in found.groups())
        if year is None or not _is_possible(year, month, day):
            raise DocumentError("document.date")
        return cls(year, month, day)

    def iso(self) -> str:
        """ISO 8601, as far as known: "1974-08-12", "1974-08", "1974", or ""."""
        parts = (f"{self.year:04d}" if self.year is not None else None, self.month, self.day)
        known: list[str] = []
        for part in parts:
            if part is None:
                break
            known.append(part if isinstance(part, str) else f"{part:02d}")
        return "-".join(known)

    def earliest(self) -> date | None:
        """The first day it can be; None if the year is unknown."""
        return None if self.year is None else date(self.year, self.month or 1, self.day or 1)

    def latest(self) -> date | None:
        """The last day it can be; None if the year is unknown."""
        if self.year is None:
            return None
        month = self.month or 12
        return date(self.year, month, self.day or monthrange(self.year, month)[1])

    def age_on(self, today: date) -> int | None:
        """Whole years from this birth date to `today`, at least; None if the year is unknown."""
        born = self.latest()
        if born is None:
            return None
        return max(0, today.year - born.year - ((today.month, today.day) < (born.month, born.day)))


def read_date(raw: str, century: Century, today: date) -> tuple[PartialDate, bool]:
    """The date of six zone characters (YYMMDD, `<<` for an unknown part), and whether it is a possible one.

    Of an impossible date the parts that can be are kept: of 740832 the year and the month. A month 00 before an
    unknown day is how some issuers write *unknown*; in a date with a day it is impossible.
    """
    parts = [_read_pair(raw[start : start + 2]) for start in (0, 2, 4)]
    readable = all(part is not _BAD for part in parts)
    year, month, day = (None if part is _BAD else part for part in parts)
    if month == 0 and day is None:
        month = None
    if year is None:
        return PartialDate(None), readable and _is_possible(2000, month, day)
    full = _resolve(year, month or 1, day or 1, century, today)
    possible = readable and _is_possible(full, month, day)
    if month is None or not 1 <= month <= 12:
        return PartialDate(full), possible
    return PartialDate(full, month, day if _is_possible(full, month, day) else None), possible


_BAD: Final = -1


def _read_pair(pair: str) -> int | None:
    if pair == "<<":
        return None
    return int(pair) if len(pair) == 2 and pair.isascii() and pair.isdigit() else _BAD


def _resolve(year: int, month: int, day: int, century: Century, today: date) -> int:
    """The full year: a birth is never in the future; an expiry is at most twenty years ahead, else long past."""
    ahead = _EXPIRY_YEARS_AHEAD if century is Century.EXPIRY else 0
    last = (today.year + ahead, today.month, today.day)
    full = last[0] - last[0] % 100 + year
    return full if (full, month, day) <= last else full - 100


def _is_possible(year: int, month: int | None, day: int | None) -> bool:
    if year < 1 or (month is not None and not 1 <= month <= 12):
        return False
    if day is None:
        return True
    return 1 <= day <= (31 if month is None else monthrange(year, month)[1])
