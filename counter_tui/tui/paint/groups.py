"""The list of groups: when each is due, how many, and how far they are."""

from textual.content import Content

from ...workstation.stack import GroupLine
from ..words import _
from .cells import left, left_name, line, right
from .group import kind_words
from .times import hh_mm

DUE, COUNT, STATE = 7, 9, 14


def group_header(width: int) -> Content:
    """The names of the columns."""
    names = (_("on list"), _("scanned"), _("cleared"), _("aside"), _("to go"))
    counts = "".join(right(name, COUNT) for name in names)
    return line((f"{left(_('due'), DUE)}{' ' * _name(width)}{counts}", "$muted"))


def group_row(one: GroupLine, zone: str, width: int) -> Content:
    """One group; what is still to be done stands out."""
    due = hh_mm(one.group.due, zone) if one.group.due else ""
    heads = one.heads
    counts = (heads.listed, heads.scanned, heads.cleared, heads.parked + heads.open, heads.to_go)
    shown = "".join(right(str(count) if count else "·", COUNT) for count in counts)
    state, style = _state(one, zone)
    name = left_name(kind_words(one.group), _name(width))
    return line(left(due, DUE), name, shown, (f"  {state}", style)).truncate(width, ellipsis=True)


def _state(one: GroupLine, zone: str) -> tuple[str, str]:
    if one.open:
        return _("open"), "bold $attention"
    if one.closed_at is not None:
        return _("done {time}").format(time=hh_mm(one.closed_at, zone)), "$clear"
    return "", ""


def _name(width: int) -> int:
    return max(14, min(40, width - DUE - 5 * COUNT - STATE))
