"""Overrides as a screen sees them: what `Overriding` does backstage."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from ..domain.overriding import OverrideReason
    from ..domain.telephone import Challenge
    from .backstage import Backstage
    from .overriding import Chosen, Overridable, Overriding
    from .seconding import Way


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

    async def beside(self, chosen: Chosen, second: str, pin: str) -> int:
        """Record it with a second person (id) who signs here; the entry's sequence."""
        return await self._backstage.run(self._beside(chosen, second, pin))

    async def _beside(self, chosen: Chosen, second: str, pin: str) -> int:
        return self._overriding.beside(chosen, second, pin)

    async def to_confirm(self, chosen: Chosen, confirmer: str) -> int:
        """Record it, to be confirmed by this person (id) in time."""
        return await self._backstage.run(self._to_confirm(chosen, confirmer))

    async def _to_confirm(self, chosen: Chosen, confirmer: str) -> int:
        return self._overriding.to_confirm(chosen, confirmer)

    async def ask(self, chosen: Chosen, second: str) -> Challenge:
        """The challenge to read out to a second person (id)."""
        return await self._backstage.run(self._ask(chosen, second))

    async def _ask(self, chosen: Chosen, second: str) -> Challenge:
        return self._overriding.ask(chosen, second)

    async def answered(self, digits: str) -> int:
        """Record what was asked over the telephone."""
        return await self._backstage.run(self._answered(digits))

    async def _answered(self, digits: str) -> int:
        return self._overriding.answered(digits)
