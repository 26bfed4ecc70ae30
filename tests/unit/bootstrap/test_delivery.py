"""Delivery over a real vault: when the single window is asked again."""

import asyncio
from collections.abc import Sequence
from pathlib import Path

from counter_tui.bootstrap.delivery import FEED_AGAIN
from counter_tui.link.values import FeedItem, SyncAnswer
from tests.unit.workstation.build import rig


class Window:
    """A single window whose feed brings one item at the first question."""

    def __init__(self) -> None:
        self.asked: list[int] = []
        self.again = asyncio.Event()

    async def sync(self, _entries: Sequence[object], cursor: int) -> SyncAnswer:
        self.asked.append(cursor)
        if len(self.asked) > 1:
            self.again.set()
        item = FeedItem("expected", "MYS:A1", "immigration", "2026-11-21T05:14:00.000Z", b"{}")
        feed = (item,) if cursor == 0 else ()
        return SyncAnswer(None, None, (), feed, 1, more=False, time="2026-11-21T05:14:00.000Z")


async def test_a_feed_that_brought_something_is_asked_again_soon_not_when_the_link_is_idle(tmp_path: Path) -> None:
    r = rig(tmp_path)
    window = Window()
    r.delivery.client = window  # type: ignore[assignment]
    running = asyncio.create_task(r.delivery.run())
    async with asyncio.timeout(FEED_AGAIN + 4):
        await window.again.wait()
    running.cancel()
    await asyncio.gather(running, return_exceptions=True)
    r.close()
    assert window.asked[:2] == [0, 1]
