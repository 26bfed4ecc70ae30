"""Syncs as the counter's half of the protocol wants them done: in version 2 where the single window knows it, else 1.

What was found out (that it knows only version 1, that it has another dictionary) holds for as long as the connection.
"""

import asyncio
import base64
from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import dataclass
from functools import cache
from typing import Final, Protocol

import anyio
import httpx

from offline_cache.entry import Entry
from offline_cache.outbox import Receipt
from offline_cache.sync.messages import Cursors, Item, Refused, Reply, Request

from ..errors import LinkError
from . import packed, wire
from .apart import Apart
from .dense import Dense
from .http import bounded, translated
from .lines import Lines, watched
from .ranks import rank_of
from .values import SyncAnswer

Refusing = Callable[[httpx.Response], Awaitable[LinkError]]
LONGEST: Final = 600.0  # seconds of a whole exchange, however steadily bytes drip in
TRIES: Final = 4  # until it is known how to speak
BESIDE: Final = 60  # bytes of HTTP beside a body, about
_OLD: Final = frozenset({"wire.version"})


class Watcher(Protocol):
    """Who is told how a request goes."""

    def handed(self, size: int) -> None:
        """The connection stands, and so many bytes are being written."""
        ...

    def progress(self) -> None:
        """The other side gave a sign of life."""
        ...


@dataclass(frozen=True, slots=True)
class Exchanged:
    """A reply, and how many bytes went and came, about."""

    reply: Reply
    sent: int
    received: int


