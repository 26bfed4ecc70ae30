"""Values as lists write them: days and times, states, document codes, names; each as travel documents have it."""

import re
from contextlib import suppress
from datetime import date
from typing import Final

from ...domain.documents import STATES, PartialDate
from ...domain.documents.dates import Century, read_date
from ...domain.documents.states import is_state_shaped, normal_state
from ...errors import DocumentError
from ..lists.cleaning import clean
from ..lists.countries import find_country
from .alpha2 import ALPHA3

_FORMATS: Final = {"101": 6, "102": 8, "201": 10, "203": 12, "204": 14, "602": 4, "609": 4, "610": 6}
"""How many digits a date has in these formats (2379) of UN/EDIFACT."""
_LONGEST_STATE: Final = 120


def plain(raw: str) -> str:
    """Text on one line without controls; bytes of no character set as "\ufffd"."""
    return clean(raw.encode("utf-8", "replace").decode("utf-8"))


def read_day(said: str, form: str, century: Century, today: date) -> PartialDate | None:
    """A day of UN/EDIFACT: `form` is its format code (2379), "" where none is given. None where it can be none.

    Where the digits are not as many as the format has, their number tells: six are YYMMDD, eight CCYYMMDD.
    """
    digits = said.replace("-", "").replace("/", "")
    if not (digits.isascii() and digits.isdecimal()):
        return None
    by_form = form if _FORMATS.get(form) == len(digits) else ""
    match by_form, len(digits):
        case ("602", _) | ("", 4):
            return _checked(digits[:4], "", "")
        case "610", _:
            return _checked(digits[:4], digits[4:6], "")
        case ("101" | "201" | "", 6 | 10):
            month, day = digits[2:4].replace("00", "<<"), digits[4:6].replace("00", "<<")
            found, possible = read_date(digits[:2] + month + day, century, today)
            return found if possible else None
        case ("102" | "203" | "204" | "", 8 | 12 | 14):
            return _checked(digits[:4], digits[4:6], digits[6:8])
    return None


def read_moment(said: str, today: date) -> str:
    """A day and time of UN/EDIFACT as ISO 8601 to the minute, or the day alone; "" where it can be none.

    A two-digit year is that of the century in which it is not later than next year.
    """
    digits = said[:14]
    if not (digits.isascii() and digits.isdecimal()):
        return ""
    if len(digits) in {6, 10}:
        year = today.year - today.year % 100 + int(digits[:2])
        digits = f"{year if year <= today.year + 1 else year - 100:04}{digits[2:]}"
    if len(digits) not in {8, 12, 14}:
        return ""
    day = _checked(digits[:4], digits[4:6], digits[6:8])
    hours, minutes = digits[8:10], digits[10:12]
    if day is None or (hours and (int(hours) > 23 or int(minutes) > 59)):
        return ""
    return f"{day.iso()}T{hours}:{minutes}" if hours else day.iso()


def _checked(year: str, month: str, day: str) -> PartialDate | None:
    """A month or day 00 is one that nobody knows."""
    known = [year, *([month] if month.strip("0") else []), *([day] if month.strip("0") and day.strip("0") else [])]
    with suppress(DocumentError):
        return PartialDate.from_iso("-".join(known))
    return None


def read_state(said: str) -> tuple[str, bool]:
    """A state as ICAO codes have it, and whether it is known; "" where it is not even shaped like a code."""
    tidy = plain(said[:_LONGEST_STATE]).strip(" <.").upper()
    code = normal_state(tidy)
    if code in STATES:
        return code, True
    if tidy in ALPHA3:
        return normal_state(ALPHA3[tidy]), True
    found = find_country(plain(said[:_LONGEST_STATE]))
    if found is not None:
        return found, True
    return (code, False) if is_state_shaped(code) else ("", False)


def read_number(said: str) -> str:
    """A document number: capitals, single blanks."""
    return " ".join(plain(said).upper().split())


_COUNT: Final = re.compile(r"[0-9]{1,6}", re.ASCII)


def read_count(said: str) -> int | None:
    """How many; None where that is no number."""
    return int(said) if _COUNT.fullmatch(said.strip()) else None
