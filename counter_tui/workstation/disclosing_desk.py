"""Unsealing and notes as a screen sees them: what `Disclosing` does backstage."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from ..domain.posts import Officer
    from ..domain.unsealing import SealedItem, UnsealReason
    from ..domain.words import Agency
    from .backstage import Backstage
    from .disclosing import Disclosing
    from .unsealing import Unsealed


class DisclosingDesk:
    """Its async methods may be awaited from any loop; they raise CounterError only."""

    def __init__(self, backstage: Backstage, disclosing: Disclosing) -> None:
        self._backstage, self._disclosing = backstage, disclosing

    def sealed(self) -> tuple[SealedItem, ...]:
        """What who is signed in could unseal of the traveller on the screen. Raises DecisionError where nobody is."""
        return self._disclosing.sealed()

    def seconds(self, item: SealedItem) -> tuple[Officer, ...]:
        """Who may sign beside who is signed in."""
        return self._disclosing.seconds(item)

    async def unseal(self, item: SealedItem, reason: UnsealReason, note: str, second: str, pin: str) -> Unsealed:
        """What was sealed, for one view: whoever gets it keeps it nowhere.

        Raises DecisionError why these two may not, SignInError for the PIN; LinkError where it does not come.
        """
        return await self._backstage.run(self._disclosing.unseal(item, reason, note, second, pin))

    async def write_note(self, to: frozenset[Agency], words: str) -> int:
        """Record a note on the traveller on the screen; its sequence. Raises DecisionError `note.empty`."""
        return await self._backstage.run(self._disclosing.write_note(to, words))
