"""A cache and a journal for a machine whose link comes and goes: it knows bytes, keys and order, and no traveller.

What it promises:
- What is recorded is on disk, encrypted, before the call returns, and is still there after `kill -9` and a power cut
  (sectors lost, torn or reordered that were not synced). A disk that is full, read-only or broken says which, and loses
  nothing that was acknowledged.
- An entry of the journal can be neither changed, removed, moved nor put in twice without `Journal.verify` saying so;
  its body can be erased by rule, and the chain still verifies and names the rule. What `Retention` destroys is
  overwritten in the file: nobody reads it there, not with the key either.
- An entry is delivered at least once and stored exactly once, in order, however often the link, the counter or the
  single window fails in between; nothing is called received before its receipt has been checked, and `Outbox.verify`
  holds the stored receipts against the journal again.
- Logical time never falls and is above all that was seen: a clock that is set back revives nothing. What the counter's
  own clock said stands beside it.
- What `SealedRecords` keeps is written by whoever has the vault, and read by nobody without a person's key, the
  device's secret and a lease that holds; at its end a lease's secret is overwritten.
- A vault that is missing, locked, damaged, plaintext, of a newer version, under another key, or an earlier copy of
  itself is refused, in so many words, and never overwritten or begun afresh. It is backed up while it is used, and
  goes from one key to another whole, whenever the program ends.

What it does not promise: secrecy of journal and settings from whoever has the vault's key, or of anything from who
reads the memory of the process; that who has the vault's key seals nothing that was never so; that a disk
keeps what it acknowledged, or gives up what was overwritten beneath the file system; that a backup forgets what the
vault forgot later; that an earlier copy is found when what stands beside it was put back as well (the journal's
receipts and the single window then tell); that a PIN withstands who holds both the file and the device's secret; honest
time (`Journal.time_floor` shows a clock that was set back, not one that was set forward).

Parts: `Vault` (one encrypted SQLite file), `Records` and `Settings`, `Journal`, `Outbox`, `Retention`, `Attempts`, keys
(`choose_keys`), signatures (`signing`), what only some may read (`partitions`, `leases`, `sealed_records`), `Index`
(millions of records by keys that are only partly alike), and `sync`, both halves of the protocol without I/O. A part
is loaded when it is first named, so that importing the package costs next to nothing.
"""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from ._derive import STANDARD_COST as STANDARD_COST
    from ._derive import Argon2Cost as Argon2Cost
    from .attempts import Attempts as Attempts
    from .bundle import Bundle as Bundle
    from .bundle import open_bundle as open_bundle
    from .bundle import write_bundle as write_bundle
    from .entry import GENESIS as GENESIS
    from .entry import Entry as Entry
    from .entry import commit as commit
    from .entry import entry_hash as entry_hash
    from .entry import signed_bytes as signed_bytes
    from .errors import BundleWrong as BundleWrong
    from .errors import CacheError as CacheError
    from .errors import CertificateWrong as CertificateWrong
    from .errors import DiskFailed as DiskFailed
    from .errors import DiskFull as DiskFull
    from .errors import DiskReadOnly as DiskReadOnly
    from .errors import JournalBroken as JournalBroken
    from .errors import KeyUnavailable as KeyUnavailable
    from .errors import PinWrong as PinWrong
    from .errors import VaultBusy as VaultBusy
    from .errors import VaultCorrupt as VaultCorrupt
    from .errors import VaultExists as VaultExists
    from .errors import VaultMissing as VaultMissing
    from .errors import VaultPlaintext as VaultPlaintext
    from .errors import VaultTooNew as VaultTooNew
    from .errors import VaultWrongKey as VaultWrongKey
    from .index import INDEX_SCHEMA as INDEX_SCHEMA
    from .index import Group as Group
    from .index import Index as Index
    from .index import Rule as Rule
    from .index_building import SegmentBuilder as SegmentBuilder
    from .journal import Journal as Journal
    from .journal import Verification as Verification
    from .keys import KeyProvider as KeyProvider
    from .keys import KeyringKeys as KeyringKeys
    from .keys import PassphraseKeys as PassphraseKeys
    from .keys import choose_keys as choose_keys
    from .outbox import EntryState as EntryState
    from .outbox import Outbox as Outbox
    from .outbox import OutboxSummary as OutboxSummary
    from .outbox import Receipt as Receipt
    from .records import Held as Held
    from .records import Record as Record
    from .records import Records as Records
    from .records import Settings as Settings
    from .retention import Purged as Purged
    from .retention import Retention as Retention
    from .schema import COUNTER_SCHEMA as COUNTER_SCHEMA
    from .schema import Schema as Schema
    from .signing import Certificate as Certificate
    from .signing import KeyPair as KeyPair
    from .signing import certify as certify
    from .signing import check_certificate as check_certificate
    from .signing import unwrap_with_pin as unwrap_with_pin
    from .signing import wrap_with_pin as wrap_with_pin
    from .sync.counter import CounterSync as CounterSync
    from .sync.counter import Pace as Pace
    from .sync.effects import Drop as Drop
    from .sync.effects import Send as Send
    from .sync.effects import Told as Told
    from .sync.effects import Wake as Wake
    from .sync.window import Judgement as Judgement
    from .sync.window import KnownCounter as KnownCounter
    from .sync.window import judge as judge
    from .sync.window_sync import WindowSync as WindowSync
    from .vault import Vault as Vault

_HOMES = {
    "_derive": "STANDARD_COST Argon2Cost",
    "attempts": "Attempts",
    "bundle": "Bundle open_bundle write_bundle",
    "entry": "GENESIS Entry commit entry_hash signed_bytes",
    "errors": "BundleWrong CacheError CertificateWrong DiskFailed DiskFull DiskReadOnly JournalBroken "
    "KeyUnavailable PinWrong VaultBusy VaultCorrupt VaultExists VaultMissing VaultPlaintext VaultTooNew VaultWrongKey",
    "index": "INDEX_SCHEMA Group Index Rule",
    "index_building": "SegmentBuilder",
    "journal": "Journal Verification",
    "keys": "KeyProvider KeyringKeys PassphraseKeys choose_keys",
    "outbox": "EntryState Outbox OutboxSummary Receipt",
    "records": "Held Record Records Settings",
    "retention": "Purged Retention",
    "schema": "COUNTER_SCHEMA Schema",
    "signing": "Certificate KeyPair certify check_certificate unwrap_with_pin wrap_with_pin",
    "sync.counter": "CounterSync Pace",
    "sync.effects": "Drop Send Told Wake",
    "sync.window": "Judgement KnownCounter judge",
    "sync.window_sync": "WindowSync",
    "vault": "Vault",
}
_HOME_OF = {name: home for home, names in _HOMES.items() for name in names.split()}


def __getattr__(name: str) -> object:
    """Loads the part that a public name lives in (PEP 562)."""
    if name not in _HOME_OF:
        raise AttributeError(name)
    return getattr(importlib.import_module(f".{_HOME_OF[name]}", __name__), name)


def __dir__() -> list[str]:
    return sorted({*globals(), *_HOME_OF})
