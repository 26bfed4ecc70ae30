"""What reading a list gives: a file with its header, what went wrong on the way, and how far it is."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date
from enum import Enum
from pathlib import Path

from ...domain.screening.model import Listed
from ...domain.texts import Text, text
from ...errors import ListError

DISCREET = "H5"
"""The handling code of those who must not notice, nor the booth: their owner matches them from crossing records."""


BROKEN = 1000
"""So many entries may be left out, and more where most are not."""


class Format(Enum):
    """How a list is laid out."""

    OFAC = "ofac"
    UN = "un"
    CSV = "csv"
    JSON = "json"
    JSONL = "jsonl"


@dataclass(frozen=True, slots=True)
class RowProblem:
    """Something in a file that was not understood, and where; `line` is 1-based.

    `left_out`: the entry is not there for it; otherwise the entry was read without what was not understood.
    """

    file: str
    line: int
    text: Text
    left_out: bool

    def __str__(self) -> str:
        """FILE:LINE: the code; no word of what stands there."""
        return f"{self.file}:{self.line}: {self.text.code}"


@dataclass(slots=True)
class Tally:
    """What a reading came to so far: entries given, entries left out, things not understood, discreet ones dropped."""

    entries: int = 0
    left_out: int = 0
    doubts: int = 0
    discreet: int = 0


Report = Callable[[RowProblem], None]
"""Is told of each problem as it is met."""

Progress = Callable[[int, int, int], None]
"""Is told, every few thousand entries and at the end: entries so far, bytes so far, bytes of all."""


@dataclass(slots=True)
class Reading:
    """One pass through a file: its name, where its problems go, what it came to, and who is not given on."""

    file: str
    report: Report
    tally: Tally
    keep_discreet: bool = False

    def left_out(self, line: int, code: str, **params: str | int) -> None:
        """An entry that is not given on; ListError `list.mostly-broken` where it is one of too many."""
        self.tally.left_out += 1
        self.report(RowProblem(self.file, line, text(code, **params), left_out=True))
        if self.tally.left_out > max(BROKEN, self.tally.entries):
            raise ListError("list.mostly-broken", file=self.file, count=self.tally.left_out)

    def doubt(self, line: int, code: str, **params: str | int) -> None:
        """Something in an entry that it is given on without."""
        self.tally.doubts += 1
        self.report(RowProblem(self.file, line, text(code, **params), left_out=False))


@dataclass(frozen=True, slots=True)
class ListFile:
    """A list as a file: what its header says ("" or None where it says nothing), and its entries when iterated.

    Every iteration reads the file anew and counts into `tally` from nothing. It raises ListError where the file cannot
    be used after all (cut off in the middle, say): what was given before is then worth nothing.
    """

    path: Path
    format: Format
    size: int
    name: str = ""
    version: int | None = None
    as_of: date | None = None
    declared: int | None = None
    tally: Tally = field(default_factory=Tally, compare=False)
    read: Callable[["ListFile"], Iterator[Listed]] = field(default=lambda _: iter(()), repr=False, compare=False)

    def __iter__(self) -> Iterator[Listed]:
        """The entries, in the file's order."""
        return self.read(self)
