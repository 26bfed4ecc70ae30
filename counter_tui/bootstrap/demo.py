"""The demo: a workstation on an embedded single window with simulated agencies, on a store and keys of its own."""

from __future__ import annotations

import asyncio
import contextlib
import sys
import uuid
from dataclasses import replace
from functools import cache
from typing import TYPE_CHECKING

from .. import settings
from ..errors import ConfigError, CounterError, StoreError
from ..workstation.backstage import Backstage
from ..workstation.desk import Desk
from ..workstation.place import Credential, Place
from . import paths
from .clock import SystemClock

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from offline_cache import Argon2Cost, Settings, Vault

    from ..domain.screened import ScreeningRules
    from ..workstation.booth import Booth
    from ..workstation.news import News
    from ..workstation.parts import Parts, Rules
    from ..workstation.ports import Clock
    from ..workstation.screening import Screens
    from .child import Servers
    from .delivery import DeliveryLoop
    from .identity import Identity
    from .list_store import VaultLists
    from .storage import BoundLedger

PASSPHRASE = "entikong-latihan"  # noqa: S105 (the demo's fixed word, shown on its sign-in screen)
SERVICE = "counter-tui demo"
REALM = "demo"
UNATTENDED_SECONDS = 3.0  # after so long without a sign-in the link is started all the same
PAINT_SECONDS = 0.25  # what a screen takes to be painted on a slow machine, and some more
SWITCH_SECONDS = 0.0005  # so long a thread that computes keeps another waiting; one paint wakes the screen's many times


def demo_place(folder: Path) -> Place:
    """Where the demo plays; known without opening anything."""
    post, counter = settings.load_place("demo")
    people = tuple(Credential(officer, pin) for officer, pin in settings.load_demo_officers())
    chosen = paths.keys_folder(folder) / "keys.choice"
    in_keyring = chosen.is_file() and chosen.read_text(encoding="utf-8").strip() == "keyring"
    return Place(post, counter, demo=True, credentials=people, passphrase="" if in_keyring else PASSPHRASE)


def demo_desk(clock: Clock | None = None, *, folder: Path | None = None) -> Desk:
    """The demo's workstation; nothing is opened before its `prepare`. `folder` is the demo's own unless it is given."""
    folder, ticking = folder or paths.demo_folder(), clock or SystemClock()
    place = demo_place(folder)
    sys.setswitchinterval(SWITCH_SECONDS)
    backstage = Backstage(_translated)
    backstage.start()

    async def open_booth(hear: Callable[[News], None]) -> Booth:
        return await _Opening(folder, place, ticking, backstage).open(hear)

    return Desk(place, backstage, open_booth, ticking)


def _translated(error: Exception) -> Exception:
    from .storage import translated

    return translated(error)


