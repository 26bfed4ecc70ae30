"""A traveller whom a search found, in one line."""

from datetime import date

from textual.content import Content

from ...workstation.news import Expected
from ..words import clean
from .cells import left, left_name, line
from .identity import name_of
from .times import birth

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
