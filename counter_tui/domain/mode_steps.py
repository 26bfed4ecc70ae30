"""The joint procedure of degraded mode: what its steps are, and how far they are since the mode was declared.

It is raised by no traveller but by the declaration, and its steps are said in the thread of the post. Two of them are
what two people sign anyway: the declaration, and the leaving with everybody run again.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from .mode import KIND, ModeState, ModeStep, by_two
from .procedures.merging import Plan, Unjudged, plan
from .procedures.progress import Progress, progress
from .procedures.verdicts import Verdicts
from .texts import text

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import datetime

    from .acts import Act
    from .procedures.judging import Procedures
    from .words import Authority

PROCEDURE: Final = "sop14"
DECLARES: Final = "step.declare-mode"
RUNS_AGAIN: Final = "step.run-again"


@dataclass(frozen=True, slots=True)
class Period:
    """A time of degraded mode: since when, and until when where it was left."""

    since: datetime
    left: datetime | None = None


def period(acts: Iterable[Act], state: ModeState, now: datetime, *, run_again: bool) -> Period | None:
    """The mode that stands; else the one that was left last, until its time for running people again is over.

    `run_again`: nobody is left to be run again; as long as somebody is, it is not over.
    """
    if state.since is not None:
        return Period(state.since)
    if state.left_at is None or (run_again and (state.rerun_by is None or now > state.rerun_by)):
        return None
    said = [act for act in acts if act.kind == KIND and by_two(act) and act.at <= state.left_at]
    ends = sorted(act.at for act in said if act.deed.step is ModeStep.LEFT)
    after = ends[-2] if len(ends) > 1 else None
    begun = [a.at for a in said if a.deed.step is ModeStep.DECLARED and (after is None or a.at > after)]
    return Period(min(begun, default=state.left_at), state.left_at)


def mode_plan(procedures: Procedures, at: datetime) -> Plan | None:
    """The procedure that is in force on this day; one that is not signed is named with why, and has no steps."""
    row = procedures.by_id.get(PROCEDURE)
    if row is None or row.id not in procedures.on(at.date()):
        return None
    missing = procedures.unsigned.get(row.id)
    if missing:
        return plan((), (Unjudged(row.id, row.number, text("plan.not-signed", agencies=", ".join(missing))),))
    return plan((row,))


def mode_progress(
    steps: Plan, acts: Sequence[Act], of: Period, *, run_again: bool, looking: Iterable[Authority]
) -> Progress:
    """How far the steps are by what was said in the post's thread within this period; `run_again` as of `period`."""
    within = [act for act in acts if act.at >= of.since]
    given: dict[str, datetime | None] = {}
    for planned in steps.steps:
        if planned.step.code == DECLARES:
            given[planned.key] = of.since
        elif planned.step.code == RUNS_AGAIN and of.left is not None and run_again:
            given[planned.key] = None
    return progress(steps, within, of.since, verdicts=Verdicts(given), looking=frozenset(looking))
