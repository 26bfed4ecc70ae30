"""A JSON service as a plain ASGI 3 callable, without a server library: routes, bounded bodies, nothing else."""

import json
from collections.abc import Awaitable, Callable, Mapping, MutableMapping
from dataclasses import dataclass
from typing import Any

from ..errors import AgencyError

Message = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]
App = Callable[[Message, Receive, Send], Awaitable[None]]

MAX_BODY = 64 << 10


@dataclass(frozen=True, slots=True)
class Reply:
    """What a handler answers: a status, and a body that JSON can hold, or bytes as they are."""

    body: Any
    status: int = 200


Handler = Callable[[str, bytes], Reply]
"""Takes what follows the route's prefix in the path, and the request's body."""


def json_service(routes: Mapping[tuple[str, str], Handler], *, media_type: str = "application/json") -> App:
    """A callable that answers these routes: `(method, path)`, where a path that ends in / is a prefix.

    404 elsewhere, 413 for a body of more than 64 KiB, 400 where a handler raises ValueError, KeyError or AgencyError.
    """

    async def app(scope: Message, receive: Receive, send: Send) -> None:
        if scope["type"] == "lifespan":
            await _lifespan(receive, send)
            return
        if scope["type"] != "http":
            return
        body = await read_body(receive)
        reply = Reply({"error": "too large"}, 413)
        if body is not None:
            reply = _answer(routes, scope["method"], scope["path"], body)
        raw = reply.body if isinstance(reply.body, bytes) else json.dumps(reply.body, ensure_ascii=False).encode()
        await respond(send, reply.status, raw, media_type=media_type)

    return app


async def respond(send: Send, status: int, body: bytes, *, media_type: str = "application/json") -> None:
    """A whole answer."""
    headers = [(b"content-type", media_type.encode()), (b"content-length", str(len(body)).encode())]
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": body})


def _answer(routes: Mapping[tuple[str, str], Handler], method: str, path: str, body: bytes) -> Reply:
    for (verb, known), handler in routes.items():
        if verb == method and (path == known or (known.endswith("/") and path.startswith(known))):
            try:
                return handler(path[len(known) :], body)
            except (ValueError, KeyError, RecursionError, AgencyError):
                return Reply({"error": "not understood"}, 400)
    return Reply({"error": "not found"}, 404)


async def read_body(receive: Receive) -> bytes | None:
    """The whole body, or None where it is larger than allowed (the rest is read and dropped)."""
    body = bytearray()
    size = 0
    more = True
    while more:
        message = await receive()
        if message["type"] == "http.disconnect":
            return None
        chunk = message.get("body", b"")
        size += len(chunk)
        if size <= MAX_BODY:
            body += chunk
        more = message.get("more_body", False)
    return bytes(body) if size <= MAX_BODY else None


async def _lifespan(receive: Receive, send: Send) -> None:
    while True:
        message = await receive()
        kind = message["type"]
        await send({"type": f"{kind}.complete"})
        if kind == "lifespan.shutdown":
            return
