"""Delivery: the sync core's effects done over the link and the vault, on the backstage loop.

A start is a measured figure: the sync core and the HTTP client are imported once somebody has signed in.
"""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING

from offline_cache import CacheError, Journal, Outbox, Records, Vault

from ..errors import LinkError
from ..workstation.feeding import Feeding
from ..workstation.records import CachedRecords, stamp
from .identity import Identity, raw

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from offline_cache.budget import Budget
    from offline_cache.sync.counter import CounterSync
    from offline_cache.sync.effects import Effect, Send, Told
    from offline_cache.sync.messages import Item, Reply
    from offline_cache.sync.vault_store import VaultCounterStore

    from ..link.client import WindowClient
    from ..workstation.ports import Clock, LinkQuality

FETCH_AHEAD = 64 << 10
"""Bytes of the feed in one answer: on the wire records come to a fifteenth of it, some 4 s at 9.6 kbit/s."""
FEED_AGAIN = 1.0  # seconds after which the feed is asked again if it brought something
SEEN_AFTER = 1.5  # seconds after a receipt in which the agencies have mostly answered
OLD_WINDOW = "delivery.window-too-old"
_STANDING = frozenset({"forked", "behind", "revoked"})


class DeliveryLoop:
    """Sends what waits and takes what comes, until it is cancelled. `client` may come later than the loop.

    Attributes that may be set: `revoked` is told the notice that this counter is revoked; `noticed` each notice of the
    single window, once what it came with is on disk; `feeding` keeps the items of the feed.
    """

    def __init__(self, vault: Vault, outbox: Outbox, identity: Identity, clock: Clock) -> None:
        """Over the vault that the journal is in."""
        self._vault, self._outbox, self._identity, self._clock = vault, outbox, identity, clock
        self._events: asyncio.Queue[Callable[[], list[Effect]]] = asyncio.Queue()
        self._requests: set[asyncio.Task[None]] = set()
        self._wake = 0.0
        self._hear: Callable[[str], None] = lambda _: None
        records = Records(vault)
        self.feeding = Feeding(records, CachedRecords(records), identity.post)
        self.noticed: Callable[[bytes], object] = lambda _: None
        self.revoked: Callable[[bytes], None] = lambda _: None
        self.client: WindowClient | None = None
        self.starting = True
        self.wanted = asyncio.Event()
        self.down_since: datetime | None = clock.now()
        self._old_window = False
        self._asks_who_saw: asyncio.TimerHandle | None = None
        self._loaded, self._left = 0, 0
        self._last_request = self._asked_before = 0
        self._budget: Budget | None = None

    @cached_property
    def _store(self) -> VaultCounterStore:
        from offline_cache.sync.vault_store import VaultCounterStore

        from ..link.ranks import rank_of

        return VaultCounterStore(
            self._vault,
            Journal(self._vault, self._identity.counter.id, self._identity.realm),
            self._outbox,
            window_key=raw(self._identity.window_key),
            clock=lambda: stamp(self._clock.now()),
            rank_of=rank_of,
            keep=self.keep,
        )

    @cached_property
    def _core(self) -> CounterSync:
        from offline_cache.sync.counter import CounterSync, Pace

        return CounterSync(self._store, Pace(room=FETCH_AHEAD))

    @property
    def _begun(self) -> bool:
        return "_core" in vars(self)

    @property
    def quality(self) -> LinkQuality | None:
        """What real traffic showed of the link; None before anything answered."""
        quality = self._core.quality if self._begun else None
        return None if quality is None or quality.round_trip is None else quality

    @property
    def seconds_to_empty(self) -> float | None:
        """When the outbox is empty, as it goes now."""
        if not self._begun:
            return None
        summary = self._outbox.summary()
        return self._core.quality.seconds_to_empty(summary.bytes) if summary.waiting else None

    @property
    def progress(self) -> tuple[int, int] | None:
        """Items of the feed taken and left, while there are more than one answer brings."""
        return (self._loaded, self._left) if self._left else None

    @property
    def troubles(self) -> tuple[str, ...]:
        """What stands between this counter and its single window, as long as it does."""
        word = self._core.standing if self._begun else None
        return (
            *((f"delivery.{word}",) if word in _STANDING else ()),
            *((OLD_WINDOW,) if self._old_window and self._begun and self._core.waiting else ()),
        )

    def fetch_ahead(self, budget: Budget) -> None:
        """No more of the feed's bulk than this from here on."""
        self._budget = budget
        self._core.fetch_ahead = budget.room(self._today(), FETCH_AHEAD)

    def fetch_anew(self) -> None:
        """Fetch the feed from its beginning: what was cached of it can no longer be read."""
        self._store.fetch_anew()
        self._asked_before = self._last_request
        self.doubt()

    def _today(self) -> str:
        return stamp(self._clock.now())[:10]

    def listen(self, heard: Callable[[str], None]) -> None:
        """Call `heard` with `up`, `down`, `received`, `feed`, `forked`, `behind`, `revoked` or `trouble`."""
        self._hear = heard

    def nudge(self) -> None:
        """Look again what waits."""
        self.wanted.set()
        self._events.put_nowait(self._look)

    def doubt(self) -> None:
        """Ask at once, and every two seconds until there is an answer."""
        self._events.put_nowait(lambda: self._core.wanted(self._now()))

    async def run(self) -> None:
        """Until cancelled."""
        self._do(self._core.started(self._now()))
        try:
            while True:
                self._do(await self._next_event())
        finally:
            for request in self._requests:
                request.cancel()

    def _now(self) -> float:
        return self._clock.monotonic()

    def _look(self) -> list[Effect]:
        if self._outbox.summary().waiting > self._core.waiting:
            return self._core.appended(self._now())
        return self._core.tick(self._now())

    async def _next_event(self) -> list[Effect]:
        try:
            async with asyncio.timeout(max(0.0, self._wake - self._now())):
                happened = await self._events.get()
        except TimeoutError:
            return self._core.tick(self._now())
        return happened()

    def _do(self, effects: list[Effect]) -> None:
        from offline_cache.sync.effects import Drop, Told, Wake

        for effect in effects:
            if isinstance(effect, Wake):
                self._wake = effect.at
            elif isinstance(effect, Told):
                self._tell(effect)
            elif isinstance(effect, Drop):
                if self.client is not None:
                    self.client.drop(effect.request_id)
            else:
                self._last_request = effect.request_id
                task = asyncio.get_running_loop().create_task(self._send(effect))
                self._requests.add(task)
                task.add_done_callback(self._requests.discard)

    def _tell(self, told: Told) -> None:
        if told.word == "down":
            self.down_since = self.down_since or self._clock.now()
        elif told.word == "up":
            self.down_since = None
        elif told.word == "received":
            if self._asks_who_saw is not None:
                self._asks_who_saw.cancel()
            self._asks_who_saw = asyncio.get_running_loop().call_later(SEEN_AFTER, self._ask_who_saw)
        elif told.word == "feed":
            # where something came, more is on its way: the post is still asking ahead for its travellers
            asyncio.get_running_loop().call_later(FEED_AGAIN, self.doubt)
        self._hear(told.word)

    def _ask_who_saw(self) -> None:
        """Once nothing waits any more: what goes brings along what is new."""
        if not self._core.waiting:
            self.doubt()

    async def _send(self, send: Send) -> None:
        try:
            exchanged = await self._client().exchange(
                send.request_id,
                send.request,
                counter=self._identity.counter.id,
                hash_of=self._store.hash_of,
                watcher=_Watcher(self, send.request_id),
            )
        except (LinkError, CacheError) as error:
            failed = error
            self._events.put_nowait(lambda: self._failed(send.request_id, failed))
            return
        self._events.put_nowait(
            lambda: self._answered(send.request_id, exchanged.reply, exchanged.sent, exchanged.received)
        )

    def _client(self) -> WindowClient:
        if self.client is None:
            raise LinkError("link.starting")
        return self.client

    def _failed(self, request_id: int, error: Exception) -> list[Effect]:
        if isinstance(error, LinkError) and error.code == "auth.revoked":
            effects = self._core.revoked(self._now())
            self.revoked(raw(str(error.params.get("notice", ""))))
            return effects
        return self._core.failed(request_id, self._now())

    def _answered(self, request_id: int, reply: Reply, sent: int, received: int) -> list[Effect]:
        from offline_cache.sync.messages import START, VERSION

        if request_id <= self._asked_before:  # it goes on from where the feed is no longer held
            reply = replace(reply, feed=(), cursors=START)
            self.doubt()
        effects = self._core.answered(request_id, reply, self._now(), sent=sent, received=received)

        self._old_window = reply.version < VERSION
        if self._core.standing != "trouble":  # it is on disk
            self._count(reply, received)
            for notice in reply.notices:
                self.noticed(notice)
        return effects

    def _count(self, reply: Reply, received: int) -> None:
        self._left = reply.left
        self._loaded = self._loaded + len(reply.feed) if reply.left else 0
        if self._budget is not None:
            from offline_cache.sync.messages import Rank

            today = self._today()
            if any(item.rank == Rank.BULK for item in reply.feed):
                self._budget.spend(today, received)
            self._core.fetch_ahead = self._budget.room(today, FETCH_AHEAD)

    def handed(self, request_id: int, size: int) -> None:
        """The connection stands, and a request is being written."""
        self._events.put_nowait(lambda: self._core.handed(request_id, size, self._now()))

    def came(self, request_id: int) -> None:
        """The other side gave a sign of life."""
        self._events.put_nowait(lambda: self._core.progress(request_id, self._now()))

    def keep(self, item: Item) -> None:
        """Keep an item of the feed."""
        self.feeding.keep(item.kind, item.key, item.body, as_of=item.as_of, owner=item.owner)


@dataclass(frozen=True, slots=True)
class _Watcher:
    """Tells the loop how one request goes."""

    loop: DeliveryLoop
    request_id: int

    def handed(self, size: int) -> None:
        self.loop.handed(self.request_id, size)

    def progress(self) -> None:
        self.loop.came(self.request_id)
