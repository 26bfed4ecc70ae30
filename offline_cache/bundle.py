"""Records carried by hand where there is no link: a file that only its receiver opens, and only its sender can make.

Version 1; numbers are big-endian:

    magic      89 "OCB" 0D 0A 1A 0A: a copy that took it for text shows
    version    1 byte; it names the suite too: X25519, HKDF-SHA256, ChaCha20-Poly1305, Ed25519, SHA-256, zstd
    header     its length in 2 bytes, then JSON: see `Header`; with the receiver's key and one made for this file
    chunks     of 64 KiB and 16 bytes each, the last may be shorter; sealed under HKDF(X25519) over the whole of the
               above, the nonce being the chunk's number and whether it is the last: none can be moved or left out
    signature  the sender's, over what stands before the chunks and a SHA-256 of all of them
    end        "OCB-END" 0A: a file that was not copied to its end shows

In the chunks is one zstd frame of records: a byte and 4 bytes of lengths, the record's kind, its body; two zero lengths
end them. Nothing is opened before the signature has been checked, and nothing is unpacked that was not opened. Writing
and reading hold a chunk and a record at a time, however large the file.
"""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Callable, Iterable, Iterator
from dataclasses import asdict, astuple, dataclass, field
from pathlib import Path
from typing import Any, BinaryIO, Final

from .bundle_content import CHUNK, TAG, WORD, Record, cipher_of, exactly, seal, unseal
from .bundle_file import draft, opened
from .entry import encode
from .errors import BundleWrong
from .moments import comparable
from .sealing import generate, public_of
from .signing import verify as verify_ed25519

MAGIC: Final = b"\x89OCB\r\n\x1a\n"
END: Final = b"OCB-END\n"
VERSION: Final = 1
SIGNATURE: Final = 64
MAX_HEADER: Final = 2048
MAX_FILE: Final = 1 << 30
_SIGNED_TAG: Final = b"offline_cache bundle 1 signed"
_NAME: Final = 128  # characters


@dataclass(frozen=True, slots=True)
class Header:
    """What stands outside: in clear, and signed.

    `kind` is lower-case ASCII; `sender` and `receiver` are names, `realm` tells what it is for, each of at most 128
    printable characters. `number` counts from 1, for each sender and receiver; `at` is ISO 8601 UTC.
    """

    kind: str
    sender: str
    receiver: str
    realm: str
    number: int
    at: str


@dataclass(frozen=True, slots=True)
class Written:
    """A bundle that is on disk: `size` in bytes, `records` in it, and by which `digest` it is known."""

    size: int
    records: int
    digest: bytes


def write_bundle(
    path: Path, header: Header, records: Iterable[Record], *, sign: Callable[[bytes], bytes], receiver_key: bytes
) -> Written:
    """Writes a bundle for the holder of `receiver_key` (X25519, public), whole or not at all; what was there goes.

    `sign` gives the sender's Ed25519 signature. `records` is read once, as they are written. Raises DiskFull and
    DiskFailed `bundle.*` in the words of what a person can do, BundleWrong `bundle.too-large`, and what `records` does.
    """
    pair = generate()
    start = _start(header, pair.public, receiver_key)
    counted = _Counted(records)
    seen = hashlib.sha256()
    size = len(start)
    with draft(path) as out:
        out.write(start)
        for chunk in seal(counted, cipher_of(pair.private, receiver_key, start)):
            seen.update(chunk)
            size += len(chunk)
            if size > MAX_FILE - SIGNATURE - len(END):
                raise BundleWrong("bundle.too-large", most=MAX_FILE)
            out.write(chunk)
        out.write(sign(encode(_SIGNED_TAG, (start, seen.digest()))))
        out.write(END)
    return Written(size + SIGNATURE + len(END), counted.count, _digest(start, seen.digest()))


def read_header(path: Path) -> Header:
    """What a bundle says it is, unchecked: good for finding whose keys to open it with. Raises as `open_bundle`."""
    with opened(path) as file:
        return _read_start(file).header


@dataclass(frozen=True, slots=True)
class Bundle:
    """A bundle whose signature held. `digest` tells it from every other."""

    path: Path
    header: Header
    digest: bytes
    _start: _Start = field(repr=False)
    _size: int = field(repr=False)
    _private: bytes = field(repr=False)

    def records(self) -> Iterator[Record]:
        """The records in order. Raises BundleWrong `bundle.damaged` and DiskFailed, maybe after some were given."""
        with opened(self.path) as file:
            if _read_start(file).raw != self._start.raw:
                raise BundleWrong("bundle.damaged")
            cipher = cipher_of(self._private, self._start.made, self._start.raw)
            yield from unseal(file, self._size, cipher)


