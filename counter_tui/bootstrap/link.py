"""The link as the workstation's port; the client comes when the single window is known."""

from collections.abc import AsyncIterator
from contextlib import aclosing
from typing import TYPE_CHECKING

from ..domain.crossings import Crossing
from ..domain.lookups import Lookup
from ..domain.sections import Section
from ..domain.words import Authority
from ..errors import LinkError
from .delivery import DeliveryLoop

if TYPE_CHECKING:
    from ..domain.allowance.escrow import Answer, Ask
    from ..link.client import WindowClient


class BoundLink:
    """Questions over the same client that delivers."""

    def __init__(self, delivery: DeliveryLoop) -> None:
        """`delivery` has the client once there is one."""
        self._delivery = delivery

    async def sections(
        self, crossing: Crossing, but: frozenset[Authority] = frozenset(), why: Lookup | None = None
    ) -> AsyncIterator[Section]:
        """The authorities' sections as each comes in; LinkError."""
        async with aclosing(self._client.sections(crossing, but, why)) as answers:
            async for section in answers:
                yield section

    async def unseal(self, sequence: int) -> bytes:
        """What an entry asks for, sealed to the key that it names; LinkError."""
        return await self._client.unseal(sequence)

    async def allowance(self, ask: "Ask") -> "Answer":
        """A share of a resident's allowance, or why there is none; LinkError."""
        return await self._client.allowance(ask)

    @property
    def _client(self) -> "WindowClient":
        if self._delivery.client is None:
            raise LinkError("link.starting")
        return self._delivery.client
