"""The single window over HTTP, as an ASGI application. The routes and their bodies are `link.wire`'s."""

import asyncio
import base64
import contextlib
import random
from collections.abc import AsyncIterator, Callable, Iterable, Mapping
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime
from typing import Final, ParamSpec, TypeVar

from starlette.applications import Starlette
from starlette.requests import ClientDisconnect, Request
from starlette.responses import Response, StreamingResponse
from starlette.routing import Route

from offline_cache.errors import CacheError

from ..agencies.links import LinkTerms, Patience
from ..agencies.ports import Connector, ExpectedTraveller, Inquiry
from ..domain.agency_links import AgencyLink
from ..domain.coding import to_json
from ..domain.sections import Section
from ..domain.words import Authority
from ..errors import LinkError
from ..link import packed, wire
from .arrivals import Arrivals
from .fan_out import NO_TERMS, STANDARD, FanOut
from .lane import Times
from .prefetch import ExpectedSource, Prefetch
from .service import SingleWindow
from .store import EnrolledCounter
from .telling import TellingOffice
from .telling_lanes import TellingLanes, Way

P = ParamSpec("P")
R = TypeVar("R")

BODY_SECONDS: Final = 180.0  # for a request's body: 1 MiB takes longer at 9.6 kbit/s, and is then sent in smaller parts
BLOCKS: Final = {Authority.SECURITY: 1536, Authority.CUSTOMS: 1536, Authority.HEALTH: 3072}
"""Bytes that an authority's line is a multiple of: a section with something sealed takes one, as one without does."""
BLOCK: Final = 512
TICK: Final = 0.025
"""Seconds: a line leaves at the next one since the question, so that how long an authority thought tells little."""
_JSON: Final = "application/json"


class WindowApp:
    """The single window with its authorities, on one event loop; the store has a thread of its own."""

    def __init__(
        self,
        window: SingleWindow,
        connectors: Iterable[Connector],
        *,
        now: Callable[[], datetime],
        monotonic: Callable[[], float],
        patience: Patience = STANDARD,
        terms: Mapping[Authority, LinkTerms] = NO_TERMS,
    ) -> None:
        """`now` is aware, in the post's own zone; `monotonic` counts seconds. `terms` as for `FanOut`."""
        self._window = window
        self._now = now
        self._monotonic = monotonic
        self._store_thread = ThreadPoolExecutor(1, "store")
        self.fan_out = FanOut(
            connectors,
            self._keep_section,
            monotonic=monotonic,
            now=now,
            patience=patience,
            terms=terms,
            changed=self._keep_link,
        )
        self._arrivals = Arrivals(window, self._stored)
        self.asgi = Starlette(
            routes=[
                Route(wire.HEALTH_PATH, self._health, methods=["GET"]),
                Route(wire.ENROL_PATH, self._enrol, methods=["POST"]),
                Route(wire.SYNC_PATH, self._sync, methods=["POST"]),
                Route(packed.PATH, self._packed_sync, methods=["POST"]),
                Route(wire.SECTIONS_PATH, self._sections, methods=["POST"]),
                Route(wire.UNSEAL_PATH, self._unseal, methods=["POST"]),
                Route(wire.ALLOWANCE_PATH, self._allowance, methods=["POST"]),
            ],
            exception_handlers={
                LinkError: _refused,
                CacheError: _store_failed,
                ClientDisconnect: _gone,
                TimeoutError: _too_slow,
            },
        )

    def prefetch(self, source: ExpectedSource) -> Prefetch:
        """What asks ahead; run it as a task of its own."""
        return Prefetch(source, self.fan_out, self._keep_expected, self._now)

    def telling(self, office: TellingOffice, ways: Mapping[Authority, Way]) -> TellingLanes:
        """What tells the agencies of what counters record; run it as a task of its own."""
        times = Times(self._monotonic, self._now, random.random)
        lanes = TellingLanes(office, self._stored, ways, times)
        loop = asyncio.get_running_loop()
        self._window.syncing.entries_came = lambda: _unless_closed(loop, lanes.nudge)
        return lanes

    async def aclose(self) -> None:
        """Give up what is being asked, and end the store's thread; the store itself stays open."""
        await self.fan_out.aclose()
        self._store_thread.shutdown()

    async def _stored(self, work: Callable[P, R], *args: P.args, **kwargs: P.kwargs) -> R:
        """Done on the store's thread: a commit waits for the disk, and nobody else is to wait for it."""
        return await asyncio.get_running_loop().run_in_executor(self._store_thread, lambda: work(*args, **kwargs))

    async def _keep_section(self, document_key: str, section: Section) -> None:
        # what the feed misses is asked for again; a full disk is told to who records
        with contextlib.suppress(CacheError):
            await self._stored(self._window.keep_section, document_key, section)

    async def tell_links(self) -> None:
        """Tell the counters how the links stand that they were last told otherwise of."""
        for link in self.fan_out.links:
            await self._keep_link(link)

    async def _keep_link(self, link: AgencyLink) -> None:
        with contextlib.suppress(CacheError):
            await self._stored(self._window.keep_link, link)

    async def _keep_expected(self, traveller: ExpectedTraveller) -> None:
        body = wire.ExpectedBody(
            document=traveller.document,
            group=traveller.group,
            guardian=traveller.guardian,
            direction=traveller.direction,
        )
        with contextlib.suppress(CacheError):
            await self._stored(self._window.keep_expected, body)

    # -- routes -----------------------------------------------------------------------------------------------------

    async def _health(self, _: Request) -> Response:
        return _answer(self._window.health())

    async def _enrol(self, request: Request) -> Response:
        asked = await _read(request, wire.EnrolRequest)
        _check_version(asked.version)
        return _answer(await self._stored(self._window.enrol, asked))

    async def _sync(self, request: Request) -> Response:
        enrolled = await self._authenticated(request)
        asked = await _read(request, wire.SyncRequest)
        _check_version(asked.version)
        return _answer(await self._stored(self._window.sync, enrolled, asked))

    async def _packed_sync(self, request: Request) -> Response:
        return await self._arrivals.answer(request, await self._authenticated(request))

    async def _sections(self, request: Request) -> Response:
        enrolled = await self._authenticated(request)
        asked = await _read(request, wire.SectionsRequest)
        _check_version(asked.version)
        if not self._window.takes(asked.crossing):
            raise LinkError("wire.realm")
        crossing = asked.crossing
        await self._stored(self._window.lookups.take, enrolled.counter, crossing, asked.why)
        inquiry = Inquiry(crossing.document, crossing.direction, crossing.lane, self._now())
        return StreamingResponse(self._lines(inquiry, enrolled, asked.but), media_type=wire.NDJSON)

    async def _lines(
        self, inquiry: Inquiry, enrolled: EnrolledCounter, but: frozenset[Authority]
    ) -> AsyncIterator[bytes]:
        begun = self._monotonic()
        async for section in self.fan_out.ask(inquiry, but):
            line = to_json(self._window.for_counter(section, enrolled.counter))
            await asyncio.sleep(-(self._monotonic() - begun) % TICK)
            yield padded(line, BLOCKS.get(section.authority, BLOCK))

    async def _unseal(self, request: Request) -> Response:
        enrolled = await self._authenticated(request)
        asked = await _read(request, wire.UnsealRequest)
        _check_version(asked.version)
        to_open = await self._stored(self._window.to_unseal, enrolled, asked.sequence)
        return _answer(wire.UnsealReply(box=await self._window.unsealing.open(to_open)))

    async def _allowance(self, request: Request) -> Response:
        enrolled = await self._authenticated(request)
        asked = await _read(request, wire.AllowanceRequest)
        _check_version(asked.version)
        answer = await self._stored(self._window.allowance, enrolled.counter, asked.ask)
        return _answer(wire.AllowanceReply(answer=answer))

    async def _authenticated(self, request: Request) -> EnrolledCounter:
        scheme, _, token = request.headers.get("Authorization", "").partition(" ")
        if scheme != "Bearer" or not token:
            raise LinkError("auth.token")
        enrolled = await self._stored(self._window.authenticate, token)
        if enrolled is None:
            raise LinkError("auth.token")
        return enrolled


