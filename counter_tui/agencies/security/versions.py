"""Versions of the list as bytes: what was signed is checked before anything in it is believed.

Refused is told as an AgencyError: `agency.list-unsigned` (by no key of ours, or not as it stands), `agency.list-other`
(another list, or one that is not for here), `agency.list-older` (than what is held), `agency.list-damaged` (it is not
what was signed, or not understood), `agency.list-other-base` (a delta that does not lead on from what is held).
"""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from pydantic import ValidationError

from ...domain.words import Authority
from ...errors import AgencyError, ListError
from ..lists.signed import Manifest, signed_manifest
from ..strict_json import read_model
from ..wire import M, understand
from .matching import ListIndex
from .standard import DISCREET, Envelope, Listing, Put

MOST_BYTES: Final = 8 << 20
MOST_ENTRIES: Final = 100_000
_ENVELOPE: Final = 8192


@dataclass(frozen=True, slots=True)
class HeldList:
    """One version that was believed: its manifest, its entries by reference, and how they are found."""

    manifest: Manifest
    entries: Mapping[str, Listing]
    index: ListIndex

    @property
    def version(self) -> int:
        """Its number."""
        return self.manifest.version


def open_manifest(envelope: bytes, *, name: str, keys: tuple[str, ...]) -> Manifest:
    """The manifest of the list of this name, signed by one of these keys."""
    sealed = understand(Authority.SECURITY, Envelope, envelope, max_bytes=_ENVELOPE)
    try:
        manifest = signed_manifest(sealed.manifest.encode(), sealed.key, sealed.signature, keys, file=name)
    except ListError:
        raise _error("agency.list-unsigned") from None
    if manifest.list != name:
        raise _error("agency.list-other")
    return manifest


def check_not_older(manifest: Manifest, held: HeldList | None) -> None:
    """Whether this is no step back: neither an earlier version, nor an earlier word on the same one."""
    if held is not None and (manifest.version, manifest.as_of) < (held.version, held.manifest.as_of):
        raise _error("agency.list-older")


def read_snapshot(manifest: Manifest, raw: bytes) -> HeldList:
    """The whole list that this manifest is of. Blocking: 20,000 entries take about a second."""
    if manifest.base is not None:
        raise _error("agency.list-other")
    entries: dict[str, Listing] = {}
    for line in _lines(manifest, raw):
        entry = _read(Listing, line)
        if entry.ref in entries:
            raise _error("agency.list-damaged")
        entries[entry.ref] = entry
    return _held(manifest, entries)


def apply_delta(held: HeldList, snapshot: Manifest, raw: bytes, *, keys: tuple[str, ...]) -> HeldList:
    """What follows from the version held and these bytes: the version that `snapshot` is the manifest of. Blocking."""
    envelope, _, operations = raw.partition(b"\n")
    manifest = open_manifest(envelope, name=snapshot.list, keys=keys)
    if (manifest.base, manifest.version, manifest.count) != (held.version, snapshot.version, snapshot.count):
        raise _error("agency.list-other-base")
    entries = dict(held.entries)
    for line in _lines(manifest, operations):
        operation = _read(Put, line)
        if operation.put is not None:
            entries[operation.put.ref] = operation.put
        elif entries.pop(operation.drop or "", None) is None:
            raise _error("agency.list-other-base")
    return _held(snapshot, entries)


def _held(manifest: Manifest, entries: dict[str, Listing]) -> HeldList:
    if len(entries) != manifest.count:
        raise _error("agency.list-damaged")
    # one that its owner lets out by mistake is not to be found here
    return HeldList(manifest, entries, ListIndex(one for one in entries.values() if one.code != DISCREET))


def _lines(manifest: Manifest, raw: bytes) -> list[bytes]:
    """The lines of a file that is the one that was signed."""
    (mark, *more) = manifest.files or (None,)
    if mark is None or more or len(raw) > MOST_BYTES:
        raise _error("agency.list-damaged")
    if (len(raw), hashlib.sha256(raw).hexdigest()) != (mark.size, mark.sha256):
        raise _error("agency.list-damaged")
    lines = [line for line in raw.split(b"\n") if line]
    if len(lines) > MOST_ENTRIES:
        raise _error("agency.list-damaged")
    return lines


def _read(model: type[M], line: bytes) -> M:
    try:
        return read_model(model, line)
    except (AgencyError, ValidationError):
        raise _error("agency.list-damaged") from None


def _error(code: str) -> AgencyError:
    return AgencyError(code, authority=Authority.SECURITY.value)
