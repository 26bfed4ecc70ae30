"""What two people say of a hit on the traveller in hand, wherever the second one is."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

    from ..domain.telephone import Challenge
    from .at_work import AtWork
    from .backstage import Backstage
    from .identity import Chosen, Identities, IdentityRecorded
    from .seconding import Seconding
    from .two_persons import By, Way


class Identifying:
    """Over the booth's crossing in hand."""

    def __init__(self, identities: Identities, seconding: Seconding, work: AtWork, taken: Callable[[], None]) -> None:
        """`taken` is called after a decision: from then on it counts."""
        self._identities, self._seconding, self._taken = identities, seconding, taken
        self._signed_in, self._in_hand, self._recorded = work.signed_in, work.in_hand, work.recorded

    def ways(self, list_id: str) -> tuple[Way, ...]:
        """How a second person may sign with who is signed in on a hit of this list."""
        return self._identities.ways(self._seconding, self._signed_in().officer, list_id)

    def ask(self, chosen: Chosen, second: str) -> Challenge:
        """The challenge to read out to a second person (id). Raises as `Identities.ask`."""
        return self._identities.ask(self._in_hand(), chosen, self._signed_in(), second, self._seconding)

    def sign(self, chosen: Chosen, by: By) -> IdentityRecorded:
        """Record it. Raises as `Identities.decide`."""
        recorded = self._identities.decide(self._in_hand(), chosen, self._signed_in(), by, self._seconding)
        self._taken()
        self._recorded()
        return recorded


class IdentifyingDesk:
    """The same as a screen sees it: its methods may be awaited from any loop; they raise CounterError only."""

    def __init__(self, backstage: Backstage, identifying: Identifying) -> None:
        self._backstage, self._identifying = backstage, identifying

    async def ways(self, list_id: str) -> tuple[Way, ...]:
        """How a second person may sign on a hit of this list."""
        return await self._backstage.run(self._ways(list_id))

    async def _ways(self, list_id: str) -> tuple[Way, ...]:
        return self._identifying.ways(list_id)

    async def ask(self, chosen: Chosen, second: str) -> Challenge:
        """The challenge to read out to a second person (id)."""
        return await self._backstage.run(self._ask(chosen, second))

    async def _ask(self, chosen: Chosen, second: str) -> Challenge:
        return self._identifying.ask(chosen, second)

    async def sign(self, chosen: Chosen, by: By) -> IdentityRecorded:
        """Record that a hit is, or is not, who is on the screen, as a second person signs it.

        Raises DecisionError `identity.hit-changed`, `decision.note-needed` or why these two may not; SignInError for
        the PIN, whose tries are counted as at sign-in.
        """
        return await self._backstage.run(self._sign(chosen, by))

    async def _sign(self, chosen: Chosen, by: By) -> IdentityRecorded:
        return self._identifying.sign(chosen, by)
