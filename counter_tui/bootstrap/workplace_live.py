"""A counter that is for real travellers: its desk, and what becomes of it when its single window revokes it."""

from __future__ import annotations

import asyncio
import contextlib
import json
from dataclasses import asdict, dataclass, replace
from typing import TYPE_CHECKING

from offline_cache import COUNTER_SCHEMA, CacheError, Settings, Vault

from .. import settings
from ..errors import CounterError, LinkError, StoreError
from ..workstation.place import Place
from . import paths
from .clock import SystemClock
from .identity import find_identity, raw
from .storage import translated
from .workplace import desk_of
from .workplace_keys import LABEL, REALM, SERVICE, forget_key, get_key

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from ..link.client import WindowClient
    from ..link.revocation import Revocation
    from .delivery import DeliveryLoop
    from .identity import Identity
    from .reading import BoundReading
    from .storage import BoundLedger


class LiveWorkplace:
    """A counter that is enrolled. A `Workplace`."""

    live_too = False

    def __init__(self, folder: Path, key: bytes, identity: Identity, ended: Callable[[CounterError], None]) -> None:
        """`ended` is told, on the thread backstage, why this counter is none any more."""
        self.folder = folder
        self.place = Place(identity.post, identity.counter, demo=False)
        self.list_folders: tuple[Path, ...] = (paths.lists_folder(folder),)
        self._key, self._identity, self._ended = key, identity, ended
        self._vault: Vault | None = None

    async def open_vault(self) -> Vault:
        """The vault, on the thread that it belongs to from now on."""
        self._vault = open_vault(self.folder, self._key)
        return self._vault

    async def identify(self, kept: Settings) -> Identity:
        """Who this counter is. Raises StoreError `store.not-enrolled`."""
        return get_identity(kept)

    async def connect(self, identity: Identity) -> WindowClient:
        """The way to the single window, over TLS, with its post's authority pinned."""
        from ..link.client import WindowClient
        from ..link.pinning import pinned_context

        return WindowClient(identity.address, identity.token, context=pinned_context(raw(identity.authority)))

    def rehearsal(self, delivery: DeliveryLoop) -> None:
        """Nobody rehearses at a live counter."""

    def deliver(self, delivery: DeliveryLoop, ledger: BoundLedger, reading: BoundReading) -> None:
        """When the single window says that this counter is revoked, that is checked, and done."""

        def revoked(notice: bytes) -> None:
            from ..link.revocation import Revocation

            try:
                said = Revocation.read(notice, raw(self._identity.window_key), self.place.counter.id)
            except LinkError:
                return  # not the single window's word: nothing of it is done
            delivery.revoked = lambda _: None  # others on their way are answered so too
            lost = 0
            with contextlib.suppress(CacheError):  # a failing disk saves no key either
                lost = ledger.outbox.summary().waiting
                reading.destroy()
            if self._vault is not None:
                self._vault.close()
            self._ended(end_of(self.folder, said, lost))

        delivery.revoked = revoked

    async def stop(self) -> None:
        """Nothing was started."""


@dataclass(frozen=True, slots=True)
class Ended:
    """What is left of a counter that was revoked; `keys_left` until what it did not deliver was exported."""

    window: str
    counter: str
    at: str
    reason: str
    lost: int
    keys_left: bool

    def error(self) -> StoreError:
        """In words."""
        said = {"window": self.window, "counter": self.counter, "at": self.at, "reason": _shown(self.reason)}
        return StoreError("store.revoked-export" if self.keys_left else "store.revoked", lost=self.lost, **said)


def end_of(folder: Path, said: Revocation, lost: int) -> StoreError:
    """Destroy the key, unless what was not delivered may be exported first; what to tell. Blocking.

    What is told is on disk before the key goes, so that an end in between leaves no riddle.
    """
    ended = Ended(said.window, said.counter, said.at, said.reason, lost, keys_left=said.export_first and lost > 0)
    _note(folder, ended)
    if not ended.keys_left:
        forget_key(SERVICE, paths.keys_folder(folder), LABEL)
    return ended.error()


