"""Papers as a screen sees them: what `Papers` does backstage."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import date

    from ..domain.papers.blocks import PaperKind
    from ..domain.posts import Officer
    from ..domain.stay import Stay
    from .admissions import Admitted
    from .backstage import Backstage
    from .booth import Booth
    from .papers import Given, Made, Papers, Ways


class PapersDesk:
    """Its async methods may be awaited from any loop; they raise CounterError only, as those of `Papers`."""

    def __init__(self, backstage: Backstage, booth: Booth) -> None:
        """`booth` lives backstage."""
        self._backstage, self._booth = backstage, booth

    @property
    def _papers(self) -> Papers:
        return self._booth.papers

    def seconds(self) -> tuple[Officer, ...]:
        """Who may sign for a copy."""
        return self._papers.seconds()

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

    async def print(self, made: Made, reason: str = "", second: str = "", pin: str = "") -> Given:
        """Print it."""
        return await self._backstage.run(self._papers.print(made, reason, second, pin))

    async def save(self, made: Made, reason: str = "", second: str = "", pin: str = "") -> Given:
        """Save it."""
        return await self._backstage.run(self._papers.save(made, reason, second, pin))

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
