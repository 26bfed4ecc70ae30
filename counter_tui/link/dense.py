"""Messages of version 2 as bytes: JSON made lean, compressed with a dictionary that both sides were shipped with.

A message is a row of parts, each of which is read as soon as it is there whole, so that of one that broke off nothing
is lost but the last:

    part = how many compressed bytes, how many beside, each as a LEB128 number; those bytes; those beside

The compressed bytes of all parts are one zstd frame (RFC 8878), flushed at the end of each; uncompressed each is one
JSON text. What is beside is random, and would only grow (see `lean`).

Who sends names the dictionary by its id and the beginning of its SHA-256; whoever has another says so, and both go on
without. What comes in is hostile: it is bounded as it stands, and again while it is unpacked, piece by piece.
"""

import hashlib
import json
from collections.abc import Iterable, Iterator
from functools import cache
from importlib import resources
from typing import IO, Any, Final, Self, cast

import zstandard

from ..errors import LinkError
from .lean import lean, whole

LEVEL: Final = 19
WINDOW_LOG: Final = 20
"""Of the window that a message may ask for (1 MiB): whoever asks for more is refused."""
PLAIN: Final = ""
"""The name of no dictionary."""
PIECE: Final = 32 << 10
_LONGEST_NUMBER: Final = 4
_MALFORMED, _TOO_LARGE = "wire.malformed", "wire.too-large"


class Dense:
    """Compresses and reads with one dictionary, or with none. One serves many threads."""

    def __init__(self, dictionary: bytes = b"") -> None:
        """`dictionary` is a trained one of zstd; empty for none."""
        self.name = PLAIN
        self._with: dict[str, Any] = {}
        if dictionary:
            trained = zstandard.ZstdCompressionDict(dictionary)
            trained.precompute_compress(compression_params=_parameters())
            self.name = f"{trained.dict_id():08x}-{hashlib.sha256(dictionary).hexdigest()[:16]}"
            self._with = {"dict_data": trained}

    @classmethod
    def shipped(cls) -> Self:
        """With the dictionary that comes with this program."""
        return cls(resources.files(__package__).joinpath("dictionary.zst").read_bytes())

    def pack(self, values: Iterable[Any]) -> Iterator[bytes]:
        """A part for each JSON value."""
        rest = list(values)
        packing = zstandard.ZstdCompressor(**self._with, compression_params=_parameters()).compressobj()
        while rest:
            smaller, beside = lean(rest.pop(0))
            text = json.dumps(smaller, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "surrogatepass")
            ends = zstandard.COMPRESSOBJ_FLUSH_BLOCK if rest else zstandard.COMPRESSOBJ_FLUSH_FINISH
            packed = packing.compress(text) + packing.flush(ends)
            yield _number(len(packed)) + _number(len(beside)) + packed + beside

    def reader(self, most: int, unpacked: int) -> "Reader":
        """What reads a message of at most `most` bytes, and at most `unpacked` of text."""
        unpacking = zstandard.ZstdDecompressor(**self._with, max_window_size=1 << WINDOW_LOG)
        return Reader(unpacking, most, unpacked)


@cache
def _parameters() -> zstandard.ZstdCompressionParameters:
    return zstandard.ZstdCompressionParameters.from_level(
        LEVEL, window_log=WINDOW_LOG, write_checksum=False, write_content_size=False, write_dict_id=False
    )


class Reader:
    """Takes a message as it comes, and gives its values. LinkError `wire.malformed` or `wire.too-large`."""

    def __init__(self, unpacking: zstandard.ZstdDecompressor, most: int, unpacked: int) -> None:
        self._left = most
        self._text = _Bounded(unpacked)
        self._unpacking: Any = unpacking.stream_writer(cast("IO[bytes]", self._text), write_size=PIECE, closefd=False)
        self._buffer = bytearray()

    def feed(self, data: bytes) -> list[Any]:
        """The values that are whole now, and were not before."""
        self._left -= len(data)
        if self._left < 0:
            raise LinkError(_TOO_LARGE)
        self._buffer += data
        found = []
        while (part := self._part()) is not None:
            found.append(self._value(*part))
        return found

    @property
    def ended(self) -> bool:
        """Whether nothing is left over: the message may end here."""
        return not self._buffer

    def _part(self) -> tuple[bytes, bytes] | None:
        """The next part, where it is whole."""
        sizes = []
        at = 0
        for _ in range(2):
            size, at = self._size(at)
            if size is None:
                return None
            sizes.append(size)
        packed, end = at + sizes[0], at + sum(sizes)
        if end > len(self._buffer) + self._left:
            raise LinkError(_TOO_LARGE)
        if end > len(self._buffer):
            return None
        part = bytes(self._buffer[at:packed]), bytes(self._buffer[packed:end])
        del self._buffer[:end]
        return part

    def _size(self, at: int) -> tuple[int | None, int]:
        size = 0
        for place in range(_LONGEST_NUMBER):
            if at >= len(self._buffer):
                return None, at
            octet = self._buffer[at]
            at += 1
            size |= (octet & 0x7F) << (7 * place)
            if octet < 0x80:
                return size, at
        raise LinkError(_MALFORMED)

    def _value(self, packed: bytes, beside: bytes) -> Any:
        try:
            self._unpacking.write(packed)
            self._unpacking.flush()
            return whole(json.loads(self._text.take(), parse_constant=_refuse), beside)
        except (zstandard.ZstdError, ValueError, RecursionError):
            raise LinkError(_MALFORMED) from None


class _Bounded:
    """What is unpacked, as long as it is not too much altogether."""

    def __init__(self, most: int) -> None:
        self._left = most
        self._held = bytearray()

    def write(self, data: bytes) -> int:
        self._left -= len(data)
        if self._left < 0:
            raise LinkError(_TOO_LARGE)
        self._held += data
        return len(data)

    def flush(self) -> None:
        """It is here already."""

    def take(self) -> bytes:
        held = bytes(self._held)
        self._held.clear()
        return held


def _refuse(_: str) -> None:
    raise ValueError


def _number(size: int) -> bytes:
    written = bytearray()
    while True:
        size, low = size >> 7, size & 0x7F
        written.append(low | (0x80 if size else 0))
        if not size:
            return bytes(written)
