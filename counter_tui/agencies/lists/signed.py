"""Lists signed by their owner: a manifest beside the file (`FILE.sig`), and what a counter checks before believing it.

The manifest file has two lines of JSON: the manifest, and who signed it (`key`: the public key, `signature`; both
base64). Signed is, with Ed25519 (RFC 8032), the first line exactly as it stands there, after a fixed prefix. The
manifest names each file of the list with its SHA-256 and size, so that a half-written one is known; versions rise.
"""

import hashlib
import json
from base64 import b64decode, b64encode
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any, Final

from ...domain.screening.lists import ListRule, Screened
from ...domain.screening.model import Listed
from ...errors import ListError
from .model import Format, ListFile, Progress, Report
from .reading import read_list

SUITE: Final = "counter-list-manifest/1"
PREFIX: Final = b"counter-tui list manifest 1\x00"
MOST_BYTES: Final = 1 << 16
MOST_VERSION: Final = 1 << 53
_BLOCK: Final = 1 << 20


@dataclass(frozen=True, slots=True)
class FileMark:
    """By what a file of a list is known: its name without folders, SHA-256 in hex, size in bytes."""

    name: str
    sha256: str
    size: int


@dataclass(frozen=True, slots=True)
class Manifest:
    """What the owner signs of one version of a list, or of the way from its `base` to it.

    `as_of`: when the list was true, with its time zone; `valid_from`: the first day it may be used. `count`: its
    entries, of a delta those of the version it leads to. `posts`: ids of the posts it is for; all where empty.
    """

    list: str
    version: int
    as_of: datetime
    valid_from: date
    screened: Screened
    count: int
    files: tuple[FileMark, ...]
    posts: tuple[str, ...] = ()
    base: int | None = None


def manifest_path(path: Path) -> Path:
    """Where the manifest of a list's main file lies."""
    return path.with_name(f"{path.name}.sig")


def files_of(path: Path, layout: Format | None) -> tuple[Path, ...]:
    """The files of a list, its main one first; `layout` None for a delta."""
    if layout is not Format.OFAC:
        return (path,)
    from .ofac import find_alias_file

    beside = find_alias_file(path)
    return (path,) if beside is None else (path, beside)


def mark_of(path: Path) -> FileMark:
    """The mark of a file as it is now; ListError `list.no-file`."""
    seen, size = hashlib.sha256(), 0
    try:
        with path.open("rb") as opened:
            while block := opened.read(_BLOCK):
                seen.update(block)
                size += len(block)
    except OSError:
        raise ListError("list.no-file", file=path.name) from None
    return FileMark(path.name, seen.hexdigest(), size)


def sign(manifest: Manifest, private: bytes) -> bytes:
    """The bytes of the manifest file; `private` is the list key's 32 bytes."""
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey  # slow to load

    key = Ed25519PrivateKey.from_private_bytes(private)
    line = json.dumps(_plain(manifest), separators=(",", ":")).encode()
    by = {"key": _text(key.public_key().public_bytes_raw()), "signature": _text(key.sign(PREFIX + line))}
    return line + b"\n" + json.dumps(by, separators=(",", ":")).encode() + b"\n"


def read_manifest(path: Path, keys: tuple[str, ...]) -> Manifest:
    """The manifest of the list with this main file, signed by one of `keys` (base64).

    ListError `list.not-signed`, `list.manifest-unreadable`, `list.signature-wrong`.
    """
    beside = manifest_path(path)
    try:
        with beside.open("rb") as opened:
            raw = opened.read(MOST_BYTES + 1)
    except OSError:
        raise ListError("list.not-signed", file=path.name) from None
    unreadable = ListError("list.manifest-unreadable", file=beside.name)
    line, _, by = raw.rstrip(b"\n").partition(b"\n")
    try:
        if len(raw) > MOST_BYTES:
            raise unreadable
        signer = json.loads(by)
        key, signature = signer["key"], signer["signature"]
    except (ValueError, TypeError, KeyError, RecursionError):
        raise unreadable from None
    return signed_manifest(line, key, signature, keys, file=beside.name)


def signed_manifest(line: bytes, key: object, signature: object, keys: tuple[str, ...], *, file: str) -> Manifest:
    """The manifest that this line is, signed by one of `keys` (base64); `signature` is base64 too.

    ListError `list.manifest-unreadable`, `list.signature-wrong`; `file` is what they call it.
    """
    unreadable = ListError("list.manifest-unreadable", file=file)
    try:
        raw = b64decode(str(signature), validate=True)
    except ValueError:
        raise unreadable from None
    if not isinstance(key, str) or key not in keys or not _holds(key, line, raw):
        raise ListError("list.signature-wrong", file=file)
    try:
        return _manifest(json.loads(line))
    except (ValueError, TypeError, KeyError, RecursionError):
        raise unreadable from None


