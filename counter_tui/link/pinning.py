"""Whom a counter trusts over TLS: the one certificate authority of its post, and nobody of the system's."""

import hashlib
import hmac
import ssl
from datetime import datetime
from typing import Final

import anyio
import httpx

from ..errors import LinkError
from . import wire
from .apart import apart
from .http import bounded, check_status, http_client, translated

PINNED: Final = 16  # bytes of the SHA-256 that an enrolment code carries: nobody finds another certificate to them
SECONDS: Final = 30.0


def pinned_context(authority: bytes) -> ssl.SSLContext:
    """Trusts servers certified by this authority (DER), by name, over TLS 1.3. Raises LinkError `link.untrusted`."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    context.minimum_version = ssl.TLSVersion.TLSv1_3
    try:
        context.load_verify_locations(cadata=authority)
    except ssl.SSLError:
        raise LinkError("link.untrusted") from None
    return context


async def fetch_authority(base_url: str, fingerprint: bytes) -> bytes:
    """The authority of who answers there, if its SHA-256 begins so; it is asked for before anybody is trusted.

    Nothing is sent that anybody might not read. Raises LinkError; `link.other-authority` where it is another.
    """
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    context.minimum_version = ssl.TLSVersion.TLSv1_3
    context.check_hostname = False
    context.verify_mode = ssl.CERT_NONE  # what comes is checked against the fingerprint

    certificate = await _get(base_url, wire.AUTHORITY_PATH, context, wire.MAX_AUTHORITY)
    if not hmac.compare_digest(hashlib.sha256(certificate).digest()[: len(fingerprint)], fingerprint):
        raise LinkError("link.other-authority")
    return certificate


async def fetch_time(base_url: str, context: ssl.SSLContext) -> datetime:
    """The single window's clock, aware. Raises LinkError."""
    answer = await _get(base_url, wire.HEALTH_PATH, context, wire.MAX_REFUSAL)
    unknown = LinkError("link.answer")
    health = wire.parse(wire.Health, answer, limit=wire.MAX_REFUSAL, error=unknown)
    try:
        told = datetime.fromisoformat(health.time)
    except ValueError:
        raise unknown from None
    if told.tzinfo is None:
        raise unknown
    return told


async def _get(base_url: str, path: str, context: ssl.SSLContext, limit: int) -> bytes:
    async def ask() -> bytes:
        async with http_client(base_url, None, context) as client:
            with translated(), anyio.fail_after(SECONDS):
                async with client.stream("GET", path, timeout=httpx.Timeout(SECONDS)) as response:
                    await check_status(response)
                    return await bounded(response, limit)

    return await apart(ask)
