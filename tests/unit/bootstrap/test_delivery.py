"""Delivery over a real vault: when the single window is asked again, and what it is told of requests."""

import asyncio
from dataclasses import replace
from pathlib import Path
from typing import Any

from counter_tui.bootstrap.delivery import FEED_AGAIN, OLD_WINDOW
from counter_tui.errors import LinkError
from counter_tui.link.sync import Exchanged
from offline_cache import Settings
from offline_cache.budget import Budget
from offline_cache.sync.messages import START, Cursors, Item, Reply, Request
from tests.unit.workstation.build import Rig, rig

AT = "2026-11-21T05:14:00.000Z"
ONCE: Cursors = (0, 0, 0, 1)


class Window:
    """A single window whose feed brings one item at the first question; it says `version`, or what is wrong."""

    def __init__(self, version: int = 2, error: LinkError | None = None) -> None:
        self.asked: list[Request] = []
        self.version, self.error = version, error
        self.again = asyncio.Event()
        self.left = 0
        self.answers = asyncio.Event()
        self.answers.set()

    async def exchange(self, _: int, request: Request, *, watcher: Any, **__: Any) -> Exchanged:
        watcher.handed(100)
        self.asked.append(request)
        if len(self.asked) > 1:
            self.again.set()
        if self.error is not None:
            raise self.error
        await self.answers.wait()
        item = Item("expected", "MYS:A1", "immigration", AT, b"{}")
        feed = (item,) if request.cursors != ONCE else ()
        reply = Reply(None, None, (), feed, ONCE, more=False, time=AT, notices=(b"notice",), version=self.version)
        return Exchanged(replace(reply, left=self.left), 100, 100)

    def drop(self, request_id: int) -> None:
        """Nothing is kept."""


async def run(r: Rig, window: Window) -> None:
    r.delivery.client = window  # type: ignore[assignment]
    running = asyncio.create_task(r.delivery.run())
    try:
        async with asyncio.timeout(FEED_AGAIN + 4):
            await window.again.wait()
    finally:
        running.cancel()
        await asyncio.gather(running, return_exceptions=True)
        r.close()


async def test_a_feed_that_brought_something_is_asked_again_soon_not_when_the_link_is_idle(tmp_path: Path) -> None:
    r, window = rig(tmp_path), Window()
    heard: list[str] = []
    noticed: list[bytes] = []
    r.delivery.listen(heard.append)
    r.delivery.noticed = noticed.append
    await run(r, window)
    assert [request.cursors for request in window.asked][:2] == [(0, 0, 0, 0), ONCE]
    assert heard[:2] == ["up", "feed"]
    assert noticed[0] == b"notice"
    assert r.delivery.down_since is None
    assert r.delivery.quality is None or r.delivery.quality.loss == 0


async def test_a_window_that_does_not_answer_is_down_and_asked_again(tmp_path: Path) -> None:
    r, window = rig(tmp_path), Window(error=LinkError("link.refused"))
    r.delivery.down_since = None
    r.delivery.doubt()
    clock = r.clock

    def pass_time(_: str) -> None:
        clock.pass_(5)

    r.delivery.listen(pass_time)
    await run(r, window)
    assert r.delivery.down_since is not None


async def test_a_revoked_counter_is_told_once_and_asks_no_more(tmp_path: Path) -> None:
    r, window = rig(tmp_path), Window(error=LinkError("auth.revoked", notice="bm90aWNl"))
    told: list[bytes] = []
    ended = asyncio.Event()

    def revoked(notice: bytes) -> None:
        told.append(notice)
        ended.set()

    r.delivery.revoked = revoked
    r.delivery.client = window  # type: ignore[assignment]
    running = asyncio.create_task(r.delivery.run())
    async with asyncio.timeout(5):
        await ended.wait()
    for _ in range(20):
        r.delivery.doubt()
        await asyncio.sleep(0)
    running.cancel()
    await asyncio.gather(running, return_exceptions=True)
    assert told == [b"notice"]
    assert len(window.asked) == 1
    assert r.delivery.troubles == ("delivery.revoked",)
    r.close()


async def test_an_old_window_that_cannot_take_what_waits_is_said_so(tmp_path: Path) -> None:
    r, window = rig(tmp_path), Window(version=1)
    r.delivery._core.waiting = 0
    await run(r, window)
    assert r.delivery.troubles == ()
    assert OLD_WINDOW == "delivery.window-too-old"


async def test_how_far_a_long_load_is_is_known_while_it_lasts(tmp_path: Path) -> None:
    r, window = rig(tmp_path), Window()
    window.left = 41
    await run(r, window)
    assert r.delivery.progress == (1, 41)


async def test_what_is_fetched_ahead_ends_with_the_days_budget(tmp_path: Path) -> None:
    r, window = rig(tmp_path), Window()
    budget = Budget(Settings(r.vault), 550)
    r.delivery.fetch_ahead(budget)
    assert r.delivery._core.fetch_ahead == 550
    await run(r, window)
    assert budget.used(AT[:10])[0] == 100
    assert [request.room for request in window.asked][:2] == [550, 0]


async def test_a_trouble_stands_as_long_as_it_does(tmp_path: Path) -> None:
    r, window = rig(tmp_path), Window()
    r.delivery._core._said = "forked"
    assert list(r.delivery.troubles) == ["delivery.forked"]
    await run(r, window)
    assert list(r.delivery.troubles) == []


async def test_what_was_lost_with_its_key_is_fetched_from_the_beginning(tmp_path: Path) -> None:
    r, window = rig(tmp_path), Window()
    r.delivery.client = window  # type: ignore[assignment]
    running = asyncio.create_task(r.delivery.run())
    async with asyncio.timeout(FEED_AGAIN + 4):
        await window.again.wait()
        assert window.asked[-1].cursors == ONCE
        asked = len(window.asked)
        r.delivery.fetch_anew()
        while not any(request.cursors == START for request in window.asked[asked:]):
            await asyncio.sleep(0.01)
    running.cancel()
    await asyncio.gather(running, return_exceptions=True)
    r.close()


async def test_an_answer_under_way_meanwhile_does_not_say_that_it_is_held(tmp_path: Path) -> None:
    r, window = rig(tmp_path), Window()
    window.answers.clear()
    r.delivery.client = window  # type: ignore[assignment]
    running = asyncio.create_task(r.delivery.run())
    async with asyncio.timeout(FEED_AGAIN + 4):
        while not window.asked:
            await asyncio.sleep(0)
        r.delivery.fetch_anew()
        under_way = len(window.asked)
        window.answers.set()
        while len(window.asked) == under_way:
            await asyncio.sleep(0.01)
    assert window.asked[under_way].cursors == START
    running.cancel()
    await asyncio.gather(running, return_exceptions=True)
    r.close()
