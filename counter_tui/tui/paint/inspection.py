"""The inspection: who is this, what stands against, what do I do now, in this order, for the room there is."""

from dataclasses import dataclass

from ...workstation.news import Recorded
from .cells import EMPTY, Lines, beside, fitted, line, rule
from .following import following
from .identity import identity
from .joint import joint_line, joint_lines
from .overriding import banner
from .panels import Panels
from .spacious import explained, panel_grid, side
from .unconfirmed import unconfirmed

WIDE_WIDTH, WIDE_HEIGHT = 110, 30
AIR = 5
FOLLOWING = 8
"""Lines of what is next that the rest gives way for: title, five steps, outcome, what stands against one key."""
SIDE, GAP = 47, 2  # the side holds a zone's line of 44 characters


@dataclass(frozen=True, slots=True)
class Painted:
    """The lines, and which of them holds the running clock: it alone is painted anew every second."""

    lines: Lines
    clock: int


def is_wide(width: int, height: int) -> bool:
    """Whether there is room for identity at the side and all findings."""
    return width >= WIDE_WIDTH and height >= WIDE_HEIGHT


def inspection(panels: Panels, decided: Recorded | None, width: int, height: int) -> Painted:
    """The whole pane in at most `height` lines of at most `width` cells."""
    if is_wide(width, height):
        return wide(panels, decided, width, height)
    return compact(panels, decided, width, height)


def compact(panels: Panels, decided: Recorded | None, width: int, height: int) -> Painted:
    """One under the other. Where it is tight, air goes first, then why the band is so, then second rows, then steps."""
    view = panels.view
    top = [*identity(view.crossing, panels.now, panels.zone, width), *_above(panels, width)]
    wanted = len(following(panels, decided, width, height))
    if decided is None or decided.stay is None:
        wanted = min(wanted, FOLLOWING)
    for most, air, told in ((2, 1, 3), (2, 0, 3), (2, 0, 2), (2, 0, 1), (1, 0, 2), (1, 0, 1)):
        gap = [EMPTY] * air
        joint = joint_lines(view, panels.changed, width, told)
        before = [*top, *gap, *panels.rows(width, most), *gap, *joint, rule(width)]
        if len(before) + wanted <= height:
            break
    lines = [*before, *following(panels, decided, width, max(1, height - len(before)))]
    return Painted(fitted(lines, width, height), len(before))


def _above(panels: Panels, width: int) -> Lines:
    """What must not be overlooked: rules that are set aside, and what somebody elsewhere is to confirm."""
    of = panels.view, panels.now, panels.zone, width
    return [*banner(*of), *unconfirmed(*of)]


def wide(panels: Panels, decided: Recorded | None, width: int, height: int) -> Painted:
    """Identity at the side; panels in two rows, the joint band in full and what is next beside it."""
    right = width - SIDE - GAP
    after = following(panels, decided, right, height // 3)
    above = _above(panels, right)
    grid = [*above, *panel_grid(panels, right, height - len(after) - len(above) - 4)]
    room = height - len(grid) - len(after) - 4
    reasons = explained(panels, right, room) if decided is None else []
    air = [EMPTY] * (room - len(reasons) > AIR)
    joint = [joint_line(panels.view, panels.changed, right, told=bool(reasons)), *reasons]
    said = [*grid, *air, rule(right), *air, *joint, *air, rule(right), *air]
    lines = beside([(side(panels, decided, SIDE, height), SIDE), ([*said, *after], right)], line(("│ ", "$rule")))
    return Painted(fitted(lines, width, height), len(said))
