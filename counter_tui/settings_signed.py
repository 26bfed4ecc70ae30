"""Files that agencies sign: Ed25519 (RFC 8032) over a prefix of the file's kind and the bytes that are signed.

The signatures lie beside a file (`NAME.sig`): a JSON object a line with `key`, the public half, and `signature`, both
base64, and the `agency` where several sign the same file. Whose keys count stands in `sharing.toml`, rows `owner`.
"""

import json
from base64 import b64decode
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from .domain.words import Agency
from .settings import _read, _record, _rows, _unique, config_folder

POST: Final = "post"
"""The owner of rows that all agencies sign."""
MOST_BYTES: Final = 1 << 20
MOST_SIGNATURES: Final = 1 << 12
_MOST_LINES: Final = 16


@dataclass(frozen=True, slots=True)
class Owner:
    """Who signs its own rows, and the keys (base64) that it signs with: at a real post, and in the demo."""

    agency: Agency
    keys: tuple[str, ...] = ()
    demo_keys: tuple[str, ...] = ()

    def known(self, *, demo: bool) -> tuple[str, ...]:
        """The keys that count."""
        return (*self.keys, *(self.demo_keys if demo else ()))


@dataclass(frozen=True, slots=True)
class Signature:
    """One line beside a signed file; `agency` is "" where the file has one signer."""

    key: str
    signature: str
    agency: str = ""

    def line(self) -> str:
        """As it stands in the file."""
        named = {"agency": self.agency} if self.agency else {}
        return json.dumps(named | {"key": self.key, "signature": self.signature}) + "\n"

    def holds(self, message: bytes) -> bool:
        """Whether it is this key's, of these bytes."""
        from cryptography.exceptions import InvalidSignature  # slow to load
        from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

        try:
            public = Ed25519PublicKey.from_public_bytes(b64decode(self.key, validate=True))
            public.verify(b64decode(self.signature, validate=True), message)
        except (InvalidSignature, ValueError):
            return False
        return True


def load_owners() -> tuple[Owner, ...]:
    """The agencies that sign, with their keys. ConfigError as in `settings`."""
    table, at = _read("sharing.toml")
    owners = [_record(Owner, row, where) for row, where in _rows(table, "owner", at)]
    return tuple(_unique(((owner.agency.value, owner) for owner in owners), at).values())


def signature_file(path: Path) -> Path:
    """Where the signatures of such a file lie."""
    return path.with_name(f"{path.name}.sig")


def read_bounded(path: Path, most: int = MOST_BYTES) -> bytes | None:
    """The file, where it can be read and is not too large."""
    try:
        with path.open("rb") as opened:
            raw = opened.read(most + 1)
    except OSError:
        return None
    return raw if len(raw) <= most else None


def read_signatures(path: Path) -> tuple[Signature, ...]:
    """The signatures beside a file; lines that are none are left out."""
    raw = read_bounded(signature_file(path), MOST_SIGNATURES) or b""
    found = (_signature(line) for line in raw.splitlines()[:_MOST_LINES])
    return tuple(one for one in found if one is not None)


def _signature(line: bytes) -> Signature | None:
    try:
        said = json.loads(line)
        named = said["key"], said["signature"], said.get("agency", "")
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError):
        return None
    return Signature(*named) if all(isinstance(one, str) for one in named) else None


def for_agency(prefix: bytes, agency: Agency, signed: bytes) -> bytes:
    """What an agency signs where several do: no one's signature serves for another's."""
    return prefix + agency.value.encode() + b"\x00" + signed


def is_signed(signatures: tuple[Signature, ...], owner: Owner, message: bytes, *, demo: bool) -> bool:
    """Whether one of them is of this owner's known keys, and of these bytes."""
    known = owner.known(demo=demo)
    own = (s for s in signatures if s.agency in ("", owner.agency.value) and s.key in known)
    return any(one.holds(message) for one in own)


def message_of_rows(prefix: bytes, agency: Agency, table: Mapping[str, Any]) -> bytes:
    """What an agency signs of a file with rows of several: its own and the post's, canonical JSON, table by table."""
    own: dict[str, list[Any]] = {}
    for name, rows in table.items():
        for row in rows if isinstance(rows, list) else [rows]:
            if isinstance(row, dict) and row.get("owner") in (agency.value, POST):
                own.setdefault(name, []).append(row)
    said = json.dumps(own, sort_keys=True, separators=(",", ":"), ensure_ascii=True, default=str)
    return for_agency(prefix, agency, said.encode("ascii"))


def unsigned_rows(name: str, prefix: bytes, *, demo: bool) -> tuple[str, ...]:
    """The owners whose rows in a file of the configuration are not signed; the post's are where one agency has not."""
    table, _ = _read(name)
    signatures = read_signatures(config_folder() / name)
    signed = {
        owner.agency
        for owner in load_owners()
        if is_signed(signatures, owner, message_of_rows(prefix, owner.agency, table), demo=demo)
    }
    missing = tuple(agency.value for agency in Agency if agency not in signed)
    return (*missing, POST) if missing else ()


def write_signature(path: Path, signature: Signature) -> None:
    """Put it beside the file, in place of that agency's earlier one."""
    others = [s for s in read_signatures(path) if signature.agency and s.agency not in ("", signature.agency)]
    kept = sorted([*others, signature], key=lambda s: s.agency)
    target = signature_file(path)
    half = target.with_name(f"{target.name}.new")
    half.write_text("".join(one.line() for one in kept), encoding="utf-8")
    half.replace(target)
