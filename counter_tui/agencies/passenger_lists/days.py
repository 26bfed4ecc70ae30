"""Days as people write them in tables: 12/08/1974, 12-Ags-74, 12 August 1974, 1974-08-12."""

import re
from collections.abc import Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from typing import Final

from ...domain.documents import PartialDate
from ...domain.documents.dates import Century, read_date
from ...errors import DocumentError
from .columns import DateOrder, folded

_LONGEST: Final = 40
_TIME: Final = re.compile(r"[T ]+[0-9]{1,2}[:.][0-9]{2}([:.][0-9]{2})?(\.[0-9]+)? ?([AaPp][Mm])?$")
_THREE: Final = re.compile(r"([0-9]{1,4}|[^\W\d_]+)[\s./,-]*([0-9]{1,2}|[^\W\d_]+)[\s./,-]+([0-9]{1,4})", re.UNICODE)
_RUN_ON: Final = re.compile(r"([0-9]{1,2})([^\W\d_]+)([0-9]{2,4})")
_MONTH: Final = re.compile(r"([0-9]{1,2}|[^\W\d_]+)[\s./,-]+([0-9]{4})")
_DIGITS: Final = re.compile("[0-9]{4}|[0-9]{6}|[0-9]{8}")


@dataclass(frozen=True, slots=True)
class Day:
    """A day as read; `doubtful` where day and month could be the other way round and nothing tells."""

    date: PartialDate
    doubtful: bool = False


class Days:
    """Reads the days of one table. What one value of a column leaves open another one tells."""

    def __init__(self, order: DateOrder, months: Mapping[str, int], today: date) -> None:
        """`order` is the table's, where nothing else tells."""
        self._order: DateOrder = order
        self._certain = False
        self._months = months
        self._today = today

    def learn(self, values: Iterable[str]) -> None:
        """Let the values of the date columns tell the order: a first number above 12 is a day, a second one too."""
        seen = {self._told(said) for said in values} - {None}
        if len(seen) == 1:
            (order,) = seen
            self._order, self._certain = order or self._order, True

    def _told(self, said: str) -> DateOrder | None:
        parts = self._parts(said)
        if parts is None or len(parts[0]) > 2 or not all(part.isdecimal() for part in parts):
            return None
        first, second = int(parts[0]), int(parts[1])
        if first > 12 >= second:
            return "DMY"
        return "MDY" if second > 12 >= first else None

    def read(self, said: str, century: Century) -> Day | None:
        """The day; None where it can be none."""
        said = _TIME.sub("", said.strip()[:_LONGEST]).strip()
        if _DIGITS.fullmatch(said):
            return self._run_of_digits(said, century)
        if (month := _MONTH.fullmatch(said)) is not None:
            return self._whole(month[2], month[1], "")
        parts = self._parts(said)
        return self._of_parts(*parts, century) if parts else None

    def _of_parts(self, first: str, second: str, third: str, century: Century) -> Day | None:
        if first.isdecimal() and len(first) > 2:
            return self._whole(first, second, third) if len(first) == 4 else None
        if not second.isdecimal():
            return self._found(third, second, first, century)
        if not first.isdecimal():
            return self._found(third, first, second, century)
        return self._numbers(first, second, third, century)

    def _parts(self, said: str) -> tuple[str, str, str] | None:
        found = _THREE.fullmatch(said) or _RUN_ON.fullmatch(said)
        return (found[1], found[2], found[3]) if found else None

    def _numbers(self, first: str, second: str, third: str, century: Century) -> Day | None:
        """Three numbers, the year last (or, where the table says so, first)."""
        if self._order == "YMD" and len(third) <= 2:
            return self._found(first, second, third, century)
        one = self._found(third, second, first, century)
        other = self._found(third, first, second, century)
        if one is None or other is None or one == other:
            return one or other
        chosen = other if self._order == "MDY" else one
        return Day(chosen.date, doubtful=not self._certain and self._order != "DMY")

    def _found(self, year: str, month: str, day: str, century: Century) -> Day | None:
        if not month.isdecimal():
            number = self._months.get(folded(month))
            if number is None:
                return None
            month = str(number)
        if len(year) == 4:
            return self._whole(year, month, day)
        if len(year) != 2 or not day.isdecimal():
            return None
        found, possible = read_date(f"{year}{int(month):02}{int(day):02}", century, self._today)
        return Day(found) if possible else None

    def _whole(self, year: str, month: str, day: str) -> Day | None:
        if month and not month.isdecimal():
            month = str(self._months.get(folded(month), 99))
        parts = [year, *(part.zfill(2) for part in (month, day) if part)]
        with suppress(DocumentError):
            return Day(PartialDate.from_iso("-".join(parts)))
        return None

    def _run_of_digits(self, said: str, century: Century) -> Day | None:
        """A year; eight digits, the year first or last; or six, where only one way of reading them is possible."""
        if len(said) == 4:
            return self._whole(said, "", "")
        if len(said) == 8:
            return self._whole(said[:4], said[4:6], said[6:]) or self._found(said[4:], said[2:4], said[:2], century)
        ways = {
            self._found(said[:2], said[2:4], said[4:], century),
            self._found(said[4:], said[2:4], said[:2], century),
        }
        ways.discard(None)
        return ways.pop() if len(ways) == 1 else None
