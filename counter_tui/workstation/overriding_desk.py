"""Overrides as a screen sees them: what `Overriding` does backstage."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from ..domain.overriding import OverrideReason
    from ..domain.telephone import Challenge
    from .backstage import Backstage
    from .overriding import Chosen, Overridable, Overriding
    from .two_persons import By, Way


class OverridingDesk:
    """Its methods may be awaited from any loop; they raise CounterError only."""

    def __init__(self, backstage: Backstage, overriding: Overriding) -> None:
        self._backstage, self._overriding = backstage, overriding

    async def offered(self) -> tuple[tuple[Overridable, ...], tuple[OverrideReason, ...]]:
        """What holds the traveller on the screen back by rule, and the reasons that an override gives."""
        return await self._backstage.run(self._offered())

    async def _offered(self) -> tuple[tuple[Overridable, ...], tuple[OverrideReason, ...]]:
        return self._overriding.offered(), self._overriding.reasons()

    async def ways(self, rule: str) -> tuple[Way, ...]:
        """How a second person of the owning agency may sign this."""
        return await self._backstage.run(self._ways(rule))

    async def _ways(self, rule: str) -> tuple[Way, ...]:
        return self._overriding.ways(rule)

    async def sign(self, chosen: Chosen, by: By) -> int:
        """Record it as a second person signs it, or is to confirm it in time; the entry's sequence."""
        return await self._backstage.run(self._sign(chosen, by))

    async def _sign(self, chosen: Chosen, by: By) -> int:
        return self._overriding.sign(chosen, by)

    async def ask(self, chosen: Chosen, second: str) -> Challenge:
        """The challenge to read out to a second person (id)."""
        return await self._backstage.run(self._ask(chosen, second))

    async def _ask(self, chosen: Chosen, second: str) -> Challenge:
        return self._overriding.ask(chosen, second)
