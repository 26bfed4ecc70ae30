"""The one HTTP client: asks the single window, and says in `LinkError` codes what went wrong.

Its errors are those of `http`, and `link.too-large`: an entry does not fit the contract.

A client belongs to one event loop. It keeps one connection alive for syncs and one for questions, so that a long sync
never stands before a traveller.
"""

import asyncio
import contextlib
import ssl
from collections.abc import AsyncGenerator, AsyncIterator, Sequence
from dataclasses import dataclass

import anyio
import httpx

from offline_cache.sync.messages import Request

from ..domain.allowance.escrow import Answer, Ask
from ..domain.coding import from_json
from ..domain.crossings import Crossing
from ..domain.lookups import Lookup
from ..domain.sections import Section
from ..domain.words import Authority
from ..errors import LinkError
from . import wire
from .apart import Apart, apart
from .http import bounded, check_secure, check_status, http_client, refusal, translated
from .packed import HashOf
from .sync import Exchanged, SyncClient, Watcher
from .values import Enrolment, EntryLike, SyncAnswer


@dataclass(frozen=True, slots=True)
class Timeouts:
    """How long to wait, in seconds.

    `silence` is the longest time without a byte; `per_kilobyte` is added for each KiB sent (at 9.6 kbit/s one takes
    0.85 s). `question` bounds a whole question, `sync` a whole sync, however steadily bytes drip in.
    """

    connect: float = 5.0
    silence: float = 10.0
    per_kilobyte: float = 2.0
    question: float = 20.0
    sync: float = 600.0


