"""The single window over TLS in this process: both protocols served, and every way around its certificate refused."""

import asyncio
import contextlib
import ssl
import time
from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import httpx
import pytest

from counter_tui.errors import LinkError
from counter_tui.link import wire
from counter_tui.link.client import WindowClient
from counter_tui.link.pinning import PINNED, fetch_authority, fetch_time, pinned_context
from counter_tui.single_window.app import WindowApp
from counter_tui.single_window.run import LEAVE, bind, serve
from counter_tui.single_window.service import SingleWindow
from counter_tui.single_window.tls import LEAF_DAYS, Authority, make_authority, server_context, showing_authority
from tests.integration.single_window.world import NOW, counter, open_window

REAL = datetime.now(UTC)
HOST = "127.0.0.1"


@dataclass
class Served:
    window: SingleWindow
    authority: Authority
    port: int
    asked: list[str]

    @property
    def url(self) -> str:
        return f"https://{HOST}:{self.port}"

    def client(self, authority: Authority | None = None) -> WindowClient:
        return WindowClient(self.url, context=pinned_context((authority or self.authority).certificate))


@contextlib.asynccontextmanager
async def serving(folder: Path, *, address: str = HOST, issued: datetime = REAL) -> AsyncIterator[Served]:
    window, _ = open_window(folder)
    app = WindowApp(window, [], now=lambda: NOW, monotonic=time.monotonic)
    authority, bound = make_authority(REAL), bind()
    served = Served(window, authority, bound.getsockname()[1], [])
    shown = showing_authority(app.asgi, authority)

    async def noting(scope: Any, receive: Any, send: Any) -> None:
        served.asked.append(f"{scope['method']} {scope['path']} {scope['http_version']}")
        await shown(scope, receive, send)

    stop, ready = asyncio.Event(), asyncio.Event()
    context = server_context(authority.issue([address], issued))
    task = asyncio.create_task(serve({bound: noting}, stop, ready=ready, tls=context))
    await ready.wait()
    try:
        yield served
    finally:
        stop.set()
        async with asyncio.timeout(5):
            await task
        await app.aclose()


@pytest.mark.parametrize(("http2", "version"), [(False, "1.1"), (True, "2")])
async def test_a_client_has_the_protocol_it_asks_for(tmp_path: Path, http2: bool, version: str) -> None:
    async with serving(tmp_path) as served:
        context = pinned_context(served.authority.certificate)
        async with httpx.AsyncClient(http2=http2, http1=not http2, verify=context, trust_env=False) as client:
            for _ in range(3):
                answer = await client.get(served.url + wire.HEALTH_PATH)
                assert answer.status_code == 200
    assert served.asked == [f"GET {wire.HEALTH_PATH} {version}"] * 3


async def test_a_booth_enrols_and_syncs_over_tls(tmp_path: Path) -> None:
    async with serving(tmp_path) as served:
        certificate = await fetch_authority(served.url, served.authority.fingerprint[:PINNED])
        assert certificate == served.authority.certificate
        assert await fetch_time(served.url, pinned_context(certificate)) == NOW
        client = served.client()
        enrolment = await client.enrol(served.window.invite(counter()), "", bytes(32), bytes(range(32)))
        assert len(enrolment.window_exchange_key) == 32
        await client.aclose()


async def test_whoever_stands_between_is_found_before_the_code_is_sent(tmp_path: Path) -> None:
    other = make_authority(REAL)
    async with serving(tmp_path) as served:
        with pytest.raises(LinkError, match="link.other-authority"):
            await fetch_authority(served.url, other.fingerprint[:PINNED])
        assert served.asked == [f"GET {wire.AUTHORITY_PATH} 1.1"]
        client = served.client(other)
        with pytest.raises(LinkError, match="link.untrusted"):
            await client.enrol("code", "", bytes(32))
        await client.aclose()
        assert len(served.asked) == 1, "nothing was sent"


async def test_without_an_authority_nobody_is_trusted(tmp_path: Path) -> None:
    async with serving(tmp_path) as served:
        client = WindowClient(served.url)
        with pytest.raises(LinkError, match="link.untrusted"):
            await client.enrol("code", "", bytes(32))
        await client.aclose()


