"""Times for the eye: the post's own clock, dates as `12 Aug 1974 (52)`, ages of sources, durations, rates."""

from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from ..words import _, ngettext

if TYPE_CHECKING:  # the status line needs this module before the first paint, and none of these
    from ...domain.documents import PartialDate
    from ...domain.sections import Section

HOUR = timedelta(hours=1)
DAY = timedelta(days=1)
FAST = 250_000.0  # bits a second: from here on nobody waits, and a rate told from round trips is noise


def local(at: datetime, zone: str) -> datetime:
    """An aware time on the post's clock."""
    return at.astimezone(ZoneInfo(zone))


def hh_mm(at: datetime, zone: str) -> str:
    """`05:02`."""
    return local(at, zone).strftime("%H:%M")


def hh_mm_ss(at: datetime, zone: str) -> str:
    """`05:02:31`."""
    return local(at, zone).strftime("%H:%M:%S")


def when(at: datetime, now: datetime, zone: str) -> str:
    """`05:02:31`, with the day before it where it is not today's."""
    then, today = local(at, zone), local(now, zone).date()
    return hh_mm_ss(at, zone) if then.date() == today else f"{then.day:2} {month(then.month)} {then:%H:%M}"


def month(number: int) -> str:
    """The month in three letters, 1 to 12."""
    names = (
        _("Jan"),
        _("Feb"),
        _("Mar"),
        _("Apr"),
        _("May"),
        _("Jun"),
        _("Jul"),
        _("Aug"),
        _("Sep"),
        _("Oct"),
        _("Nov"),
        _("Dec"),
    )
    return names[number - 1]


def day(on: date) -> str:
    """`12 Aug 1974`."""
    return f"{on.day:02} {month(on.month)} {on.year:04}"


def partial(on: "PartialDate") -> str:
    """`12 Aug 1974`, of which only what is known: `Aug 1974`, `1974`, or that it is not known."""
    if on.year is None:
        return _("date unknown")
    if on.month is None:
        return f"{on.year:04}"
    known = f"{month(on.month)} {on.year:04}"
    return known if on.day is None else f"{on.day:02} {known}"


def birth(on: "PartialDate", today: date) -> str:
    """`12 Aug 1974 (52)`; a year of birth alone makes the age `(51+)`."""
    age = on.age_on(today)
    if age is None:
        return _("birth unknown")
    return f"{partial(on)} ({age}{'' if on.day else '+'})"


def span(length: timedelta) -> str:
    """`40 s`, `12 min`, `3 h`, `2 d`: one unit, rounded down."""
    seconds = max(0, int(length.total_seconds()))
    if seconds < 60:
        return _("{n} s").format(n=seconds)
    if seconds < 3600:
        return _("{n} min").format(n=seconds // 60)
    if seconds < 48 * 3600:
        return _("{n} h").format(n=seconds // 3600)
    return ngettext("{n} day", "{n} days", seconds // 86400).format(n=seconds // 86400)


def about(seconds: float) -> str:
    """An estimate: `about 2 s`, `about 4 min`, in steps that it is good for."""
    if seconds < 10:
        whole = max(1, round(seconds))
    else:
        step = 5 if seconds < 60 else 60 if seconds < 3600 else 3600
        whole = max(1, round(seconds / step)) * step
    return _("about {span}").format(span=span(timedelta(seconds=whole)))


def rate_words(rate: float | None) -> str:
    """`link 9.6 kbit/s`; `link up` where the rate is not known, or so high that nobody waits for it."""
    if rate is None or rate >= FAST:
        return _("link up")
    kilobits = rate / 1000
    shown = f"{kilobits:.1f}" if kilobits < 10 else f"{kilobits:.0f}"
    return _("link {rate} kbit/s").format(rate=shown)


def old(as_of: datetime, now: datetime, zone: str) -> str:
    """Within the last hour the time, `05:02`; else the age, `3 h old`."""
    age = now - as_of
    if age < HOUR:
        return hh_mm(as_of, zone)
    return _("{span} old").format(span=span(age))


def source_age(section: "Section", now: datetime, zone: str) -> str:
    """How old a section is: `live`, `05:02`, `3 h old`, or nothing where it is not checked: its state says so."""
    from ...domain.words import SourceState

    if section.source is SourceState.LIVE:
        return _("live")
    if section.source is SourceState.NOT_CHECKED or section.as_of is None:
        return ""
    return old(section.as_of, now, zone)


def stopwatch(length: timedelta) -> str:
    """`0:06`, `12:40`, `1:02:03`."""
    minutes, seconds = divmod(max(0, int(length.total_seconds())), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02}:{seconds:02}" if hours else f"{minutes}:{seconds:02}"
