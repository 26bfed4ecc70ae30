"""What goes on at a counter beside the traveller in hand: degraded mode, late hits, and what waits for a supervisor."""

from __future__ import annotations

from dataclasses import replace
from functools import cached_property
from typing import TYPE_CHECKING

from ..domain.mode import NORMAL
from .mode import Modes
from .recall import Recalls
from .recall_rerun import Rerun

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from ..domain.crossings import Crossing
    from ..domain.floor import Attest
    from ..domain.mode import ModeState
    from ..domain.posts import Officer
    from .acts import Acts
    from .at_work import AtWork
    from .cases_reading import CaseReading
    from .closing import Closing
    from .current import Current
    from .identity import Identities
    from .mode_steps import ModeSteps
    from .news import Status
    from .parts import Parts
    from .queue import Queue, QueueLine
    from .queue_acting import Conflicts
    from .queue_steps import LateSteps
    from .records import CachedRecords
    from .sign_in import Session


class Watching:
    """One counter's. All of it runs on the backstage loop."""

    def __init__(
        self,
        parts: Parts,
        acts: Acts,
        records: CachedRecords,
        identities: Identities,
        work: AtWork,
        *,
        opened: Callable[[Crossing, Officer], Current],
        closing: Closing,
    ) -> None:
        """`opened` is a crossing that stands open here, as the cache holds it; `closing` tells what is not signed."""
        self._parts, self._acts, self._records, self._now = parts, acts, records, work.now
        self._work, self._opened, self._closing = work, opened, closing
        self.modes = Modes(parts, acts, work.now, session=self._session, changed=self._mode_changed)
        self.recalls = Recalls(parts, acts, records, identities, work.now, session=self._session)
        self.rerun = Rerun(parts, records, work.now, self.modes, self.recalls.note_all)
        self.recalls.then = self._run_again
        self._looked: set[str] = set()
        self.also: Callable[[ModeState], None] = lambda _mode: None
        """Who else is told when the mode is another: the group that is worked."""

    @cached_property
    def queue(self) -> Queue:
        """What the threads of this post have waiting."""
        from .queue import Queue
        from .queue_sources import sources

        parts, steps = self._parts, self._steps
        today = self._now().date()
        rules, case = parts.two_persons().on(today), self._reading.case
        asked = (*sources(parts.rules().book, tuple(parts.roster.values()), rules, case), steps.heard)
        return Queue(parts, self._acts, self._records.acts, asked, self._now, runs=steps.runs)

    @cached_property
    def _steps(self) -> LateSteps:
        from .queue_steps import LateSteps

        return LateSteps(self._records, lambda crossing: self._opened(crossing, self._work.signed_in().officer))

    @cached_property
    def _reading(self) -> CaseReading:
        from .cases_reading import CaseReading

        return CaseReading(self._parts, self._acts, self._records, self._closing)

    @cached_property
    def mode_steps(self) -> ModeSteps:
        """The joint procedure of degraded mode."""
        from .mode_steps import ModeSteps

        return ModeSteps(self._parts, self._acts, self.modes, self.rerun, self._work)

    @cached_property
    def conflicts(self) -> Conflicts:
        """Conflicts side by side, and what is done about them."""
        from .queue_acting import Conflicts

        return Conflicts(self._parts, self._acts, self._records.acts, self._now, self._work.signed_in)

    def _session(self) -> Session | None:
        return self._work.session

    def told(self, status: Status) -> Status:
        """The status with degraded mode in it; where nobody is signed in any more, what was read is forgotten."""
        if self._work.session is None:
            self.rerun.forget()
            if "queue" in vars(self):
                self.queue.forget()
                self._steps.forget()
        return replace(status, degraded=self.modes.state.since)

    # -- the traveller in hand --------------------------------------------------------------------------------------

    def take_up(self, current: Current) -> None:
        """Bring degraded mode to a crossing; who was looked at from the queue before is let go."""
        self._let_go(current.crossing.id)
        state = self.modes.state
        if state != (current.mode or NORMAL):
            self._work.changed(current, current.standing_by(current.attested, state))

    def _mode_changed(self) -> None:
        current = self._work.current
        if current is not None:
            self.take_up(current)
        self.also(self.modes.state)
        self._work.recorded()
        self.wake()

    def attest(self, attested: frozenset[Attest]) -> None:
        """The officer says what they saw of the traveller in hand."""
        current = self._work.current
        if current is not None:
            self._work.changed(current, current.standing_by(current.attested | attested, self.modes.state))

    def attest_all(self) -> None:
        """The officer says that they saw all that the floor asks."""
        current = self._work.current
        floor = current.view().floor if current is not None else None
        if floor is not None:
            self.attest(frozenset(floor.missing))

    # -- what waits -------------------------------------------------------------------------------------------------

    async def lines(self) -> tuple[QueueLine, ...]:
        """What waits at this post, the most urgent first."""
        from .queue import in_order
        from .queue_sources import rerun_line

        current = self._work.current
        self._let_go(current.crossing.id if current is not None else "")
        waiting = await self.queue.lines()
        left = rerun_line(self.rerun.lines(), self.modes.state)
        steps = self._steps.here(self._acts.of, self._now())
        return in_order((*waiting, *left, *steps), self._now())

    def look(self, thread: str) -> str:
        """The crossing of a thread, ready to be taken up; its id. Raises DecisionError `crossing.unknown`."""
        crossing = self.conflicts.crossing(thread)
        if crossing.id not in {one.id for one in self._records.open_crossings()}:
            self._records.keep_open(crossing)
            self._looked.add(crossing.id)
        return crossing.id

    def _let_go(self, but: str) -> None:
        """Whoever was only looked at is not among those put aside."""
        for crossing in self._looked - {but}:
            self._records.drop_open(crossing)
        self._looked &= {but}

    def begin(self) -> None:
        """Somebody has signed in, and what is needed is loaded: the status knows the mode from now on."""
        self._work.recorded()
        self.wake()

    def wake(self) -> None:
        """Somebody has signed in, or lists have come: whoever was released meanwhile is screened again."""
        self.recalls.wake()

    def stop(self) -> None:
        """Nothing runs any more."""
        self.recalls.stop()

    def heard(self, word: str, documents: Iterable[str]) -> None:
        """`word` is what the delivery has news of; sections of these `documents` came since the last one."""
        self.recalls.came(documents)
        if word == "up":
            self.wake()

    async def _run_again(self) -> None:
        session = self._work.session
        if session is not None:
            await self.rerun.run(session)
            await self.queue.lines()  # so that it is there when somebody asks for it
