"""The demo: a workstation on an embedded single window with simulated agencies, on a store and keys of its own."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from .. import settings
from ..errors import StoreError
from ..workstation.place import Credential, Place
from . import paths
from .clock import SystemClock
from .workplace import desk_of

if TYPE_CHECKING:
    from pathlib import Path

    from offline_cache import Argon2Cost, Settings, Vault

    from ..link.client import WindowClient
    from ..workstation.desk import Desk
    from ..workstation.ports import Clock, Rehearsal
    from .child import Servers
    from .delivery import DeliveryLoop
    from .identity import Identity
    from .reading import BoundReading
    from .storage import BoundLedger

PASSPHRASE = "entikong-latihan"  # noqa: S105 (the demo's fixed word, shown on its sign-in screen)
ENTRY, EXIT = "demo", "demo-exit"  # places of posts.toml
REALM = "demo"


def service_of(place: str) -> str:
    """The name under which a keyring holds the keys of a place of the demo."""
    return f"counter-tui {place}"


SERVICE = service_of(ENTRY)


def demo_place(folder: Path, place: str = ENTRY) -> Place:
    """Where the demo plays; known without opening anything."""
    post, counter = settings.load_place(place)
    people = tuple(Credential(officer, pin) for officer, pin in settings.load_demo_officers())
    chosen = paths.keys_folder(folder) / "keys.choice"
    in_keyring = chosen.is_file() and chosen.read_text(encoding="utf-8").strip() == "keyring"
    return Place(post, counter, demo=True, credentials=people, passphrase="" if in_keyring else PASSPHRASE)


def demo_desk(clock: Clock | None = None, *, folder: Path | None = None, place: str = ENTRY) -> Desk:
    """The demo's workstation at ENTRY or EXIT; nothing is opened before its `prepare`.

    `folder` is the place's own unless it is given.
    """
    return desk_of(DemoWorkplace(folder or paths.demo_folder(place), place), clock or SystemClock())


class DemoWorkplace:
    """The training counter, with the embedded single window as a child. A `Workplace`."""

    def __init__(self, folder: Path, place: str = ENTRY) -> None:
        self.folder = folder
        self.place = demo_place(folder, place)
        self._named = place
        self.list_folders: tuple[Path, ...] = (settings.config_folder() / "demo" / "lists", paths.lists_folder(folder))
        self._servers: Servers | None = None

    @property
    def live_too(self) -> bool:
        """Whether this machine is also enrolled for real travellers."""
        return paths.counter_vault(paths.live_folder()).exists()

    async def open_vault(self) -> Vault:
        """The vault, made at the first start."""
        key = await asyncio.to_thread(find_key, self.folder, service_of(self._named))
        return open_vault(self.folder, key)

    async def identify(self, kept: Settings) -> Identity:
        """At the first start this counter makes its key pair and is enrolled at the embedded single window."""
        from .identity import find_identity

        identity = find_identity(kept) or await self._enrol(kept)
        if identity.realm != REALM:
            raise StoreError("store.not-a-demo")
        return identity

    async def _enrol(self, kept: Settings) -> Identity:
        from offline_cache.signing import generate

        from ..link.client import WindowClient
        from .identity import identity_of, keep_identity

        port = await self.servers.start()
        pair = generate()
        client = WindowClient(f"http://127.0.0.1:{port}")
        try:
            code = str((await self.servers.command({"enrolment_code": self.place.counter.id}))["code"])
            enrolment = await client.enrol(code, self.place.counter.label, pair.public)
        finally:
            await client.aclose()
        if enrolment.realm != REALM:
            raise StoreError("store.not-a-demo")
        identity = identity_of(enrolment, pair.public, pair.private)
        keep_identity(kept, identity)
        return identity

    @property
    def servers(self) -> Servers:
        """The child; not started before it is told to."""
        from .child import Servers

        if self._servers is None:
            self._servers = Servers(self.folder, PASSPHRASE, self._named)
        return self._servers

    async def connect(self, identity: Identity) -> WindowClient:
        """The way to the child, which is started if it is not."""
        from ..link.client import WindowClient

        port = self.servers.port or await self.servers.start()
        return WindowClient(f"http://127.0.0.1:{port}", identity.token)

    def rehearsal(self, delivery: DeliveryLoop) -> Rehearsal:
        """Orders to the child."""
        from .child import ServersRehearsal

        return ServersRehearsal(self.servers, delivery.doubt)

    def deliver(self, delivery: DeliveryLoop, ledger: BoundLedger, reading: BoundReading) -> None:
        """Nobody revokes a training counter."""

    async def stop(self) -> None:
        """End the child."""
        await self.servers.stop()


def shown_cost() -> Argon2Cost:
    """What a guess costs at a word or PIN that stands on the screen anyway: the least memory of OWASP's equals."""
    from offline_cache import Argon2Cost

    return Argon2Cost(memory_kib=7 * 1024, time=5, lanes=1)


def find_key(folder: Path, service: str = SERVICE) -> bytes:
    """The key of the demo counter's vault, made at the first start; blocking. `service` is what a keyring has it under.

    Raises CacheError, or StoreError `store.key-missing` where there is a vault and no key for it: it is never
    silently made anew.
    """
    from offline_cache import choose_keys

    keys = choose_keys(service, paths.keys_folder(folder), PASSPHRASE, cost=shown_cost())
    key = keys.find("counter")
    if key is None and paths.counter_vault(folder).exists():
        raise StoreError("store.key-missing")
    return key or keys.create("counter")


def open_vault(folder: Path, key: bytes) -> Vault:
    """The demo counter's vault, made at the first start. Raises CacheError."""
    from offline_cache import COUNTER_SCHEMA, Vault

    path = paths.counter_vault(folder)
    return (Vault.open if path.exists() else Vault.create)(path, key, COUNTER_SCHEMA)
