"""Unsealing and notes as a screen sees them: what `Disclosing` does backstage."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from ..domain.telephone import Challenge
    from ..domain.unsealing import SealedItem
    from ..domain.words import Agency
    from .backstage import Backstage
    from .disclosing import Disclosing
    from .two_persons import By, Way
    from .unsealing import Chosen, Unsealed


class DisclosingDesk:
    """Its async methods may be awaited from any loop; they raise CounterError only."""

    def __init__(self, backstage: Backstage, disclosing: Disclosing) -> None:
        self._backstage, self._disclosing = backstage, disclosing

    def sealed(self) -> tuple[SealedItem, ...]:
        """What who is signed in could unseal of the traveller on the screen. Raises DecisionError where nobody is."""
        return self._disclosing.sealed()

    async def ways(self, item: SealedItem) -> tuple[Way, ...]:
        """How a second person may sign with who is signed in."""
        return await self._backstage.run(self._ways(item))

    async def _ways(self, item: SealedItem) -> tuple[Way, ...]:
        return self._disclosing.ways(item)

    async def ask(self, chosen: Chosen, second: str) -> Challenge:
        """The challenge to read out to a second person (id). Raises DecisionError."""
        return await self._backstage.run(self._ask(chosen, second))

    async def _ask(self, chosen: Chosen, second: str) -> Challenge:
        return self._disclosing.ask(chosen, second)

    async def unseal(self, chosen: Chosen, by: By) -> Unsealed:
        """What was sealed, for one view: whoever gets it keeps it nowhere.

        Raises DecisionError why these two may not, SignInError for the PIN; LinkError where it does not come.
        """
        return await self._backstage.run(self._disclosing.unseal(chosen, by))

    async def write_note(self, to: frozenset[Agency], words: str) -> int:
        """Record a note on the traveller on the screen; its sequence. Raises DecisionError `note.empty`."""
        return await self._backstage.run(self._disclosing.write_note(to, words))
