"""The steps of joint procedures as a screen sees them: what `Steps` does backstage."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from ..domain.acts import Act
    from ..domain.emergency import EmergencyDeed
    from ..domain.posts import Officer
    from ..domain.procedures.closing import SignOffState
    from ..domain.procedures.deeds import StepDeed
    from .backstage import Backstage
    from .steps import Sheet, Steps


class StepsDesk:
    """Its async methods may be awaited from any loop; they raise CounterError only, as those of `Steps`."""

    def __init__(self, backstage: Backstage, steps: Steps) -> None:
        self._backstage, self._steps = backstage, steps

    async def sheet(self) -> Sheet:
        """How far the steps of the traveller in hand are."""
        return await self._backstage.run(self._sheet())

    async def _sheet(self) -> Sheet:
        return self._steps.sheet()

    def seconds(self, deed: StepDeed) -> tuple[Officer, ...]:
        """Who may sign this beside who is signed in."""
        return self._steps.seconds(deed)

    def why_nobody(self, deed: StepDeed) -> str:
        """The code for why nobody may sign this beside who is signed in."""
        return self._steps.why_nobody(deed)

    def elsewhere(self, deed: StepDeed) -> bool:
        """Whether the second person may confirm this at their own counter."""
        return self._steps.elsewhere(deed)

    def sign_seconds(self, one: SignOffState) -> tuple[Officer, ...]:
        """Who may sign off beside who is signed in."""
        return self._steps.sign_seconds(one)

    async def sign_off(self, one: SignOffState, second: str = "", pin: str = "") -> int:
        """Sign for the agency's part; its sequence."""
        return await self._backstage.run(self._sign_off(one, second, pin))

    async def _sign_off(self, one: SignOffState, second: str, pin: str) -> int:
        return self._steps.sign_off(one, second, pin)

    async def look(self) -> None:
        """The steps are on the screen of their own side."""
        await self._backstage.run(self._look())

    async def _look(self) -> None:
        self._steps.look()

    async def say(self, deed: StepDeed) -> int:
        """Record what is said of a step; its sequence."""
        return await self._backstage.run(self._say(deed))

    async def _say(self, deed: StepDeed) -> int:
        return self._steps.say(deed)

    async def ask(self, deed: StepDeed, second: str) -> int:
        """Record what one says of a step, and who is to confirm it at their own counter; its sequence."""
        return await self._backstage.run(self._ask(deed, second))

    async def _ask(self, deed: StepDeed, second: str) -> int:
        return self._steps.ask(deed, second)

    async def sign(self, deed: StepDeed, second: str, pin: str) -> int:
        """Record what two say of a step; its sequence."""
        return await self._backstage.run(self._sign(deed, second, pin))

    async def _sign(self, deed: StepDeed, second: str, pin: str) -> int:
        return self._steps.sign(deed, second, pin)

    async def emergency(self) -> Act | None:
        """The call of an emergency that stands for the traveller in hand."""
        return await self._backstage.run(self._emergency())

    async def _emergency(self) -> Act | None:
        return self._steps.emergency()

    async def call_emergency(self, deed: EmergencyDeed) -> int:
        """Call an emergency, or say that it is over; its sequence."""
        return await self._backstage.run(self._call_emergency(deed))

    async def _call_emergency(self, deed: EmergencyDeed) -> int:
        return self._steps.call_emergency(deed)
