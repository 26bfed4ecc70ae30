"""What is disclosed at this counter of whom is in hand: what was sealed, opened for one view; and notes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .notes import Notes
from .unsealing import Unsealings

if TYPE_CHECKING:
    from ..domain.posts import Officer
    from ..domain.unsealing import SealedItem, UnsealReason
    from ..domain.words import Agency
    from .at_work import AtWork
    from .current import Current
    from .parts import Parts
    from .unsealing import Unsealed


class Disclosing:
    """Unsealing and notes, over the booth's crossing in hand."""

    def __init__(self, parts: Parts, work: AtWork) -> None:
        """Over the parts of the booth."""
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

    def seconds(self, item: SealedItem) -> tuple[Officer, ...]:
        """Who may sign beside who is signed in."""
        return self._unsealings.seconds(self._signed_in().officer, item)

    async def unseal(self, item: SealedItem, reason: UnsealReason, note: str, second: str, pin: str) -> Unsealed:
        """What was sealed, for one view: it is kept nowhere. Raises as `Unsealings.unseal`."""
        session, current = self._signed_in(), self._in_hand()
        try:
            return await self._unsealings.unseal(current, item, reason, note, session=session, second=second, pin=pin)
        finally:
            self._recorded()

    async def write_note(self, to: frozenset[Agency], words: str) -> int:
        """Record a note on the traveller in hand; its sequence. Raises DecisionError `note.empty`."""
        current = self._in_hand()
        sequence = self._notes.write(current, to, words, self._signed_in())
        self.take_up(current)
        self._recorded()
        return sequence
