"""The keys of a blind list: its owner's two, and the one of them that counters hold.

The owner's file is JSON: `suite`, `list`, `owner`, `epoch`, and in base64 `seal` (the owner's key of that epoch, which
opens entries and makes pointers) and `blind` (which makes features). A counter is given the second file, with the blind
key alone, takes it into its vault, and takes it away from where it was laid.
"""

import contextlib
import os
import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from operator import attrgetter
from pathlib import Path
from typing import Final, TypeVar

from ..agencies.ports import Seal
from ..agencies.sealing import make_sealer
from ..domain.coding import from_json, to_json
from ..domain.screening.blind import KEY, Blinder
from ..domain.screening.lists import ListRule
from ..errors import ListError, StoreError
from ..workstation.ports import RecordStore
from ..workstation.records import stamp
from .identity import raw, text

T = TypeVar("T", "OwnerKeys", "CounterKey")
OWNER_SUITE: Final = "counter-blind-owner-keys/1"
SUITE: Final = "counter-blind-key/1"
ENDING: Final = ".blind-key"
RECORD: Final = "blind-key"
MOST_BYTES: Final = 1 << 12
MOST_FILES: Final = 200
KEPT: Final = 2
"""Keys of a list that are held: the newest, and the one before it until a version under the newest has come."""


@dataclass(frozen=True, slots=True)
class OwnerKeys:
    """What the owner of a blind list keeps."""

    suite: str
    list: str
    owner: str
    epoch: int
    seal: str = field(repr=False)
    blind: str = field(repr=False)

    def blinder(self) -> Blinder:
        """What makes features."""
        return Blinder(raw(self.blind))

    def sealer(self) -> Seal:
        """What seals entries and names pointers."""
        return make_sealer(self.owner, self.epoch, raw(self.seal))


@dataclass(frozen=True, slots=True)
class CounterKey:
    """What a counter is given of them."""

    suite: str
    list: str
    key: str = field(repr=False)


def new_owner_keys(path: Path, rule: ListRule) -> tuple[OwnerKeys, Path]:
    """New keys in a file that was not there, and the counters' in another beside it. ListError `list.key-exists`."""
    sealing, blinding = text(secrets.token_bytes(KEY)), text(secrets.token_bytes(KEY))
    keys = OwnerKeys(OWNER_SUITE, rule.id, rule.agency.value, 1, sealing, blinding)
    beside = path.with_name(f"{rule.id}{ENDING}")
    _write_new(path, to_json(keys))
    _write_new(beside, to_json(CounterKey(SUITE, rule.id, blinding)))
    return keys, beside


def load_owner_keys(path: Path, rule: ListRule) -> OwnerKeys:
    """The keys in the owner's file. ListError `list.no-key`, `list.key-unreadable`, `list.other-list`."""
    keys = _read(path, OwnerKeys, OWNER_SUITE)
    if keys.list != rule.id:
        raise ListError("list.other-list", file=path.name, list=rule.id)
    _check(path, keys.seal, keys.blind)
    return keys


def take_counter_keys(
    records: RecordStore, folders: Sequence[Path], lists: Mapping[str, ListRule], at: datetime
) -> None:
    """Keep the keys that lie in the folders for these lists; from the last folder, which is the counter's, they go.

    A file that is no such key is left where it is, and its list stays without.
    """
    for folder in folders:
        with contextlib.suppress(OSError):
            for path in sorted(folder.glob(f"*{ENDING}"))[:MOST_FILES]:
                with contextlib.suppress(ListError):
                    found = _read(path, CounterKey, SUITE)
                    _check(path, found.key)
                    if found.list in lists:
                        _keep(records, found, at)
                        if folder is folders[-1]:
                            path.unlink()


def _keep(records: RecordStore, found: CounterKey, at: datetime) -> None:
    name = f"{found.list}/{Blinder(raw(found.key)).fingerprint}"
    if records.find(RECORD, name) is not None:
        return
    records.put(RECORD, name, to_json(found), as_of=stamp(at), owner=found.list, partition="")
    of_list = [
        record for record in records.all(RECORD) if record.key.startswith(f"{found.list}/") and record.key != name
    ]
    for record in sorted(of_list, key=attrgetter("as_of"))[: 1 - KEPT]:
        records.delete(RECORD, record.key)


def held_keys(records: RecordStore) -> dict[str, tuple[bytes, ...]]:
    """The blind keys that this counter holds, by list: that of the version in force, and while it changes the next."""
    unreadable = ListError("list.key-unreadable", file=RECORD)
    found: dict[str, tuple[bytes, ...]] = {}
    for record in records.all(RECORD):
        with contextlib.suppress(ListError):
            held = from_json(CounterKey, record.body, error=unreadable)
            found[held.list] = (*found.get(held.list, ()), raw(held.key))
    return found


def get_key(keys: Sequence[bytes], fingerprint: str) -> bytes:
    """The key of this fingerprint. StoreError `store.list.no-blind-key`."""
    for key in keys:
        if Blinder(key).fingerprint == fingerprint:
            return key
    raise StoreError("store.list.no-blind-key")


def _read(path: Path, kind: type[T], suite: str) -> T:
    try:
        with path.open("rb") as opened:
            body = opened.read(MOST_BYTES)
    except OSError:
        raise ListError("list.no-key", file=path.name) from None
    unreadable = ListError("list.key-unreadable", file=path.name)
    found = from_json(kind, body, error=unreadable)
    if found.suite != suite:
        raise unreadable
    return found


def _check(path: Path, *keys: str) -> None:
    try:
        whole = all(len(raw(key)) == KEY for key in keys)
    except ValueError:
        whole = False
    if not whole:
        raise ListError("list.key-unreadable", file=path.name)


def _write_new(path: Path, body: bytes) -> None:
    """For its owner's eyes alone."""
    try:
        opened = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        raise ListError("list.key-exists", file=path.name) from None
    except OSError:
        raise ListError("list.no-key", file=path.name) from None
    with os.fdopen(opened, "wb") as file:
        file.write(body + b"\n")
