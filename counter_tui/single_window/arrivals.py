"""Requests of version 2 as they arrive: what came whole of one that broke off, or hangs, is kept before the next.

A counter whose link died in silence comes back on another connection while its old request still hangs here: what
arrived of that is kept first, so that nothing of it has to be sent again.
"""

import asyncio
from collections.abc import Awaitable, Callable
from typing import Any, Final, ParamSpec, TypeVar

from starlette.requests import ClientDisconnect, Request
from starlette.responses import Response

from offline_cache.sync.messages import Cursors

from ..errors import LinkError
from ..link import packed
from ..link.dense import Dense
from ..link.packed import RequestReader
from .service import SingleWindow
from .store import EnrolledCounter

P = ParamSpec("P")
R = TypeVar("R")

SECONDS: Final = 600.0
"""For a request to arrive: 64 KiB take a minute at 9.6 kbit/s, and a link may rest between."""
_UNASKED: Final[Cursors] = (-1, -1, -1, -1)


class Arrivals:
    """Takes requests off the wire, and answers them."""

    def __init__(self, window: SingleWindow, stored: Callable[..., Awaitable[Any]]) -> None:
        """`stored` calls on the store's thread."""
        self._window = window
        self._stored = stored
        self._denses: dict[str, Dense] | None = None
        self._open: dict[str, list[RequestReader]] = {}

    async def answer(self, request: Request, enrolled: EnrolledCounter) -> Response:
        """The answer. Raises LinkError `wire.dictionary`, `wire.malformed`, `wire.too-large`; TimeoutError."""
        if self._denses is None:
            self._denses = await asyncio.to_thread(lambda: packed.denses(Dense.shipped()))
        dense = self._denses.get(request.headers.get(packed.DICTIONARY, ""))
        if dense is None:
            raise LinkError("wire.dictionary")
        reader = await self._arrive(request, enrolled, dense)
        reply, asked = await self._stored(self._window.syncing.packed, enrolled, reader.packed)
        cursors = _UNASKED if asked is None else asked.cursors
        body = await asyncio.to_thread(packed.reply_bytes, reply, cursors, dense)
        return Response(body)

    async def _arrive(self, request: Request, enrolled: EnrolledCounter, dense: Dense) -> RequestReader:
        reader = RequestReader(dense)
        others = self._open.setdefault(enrolled.counter.id, [])
        for other in tuple(others):
            await self._keep(enrolled, other)
        others.append(reader)
        try:
            async with asyncio.timeout(SECONDS):
                async for chunk in request.stream():
                    reader.feed(chunk)
        except (ClientDisconnect, TimeoutError):
            await self._keep(enrolled, reader)
            raise
        finally:
            others.remove(reader)
        if not reader.ended:
            raise LinkError("wire.malformed")
        return reader

    async def _keep(self, enrolled: EnrolledCounter, reader: RequestReader) -> None:
        """Keep what is whole of it, once."""
        if reader.packed is not None and reader.news:
            reader.news = False
            await self._stored(self._window.syncing.part, enrolled, reader.packed)
