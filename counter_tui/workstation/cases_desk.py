"""Cases, whereabouts and answers as a screen sees them: what `Cases` does backstage."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

    from ..domain.cases.deeds import Said
    from ..domain.decisions import ReasonCode
    from ..domain.posts import Officer
    from ..domain.sections import Subject
    from ..domain.statements import Answer, Statement, Topic
    from ..domain.telephone import Challenge
    from ..domain.whereabouts import Located, Whereabouts
    from ..domain.words import Agency
    from .backstage import Backstage
    from .booth import Booth
    from .cases import Referred
    from .cases_reading import CaseLine, CaseSheet
    from .two_persons import By, Way


class CasesDesk:
    """Its async methods may be awaited from any loop; they raise CounterError only."""

    def __init__(self, backstage: Backstage, booth: Booth) -> None:
        self._backstage, self._booth = backstage, booth

    async def refer(self, subject: Subject, reason: ReasonCode, note: str, digest: str) -> Referred:
        """Refer the traveller on the screen, and free the lane. Raises as `Desk.judge`."""
        return await self._backstage.run(self._refer(subject, reason, note, digest))

    async def _refer(self, subject: Subject, reason: ReasonCode, note: str, digest: str) -> Referred:
        # what cases need is loaded where no key waits for it
        return await self._booth.cases.refer(subject, reason, note, digest)

    async def lines(self) -> tuple[CaseLine, ...]:
        """All cases that are known here, the most pressing first."""
        return await self._backstage.run(self._lines())

    async def _lines(self) -> tuple[CaseLine, ...]:
        return self._booth.cases.lines()

    async def sheet(self, case_id: str) -> CaseSheet:
        """One case in full."""
        return await self._backstage.run(self._sheet(case_id))

    async def _sheet(self, case_id: str) -> CaseSheet:
        return self._booth.cases.sheet(case_id)

    async def of_crossing(self, crossing_id: str) -> str:
        """The id of the open case that a crossing belongs to; "" where none does."""
        return await self._backstage.run(self._of_crossing(crossing_id))

    async def _of_crossing(self, crossing_id: str) -> str:
        return self._booth.cases.reading.of_crossing(crossing_id)

    async def say(self, case_id: str, said: Said) -> int:
        """Record something of a case; the entry's sequence. Raises DecisionError why not."""
        return await self._backstage.run(self._say(case_id, said))

    async def _say(self, case_id: str, said: Said) -> int:
        return self._booth.cases.say(case_id, said)

    async def by_two(self, said: Said) -> tuple[Way, ...]:
        """How a second person may sign this with who is signed in."""
        return await self._backstage.run(self._by_two(said))

    async def _by_two(self, said: Said) -> tuple[Way, ...]:
        return self._booth.cases.by_two(said)

    async def sign(self, case_id: str, said: Said, by: By) -> int:
        """The same where a second person signs it. Raises SignInError for their PIN."""
        return await self._backstage.run(self._sign(case_id, said, by))

    async def _sign(self, case_id: str, said: Said, by: By) -> int:
        return self._booth.cases.sign(case_id, said, by)

    async def ask(self, case_id: str, said: Said, second: str) -> Challenge:
        """The challenge to read out to a second person (id)."""
        return await self._backstage.run(self._ask(case_id, said, second))

    async def _ask(self, case_id: str, said: Said, second: str) -> Challenge:
        return self._booth.cases.ask(case_id, said, second)

    def why_not_first(self, said: Said) -> str:
        """The code for why who is signed in may not begin what two sign; "" where they may."""
        return self._booth.cases.why_not_first(said)

    async def link(self, case_id: str) -> int:
        """Put the traveller on the screen into a case."""
        return await self._backstage.run(self._link(case_id))

    async def _link(self, case_id: str) -> int:
        return self._booth.cases.link(case_id)

    async def state_where(self, thread: str, deed: Whereabouts) -> int:
        """Record where somebody or something is."""
        return await self._backstage.run(self._state_where(thread, deed))

    async def _state_where(self, thread: str, deed: Whereabouts) -> int:
        return self._booth.cases.state_where(thread, deed)

    async def note_answer(self, deed: Statement) -> int:
        """Record what the traveller on the screen says."""
        return await self._backstage.run(self._note_answer(deed))

    async def _note_answer(self, deed: Statement) -> int:
        return self._booth.cases.note_answer(deed)

    async def said(self) -> tuple[Mapping[Topic, tuple[Answer, ...]], tuple[Located, ...]]:
        """What the traveller on the screen said, and where they are known to be."""
        return await self._backstage.run(self._said())

    async def _said(self) -> tuple[Mapping[Topic, tuple[Answer, ...]], tuple[Located, ...]]:
        cases = self._booth.cases
        return cases.answers(), cases.located()

    async def take_up(self, case_id: str, which: str = "") -> str:
        """The crossing of one of the case's travellers, to be resumed; as `Cases.take_up`."""
        return await self._backstage.run(self._take_up(case_id, which))

    async def _take_up(self, case_id: str, which: str) -> str:
        return self._booth.cases.take_up(case_id, which)

    def officers(self, but: str = "") -> tuple[Officer, ...]:
        """Who is on the duty roster, beside one."""
        return self._booth.cases.officers(but)

    def releasers(self, agency: Agency) -> tuple[Officer, ...]:
        """Who of the duty roster may release a hold of an agency."""
        return self._booth.cases.reading.releasers(agency)
