"""A hostile text file, line by line within bounds: UTF-8, and what is not UTF-8 can be told from it."""

import stat
from collections.abc import Iterator
from io import BufferedReader, TextIOWrapper
from pathlib import Path

from ...errors import ListError

LINE = 1 << 16
"""Characters of a line, and of a record over several lines."""
FILE = 1 << 31
"""Bytes of a file: some ten million entries."""
RECORD_LINES = 64
BOM = "\ufeff"
_EMPTY = frozenset({"\n", "\r", "\r\n"})


def file_size(path: Path) -> int:
    """Bytes of a plain file; ListError `list.no-file`, `list.empty` or `list.too-large`."""
    try:
        found = path.stat()
    except (OSError, ValueError):
        raise ListError("list.no-file", file=path.name) from None
    if not stat.S_ISREG(found.st_mode):
        raise ListError("list.no-file", file=path.name)
    if found.st_size == 0:
        raise ListError("list.empty", file=path.name)
    if found.st_size > FILE:
        raise ListError("list.too-large", file=path.name)
    return found.st_size


def open_bytes(path: Path) -> BufferedReader:
    """The file, for reading; ListError `list.no-file`."""
    try:
        return path.open("rb")
    except OSError:
        raise ListError("list.no-file", file=path.name) from None


def as_text(opened: BufferedReader) -> TextIOWrapper:
    """Its text without a byte order mark. Bytes that are no UTF-8 become lone surrogates: `cleaning` sees them."""
    return TextIOWrapper(opened, encoding="utf-8-sig", errors="surrogateescape", newline="")


class Lines:
    """The lines of a text for a parser that pulls them; a record may take `RECORD_LINES` of them and `LINE` characters.

    Where it takes more, iteration ends early (`overrun`), and `give_back` lets the parser go on with the record's
    second line: one quotation mark too many costs one entry, not the rest of the file.
    """

    def __init__(self, text: TextIOWrapper, file: str) -> None:
        self._text, self._file = text, file
        self._record: list[str] = []
        self._again: list[str] = []
        self._length = 0
        self.number = 0
        """Lines that are done with: the record in hand begins on the next."""
        self.overrun = False

    def __iter__(self) -> Iterator[str]:
        """The lines of this record and, as the parser goes on, of the next."""
        readline, record, again = self._text.readline, self._record, self._again
        while True:
            line = again.pop() if again else readline(LINE)
            if line in _EMPTY and not record:
                self.number += 1
                continue
            if line[-1:] != "\n" and len(line) < LINE:  # the last line, at times with the Ctrl-Z of old systems
                line = line.rstrip("\x00\x1a")
                if not line:
                    return
            self._length += len(line)
            record.append(line)
            if self._length >= LINE or len(record) > RECORD_LINES:
                self.overrun = True
                if len(line) >= LINE and line[-1] not in "\r\n":
                    raise ListError("list.line-too-long", file=self._file, line=self.number + len(record))
                return  # the parser finds its record unfinished, or nothing at all
            yield line

    def next_record(self) -> None:
        """The record in hand is done with."""
        self.number += len(self._record)
        self._record.clear()
        self._length = 0

    def give_back(self) -> None:
        """The record in hand is none: its first line is done with, the others come again."""
        self.number += 1
        self._again.extend(reversed(self._record[1:]))
        self._record.clear()
        self._length = 0
        self.overrun = False
