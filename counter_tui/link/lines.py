"""Connections to the single window for syncs: one is kept, and another comes beside it where a request on it hangs.

A line carries one request at a time. What hangs on a line that died in silence holds up nothing: the next request gets
a line of its own, and the one that answers is the one that is kept.
"""

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any, Final

import anyio
import httpx

Sign = Callable[[], None]
GOODBYE: Final = 0.5  # seconds
_SIGNS: Final = frozenset(
    {"connection.connect_tcp.complete", "connection.start_tls.complete", "http11.receive_response_headers.complete"}
    | {"http2.receive_response_headers.complete"}
)
_STANDS: Final = frozenset({"http11.send_request_headers.started", "http2.send_request_headers.started"})


@dataclass(eq=False, slots=True)
class Line:
    """One connection, or the attempt at one."""

    http: httpx.AsyncClient
    busy: bool = False


@dataclass(eq=False, slots=True)
class Lines:
    """The lines of one client; `make` gives an HTTP client with one connection."""

    make: Callable[[], httpx.AsyncClient]
    _lines: list[Line] = field(default_factory=list)

    @asynccontextmanager
    async def line(self) -> AsyncIterator[Line]:
        """A line on which nothing is under way; it is kept if all goes well, and is the next one's then."""
        taken = next((line for line in reversed(self._lines) if not line.busy), None)
        if taken is None:
            taken = Line(self.make())
            self._lines.append(taken)
        taken.busy = True
        try:
            yield taken
        except BaseException:
            await self._close(taken)
            raise
        taken.busy = False
        for other in [line for line in self._lines if not line.busy and line is not taken]:
            await self._close(other)

    async def aclose(self) -> None:
        """Close them all."""
        for line in tuple(self._lines):
            await self._close(line)

    async def _close(self, line: Line) -> None:
        if line in self._lines:
            self._lines.remove(line)
        # also where whoever waited has gone; it says goodbye if that goes at once
        with anyio.move_on_after(GOODBYE, shield=True):
            await line.http.aclose()


def watched(stands: Sign, sign: Sign) -> dict[str, Any]:
    """Tells `stands` once the connection does and the request is being written, `sign` of each sign of life."""

    async def trace(event: str, _: dict[str, Any]) -> None:
        if event in _STANDS:
            stands()
        elif event in _SIGNS:
            sign()

    return {"trace": trace}
