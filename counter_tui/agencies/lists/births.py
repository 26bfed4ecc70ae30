"""Dates of birth as lists write them, each as exact as the list is: ISO 8601, `circa 1965`, `12 Mar 1965`, ranges.

A circa leaves the year; a range becomes the years it spans, or the month it lies in. A range of more than
`MOST_YEARS` says nothing that a comparison could use.
"""

import re
from functools import lru_cache
from typing import Final

from ...domain.documents import PartialDate
from ...errors import DocumentError

MOST_YEARS: Final = 30
FIRST_YEAR, LAST_YEAR = 1850, 2100
_LONGEST: Final = 64
_MONTHS: Final = {
    name: number
    for number, names in enumerate(
        [
            "jan january",
            "feb february",
            "mar march",
            "apr april",
            "may",
            "jun june",
            "jul july",
            "aug august",
            "sep sept september",
            "oct october",
            "nov november",
            "dec december",
        ],
        start=1,
    )
    for name in names.split()
}
_WRITTEN: Final = re.compile(r"(?:(?:([0-9]{1,2})[ -])?([A-Za-z]{3,9})\.?[ -])?([0-9]{4})", re.ASCII)
_CIRCA: Final = re.compile(r"(?:circa|approximately|approx\.?|about|c\.|ca\.)[ ]?", re.ASCII | re.IGNORECASE)
_TO: Final = re.compile(r" ?(?: to | and |/|\u2013) ?| - |(?<=[0-9]{4})-(?=[0-9]{4})", re.ASCII)


def read_births(raw: str) -> tuple[PartialDate, ...]:
    """The dates that may be meant; none where nothing is said. ValueError for what is not understood."""
    if len(raw) > _LONGEST:
        raise ValueError
    return _read(raw)


@lru_cache(maxsize=1 << 16)
def _read(raw: str) -> tuple[PartialDate, ...]:
    said = raw.strip(" .")
    if not said:
        return ()
    exact = _CIRCA.sub("", said)
    ends = _TO.split(exact.removeprefix("between ").removeprefix("Between "))
    if len(ends) == 2:
        return _range(_one(ends[0]), _one(ends[1]))
    found = _one(exact)
    return (PartialDate(found.year),) if exact != said else (found,)


def years(first: int, last: int) -> tuple[PartialDate, ...]:
    """Each year of a range; none of one too wide to tell anything. ValueError if it runs backwards."""
    if first > last:
        raise ValueError
    return () if last - first >= MOST_YEARS else tuple(map(PartialDate, range(first, last + 1)))


def _range(first: PartialDate, last: PartialDate) -> tuple[PartialDate, ...]:
    if first.year is None or last.year is None:
        raise ValueError
    if first.month is not None and (first.year, first.month) == (last.year, last.month):
        return (PartialDate(first.year, first.month),)
    return years(first.year, last.year)


def _one(said: str) -> PartialDate:
    said = said.strip()[:32]
    written = _WRITTEN.fullmatch(said)
    try:
        if written is None:
            found = PartialDate.from_iso(said)
        else:
            day, month, year = written.groups()
            number = _MONTHS[month.lower()] if month else None
            iso = "-".join(f"{int(part):02d}" for part in (year, number, day) if part is not None)
            found = PartialDate.from_iso(iso)
    except (DocumentError, KeyError):
        raise ValueError from None
    if found.year is None or not FIRST_YEAR <= found.year <= LAST_YEAR:
        raise ValueError
    return found
