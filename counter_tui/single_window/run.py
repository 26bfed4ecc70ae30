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
from functools import partial
from typing import TYPE_CHECKING, Any, Final

import uvicorn
from starlette.types import ASGIApp, Receive, Scope, Send

from ..errors import LinkError

if TYPE_CHECKING:
    from hypercorn.config import Config

HOST: Final = "127.0.0.1"
KEEP_ALIVE: Final = 600  # seconds: longer than a client keeps an idle connection, so that it is the one to close it
GRACE: Final = 2  # seconds that a request under way gets when the server stops
MAX_HEADERS: Final = 16 << 10
MAX_CONNECTIONS: Final = 200
LEAVE: Final = 0.5  # seconds for the other side to end a TLS connection in good order


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
    from hypercorn.asyncio.tcp_server import TCPServer  # not where the demo starts
    from hypercorn.asyncio.worker_context import WorkerContext
    from hypercorn.utils import wrap_app

    framework: Any = app  # hypercorn names each kind of message where starlette says mapping
    wrapped, config, loop = wrap_app(framework, 0, "asgi"), _http_config(), asyncio.get_running_loop()
    context = WorkerContext(None)
    connections: set[asyncio.Task[None]] = set()

    async def connected(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        if len(connections) >= MAX_CONNECTIONS:
            writer.transport.abort()
            return
        connection = asyncio.ensure_future(TCPServer(wrapped, loop, config, context, {}, reader, writer).run())
        connections.add(connection)
        connection.add_done_callback(connections.discard)
        with contextlib.suppress(TimeoutError):  # a link that went silent does not take its leave
            await connection

    # hypercorn's own loop would wait for half a minute until an idle counter takes its leave of the TLS connection
    listening = partial(asyncio.start_server, connected, ssl=tls, ssl_shutdown_timeout=LEAVE)
    servers = [await listening(sock=bound) for bound in sockets]
    if ready is not None:
        ready.set()
    await stop.wait()
    for server in servers:
        server.close()
    await context.terminated.set()
    if connections:
        await asyncio.wait(connections, timeout=GRACE)
    for connection in connections:
        connection.cancel()
    await asyncio.gather(*connections, return_exceptions=True)


def _http_config() -> "Config":
    from hypercorn.config import Config

    config = Config()
    config.errorlog = None
    config.include_date_header = config.include_server_header = False
    config.keep_alive_timeout, config.keep_alive_max_requests = KEEP_ALIVE, sys.maxsize
    config.h11_max_incomplete_size = config.h2_max_header_list_size = MAX_HEADERS
    return config


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
