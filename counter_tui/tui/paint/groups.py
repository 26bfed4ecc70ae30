"""The list of groups: when each is due, how many, and how far they are."""

from collections.abc import Sequence

from rich.cells import cell_len
from textual.content import Content

from ...workstation.stack import GroupLine
from ..words import _, clean
from .cells import left, left_name, line, right
from .times import hh_mm

DUE, STATE = 7, 12
APART = 2


def group_header(width: int) -> Content:
    """The names of the columns."""
    counts = _in_columns(_columns())
    return line((f"{left(_('due'), DUE)}{left_name(_('group'), _name(width))}{counts}", "$muted"))


def group_row(one: GroupLine, zone: str, width: int) -> Content:
    """One group; what is still to be done stands out."""
    due = hh_mm(one.group.due, zone) if one.group.due else ""
    heads = one.heads
    counts = (heads.listed, heads.scanned, heads.cleared, heads.parked + heads.open, heads.to_go)
    shown = _in_columns([str(count) if count else "·" for count in counts])
    state, style = _state(one, zone)
    name = left_name(clean(one.group.name), _name(width))
    return line(left(due, DUE), name, shown, (f"  {state}", style)).truncate(width, ellipsis=True)


def _columns() -> Sequence[str]:
    return (_("listed"), _("scanned"), _("cleared"), _("aside"), _("to go"))


def _in_columns(words: Sequence[str]) -> str:
    return "".join(right(word, cell_len(name) + APART) for word, name in zip(words, _columns(), strict=True))


def _state(one: GroupLine, zone: str) -> tuple[str, str]:
    if one.open:
        return _("open"), "bold $attention"
    if one.closed_at is not None:
        return _("done {time}").format(time=hh_mm(one.closed_at, zone)), "$clear"
    return "", ""


def _name(width: int) -> int:
    return max(14, min(40, width - DUE - STATE - cell_len(_in_columns(_columns()))))
