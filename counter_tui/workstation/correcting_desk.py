"""Corrections as a screen sees them: what `Correcting` does backstage."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from ..domain.crossings import Crossing
    from .backstage import Backstage
    from .correcting import Correcting, Undoable


class CorrectingDesk:
    """Its methods may be awaited from any loop; they raise CounterError only, as those of `Correcting`."""

    def __init__(self, backstage: Backstage, correcting: Correcting) -> None:
        self._backstage, self._correcting = backstage, correcting

    async def undoable(self) -> Undoable | None:
        """What one key undoes now."""
        return await self._backstage.run(self._undoable())

    async def _undoable(self) -> Undoable | None:
        return self._correcting.undoable()

    async def undo(self, act: str) -> Crossing:
        """Undo it. Raises DecisionError `undo.nothing`."""
        return await self._backstage.run(self._correcting.undo(act))
