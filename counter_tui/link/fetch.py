"""The way to one agency's system over HTTP: what a connector's Fetch port asks for, beside the single window.

What comes is hostile. Bounded are the seconds of a whole question, however steadily bytes drip in; the bytes of the
answer as they come, and as they unpack (gzip, and no other coding); its headers. No redirect is followed. What is
refused is told as an AgencyError of its own code, and never in words that were sent.
"""

import ssl
import zlib
from collections.abc import Callable
from functools import partial
from typing import Final, Generic, TypeVar

import anyio
import httpx

from ..errors import AgencyError, LinkError
from .apart import apart
from .http import http_client, translated

Answer = TypeVar("Answer")

MAX_ANSWER: Final = 8 << 20
"""Bytes of an agency's answer, unpacked; what comes packed may not be more either."""
SECONDS: Final = 30.0
"""For a whole question; who asks at a booth is more impatient."""
_GZIP: Final = 16 + zlib.MAX_WBITS
_PIECE: Final = 64 << 10
_CODES: Final = {
    "link.timeout": "agency.too-slow",
    "link.broken": "agency.broken",
    "link.untrusted": "agency.untrusted",
    "link.clock": "agency.untrusted",
}


class HttpFetch(Generic[Answer]):
    """Asks one agency's system. Belongs to one event loop."""

    def __init__(
        self,
        base_url: str,
        answer: Callable[[int, bytes], Answer],
        *,
        seconds: float = SECONDS,
        token: str = "",
        context: ssl.SSLContext | None = None,
        transport: httpx.AsyncBaseTransport | None = None,
    ) -> None:
        """`base_url` is http(s)://host:port of that system; `answer` makes the port's answer of status and body.

        `seconds` bound a whole question; `token` is a secret that the system asks for (RFC 6750), "" for none.
        `context` says whom to trust over TLS; without one, whom this machine trusts.
        """
        self._http = http_client(base_url, transport, context)
        self._http.headers["Accept-Encoding"] = "gzip"
        if token:
            self._http.headers["Authorization"] = f"Bearer {token}"
        self._seconds = seconds
        self._answer = answer

    async def __call__(
        self, method: str, path: str, *, body: bytes = b"", content_type: str = "application/json"
    ) -> Answer:
        """Ask, and give the answer, whatever its status. `path` begins with a slash.

        Raises AgencyError `agency.no-answer` (nobody listens), `agency.untrusted` (who answers is not certified),
        `agency.broken` (the answer broke off, or was no HTTP), `agency.too-slow`, `agency.too-large`,
        `agency.redirected`, `agency.encoded` (in a way that was not asked for), `agency.wrong-type` (neither JSON nor
        XML).
        """
        if not path.startswith("/"):
            raise ValueError("path")
        headers = {"Content-Type": content_type} if body else {}
        # the library's own patience with silence is five seconds; here the whole question has a bound, and no other
        ask = partial(self._http.stream, method, path, content=body or None, headers=headers, timeout=self._seconds)

        async def exchange() -> Answer:
            with translated(), anyio.fail_after(self._seconds):
                async with ask() as response:
                    if response.is_redirect:
                        raise AgencyError("agency.redirected")
                    if response.is_success:
                        _check_type(response)
                    return self._answer(response.status_code, await _whole(response))

        try:
            return await apart(exchange)
        except LinkError as error:
            raise AgencyError(_CODES.get(error.code, "agency.no-answer")) from None

    async def aclose(self) -> None:
        """Close the connections."""
        await self._http.aclose()


def _check_type(response: httpx.Response) -> None:
    """Raises AgencyError `agency.wrong-type` for what says that it is neither JSON nor XML: a login page, say."""
    said = response.headers.get("Content-Type", "").partition(";")[0].strip().lower()
    if not said.endswith(("json", "xml")):
        raise AgencyError("agency.wrong-type")


async def _whole(response: httpx.Response) -> bytes:
    """The whole body, unpacked."""
    coding = response.headers.get("Content-Encoding", "identity").strip().lower()
    if coding not in {"identity", "gzip"}:
        raise AgencyError("agency.encoded")
    unpacking = zlib.decompressobj(_GZIP) if coding == "gzip" else None
    body = bytearray()
    came = 0
    async for chunk in response.aiter_raw(_PIECE):
        came += len(chunk)
        if came > MAX_ANSWER:
            raise AgencyError("agency.too-large")
        body += chunk if unpacking is None else _unpacked(unpacking, chunk, MAX_ANSWER + 1 - len(body))
        if len(body) > MAX_ANSWER:
            raise AgencyError("agency.too-large")
    if unpacking is not None and (not unpacking.eof or unpacking.unused_data):
        raise AgencyError("agency.broken")
    return bytes(body)


def _unpacked(unpacking: "zlib._Decompress", chunk: bytes, most: int) -> bytes:
    """What a piece unpacks to, no more than `most` bytes of it."""
    try:
        return unpacking.decompress(chunk, most)
    except zlib.error:
        raise AgencyError("agency.broken") from None
