"""What a main vault keeps of lists: the file and key of each version in force, and what was not taken."""

import base64
import contextlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import TypeVar

from ..domain.coding import from_json, to_json
from ..domain.texts import Text
from ..errors import StoreError
from ..workstation.ports import RecordStore
from ..workstation.records import stamp
from .list_building import Meta

T = TypeVar("T")
LIST = "list"
REFUSED = "list-refused"


@dataclass(frozen=True, slots=True)
class ListRecord:
    """What the main vault keeps of a list in force. `file` is a name in the counter's folder; `key` is base64.

    `digest` is the SHA-256 (hex) of the manifest that was signed. `damaged`: the file could not be opened any more.
    """

    list: str
    file: str
    version: int
    as_of: datetime
    count: int
    digest: str
    key: str = field(repr=False)
    damaged: bool = False

    def of(self, meta: Meta) -> "ListRecord":
        """The record as the file's own words have it."""
        return replace(self, version=meta.version, as_of=meta.as_of, count=meta.count, digest=meta.digest)


@dataclass(frozen=True, slots=True)
class RefusedRecord:
    """A file that was not taken at the last look, and why."""

    list: str
    file: str
    why: Text


def keep_record(records: RecordStore, record: ListRecord) -> None:
    """Keep it, in the place of the earlier one of its list."""
    at = stamp(record.as_of)
    records.put(LIST, record.list, to_json(record), as_of=at, owner=record.list, partition="")


def keep_refused(records: RecordStore, refused: Sequence[RefusedRecord], at: datetime) -> None:
    """Keep these, and forget what was refused before."""
    for record in tuple(records.all(REFUSED)):
        records.delete(REFUSED, record.key)
    for one in refused:
        records.put(REFUSED, one.file, to_json(one), as_of=stamp(at), owner="counter", partition="")


def read_records(records: RecordStore) -> tuple[ListRecord, ...]:
    """The lists that a main vault points to; one that does not read is none, and its list comes in anew."""
    return tuple(_readable(ListRecord, [record.body for record in records.all(LIST)]))


def read_refused(records: RecordStore) -> tuple[RefusedRecord, ...]:
    """What the last look did not take."""
    return tuple(_readable(RefusedRecord, [record.body for record in records.all(REFUSED)]))


def _readable(kind: type[T], bodies: Sequence[bytes]) -> Iterator[T]:
    for body in bodies:
        with contextlib.suppress(StoreError):
            yield from_json(kind, body, error=StoreError("store.record-unreadable"))


def new_record(file: str, key: bytes, meta: Meta) -> ListRecord:
    """Of a version that was built."""
    return ListRecord(
        meta.list, file, meta.version, meta.as_of, meta.count, meta.digest, base64.b64encode(key).decode()
    )
