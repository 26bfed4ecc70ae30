"""What every HTTP client of this room has in common: lean headers, bounded answers, and errors in words of our own.

`LinkError` codes: `link.refused` (nobody listens), `link.timeout` (silence), `link.broken` (the connection ended early,
or what came was no HTTP), `link.answer` (an answer that this contract does not know; `status` where it is one, `told`
where it says a code), `link.unauthorised` (the token is not taken), `link.insecure` (a token would travel in clear),
`link.address` (the single window's address is none), `link.untrusted` (who answers is not certified by the post that
this counter trusts), `link.clock` (its certificate is over, or has not begun, by this machine's clock). What an
enrolment code meets is told as the single window tells it: `auth.code`, `auth.code-used`, `auth.code-expired`; and so
is `auth.revoked`, with `notice`, its signed notice, in base64; and why a look-up or an unsealing is refused (REFUSED).
"""

import base64
import contextlib
import ssl
from collections.abc import Callable, Iterator
from typing import Final

import httpx

from ..errors import LinkError
from . import wire

LOOPBACK: Final = frozenset({"127.0.0.1", "::1", "localhost"})
KEEP_ALIVE: Final = 300.0  # seconds that an idle connection is kept
TOLD: Final = frozenset({"auth.code", "auth.code-used", "auth.code-expired", "auth.revoked"})
REFUSED: Final = frozenset(
    {
        "lookup.reason",
        "lookup.nobody",
        "lookup.too-many",
        "unseal.not-recorded",
        "unseal.not-two",
        "unseal.gone",
        "unseal.not-connected",
        "unseal.no-answer",
    }
)
"""Told as the single window tells it: what was asked is refused, and the link is well."""
_DATES: Final = frozenset({9, 10})  # OpenSSL: a certificate that has not begun, that is over
_DEFAULT_HEADERS: Final = ("Accept", "Accept-Encoding", "Connection", "User-Agent")


def check_secure(base_url: str) -> None:
    """Raises LinkError `link.insecure` for plain HTTP to another machine, `link.address` for what is no address."""
    try:
        url = httpx.URL(base_url)
        host = url.host
    except (httpx.InvalidURL, ValueError):
        raise LinkError("link.address") from None
    if url.scheme not in {"http", "https"} or not host:
        raise LinkError("link.address")
    if url.scheme == "http" and host not in LOOPBACK:
        raise LinkError("link.insecure")


def http_client(
    base_url: str,
    transport: httpx.AsyncBaseTransport | None,
    context: ssl.SSLContext | None = None,
    *,
    http2: bool = False,
) -> httpx.AsyncClient:
    """A client with lean headers, which heeds no proxy of the environment and follows no redirect."""
    # loading the system's certificates takes 20 ms; a bare context trusts nobody
    if context is None and base_url.startswith("http:"):
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    client = httpx.AsyncClient(
        base_url=base_url,
        transport=transport,
        verify=context or ssl.create_default_context(),
        http2=http2,
        trust_env=False,
        follow_redirects=False,
        limits=httpx.Limits(max_connections=4, max_keepalive_connections=2, keepalive_expiry=KEEP_ALIVE),
    )
    for name in _DEFAULT_HEADERS:
        client.headers.pop(name, None)
    return client


async def check_status(response: httpx.Response) -> None:
    """Raises LinkError for anything but a plain 200: `link.unauthorised`, what is told of a code, or `link.answer`."""
    if response.status_code != httpx.codes.OK:
        raise await refusal(response)
    check_plain(response)


async def refusal(response: httpx.Response) -> LinkError:
    """What an answer that is none says."""
    status = response.status_code
    unknown = LinkError("link.unauthorised") if status in {401, 403} else LinkError("link.answer", status=status)
    try:
        told = wire.parse(
            wire.Refusal, await bounded(response, wire.MAX_REFUSAL), limit=wire.MAX_REFUSAL, error=unknown
        )
    except LinkError:
        return unknown
    if told.code in REFUSED:
        return LinkError(told.code, **({"seconds": told.seconds} if told.seconds else {}))
    if status not in {401, 403}:
        return LinkError("link.answer", status=status, told=told.code)
    if told.code not in TOLD:
        return unknown
    return LinkError(told.code, **({"notice": base64.b64encode(told.notice).decode()} if told.notice else {}))


def check_plain(response: httpx.Response) -> None:
    """Raises LinkError `link.answer` for an encoded body: it was not asked for, and might blow up."""
    if "Content-Encoding" in response.headers:
        raise LinkError("link.answer", status=response.status_code)


async def bounded(response: httpx.Response, limit: int, sign: Callable[[], None] | None = None) -> bytes:
    """The whole body; raises LinkError `link.answer` where it exceeds `limit` bytes. `sign` hears of each piece."""
    body = bytearray()
    async for chunk in response.aiter_raw():
        if sign is not None:
            sign()
        body += chunk
        if len(body) > limit:
            raise LinkError("link.answer")
    return bytes(body)


@contextlib.contextmanager
def translated() -> Iterator[None]:
    """The client library's errors as LinkError: their own words may quote what was sent."""
    try:
        yield
    except httpx.ConnectError as error:
        raise LinkError(_not_connected(error)) from None
    except (httpx.TimeoutException, TimeoutError):
        raise LinkError("link.timeout") from None
    except (httpx.HTTPError, httpx.StreamError):
        raise LinkError("link.broken") from None


def _not_connected(error: BaseException) -> str:
    """Why there is no connection: the reason lies some causes deep."""
    cause: BaseException | None = error
    while cause is not None:
        if isinstance(cause, ssl.SSLCertVerificationError):
            return "link.clock" if cause.verify_code in _DATES else "link.untrusted"
        if isinstance(cause, ssl.SSLError):
            return "link.untrusted"
        cause = cause.__cause__ or cause.__context__
    return "link.refused"