class SyncClient:
    """Exchanges requests for replies; several may be under way. Belongs to one event loop."""

    def __init__(
        self, make: Callable[[], httpx.AsyncClient], refusal: Callable[[httpx.Response], Awaitable[LinkError]]
    ) -> None:
        """`make` gives an HTTP client with one connection; `refusal` makes a LinkError of an answer that is none."""
        self._lines = Lines(self._new_line)
        self._make, self._refusal = make, refusal
        self._plain = False
        self._old = False
        self._under_way: dict[int, Apart[Exchanged]] = {}

    @property
    def old(self) -> bool:
        """Whether the single window knows only version 1."""
        return self._old

    async def exchange(
        self, request_id: int, request: Request, *, counter: str, hash_of: packed.HashOf, watcher: Watcher
    ) -> Exchanged:
        """The reply. `hash_of` gives the hashes of the counter's journal. Raises LinkError.

        Cancelled, or let go with `drop`, it clears up behind itself, and its connection goes.
        """
        apart = Apart(lambda: self._exchange(request, counter, hash_of, watcher))
        self._under_way[request_id] = apart
        try:
            found = await asyncio.shield(apart.task)
        finally:
            apart.end()
            self._under_way.pop(request_id, None)
        if found is None:
            raise LinkError("link.timeout")
        return found

    def drop(self, request_id: int) -> None:
        """Let go of a request that is under way; its connection goes, and it ends with LinkError `link.timeout`."""
        apart = self._under_way.get(request_id)
        if apart is not None:
            apart.end()

    async def aclose(self) -> None:
        """Close the connections."""
        for apart in tuple(self._under_way.values()):
            apart.end()
        await self._lines.aclose()

    def _new_line(self) -> httpx.AsyncClient:
        """Whoever is at its other end may be another version than before."""
        self._plain = self._old = False
        return self._make()

    async def _exchange(self, request: Request, counter: str, hash_of: packed.HashOf, watcher: Watcher) -> Exchanged:
        for _ in range(TRIES):
            if self._old:
                return await self._exchange_old(request, watcher)
            dense = await asyncio.to_thread(_dense, plain=self._plain)
            parts = await asyncio.to_thread(packed.request_parts, request, dense)
            answer = await self._post(packed.PATH, parts, dense.name, watcher)
            if isinstance(answer, LinkError):
                self._learn(answer)
                continue
            value = await asyncio.to_thread(packed.reply_value, answer, dense)
            reply = packed.read_reply(value, asked=request.cursors, counter=counter, hash_of=hash_of)
            return Exchanged(reply, sum(map(len, parts)) + BESIDE, len(answer) + BESIDE)
        raise LinkError("link.answer")

    async def _exchange_old(self, request: Request, watcher: Watcher) -> Exchanged:
        """In version 1: entries whose hash covers what it does not know are held back, with those behind them."""
        cursor = min(request.cursors)
        body = wire.fitting(known_to_old(request.entries), cursor, request.room)
        answer = await self._post(wire.SYNC_PATH, [body], None, watcher)
        if isinstance(answer, LinkError):
            raise answer
        self._old = True
        parsed = wire.parse(wire.SyncReply, answer, limit=wire.MAX_ANSWER, error=LinkError("link.answer"))
        try:
            reply = reply_of(parsed.fields(), request.cursors)
        except ValueError:
            raise LinkError("link.answer") from None
        return Exchanged(reply, len(body) + BESIDE, len(answer) + BESIDE)

    async def _post(self, path: str, parts: list[bytes], dictionary: str | None, watcher: Watcher) -> bytes | LinkError:
        """The answer's body, or what it says in the place of one; the connection is kept in both cases."""
        headers = {"Content-Type": "application/json"} if dictionary is None else {}
        if dictionary:
            headers[packed.DICTIONARY] = dictionary
        size = sum(map(len, parts))

        async def pieces() -> AsyncIterator[bytes]:
            for part in parts:
                yield part

        with translated(), anyio.fail_after(LONGEST):
            async with self._lines.line() as line:
                extensions = watched(lambda: watcher.handed(size + BESIDE), watcher.progress)
                content = pieces() if len(parts) > 1 else parts[0]
                async with line.http.stream(
                    "POST", path, content=content, headers=headers, extensions=extensions, timeout=LONGEST
                ) as response:
                    if response.status_code != httpx.codes.OK:
                        return await self._refusal(response)
                    return await bounded(response, packed.MAX_ANSWER, watcher.progress)

    def _learn(self, said: LinkError) -> None:
        """What a refusal tells of the other side. Raises it where that is nothing new."""
        status = said.params.get("status")
        if status == httpx.codes.UNSUPPORTED_MEDIA_TYPE and not self._plain:
            self._plain = True
        elif status == httpx.codes.NOT_FOUND or said.params.get("told") in _OLD:
            self._old = True
        else:
            raise said


def known_to_old(entries: tuple[Entry, ...]) -> tuple[Entry, ...]:
    """The leading entries that version 1 can carry: those without a logical time."""
    timed = next((at for at, entry in enumerate(entries) if entry.logical), len(entries))
    return entries[:timed]


def reply_of(answer: SyncAnswer, asked: Cursors) -> Reply:
    """What an answer in version 1 says: its one cursor stands for every rank."""
    given = answer.receipt
    receipt = None if given is None else Receipt(given.window, given.at, given.counter, given.entries, given.signature)
    alerts, decisions, lists, bulk = (max(held, answer.cursor) for held in asked)
    return Reply(
        receipt=receipt,
        head=answer.head,
        refused=tuple(Refused(one.sequence, one.reason) for one in answer.refused),
        feed=tuple(Item(i.kind, i.key, i.owner, i.as_of, i.body, rank_of(i.kind)) for i in answer.feed),
        cursors=(alerts, decisions, lists, bulk),
        more=answer.more,
        time=answer.time,
        version=1,
    )


@cache
def _shipped() -> Dense:
    return Dense.shipped()


@cache
def _without() -> Dense:
    return Dense()


def _dense(*, plain: bool) -> Dense:
    return _without() if plain else _shipped()


def notice_of(error: LinkError) -> bytes:
    """The signed notice that came with a refusal; empty where there is none."""
    try:
        return base64.b64decode(str(error.params.get("notice", "")))
    except ValueError:
        return b""
