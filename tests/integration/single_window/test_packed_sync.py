"""Version 2 of a sync over real sockets: falling back, other dictionaries, what broke off, and what hangs."""

import asyncio
import time
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass, field, replace
from pathlib import Path

import httpx
import pytest
from starlette.types import ASGIApp, Receive, Scope, Send

from counter_tui.errors import LinkError
from counter_tui.link import packed
from counter_tui.link.client import WindowClient
from counter_tui.link.dense import Dense
from counter_tui.link.sync import Exchanged, known_to_old, notice_of
from counter_tui.link.values import Enrolment
from counter_tui.single_window.app import WindowApp
from counter_tui.single_window.run import bind, serve, url_of
from offline_cache import Entry, Outbox
from offline_cache.sync.messages import ROOM, START, VERSION, Reply, Request
from tests.integration.single_window.world import NOW, Booth, enrol, open_window

SHIPPED = Dense.shipped()


@dataclass
class Signs:
    """What is told of a request."""

    sizes: list[int] = field(default_factory=list)
    signs: int = 0

    def handed(self, size: int) -> None:
        self.sizes.append(size)

    def progress(self) -> None:
        self.signs += 1


class Counterpart:
    """A single window, one counter, and a door between them that can be narrowed."""

    def __init__(self, folder: Path) -> None:
        self.window, self.store = open_window(folder)
        self.booth = Booth.make(folder)
        self.enrolment: Enrolment = enrol(self.window, self.booth)
        self.booth.sign_in(self.enrolment)
        self.app = WindowApp(self.window, [], now=lambda: NOW, monotonic=time.monotonic)
        self.front, self.stop = bind(), asyncio.Event()
        self.asked: list[str] = []
        self.old = False
        self.hold: asyncio.Event | None = None
        self.clients: list[WindowClient] = []

    async def open(self) -> None:
        ready = asyncio.Event()
        self.url = url_of(self.front)
        self.serving = asyncio.create_task(serve({self.front: self._door(self.app.asgi)}, self.stop, ready=ready))
        await ready.wait()

    def _door(self, app: ASGIApp) -> ASGIApp:
        async def door(scope: Scope, receive: Receive, send: Send) -> None:
            self.asked.append(scope["path"])
            if self.old and scope["path"].startswith("/v2"):
                scope = {**scope, "path": "/nowhere", "raw_path": b"/nowhere"}
            if self.hold is not None:
                held, self.hold = self.hold, None
                await held.wait()
            await app(scope, receive, send)

        return door

    async def close(self) -> None:
        for client in self.clients:
            await client.aclose()
        self.stop.set()
        await asyncio.wait_for(self.serving, 10)
        await self.app.aclose()

    def client(self) -> WindowClient:
        self.clients.append(WindowClient(self.url, self.enrolment.token))
        return self.clients[-1]

    def decide(self, count: int) -> list[Entry]:
        for number in range(count):
            self.booth.decide(f"X{number}")
        return list(self.booth.journal.entries())

    async def exchange(self, client: WindowClient, entries: list[Entry], request_id: int = 1) -> Exchanged:
        request = Request(VERSION, START, ROOM, tuple(entries))
        hashes = {entry.sequence: entry.hash() for entry in self.booth.journal.entries()}
        return await client.exchange(request_id, request, counter="A1", hash_of=hashes.get, watcher=Signs())


@pytest.fixture
async def post(tmp_path: Path) -> AsyncIterator[Counterpart]:
    made = Counterpart(tmp_path)
    await made.open()
    yield made
    await made.close()


def receipted(reply: Reply) -> list[int]:
    return [sequence for sequence, _ in reply.receipt.entries] if reply.receipt else []


async def test_entries_arrive_packed_and_their_receipt_holds(post: Counterpart) -> None:
    entries = post.decide(20)
    found = await post.exchange(post.client(), entries)
    assert receipted(found.reply) == list(range(1, 22))
    assert found.reply.receipt is not None
    outbox = Outbox(post.booth.journal._vault, "A1")
    assert outbox.receive(found.reply.receipt, post.enrolment.window_public_key) == 21
    assert post.store.count_entries("A1") == 21
    assert found.sent < 21 * 200
    assert post.asked == ["/v2/sync"]


async def test_a_window_that_knows_only_version_1_is_spoken_to_in_it_and_remembered(post: Counterpart) -> None:
    post.old, client = True, post.client()
    entries = [entry for entry in post.decide(2) if not entry.logical]
    reply = (await post.exchange(client, entries)).reply
    assert client.old
    assert reply.version == 1
    assert receipted(reply) == [entry.sequence for entry in entries]
    await post.exchange(client, [])
    assert post.asked == ["/v2/sync", "/v1/sync", "/v1/sync"]


async def test_what_an_old_window_could_not_verify_is_held_back_not_lost(post: Counterpart) -> None:
    post.old, client = True, post.client()
    entries = post.decide(3)
    timed = [replace(entry, logical=entry.logical or 1 << 16) for entry in entries]
    reply = (await post.exchange(client, timed)).reply
    assert (reply.receipt, reply.refused) == (None, ())
    assert post.store.count_entries("A1") == 0
    plain = tuple(replace(entry, logical=0) for entry in entries)
    assert known_to_old((*plain[:2], timed[2], plain[2])) == plain[:2]


async def test_a_window_with_another_dictionary_is_spoken_to_without(post: Counterpart) -> None:
    post.app._arrivals._denses = {"": Dense(), "another": SHIPPED}
    client = post.client()
    assert receipted((await post.exchange(client, post.decide(2))).reply) == [1, 2, 3]
    assert receipted((await post.exchange(client, post.decide(2))).reply) == [1, 2, 3, 4, 5]
    assert post.asked == ["/v2/sync"] * 3


