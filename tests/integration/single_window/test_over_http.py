"""The single window as a counter meets it: real servers, a real client, a real link that is cut and silenced."""

import asyncio
import logging
import socket
import time
from collections.abc import AsyncIterator
from contextlib import aclosing
from pathlib import Path

import httpx
import pytest

from counter_tui.agencies.asgi import Reply, json_service
from counter_tui.agencies.links import Patience
from counter_tui.agencies.ports import FetchAnswer, Inquiry
from counter_tui.domain.lookups import PRESENT, Lookup
from counter_tui.domain.sections import Section
from counter_tui.domain.words import Agency, Authority
from counter_tui.errors import AgencyError, LinkError
from counter_tui.link import wire
from counter_tui.link.client import Timeouts, WindowClient
from counter_tui.link.fetch import HttpFetch
from counter_tui.link.values import Enrolment
from counter_tui.single_window.app import WindowApp
from counter_tui.single_window.run import bind, serve, url_of
from counter_tui.training.behaviour import Behaving, Behaviour
from counter_tui.training.relay import HOST, Mode, Pace, Relay
from offline_cache import Outbox, Receipt
from offline_cache.signing import generate
from tests.integration.single_window.world import (
    BUDI,
    NOW,
    SITI,
    Booth,
    Scripted,
    counter,
    crossing,
    open_window,
    section,
)

WHY = Lookup(SITI.id, PRESENT)
QUICK = Timeouts(connect=2, silence=2, per_kilobyte=0, question=5, sync=5)


class Asking(Scripted):
    """An authority whose system is asked over HTTP."""

    fetch: HttpFetch[FetchAnswer]

    async def section(self, inquiry: Inquiry) -> Section:
        answer = await self.fetch("GET", "/records")
        if answer.status != 200:
            raise AgencyError("agency.refused", status=answer.status)
        return await super().section(inquiry)


