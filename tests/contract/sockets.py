"""Systems over real sockets on loopback, as a single window meets them."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from counter_tui.agencies.asgi import App
from counter_tui.agencies.ports import FetchAnswer
from counter_tui.link.fetch import HttpFetch
from counter_tui.single_window.run import bind, serve, url_of


@asynccontextmanager
async def served(app: App) -> AsyncIterator[str]:
    """The address of this system, as long as it is needed."""
    bound, stop, ready = bind(), asyncio.Event(), asyncio.Event()
    serving = asyncio.create_task(serve({bound: app}, stop, ready=ready))
    await ready.wait()
    try:
        yield url_of(bound)
    finally:
        stop.set()
        await asyncio.wait_for(serving, 10)


@asynccontextmanager
async def over_sockets(app: App, *, seconds: float = 30.0, token: str = "") -> AsyncIterator[HttpFetch[FetchAnswer]]:
    """The way to this system; `seconds` bound a question."""
    async with served(app) as url:
        fetch = HttpFetch(url, FetchAnswer, seconds=seconds, token=token)
        try:
            yield fetch
        finally:
            await fetch.aclose()
