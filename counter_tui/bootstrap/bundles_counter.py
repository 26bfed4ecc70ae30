"""A counter as what is carried by hand is made from it, and taken into it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from offline_cache.sealing import private_from_signing, public_from_signing
from offline_cache.sync.vault_store import VaultCounterStore

from ..link.ranks import rank_of
from ..workstation.feeding import Feeding
from ..workstation.records import CachedRecords, stamp
from .identity import raw
from .reading import BoundReading
from .storage import BoundLedger

if TYPE_CHECKING:
    from pathlib import Path

    from offline_cache import Vault
    from offline_cache.sync.messages import Item

    from ..workstation.ports import Clock
    from .identity import Identity


@dataclass(frozen=True, slots=True)
class Carrier:
    """A counter's open vault, and who it is. `folder` is the counter's own."""

    vault: Vault
    identity: Identity
    clock: Clock
    folder: Path

    @property
    def private(self) -> bytes:
        """The X25519 key that answers are opened with: of its enrolment, or of the same key as it signs with."""
        return raw(self.identity.exchange_private) or private_from_signing(raw(self.identity.private))

    @property
    def window_exchange_key(self) -> bytes:
        """The single window's X25519 key, likewise."""
        return raw(self.identity.window_exchange_key) or public_from_signing(raw(self.identity.window_key))

    def opened(self) -> OpenCounter:
        """Its journal and outbox, its cache, and its leases, over the vault."""
        reading = BoundReading(self.vault, self.identity, self.clock)
        return OpenCounter(BoundLedger(self.vault, self.identity, self.clock, reading), reading, self)


class OpenCounter:
    """`store` takes a reply of the single window, whichever way it came."""

    def __init__(self, ledger: BoundLedger, reading: BoundReading, counter: Carrier) -> None:
        self.ledger, self.reading = ledger, reading
        self._feeding = Feeding(reading.store, CachedRecords(reading.store), counter.identity.post)
        self.store = VaultCounterStore(
            counter.vault,
            ledger.journal,
            ledger.outbox,
            window_key=raw(counter.identity.window_key),
            clock=lambda: stamp(counter.clock.now()),
            rank_of=rank_of,
            keep=self._keep,
        )

    def _keep(self, item: Item) -> None:
        self._feeding.keep(item.kind, item.key, item.body, as_of=item.as_of, owner=item.owner)