class Hall:
    """One single window, its authorities' systems, and the relay to it; all of it served on loopback."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.window, self.store = open_window(folder)
        self.authorities = {authority: Asking(authority) for authority in Authority}
        records = json_service({("GET", "/records"): lambda _, __: Reply({})})
        self.systems = {authority: Behaving(records, slow_seconds=60) for authority in Authority}
        self.app = WindowApp(
            self.window,
            self.authorities.values(),
            now=lambda: NOW,
            monotonic=time.monotonic,
            patience=Patience(answer=1.0),
        )
        self.front = bind()
        self.stop = asyncio.Event()
        self.relay = Relay(self.front.getsockname())
        self.clients: list[WindowClient] = []

    async def open(self) -> None:
        sockets = {authority: bind() for authority in Authority}
        for authority, bound in sockets.items():
            self.authorities[authority].fetch = HttpFetch(url_of(bound), FetchAnswer)
        apps = {self.front: self.app.asgi} | {bound: self.systems[a] for a, bound in sockets.items()}
        ready = asyncio.Event()
        self.serving = asyncio.create_task(serve(apps, self.stop, ready=ready))
        await ready.wait()
        self.url = f"http://{HOST}:{await self.relay.start()}"

    async def close(self) -> None:
        for client in self.clients:
            await client.aclose()
        await self.relay.aclose()
        for system in self.systems.values():
            system.become(Behaviour.NORMAL)
        self.stop.set()
        await asyncio.wait_for(self.serving, 10)
        await self.app.aclose()
        for authority in self.authorities.values():
            await authority.fetch.aclose()

    def client(self, token: str | None = None, timeouts: Timeouts = QUICK) -> WindowClient:
        self.clients.append(WindowClient(self.url, token, timeouts=timeouts))
        return self.clients[-1]

    async def enrol(self, name: str = "A1", agencies: frozenset[Agency] = frozenset(Agency)) -> tuple[Booth, Enrolment]:
        booth = Booth.make(self.folder, name)
        code = self.window.invite(counter(name, agencies))
        enrolment = await self.client().enrol(code, "", booth.keys.public)
        booth.sign_in(enrolment, "siti" if len(agencies) > 1 else "budi")
        return booth, enrolment


@pytest.fixture
async def hall(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> AsyncIterator[Hall]:
    made = Hall(tmp_path)
    await made.open()
    yield made
    await made.close()
    assert [record.getMessage() for record in caplog.records if record.levelno >= logging.ERROR] == []


def waiting(booth: Booth) -> Outbox:
    return Outbox(booth.journal._vault, booth.journal.counter)


async def deliver(booth: Booth, enrolment: Enrolment, client: WindowClient) -> int:
    outbox = waiting(booth)
    answer = await client.sync(outbox.waiting(100, 1 << 20), 0)
    assert answer.receipt is not None
    r = answer.receipt
    return outbox.receive(Receipt(r.window, r.at, r.counter, r.entries, r.signature), enrolment.window_public_key)


async def test_a_code_enrols_one_counter(hall: Hall) -> None:
    code = hall.window.invite(counter())
    client = hall.client()
    enrolment = await client.enrol(code, "Booth 3", generate().public)
    assert (enrolment.counter.label, enrolment.realm, enrolment.post.id) == ("Booth 3", "demo", "entikong")
    with pytest.raises(LinkError, match="auth.code-used"):
        await client.enrol(code, "Booth 3", generate().public)
    with pytest.raises(LinkError, match="^auth.code$"):
        await client.enrol("no code of ours", "Booth 3", generate().public)


async def test_without_its_token_nobody_gets_anything(hall: Hall) -> None:
    for token in (None, "guessed-guessed-guessed"):
        client = hall.client(token)
        with pytest.raises(LinkError, match="link.unauthorised"):
            await client.sync([], 0)
        with pytest.raises(LinkError, match="link.unauthorised"):
            [one async for one in client.sections(crossing(), why=WHY)]


async def test_entries_arrive_and_receipts_hold(hall: Hall) -> None:
    booth, enrolment = await hall.enrol()
    for number in range(20):
        booth.decide(f"X{number}")
    assert await deliver(booth, enrolment, hall.client(enrolment.token)) == 21
    assert waiting(booth).summary().waiting == 0
    assert hall.store.count_entries("A1") == 21


async def test_a_question_brings_every_authority(hall: Hall) -> None:
    _, enrolment = await hall.enrol()
    got = [one async for one in hall.client(enrolment.token).sections(crossing(), why=WHY)]
    assert {one.authority: one for one in got} == {authority: section(authority) for authority in Authority}


async def test_what_was_asked_is_in_the_feed_for_all(hall: Hall) -> None:
    _, enrolment = await hall.enrol()
    client = hall.client(enrolment.token)
    [one async for one in client.sections(crossing(), why=WHY)]
    answer = await client.sync([], 0)
    assert {item.key for item in answer.feed} == {f"IDN:X1234567/{authority}" for authority in Authority}


async def test_a_counter_for_customs_alone_sees_no_details_of_others(hall: Hall) -> None:
    _, enrolment = await hall.enrol("B2", frozenset({Agency.CUSTOMS}))
    why = Lookup(BUDI.id, PRESENT)
    got = {one.authority: one async for one in hall.client(enrolment.token).sections(crossing(), why=why)}
    assert got[Authority.CUSTOMS] == section(Authority.CUSTOMS)
    for authority in set(Authority) - {Authority.CUSTOMS}:
        assert got[authority].contributions == section(authority).contributions
        assert (got[authority].findings[0].text, got[authority].facts) == (None, ())


@pytest.mark.parametrize("behaviour", [Behaviour.SLOW, Behaviour.DOWN, Behaviour.FAILING])
async def test_one_agency_in_trouble_delays_nobody(hall: Hall, behaviour: Behaviour) -> None:
    _, enrolment = await hall.enrol()
    hall.systems[Authority.SECURITY].become(behaviour)
    client = hall.client(enrolment.token, Timeouts())
    began = time.monotonic()
    async with aclosing(client.sections(crossing(), why=WHY)) as sections:
        four = [await anext(sections) for _ in range(4)]
        assert time.monotonic() - began < 0.8  # security is given one second
        assert {one.authority for one in four} == set(Authority) - {Authority.SECURITY}
        assert [one async for one in sections] == []


async def test_a_real_traveller_is_not_asked_about_in_the_demo(hall: Hall) -> None:
    _, enrolment = await hall.enrol()
    with pytest.raises(LinkError, match="link.answer"):
        [one async for one in hall.client(enrolment.token).sections(crossing(training=False), why=WHY)]
    assert all(authority.asked == [] for authority in hall.authorities.values())


# -- the link ----------------------------------------------------------------------------------------------------------


async def test_a_cut_link_loses_nothing(hall: Hall) -> None:
    booth, enrolment = await hall.enrol()
    client = hall.client(enrolment.token)
    await deliver(booth, enrolment, client)
    hall.relay.become(Mode.CUT)
    booth.decide()
    with pytest.raises(LinkError, match=r"link\.(broken|refused)"):
        await deliver(booth, enrolment, client)
    hall.relay.become(Mode.OPEN)
    assert await deliver(booth, enrolment, client) == 1


async def test_a_silent_link_is_noticed(hall: Hall) -> None:
    booth, enrolment = await hall.enrol()
    client = hall.client(enrolment.token)
    await deliver(booth, enrolment, client)
    hall.relay.become(Mode.SILENT)
    booth.decide()
    with pytest.raises(LinkError, match="link.timeout"):
        await deliver(booth, enrolment, client)
    hall.relay.become(Mode.OPEN)
    assert await deliver(booth, enrolment, client) == 1
    assert hall.store.count_entries("A1") == 2


async def test_an_answer_that_the_cut_kept_back_is_in_the_feed(hall: Hall) -> None:
    _, enrolment = await hall.enrol()
    client = hall.client(enrolment.token)
    hall.systems[Authority.HEALTH].become(Behaviour.SLOW)
    async with aclosing(client.sections(crossing(), why=WHY)) as sections:
        for _ in range(4):
            await anext(sections)
        hall.relay.become(Mode.CUT)
        with pytest.raises(LinkError, match="link.broken"):
            await anext(sections)
    hall.systems[Authority.HEALTH].become(Behaviour.NORMAL)
    hall.relay.become(Mode.OPEN)
    async with asyncio.timeout(5):
        keys: set[str] = set()
        while "IDN:X1234567/health" not in keys:
            keys = {item.key for item in (await client.sync([], 0)).feed}


async def test_a_slow_link_takes_its_time_and_works(hall: Hall) -> None:
    booth, enrolment = await hall.enrol()
    for number in range(10):
        booth.decide(f"X{number}")
    hall.relay.become(Mode.SLOW, Pace(rate=256_000, round_trip_ms=200))
    began = time.monotonic()
    assert await deliver(booth, enrolment, hall.client(enrolment.token, Timeouts())) == 11
    assert time.monotonic() - began > 0.4  # two round trips: to connect, and to ask


# -- hostile requests --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("path", "body", "status", "code"),
    [
        (wire.SYNC_PATH, b"", 400, "wire.malformed"),
        (wire.SYNC_PATH, b"\xff", 400, "wire.malformed"),
        (wire.SYNC_PATH, b"[" * 100_000, 400, "wire.malformed"),
        (wire.SYNC_PATH, b'{"version": 2}', 400, "wire.version"),
        (wire.SYNC_PATH, b'{"version": "1"}', 400, "wire.malformed"),
        (wire.SYNC_PATH, b'{"version": 1, "cursor": NaN}', 400, "wire.malformed"),
        (wire.SYNC_PATH, b'{"version": 1, "room": 999999999}', 400, "wire.malformed"),
        (wire.SYNC_PATH, b'{"version": 1, "entries": [{}]}', 400, "wire.malformed"),
        (wire.SYNC_PATH, b" " * (wire.MAX_REQUEST + 1), 413, "wire.too-large"),
        (wire.SECTIONS_PATH, b'{"version": 1}', 400, "wire.malformed"),
        (wire.SECTIONS_PATH, b'{"version": 1, "crossing": {"id": "traveller-secret"}}', 400, "wire.malformed"),
        (wire.ENROL_PATH, b'{"version": 1, "code": "x", "label": "", "public_key": "AA=="}', 400, "wire.malformed"),
        (wire.ENROL_PATH, b'{"version": 1, "code": "", "label": "", "public_key": "AA=="}', 400, "wire.malformed"),
    ],
)
async def test_what_is_no_request_is_refused_by_code_alone(
    hall: Hall, path: str, body: bytes, status: int, code: str
) -> None:
    _, enrolment = await hall.enrol()
    async with httpx.AsyncClient(trust_env=False) as http:
        answer = await http.post(hall.url + path, content=body, headers={"Authorization": f"Bearer {enrolment.token}"})
    assert (answer.status_code, answer.json()) == (status, {"code": code})
    assert {name for name, _ in answer.headers.items()} == {"content-length", "content-type"}


@pytest.mark.parametrize("header", ["", "Bearer", "Basic eDp5", "bearer x", "Bearer " + "x" * 4000])
async def test_a_token_has_one_form(hall: Hall, header: str) -> None:
    async with httpx.AsyncClient(trust_env=False) as http:
        answer = await http.post(hall.url + wire.SYNC_PATH, content=b"{}", headers={"Authorization": header})
    assert (answer.status_code, answer.json()) == (401, {"code": "auth.token"})


async def test_health_says_what_it_is(hall: Hall) -> None:
    async with httpx.AsyncClient(trust_env=False) as http:
        answer = await http.get(hall.url + wire.HEALTH_PATH)
        wrong = await http.get(hall.url + wire.SYNC_PATH)
    health = wire.parse(wire.Health, answer.content, limit=1000, error=LinkError("link.answer"))
    assert (health.version, health.realm, health.window) == (1, "demo", "entikong-window")
    assert wrong.status_code == 405


async def test_a_client_that_leaves_in_the_middle_harms_nobody(hall: Hall) -> None:
    _, enrolment = await hall.enrol()
    reader, writer = await asyncio.open_connection(*hall.front.getsockname())
    head = f"POST /v1/sync HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer {enrolment.token}\r\n"
    writer.write(head.encode() + b"Content-Length: 1000\r\n\r\n{")
    await writer.drain()
    writer.close()
    assert (await hall.client(enrolment.token).sync([], 0)).feed == ()
    assert await reader.read() == b""


async def test_a_store_that_fails_is_said_so(hall: Hall) -> None:
    _, enrolment = await hall.enrol()
    hall.store.close()
    async with httpx.AsyncClient(trust_env=False) as http:
        answer = await http.post(
            hall.url + wire.SYNC_PATH,
            content=b'{"version": 1}',
            headers={"Authorization": f"Bearer {enrolment.token}"},
        )
    assert (answer.status_code, answer.json()["code"].split(".")[0]) == (503, "vault")


# -- starting and stopping ---------------------------------------------------------------------------------------------


def test_a_port_that_is_taken_is_said_so() -> None:
    first = bind()
    first.listen()
    with pytest.raises(LinkError, match="link.port-taken"):
        bind(first.getsockname()[1])
    first.close()


def test_it_is_reached_from_this_machine_only() -> None:
    bound = bind()
    assert bound.getsockname()[0] == "127.0.0.1"
    bound.close()


def test_small_answers_do_not_wait_for_an_acknowledgement() -> None:
    bound = bind()
    assert bound.proto == socket.IPPROTO_TCP  # what asyncio looks at before it turns Nagle's algorithm off
    bound.close()


async def test_asking_ahead_fills_the_feed(hall: Hall) -> None:
    _, enrolment = await hall.enrol()
    ahead = hall.app.prefetch(hall.authorities[Authority.IMMIGRATION])
    assert await ahead.once() == 2
    answer = await hall.client(enrolment.token).sync([], 0, room=100_000)
    kinds = [item.kind for item in answer.feed]
    assert (kinds.count("expected"), kinds.count("section")) == (2, 10)