@dataclass(frozen=True, slots=True)
class SignedList:
    """A list whose owner's signature held and whose files were whole when they were looked at."""

    path: Path
    rule: ListRule
    manifest: Manifest

    def entries(
        self,
        *,
        report: Report = lambda _: None,
        progress: Progress = lambda _entries, _bytes, _of: None,
    ) -> Iterator[Listed]:
        """The entries for a counter, without those that are to be handled discreetly.

        Raises ListError as `read_list` does; `list.count-differs`, or `list.half-written` where the files changed in
        the meantime: what was given before is then worth nothing.
        """
        found = read_list(self.path, report=report, progress=progress)
        yield from found
        check_count(found, self.manifest.count)
        check_whole(self.path, self.manifest, files_of(self.path, found.format))


def verify(path: Path, rule: ListRule, *, post: str, today: date, held: int | None = None) -> SignedList:
    """The list in this file, for the counters of a post that hold version `held` of it, or none.

    ListError as `read_manifest`; `list.other-list`, `list.other-post`, `list.screened-elsewhere`, `list.older`,
    `list.not-yet-valid`, `list.is-delta`, `list.half-written`.
    """
    manifest = read_manifest(path, rule.keys)
    check_meant(path.name, manifest, rule, post=post, today=today, held=held)
    if manifest.base is not None:
        raise ListError("list.is-delta", file=path.name)
    check_whole(path, manifest, files_of(path, read_list(path).format))
    return SignedList(path, rule, manifest)


def check_meant(file: str, manifest: Manifest, rule: ListRule, *, post: str, today: date, held: int | None) -> None:
    """Whether a manifest is of this list, for this post, and no step back. ListError as `verify`."""
    if manifest.list != rule.id:
        raise ListError("list.other-list", file=file, list=rule.id)
    if manifest.posts and post not in manifest.posts:
        raise ListError("list.other-post", file=file, list=rule.id)
    if manifest.screened is not rule.screened:
        raise ListError("list.screened-elsewhere", file=file, list=rule.id)
    if held is not None and manifest.version < held:
        raise ListError("list.older", file=file, list=rule.id, version=manifest.version, held=held)
    if manifest.valid_from > today:
        raise ListError("list.not-yet-valid", file=file, list=rule.id, on=manifest.valid_from.isoformat())


def check_whole(path: Path, manifest: Manifest, files: tuple[Path, ...]) -> None:
    """Whether the files are those that were signed; ListError `list.half-written`."""
    if tuple(map(mark_of, files)) != manifest.files:
        raise ListError("list.half-written", file=path.name)


def check_count(found: ListFile, signed: int) -> None:
    """Whether a file that was read to its end has the entries that were signed; ListError `list.count-differs`."""
    read = found.tally.entries + found.tally.discreet
    if read != signed:
        raise ListError("list.count-differs", file=found.path.name, declared=signed, found=read)


def _holds(key: str, line: bytes, signature: bytes) -> bool:
    from cryptography.exceptions import InvalidSignature  # slow to load
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

    try:
        Ed25519PublicKey.from_public_bytes(b64decode(key, validate=True)).verify(signature, PREFIX + line)
    except (InvalidSignature, ValueError):
        return False
    return True


def _text(raw: bytes) -> str:
    return b64encode(raw).decode("ascii")


def _plain(manifest: Manifest) -> dict[str, Any]:
    return {
        "suite": SUITE,
        "list": manifest.list,
        "version": manifest.version,
        "base": manifest.base,
        "as_of": manifest.as_of.isoformat(),
        "valid_from": manifest.valid_from.isoformat(),
        "screened": manifest.screened.value,
        "posts": list(manifest.posts),
        "count": manifest.count,
        "files": [{"name": one.name, "sha256": one.sha256, "size": one.size} for one in manifest.files],
    }


def _manifest(raw: dict[str, Any]) -> Manifest:
    """By hand, and strictly: a signature says who wrote it, not that it is whole. ValueError, TypeError, KeyError."""
    if raw["suite"] != SUITE or not isinstance(raw["list"], str):
        raise ValueError
    base, as_of = raw["base"], datetime.fromisoformat(raw["as_of"])
    if as_of.tzinfo is None:
        raise ValueError
    return Manifest(
        list=raw["list"],
        version=_number(raw["version"]),
        as_of=as_of,
        valid_from=date.fromisoformat(raw["valid_from"]),
        screened=Screened(raw["screened"]),
        count=_number(raw["count"]),
        files=tuple(FileMark(str(one["name"]), str(one["sha256"]), _number(one["size"])) for one in raw["files"]),
        posts=tuple(map(str, raw["posts"])),
        base=None if base is None else _number(base),
    )


def _number(raw: object) -> int:
    if type(raw) is not int or not 0 <= raw <= MOST_VERSION:
        raise ValueError
    return raw
