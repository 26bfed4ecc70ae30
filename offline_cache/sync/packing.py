"""Entries and receipts in few bytes: what the other side can derive is left out. JSON values; the text is the link's.

Entries are rows. A row is `[time, logical, kind, group, session, salt, body]`, and a signature behind them if it has
one. It follows the row before it: its sequence is the next, its previous hash is that row's. A row that does not is
inside an object that says so: `{"s": sequence, "p": previous, "c": commitment, "r": row}`, each where it is needed.

- `time`: milliseconds since the row before; text for the first, and where a number would not give the same text.
- `logical`: what it is above the time's milliseconds << 16; null for none.
- `kind`, `group`, `session`: 0 if as in the row before.
- `body`: in place, if it is a JSON object or array whose text comes out byte for byte; else base64; null if erased.
- `p`: 8 bytes of the hash before the first row are enough, for who has that entry; all 32 in an explicit row.
- `c`: where it is not what salt and body give.
- A signature is left out where a later row of the same session, through the chain, has one.

Counter and realm go without saying: the link knows them. Binary values are base64, URL-safe, without padding.
"""

from __future__ import annotations

import base64
import binascii
import json
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Any, Final

from ..entry import Entry, commit
from ..errors import CacheError
from ..moments import find_milliseconds, stamp
from .messages import MAX_ENTRIES

HashBefore = Callable[[int], bytes | None]

BRIEF: Final = 8  # bytes of a hash that is known on the other side
MAX_BODY: Final = 128 << 10
MAX_BODIES: Final = 1 << 20
MAX_WORD: Final = 128
_MAX_TIME: Final = 40
_MAX_NUMBER: Final = 1 << 63
_DEEPEST: Final = 32  # of a body that goes in place
_ROW: Final = 7
_CANONICAL: Final = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z")
_BRACKETS: Final = re.compile(rb"[\[\]{}]")


class PackingWrong(CacheError):  # noqa: N818 - named as the others of the tree
    """What came is no packed form, or names what is not here."""


def malformed() -> PackingWrong:
    """What came is none of ours."""
    return PackingWrong("packing.malformed")


def covered(entries: Sequence[Entry]) -> tuple[Entry, ...]:
    """The entries, by sequence, each without its signature where the next one's covers it."""
    ordered = sorted(entries, key=lambda entry: entry.sequence)
    following = [*ordered[1:], None][: len(ordered)]
    return tuple(
        replace(one, signature=b"") if then is not None and _covers(then, one) else one
        for one, then in zip(ordered, following, strict=True)
    )


def _covers(then: Entry, one: Entry) -> bool:
    return then.sequence == one.sequence + 1 and then.session == one.session and then.previous == one.hash()


# -- packing -----------------------------------------------------------------------------------------------------------


def pack(entries: Sequence[Entry], *, brief: bool = False, explicit: bool = False) -> list[Any]:
    """The rows.

    `brief`: the hash before the first is known on the other side. `explicit`: every row is whole, and signed.
    """
    rows: list[Any] = []
    before: Entry | None = None
    for entry in sorted(entries, key=lambda one: one.sequence) if explicit else covered(entries):
        rows.append(_packed(entry, before, brief=brief and before is None, explicit=explicit))
        before = entry
    return rows


def _packed(entry: Entry, before: Entry | None, *, brief: bool, explicit: bool) -> Any:
    outside: dict[str, Any] = {}
    if explicit or before is None or entry.sequence != before.sequence + 1 or entry.previous != before.hash():
        previous = entry.previous[:BRIEF] if brief and not explicit else entry.previous
        outside |= {"s": entry.sequence, "p": text64(previous)}
    if entry.body is None or commit(entry.salt, entry.body) != entry.commitment:
        outside["c"] = text64(entry.commitment)
    row = [
        _packed_time(entry.recorded_at, before),
        _packed_logical(entry),
        0 if before is not None and entry.kind == before.kind else entry.kind,
        0 if before is not None and entry.group == before.group else entry.group,
        0 if before is not None and entry.session == before.session else entry.session,
        text64(entry.salt),
        None if entry.body is None else pack_body(entry.body),
    ]
    if entry.signature:
        row.append(text64(entry.signature))
    return outside | {"r": row} if outside else row


def _packed_time(recorded_at: str, before: Entry | None) -> int | str:
    now = _milliseconds(recorded_at)
    then = None if before is None else _milliseconds(before.recorded_at)
    return recorded_at if now is None or then is None else now - then


def _packed_logical(entry: Entry) -> int | None:
    return entry.logical - ((_milliseconds(entry.recorded_at) or 0) << 16) if entry.logical else None


def _milliseconds(moment: str) -> int | None:
    """Since 1970; None for a time that does not come out of its milliseconds as the same text."""
    return find_milliseconds(moment) if _CANONICAL.fullmatch(moment) else None


def pack_body(body: bytes) -> Any:
    """A body in place, where it comes out the same; else base64."""
    if body[:1] in {b"{", b"["} and not _is_deep(body):
        try:
            value = json.loads(body)
            if json_bytes(value) == body:
                return value
        except (ValueError, RecursionError):
            pass
    return text64(body)


def _is_deep(body: bytes) -> bool:
    """Whether its objects and arrays go deeper than every reader likes; brackets in texts count too, which is safe."""
    depth = 0
    for bracket in _BRACKETS.findall(body):
        depth += 1 if bracket in b"[{" else -1
        if depth > _DEEPEST:
            return True
    return False


