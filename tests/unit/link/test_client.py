"""The client against real connections: servers that answer wrongly, late, partly, or not at all."""

import asyncio
import json
import subprocess
import sys
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import aclosing, asynccontextmanager
from dataclasses import replace

import httpx
import pytest

from counter_tui.agencies.ports import FetchAnswer
from counter_tui.domain.coding import to_json
from counter_tui.domain.sections import Section
from counter_tui.domain.words import Authority
from counter_tui.errors import AgencyError, LinkError
from counter_tui.link import wire
from counter_tui.link.client import Timeouts, WindowClient
from counter_tui.link.fetch import HttpFetch
from tests.integration.single_window.world import crossing, section
from tests.unit.link.test_wire import ENTRY, enrol_reply, reply

Handler = Callable[[bytes, asyncio.StreamReader, asyncio.StreamWriter], Awaitable[None]]
IMPATIENT = Timeouts(connect=1, silence=0.2, per_kilobyte=0, question=1, sync=1)
LINE = to_json(section(Authority.CUSTOMS)) + b"\n"


@asynccontextmanager
async def serving(handler: Handler) -> AsyncIterator[str]:
    """A server that reads one request after the other, and leaves what to answer to the handler."""
    connections = set()

    async def connected(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        connections.add(asyncio.current_task())
        try:
            while True:
                head = await reader.readuntil(b"\r\n\r\n")
                size = [line for line in head.lower().split(b"\r\n") if line.startswith(b"content-length:")]
                body = await reader.readexactly(int(size[0].split(b":")[1]) if size else 0)
                await handler(head + body, reader, writer)
                await writer.drain()
        except (asyncio.IncompleteReadError, ConnectionError):
            pass
        finally:
            writer.close()

    server = await asyncio.start_server(connected, "127.0.0.1", 0)
    try:
        yield f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}"
    finally:
        server.close()
        for task in connections:
            assert task is not None
            task.cancel()
        await asyncio.gather(*(t for t in connections if t is not None), return_exceptions=True)


