"""The link as the workstation's port; the client comes when the single window is known."""

from collections.abc import AsyncIterator
from contextlib import aclosing

from ..domain.crossings import Crossing
from ..domain.sections import Section
from ..domain.words import Authority
from ..errors import LinkError
from .delivery import DeliveryLoop


class BoundLink:
    """Questions over the same client that delivers."""

    def __init__(self, delivery: DeliveryLoop) -> None:
        """`delivery` has the client once there is one."""
        self._delivery = delivery

    async def sections(self, crossing: Crossing, but: frozenset[Authority] = frozenset()) -> AsyncIterator[Section]:
        """The authorities' sections as each comes in; LinkError."""
        client = self._delivery.client
        if client is None:
            raise LinkError("link.starting")
        async with aclosing(client.sections(crossing, but)) as answers:
            async for section in answers:
                yield section