def json_bytes(value: Any) -> bytes:
    """UTF-8 JSON without blanks. Raises ValueError, RecursionError for what JSON has not."""
    return json.dumps(value, ensure_ascii=False, allow_nan=False, separators=(",", ":")).encode()


def text64(value: bytes) -> str:
    """Base64, URL-safe, without padding (RFC 4648, 5)."""
    return base64.urlsafe_b64encode(value).rstrip(b"=").decode()


# -- unpacking ---------------------------------------------------------------------------------------------------------


def unpack(packed: object, *, counter: str, realm: str, hash_before: HashBefore) -> list[Entry]:
    """The entries, those without a signature with `signature=b""`.

    `hash_before` gives the hash of the entry before a sequence, None if it is not here. Raises PackingWrong
    `packing.malformed`, `packing.too-large`, or `packing.unknown-previous` where the first entry does not follow what
    is here: it has to come explicit.
    """
    if not isinstance(packed, list):
        raise malformed()
    if len(packed) > MAX_ENTRIES:
        raise PackingWrong("packing.too-large")
    unpacker = _Unpacker(counter, realm, hash_before)
    return [unpacker.read(one) for one in packed]


@dataclass(slots=True)
class _Unpacker:
    counter: str
    realm: str
    hash_before: HashBefore
    before: Entry | None = None
    size: int = 0

    def read(self, packed: object) -> Entry:
        """The next entry."""
        outside: dict[str, Any] = packed if isinstance(packed, dict) else {"r": packed}
        row = outside.get("r")
        if not isinstance(row, list) or not _ROW <= len(row) <= _ROW + 1:
            raise malformed()
        time, logical, kind, group, session, seasoning, packed_body, *signature = row
        before = self.before
        recorded_at = self._time(time)
        sequence, previous = self._place(outside)
        salt, body = binary(seasoning, 0, 32), None if packed_body is None else self._body(packed_body)
        entry = Entry(
            counter=self.counter,
            sequence=sequence,
            previous=previous,
            recorded_at=recorded_at,
            realm=self.realm,
            kind=_word(kind, before.kind if before else None),
            group=_word(group, before.group if before else None),
            session=_word(session, before.session if before else None),
            commitment=self._commitment(outside, salt, body),
            salt=salt,
            body=body,
            signature=binary(signature[0], 64, 64) if signature else b"",
            logical=_logical(logical, recorded_at),
        )
        self.before = entry
        return entry

    def _time(self, time: object) -> str:
        if isinstance(time, str) and len(time) <= _MAX_TIME:
            return checked(time)
        then = None if self.before is None else _milliseconds(self.before.recorded_at)
        if then is None:
            raise malformed()
        try:
            return stamp(then + number(time, -_MAX_NUMBER))
        except OverflowError:
            raise malformed() from None

    def _place(self, outside: dict[str, Any]) -> tuple[int, bytes]:
        if "s" not in outside:
            if self.before is None:
                raise malformed()
            return number(self.before.sequence + 1, 1), self.before.hash()
        sequence = number(outside["s"], 1)
        previous = binary(outside.get("p"), BRIEF, 32)
        if len(previous) != 32:
            known = self.hash_before(sequence)
            if known is None or not known.startswith(previous):
                raise PackingWrong("packing.unknown-previous", sequence=sequence)
            previous = known
        return sequence, previous

    def _body(self, packed: object) -> bytes:
        body = unpack_body(packed)
        self.size += len(body)
        if len(body) > MAX_BODY or self.size > MAX_BODIES:
            raise PackingWrong("packing.too-large")
        return body

    @staticmethod
    def _commitment(outside: dict[str, Any], salt: bytes, body: bytes | None) -> bytes:
        if "c" in outside:
            return binary(outside["c"], 32, 32)
        if body is None:
            raise malformed()
        return commit(salt, body)


def _logical(packed: object, recorded_at: str) -> int:
    if packed is None:
        return 0
    return number(number(packed, -_MAX_NUMBER) + ((_milliseconds(recorded_at) or 0) << 16), 1)


def _word(packed: object, before: str | None) -> str:
    if isinstance(packed, int) and packed == 0 and before is not None:
        return before
    if not isinstance(packed, str) or len(packed) > MAX_WORD:
        raise malformed()
    return checked(packed)


def checked(text: str) -> str:
    """The text, if it can be written as UTF-8."""
    try:
        text.encode()
    except UnicodeEncodeError:
        raise malformed() from None
    return text


def number(value: object, least: int, most: int = _MAX_NUMBER - 1) -> int:
    """A whole number within its bounds."""
    if not isinstance(value, int) or isinstance(value, bool) or not least <= value <= most:
        raise malformed()
    return value


def binary(value: object, least: int, most: int) -> bytes:
    """What base64 stands for, if it has so many bytes."""
    if not isinstance(value, str) or len(value) > (most * 4 + 2) // 3 or not value.isascii():
        raise malformed()
    try:
        decoded = base64.b64decode(value + "=" * (-len(value) % 4), b"-_", validate=True)
    except (binascii.Error, ValueError):
        raise malformed() from None
    if not least <= len(decoded) <= most:
        raise malformed()
    return decoded


def unpack_body(packed: object, most: int = MAX_BODY) -> bytes:
    """The bytes of a body; of one that is base64, at most `most`."""
    if isinstance(packed, str):
        return binary(packed, 0, most)
    if not isinstance(packed, dict | list):
        raise malformed()
    try:
        return json_bytes(packed)
    except (ValueError, RecursionError):
        raise malformed() from None
