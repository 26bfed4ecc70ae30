"""A single window in a process of its own, over TLS: `python -m scripts.benches.window_process FOLDER [PORT]`.

In a folder that it was in before it goes on as the same one, with all that it had; without a port the system chooses.
Says one line of JSON (its port, its authority), then serves until standard input ends. Each line there
is an order, and is answered by a line: `{"feed": N, "seed": S}` puts a day's records into the feed, `{"entries": ID}`
tells how many entries of a counter it has, and how many stand in its chain, `{"invite": ID}` gives a one-time code.
"""

import asyncio
import base64
import json
import secrets
import sys
import threading
import time
from datetime import UTC, datetime
from itertools import islice
from pathlib import Path
from typing import Any

from counter_tui import settings
from counter_tui.domain.coding import to_json
from counter_tui.domain.entries import DECISION
from counter_tui.domain.posts import Counter
from counter_tui.domain.words import Agency, Direction
from counter_tui.link.ranks import rank_of
from counter_tui.link.wire import ExpectedBody
from counter_tui.settings_sharing import load_sharing
from counter_tui.single_window.app import WindowApp
from counter_tui.single_window.receipts import notary
from counter_tui.single_window.run import bind, serve
from counter_tui.single_window.service import Setup, SingleWindow, Staff, stamp
from counter_tui.single_window.tls import authority_of, server_context
from counter_tui.single_window.vault_store import VaultStore
from offline_cache import Argon2Cost
from offline_cache.sync.messages import Item

KEY = bytes(range(32))
CHEAP = Argon2Cost(64, 1, 1)


def main() -> None:
    """Serve."""
    asyncio.run(_serve(Path(sys.argv[1]), *map(int, sys.argv[2:])))


async def _serve(folder: Path, at: int = 0) -> None:
    store = VaultStore.open(folder / "window.vault", KEY)
    window = _window(store)
    app = WindowApp(window, [], now=_now, monotonic=time.monotonic)
    authority = authority_of(store, _now())
    bound = bind(at)
    port = bound.getsockname()[1]
    stop, ready = asyncio.Event(), asyncio.Event()
    tls = server_context(authority.issue(["127.0.0.1"], _now()))
    serving = asyncio.create_task(serve({bound: app.asgi}, stop, ready=ready, tls=tls))
    await ready.wait()
    _say(port=port, authority=base64.b64encode(authority.certificate).decode())
    loop, orders = asyncio.get_running_loop(), asyncio.Queue[bytes]()

    def read() -> None:
        for line in sys.stdin.buffer:
            loop.call_soon_threadsafe(orders.put_nowait, line)
        loop.call_soon_threadsafe(orders.put_nowait, b"")

    threading.Thread(target=read, daemon=True).start()
    while line := await orders.get():
        _say(**_obey(json.loads(line), window, store))
    stop.set()
    await serving
    await app.aclose()
    store.close()


def _obey(order: dict[str, Any], window: SingleWindow, store: VaultStore) -> dict[str, Any]:
    if "feed" in order:
        items = day_of_feed(int(order["feed"]), int(order["seed"]))
        with store.transaction():
            for item in items:
                store.put_feed(item, origin=item.owner if item.kind == DECISION else "")
        return {"items": len({(item.kind, item.key) for item in items})}
    if "invite" in order:
        return {"code": window.invite(_counter(order["invite"]))}
    counter = order["entries"]
    return {"entries": store.count_entries(counter), "chain": len(store.held(counter, 1, 1 << 20))}


def day_of_feed(passages: int, seed: int) -> list[Item]:
    """What a counter is told of so many passages: what was held, who was expected, and what others decided."""
    from .traffic import Traffic  # takes as long to load as all else, and few ask for it
    from .traffic_cast import bench_cast

    items = []
    for number, passage in enumerate(islice(Traffic(bench_cast(seed), seed).passages(), passages)):
        document, at = passage.crossing.document, stamp(passage.crossing.opened_at)
        expected = ExpectedBody(document=document, group=passage.crossing.group).to_bytes()
        items.append(Item("expected", document.key, "immigration", at, expected, rank_of("expected")))
        for section in passage.sections:
            as_of = stamp(section.as_of) if section.as_of else at
            key, owner = f"{document.key}/{section.authority.value}", section.authority.value
            items.append(Item("section", key, owner, as_of, to_json(section), rank_of("section")))
        items.append(Item(DECISION, f"ENT-9/{number + 1}", "ENT-9", at, passage.body, rank_of(DECISION)))
    return items


def _window(store: VaultStore) -> SingleWindow:
    post, _ = settings.load_place("demo")
    staff = tuple(Staff(officer, pin) for officer, pin in settings.load_demo_officers())
    setup = Setup("demo", post, load_sharing(demo=True), staff, _now, lambda: secrets.token_urlsafe(32), CHEAP)
    return SingleWindow(setup, store, notary("post window", store))


def _counter(name: str) -> Counter:
    return Counter(name, name[-1], "A", Direction.ENTRY, frozenset(Agency))


def _now() -> datetime:
    return datetime.now(UTC)


def _say(**answer: Any) -> None:
    sys.stdout.buffer.write(json.dumps(answer).encode() + b"\n")
    sys.stdout.buffer.flush()


if __name__ == "__main__":
    main()
