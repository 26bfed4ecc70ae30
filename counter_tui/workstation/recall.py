"""Late hits at a counter: who was released meanwhile is screened again, and what is found is a task until settled."""

from __future__ import annotations

import asyncio
from contextlib import suppress
from datetime import timedelta
from typing import TYPE_CHECKING, Final

from ..domain.identity import Identified
from ..domain.late import late_hits, late_in
from ..domain.recall import KIND, RecallDeed, RecallStep, RecallTask, chased, fold_recalls, is_new, raised
from ..domain.whereabouts import person_of, where
from ..errors import DecisionError
from .recall_late import Lately
from .recall_sweep import Sweep, Sweeping
from .records import stamp
from .releases import Releases

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Iterable, Mapping, Sequence
    from collections.abc import Set as AbstractSet
    from datetime import datetime

    from ..domain.acts import Act
    from ..domain.late import Late, Release
    from ..domain.posts import Officer
    from ..domain.screening.model import ListAnswer
    from ..domain.sections import Section
    from ..domain.whereabouts import Located
    from .acts import Acts
    from .identity import Identities
    from .parts import Parts
    from .ports import JournalEntry
    from .records import CachedRecords
    from .sign_in import Session

LATELY: Final = timedelta(days=3)
"""So long a section is held at a booth."""


class Recalls:
    """One counter's. All of it runs on the backstage loop."""

    def __init__(
        self,
        parts: Parts,
        acts: Acts,
        records: CachedRecords,
        identities: Identities,
        now: Callable[[], datetime],
        *,
        session: Callable[[], Session | None],
    ) -> None:
        """`session` is whoever is signed in."""
        self._parts, self._acts, self._records, self._identities = parts, acts, records, identities
        self._session = session
        releases = Releases(parts, acts, records, now, session)
        self.sweep = Sweep(parts, releases, self._screen_again, now)
        self.lately = Lately(releases, records, LATELY, self.note)
        acts.listen(self._heard)
        self._task: asyncio.Task[None] | None = None
        self._again = self._whole = False
        self.then: Callable[[], Awaitable[None]] = _nothing
        """What is done after a round in which everything was looked at."""

    def _heard(self, thread: str) -> None:
        """Somebody said something of a crossing; it is looked at once somebody may read."""
        self.lately.threads.add(thread)
        self.sweep.threads.add(thread)
        self._go_on()

    def came(self, documents: Iterable[str]) -> None:
        """Sections of these documents came with the feed."""
        self.lately.documents.update(documents)
        if self.lately.documents:
            self._go_on()

    # -- screening again --------------------------------------------------------------------------------------------

    def wake(self) -> None:
        """Lists or the link may be there again, or the mode is another: everything is looked at."""
        self._whole = True
        self._go_on()

    def _go_on(self) -> None:
        """Or once more when it is through. Only while somebody is signed in."""
        if self._session() is None:
            return
        if self._task is not None and not self._task.done():
            self._again = True
        else:
            self._task = asyncio.get_running_loop().create_task(self._run())

    def stop(self) -> None:
        """Give up; it goes on where it was."""
        if self._task is not None:
            self._task.cancel()

    async def _run(self) -> None:
        self._again = True
        with suppress(DecisionError):  # whoever was signed in has left: the next one goes on with it
            while self._again:
                self._again = False
                await self.sweep.run()
                await self.lately.run()
                if self._whole:
                    self._whole = False
                    await self.then()

    @property
    def sweeping(self) -> Sweeping:
        """How far it is."""
        return self.sweep.state

    async def _screen_again(self, release: Release, lists: AbstractSet[str]) -> Mapping[str, int]:
        self._signed_in()
        screens = self._parts.screens
        if screens is None:
            return {}
        answers = await screens.answers(release.body.crossing, lists)
        self.note_all(release.act, (), answers)
        return {answer.list: answer.version for answer in answers if not answer.pending}

    def note_all(self, act: Act, sections: Sequence[Section], answers: Sequence[ListAnswer]) -> None:
        """Raise what sources and lists say of a release, and it did not lean on. `act` is the decision."""
        rules, body = self._parts.rules().book.screening, act.deed
        decided = self._identities.decided(body.crossing.document)
        dismissed = {key for key, one in decided.items() if one.identified is Identified.NOT_THIS_PERSON}
        listed = late_hits(body, answers, rules, dismissed) if rules is not None else ()
        self._raise(act, (*listed, *late_in(body, sections)))

    def _signed_in(self) -> Session:
        session = self._session()
        if session is None:
            raise DecisionError("signin.nobody")
        return session

    def note(self, release: Release, found: Iterable[Late]) -> None:
        """Raise what nobody has raised yet; on disk when this returns."""
        self._raise(release.act, found)

    def _raise(self, act: Act, found: Iterable[Late]) -> None:
        session, thread = self._signed_in(), act.thread
        tasks = fold_recalls(self._acts.of(thread))
        for late in found:
            if not is_new(late, tasks):
                continue
            who = chased(act.deed.crossing, stamp(act.at))
            self._acts.record(KIND, thread, raised(late, who, act.id), session)
            tasks = fold_recalls(self._acts.of(thread))

    def of(self, thread: str) -> tuple[RecallTask, ...]:
        """The late hits of a crossing, as who is signed in sees them: an entry is its own agency's."""
        to = self._signed_in().officer.acts_for
        return tuple(task.seen_by(to) for task in fold_recalls(self._acts.of(thread)))

    def last_seen(self, thread: str) -> Located | None:
        """Where somebody said last that the traveller is; None where nobody did."""
        return person_of(where(self._acts.of(thread)))

    # -- what comes of it -------------------------------------------------------------------------------------------

    def seconds(self, task: RecallTask) -> tuple[Officer, ...]:
        """Who may sign, beside who is signed in, that it is somebody else."""
        deed, first = _deed(task, RecallStep.NOT_THIS_PERSON, ""), self._signed_in().officer
        return tuple(other for other in self._parts.roster.values() if not deed.why_not(first, other))

    async def settle(
        self, task: RecallTask, step: RecallStep, note: str = "", second: str = "", pin: str = ""
    ) -> JournalEntry:
        """Record what became of a late hit; raises as `Acts.record`, and as `Acts.sign` with a second person."""
        session = self._signed_in()
        deed = _deed(task, step, note)
        if second:
            return self._acts.sign(KIND, task.thread, deed, session, second, pin)
        return self._acts.record(KIND, task.thread, deed, session)


def _deed(task: RecallTask, step: RecallStep, note: str) -> RecallDeed:
    return RecallDeed(step, task=task.id, agency=task.late.agency, note=note)


async def _nothing() -> None:
    """Nothing follows."""