def answering(body: bytes, status: str = "200 OK", headers: bytes = b"") -> Handler:
    async def handler(_: bytes, __: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        head = f"HTTP/1.1 {status}\r\nContent-Length: {len(body)}\r\n".encode()
        writer.write(head + headers + b"\r\n" + body)

    return handler


def raw(answer: bytes, *, close: bool = True) -> Handler:
    async def handler(_: bytes, __: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writer.write(answer)
        if close:
            writer.close()

    return handler


async def reset(_: bytes, __: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    writer.write(b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 1000\r\n\r\n{")
    await writer.drain()
    writer.transport.abort()


async def silent(_: bytes, reader: asyncio.StreamReader, __: asyncio.StreamWriter) -> None:
    await reader.read()


async def dripping(_: bytes, __: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    writer.write(b"HTTP/1.1 200 OK\r\nContent-Length: 100000\r\n\r\n")
    while not writer.is_closing():
        writer.write(b" ")
        await writer.drain()
        await asyncio.sleep(0.02)


@asynccontextmanager
async def client_of(handler: Handler, timeouts: Timeouts = IMPATIENT) -> AsyncIterator[WindowClient]:
    async with serving(handler) as url:
        client = WindowClient(url, "token-of-the-counter", timeouts=timeouts)
        try:
            yield client
        finally:
            await client.aclose()


WRONG = [
    (answering(b"", "500 Internal Server Error"), "link.answer"),
    (answering(b"", "404 Not Found"), "link.answer"),
    (answering(b"", "204 No Content"), "link.answer"),
    (answering(b"", "302 Found", b"Location: http://127.0.0.1:1/\r\n"), "link.answer"),
    (answering(b"{}", "401 Unauthorized"), "link.unauthorised"),
    (answering(b"{}", "403 Forbidden"), "link.unauthorised"),
    (answering(b"<html>welcome to our hotel</html>"), "link.answer"),
    (answering(b"x" * (wire.MAX_ANSWER + 1)), "link.answer"),
    (answering(reply(), headers=b"Content-Encoding: gzip\r\n"), "link.answer"),
    (raw(b"HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\n{"), "link.broken"),
    (raw(b"SSH-2.0-OpenSSH_9.2\r\n\r\n"), "link.broken"),
    (raw(b""), "link.broken"),
    (reset, "link.broken"),
    (silent, "link.timeout"),
    (dripping, "link.timeout"),
    (raw(b"HTTP/1.1 200 OK\r\nContent-Le", close=False), "link.timeout"),
]


@pytest.mark.parametrize(("handler", "code"), WRONG)
async def test_what_goes_wrong_with_a_sync_has_a_code(handler: Handler, code: str) -> None:
    async with client_of(handler) as client:
        with pytest.raises(LinkError) as failed:
            await client.sync([ENTRY], 0)
    assert failed.value.code == code


@pytest.mark.parametrize(("handler", "code"), WRONG)
async def test_what_goes_wrong_with_a_question_has_a_code(handler: Handler, code: str) -> None:
    async with client_of(handler) as client:
        with pytest.raises(LinkError) as failed:
            [one async for one in client.sections(crossing())]
    assert failed.value.code == code


async def test_nobody_listens() -> None:
    async with serving(silent) as url:
        pass
    client = WindowClient(url, timeouts=IMPATIENT)
    with pytest.raises(LinkError, match="link.refused"):
        await client.sync([], 0)
    await client.aclose()


async def test_a_failure_is_no_reason_to_fail_again() -> None:
    answers = iter([reset, answering(reply(cursor=9))])

    async def first_wrong(head: bytes, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await next(answers)(head, reader, writer)

    async with client_of(first_wrong) as client:
        with pytest.raises(LinkError):
            await client.sync([], 0)
        assert (await client.sync([], 0)).cursor == 9


async def test_a_sync_sends_entries_and_takes_what_comes() -> None:
    asked = []

    async def window(request: bytes, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        asked.append(request)
        item = {"kind": "section", "key": "k", "owner": "customs", "as_of": "t", "body": {"b": "ü", "a": 1}}
        refused = [{"sequence": 1, "reason": "fork"}]
        await answering(reply(feed=[item], refused=refused, more=True))(request, reader, writer)

    async with client_of(window) as client:
        answer = await client.sync([ENTRY], 5)
    assert (answer.cursor, answer.more, answer.refused[0].reason) == (1, True, "fork")
    assert answer.feed[0].body == '{"b":"ü","a":1}'.encode()
    head, _, body = asked[0].partition(b"\r\n\r\n")
    assert json.loads(body)["cursor"] == 5
    assert wire.SyncRequest.model_validate_json(body).entries[0].fields() == ENTRY
    assert head.startswith(b"POST /v1/sync HTTP/1.1\r\n")
    names = [line.split(b":")[0].lower() for line in head.split(b"\r\n")[1:]]
    assert sorted(names) == [b"authorization", b"content-length", b"content-type", b"host"]


async def test_an_endless_answer_is_left_alone() -> None:
    async def endless(_: bytes, __: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writer.write(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n")
        while not writer.is_closing():
            writer.write(b"10000\r\n" + b" " * 0x10000 + b"\r\n")
            await writer.drain()

    async with client_of(endless, Timeouts()) as client:
        with pytest.raises(LinkError, match="link.answer"):
            await client.sync([], 0)
        with pytest.raises(LinkError, match="link.answer"):
            [one async for one in client.sections(crossing())]


# -- questions ---------------------------------------------------------------------------------------------------------


async def test_sections_come_one_by_one_while_others_are_still_out() -> None:
    seen = asyncio.Event()

    async def one_at_a_time(_: bytes, __: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writer.write(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n")
        for part in (LINE[:10], LINE[10:] + b"\n" + LINE[:-1]):
            writer.write(b"%x\r\n%b\r\n" % (len(part), part))
            await writer.drain()
        await seen.wait()
        writer.write(b"0\r\n\r\n")

    async with client_of(one_at_a_time, Timeouts()) as client:
        got: list[Section] = []
        async for one in client.sections(crossing()):
            got.append(one)
            seen.set()
    assert got == [section(Authority.CUSTOMS)] * 2


async def until_it_fails(client: WindowClient) -> tuple[list[Section], LinkError]:
    got: list[Section] = []
    try:
        async for one in client.sections(crossing()):
            got += [one]
    except LinkError as error:
        return got, error
    raise AssertionError("it did not fail")


async def test_what_came_before_a_break_is_kept() -> None:
    answer = b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n%x\r\n%b\r\n" % (len(LINE), LINE)
    async with client_of(raw(answer)) as client:
        got, error = await until_it_fails(client)
    assert (got, error.code) == ([section(Authority.CUSTOMS)], "link.broken")


async def test_silence_in_the_middle_is_noticed() -> None:
    answer = b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n%x\r\n%b\r\n" % (len(LINE), LINE)
    async with client_of(raw(answer, close=False)) as client:
        got, error = await until_it_fails(client)
    assert (got, error.code) == ([section(Authority.CUSTOMS)], "link.timeout")


@pytest.mark.parametrize(
    "body",
    [
        b"{}\n",
        b"null\n",
        LINE[:-20] + b"\n",
        b'{"authority": "weather", "source": "live"}\n',
        LINE * (wire.MAX_SECTIONS + 1),
        b"x" * (wire.MAX_LINE + 1),
        b"[" * 10_000 + b"\n",
    ],
)
async def test_lines_that_are_no_sections_are_refused(body: bytes) -> None:
    async with client_of(answering(body)) as client:
        with pytest.raises(LinkError, match="link.answer"):
            [one async for one in client.sections(crossing())]


async def test_a_question_that_is_given_up_does_not_stand_before_the_next() -> None:
    async def first_then_silent(_: bytes, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writer.write(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n%x\r\n%b\r\n" % (len(LINE), LINE))
        await writer.drain()
        await reader.read()

    async with client_of(first_then_silent, Timeouts()) as client:
        for _ in range(8):
            async with aclosing(client.sections(crossing())) as sections:
                assert await anext(sections) == section(Authority.CUSTOMS)


async def test_a_long_sync_does_not_stand_before_a_traveller() -> None:
    async def sync_hangs(request: bytes, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        if request.startswith(b"POST /v1/sync "):
            await reader.read()
        else:
            await answering(LINE)(request, reader, writer)

    async with client_of(sync_hangs, Timeouts()) as client:
        hanging = asyncio.create_task(client.sync([], 0))
        assert [one async for one in client.sections(crossing())] == [section(Authority.CUSTOMS)]
        assert not hanging.done()
        hanging.cancel()
        await asyncio.gather(hanging, return_exceptions=True)


async def test_connections_are_kept() -> None:
    connections = set()

    async def window(request: bytes, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        connections.add(writer)
        await answering(reply())(request, reader, writer)

    async with client_of(window) as client:
        for _ in range(5):
            await client.sync([], 0)
    assert len(connections) == 1


# -- enrolment and addresses -------------------------------------------------------------------------------------------


async def test_enrolment_gives_what_the_counter_is() -> None:
    async with client_of(answering(enrol_reply().to_bytes())) as client:
        assert await client.enrol("code", "Booth", bytes(32)) == enrol_reply().fields()


@pytest.mark.parametrize("change", [{"token": "x"}, {"window_public_key": ""}, {"roster": None}, {"counter": {}}])
async def test_an_enrolment_that_is_none_is_refused(change: dict[str, object]) -> None:
    body = json.dumps(json.loads(enrol_reply().to_bytes()) | change).encode()
    async with client_of(answering(body)) as client:
        with pytest.raises(LinkError, match="link.answer"):
            await client.enrol("code", "Booth", bytes(32))


@pytest.mark.parametrize(
    ("url", "code"),
    [
        ("http://window.example:8000", "link.insecure"),
        ("http://192.0.2.1", "link.insecure"),
        ("ftp://127.0.0.1", "link.address"),
        ("127.0.0.1:80", "link.address"),
        ("http://[::1", "link.address"),
        ("http://xn--", "link.address"),
        ("", "link.address"),
    ],
)
def test_a_token_travels_in_clear_on_this_machine_only(url: str, code: str) -> None:
    with pytest.raises(LinkError, match=code):
        WindowClient(url, "token")


async def test_proxies_of_the_environment_are_not_asked(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("HTTP_PROXY", "http_proxy", "ALL_PROXY"):
        monkeypatch.setenv(name, "http://127.0.0.1:1")
    async with client_of(answering(reply())) as client:
        assert (await client.sync([], 0)).cursor == 1


async def test_a_transport_can_be_given() -> None:
    async def window(_: object, __: object, send: Callable[[dict[str, object]], Awaitable[None]]) -> None:
        await send({"type": "http.response.start", "status": 200, "headers": []})
        await send({"type": "http.response.body", "body": reply(cursor=4)})

    client = WindowClient("http://127.0.0.1", "token", transport=httpx.ASGITransport(window))
    assert (await client.sync([replace(ENTRY, sequence=2)], 0)).cursor == 4
    await client.aclose()


def test_the_package_itself_loads_no_http_client() -> None:
    code = "import sys, counter_tui.link, counter_tui.link.wire; sys.exit('httpx' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


# -- the way to an agency ----------------------------------------------------------------------------------------------


async def test_a_fetch_gives_the_answer_whatever_its_status() -> None:
    asked = []

    async def system(request: bytes, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        asked.append(request)
        await answering(b"not here", "404 Not Found")(request, reader, writer)

    async with serving(system) as url:
        fetch = HttpFetch(url, FetchAnswer)
        answer = await fetch("POST", "/declarations/7?full=1", body=b"<x/>", content_type="application/xml")
        await fetch.aclose()
    assert (answer.status, answer.body) == (404, b"not here")
    assert asked[0].startswith(b"POST /declarations/7?full=1 HTTP/1.1\r\n")
    assert asked[0].endswith(b"\r\n\r\n<x/>")
    assert b"application/xml" in asked[0]


@pytest.mark.parametrize(
    ("handler", "code"),
    [
        (reset, "agency.broken"),
        (raw(b"SSH-2.0\r\n\r\n"), "agency.broken"),
        (answering(b"x", headers=b"Content-Type: text/xml\r\nContent-Encoding: br\r\n"), "agency.encoded"),
    ],
    ids=["reset", "ssh", "brotli"],
)
async def test_a_fetch_without_an_answer_says_so(handler: Handler, code: str) -> None:
    async with serving(handler) as url:
        fetch = HttpFetch(url, FetchAnswer)
        with pytest.raises(AgencyError, match=code):
            await fetch("GET", "/")
        await fetch.aclose()


async def test_a_fetch_stays_with_its_system() -> None:
    fetch = HttpFetch("http://127.0.0.1:1", FetchAnswer)
    with pytest.raises(ValueError, match="path"):
        await fetch("GET", "http://192.0.2.1/")
    await fetch.aclose()