class WindowClient:
    """Speaks with one single window. `token` is what enrolment gave; None before it."""

    def __init__(
        self,
        base_url: str,
        token: str | None = None,
        *,
        transport: httpx.AsyncBaseTransport | None = None,
        timeouts: Timeouts | None = None,
        context: ssl.SSLContext | None = None,
    ) -> None:
        """`base_url` is http(s)://host:port; `context` says whom to trust, without one nobody is.

        Raises LinkError `link.insecure` for plain HTTP to another machine.
        """
        check_secure(base_url)
        self._timeouts = timeouts or Timeouts()
        context = context or ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)

        def make(*, http2: bool = False) -> httpx.AsyncClient:
            client = http_client(base_url, transport, context, http2=http2)
            if token is not None:
                client.headers["Authorization"] = f"Bearer {token}"
            return client

        self._http = make()
        # HTTP/2 says its headers once a connection; without TLS there is nobody to agree on it with
        self._sync = SyncClient(lambda: make(http2=base_url.startswith("https:")), refusal)

    async def sync(self, entries: Sequence[EntryLike], cursor: int, *, room: int = wire.FEED_ROOM) -> SyncAnswer:
        """Send as many of the leading `entries` as fit, and fetch the feed from `cursor` on (0: from its beginning).

        `room` is how many bytes of the feed are wanted, about, at most 256 KiB.

        Raises LinkError; then nothing is known of what arrived, and sending it again is right.
        """
        body = wire.fitting(entries, cursor, room)
        answer = await self._post(wire.SYNC_PATH, body, self._timeouts.sync)
        try:
            return _parsed(wire.SyncReply, answer).fields()
        except ValueError:
            raise LinkError("link.answer") from None

    async def exchange(
        self, request_id: int, request: Request, *, counter: str, hash_of: HashOf, watcher: Watcher
    ) -> Exchanged:
        """A sync as the counter's half of the protocol wants it; see `SyncClient.exchange`. Raises LinkError."""
        return await self._sync.exchange(request_id, request, counter=counter, hash_of=hash_of, watcher=watcher)

    def drop(self, request_id: int) -> None:
        """Let go of an exchange under way, and of its connection."""
        self._sync.drop(request_id)

    @property
    def old(self) -> bool:
        """Whether the single window knows only version 1."""
        return self._sync.old

    async def sections(
        self, crossing: Crossing, but: frozenset[Authority] = frozenset(), why: Lookup | None = None
    ) -> AsyncGenerator[Section, None]:
        """The authorities' sections of a crossing, each as it comes in; who did not answer in time is not among them.

        Those in `but` are not asked. Raises LinkError, also after some sections; `lookup.too-many` (with `seconds`),
        `lookup.reason`, `lookup.nobody` where the question is not taken. Close it (`contextlib.aclosing`) if it is left
        before its end.
        """
        body = wire.SectionsRequest(version=wire.VERSION, crossing=crossing, but=but, why=why).to_bytes()
        answers: asyncio.Queue[Section | LinkError | None] = asyncio.Queue()
        exchange = Apart(lambda: self._question(body, answers))
        exchange.task.add_done_callback(lambda _: answers.put_nowait(None))
        try:
            while (answer := await answers.get()) is not None:
                if isinstance(answer, LinkError):
                    raise answer
                yield answer
        finally:
            exchange.end()

    async def _question(self, body: bytes, answers: "asyncio.Queue[Section | LinkError | None]") -> None:
        total = self._timeouts.question
        try:
            with translated(), anyio.fail_after(total):
                async with self._stream(wire.SECTIONS_PATH, body, total) as response:
                    async for line in _lines(response):
                        answers.put_nowait(from_json(Section, line, error=LinkError("link.answer")))
        except LinkError as error:
            answers.put_nowait(error)

    async def unseal(self, sequence: int) -> bytes:
        """What the entry of this sequence asks for, sealed to the key that it names.

        Raises LinkError; `unseal.not-recorded` as long as the single window has not got that entry, and other codes of
        `unseal` where it is not opened.
        """
        body = wire.UnsealRequest(version=wire.VERSION, sequence=sequence).to_bytes()
        return _parsed(wire.UnsealReply, await self._post(wire.UNSEAL_PATH, body, self._timeouts.question)).box

    async def allowance(self, ask: Ask) -> Answer:
        """A share of a resident's allowance, or why there is none. Raises LinkError."""
        body = wire.AllowanceRequest(version=wire.VERSION, ask=ask).to_bytes()
        answer = await self._post(wire.ALLOWANCE_PATH, body, self._timeouts.question)
        return _parsed(wire.AllowanceReply, answer).answer

    async def enrol(self, code: str, label: str, public_key: bytes, exchange_key: bytes | None = None) -> Enrolment:
        """Become a counter of this post: `code` is one-time, `public_key` the counter's own (Ed25519, 32 bytes).

        `exchange_key` (X25519, 32 bytes) is what is sealed to it. Raises LinkError; `auth.code`, `auth.code-used`,
        `auth.code-expired` where the code is not taken.
        """
        request = wire.EnrolRequest(
            version=wire.VERSION, code=code, label=label, public_key=public_key, exchange_key=exchange_key
        )
        answer = await self._post(wire.ENROL_PATH, request.to_bytes(), self._timeouts.question)
        return _parsed(wire.EnrolReply, answer).fields()

    async def aclose(self) -> None:
        """Close the connections."""
        await self._sync.aclose()
        await self._http.aclose()

    async def _post(self, path: str, body: bytes, total: float) -> bytes:
        async def exchange() -> bytes:
            with translated(), anyio.fail_after(total):
                async with self._stream(path, body, total) as response:
                    return await bounded(response, wire.MAX_ANSWER)

        return await apart(exchange)

    @contextlib.asynccontextmanager
    async def _stream(self, path: str, body: bytes, total: float) -> AsyncIterator[httpx.Response]:
        patience = self._timeouts.silence + self._timeouts.per_kilobyte * len(body) / 1024
        timeout = httpx.Timeout(min(patience, total), connect=self._timeouts.connect)
        headers = {"Content-Type": "application/json"}
        async with self._http.stream("POST", path, content=body, headers=headers, timeout=timeout) as response:
            await check_status(response)
            yield response


async def _lines(response: httpx.Response) -> AsyncIterator[bytes]:
    """The lines that are not empty; raises LinkError `link.answer` where one is too long, or they are too many."""
    rest = b""
    count = 0
    async for chunk in response.aiter_raw():
        *whole, rest = (rest + chunk).split(b"\n")
        for line in whole:
            if line.strip():
                count += 1
                _check_line(line, count)
                yield line
        _check_line(rest, count)
    if rest.strip():
        yield rest


def _check_line(line: bytes, count: int) -> None:
    if len(line) > wire.MAX_LINE or count > wire.MAX_SECTIONS:
        raise LinkError("link.answer")


def _parsed(model: type[wire.M], body: bytes) -> wire.M:
    return wire.parse(model, body, limit=wire.MAX_ANSWER, error=LinkError("link.answer"))
