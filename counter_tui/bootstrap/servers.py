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
from ..agencies.sealing import Opener, make_opener, make_sealer
from ..domain.posts import Counter
from ..domain.words import AGENCY_OF, Agency, Authority
from ..errors import CounterError, StoreError
from ..link.fetch import HttpFetch
from ..settings_agencies import load_agency_limits, load_agency_links
from ..settings_allowance import load_allowance_terms
from ..settings_delegations import load_delegations
from ..settings_lookups import load_allowance
from ..settings_sharing import load_catalogue, load_sharing
from ..settings_two_persons import unseals_by_telephone
from ..single_window.app import WindowApp
from ..single_window.receipts import notary
from ..single_window.run import bind, serve, url_of
from ..single_window.service import Setup, SingleWindow, Staff
from ..single_window.store import WindowStore
from ..single_window.telling import TellingOffice
from ..single_window.telling_lanes import Way
from ..single_window.vault_store import VaultStore
from ..training.behaviour import Behaving
from ..training.control import Control
from ..training.relay import Relay
from . import paths
from .demo import REALM, SERVICE, service_of, shown_cost
from .leases import lease_terms
from .one_time_key import box
from .spared import with_chance
from .storage import translated
from .telling_setup import telling_setup

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
        asyncio.run(_serve(Path(setup["folder"]), str(setup["passphrase"]), str(setup["place"])))
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


async def _serve(folder: Path, passphrase: str, place: str) -> None:
    store = open_store(folder, passphrase, service=service_of(place))
    post, counter = settings.load_place(place)
    zone = ZoneInfo(post.zone)

    def now() -> datetime:
        return datetime.now(zone)

    window = demo_window(store, now)
    people = settings.load_demo_people()
    systems = {authority: Behaving(app) for authority, app in demo_systems(people, today=now().date(), now=now).items()}
    sockets = {authority: bind() for authority in systems}
    links = load_agency_links(demo=True)
    fetches = {
        authority: HttpFetch(url_of(bound), FetchAnswer, seconds=links[authority].patience.late)
        for authority, bound in sockets.items()
    }
    catalogue = load_catalogue(load_sharing(demo=True).on(now().date()))
    seals = _seals(store)
    every = connect_all(fetches, catalogue, load_agency_limits(demo=True), seals)
    connectors = [with_chance(one, catalogue, seals[AGENCY_OF[one.authority].value], folder) for one in every]
    app = WindowApp(window, connectors, now=now, monotonic=time.monotonic, terms=links)
    front = bind()
    relay = Relay(front.getsockname()[:2])
    stop, ready = asyncio.Event(), asyncio.Event()
    apps = {front: app.asgi} | {bound: systems[authority] for authority, bound in sockets.items()}
    serving = asyncio.create_task(serve(apps, stop, ready=ready))
    await ready.wait()
    await app.tell_links()
    source = next(c for c in connectors if isinstance(c, ImmigrationConnector))
    ahead = asyncio.create_task(app.prefetch(source).run(PREFETCH_SECONDS))
    ways = {authority: Way(fetches[authority], links[authority]) for authority in fetches}
    telling = asyncio.create_task(app.telling(demo_office(store, now), ways).run())
    _say(port=await relay.start())
    try:
        await Orders(relay, systems, _inviting(window, counter)).serve(sys.stdin.buffer, sys.stdout.buffer)
    finally:
        ahead.cancel()
        telling.cancel()
        stop.set()
        await serving
        await relay.aclose()
        await app.aclose()
        for fetch in fetches.values():
            await fetch.aclose()
        store.close()


def open_store(folder: Path, passphrase: str, *, wait: float = BUSY_SECONDS, service: str = SERVICE) -> VaultStore:
    """The embedded store, made at the first start; waits so many seconds while another holds it."""
    keys = choose_keys(service, paths.keys_folder(folder), passphrase, cost=shown_cost())
    path, key = paths.window_vault(folder), keys.find("window")
    if key is None:
        if path.exists():
            raise StoreError("store.key-missing")
        key = keys.create("window")
    deadline = time.monotonic() + wait
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
        agreement=load_sharing(demo=True),
        staff=tuple(Staff(officer, pin) for officer, pin in settings.load_demo_officers()),
        clock=now,
        token=lambda: secrets.token_urlsafe(32),
        pin_cost=shown_cost(),
        terms=lease_terms(),
        allowance=load_allowance(),
        residents=load_allowance_terms(),
        delegations=load_delegations(demo=True),
        unseal_by_telephone=unseals_by_telephone(),
        openers=demo_openers(store),
    )
    return SingleWindow(setup, store, notary(f"{post.id} demo", store))


def demo_office(store: VaultStore, now: Callable[[], datetime]) -> TellingOffice:
    """What tells the demo's agencies, over the same store."""
    post, _ = settings.load_place("demo")
    return TellingOffice(telling_setup(post, now, training=True), store, store.tellings)


def _inviting(window: SingleWindow, counter: Counter) -> Callable[[str], str]:
    def invite(counter_id: str) -> str:
        if counter_id != counter.id:
            raise CounterError("link.no-servers")
        return window.invite(counter)

    return invite


def _seals(store: WindowStore) -> dict[str, Seal]:
    """Each agency's sealer under its epoch key. In the demo its keys lie in the window's vault, for want of its own."""
    return {agency.value: make_sealer(agency.value, EPOCH, _epoch_key(store, agency)) for agency in Agency}


def demo_openers(store: WindowStore) -> dict[Authority, Opener]:
    """What opens for each authority, with its agency's key."""
    return {one: make_opener({EPOCH: _epoch_key(store, AGENCY_OF[one])}, box) for one in Authority}


def _epoch_key(store: WindowStore, agency: Agency) -> bytes:
    name = f"epoch-{EPOCH}/{agency.value}"
    key = store.find_setting(name)
    if key is None:
        key = secrets.token_bytes(32)
        store.put_setting(name, key)
    return key


def _say(**answer: str | int) -> None:
    sys.stdout.buffer.write(_line(**answer))
    sys.stdout.buffer.flush()


def _line(**answer: str | int) -> bytes:
    return json.dumps(answer).encode() + b"\n"


if __name__ == "__main__":
    sys.exit(main())
