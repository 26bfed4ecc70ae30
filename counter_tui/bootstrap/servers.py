"""The child process: the embedded single window, the simulated agency systems and the relay between, all on loopback.

Its first line of standard input sets it up, the others are orders; each gets one line on standard output. It ends when
its standard input does.
"""

import asyncio
import json
import secrets
import sys
import time
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from offline_cache import CacheError, VaultBusy, choose_keys

from .. import settings
from ..agencies.connectors import connect_all
from ..agencies.demo import demo_systems
from ..agencies.immigration import ImmigrationConnector
from ..agencies.ports import FetchAnswer, Seal
from ..agencies.sealing import make_sealer
from ..domain.posts import Counter
from ..domain.words import Agency, Authority
from ..errors import CounterError, StoreError
from ..link.fetch import HttpFetch
from ..single_window.app import WindowApp
from ..single_window.receipts import notary
from ..single_window.run import bind, serve, url_of
from ..single_window.service import Setup, SingleWindow, Staff
from ..single_window.store import WindowStore
from ..single_window.vault_store import VaultStore
from ..training.behaviour import Behaving
from ..training.control import Control
from ..training.relay import Relay
from . import paths
from .demo import REALM, SERVICE, shown_cost
from .leases import lease_terms
from .storage import translated

BUSY_SECONDS = 10.0  # a killed counter's child may still hold the vault for a moment
PREFETCH_SECONDS = 300.0
EPOCH = 1


class Orders(Control):
    """A trainer's orders, and the counter's wish to enrol."""

    def __init__(self, relay: Relay, systems: dict[Authority, Behaving], invite: Callable[[str], str]) -> None:
        """`invite` gives a one-time code for a counter's id."""
        super().__init__(relay, systems)
        self._invite = invite

    def obey(self, line: bytes) -> bytes:
        """One order."""
        try:
            wanted = json.loads(line).get("enrolment_code")
        except (ValueError, AttributeError, RecursionError):
            wanted = None
        if wanted is None:
            return super().obey(line)
        return _line(code=self._invite(str(wanted)))


def main() -> int:
    """Serve until standard input ends."""
    try:
        setup = json.loads(sys.stdin.buffer.readline(65536))
        asyncio.run(_serve(Path(setup["folder"]), str(setup["passphrase"])))
    except CounterError as error:
        _say(error=error.code)
        return 1
    except CacheError as error:
        _say(error=str(getattr(translated(error), "code", "store.unknown")))
        return 1
    except (ValueError, KeyError):
        _say(error="link.no-servers")
        return 2
    return 0


async def _serve(folder: Path, passphrase: str) -> None:
    store = _open_store(folder, passphrase)
    post, counter = settings.load_place("demo")
    zone = ZoneInfo(post.zone)

    def now() -> datetime:
        return datetime.now(zone)

    window = demo_window(store, now)
    people = settings.load_demo_people()
    systems = {authority: Behaving(app) for authority, app in demo_systems(people, today=now().date(), now=now).items()}
    sockets = {authority: bind() for authority in systems}
    fetches = {authority: HttpFetch(url_of(bound), FetchAnswer) for authority, bound in sockets.items()}
    connectors = connect_all(fetches, settings.load_findings(), settings.load_limits(), _seals(store))
    app = WindowApp(window, connectors, now=now, monotonic=time.monotonic)
    front = bind()
    relay = Relay(front.getsockname()[:2])
    stop, ready = asyncio.Event(), asyncio.Event()
    apps = {front: app.asgi} | {bound: systems[authority] for authority, bound in sockets.items()}
    serving = asyncio.create_task(serve(apps, stop, ready=ready))
    await ready.wait()
    source = next(c for c in connectors if isinstance(c, ImmigrationConnector))
    ahead = asyncio.create_task(app.prefetch(source).run(PREFETCH_SECONDS))
    _say(port=await relay.start())
    try:
        await Orders(relay, systems, _inviting(window, counter)).serve(sys.stdin.buffer, sys.stdout.buffer)
    finally:
        ahead.cancel()
        stop.set()
        await serving
        await relay.aclose()
        await app.aclose()
        for fetch in fetches.values():
            await fetch.aclose()
        store.close()


def _open_store(folder: Path, passphrase: str) -> VaultStore:
    """The embedded store, made at the first start, never silently made anew."""
    keys = choose_keys(SERVICE, paths.keys_folder(folder), passphrase, cost=shown_cost())
    path, key = paths.window_vault(folder), keys.find("window")
    if key is None:
        if path.exists():
            raise StoreError("store.key-missing")
        key = keys.create("window")
    deadline = time.monotonic() + BUSY_SECONDS
    while True:
        try:
            return VaultStore.open(path, key)
        except VaultBusy:
            if time.monotonic() > deadline:
                raise
            time.sleep(0.05)  # nothing else runs in this process yet


def demo_window(store: WindowStore, now: Callable[[], datetime]) -> SingleWindow:
    """The demo's single window over its open store."""
    post, _ = settings.load_place("demo")
    setup = Setup(
        realm=REALM,
        post=post,
        agreement=settings.load_sharing(),
        staff=tuple(Staff(officer, pin) for officer, pin in settings.load_demo_officers()),
        clock=now,
        token=lambda: secrets.token_urlsafe(32),
        pin_cost=shown_cost(),
        terms=lease_terms(),
    )
    return SingleWindow(setup, store, notary(f"{post.id} demo", store))


def _inviting(window: SingleWindow, counter: Counter) -> Callable[[str], str]:
    def invite(counter_id: str) -> str:
        if counter_id != counter.id:
            raise CounterError("link.no-servers")
        return window.invite(counter)

    return invite


def _seals(store: WindowStore) -> dict[str, Seal]:
    """Each agency's sealer under its epoch key. In the demo its keys lie in the window's vault, for want of its own."""
    seals = {}
    for agency in Agency:
        name = f"epoch-{EPOCH}/{agency.value}"
        key = store.find_setting(name)
        if key is None:
            key = secrets.token_bytes(32)
            store.put_setting(name, key)
        seals[agency.value] = make_sealer(agency.value, EPOCH, key)
    return seals


def _say(**answer: str | int) -> None:
    sys.stdout.buffer.write(_line(**answer))
    sys.stdout.buffer.flush()


def _line(**answer: str | int) -> bytes:
    return json.dumps(answer).encode() + b"\n"


if __name__ == "__main__":
    sys.exit(main())