class _Opening:
    """The steps from a folder to a booth at work."""

    def __init__(self, folder: Path, place: Place, clock: Clock, backstage: Backstage) -> None:
        self._folder, self._place, self._clock, self._backstage = folder, place, clock, backstage

    async def open(self, hear: Callable[[News], None]) -> Booth:
        # the key is derived on another thread while this one imports what the booth is made of
        key = asyncio.create_task(asyncio.to_thread(find_key, self._folder))
        await asyncio.sleep(0)
        from offline_cache import Settings

        from ..workstation.booth import Booth
        from .child import Servers
        from .delivery import DeliveryLoop
        from .identity import find_identity
        from .storage import BoundLedger

        vault = open_vault(self._folder, await key)
        servers = Servers(self._folder, PASSPHRASE)
        try:
            identity = find_identity(Settings(vault))
            first = identity is None
            if identity is None:
                identity = await self._enrol(servers, Settings(vault))
            ledger = BoundLedger(vault, identity, self._clock)
            delivery = DeliveryLoop(vault, ledger.outbox, identity, self._clock)
            screens = self._screens(vault)
            booth = Booth(self._parts(vault, servers, identity, ledger, delivery, screens), hear)
        except BaseException:
            await servers.stop()
            vault.close()
            raise
        self._backstage.spawn(self._deliver(servers, delivery, identity, start=not first))
        self._backstage.spawn(_lists(screens, delivery))
        return booth

    async def _enrol(self, servers: Servers, kept: Settings) -> Identity:
        """The first start: this counter makes its key pair and is enrolled at the embedded single window."""
        from offline_cache.signing import generate

        from ..link.client import WindowClient
        from .identity import identity_of, keep_identity

        port = await servers.start()
        pair = generate()
        client = WindowClient(f"http://127.0.0.1:{port}")
        try:
            code = str((await servers.command({"enrolment_code": self._place.counter.id}))["code"])
            enrolment = await client.enrol(code, self._place.counter.label, pair.public)
        finally:
            await client.aclose()
        if enrolment.realm != REALM:
            raise StoreError("store.not-a-demo")
        identity = identity_of(enrolment, pair.public, pair.private)
        keep_identity(kept, identity)
        return identity

    async def _deliver(self, servers: Servers, delivery: DeliveryLoop, identity: Identity, *, start: bool) -> None:
        await _screen_first(delivery)
        with contextlib.suppress(ConfigError):
            load_rules()  # whoever needs them is told what is wrong with them
        from ..link.client import WindowClient

        try:
            port = await servers.start() if start else servers.port
            delivery.client = WindowClient(f"http://127.0.0.1:{port}", identity.token)
        except CounterError:
            pass  # the link stays down, and the screen says so; the counter works on
        delivery.starting = False
        await delivery.run()

    def _screens(self, vault: Vault) -> Screens:
        from ..workstation.screening import Screens

        return Screens(lambda: self._list_store(vault), screening_rules, self._clock.now, _translated)

    def _list_store(self, vault: Vault) -> VaultLists:
        from offline_cache import Records

        from .list_store import VaultLists

        return VaultLists(
            Records(vault),
            paths.indexes_folder(self._folder),
            (settings.config_folder() / "demo" / "lists", paths.lists_folder(self._folder)),
            lambda: screening_rules().lists,
            self._place.post.id,
            self._clock.now,
        )

    def _parts(
        self,
        vault: Vault,
        servers: Servers,
        identity: Identity,
        ledger: BoundLedger,
        delivery: DeliveryLoop,
        screens: Screens,
    ) -> Parts:
        from offline_cache import Attempts, Records

        from ..workstation.parts import Parts
        from .child import ServersRehearsal
        from .link import BoundLink
        from .storage import BoundPersons

        async def close() -> None:
            if delivery.client is not None:
                await delivery.client.aclose()
            await servers.stop()
            vault.close()

        return Parts(
            place=self._place,
            clock=self._clock,
            new_id=lambda: uuid.uuid4().hex,
            store=Records(vault),
            ledger=ledger,
            persons=BoundPersons(Attempts(vault), identity),
            roster={p.officer.id: p.officer for p in identity.roster},
            link=BoundLink(delivery),
            delivery=delivery,
            rules=load_rules,
            close=close,
            rehearsal=ServersRehearsal(servers, delivery.doubt),
            live_too=paths.counter_vault(paths.live_folder()).exists(),
            paint_within=PAINT_SECONDS,
            screens=screens,
        )


async def _screen_first(delivery: DeliveryLoop) -> None:
    """Wait until somebody has signed in and sees the screen, a little while at most: servers take the processor."""
    with contextlib.suppress(TimeoutError):
        async with asyncio.timeout(UNATTENDED_SECONDS):
            await delivery.wanted.wait()
            await asyncio.sleep(PAINT_SECONDS)


async def _lists(screens: Screens, delivery: DeliveryLoop) -> None:
    """The lists come behind the first screen: what they need takes a while to load."""
    await _screen_first(delivery)
    await screens.start()


@cache
def load_rules() -> Rules:
    """The rules under config/, read once. Raises ConfigError."""
    from ..workstation.parts import Rules

    book, lists = settings.load_rulebook(), screening_rules()
    version = f"{book.version}, lists {lists.version}"
    return Rules(replace(book, version=version, screening=lists), settings.load_reasons(), settings.load_sharing())


@cache
def screening_rules() -> ScreeningRules:
    """The lists of a training counter, read once. Raises ConfigError."""
    from ..settings_lists import load_screening

    return load_screening(demo=True)


def shown_cost() -> Argon2Cost:
    """What a guess costs at a word or PIN that stands on the screen anyway: the least memory of OWASP's equals."""
    from offline_cache import Argon2Cost

    return Argon2Cost(memory_kib=7 * 1024, time=5, lanes=1)


def find_key(folder: Path) -> bytes:
    """The key of the demo counter's vault, made at the first start; blocking.

    Raises CacheError, or StoreError `store.key-missing` where there is a vault and no key for it: it is never
    silently made anew.
    """
    from offline_cache import choose_keys

    keys = choose_keys(SERVICE, paths.keys_folder(folder), PASSPHRASE, cost=shown_cost())
    key = keys.find("counter")
    if key is None and paths.counter_vault(folder).exists():
        raise StoreError("store.key-missing")
    return key or keys.create("counter")


def open_vault(folder: Path, key: bytes) -> Vault:
    """The demo counter's vault, made at the first start. Raises CacheError."""
    from offline_cache import COUNTER_SCHEMA, Vault

    path = paths.counter_vault(folder)
    return (Vault.open if path.exists() else Vault.create)(path, key, COUNTER_SCHEMA)