async def test_another_name_of_the_same_authority_is_not_taken(tmp_path: Path) -> None:
    async with serving(tmp_path, address="elsewhere.example") as served:
        client = served.client()
        with pytest.raises(LinkError, match="link.untrusted"):
            await client.enrol("code", "", bytes(32))
        await client.aclose()


async def test_a_certificate_that_is_over_speaks_of_the_clock(tmp_path: Path) -> None:
    async with serving(tmp_path, issued=REAL - timedelta(days=LEAF_DAYS + 1)) as served:
        client = served.client()
        with pytest.raises(LinkError, match="link.clock"):
            await client.enrol("code", "", bytes(32))
        await client.aclose()


async def test_neither_plain_http_nor_an_older_tls_is_answered(tmp_path: Path) -> None:
    async with serving(tmp_path) as served:
        reader, writer = await asyncio.open_connection(HOST, served.port)
        writer.write(f"GET {wire.HEALTH_PATH} HTTP/1.1\r\nHost: x\r\n\r\n".encode())
        with contextlib.suppress(ConnectionError):
            assert b"HTTP/1.1 200" not in await reader.read(1000)
        writer.close()
        old = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
        old.check_hostname, old.verify_mode, old.maximum_version = False, ssl.CERT_NONE, ssl.TLSVersion.TLSv1_2
        with pytest.raises((ssl.SSLError, ConnectionError)):
            await asyncio.open_connection(HOST, served.port, ssl=old)
        assert served.asked == []


async def test_a_plain_window_in_the_place_of_ours_is_not_spoken_to(tmp_path: Path) -> None:
    window, _ = open_window(tmp_path)
    app = WindowApp(window, [], now=lambda: NOW, monotonic=time.monotonic)
    bound, stop, ready = bind(), asyncio.Event(), asyncio.Event()
    task = asyncio.create_task(serve({bound: app.asgi}, stop, ready=ready))
    await ready.wait()
    context = pinned_context(make_authority(REAL).certificate)
    client = WindowClient(f"https://{HOST}:{bound.getsockname()[1]}", context=context)
    with pytest.raises(LinkError, match="link.untrusted"):
        await client.enrol(window.invite(counter()), "", bytes(32))
    with pytest.raises(LinkError, match="link.insecure"):
        WindowClient("http://192.0.2.1:8443")
    await client.aclose()
    stop.set()
    await task
    await app.aclose()


async def test_it_stops_at_once_beside_an_idle_connection(tmp_path: Path) -> None:
    async with serving(tmp_path) as served:
        context = pinned_context(served.authority.certificate)
        client = httpx.AsyncClient(verify=context, trust_env=False)
        await client.get(served.url + wire.HEALTH_PATH)
        began = time.monotonic()
    assert time.monotonic() - began < 3
    await client.aclose()


async def test_without_tls_no_address_of_the_network_is_served() -> None:
    bound = bind(0, "0.0.0.0")
    with bound, pytest.raises(LinkError, match="link.insecure"):
        await asyncio.wait_for(serve({bound: None}, asyncio.Event()), 5)  # type: ignore[dict-item]  # never asked


def test_an_address_of_another_machine_cannot_be_listened_on() -> None:
    with pytest.raises(LinkError, match="link.not-here"):
        bind(0, "192.0.2.1")
    with bind() as taken:
        taken.listen()
        with pytest.raises(LinkError, match="link.port-taken"):
            bind(taken.getsockname()[1])


async def test_a_link_that_goes_silent_while_it_is_closed_is_nothing_to_tell_of(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    async with serving(tmp_path) as served:
        context = pinned_context(served.authority.certificate)
        reader, writer = await asyncio.open_connection(HOST, served.port, ssl=context)
        writer.transport.pause_reading()  # type: ignore[attr-defined]
        writer.write(b"GET /v1/health HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n")
        await asyncio.sleep(LEAVE + 0.5)  # for so long a farewell is waited for
        writer.transport.abort()
        del reader
    assert not caplog.records
