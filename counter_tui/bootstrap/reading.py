"""Who may read what this counter has cached: lease, partitions and sealed records, bound for one counter."""

from __future__ import annotations

import secrets
from typing import TYPE_CHECKING, Final

from offline_cache.errors import NoticeWrong
from offline_cache.leases import Leases
from offline_cache.partitions import COMMON, Partitions, Reader
from offline_cache.records import Settings
from offline_cache.sealed_records import SealedRecords
from offline_cache.sealing import private_from_signing

from ..domain.entries import DECISION
from ..domain.identity import IDENTITY
from ..domain.notes import NOTE
from ..domain.seen import SEEN
from ..domain.words import Agency
from ..workstation.kept_acts import ACT
from ..workstation.known_persons import PASSAGE
from ..workstation.records import EXPECTED, LINK, OPEN, SECTION, SHARED, SOURCE, USED, stamp
from .directory import is_directory, take_directory
from .identity import raw, take_first_lease
from .rosters import is_roster, take_roster

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from offline_cache import Vault

    from ..workstation.ports import Clock, SessionKey
    from .identity import Identity
    from .storage import BoundLedger

CLEAR: Final = (SOURCE, LINK, SEEN, "list", "list-refused", "blind-key")
"""Kinds that say nothing of a traveller, and are needed while nobody reads."""
DROPPED: Final = ("find", "expecting")
"""Kinds that an earlier version derived, with names in their keys."""
OWN: Final = (OPEN, USED, IDENTITY, PASSAGE, NOTE)
"""Kinds that who is signed in without a lease has made, and needs to go on."""
SORTED: Final = (EXPECTED, OPEN, SECTION, SHARED, ACT, NOTE, IDENTITY, PASSAGE, USED, DECISION)
"""In this order they get their names: what is asked for first comes first."""
_DEVICE: Final = "device secret"


