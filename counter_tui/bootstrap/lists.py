"""`counter lists sign`: what a list's owner does before it goes out to the posts."""

import contextlib
import os
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, time
from pathlib import Path
from typing import TYPE_CHECKING, Final, TextIO

from .. import settings_lists
from ..agencies.lists import DISCREET, ListFile, Manifest, RowProblem, read_list, sign
from ..agencies.lists.delta import changes, write_delta
from ..agencies.lists.signed import check_whole, files_of, manifest_path, mark_of, read_manifest
from ..domain.screening.lists import ListRule, Screened
from ..errors import ListError
from .catalogues import in_words
from .identity import text

if TYPE_CHECKING:
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

MOST_KEY_BYTES: Final = 1 << 14
SHOWN: Final = 20
"""Problems that are printed each; the others are counted."""


@dataclass(frozen=True, slots=True)
class Order:
    """What is to be signed, and as what. `version` None: one above the last; `valid_from` None: today (UTC).

    `blind`: the owner's keys of a list that is screened blind; it is made blind with them, and that is signed.
    `passphrase` is asked for the key's where it has one, and where a new key is to have one.
    """

    file: Path
    list_id: str
    key: Path
    new_key: bool = False
    version: int | None = None
    delta_from: Path | None = None
    valid_from: date | None = None
    posts: tuple[str, ...] = ()
    blind: Path | None = None
    new_blind: bool = False
    passphrase: Callable[[], bytes | None] = field(default=lambda: None, repr=False)


@dataclass(frozen=True, slots=True)
class KeyOrder:
    """The file of a key to sign with, and who asks for its passphrase."""

    key: Path
    passphrase: Callable[[], bytes | None] = field(default=lambda: None, repr=False)


def sign_list(order: Order, now: datetime, *, language: str, out: TextIO, err: TextIO) -> int:
    """Sign a list, and what leads to it from an older version; 0 when done. Raises ListError and ConfigError.

    A list is not signed as long as any entry in it is left out by the reader: it would be missing at every booth.
    """
    rule = settings_lists.get_list(order.list_id)
    _check_way(order, rule)
    key_order = KeyOrder(order.key, order.passphrase)
    private = new_key(key_order) if order.new_key else load_key(key_order)
    public = text(private.public_key().public_bytes_raw())
    if order.new_key:
        print(f"key: {order.key}", file=out)
        print(f'config/lists.toml, list "{rule.id}": keys = ["{public}"]', file=out)
    if public not in rule.keys:
        print(f"counter: {in_words(language, ListError('list.key-unknown', list=rule.id))}", file=err)
    keys = (*rule.keys, public)
    found = _checked(order.file, rule, language, err)
    if order.blind is not None:
        return _sign_blind(order, order.blind, rule, found, keys, private, now, out)
    base = None if order.delta_from is None else _base(order.delta_from, rule, keys)
    last = max(_last_version(order.file, keys), base.version if base else 0)
    manifest = _manifest(order, rule, found, last, now)
    _write(order.file, manifest, private, out)
    if base is not None and order.delta_from is not None:
        _sign_delta(order.file, order.delta_from, manifest, base.version, private, out)
    return 0


def _check_way(order: Order, rule: ListRule) -> None:
    """A list that is screened blind never goes out in clear, nor by changes. ListError `list.needs-blind`, ..."""
    if (order.blind is not None) != (rule.screened is Screened.BOOTH_BLIND):
        raise ListError("list.not-blind" if order.blind else "list.needs-blind", file=order.file.name, list=rule.id)
    if order.blind is not None and order.delta_from is not None:
        raise ListError("list.blind-whole", file=order.file.name, list=rule.id)


def _sign_blind(
    order: Order,
    path: Path,
    rule: ListRule,
    found: ListFile,
    signers: tuple[str, ...],
    private: "Ed25519PrivateKey",
    now: datetime,
    out: TextIO,
) -> int:
    """Make it blind under the keys in `path`, beside the file, and sign that."""
    from ..agencies.lists.blind import BlindTally, make_blind, write_blind_list
    from .blind_keys import load_owner_keys, new_owner_keys

    if order.new_blind:
        keys, beside = new_owner_keys(path, rule)
        print(f"keys: {path}, for counters: {beside}", file=out)
    else:
        keys = load_owner_keys(path, rule)
    target = order.file.with_name(f"{order.file.stem}.blind")
    manifest = _manifest(order, rule, found, _last_version(target, signers), now)
    blinder, tally = keys.blinder(), BlindTally()
    entries = make_blind(read_list(order.file, keep_discreet=True), rule.id, blinder, keys.sealer(), tally)
    write_blind_list(target, entries, list_id=rule.id, blinder=blinder)
    _write(target, replace(manifest, count=tally.entries, files=(mark_of(target),)), private, out)
    print(f"left out: {tally.discreet} discreet, {tally.others} no persons", file=out)
    return 0


