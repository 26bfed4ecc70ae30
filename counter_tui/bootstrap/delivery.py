"""Delivery: the sync core's effects done over the link and the vault, on the backstage loop.

The HTTP client is imported by whoever makes one: not before somebody has signed in.
"""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Any

from offline_cache import CacheError, Outbox, Receipt, Records, Settings, Vault
from offline_cache.sync.counter_waiting import Answer, CounterSync, Effect, Send

from ..domain.entries import DECISION, read_decision
from ..domain.identity import IDENTITY
from ..domain.words import AGENCY_OF, Authority
from ..errors import CounterError, LinkError
from ..workstation.identity import keep_identity
from ..workstation.outbox import entered
from ..workstation.records import EXPECTED, SECTION, CachedRecords, stamp
from .identity import Identity, raw

if TYPE_CHECKING:
    from collections.abc import Callable, Coroutine
    from datetime import datetime

    from ..link.client import WindowClient
    from ..link.values import FeedItem, SyncAnswer
    from ..workstation.ports import Clock, LinkQuality

BATCH_BYTES = 64 * 1024
FEED_AGAIN = 1.0  # seconds after which the feed is asked again if it brought something
_CURSOR = "cursor"


class DeliveryLoop:
    """Sends what waits and takes what comes, until it is cancelled. `client` may come later than the loop."""

    def __init__(self, vault: Vault, outbox: Outbox, identity: Identity, clock: Clock) -> None:
        """Over the vault that the journal is in."""
        self._vault = vault
        self._outbox = outbox
        self._identity = identity
        self._clock = clock
        self._records = Records(vault)
        self._settings = Settings(vault)
        self._core = CounterSync()
        self._events: asyncio.Queue[Callable[[], list[Effect]]] = asyncio.Queue()
        self._requests: set[asyncio.Task[None]] = set()
        self._wake = 0.0
        self._hear: Callable[[str], None] = lambda _: None
        self.revoked: Callable[[bytes], None] = lambda _: None
        self.client: WindowClient | None = None
        self.starting = True
        self.wanted = asyncio.Event()
        self.down_since: datetime | None = clock.now()
        self.quality: LinkQuality | None = None
        self.seconds_to_empty: float | None = None
        self.progress: tuple[int, int] | None = None
        self.troubles: tuple[str, ...] = ()

    def listen(self, heard: Callable[[str], None]) -> None:
        """Call `heard` with `up`, `down`, `received` or `feed`."""
        self._hear = heard

    def nudge(self) -> None:
        """Look again what waits."""
        self.wanted.set()
        self._events.put_nowait(self._look)

    def doubt(self) -> None:
        """Ask at once, and every two seconds until there is an answer."""
        self._events.put_nowait(lambda: self._core.appended(self._clock.monotonic()))

    def _look(self) -> list[Effect]:
        if self._waiting() > self._core.waiting:
            return self._core.appended(self._clock.monotonic())
        return self._core.tick(self._clock.monotonic())

    def _waiting(self) -> int:
        return self._outbox.summary().waiting

    def _cursor(self) -> int:
        return int(self._settings.find(_CURSOR) or b"0")

    async def run(self) -> None:
        """Until cancelled."""
        self._do(self._core.started(self._clock.monotonic(), self._waiting(), self._cursor()))
        try:
            while True:
                self._do(await self._next_event())
        finally:
            for request in self._requests:
                request.cancel()

    async def _next_event(self) -> list[Effect]:
        try:
            async with asyncio.timeout(max(0.0, self._wake - self._clock.monotonic())):
                happened = await self._events.get()
        except TimeoutError:
            return self._core.tick(self._clock.monotonic())
        return happened()

    def _do(self, effects: list[Effect]) -> None:
        for effect in effects:
            if isinstance(effect, Send):
                self._start(self._send(effect))
            else:
                self._wake = effect.at

    def _start(self, work: Coroutine[Any, Any, None]) -> None:
        task = asyncio.get_running_loop().create_task(work)
        self._requests.add(task)
        task.add_done_callback(self._requests.discard)

    async def _send(self, request: Send) -> None:
        entries = self._outbox.waiting(request.limit, BATCH_BYTES) if request.limit else []
        if self.client is not None:
            self._outbox.sent([e.sequence for e in entries], stamp(self._clock.now()))
        try:
            answer = await self._client().sync(entries, request.cursor)
            settled = self._take(answer)
        except (LinkError, CacheError) as error:
            if isinstance(error, LinkError) and error.code == "auth.revoked":
                self.revoked(raw(str(error.params.get("notice", ""))))
            self._events.put_nowait(lambda: self._failed(request.request_id))
            return
        self._events.put_nowait(lambda: self._answered(request.request_id, answer, settled))

    def _client(self) -> WindowClient:
        if self.client is None:
            raise LinkError("link.starting")
        return self.client

    def _failed(self, request_id: int) -> list[Effect]:
        if self.down_since is None:
            self.down_since = self._clock.now()
        self._hear("down")
        return self._core.failed(request_id, self._clock.monotonic())

    def _answered(self, request_id: int, answer: SyncAnswer, settled: int) -> list[Effect]:
        self.down_since = None
        self._hear("received" if settled else "up")
        if answer.feed:
            self._hear("feed")
            # where something came, more is on its way: the post is still asking ahead for its travellers
            asyncio.get_running_loop().call_later(FEED_AGAIN, self.doubt)
        came = Answer(settled, self._waiting(), answer.cursor, answer.more)
        return self._core.answered(request_id, came, self._clock.monotonic())

    def _take(self, answer: SyncAnswer) -> int:
        """Receipts, refusals, feed and cursor, on disk together. Returns how many entries were settled."""
        settled = 0
        with self._vault.transaction():
            if answer.receipt is not None:
                r = answer.receipt
                receipt = Receipt(r.window, r.at, r.counter, r.entries, r.signature)
                settled += self._outbox.receive(receipt, raw(self._identity.window_key))
            if answer.head is not None:
                settled += self._outbox.rewind(*answer.head)  # it was restored from a copy: what it lost goes again
            for refused in answer.refused:
                self._outbox.refuse(refused.sequence, refused.reason, answer.time)
                settled += 1
            if answer.cursor > self._cursor():  # a late answer brings nothing that is newer than what is held
                for item in answer.feed:
                    self._keep(item)
                self._settings.set(_CURSOR, str(answer.cursor).encode())
        return settled

    def _keep(self, item: FeedItem) -> None:
        partition, cached = "", CachedRecords(self._records)
        if item.kind == EXPECTED:
            cached.keep_expected(item.key, item.body, as_of=item.as_of, owner=item.owner)
            return
        if item.kind == IDENTITY:
            keep_identity(self._records, item.body, as_of=item.as_of)
            return
        if item.kind == DECISION:
            self._note_entry(cached, item.body)
        if item.kind == SECTION:
            authority = next((a for a in Authority if a == item.owner), None)
            if authority is None:
                return
            partition = AGENCY_OF[authority].value
            cached.keep_source(authority, item.as_of)
        self._records.put(item.kind, item.key, item.body, as_of=item.as_of, owner=item.owner, partition=partition)

    def _note_entry(self, cached: CachedRecords, body: bytes) -> None:
        """With which document another counter let somebody in."""
        try:
            decision = read_decision(body)
        except CounterError:
            return
        if entered(decision, self._identity.post):
            cached.keep_used(decision.crossing.document.key, decision.crossing.opened_at.date())
