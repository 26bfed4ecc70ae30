"""What is inside a bundle: records, packed into one zstd frame, sealed in chunks; and the way back. See `bundle`."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, BinaryIO, Final, NamedTuple, cast

from ._derive import hkdf
from .errors import BundleWrong

if TYPE_CHECKING:
    from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305

CHUNK: Final = 64 * 1024
TAG: Final = 16
MAX_PLAIN: Final = 4 << 30
MAX_RECORD: Final = 1 << 20
MAX_RECORDS: Final = 2_000_000
LEVEL: Final = 9
WORD: Final = re.compile(r"[a-z][a-z0-9-]{0,31}")
_MAX_WINDOW: Final = 8 << 20  # bytes that unpacking may look back; level 9 needs 4 MiB
_SEAL_TAG: Final = b"offline_cache bundle 1 chunks"


class Record(NamedTuple):
    """A record: `kind` is lower-case ASCII, at most 32 characters; `body` at most 1 MiB."""

    kind: str
    body: bytes


def seal(records: Iterable[Record], cipher: ChaCha20Poly1305) -> Iterator[bytes]:
    """The chunks, sealed, of these records. Raises BundleWrong `bundle.too-large`."""
    return _sealed(_packed(records), cipher)


def unseal(file: BinaryIO, size: int, cipher: ChaCha20Poly1305) -> Iterator[Record]:
    """The records in the next `size` bytes of `file`. Raises BundleWrong, maybe after some were given."""
    return _unpacked(_Plain(file, size, cipher))


def cipher_of(private: bytes, public: bytes, start: bytes) -> ChaCha20Poly1305:
    """The cipher between the holders of two X25519 keys for a file that begins so."""
    from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
    from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305

    try:
        shared = X25519PrivateKey.from_private_bytes(private).exchange(X25519PublicKey.from_public_bytes(public))
    except ValueError:  # a point of small order
        raise BundleWrong("bundle.damaged") from None
    return ChaCha20Poly1305(hkdf(shared, hashlib.sha256(start).digest(), _SEAL_TAG))


def _nonce(number: int, *, last: bool) -> bytes:
    # the key is of this file alone, so a number is never used twice under it
    return number.to_bytes(11) + bytes([last])


def _sealed(plain: Iterable[bytes], cipher: ChaCha20Poly1305) -> Iterator[bytes]:
    """Pieces of 64 KiB, the last of any length, each sealed in its place."""
    held, number = b"", -1
    for number, piece in enumerate(plain):
        if number:
            yield cipher.encrypt(_nonce(number - 1, last=False), held, None)
        held = piece
    yield cipher.encrypt(_nonce(max(number, 0), last=True), held, None)


class _Plain:
    """The opened chunks as a stream, `size` bytes of them as they lie in the file."""

    def __init__(self, file: BinaryIO, size: int, cipher: ChaCha20Poly1305) -> None:
        self._file, self._cipher, self._number = file, cipher, 0
        self.left = size

    def read(self, _size: int = -1) -> bytes:
        """One chunk; nothing at the end. What unpacks asks again until it has enough."""
        from cryptography.exceptions import InvalidTag

        if not self.left:
            return b""
        sealed = exactly(self._file, min(self.left, CHUNK + TAG))
        self.left -= len(sealed)
        try:
            plain = self._cipher.decrypt(_nonce(self._number, last=not self.left), sealed, None)
        except InvalidTag:
            raise BundleWrong("bundle.damaged") from None
        self._number += 1
        return plain


def exactly(file: BinaryIO, size: int) -> bytes:
    """So many bytes. Raises BundleWrong `bundle.cut` where there are fewer."""
    found = file.read(size)
    if len(found) < size:
        raise BundleWrong("bundle.cut")
    return found


# -- records ----------------------------------------------------------------------------------------------------------


def _packed(records: Iterable[Record]) -> Iterator[bytes]:
    from zstandard import ZstdCompressor

    chunker, plain = ZstdCompressor(level=LEVEL).chunker(chunk_size=CHUNK), 0
    for number, (kind, body) in enumerate(records):
        if not WORD.fullmatch(kind):
            raise ValueError("kind")
        framed = bytes([len(kind)]) + len(body).to_bytes(4) + kind.encode() + body
        plain += len(framed)
        if len(body) > MAX_RECORD or plain > MAX_PLAIN or number >= MAX_RECORDS:
            raise BundleWrong("bundle.too-large", most=MAX_RECORD)
        yield from chunker.compress(framed)
    yield from chunker.compress(bytes(5))
    yield from cast("Iterator[bytes]", chunker.finish())  # type: ignore[no-untyped-call]


class _Frame:
    """The unpacked bytes of what was sealed: never more of them than are asked for."""

    def __init__(self, source: _Plain) -> None:
        from zstandard import ZstdDecompressor, ZstdError

        self._source, self._wrong = source, ZstdError
        self._frame = ZstdDecompressor(max_window_size=_MAX_WINDOW).stream_reader(source, read_size=CHUNK)  # type: ignore[arg-type]

    def take(self, size: int) -> bytes:
        found = self._read(size)
        if len(found) < size:
            raise BundleWrong("bundle.damaged")
        return found

    def end(self) -> None:
        if self._read(1) or self._source.left:
            raise BundleWrong("bundle.damaged")

    def _read(self, size: int) -> bytes:
        try:
            return self._frame.read(size)
        except self._wrong:
            raise BundleWrong("bundle.damaged") from None


def _unpacked(source: _Plain) -> Iterator[Record]:
    frame, plain = _Frame(source), 0
    for _ in range(MAX_RECORDS + 1):
        lengths = frame.take(5)
        of_kind, of_body = lengths[0], int.from_bytes(lengths[1:])
        plain += 5 + of_kind + of_body
        if of_body > MAX_RECORD or plain > MAX_PLAIN:
            raise BundleWrong("bundle.too-large", most=MAX_RECORD)
        kind = frame.take(of_kind).decode("latin-1") if of_kind else ""
        body = frame.take(of_body) if of_body else b""
        if not kind and not body:
            frame.end()
            return
        if not WORD.fullmatch(kind):
            raise BundleWrong("bundle.damaged")
        yield Record(kind, body)
    raise BundleWrong("bundle.too-large", most=MAX_RECORDS)
