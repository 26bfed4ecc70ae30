"""Serves ASGI applications on sockets of this machine, all on one event loop.

Without TLS a token would travel in clear, so such sockets are bound to the loopback interface, and served by uvicorn.
With TLS hypercorn serves them, which speaks HTTP/2 too, on any address.
"""

import asyncio
import contextlib
import errno
import ipaddress
import socket
import ssl
import sys
from collections.abc import Iterator, Mapping
from typing import Any, Final

import uvicorn
from starlette.types import ASGIApp, Receive, Scope, Send

from ..errors import LinkError

HOST: Final = "127.0.0.1"
KEEP_ALIVE: Final = 600  # seconds: longer than a client keeps an idle connection, so that it is the one to close it
GRACE: Final = 2  # seconds that a request under way gets when the server stops
MAX_HEADERS: Final = 16 << 10
MAX_CONNECTIONS: Final = 200
BACKLOG: Final = 128


def bind(port: int = 0, host: str = HOST) -> socket.socket:
    """A bound socket; port 0 lets the system choose. Raises LinkError `link.port-taken`, `link.not-here`."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    # asyncio turns Nagle's algorithm off only where TCP is named; with it on, small answers wait 40 ms for an ACK
    bound = socket.socket(family, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    if sys.platform != "win32":
        # there it would let a second program take a port that is in use
        bound.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        bound.bind((host, port))
    except OSError as error:
        bound.close()
        if error.errno == errno.EADDRNOTAVAIL or isinstance(error, socket.gaierror):
            raise LinkError("link.not-here", address=host) from None
        if error.errno not in {errno.EADDRINUSE, errno.EACCES}:
            raise
        raise LinkError("link.port-taken", port=port) from None
    return bound


def url_of(bound: socket.socket) -> str:
    """The base URL of what is served on a socket."""
    host, port = bound.getsockname()[:2]
    return f"http://{host}:{port}"


async def serve(
    apps: Mapping[socket.socket, ASGIApp],
    stop: asyncio.Event,
    *,
    ready: asyncio.Event | None = None,
    tls: ssl.SSLContext | None = None,
) -> None:
    """Serve each application on its socket until `stop`; then requests under way get two seconds. Closes the sockets.

    `ready` is set once all of them listen. Raises LinkError `link.insecure` for an address of the network without TLS.
    """
    for bound in apps:
        if tls is None and not ipaddress.ip_address(bound.getsockname()[0]).is_loopback:
            raise LinkError("link.insecure")
    by_port = {bound.getsockname()[1]: app for bound, app in apps.items()}

    async def dispatch(scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http":
            await by_port[scope["server"][1]](scope, receive, send)

    if tls is None:
        await _serve_plain(dispatch, list(apps), stop, ready)
    else:
        await _serve_tls(dispatch, list(apps), stop, ready, tls)


async def _serve_plain(
    app: ASGIApp, sockets: list[socket.socket], stop: asyncio.Event, ready: asyncio.Event | None
) -> None:
    config = uvicorn.Config(
        app,
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
    await _Server(config, stop, ready).serve(sockets=sockets)


async def _serve_tls(
    app: ASGIApp, sockets: list[socket.socket], stop: asyncio.Event, ready: asyncio.Event | None, tls: ssl.SSLContext
) -> None:
    from hypercorn.asyncio import serve as serve_http  # not where the demo starts
    from hypercorn.config import Config

    class OurConfig(Config):
        """With a context of our own in the place of files."""

        ssl_enabled = True

        def create_ssl_context(self) -> ssl.SSLContext:
            return tls

    config = OurConfig()
    config.errorlog = None
    config.include_date_header = config.include_server_header = False
    config.keep_alive_timeout, config.keep_alive_max_requests = KEEP_ALIVE, sys.maxsize
    config.graceful_timeout = GRACE
    config.h11_max_incomplete_size = config.h2_max_header_list_size = MAX_HEADERS
    for bound in sockets:
        bound.listen(BACKLOG)  # from here on who connects waits to be served, and is not refused
    config.bind = [f"fd://{bound.detach()}" for bound in sockets]
    if ready is not None:
        ready.set()
    framework: Any = app  # hypercorn names each kind of message where starlette says mapping
    await serve_http(framework, config, shutdown_trigger=stop.wait, mode="asgi")


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
