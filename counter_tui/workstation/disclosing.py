"""What is disclosed at this counter of whom is in hand: what was sealed, opened for one view; and notes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .notes import Notes
from .unsealing import Unsealings

if TYPE_CHECKING:
    from collections.abc import Callable

    from ..domain.telephone import Challenge
    from ..domain.unsealing import SealedItem
    from ..domain.words import Agency
    from .at_work import AtWork
    from .current import Current
    from .parts import Parts
    from .seconding import Seconding
    from .two_persons import By, Way
    from .unsealing import Chosen, Unsealed


class Disclosing:
    """Unsealing and notes, over the booth's crossing in hand."""

    def __init__(
        self,
        parts: Parts,
        work: AtWork,
        seconding: Callable[[], Seconding],
    ) -> None:
        """`seconding` is loaded when somebody unseals."""
        self._seconding = seconding
        self._unsealings, self._notes = Unsealings(parts, work.now), Notes(parts, work.now)
        self._signed_in, self._in_hand = work.signed_in, work.in_hand
        self._changed, self._recorded = work.changed, work.recorded

    def take_up(self, current: Current) -> None:
        """Bring the notes that are held to a crossing."""
        change = self._notes.take_up(current)
        if change is not None:
            self._changed(current, change)

    def sealed(self) -> tuple[SealedItem, ...]:
        """What who is signed in could unseal of the traveller in hand, beside a second person."""
        agency = self._signed_in().officer.agency
        return tuple(one for one in self._unsealings.items(self._in_hand()) if agency in one.may | {one.owner})

    def ways(self, item: SealedItem) -> tuple[Way, ...]:
        """How a second person may sign with who is signed in."""
        return self._unsealings.ways(self._seconding(), self._signed_in().officer, item)

    def ask(self, chosen: Chosen, second: str) -> Challenge:
        """The challenge to read out to a second person (id). Raises as `Unsealings.ask`."""
        return self._unsealings.ask(self._in_hand(), chosen, self._signed_in(), second, self._seconding())

    async def unseal(self, chosen: Chosen, by: By) -> Unsealed:
        """What was sealed, for one view: it is kept nowhere. Raises as `Unsealings.unseal`."""
        over = self._in_hand(), chosen, self._signed_in(), by
        try:
            return await self._unsealings.unseal(*over, self._seconding())
        finally:
            self._recorded()

    async def write_note(self, to: frozenset[Agency], words: str) -> int:
        """Record a note on the traveller in hand; its sequence. Raises DecisionError `note.empty`."""
        current = self._in_hand()
        sequence = self._notes.write(current, to, words, self._signed_in())
        self.take_up(current)
        self._recorded()
        return sequence
