"""The way to one agency's system over HTTP: what a connector's Fetch port asks for, beside the single window."""

from collections.abc import Callable
from typing import Final, Generic, TypeVar

import anyio
import httpx

from ..errors import AgencyError, LinkError
from .apart import apart
from .http import bounded, check_plain, http_client, translated

Answer = TypeVar("Answer")

MAX_ANSWER: Final = 8 << 20  # bytes of an agency's answer
SECONDS: Final = 30.0  # for a whole question; who asks at a booth is more impatient


class HttpFetch(Generic[Answer]):
    """Asks one agency's system. Belongs to one event loop."""

    def __init__(
        self,
        base_url: str,
        answer: Callable[[int, bytes], Answer],
        *,
        transport: httpx.AsyncBaseTransport | None = None,
    ) -> None:
        """`base_url` is http(s)://host:port of that system; `answer` makes the port's answer of status and body."""
        self._http = http_client(base_url, transport)
        self._answer = answer

    async def __call__(
        self, method: str, path: str, *, body: bytes = b"", content_type: str = "application/json"
    ) -> Answer:
        """Ask, and give the answer, whatever its status. `path` begins with a slash.

        Raises AgencyError `agency.no-answer` where there is none, where it is encoded, or larger than 8 MiB.
        """
        if not path.startswith("/"):
            raise ValueError("path")
        headers = {"Content-Type": content_type} if body else {}

        async def exchange() -> Answer:
            with translated(), anyio.fail_after(SECONDS):
                async with self._http.stream(method, path, content=body or None, headers=headers) as response:
                    check_plain(response)
                    return self._answer(response.status_code, await bounded(response, MAX_ANSWER))

        try:
            return await apart(exchange)
        except LinkError:
            raise AgencyError("agency.no-answer") from None

    async def aclose(self) -> None:
        """Close the connections."""
        await self._http.aclose()
