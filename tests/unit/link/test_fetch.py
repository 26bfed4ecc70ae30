"""What comes from an agency's system over HTTP: whole, or refused with a code."""

import gzip
from collections.abc import AsyncIterator

import httpx
import pytest

from counter_tui.agencies.ports import FetchAnswer
from counter_tui.errors import AgencyError
from counter_tui.link.fetch import MAX_ANSWER, HttpFetch

JSON = {"Content-Type": "application/json"}
GZIP = JSON | {"Content-Encoding": "gzip"}


class Body(httpx.AsyncByteStream):
    """A body that comes in these pieces; it says whether it was let go of."""

    def __init__(self, *pieces: bytes) -> None:
        self.pieces, self.given, self.closed = pieces, 0, False

    async def __aiter__(self) -> AsyncIterator[bytes]:
        for piece in self.pieces:
            self.given += 1
            yield piece

    async def aclose(self) -> None:
        self.closed = True


async def fetched(
    headers: dict[str, str], *pieces: bytes, status: int = 200
) -> tuple[FetchAnswer | str, Body, httpx.Request]:
    body, asked = Body(*pieces), []

    def answer(request: httpx.Request) -> httpx.Response:
        asked.append(request)
        return httpx.Response(status, headers=headers, stream=body)

    fetch = HttpFetch("http://127.0.0.1:1", FetchAnswer, token="secret", transport=httpx.MockTransport(answer))
    try:
        return await fetch("GET", "/x"), body, asked[0]
    except AgencyError as error:
        return error.code, body, asked[0]
    finally:
        await fetch.aclose()


async def test_an_answer_comes_whole_packed_or_not_and_the_token_goes() -> None:
    for headers, pieces in ((JSON, (b'{"a"', b":1}")), (GZIP, (gzip.compress(b'{"a":1}'),))):
        answer, _, request = await fetched(headers, *pieces)
        assert answer == FetchAnswer(200, b'{"a":1}')
        assert request.headers["Authorization"] == "Bearer secret"
        assert request.headers["Accept-Encoding"] == "gzip"


async def test_silence_ends_a_question_no_sooner_than_its_time_does() -> None:
    asked: list[httpx.Request] = []

    def answer(request: httpx.Request) -> httpx.Response:
        asked.append(request)
        return httpx.Response(200, headers=JSON, stream=Body(b"1"))

    fetch = HttpFetch("http://127.0.0.1:1", FetchAnswer, seconds=17, transport=httpx.MockTransport(answer))
    await fetch("GET", "/x")
    await fetch.aclose()
    assert set(asked[0].extensions["timeout"].values()) == {17}


@pytest.mark.parametrize("kind", ["application/fhir+json; charset=utf-8", "text/xml", "application/x-ndjson"])
async def test_json_and_xml_of_any_kind_are_taken(kind: str) -> None:
    assert (await fetched({"Content-Type": kind}, b"1"))[0] == FetchAnswer(200, b"1")


@pytest.mark.parametrize("kind", ["text/html", "", "application/octet-stream", "json/html", "application/json-not"])
async def test_anything_else_is_not(kind: str) -> None:
    assert (await fetched({"Content-Type": kind}, b"1"))[0] == "agency.wrong-type"


async def test_a_refusal_may_be_a_page() -> None:
    assert (await fetched({"Content-Type": "text/html"}, b"no", status=503))[0] == FetchAnswer(503, b"no")


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308, 300, 304])
async def test_nobody_sends_us_elsewhere(status: int) -> None:
    assert (await fetched(JSON | {"Location": "http://elsewhere/"}, status=status))[0] == "agency.redirected"


@pytest.mark.parametrize("coding", ["br", "deflate", "zstd", "gzip, gzip", "x"])
async def test_a_coding_that_was_not_asked_for_is_refused(coding: str) -> None:
    assert (await fetched(JSON | {"Content-Encoding": coding}, b"1"))[0] == "agency.encoded"


async def test_too_much_is_refused_as_soon_as_it_is_too_much() -> None:
    mib = b" " * (1 << 20)
    code, body, _ = await fetched(JSON, *([mib] * 100))
    assert (code, body.closed) == ("agency.too-large", True)
    assert body.given <= (MAX_ANSWER >> 20) + 2


async def test_what_unpacks_to_too_much_is_refused_whatever_it_was_packed_to() -> None:
    bomb = gzip.compress(bytes(MAX_ANSWER + 1))
    assert len(bomb) < 1 << 15
    assert (await fetched(GZIP, bomb))[0] == "agency.too-large"
    most = gzip.compress(bytes(MAX_ANSWER))
    answer, _, _ = await fetched(GZIP, most)
    assert isinstance(answer, FetchAnswer)
    assert len(answer.body) == MAX_ANSWER


@pytest.mark.parametrize(
    "packed", [gzip.compress(b"1")[:-4], b"no gzip", gzip.compress(b"1") + b"more", b""], ids=range(4)
)
async def test_what_does_not_unpack_is_broken(packed: bytes) -> None:
    assert (await fetched(GZIP, packed))[0] == "agency.broken"


@pytest.mark.parametrize(
    ("error", "code"),
    [
        (httpx.ConnectError("who"), "agency.no-answer"),
        (httpx.ReadTimeout("slow"), "agency.too-slow"),
        (httpx.RemoteProtocolError("said a traveller's name"), "agency.broken"),
    ],
)
async def test_what_the_library_says_is_told_in_our_own_codes(error: Exception, code: str) -> None:
    def fail(_: httpx.Request) -> httpx.Response:
        raise error

    fetch = HttpFetch("http://127.0.0.1:1", FetchAnswer, transport=httpx.MockTransport(fail))
    with pytest.raises(AgencyError) as raised:
        await fetch("GET", "/x")
    assert (raised.value.code, raised.value.__cause__) == (code, None)
    await fetch.aclose()
