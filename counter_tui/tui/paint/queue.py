"""The supervisor's queue: what, who, since, clock, key; the most urgent first."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from textual.content import Content

from ..words import _, clean
from .cells import cut, left, left_name, line, right, spoken
from .times import span, stopwatch, when

if TYPE_CHECKING:
    from ...workstation.queue import Kind, QueueLine

KIND, SINCE, CLOCK, KEY = 10, 12, 8, 9
STYLES = ("$stop", "$stop", "$attention", "$attention", "", "", "")


def kind_words(kind: Kind) -> str:
    """What sort of matter."""
    return (
        _("LATE HIT"),
        _("EXPIRED"),
        _("CONFLICT"),
        _("HIT"),
        _("SECOND"),
        _("REVIEW"),
        _("RE-RUN"),
    )[kind]


def key_words(kind: Kind) -> str:
    """What `Enter` opens."""
    return (
        _("recall"),
        _("look"),
        _("compare"),
        _("look"),
        _("sign"),
        _("look"),
        _("list"),
    )[kind]


def queue_header(width: int) -> Content:
    """The names of the columns."""
    what, who = _rooms(width)
    cells = (left("", KIND), left(_("what"), what), left(_("who"), who), left(_("since"), SINCE))
    return line(("".join(cells) + right(_("clock"), CLOCK) + "  " + left(_("Enter"), KEY), "$muted"))


def queue_row(one: QueueLine, now: datetime, zone: str, width: int) -> Content:
    """One matter; what is overdue says so."""
    what, who = _rooms(width)
    clock, style = _clock(one, now)
    return line(
        (left(kind_words(one.kind), KIND), f"bold {STYLES[one.kind]}".strip()),
        left(spoken(one.what), what - 1) + " ",
        left_name(clean(one.who), who - 1) + " ",
        left(when(one.since, now, zone), SINCE),
        (right(clock, CLOCK), style),
        "  " + left(key_words(one.kind), KEY),
    ).truncate(width, ellipsis=True)


def _clock(one: QueueLine, now: datetime) -> tuple[str, str]:
    """Until when, else since when: a clock that runs out says that it is over."""
    if one.until is None:
        return span(now - one.since), "$muted"
    if one.until <= now:
        return cut(_("over"), CLOCK), "bold $stop"
    return stopwatch(one.until - now), "bold $attention"


def _rooms(width: int) -> tuple[int, int]:
    """What is left for what and who."""
    room = max(20, width - KIND - SINCE - CLOCK - KEY - 2)
    who = max(10, room * 2 // 5)
    return room - who, who
