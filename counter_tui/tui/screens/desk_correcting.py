"""At the desk `z` undoes the last decision, as long as it is fresh: the traveller is undecided again."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..words import N_
from .desk_steps import DeskSteps

if TYPE_CHECKING:
    from ...workstation.correcting import Undoable


class DeskCorrecting(DeskSteps):
    """The desk with what takes back."""

    def do_undo(self) -> None:
        """Undo the last decision here, of who is signed in and less than a minute old."""
        self.counter.ask(self._undo(), "crossing")

    async def _undo(self) -> None:
        undone = await self._undone()
        if undone is None:
            told = N_("Nothing to undo: only your own last decision, for 60 seconds.")
            self.counter.tell(told, "attention")
            return
        view = self._view
        if view is None or view.crossing.id == undone.crossing.id:
            await self._resume(undone.crossing.id)
        else:
            await self._refill()
        told = N_("Undone: {name} is undecided again. What was recorded stays in the journal.")
        self.counter.tell(told, "attention", name=undone.crossing.document.display_name)

    async def _undone(self) -> Undoable | None:
        async with self._one_at_a_time:
            last = await self.counter.desk.correcting.undoable()
            if last is not None:
                await self.counter.desk.correcting.undo(last.act)
            return last
