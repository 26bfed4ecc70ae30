"""How a simulated agency system behaves: as it should, slowly, with errors, or not at all. Wraps any ASGI callable."""

import asyncio
from collections.abc import Awaitable, Callable, MutableMapping
from enum import StrEnum
from typing import Any, Final

Message = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]
App = Callable[[Message, Receive, Send], Awaitable[None]]

SLOW_SECONDS: Final = 5.0


class Behaviour(StrEnum):
    """What it does with a question: answer; answer late; answer 503; never answer."""

    NORMAL = "normal"
    SLOW = "slow"
    FAILING = "failing"
    DOWN = "down"


class Behaving:
    """An ASGI callable whose behaviour can be changed while it runs."""

    def __init__(self, app: App, *, slow_seconds: float = SLOW_SECONDS) -> None:
        """`app` is the system as it should be."""
        self._app = app
        self._slow_seconds = slow_seconds
        self._behaviour = Behaviour.NORMAL
        self._changed = asyncio.Event()

    @property
    def behaviour(self) -> Behaviour:
        """What it does now."""
        return self._behaviour

    def become(self, behaviour: Behaviour) -> None:
        """Change it; a question that hangs or waits is then answered in the new way."""
        self._behaviour = behaviour
        self._changed.set()
        self._changed = asyncio.Event()

    async def __call__(self, scope: Message, receive: Receive, send: Send) -> None:
        """One request."""
        if scope["type"] == "http":
            held: list[Message] = []
            while self._behaviour is Behaviour.DOWN:
                await self._hang(receive, held)
                if held and held[-1]["type"] == "http.disconnect":
                    return
            receive = _after(held, receive)
            if self._behaviour is Behaviour.FAILING:
                await _unavailable(send)
                return
            if self._behaviour is Behaviour.SLOW:
                await self._linger()
        await self._app(scope, receive, send)

    async def _hang(self, receive: Receive, held: list[Message]) -> None:
        """Wait for a change, or for what the client has to say: it may leave."""
        heard = asyncio.ensure_future(receive())
        changed = asyncio.ensure_future(self._changed.wait())
        try:
            await asyncio.wait({heard, changed}, return_when=asyncio.FIRST_COMPLETED)
            if heard.done():
                held.append(heard.result())
        finally:
            heard.cancel()
            changed.cancel()

    async def _linger(self) -> None:
        try:
            async with asyncio.timeout(self._slow_seconds):
                await self._changed.wait()
        except TimeoutError:
            return


def _after(held: list[Message], receive: Receive) -> Receive:
    """What gives the messages that were held back before it goes on."""
    waiting = iter(held)

    async def go_on() -> Message:
        for message in waiting:
            return message
        return await receive()

    return go_on


async def _unavailable(send: Send) -> None:
    await send({"type": "http.response.start", "status": 503, "headers": [(b"content-length", b"0")]})
    await send({"type": "http.response.body", "body": b""})
