"""How far the steps of a traveller are who is looked at: of their view, by the acts of the crossing."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from .progress import Progress, confirmed, progress
from .verdicts import verdicts_of

if TYPE_CHECKING:
    from ..acts import Act
    from ..view import MergedView
    from ..words import Authority


def progress_of(view: MergedView, acts: Sequence[Act], looking: Iterable[Authority] = ()) -> Progress | None:
    """The steps of the view's plan, `looking` as of `progress`; None where no procedure applies."""
    if view.plan is None:
        return None
    void = frozenset(view.joint.corrected)
    counted, by_others = [act for act in acts if act.id not in void], confirmed(acts, void)
    return progress(
        view.plan,
        acts,
        view.crossing.opened_at,
        verdicts=verdicts_of(view.plan, view.standing, counted, by_others),
        void=void,
        confirmed=by_others,
        looking=frozenset(looking),
    )
