"""Degraded mode, late hits and the supervisor's queue as a screen sees them: what `Watching` does backstage."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable
    from typing import TypeVar

    from ..domain.deadlines import Deadlines
    from ..domain.joint.deeds import Stage
    from ..domain.mode import ModeDeed, ModeState
    from ..domain.posts import Officer
    from ..domain.procedures.deeds import Did
    from ..domain.procedures.progress import Progress
    from ..domain.recall import RecallStep, RecallTask
    from ..domain.view import MergedView
    from ..domain.whereabouts import Located
    from ..domain.words import Authority, Verdict
    from .backstage import Backstage
    from .booth import Booth
    from .queue import QueueLine
    from .queue_conflicts import ConflictView
    from .recall_rerun import RerunLine
    from .watching import Watching

    T = TypeVar("T")


class WatchingDesk:
    """Its async methods may be awaited from any loop; they raise CounterError only."""

    def __init__(self, backstage: Backstage, booth: Booth) -> None:
        self._backstage, self._booth = backstage, booth

    async def _run(self, work: Callable[[Watching], Awaitable[T]]) -> T:
        async def behind() -> T:  # what it needs is loaded where no key waits for it
            return await work(self._booth.watching)

        return await self._backstage.run(behind())

    async def _read(self, read: Callable[[Watching], T]) -> T:
        async def behind() -> T:
            return read(self._booth.watching)

        return await self._backstage.run(behind())

    # -- the floor and degraded mode --------------------------------------------------------------------------------

    async def attest(self) -> None:
        """All that the floor asks of the traveller on the screen."""
        await self._read(lambda watching: watching.attest_all())

    async def mode(self) -> ModeState:
        """Degraded mode as of now."""
        return await self._read(lambda watching: watching.modes.state)

    async def mode_seconds(self, deed: ModeDeed) -> tuple[Officer, ...]:
        """Who may sign this beside who is signed in."""
        return await self._read(lambda watching: watching.modes.seconds(deed))

    async def loosening(self, authority: Authority, minutes: int) -> ModeDeed:
        """As `Modes.loosening`."""
        return await self._read(lambda watching: watching.modes.loosening(authority, minutes))

    async def deadlines(self) -> Deadlines:
        """The deadlines in force."""
        return await self._read(lambda watching: watching.modes.deadlines)

    async def sign_mode(self, deed: ModeDeed, second: str, pin: str) -> int:
        """Record it, signed by both; its sequence. Raises as `Acts.sign`."""
        return (await self._run(lambda watching: watching.modes.sign(deed, second, pin))).sequence

    async def mode_steps(self) -> Progress | None:
        """How far the steps of degraded mode are; None where there are none to be gone by."""
        return await self._read(lambda watching: watching.mode_steps.progress())

    async def say_mode_step(self, key: str, did: Did) -> int:
        """Record what is said of one of them; its sequence. Raises as `ModeSteps.say`."""
        return await self._read(lambda watching: watching.mode_steps.say(key, did))

    async def rerun(self) -> tuple[RerunLine, ...]:
        """Who was cleared in degraded mode that was left since, and how far each is run again."""
        return await self._read(lambda watching: watching.rerun.lines())

    # -- the queue --------------------------------------------------------------------------------------------------

    async def queue(self) -> tuple[QueueLine, ...]:
        """What waits at this post, the most urgent first."""
        return await self._run(lambda watching: watching.lines())

    async def look(self, thread: str) -> MergedView:
        """Open the traveller of a thread. Raises DecisionError `crossing.unknown`."""
        crossing = await self._read(lambda watching: watching.look(thread))
        return await self._backstage.run(self._booth.resume(crossing))

    async def conflicts(self, thread: str) -> tuple[ConflictView, ...]:
        """The conflicts of a crossing, side by side."""
        return await self._read(lambda watching: watching.conflicts.of(thread))

    async def keep_stricter(self, view: ConflictView, note: str = "") -> int:
        """Settle a conflict: the stricter stands; the entry's sequence."""
        return (await self._run(lambda watching: watching.conflicts.keep_stricter(view, note))).sequence

    async def review(self, view: ConflictView, stage: Stage, *, verdict: Verdict | None = None, note: str = "") -> int:
        """One step of a joint review; the entry's sequence."""
        step = self._run(lambda watching: watching.conflicts.review(view, stage, verdict=verdict, note=note))
        return (await step).sequence

    async def recalls(self, thread: str) -> tuple[RecallTask, ...]:
        """The late hits of a crossing."""
        return await self._read(lambda watching: watching.recalls.of(thread))

    async def last_seen(self, thread: str) -> Located | None:
        """Where somebody said last that the traveller of a crossing is."""
        return await self._read(lambda watching: watching.recalls.last_seen(thread))

    async def recall_seconds(self, task: RecallTask) -> tuple[Officer, ...]:
        """Who may sign that a late hit is somebody else."""
        return await self._read(lambda watching: watching.recalls.seconds(task))

    async def settle(self, task: RecallTask, step: RecallStep, note: str = "", second: str = "", pin: str = "") -> int:
        """Say what became of a late hit; the entry's sequence. Raises as `Recalls.settle`."""
        return (await self._run(lambda watching: watching.recalls.settle(task, step, note, second, pin))).sequence