class BoundReading:
    """A `ReadLock`, and the store that it locks. `refetch` is called where the cache has to be fetched anew."""

    def __init__(
        self, vault: Vault, identity: Identity, clock: Clock, *, device_secret: Callable[[], bytes] | None = None
    ) -> None:
        """`device_secret` gives 32 bytes that leave this device nowhere; without it they are kept in the vault."""
        self._vault, self._identity, self._clock = vault, identity, clock
        self._person: tuple[str, bytes] | None = None
        self._reads = False
        self._hear: Callable[[], None] = lambda: None
        self._ledger: BoundLedger | None = None
        self.refetch: Callable[[], None] = lambda: None
        exchange = raw(identity.exchange_private) or private_from_signing(raw(identity.private))
        self.leases = Leases(
            vault,
            identity.counter.id,
            identity.realm,
            window_key=raw(identity.window_key),
            exchange_private=exchange,
        )
        self.partitions = Partitions(vault, device_secret or self._kept_secret)
        self.partitions.make((COMMON, *sorted(agency.value for agency in identity.counter.agencies)))
        self.store = SealedRecords(
            vault, self.partitions, clear=CLEAR, dropped=DROPPED, own=OWN, may_read=self._still_reads
        )
        self._take_first(Settings(vault))

    def _kept_secret(self) -> bytes:
        kept = Settings(self._vault)
        secret = kept.find(_DEVICE)
        if secret is None:
            kept.set(_DEVICE, secret := secrets.token_bytes(32))
        return secret

    def _take_first(self, kept: Settings) -> None:
        with self._vault.transaction():
            first = take_first_lease(kept)
            if first:
                self.take(first)
        if first:
            self._vault.shrink_log()

    def bind(self, ledger: BoundLedger) -> None:
        """From now on no time is before the ledger's, and it learns the time that the single window says it is."""
        self._ledger = ledger

    def now(self) -> str:
        """The greatest time known to have been, ISO 8601 UTC."""
        now, floor = stamp(self._clock.now()), self._ledger.floor() if self._ledger else ""
        return max(now, floor, self.leases.held.issued if self.leases.held else "")

    # -- what the single window says --------------------------------------------------------------------------------

    def take(self, notice: bytes) -> bool:
        """Take a lease, a mark of time, a roster or others' keys; durable when this returns.

        Whether it was one that counts here.
        """
        try:
            if is_roster(notice):
                return self._take_roster(notice)
            if is_directory(notice):
                take_directory(Settings(self._vault), self._identity, notice)
                return True
            at = self.leases.take(notice)
        except NoticeWrong:
            return False
        if self._ledger is not None:
            self._ledger.witness(at)
        self._settle()
        return True

    def _take_roster(self, notice: bytes) -> bool:
        stayed = take_roster(self._vault, self._identity, notice)
        self.partitions.withdraw(stayed)  # a wrap is to a key, and for what its person acts for
        self._settle()
        return True

    def allows(self, officer: str) -> bool:
        """Whether this person is on the roster, and the newest lease, over or not, names them if there is one."""
        named = self.leases.held is None or self.leases.held.allows(officer)
        return named and self._identity.person(officer) is not None

    def destroy(self) -> None:
        """The counter is revoked: nothing that is cached is read here any more, by nobody."""
        self.leases.destroy()
        self.partitions.destroy()
        self._tell()

    # -- who is there -----------------------------------------------------------------------------------------------

    def begin(self, officer: str, key: SessionKey) -> None:
        """Open what this person may read; `key` is of `BoundPersons`."""
        self.end()
        self._person = (officer, getattr(key, "exchange", b""))
        self.store.begin()
        self._settle()

    def end(self) -> None:
        """Forget every key."""
        self._person, self._reads = None, False
        self.store.end()
        self.partitions.close()

    @property
    def why_not(self) -> str:
        """As `ReadLock`."""
        if self.leases.held is None:
            return "read.no-lease"
        if not self.leases.holds(self.now()):
            return "read.lease-ended"
        if self._person is None:
            return "read.nobody"
        return "" if self.store.readable else "read.not-yours"

    @property
    def until(self) -> str:
        """As `ReadLock`."""
        held = self.leases.held
        return held.expires if held is not None and self.leases.holds(self.now()) else ""

    def listen(self, changed: Callable[[], None]) -> None:
        """As `ReadLock`."""
        self._hear = changed

    def chores(self) -> Iterator[None]:
        """What an earlier version left in clear is sealed; what was written meanwhile gets its name."""
        sealed = False
        while self.store.seal_plain():
            sealed = True
            yield
        if sealed:
            self._vault.shrink_log()
        for kind in SORTED:
            while self.store.readable and self.store.sort(kind):
                yield

    # -- inside -----------------------------------------------------------------------------------------------------

    def _still_reads(self) -> bool:
        if self.leases.holds(self.now()):
            return True
        self.leases.end(self.now())
        self.partitions.close()
        self._tell()
        return False

    def _settle(self) -> None:
        """Bring wraps and what is open in line with the lease and with who is there."""
        held, now = self.leases.held, self.now()
        if held is None:
            return
        found = self.leases.secrets(now)
        readers = [_reader(p.officer.id, raw(p.public_key), p.officer.acts_for) for p in self._identity.roster]
        readers = [reader for reader in readers if held.allows(reader.id)]
        self.partitions.withdraw({reader.id for reader in readers})
        if self._person is not None and not self.allows(self._person[0]):
            self.partitions.close()
        elif self._person is not None:
            self.partitions.open(*self._person, found)
        newest = held.secrets[0].id
        if newest in found:
            self._remake(readers, found)
            self.partitions.wrap(readers, newest, found[newest])
            if self._person is not None and self.allows(self._person[0]):
                self.partitions.open(*self._person, found)
        self._tell()

    def _remake(self, readers: list[Reader], found: dict[str, bytes]) -> None:
        lost = self.partitions.remake(readers, found)
        for partition in lost:
            self.store.drop_partition(partition)
        if lost:
            self.refetch()

    def _tell(self) -> None:
        reads = not self.why_not
        if reads != self._reads:
            self._reads = reads
            self._hear()


def _reader(officer: str, public: bytes, acts_for: frozenset[Agency]) -> Reader:
    return Reader(officer, public, frozenset({COMMON, *(agency.value for agency in acts_for)}))
