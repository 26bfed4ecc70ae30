"""Serves ASGI applications on sockets of this machine, all on one event loop.

There is no TLS here yet: a token would travel in clear. So every socket is bound to the loopback interface, a live
single window's too.
"""

import asyncio
import contextlib
import errno
import socket
import sys
from collections.abc import Iterator, Mapping
from typing import Final

import uvicorn
from starlette.types import ASGIApp, Receive, Scope, Send

from ..errors import LinkError

HOST: Final = "127.0.0.1"
KEEP_ALIVE: Final = 600  # seconds: longer than a client keeps an idle connection, so that it is the one to close it
GRACE: Final = 2  # seconds that a request under way gets when the server stops
MAX_HEADERS: Final = 16 << 10
MAX_CONNECTIONS: Final = 200


def bind(port: int = 0) -> socket.socket:
    """A bound socket on loopback; port 0 lets the system choose. Raises LinkError `link.port-taken`."""
    # asyncio turns Nagle's algorithm off only where TCP is named; with it on, small answers wait 40 ms for an ACK
    bound = socket.socket(socket.AF_INET, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    if sys.platform != "win32":
        # there it would let a second program take a port that is in use
        bound.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        bound.bind((HOST, port))
    except OSError as error:
        bound.close()
        if error.errno not in {errno.EADDRINUSE, errno.EACCES}:
            raise
        raise LinkError("link.port-taken", port=port) from None
    return bound


def url_of(bound: socket.socket) -> str:
    """The base URL of what is served on a socket."""
    host, port = bound.getsockname()[:2]
    return f"http://{host}:{port}"


async def serve(
    apps: Mapping[socket.socket, ASGIApp], stop: asyncio.Event, *, ready: asyncio.Event | None = None
) -> None:
    """Serve each application on its socket until `stop`; then requests under way get two seconds. Closes the sockets.

    `ready` is set once all of them listen.
    """
    by_port = {bound.getsockname()[1]: app for bound, app in apps.items()}

    async def dispatch(scope: Scope, receive: Receive, send: Send) -> None:
        await by_port[scope["server"][1]](scope, receive, send)

    config = uvicorn.Config(
        dispatch,
        loop="asyncio",
        http="h11",
        ws="none",
        lifespan="off",
        log_config=None,
        log_level="error",
        access_log=False,
        proxy_headers=False,
        server_header=False,
        date_header=False,
        limit_concurrency=MAX_CONNECTIONS,
        timeout_keep_alive=KEEP_ALIVE,
        timeout_graceful_shutdown=GRACE,
        h11_max_incomplete_event_size=MAX_HEADERS,
    )
    await _Server(config, stop, ready).serve(sockets=list(apps))


class _Server(uvicorn.Server):
    """Stops by an event, and leaves the signals of the process to the program that it is part of."""

    def __init__(self, config: uvicorn.Config, stop: asyncio.Event, ready: asyncio.Event | None) -> None:
        super().__init__(config)
        self._stop = stop
        self._ready = ready

    @contextlib.contextmanager
    def capture_signals(self) -> Iterator[None]:
        yield

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        if self._ready is not None:
            self._ready.set()

    async def main_loop(self) -> None:
        # the original wakes up ten times a second, for headers and limits that are not used here
        await self._stop.wait()
