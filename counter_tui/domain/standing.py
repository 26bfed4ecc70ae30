"""What stands of several things said of one matter: whatever nobody has said otherwise since, knowing of it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from .acts import Act
    from .joint.history import History


def standing(history: History, acts: Iterable[Act]) -> tuple[Act, ...]:
    """Those of these acts that none of the others knew of: one where all knew of each other, several said apart."""
    said = tuple(acts)
    return tuple(act for act in said if not any(history.knew(later.id, act.id) for later in said))


def by_time(acts: Iterable[Act]) -> tuple[Act, ...]:
    """The acts as people read them: the earliest first, the same everywhere."""
    return tuple(sorted(acts, key=lambda act: (act.at, act.id)))
