"""A traveller whom a search found, in one line."""

from collections.abc import Sequence
from datetime import date

from textual.content import Content

from ...workstation.news import Expected
from ..words import _, clean, ngettext
from .cells import left, left_name, line
from .identity import kind_of, name_of
from .times import birth, partial

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


def known_words(known: Sequence[Expected]) -> str:
    """Who is held here and can be whom is keyed: one is offered with what tells them; of more, how many."""
    if len(known) != 1:
        return ngettext("{n} known by this: go on typing", "{n} known by this: go on typing", len(known)).format(
            n=len(known)
        )
    document = known[0].document
    told = f"{name_of(document)}, {partial(document.birth)}, {kind_of(document)} {clean(document.number)}"
    return _("known: {who}   Enter opens, Tab keys on").format(who=told)