def _checked(path: Path, rule: ListRule, language: str, err: TextIO) -> ListFile:
    """The file, read to its end without an entry left out. ListError `list.not-clean`, `list.discreet-at-booth`."""
    told = 0

    def report(problem: RowProblem) -> None:
        nonlocal told
        told += 1
        if told <= SHOWN:
            words = in_words(language, ListError(problem.text.code, **problem.text.as_dict()))
            print(f"{problem.file}:{problem.line}: {words}", file=err)

    found = read_list(path, report=report, keep_discreet=True)
    discreet = sum(entry.handling == DISCREET for entry in found)
    if found.tally.left_out:
        raise ListError("list.not-clean", file=path.name, count=found.tally.left_out)
    if discreet and rule.screened is Screened.BOOTH_CLEAR:
        raise ListError("list.discreet-at-booth", file=path.name, count=discreet)
    return found


def _base(path: Path, rule: ListRule, keys: tuple[str, ...]) -> Manifest:
    """Of the older version, whole as it was signed. ListError as `verify`."""
    base = read_manifest(path, keys)
    if base.list != rule.id:
        raise ListError("list.other-list", file=path.name, list=rule.id)
    check_whole(path, base, files_of(path, read_list(path).format))
    return base


def _last_version(path: Path, keys: tuple[str, ...]) -> int:
    """Of the manifest that lies there already; 0 where there is none."""
    if not manifest_path(path).exists():
        return 0
    return read_manifest(path, keys).version


def _manifest(order: Order, rule: ListRule, found: ListFile, last: int, now: datetime) -> Manifest:
    version = last + 1 if order.version is None else order.version
    if version <= last:
        raise ListError("list.version-not-rising", file=order.file.name, version=version, held=last)
    generated = None if found.as_of is None else datetime.combine(found.as_of, time(), UTC)
    return Manifest(
        list=rule.id,
        version=version,
        as_of=generated or now.replace(microsecond=0),
        valid_from=order.valid_from or now.date(),
        screened=rule.screened,
        count=found.tally.entries,
        files=tuple(map(mark_of, files_of(order.file, found.format))),
        posts=order.posts,
    )


def _sign_delta(
    file: Path, old: Path, manifest: Manifest, base: int, private: "Ed25519PrivateKey", out: TextIO
) -> None:
    delta = changes(read_list(old, keep_discreet=True), read_list(file, keep_discreet=True))
    path = file.with_name(f"{file.name}.delta")
    write_delta(path, delta, list_id=manifest.list, base=base, version=manifest.version)
    _write(path, replace(manifest, base=base, files=(mark_of(path),)), private, out)


def _write(path: Path, manifest: Manifest, private: "Ed25519PrivateKey", out: TextIO) -> None:
    """The manifest beside the file, whole or not at all."""
    target = manifest_path(path)
    half = target.with_name(f"{target.name}.new")
    half.write_bytes(sign(manifest, private.private_bytes_raw()))
    half.replace(target)
    print(f"{target}: {manifest.list}, version {manifest.version}, {manifest.count} entries", file=out)


def new_key(order: KeyOrder) -> "Ed25519PrivateKey":
    """A new key in a file that was not there, for its owner's eyes alone. ListError `list.key-exists`."""
    from cryptography.hazmat.primitives import serialization
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

    private = Ed25519PrivateKey.generate()
    word = _ask(order)
    wrapped = serialization.BestAvailableEncryption(word) if word else serialization.NoEncryption()
    pem = private.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, wrapped)
    try:
        opened = os.open(order.key, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        raise ListError("list.key-exists", file=order.key.name) from None
    except OSError:
        raise ListError("list.no-key", file=order.key.name) from None
    with os.fdopen(opened, "wb") as file:
        file.write(pem)
    return private


def _ask(order: KeyOrder) -> bytes | None:
    try:
        return order.passphrase()
    except EOFError:  # nobody is there to ask
        raise ListError("list.key-unreadable", file=order.key.name) from None


def load_key(order: KeyOrder) -> "Ed25519PrivateKey":
    """The key in a file. ListError `list.no-key`; `list.key-unreadable`, also where its passphrase is another."""
    from cryptography.exceptions import UnsupportedAlgorithm
    from cryptography.hazmat.primitives import serialization
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

    try:
        with order.key.open("rb") as opened:
            pem = opened.read(MOST_KEY_BYTES)
    except OSError:
        raise ListError("list.no-key", file=order.key.name) from None
    word = _ask(order) if b"ENCRYPTED" in pem else None
    with contextlib.suppress(ValueError, TypeError, UnsupportedAlgorithm):
        private = serialization.load_pem_private_key(pem, word)
        if isinstance(private, Ed25519PrivateKey):
            return private
    raise ListError("list.key-unreadable", file=order.key.name)
