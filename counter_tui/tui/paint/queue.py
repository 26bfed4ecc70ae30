"""The supervisor's queue: what, who, since, clock, key; the most urgent first."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import TYPE_CHECKING

from textual.content import Content

from ...domain.whereabouts import heads_by_place
from ..words import _, clean
from .cells import EMPTY, Lines, cut, left, left_name, line, right, rule, spoken, spread
from .identity import dotted
from .places import places_words
from .recall import last_seen
from .times import hh_mm, local, month, span, stopwatch

if TYPE_CHECKING:
    from ...domain.mode import ModeState
    from ...workstation.queue import Kind, QueueLine

KIND, SINCE, CLOCK, KEY = 9, 7, 8, 8
MARK = 2
STYLES = ("$stop", "$stop", "$stop", "$attention", "$attention", "", "", "")


def kind_words(kind: Kind) -> str:
    """What sort of matter."""
    return (
        _("EMERGENCY"),
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
        _("open"),
        _("chase"),
        _("look"),
        _("compare"),
        _("look"),
        _("sign"),
        _("look"),
        _("list"),
    )[kind]


def queue_head(lines: Sequence[QueueLine], mode: ModeState | None, now: datetime, zone: str, width: int) -> Lines:
    """How much waits and how much is overdue, degraded mode, and the names of the columns."""
    over = sum(one.until is not None and one.until <= now for one in lines)
    waits = _("{n} waiting").format(n=len(lines))
    overdue = line("  ", (_("{n} overdue").format(n=over), "bold $stop")) if over else EMPTY
    title = line(" ", (_("SUPERVISOR'S QUEUE"), "bold"), f"   {waits}", overdue)
    return [spread(title, line(mode_words(mode, zone), " "), width), _places(lines, width), _header(width)]


def _places(lines: Sequence[QueueLine], width: int) -> Content:
    """Where those are who are to be found, each counted once; a rule where nobody is."""
    late = {one.thread: one.located for one in lines if one.task is not None}
    if not late:
        return rule(width)
    told = places_words(heads_by_place(one for one in late.values() if one is not None))
    silent = sum(one is None for one in late.values())
    if silent:
        told.append(_("not seen since their release {n}").format(n=silent))
    head = _("to be found {n}").format(n=len(late))
    return line(" ", (head, "bold $stop"), "  ", dotted(told)).truncate(width, ellipsis=True)


def mode_words(mode: ModeState | None, zone: str) -> Content:
    """Degraded mode in a few words."""
    if mode is None or not mode.on or mode.since is None:
        return line((_("m degraded mode: not declared"), "$muted"))
    words = _("m DEGRADED since {time}").format(time=hh_mm(mode.since, zone))
    disputed = f" · {_('left elsewhere: disputed')}" if mode.disputed else ""
    return line((words + disputed, "bold $attention"))


def _header(width: int) -> Content:
    what, who = _rooms(width - MARK - 1)
    cells = (" " * MARK, left("", KIND), left(_("what"), what), left(_("who"), who), left(_("since"), SINCE))
    return line(("".join(cells) + right(_("clock"), CLOCK) + "  " + left(_("Enter"), KEY), "$muted"))


def queue_row(one: QueueLine, now: datetime, zone: str, width: int) -> Content:
    """One matter; what is overdue says so."""
    what, who = _rooms(width)
    clock, style = _clock(one, now)
    return line(
        (left(kind_words(one.kind), KIND), f"bold {STYLES[one.kind]}".strip()),
        left(spoken(one.what), what - 1) + " ",
        left_name(clean(one.who), who - 1) + " ",
        left(_since(one, now, zone), SINCE),
        (right(clock, CLOCK), style),
        "  " + left(key_words(one.kind), KEY),
    ).truncate(width, ellipsis=True)


def queue_detail(one: QueueLine, now: datetime, zone: str, width: int) -> Lines:
    """The one that is marked in full."""
    until = _("until {time}").format(time=hh_mm(one.until, zone)) if one.until is not None else ""
    if one.task is not None:
        until = last_seen(one.task, one.located, now, zone)
    head = line(" ", (kind_words(one.kind), "bold"), f"  {left_name(clean(one.who), max(10, width // 3)).rstrip()}")
    return [rule(width), spread(head, line((until, "$muted"), " "), width), line(" ", cut(spoken(one.what), width - 2))]


def _since(one: QueueLine, now: datetime, zone: str) -> str:
    """The time; of another day, the day."""
    then = local(one.since, zone)
    return hh_mm(one.since, zone) if then.date() == local(now, zone).date() else f"{then.day:2} {month(then.month)}"


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