def open_bundle(path: Path, *, private: bytes, sender_key: bytes) -> Bundle:
    """The bundle at `path`, checked to be whole and of the holder of `sender_key` (Ed25519, public).

    `private` is the receiver's X25519 key. Raises BundleWrong `bundle.not-one`, `bundle.too-new`, `bundle.cut`,
    `bundle.too-large`, `bundle.sealed-to-another`, `bundle.bad-signature`; DiskFailed.
    """
    with opened(path) as file:
        start = _read_start(file)
        total = os.fstat(file.fileno()).st_size
        if total > MAX_FILE:
            raise BundleWrong("bundle.too-large", most=MAX_FILE)
        size = total - len(start.raw) - SIGNATURE - len(END)
        if size < TAG:
            raise BundleWrong("bundle.cut")
        seen = hashlib.sha256()
        for part in _parts(file, size):
            seen.update(part)
        signature, end = exactly(file, SIGNATURE), exactly(file, len(END))
    if end != END:
        raise BundleWrong("bundle.cut")
    if not verify_ed25519(sender_key, encode(_SIGNED_TAG, (start.raw, seen.digest())), signature):
        raise BundleWrong("bundle.bad-signature")
    if start.receiver_key != public_of(private):
        raise BundleWrong("bundle.sealed-to-another")
    return Bundle(path, start.header, _digest(start.raw, seen.digest()), start, size, private)


# -- what stands before the chunks ------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Start:
    """`raw`: all bytes before the chunks. `made`: the public half of the pair made for this file."""

    raw: bytes
    header: Header
    made: bytes
    receiver_key: bytes


def _start(header: Header, made: bytes, receiver_key: bytes) -> bytes:
    if not _is_sane(header):
        raise ValueError("header")
    said = json.dumps(asdict(header) | {"made": made.hex(), "for": receiver_key.hex()}, separators=(",", ":")).encode()
    return MAGIC + bytes([VERSION]) + len(said).to_bytes(2) + said


def _read_start(file: BinaryIO) -> _Start:
    begin = file.read(len(MAGIC) + 3)
    if begin[: len(MAGIC)] != MAGIC[: len(begin)] or not begin:
        raise BundleWrong("bundle.not-one")
    if len(begin) < len(MAGIC) + 3:
        raise BundleWrong("bundle.cut")
    if begin[len(MAGIC)] != VERSION:
        raise BundleWrong("bundle.too-new", version=begin[len(MAGIC)])
    length = int.from_bytes(begin[-2:])
    if length > MAX_HEADER:
        raise BundleWrong("bundle.damaged")
    said = exactly(file, length)
    try:
        held: dict[str, Any] = json.loads(said)
        keys = [bytes.fromhex(held.pop(name)) for name in ("made", "for")]
        header = Header(**{name: held[name] for name in Header.__dataclass_fields__})
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        raise BundleWrong("bundle.damaged") from None
    if not _is_sane(header) or any(len(key) != 32 for key in keys):
        raise BundleWrong("bundle.damaged")
    return _Start(begin + said, header, *keys)


def _is_sane(header: Header) -> bool:
    kind, *names, number, at = astuple(header)  # of a file they may be anything
    return (
        isinstance(kind, str)
        and WORD.fullmatch(kind) is not None
        and all(isinstance(name, str) and 0 < len(name) <= _NAME and name.isprintable() for name in names)
        and type(number) is int
        and 1 <= number < 1 << 63
        and isinstance(at, str)
        and comparable(at) is not None
    )


def _digest(start: bytes, chunks: bytes) -> bytes:
    return hashlib.sha256(start + chunks).digest()


def _parts(file: BinaryIO, size: int) -> Iterator[bytes]:
    while size:
        part = exactly(file, min(size, CHUNK))
        size -= len(part)
        yield part


class _Counted:
    def __init__(self, records: Iterable[Record]) -> None:
        self._records, self.count = records, 0

    def __iter__(self) -> Iterator[Record]:
        for record in self._records:
            self.count += 1
            yield record
