"""Orders to a single window that is running: it holds its vault, so other commands ask it.

It listens on loopback for one JSON line a connection, and answers with one. The port, and the secret that an order
bears, stand in a file of mode 0600 beside the vault for as long as it runs.
"""

import asyncio
import contextlib
import hmac
import json
import os
import secrets
import socket
from collections.abc import Callable, Iterator
from dataclasses import asdict
from pathlib import Path
from typing import Any, Final, Self

from offline_cache import CacheError

from ..errors import CounterError, LinkError
from ..single_window.run import HOST
from . import paths
from .bundles_hub import import_order
from .hub import Hub, opened_hub
from .hub_telling import reconcile_order, tell_order
from .storage import translated

FILE: Final = "control.json"
LINE: Final = 1 << 20  # bytes of an order or an answer
SECONDS: Final = 60.0
LONG: Final = frozenset({"import", "manifest", "tell", "reconcile"})
"""Orders that take as long as they take: a stick is slow, and what is on it may be much."""
Order = dict[str, Any]
Obey = Callable[[Hub, Order], Order]


def _invite(hub: Hub, order: Order) -> Order:
    return asdict(hub.invite(str(order["counter"])))


def _counters(hub: Hub, _order: Order) -> Order:
    lines = [
        {"id": c.id, "label": c.label, "head": line.head, "heard": line.heard, "revoked": line.revoked}
        for line in hub.counters()
        for c in (line.enrolled.counter,)
    ]
    return {"counters": lines}


def _pins(hub: Hub, _order: Order) -> Order:
    return {"pins": hub.tell_pins()}


def _revoke(hub: Hub, order: Order) -> Order:
    export_first = order["export_first"] is True
    return asdict(hub.window.revoke(str(order["counter"]), str(order["reason"]), export_first=export_first))


def _access(hub: Hub, order: Order) -> Order:
    from .hub_access import access_order

    return access_order(hub, order)


def _manifest(hub: Hub, order: Order) -> Order:
    from .hub_manifest import manifest_order

    return manifest_order(hub, order)


def _original(hub: Hub, order: Order) -> Order:
    from .hub_manifest import original_order

    return original_order(hub, order)


ORDERS: Final[dict[str, Obey]] = {
    "invite": _invite,
    "counters": _counters,
    "pins": _pins,
    "revoke": _revoke,
    "access": _access,
    "import": import_order,
    "tell": tell_order,
    "reconcile": reconcile_order,
    "manifest": _manifest,
    "original": _original,
}


def obeyed(order: Order) -> Order:
    """What the hub of this machine answers: the running one, or itself where none runs. Raises CounterError."""
    answer = _asked(order)
    if answer is None:
        with opened_hub() as hub:
            return ORDERS[order["order"]](hub, order)
    if "error" in answer:
        raise CounterError(str(answer["error"]), **answer["params"])
    return answer


def _asked(order: Order) -> Order | None:
    """The running hub's answer; None where none runs."""
    try:
        way = json.loads((paths.hub_folder() / FILE).read_bytes())
        connection = socket.create_connection((HOST, int(way["port"])), SECONDS)
    except (OSError, ValueError, KeyError, TypeError):
        return None
    connection.settimeout(None if order["order"] in LONG else SECONDS)
    with connection, connection.makefile("rwb") as stream:
        stream.write(json.dumps(order | {"secret": way["secret"]}).encode() + b"\n")
        stream.flush()
        try:
            answer = json.loads(stream.readline(LINE))
        except (OSError, ValueError):
            raise LinkError("link.control") from None
    return answer if isinstance(answer, dict) else None


class Control:
    """Listens for orders while the hub is served."""

    def __init__(self, hub: Hub) -> None:
        """Not yet listening: `start`."""
        self._hub = hub
        self._secret = secrets.token_urlsafe(32)
        self._server: asyncio.Server | None = None

    @classmethod
    async def start(cls, hub: Hub) -> Self:
        """Listen, and say where in the file."""
        control = cls(hub)
        control._server = await asyncio.start_server(control._serve, HOST, 0, limit=LINE)
        port = control._server.sockets[0].getsockname()[1]
        way = {"port": port, "secret": control._secret}
        _write(paths.hub_folder() / FILE, json.dumps(way).encode())
        return control

    async def aclose(self) -> None:
        """Stop listening; the file goes."""
        if self._server is not None:
            (paths.hub_folder() / FILE).unlink(missing_ok=True)
            self._server.close()
            await self._server.wait_closed()

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        with _closing(writer), contextlib.suppress(OSError, ValueError, TimeoutError):
            async with asyncio.timeout(SECONDS):
                order = json.loads(await reader.readline())
            answer = await asyncio.to_thread(self._obey, order)
            async with asyncio.timeout(SECONDS):
                writer.write(json.dumps(answer).encode() + b"\n")
                await writer.drain()

    def _obey(self, order: Order) -> Order:
        try:
            if not hmac.compare_digest(str(order.get("secret", "")).encode(), self._secret.encode()):
                return {"error": "auth.token", "params": {}}
            return ORDERS[str(order["order"])](self._hub, order)
        except CounterError as error:
            return {"error": error.code, "params": error.params}
        except CacheError as error:
            told = translated(error)
            return {"error": str(getattr(told, "code", "store.unknown")), "params": getattr(told, "params", {})}
        except (KeyError, AttributeError):
            return {"error": "link.control", "params": {}}


def _write(path: Path, content: bytes) -> None:
    """For nobody else to read, from its beginning."""
    path.unlink(missing_ok=True)
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
        file.write(content)


@contextlib.contextmanager
def _closing(writer: asyncio.StreamWriter) -> Iterator[None]:
    try:
        yield
    finally:
        writer.close()
