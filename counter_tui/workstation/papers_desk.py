"""Papers as a screen sees them: what `Papers` does backstage."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import date

    from ..domain.papers.blocks import PaperKind
    from ..domain.papers.deeds import Way
    from ..domain.stay import Stay
    from ..domain.telephone import Challenge
    from .admissions import Admitted
    from .backstage import Backstage
    from .booth import Booth
    from .papers import Given, Made, Papers, Ways
    from .two_persons import By
    from .two_persons import Way as Signer


class PapersDesk:
    """Its async methods may be awaited from any loop; they raise CounterError only, as those of `Papers`."""

    def __init__(self, backstage: Backstage, booth: Booth) -> None:
        """`booth` lives backstage."""
        self._backstage, self._booth = backstage, booth

    @property
    def _papers(self) -> Papers:
        return self._booth.papers

    async def by_two(self, made: Made) -> tuple[Signer, ...]:
        """How a second person may sign for a copy."""
        return await self._backstage.run(self._by_two(made))

    async def _by_two(self, made: Made) -> tuple[Signer, ...]:
        return self._papers.by_two(made)

    async def ask(self, made: Made, way: Way, reason: str, second: str) -> Challenge:
        """The challenge to read out to a second person (id)."""
        return await self._backstage.run(self._ask(made, way, reason, second))

    async def _ask(self, made: Made, way: Way, reason: str, second: str) -> Challenge:
        return self._papers.ask(made, way, reason, second)

    async def ways(self) -> Ways:
        """How papers leave this counter."""
        return await self._backstage.run(self._papers.ways())

    async def make(self, kind: PaperKind, languages: tuple[str, ...]) -> Made:
        """The notice or the slip of the traveller on the screen."""
        return await self._backstage.run(self._papers.make(kind, languages))

    async def make_of_case(self, case_id: str, kind: PaperKind, languages: tuple[str, ...]) -> Made:
        """The hand-over record of a case, or its letter once it is closed; in the first of these languages."""
        return await self._backstage.run(self._of_case(case_id, kind, languages))

    async def _of_case(self, case_id: str, kind: PaperKind, languages: tuple[str, ...]) -> Made:
        sheet = self._booth.cases.sheet(case_id)
        return await self._papers.make_of_case(kind, sheet.case, sheet.outcomes, languages)

    async def print(self, made: Made, reason: str = "", by: By | None = None) -> Given:
        """Print it."""
        return await self._backstage.run(self._papers.print(made, reason, by))

    async def save(self, made: Made, reason: str = "", by: By | None = None) -> Given:
        """Save it."""
        return await self._backstage.run(self._papers.save(made, reason, by))

    async def stay(self) -> Stay | str:
        """Until when the traveller on the screen may stay, or the code for why nothing is said of it."""
        return await self._backstage.run(self._stay())

    async def _stay(self) -> Stay | str:
        return self._papers.admissions.stay()

    async def admit(self, stamp: str, page: str, until: date | None = None) -> Admitted:
        """Record stamp, page and last day."""
        return await self._backstage.run(self._admit(stamp, page, until))

    async def _admit(self, stamp: str, page: str, until: date | None) -> Admitted:
        return self._papers.admissions.admit(stamp, page, until)
