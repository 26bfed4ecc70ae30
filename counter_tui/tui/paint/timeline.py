"""The timeline of a crossing: what happened when, and how far what was recorded has come."""

from collections.abc import Iterator, Sequence
from datetime import datetime
from itertools import groupby

from ...domain.words import Authority
from ...workstation.timeline import Event, Happened
from ..words import _
from .cells import EMPTY, Lines, Piece, left, line, spread, wrap
from .journal import delivery, kind_words
from .signs import authority_name, of_outcome
from .times import span, when

TIME = 14


def timeline_lines(events: Sequence[Event], now: datetime, zone: str, width: int) -> Lines:
    """Every event, the earliest first; answers of the same moment share a line."""
    lines: Lines = [line((_("TIMELINE"), "bold")), EMPTY]
    before: datetime | None = None
    for (at, what), alike in groupby(events, key=lambda event: (when(event.at, now, zone), event.what)):
        several = list(alike)
        after = f"+{span(several[0].at - before)}" if before is not None and several[0].at > before else ""
        before = several[0].at
        for row, (content, behind) in enumerate(_rows(what, several, width - TIME - 2)):
            first = row == 0
            lead: Piece = (left(at if first else "", TIME), "$muted")
            lines.append(spread(line(lead, "  ", *content), line(behind or (after if first else "", "$muted")), width))
    return lines


def _rows(what: Happened, events: Sequence[Event], width: int) -> Iterator[tuple[list[Piece], Piece | None]]:
    if what is Happened.OPENED:
        yield [_("opened")], None
    elif what is Happened.RECORDED:
        for event in events:
            yield _recorded(event)
    else:
        who = ", ".join(authority_name(event.authority) for event in events if isinstance(event.authority, Authority))
        said = _("answered: {who}") if what is Happened.ANSWERED else _("as it stood then: {who}")
        for part in wrap(said.format(who=who), width):
            yield [part], None


def _recorded(event: Event) -> tuple[list[Piece], Piece | None]:
    entry = event.entry
    assert entry is not None, "an entry was recorded"
    if entry.outcome is None:
        what: Piece = kind_words(entry.kind)
    else:
        sign = of_outcome(entry.outcome)
        what = (sign.text, f"bold {sign.style}")
    return [_("entry {n}").format(n=entry.sequence), "  ", what], delivery(entry)
