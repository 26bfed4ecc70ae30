"""The outbox on a stick: what waits goes into a bundle, and goes on waiting until a receipt for it is in."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import asdict, dataclass, field, replace
from typing import TYPE_CHECKING, Final

from offline_cache import Journal, Outbox, Settings
from offline_cache.bundle import Header, write_bundle
from offline_cache.signing import sign

from ..errors import LinkError
from ..workstation.records import stamp
from .bundles_content import CONTENT, OPENING, UP, Opening, entry_record, record
from .identity import raw

if TYPE_CHECKING:
    from pathlib import Path

    from offline_cache import Entry, Vault
    from offline_cache.bundle_content import Record

    from .bundles_counter import Carrier

MOST_ENTRIES: Final = 250_000
KEPT: Final = 16
_NUMBER: Final = "export number"
_EXPORTS: Final = "exports"
_TAKEN: Final = "bundle taken"
_PAGE: Final = 1000


@dataclass(frozen=True, slots=True)
class Export:
    """A bundle that was written: when (ISO 8601 UTC), where to, what it holds; `answered` is when its receipts came.

    `left`: entries that wait and did not fit. `stripped`: entries that are too large to travel with their body.
    """

    number: int
    at: str
    file: str
    entries: int
    first: int
    last: int
    answered: str = ""
    left: int = 0
    stripped: int = 0


@dataclass(frozen=True, slots=True)
class LastTaken:
    """The last answer that was taken: no other of its number, and none below, is taken after it."""

    number: int = 0
    digest: str = ""
    at: str = ""


def export_outbox(counter: Carrier, path: Path) -> Export:
    """Write what waits to a bundle at `path`. Nothing of the journal or of an entry's state changes by that.

    Raises DiskFailed and DiskFull `bundle.*`, BundleWrong `bundle.too-large`.
    """
    settings, identity = Settings(counter.vault), counter.identity
    journal = Journal(counter.vault, identity.counter.id, identity.realm)
    waiting = waiting_sequences(Outbox(counter.vault, identity.counter.id))
    going = waiting[:MOST_ENTRIES]
    number = int(settings.find(_NUMBER) or b"0") + 1
    settings.set(_NUMBER, str(number).encode())  # first: one that is killed while it writes leaves a gap, no double
    packing = _Packing(journal, going)
    at = stamp(counter.clock.now())
    header = Header(UP, identity.counter.id, identity.window, identity.realm, number, at)
    write_bundle(
        path,
        header,
        _records(counter, packing),
        sign=lambda message: sign(raw(identity.private), message),
        receiver_key=counter.window_exchange_key,
    )
    ends = (going[0], going[-1]) if going else (0, 0)
    left = len(waiting) - len(going)
    done = Export(number, at, path.name, len(going), *ends, left=left, stripped=packing.stripped)
    _keep(settings, (done, *find_exports(settings)))
    return done


def waiting_sequences(outbox: Outbox) -> list[int]:
    """The sequences of the entries that wait, ascending."""
    missing = outbox.summary().waiting
    found: list[int] = []
    before: int | None = None
    while len(found) < missing and (page := outbox.states(_PAGE, before)):
        found += [line.sequence for line in page if line.state in {"recorded", "sent"}]
        before = page[-1].sequence
    return found[::-1]


def find_exports(settings: Settings) -> tuple[Export, ...]:
    """What was exported, the newest first."""
    return tuple(Export(**one) for one in json.loads(settings.find(_EXPORTS) or b"[]"))


def find_taken(settings: Settings) -> LastTaken:
    """The last answer that was taken."""
    return LastTaken(**json.loads(settings.find(_TAKEN) or b"{}"))


def note_taken(settings: Settings, taken: LastTaken, answers: int) -> None:
    """An answer was taken, to the export of this number."""
    settings.set(_TAKEN, json.dumps(asdict(taken)).encode())
    exports = find_exports(settings)
    _keep(settings, tuple(replace(e, answered=taken.at) if e.number == answers else e for e in exports))


def find_unanswered(vault: Vault, counter: str) -> tuple[Export, int] | None:
    """The newest export no answer came to, with how many of its entries wait still; None where none does."""
    newest = next(iter(find_exports(Settings(vault))), None)
    if newest is None or newest.answered:
        return None
    outbox = Outbox(vault, counter)
    still = sum(1 for sequence in waiting_sequences(outbox) if newest.first <= sequence <= newest.last)
    return (newest, still) if still else None


def _keep(settings: Settings, exports: tuple[Export, ...]) -> None:
    settings.set(_EXPORTS, json.dumps([asdict(one) for one in exports[:KEPT]]).encode())


@dataclass(slots=True)
class _Packing:
    """The entries of these sequences, read page by page."""

    journal: Journal
    going: list[int]
    stripped: int = field(default=0, init=False)

    def records(self) -> Iterator[Record]:
        if not self.going:
            return
        going = frozenset(self.going)
        for entry in self.journal.entries(self.going[0] - 1):
            if entry.sequence > self.going[-1]:
                return
            if entry.sequence in going:
                yield self._record(entry)

    def _record(self, entry: Entry) -> Record:
        try:
            return entry_record(entry)
        except LinkError:
            # the others are not to wait for one that nobody would take: it is set aside there, and the chain goes on
            self.stripped += 1
            return entry_record(replace(entry, body=None, salt=b""))


def _records(counter: Carrier, packing: _Packing) -> Iterator[Record]:
    from .bundles_lists import held_versions

    opening = Opening(
        version=CONTENT,
        cursors=counter.opened().store.cursors(),
        taken=find_taken(Settings(counter.vault)).number,
        lists=held_versions(counter.vault),
    )
    yield record(OPENING, opening)
    yield from packing.records()
