"""The steps of degraded mode at a counter: how far they are, and what is said of one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..domain.mode import THREAD
from ..domain.mode_steps import mode_plan, mode_progress, period
from ..domain.procedures.deeds import KIND, Did, StepDeed, deed_of
from ..errors import DecisionError

if TYPE_CHECKING:
    from ..domain.procedures.progress import Progress
    from .acts import Acts
    from .at_work import AtWork
    from .mode import Modes
    from .parts import Parts
    from .recall_rerun import Rerun


class ModeSteps:
    """Everything runs on the backstage loop."""

    def __init__(self, parts: Parts, acts: Acts, modes: Modes, rerun: Rerun, work: AtWork) -> None:
        self._parts, self._acts, self._modes, self._rerun, self._work = parts, acts, modes, rerun, work

    def progress(self) -> Progress | None:
        """How far the steps are; None where the mode was not declared, and nobody is run again after it."""
        acts, now = self._acts.of(THREAD), self._work.now()
        done = all(line.done for line in self._rerun.lines())
        of = period(acts, self._modes.state, now, run_again=done)
        steps = mode_plan(self._parts.rules().book.procedures, now) if of is not None else None
        if of is None or steps is None:
            return None
        return mode_progress(steps, acts, of, run_again=done, looking=self._work.signed_in().officer.authorities)

    def say(self, key: str, did: Did) -> int:
        """Record what is said of a step; its sequence.

        Raises DecisionError `plan.gone` where there is no such step, or why this person may not.
        """
        found = self.progress()
        state = found.find(key) if found is not None else None
        if state is None:
            raise DecisionError("plan.gone")
        deed: StepDeed = deed_of(state.planned, did)
        sequence = self._acts.record(KIND, THREAD, deed, self._work.signed_in()).sequence
        self._work.recorded()
        return sequence
