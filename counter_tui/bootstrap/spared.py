"""Whom security does not want stopped by chance: a file of its own, beside its keys, read anew when it has changed."""

from pathlib import Path
from typing import Final

from ..agencies.ports import Inquiry

SPARED: Final = "spared"
MOST_BYTES: Final = 4 << 20


class SparedFile:
    """A file of documents, one a line (`MYS:A1234567`). Where there is none, or it does not read, all are spared."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._read: tuple[tuple[int, int], frozenset[str]] | None = None

    def __call__(self, inquiry: Inquiry) -> bool:
        """Whether this traveller is spared."""
        keys = self._keys()
        return keys is None or inquiry.document.key in keys

    def _keys(self) -> frozenset[str] | None:
        try:
            stat = self._path.stat()
            seen = (stat.st_mtime_ns, stat.st_size)
            if self._read is None or self._read[0] != seen:
                if stat.st_size > MOST_BYTES:
                    return None
                lines = self._path.read_text("ascii").split()
                self._read = (seen, frozenset(line.upper() for line in lines))
        except (OSError, UnicodeDecodeError):
            return None
        return self._read[1]
