"""Degraded mode as a screen sees it: what `Modes` does backstage."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from ..domain.mode import ModeDeed, ModeState
    from ..domain.posts import Officer
    from ..domain.words import Authority
    from .backstage import Backstage
    from .mode import Modes


class ModeDesk:
    """Its async methods may be awaited from any loop; they raise CounterError only."""

    def __init__(self, backstage: Backstage, modes: Modes) -> None:
        self._backstage, self._modes = backstage, modes

    async def state(self) -> ModeState:
        """The mode as of now."""
        return await self._backstage.run(self._state())

    async def _state(self) -> ModeState:
        return self._modes.state

    def seconds(self, deed: ModeDeed) -> tuple[Officer, ...]:
        """Who may sign this beside who is signed in."""
        return self._modes.seconds(deed)

    def loosening(self, authority: Authority, minutes: int, hours: int) -> ModeDeed:
        """As `Modes.loosening`."""
        return self._modes.loosening(authority, minutes, hours)

    async def sign(self, deed: ModeDeed, second: str, pin: str) -> int:
        """Record it, signed by both; its sequence. Raises as `Acts.sign`."""
        return (await self._backstage.run(self._modes.sign(deed, second, pin))).sequence
