"""What an agency's system may do at its worst, on purpose: each way of being wrong that a single window must bear.

Wraps any ASGI callable that answers JSON objects. It goes on until whoever asked hangs up.
"""

import asyncio
import zlib
from collections.abc import AsyncIterator
from enum import StrEnum
from functools import cache
from typing import Final

from .behaviour import App, Message, Receive, Send

CHUNK: Final = 64 << 10
UNPACKED: Final = 64 << 20
"""Bytes that the gzip bomb unpacks to; packed they are a thousandth."""
DEEP: Final = 2_000
HEADERS: Final = 2_000
_JSON: Final = b"application/json"


class Hostility(StrEnum):
    """One way of being wrong."""

    ERROR = "500"
    GARBAGE = "garbage"
    MIXED_UP = "another traveller's record"
    DRIPPING = "one byte a second"
    ENDLESS = "endless body"
    BOMB = "gzip bomb"
    ENCODED = "an encoding nobody asked for"
    ELSEWHERE = "redirect to elsewhere"
    MISTYPED = "wrong content type"
    KEY_TWICE = "duplicate keys"
    NAN = "NaN"
    DEEP = "JSON 2,000 deep"
    HEADERS = "header flood"
    CUT = "cut off in the middle"


class Hostile:
    """An ASGI callable that is wrong in one way."""

    def __init__(self, app: App, how: Hostility, *, pause: float = 1.0) -> None:
        """`app` is the system as it should be; `pause` is seconds between the bytes of one that drips."""
        self._app = app
        self._how = how
        self._pause = pause
        self._before: dict[tuple[str, str], bytes] = {}

    async def __call__(self, scope: Message, receive: Receive, send: Send) -> None:
        """One request."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        body = await self._true(scope, receive)
        gone = asyncio.ensure_future(_hung_up(receive))
        try:
            await self._answer(scope, body, send, gone)
        finally:
            gone.cancel()

    async def _true(self, scope: Message, receive: Receive) -> bytes:
        """What the system as it should be answers."""
        sent: list[Message] = []

        async def keep(message: Message) -> None:
            sent.append(message)

        await self._app(scope, receive, keep)
        return b"".join(message.get("body", b"") for message in sent)

    async def _answer(self, scope: Message, body: bytes, send: Send, gone: "asyncio.Future[None]") -> None:
        if self._how is Hostility.MIXED_UP:
            body = self._before.setdefault((scope["method"], scope["path"]), body)
        status, headers, body = _wrong(self._how, body)
        await send({"type": "http.response.start", "status": status, "headers": headers})
        async for piece in self._drip(gone):
            await send({"type": "http.response.body", "body": piece, "more_body": True})
        await send({"type": "http.response.body", "body": body})

    async def _drip(self, gone: "asyncio.Future[None]") -> AsyncIterator[bytes]:
        """What comes before the body of one that drips or never ends, until whoever asked is gone."""
        while self._how in {Hostility.DRIPPING, Hostility.ENDLESS} and not gone.done():
            if self._how is Hostility.DRIPPING:
                await asyncio.wait({gone}, timeout=self._pause)
                yield b" "
            else:
                await asyncio.sleep(0)
                yield b" " * CHUNK


def _wrong(how: Hostility, body: bytes) -> tuple[int, list[tuple[bytes, bytes]], bytes]:
    """Status, headers and body where the true body is this."""
    status, kind = 200, _JSON
    more: list[tuple[bytes, bytes]] = []
    match how:
        case Hostility.ERROR:
            status = 500
        case Hostility.BOMB:
            more, body = [(b"content-encoding", b"gzip")], bomb()
        case Hostility.ENCODED:
            more = [(b"content-encoding", b"br")]
        case Hostility.ELSEWHERE:
            status, more = 307, [(b"location", b"http://127.0.0.1:9/elsewhere")]
        case Hostility.MISTYPED:
            kind = b"text/html; charset=utf-8"
        case Hostility.HEADERS:
            more = [(b"x-flood-%d" % number, b"x" * 200) for number in range(HEADERS)]
        case _:
            body = _spoilt(body, how)
    return status, [(b"content-type", kind), *more], body


def _spoilt(body: bytes, how: Hostility) -> bytes:
    """Another body; where it is the JSON object with one thing more, that stands where nobody looks."""
    if how is Hostility.GARBAGE:
        return b"<html>" + bytes(range(256)) * 16
    if how is Hostility.CUT:
        return body[: len(body) // 2]
    more = {
        Hostility.KEY_TWICE: b',"x":1,"x":2}',
        Hostility.NAN: b',"x":NaN}',
        Hostility.DEEP: b',"x":' + b"[" * DEEP + b"]" * DEEP + b"}",
    }.get(how)
    return body if more is None else body.rstrip()[:-1] + more


@cache
def bomb() -> bytes:
    """64 MiB of zeros, in gzip (RFC 1952)."""
    packing = zlib.compressobj(9, zlib.DEFLATED, 16 + zlib.MAX_WBITS)
    zeros = bytes(1 << 20)
    return b"".join(packing.compress(zeros) for _ in range(UNPACKED >> 20)) + packing.flush()


async def _hung_up(receive: Receive) -> None:
    while (await receive())["type"] != "http.disconnect":
        pass
