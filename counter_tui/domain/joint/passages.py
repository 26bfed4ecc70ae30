"""One traveller at several counters: which crossings are one passage, and what is said of it apart.

A counter that knows of a crossing that was not let go takes it up under its id. Two counters that do not know of each
other open two; once each learns of the other's verdicts these stand beside its own: the stricter is in force, and what
disagrees is a conflict.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Final

from ..entries import DECISION
from ..outcome import STRICTNESS
from ..words import Direction
from .history import History

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from ..acts import Act
    from .state import JointState

TAKEN_UP_WITHIN: Final = timedelta(hours=12)
"""Who was not let go is the same passage when they come again, for so long."""
BESIDE_WITHIN: Final = timedelta(hours=2)
"""Crossings that were opened apart, no longer than this from each other, are one passage."""


@dataclass(frozen=True, slots=True)
class Opened:
    """A crossing as it is found by its document: its id, which way, and when (aware) it was opened."""

    crossing: str
    direction: Direction
    at: datetime


def to_take_up(opened: Iterable[Opened], direction: Direction, now: datetime) -> tuple[Opened, ...]:
    """The crossings of a document, the newest first, that one opened now may be."""
    same = (one for one in opened if one.direction is direction and timedelta(0) <= now - one.at <= TAKEN_UP_WITHIN)
    return tuple(sorted(same, key=lambda one: (one.at, one.crossing), reverse=True))


def beside(opened: Iterable[Opened], own: Opened) -> tuple[str, ...]:
    """The crossings of the same document that may be the same passage as one's own, opened apart."""
    return tuple(
        sorted(
            one.crossing
            for one in opened
            if one.crossing != own.crossing and one.direction is own.direction and abs(one.at - own.at) <= BESIDE_WITHIN
        )
    )


def said_apart(own: Sequence[Act], others: Iterable[Act]) -> tuple[Act, ...]:
    """Those of the others' acts that were recorded apart from every decision here, and not known here."""
    decided = [act for act in own if act.kind == DECISION]
    theirs = tuple(others)
    if not decided or not theirs:
        return ()
    history = History([*own, *theirs])
    return tuple(act for act in theirs if all(history.apart(act.id, one.id) for one in decided))


def joined(own: JointState, whole: JointState) -> JointState:
    """One's own state with what was said apart: per subject the stricter of both, and the conflicts."""
    together = dict(whole.outcome)
    outcome = tuple(
        (subject, max(mine, together.get(subject, mine), key=STRICTNESS.__getitem__)) for subject, mine in own.outcome
    )
    return replace(own, outcome=outcome, conflicts=whole.conflicts)