async def test_what_arrived_whole_of_a_request_that_broke_off_is_kept(post: Counterpart) -> None:
    entries = post.decide(40)
    parts = packed.request_parts(Request(VERSION, START, ROOM, tuple(entries)), SHIPPED)
    sent = b"".join(parts[:3]) + parts[3][:5]
    head = (
        f"POST {packed.PATH} HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer {post.enrolment.token}\r\n"
        f"{packed.DICTIONARY}: {SHIPPED.name}\r\nContent-Length: {sum(map(len, parts))}\r\n\r\n"
    )
    _, writer = await asyncio.open_connection(*post.front.getsockname())
    writer.write(head.encode() + sent)
    await writer.drain()
    await settled(lambda: came(post) == 24)
    writer.close()
    await settled(lambda: len(post.store.known("A1", "demo", 1, 1).partial) == 24)
    assert post.store.count_entries("A1") == 0, "nothing is signed yet"
    # the rest, whose last is signed, confirms them
    reply = (await post.exchange(post.client(), entries[24:])).reply
    assert receipted(reply) == list(range(1, 42))
    assert post.store.count_entries("A1") == 41


async def test_what_came_of_a_request_that_hangs_is_kept_when_the_counter_comes_again(post: Counterpart) -> None:
    entries = post.decide(20)
    parts = packed.request_parts(Request(VERSION, START, ROOM, tuple(entries)), SHIPPED)
    head = (
        f"POST {packed.PATH} HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer {post.enrolment.token}\r\n"
        f"{packed.DICTIONARY}: {SHIPPED.name}\r\nContent-Length: {sum(map(len, parts))}\r\n\r\n"
    )
    _, writer = await asyncio.open_connection(*post.front.getsockname())
    writer.write(head.encode() + parts[0])
    await writer.drain()
    await settled(lambda: came(post) == 8)
    reply = (await post.exchange(post.client(), entries[8:])).reply
    assert receipted(reply) == list(range(1, 22))
    writer.close()


async def test_a_request_let_go_holds_up_nothing(post: Counterpart) -> None:
    post.hold, client = asyncio.Event(), post.client()
    hold = post.hold
    hanging = asyncio.create_task(post.exchange(client, post.decide(1), 1))
    await settled(lambda: bool(post.asked))
    assert receipted((await post.exchange(client, post.decide(1), 2)).reply) == [1, 2, 3]
    client.drop(1)
    with pytest.raises(LinkError, match=r"link.timeout"):
        await hanging
    assert receipted((await post.exchange(client, post.decide(1), 3)).reply) == [1, 2, 3, 4]
    hold.set()


async def test_a_revoked_counter_hears_so_with_the_notice(post: Counterpart) -> None:
    post.window.revoke("A1", "lost", export_first=False)
    with pytest.raises(LinkError) as told:
        await post.exchange(post.client(), post.decide(1))
    assert told.value.code == "auth.revoked"
    assert notice_of(told.value) == post.store.find_revocation("A1")
    assert post.store.count_entries("A1") == 0


@pytest.mark.parametrize("body", [b"", b"\x00", b"\xff" * 40, b"{}", b"\x81\x80\x80\x80"])
async def test_what_is_no_request_is_refused_by_code_alone(post: Counterpart, body: bytes) -> None:
    async with httpx.AsyncClient(base_url=post.url) as http:
        headers = {"Authorization": f"Bearer {post.enrolment.token}"}
        answer = await http.post(packed.PATH, content=body, headers=headers)
        assert (answer.status_code, answer.json()) in [
            (400, {"code": "wire.malformed"}),
            (413, {"code": "wire.too-large"}),
        ]
        unknown = await http.post(packed.PATH, content=body, headers=headers | {packed.DICTIONARY: "another"})
        assert (unknown.status_code, unknown.json()) == (415, {"code": "wire.dictionary"})
        assert (await http.post(packed.PATH, content=body)).status_code == 401


@pytest.mark.parametrize("value", [[], 1, {"v": 2, "c": 0, "e": {}}, {"v": 2, "c": 0, "e": [[]]}, {"v": "x"}])
async def test_what_is_packed_and_no_request_is_refused_too(post: Counterpart, value: object) -> None:
    async with httpx.AsyncClient(base_url=post.url) as http:
        headers = {"Authorization": f"Bearer {post.enrolment.token}", packed.DICTIONARY: SHIPPED.name}
        answer = await http.post(packed.PATH, content=b"".join(SHIPPED.pack([value])), headers=headers)
        assert (answer.status_code, answer.json()) == (400, {"code": "wire.malformed"})


async def test_entries_that_do_not_follow_are_asked_for_from_the_head_on(post: Counterpart) -> None:
    entries = post.decide(5)
    client = post.client()
    request = Request(VERSION, START, ROOM, tuple(entries[3:]), brief=True)
    hashes = {entry.sequence: entry.hash() for entry in entries}
    found = await client.exchange(1, request, counter="A1", hash_of=hashes.get, watcher=Signs())
    assert found.reply.head == (0, bytes(32))
    assert found.reply.explicit
    assert found.reply.receipt is None


def came(post: Counterpart) -> int:
    """Entries of requests that are arriving."""
    return sum(len(one.packed["e"]) for one in post.app._arrivals._open.get("A1", ()) if one.packed)


async def settled(done: Callable[[], bool]) -> None:
    async with asyncio.timeout(5):
        while not done():
            await asyncio.sleep(0.01)
