"""The one HTTP client: asks the single window, and says in `LinkError` codes what went wrong.

Codes: `link.refused` (nobody listens), `link.timeout` (silence), `link.broken` (the connection ended early, or what
came was no HTTP), `link.answer` (an answer that this contract does not know; `status` where it is one),
`link.unauthorised` (the token is not taken), `link.too-large` (an entry does not fit the contract),
`link.insecure` (a token would travel in clear), `link.address` (the single window's address is none), `link.untrusted`
(who answers is not certified by the post that this counter trusts), `link.clock` (its certificate is over, or has not
begun, by this machine's clock). What an enrolment code meets is told as the single window tells it: `auth.code`,
`auth.code-used`, `auth.code-expired`; and so is `auth.revoked`, with `notice`, its signed notice, in base64.

A client belongs to one event loop. It keeps one connection alive for syncs and one for questions, so that a long sync
never stands before a traveller.
"""

import asyncio
import base64
import contextlib
import ssl
from collections.abc import AsyncGenerator, AsyncIterator, Iterator, Sequence
from dataclasses import dataclass
from typing import Final

import anyio
import httpx

from ..domain.coding import from_json
from ..domain.crossings import Crossing
from ..domain.sections import Section
from ..domain.words import Authority
from ..errors import LinkError
from . import wire
from .apart import Apart, apart
from .values import Enrolment, EntryLike, SyncAnswer

LOOPBACK: Final = frozenset({"127.0.0.1", "::1", "localhost"})
KEEP_ALIVE: Final = 300.0  # seconds that an idle connection is kept
TOLD: Final = frozenset({"auth.code", "auth.code-used", "auth.code-expired", "auth.revoked"})
_DATES: Final = frozenset({9, 10})  # OpenSSL: a certificate that has not begun, that is over
_DEFAULT_HEADERS: Final = ("Accept", "Accept-Encoding", "Connection", "User-Agent")


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
        self._http = http_client(base_url, transport, context or ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT))
        if token is not None:
            self._http.headers["Authorization"] = f"Bearer {token}"

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

    async def sections(
        self, crossing: Crossing, but: frozenset[Authority] = frozenset()
    ) -> AsyncGenerator[Section, None]:
        """The authorities' sections of a crossing, each as it comes in; who did not answer in time is not among them.

        Those in `but` are not asked. Raises LinkError, also after some sections. Close it (`contextlib.aclosing`) if it
        is left before its end.
        """
        body = wire.SectionsRequest(version=wire.VERSION, crossing=crossing, but=but).to_bytes()
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


def check_secure(base_url: str) -> None:
    """Raises LinkError `link.insecure` for plain HTTP to another machine, `link.address` for what is no address."""
    try:
        url = httpx.URL(base_url)
        host = url.host
    except (httpx.InvalidURL, ValueError):
        raise LinkError("link.address") from None
    if url.scheme not in {"http", "https"} or not host:
        raise LinkError("link.address")
    if url.scheme == "http" and host not in LOOPBACK:
        raise LinkError("link.insecure")


def http_client(
    base_url: str, transport: httpx.AsyncBaseTransport | None, context: ssl.SSLContext | None = None
) -> httpx.AsyncClient:
    """A client with lean headers, which heeds no proxy of the environment and follows no redirect."""
    # loading the system's certificates takes 20 ms; a bare context trusts nobody
    if context is None and base_url.startswith("http:"):
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    client = httpx.AsyncClient(
        base_url=base_url,
        transport=transport,
        verify=context or ssl.create_default_context(),
        trust_env=False,
        follow_redirects=False,
        limits=httpx.Limits(max_connections=4, max_keepalive_connections=2, keepalive_expiry=KEEP_ALIVE),
    )
    for name in _DEFAULT_HEADERS:
        client.headers.pop(name, None)
    return client


async def check_status(response: httpx.Response) -> None:
    """Raises LinkError for anything but a plain 200: `link.unauthorised`, what is told of a code, or `link.answer`."""
    if response.status_code in {401, 403}:
        raise await _refusal(response)
    if response.status_code != httpx.codes.OK:
        raise LinkError("link.answer", status=response.status_code)
    check_plain(response)


async def _refusal(response: httpx.Response) -> LinkError:
    unknown = LinkError("link.unauthorised")
    try:
        told = wire.parse(
            wire.Refusal, await bounded(response, wire.MAX_REFUSAL), limit=wire.MAX_REFUSAL, error=unknown
        )
    except LinkError:
        return unknown
    if told.code not in TOLD:
        return unknown
    return LinkError(told.code, **({"notice": base64.b64encode(told.notice).decode()} if told.notice else {}))


def check_plain(response: httpx.Response) -> None:
    """Raises LinkError `link.answer` for an encoded body: it was not asked for, and might blow up."""
    if "Content-Encoding" in response.headers:
        raise LinkError("link.answer", status=response.status_code)


async def bounded(response: httpx.Response, limit: int) -> bytes:
    """The whole body; raises LinkError `link.answer` where it exceeds `limit` bytes."""
    body = bytearray()
    async for chunk in response.aiter_raw():
        body += chunk
        if len(body) > limit:
            raise LinkError("link.answer")
    return bytes(body)


@contextlib.contextmanager
def translated() -> Iterator[None]:
    """The client library's errors as LinkError: their own words may quote what was sent."""
    try:
        yield
    except httpx.ConnectError as error:
        raise LinkError(_not_connected(error)) from None
    except (httpx.TimeoutException, TimeoutError):
        raise LinkError("link.timeout") from None
    except (httpx.HTTPError, httpx.StreamError):
        raise LinkError("link.broken") from None


def _not_connected(error: BaseException) -> str:
    """Why there is no connection: the reason lies some causes deep."""
    cause: BaseException | None = error
    while cause is not None:
        if isinstance(cause, ssl.SSLCertVerificationError):
            return "link.clock" if cause.verify_code in _DATES else "link.untrusted"
        if isinstance(cause, ssl.SSLError):
            return "link.untrusted"
        cause = cause.__cause__ or cause.__context__
    return "link.refused"


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
