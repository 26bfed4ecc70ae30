"""Dates of FHIR R4 (datatypes, 2.24): a year, a month, a day, or an instant with its zone. Each is a span of days."""

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date, datetime, time, tzinfo
from typing import Final

_FORM: Final = re.compile(
    r"(?P<year>19\d\d|2[01]\d\d)"
    r"(?:-(?P<month>0[1-9]|1[0-2])"
    r"(?:-(?P<day>0[1-9]|[12]\d|3[01])"
    r"(?P<clock>T(?:[01]\d|2[0-3]):[0-5]\d:(?:[0-5]\d|60)(?:\.\d{1,9})?"
    r"(?P<zone>Z|[+-](?:0\d|1[0-3]):[0-5]\d|[+-]14:00)?)?)?)?",
    re.ASCII,
)


@dataclass(frozen=True, slots=True)
class FhirTime:
    """What was written (`2026-11`), the first and last day that it can mean, and the instant where there is one.

    The days are those of the place where it was written.
    """

    written: str
    first: date
    last: date
    instant: datetime | None = None

    def latest(self, zone: tzinfo) -> datetime:
        """The last moment that it can mean, aware; a day without a time ends in this zone."""
        return self.instant or datetime.combine(self.last, time(23, 59), zone)

    def earliest(self, zone: tzinfo) -> datetime:
        """The first moment that it can mean, aware; a day without a time begins in this zone."""
        return self.instant or datetime.combine(self.first, time(), zone)


def read_time(written: str) -> FhirTime:
    """A `dateTime`, `date` or `instant` of the years 1900 to 2199; ValueError for what is none.

    A time of day without a zone is none: nobody knows when it was. A leap second is the one before it.
    """
    form = _FORM.fullmatch(written)
    if form is None or (form["clock"] and not form["zone"]):
        raise ValueError
    year, month, day = (int(form[part]) if form[part] else 0 for part in ("year", "month", "day"))
    if not month:
        return FhirTime(written, date(year, 1, 1), date(year, 12, 31))
    if not day:
        return FhirTime(written, date(year, month, 1), date(year, month, monthrange(year, month)[1]))
    on = date(year, month, day)
    if not form["clock"]:
        return FhirTime(written, on, on)
    return FhirTime(written, on, on, datetime.fromisoformat(re.sub(r":60(?=[.Z+-])", ":59", written)))
