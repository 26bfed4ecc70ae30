"""The allowance of border residents as a screen sees it: what `Residents` does backstage."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from ..domain.acts import Act
    from ..domain.allowance.standing import Standing
    from ..domain.posts import Officer
    from ..domain.telephone import Challenge
    from .backstage import Backstage
    from .residents import Residents
    from .two_persons import By, Way


@dataclass(frozen=True, slots=True)
class Shown:
    """All that is shown of a resident: how they stand, what could be corrected, how another signs, and who confirms."""

    standing: Standing
    grants: tuple[Act, ...]
    for_grants: tuple[Way, ...]
    for_corrections: tuple[Way, ...]
    confirmers: tuple[Officer, ...]


class ResidentsDesk:
    """Its async methods may be awaited from any loop; they raise CounterError only, as those of `Residents`."""

    def __init__(self, backstage: Backstage, residents: Residents) -> None:
        self._backstage, self._residents = backstage, residents

    async def shown(self) -> Shown:
        """How the resident on the screen stands. DecisionError `resident.no-resident` for who is none."""
        return await self._backstage.run(self._shown())

    async def _shown(self) -> Shown:
        of = self._residents
        ways = of.ways(later=False), of.ways(later=True)
        return Shown(of.standing(), of.grants(), *ways, of.confirmers())

    async def wanted(self) -> bool:
        """Whether a share is to be drawn for whoever is on the screen."""
        return await self._backstage.run(self._wanted())

    async def _wanted(self) -> bool:
        return self._residents.wanted()

    async def draw(self) -> None:
        """Draw what is left."""
        await self._backstage.run(self._residents.draw())

    async def leave(self) -> None:
        """Give back what was drawn and not used."""
        await self._backstage.run(self._leave())

    async def _leave(self) -> None:
        self._residents.leave()

    async def grant(self, sen: int) -> int:
        """Grant so many sen; the sequence of the entry."""
        return await self._backstage.run(self._grant(sen))

    async def _grant(self, sen: int) -> int:
        return self._residents.grant(sen)

    async def grant_beyond(self, sen: int, reason: str, note: str, confirmer: str, by: By | None) -> int:
        """A supervisor's grant; the sequence of the entry."""
        return await self._backstage.run(self._beyond(sen, reason, note, confirmer, by))

    async def _beyond(self, sen: int, reason: str, note: str, confirmer: str, by: By | None) -> int:
        return self._residents.grant_beyond(sen, reason, note, confirmer, by)

    async def ask_beyond(self, sen: int, reason: str, note: str, confirmer: str, second: str) -> Challenge:
        """The challenge to read out to a supervisor (id)."""
        return await self._backstage.run(self._ask_beyond(sen, reason, note, confirmer, second))

    async def _ask_beyond(self, sen: int, reason: str, note: str, confirmer: str, second: str) -> Challenge:
        return self._residents.ask_beyond(sen, reason, note, confirmer, second)

    async def correct(self, act: str, sen: int, reason: str, note: str, by: By | None) -> int:
        """What a grant should have been; the sequence of the entry."""
        return await self._backstage.run(self._correct(act, sen, reason, note, by))

    async def _correct(self, act: str, sen: int, reason: str, note: str, by: By | None) -> int:
        return self._residents.correct(act, sen, reason, note, by)

    async def ask_correct(self, act: str, sen: int, reason: str, note: str, second: str) -> Challenge:
        """The challenge to read out to a second person (id)."""
        return await self._backstage.run(self._ask_correct(act, sen, reason, note, second))

    async def _ask_correct(self, act: str, sen: int, reason: str, note: str, second: str) -> Challenge:
        return self._residents.ask_correct(act, sen, reason, note, second)
