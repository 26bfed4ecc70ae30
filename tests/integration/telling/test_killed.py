"""kill -9 of the single window between an agency's answer and its keeping: nothing is lost, nothing is there twice."""

import asyncio
import json
import subprocess
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from counter_tui.agencies.ports import FetchAnswer
from counter_tui.agencies.tellers import load_told
from counter_tui.domain.coding import to_json
from counter_tui.domain.entries import DECISION, DecisionBody
from counter_tui.domain.seen import SEEN, Seen, read_seen
from counter_tui.domain.words import Authority
from counter_tui.link.client import WindowClient
from counter_tui.link.fetch import HttpFetch
from offline_cache import Outbox, Receipt
from tests.integration.single_window.world import NOW, Booth
from tests.unit.agencies.telling.tellings import crossing, judgements

NEVER = 1 << 30


class Process:
    """One of `processes`, and what it said first."""

    def __init__(self, *words: str) -> None:
        self._process = subprocess.Popen(
            [sys.executable, "-m", "tests.integration.telling.processes", *words], stdout=subprocess.PIPE
        )
        self.said: dict[str, str] = {}

    async def line(self) -> dict[str, str]:
        assert self._process.stdout is not None
        read = await asyncio.to_thread(self._process.stdout.readline)
        said: dict[str, str] = json.loads(read)
        return said

    def kill(self) -> None:
        self._process.kill()
        self._process.wait()
        assert self._process.stdout is not None
        self._process.stdout.close()


@asynccontextmanager
async def started(*words: str) -> AsyncIterator[Process]:
    process = Process(*words)
    try:
        process.said = await process.line()
        yield process
    finally:
        process.kill()


async def told_of(client: WindowClient, cursor: int = 0) -> dict[str, Seen]:
    seen: dict[str, Seen] = {}
    more = True
    while more:
        answer = await client.sync([], cursor)
        seen |= {item.key: read_seen(item.body) for item in answer.feed if item.kind == SEEN}
        cursor, more = answer.cursor, answer.more
    return seen


async def held_there(url: str) -> dict[Authority, list[str]]:
    fetch = HttpFetch(url, FetchAnswer)
    held = {one: [line.key for line in await load_told(one).held(fetch, NOW)] for one in Authority}
    await fetch.aclose()
    return held


class Post:
    """A booth with twelve decisions, and the way that it syncs."""

    def __init__(self, folder: Path) -> None:
        self.booth = Booth.make(folder)
        self.outbox = Outbox(self.booth.journal._vault, "A1")
        self.keys: list[str] = []
        self._token = ""
        self._window_key = b""

    async def enrol(self, window: Process) -> None:
        client = WindowClient(window.said["url"])
        enrolment = await client.enrol(window.said["code"], "", self.booth.keys.public)
        await client.aclose()
        self._token, self._window_key = enrolment.token, enrolment.window_public_key
        self.booth.sign_in(enrolment)
        body = DecisionBody(crossing(), "siti", judgements(), "0" * 64, (), "1", training=True)
        for number in range(12):
            entry = self.booth.record(DECISION, f"crossing-{number}", to_json(body))
            self.keys.append(f"{entry.counter}/{entry.sequence}")

    async def send(self, window: Process, count: int) -> WindowClient:
        client = WindowClient(window.said["url"], self._token)
        r = (await client.sync(self.outbox.waiting(count, 100_000), 0)).receipt
        assert r is not None
        self.outbox.receive(Receipt(r.window, r.at, r.counter, r.entries, r.signature), self._window_key)
        return client

    async def complete(self, client: WindowClient) -> bool:
        seen = await told_of(client)
        return all(key in seen and seen[key].complete for key in self.keys)


async def test_no_telling_is_lost_or_doubled(tmp_path: Path) -> None:
    post, folder = Post(tmp_path), str(tmp_path / "window")
    async with started("agencies") as agencies:
        url = agencies.said["url"]
        for hold in (1, 13):  # at the first answer of all, and in the midst of those that follow
            async with started("window", folder, url, str(hold)) as window:
                if not post.keys:
                    await post.enrol(window)
                await (await post.send(window, 5)).aclose()
                assert await window.line() == {"held": ""}
            there = await held_there(url)
            assert any(there.values())
            assert all(len(set(held)) == len(held) for held in there.values())
        async with started("window", folder, url, str(NEVER)) as window:
            client = await post.send(window, 20)
            async with asyncio.timeout(30):
                while not await post.complete(client):
                    await asyncio.sleep(0.05)
            await client.aclose()
        there = await held_there(url)
    assert all(sorted(held) == sorted(post.keys) for held in there.values())