def padded(line: bytes, block: int) -> bytes:
    """A line of an answer, with blanks up to the next multiple of `block`: its length tells little of what is in it."""
    return line + b" " * (-(len(line) + 1) % block) + b"\n"


async def _read(request: Request, model: type[wire.M]) -> wire.M:
    """The request's body as this message; LinkError `wire.too-large` or `wire.malformed`."""
    body = bytearray()
    async with asyncio.timeout(BODY_SECONDS):
        async for chunk in request.stream():
            body += chunk
            if len(body) > wire.MAX_REQUEST:
                raise LinkError("wire.too-large")
    return wire.parse(model, bytes(body), limit=wire.MAX_REQUEST, error=LinkError("wire.malformed"))


def _unless_closed(loop: asyncio.AbstractEventLoop, do: Callable[[], None]) -> None:
    """From another thread; once the loop is closed there is nobody to do it for."""
    with contextlib.suppress(RuntimeError):
        loop.call_soon_threadsafe(do)


def _check_version(version: int) -> None:
    if version != wire.VERSION:
        raise LinkError("wire.version")


def _answer(message: wire.Message, status: int = 200) -> Response:
    return Response(message.to_bytes(), status, media_type=_JSON)


async def _refused(_: Request, error: Exception) -> Response:
    code = error.code if isinstance(error, LinkError) else "wire.malformed"
    said = error.params if isinstance(error, LinkError) else {}
    notice, seconds = base64.b64decode(str(said.get("notice", ""))), int(said.get("seconds", 0))
    return _answer(wire.Refusal(code=code, notice=notice, seconds=seconds), _STATUS.get(code, 400))


async def _store_failed(_: Request, error: Exception) -> Response:
    code = error.code if isinstance(error, CacheError) else "vault.error"
    return _answer(wire.Refusal(code=code), 503)


async def _gone(_: Request, __: Exception) -> Response:
    return Response(status_code=400)


async def _too_slow(_: Request, __: Exception) -> Response:
    return _answer(wire.Refusal(code="wire.too-slow"), 408)


_STATUS: Final = {
    "auth.token": 401,
    "auth.code": 403,
    "auth.code-used": 403,
    "auth.code-expired": 403,
    "auth.revoked": 403,
    "auth.other-counter": 403,
    "resident.not-yours": 403,
    "resident.none": 404,
    "lookup.reason": 403,
    "lookup.nobody": 403,
    "lookup.too-many": 429,
    "unseal.not-recorded": 409,
    "unseal.not-two": 403,
    "wire.too-large": 413,
    "wire.dictionary": 415,
}
