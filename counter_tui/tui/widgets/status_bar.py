"""The first line of every screen: where, who, which way, what time, which link, and DEMO where it is one."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, NamedTuple

from textual.content import Content
from textual.geometry import Region
from textual.widget import Widget

from ...domain.posts import Officer
from ...workstation.place import Place
from ..paint.times import hh_mm_ss, rate_words, span
from ..words import _, clean, ngettext

if TYPE_CHECKING:
    from ...workstation.news import Status


class Standing(NamedTuple):
    """What the line says: all of it known at once. `status` is None before the workstation is prepared."""

    place: Place
    officer: Officer | None
    status: Status | None
    now: datetime


class StatusBar(Widget):
    """One line and the rule below it."""

    standing: Standing | None = None

    def show(self, standing: Standing) -> None:
        """Paint this; the rule below it stands already, and nothing is sent where nothing else is said."""
        before, self.standing = self.standing, standing
        width = self.size.width
        if before is None or status_line(before, width) != status_line(standing, width):
            self.refresh(Region(0, 0, width, 1))

    def repaint(self) -> None:
        """Paint again, in the language that is on."""
        self.refresh()

    def render(self) -> Content:
        """The line, and the rule."""
        width = self.size.width
        if self.standing is None:
            return Content("")
        return Content("\n").join([status_line(self.standing, width), Content.styled("─" * width, "$rule")])


def status_line(standing: Standing, width: int) -> Content:
    """The line in `width` cells; who is signed in gives way first."""
    place = standing.place
    head = Content.styled(f" {clean(place.post.name)} {clean(place.counter.label)}", "bold")
    way = _("IN") if place.counter.direction.value == "entry" else _("OUT")
    tail = [
        Content.styled(way, "bold"),
        Content(hh_mm_ss(standing.now, place.post.zone)),
        link_words(standing.status, standing.now),
        *([Content.styled(_("DEMO"), "bold $demo")] if place.demo else []),
    ]
    right = Content("   ").join(tail)
    who = Content(f"  {officer_words(standing.officer)}" if standing.officer else "")
    room = max(0, width - head.cell_length - right.cell_length - 3)
    left = Content.assemble(head, who.truncate(room, ellipsis=True))
    blank = " " * max(1, width - left.cell_length - right.cell_length - 1)
    return Content.assemble(left, blank, right, " ").truncate(width)


def officer_words(officer: Officer) -> str:
    """`Wijaya S. · joint counter`."""
    first, *others = clean(officer.name).split() or [""]
    initials = "".join(f" {name[0]}." for name in others)
    desk = _("joint counter") if officer.joint else _agency(officer)
    return f"{first}{initials} · {desk}"


def _agency(officer: Officer) -> str:
    from ..paint.signs import agency_name

    return agency_name(officer.agency)


def link_words(status: Status | None, now: datetime) -> Content:
    """`link up`, `link starting`, `OFFLINE 12 min, 3 wait`; and the clock, where it stands before a known time."""
    if status is None or status.link == "starting":
        return Content.styled(_("link starting"), "$muted")
    if status.down_since is not None:
        words = _("OFFLINE {span}").format(span=span(now - status.down_since))
        cut = _("(cut)") if status.link == "cut" else ""
        waiting = ngettext("{n} waits", "{n} wait", status.waiting).format(n=status.waiting) if status.waiting else ""
        since = f"{words} {cut}".rstrip()
        link = Content.styled(f"{since}, {waiting}" if waiting else since, "bold $offline")
    elif status.link == "up":
        link = Content.styled(rate_words(status.quality.rate if status.quality else None), "")
    else:
        link = Content.styled(_("OFFLINE"), "bold $offline")
    if status.troubles:
        link = Content.assemble(link, (f"  {_('SYNC ■')}", "bold $stop"))
    if status.degraded is not None:
        link = Content.assemble(link, (f"  {_('DEGRADED M')}", "bold $attention"))
    if status.clock_behind:
        return Content.assemble(link, (f"  {_('CLOCK BEHIND')}", "bold $stop"))
    return link