def finish_revocation(folder: Path) -> bool:
    """After an export: destroy the key of a counter that was revoked; whether it was."""
    ended = find_ended(folder)
    if ended is None or not ended.keys_left:
        return False
    forget_key(SERVICE, paths.keys_folder(folder), LABEL)
    _note(folder, replace(ended, keys_left=False))
    return True


def _note(folder: Path, ended: Ended) -> None:
    """What is told from now on; a full disk saves no key."""
    with contextlib.suppress(OSError):
        paths.revocation_file(folder).write_text(json.dumps(asdict(ended)), encoding="utf-8")


def check_not_revoked(folder: Path) -> None:
    """Raises StoreError `store.revoked` or `store.revoked-export`."""
    ended = find_ended(folder)
    if ended is not None:
        raise ended.error()


def find_ended(folder: Path) -> Ended | None:
    """What is left of a counter that was revoked here."""
    try:
        return Ended(**json.loads(paths.revocation_file(folder).read_bytes()[:65536]))
    except (OSError, ValueError, TypeError):
        return None


def get_identity(kept: Settings) -> Identity:
    """Who this counter is. Raises StoreError `store.not-enrolled`, or `store.not-live` for one of the demo."""
    identity = find_identity(kept)
    if identity is None:
        raise StoreError("store.not-enrolled")
    if identity.realm != REALM:
        raise StoreError("store.not-live")
    return identity


def find_live_key(folder: Path) -> bytes:
    """The key of the counter's vault; asks for the passphrase. Raises StoreError, also where it was revoked."""
    ended = find_ended(folder)
    if ended is not None and not ended.keys_left:
        raise ended.error()
    path = paths.counter_vault(folder)
    if not path.exists():
        raise StoreError("store.vault.missing", path=str(path))
    return get_key(SERVICE, paths.keys_folder(folder), LABEL, path)


def open_vault(folder: Path, key: bytes) -> Vault:
    """The counter's vault. Raises CacheError."""
    return Vault.open(paths.counter_vault(folder), key, COUNTER_SCHEMA)


@contextlib.contextmanager
def opened_counter(*, demo: bool) -> Iterator[tuple[Vault, Identity]]:
    """The vault of this machine's counter, for a command without a screen. Raises CacheError, StoreError."""
    folder = paths.demo_folder() if demo else paths.live_folder()
    if not paths.counter_vault(folder).exists():
        raise StoreError("store.vault.missing", path=str(paths.counter_vault(folder)))
    if demo:
        from .demo import find_key

        vault = open_vault(folder, find_key(folder))
    else:
        vault = open_vault(folder, find_live_key(folder))
    with vault:
        identity = find_identity(Settings(vault)) if demo else get_identity(Settings(vault))
        if identity is None:
            raise StoreError("store.not-enrolled")
        yield vault, identity


def run_workstation(language: str) -> int:
    """The workstation of this booth, on the screen. Raises CounterError before it is on, and for a revocation."""
    from ..tui.app import CounterApp
    from .catalogues import catalogue

    folder = paths.live_folder()
    try:
        key = find_live_key(folder)
        with open_vault(folder, key) as vault:
            identity = get_identity(Settings(vault))
    except CacheError as error:
        raise translated(error) from None
    ends: list[CounterError] = []

    def end(why: CounterError) -> None:
        ends.append(why)
        # not waited for: the screen's thread may be waiting for this one
        asyncio.get_running_loop().run_in_executor(None, app.call_from_thread, app.exit)

    desk = desk_of(LiveWorkplace(folder, key, identity, end), SystemClock())
    app = CounterApp(desk, catalogue, language, timing=settings.load_reader())
    app.run(mouse=False)  # nothing needs one, and its bytes on a reattached terminal have ended programs
    if ends:
        raise ends[0]
    return app.return_code or 0


def _shown(reason: str) -> str:
    """Text of somebody else, harmless on a terminal, as a sentence."""
    said = "".join(letter for letter in reason[:200] if letter.isprintable() and letter not in "{}").strip()
    return f"{said.rstrip('.')}." if said else ""
