"""A traveller whom a search found, or who was put aside, in one line."""

from datetime import date, datetime

from textual.content import Content

from ...domain.crossings import Crossing
from ...workstation.news import Expected
from ..words import _, clean
from .cells import left, left_name, line
from .identity import name_of
from .times import birth, span, when

NAME_AT_MOST = 48


def found_row(expected: Expected, today: date, width: int) -> Content:
    """Name, birth with age, nationality, document, group."""
    document = expected.document
    group = clean(expected.group.name) if expected.group else ""
    return line(
        left_name(name_of(document), max(12, min(NAME_AT_MOST, width - 52))),
        f"  {left(birth(document.birth, today), 17)}  {left(clean(document.nationality), 3)}",
        f"  {left(clean(document.number), 12)}",
        (f"  {group}", "$muted"),
    ).truncate(width, ellipsis=True)


def parked_row(crossing: Crossing, now: datetime, zone: str, width: int) -> Content:
    """Name, nationality, document, since when it is open and for how long."""
    document = crossing.document
    return line(
        left_name(name_of(document), max(12, min(NAME_AT_MOST, width - 50))),
        f"  {left(clean(document.nationality), 3)}  {left(clean(document.number), 12)}",
        f"  {left(when(crossing.opened_at, now, zone), 12)}",
        ("  " + _("for {age}").format(age=span(now - crossing.opened_at)), "$attention"),
    ).truncate(width, ellipsis=True)
