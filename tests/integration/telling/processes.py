"""Processes to be killed: `python -m tests.integration.telling.processes agencies` or `window FOLDER URL HOLD`.

`agencies` are five systems at one address, with their books in memory, which take real records too. `window` is a
single window that tells them; HOLD: after so many answers have come and before any of the last is kept, it says `held`
and waits to be killed.
"""

import asyncio
import json
import sys
import time
from pathlib import Path

from counter_tui.agencies.asgi import Handler, Reply, json_service
from counter_tui.agencies.links import LinkTerms, Patience
from counter_tui.agencies.ports import FetchAnswer
from counter_tui.agencies.tellers import load_told
from counter_tui.agencies.told import PATHS
from counter_tui.agencies.told_book import ToldBook
from counter_tui.domain.words import Authority
from counter_tui.link.fetch import HttpFetch
from counter_tui.single_window.app import WindowApp
from counter_tui.single_window.run import bind, serve, url_of
from counter_tui.single_window.telling import Setup, TellingOffice
from counter_tui.single_window.telling_lanes import Way
from counter_tui.single_window.vault_store import VaultStore
from tests.integration.single_window.world import AGREEMENT, NOW, POST, counter, open_window
from tests.integration.telling.rig import PREFIX

TERMS = LinkTerms(patience=Patience(answer=2.0, late=2.0, rest=0.1, longest_rest=0.2))


def say(**said: str) -> None:
    sys.stdout.write(json.dumps(said) + "\n")
    sys.stdout.flush()


async def agencies() -> None:
    routes: dict[tuple[str, str], Handler] = {}
    for authority in Authority:
        book = ToldBook(load_told(authority), PREFIX[authority], lambda: NOW, realms={True, False})
        told, held = PATHS[authority]
        routes["POST", told] = lambda _, body, book=book: Reply(*reversed(book.enter(body)))  # type: ignore[misc]
        routes["POST", held] = lambda _, body, book=book: Reply(book.listed(body))  # type: ignore[misc]
    bound, ready = bind(), asyncio.Event()
    serving = asyncio.create_task(serve({bound: json_service(routes)}, asyncio.Event(), ready=ready))
    await ready.wait()
    say(url=url_of(bound))
    await serving


class Holding:
    """A Fetch that holds its answers back, once so many have come."""

    def __init__(self, fetch: HttpFetch[FetchAnswer], left: list[int]) -> None:
        self.fetch, self.left = fetch, left

    async def __call__(
        self, method: str, path: str, *, body: bytes = b"", content_type: str = "application/json"
    ) -> FetchAnswer:
        answer = await self.fetch(method, path, body=body, content_type=content_type)
        self.left[0] -= 1
        if self.left[0] <= 0:
            say(held="")
            await asyncio.sleep(3600)
        return answer


async def window(folder: Path, url: str, hold: int) -> None:
    opened, store = open_window(folder)
    assert isinstance(store, VaultStore)
    app = WindowApp(opened, [], now=lambda: NOW, monotonic=time.monotonic)
    left = [hold]
    ways = {one: Way(Holding(HttpFetch(url, FetchAnswer), left), TERMS) for one in Authority}
    setup = Setup(POST.id, training=True, agreement=AGREEMENT, now=lambda: NOW)
    telling = asyncio.create_task(app.telling(TellingOffice(setup, store, store.tellings), ways).run())
    bound, ready = bind(), asyncio.Event()
    serving = asyncio.create_task(serve({bound: app.asgi}, asyncio.Event(), ready=ready))
    await ready.wait()
    say(url=url_of(bound), code=opened.invite(counter()))
    await asyncio.gather(serving, telling)


if __name__ == "__main__":
    if sys.argv[1] == "agencies":
        asyncio.run(agencies())
    else:
        asyncio.run(window(Path(sys.argv[2]), sys.argv[3], int(sys.argv[4])))
