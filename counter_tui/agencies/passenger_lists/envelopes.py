"""The envelopes of an interchange: UNB/UNZ around all, UNG/UNE around a group, UNH/UNT around a message.

Counts and references that do not agree are reported, and what is inside is read all the same: real lists are often
wrong there and right in the rest.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Final

from .edifact import Segment
from .model import Remarks


@dataclass(slots=True)
class _Level:
    """An envelope that is open: its header's tag, line and reference, and what its trailer has to count."""

    tag: str
    line: int
    reference: str
    count: int = 0


@dataclass(slots=True)
class Envelopes:
    """Passes on what is inside of envelopes, with UNH and UNT around each message, and checks them on the way.

    `prepared` is the day on which the interchange was made, YYMMDD or CCYYMMDD as it says; "" where it does not.
    """

    remarks: Remarks
    prepared: str = ""
    _open: dict[str, _Level] = field(default_factory=dict)

    def inside(self, segments: Iterable[Segment]) -> Iterator[Segment]:
        """The segments of messages."""
        last = 0
        for segment in segments:
            last = segment.line
            if "UNH" in self._open:
                self._open["UNH"].count += 1
            match segment.tag:
                case "UNB" | "UNG":
                    self._begin(segment)
                case "UNE" | "UNZ":
                    self._end(segment)
                case "UNH":
                    self._begin(segment)
                    yield segment
                case "UNT":
                    yield segment
                    self._end(segment)
                case "BGM" if "UNH" not in self._open:
                    self.remarks.add(segment.line, "manifest.header-missing", segment.place, tag="UNH")
                    self._open["UNH"] = _Level("UNH", segment.line, "", 1)
                    yield segment
                case _ if "UNH" in self._open:
                    yield segment
                case _:
                    self.remarks.add(segment.line, "manifest.outside", segment.place)
        for level in reversed(list(self._open.values())):
            self.remarks.add(last, "manifest.trailer-missing", _TRAILER[level.tag], start=level.line, tag=level.tag)

    def _begin(self, segment: Segment) -> None:
        """A header ends whatever was left open at its level and below."""
        for tag in _BELOW[segment.tag]:
            if (left := self._open.pop(tag, None)) is not None:
                self.remarks.add(segment.line, "manifest.trailer-missing", _TRAILER[tag], start=left.line, tag=left.tag)
        at = _REFERENCE[segment.tag]
        self._open[segment.tag] = _Level(segment.tag, segment.line, segment.take(at), int(segment.tag == "UNH"))
        if segment.tag == "UNB":
            self.prepared = segment.take(4)
        for tag in ("UNB", "UNG"):
            if tag != segment.tag and tag in self._open:
                self._open[tag].count += 1
        if segment.tag == "UNH" and "UNG" in self._open and "UNB" in self._open:
            self._open["UNB"].count -= 1  # it counts groups, where there are any

    def _end(self, segment: Segment) -> None:
        tag = _HEADER[segment.tag]
        for inner in _BELOW[tag][:-1]:
            if (left := self._open.pop(inner, None)) is not None:
                self.remarks.add(
                    segment.line, "manifest.trailer-missing", _TRAILER[inner], start=left.line, tag=left.tag
                )
        level = self._open.pop(tag, None)
        if level is None:
            self.remarks.add(segment.line, "manifest.header-missing", segment.place, tag=tag)
            return
        said, reference = segment.take(1), segment.take(2)
        if not said.isdecimal() or int(said[:9]) != level.count:
            self.remarks.add(segment.line, "manifest.count", segment.place, declared=said or "-", found=level.count)
        if reference != level.reference:
            self.remarks.add(
                segment.line, "manifest.reference", segment.place, declared=reference, found=level.reference
            )


_TRAILER: Final = {"UNB": "UNZ", "UNG": "UNE", "UNH": "UNT"}
_HEADER: Final = {trailer: header for header, trailer in _TRAILER.items()}
_BELOW: Final = {"UNB": ("UNH", "UNG", "UNB"), "UNG": ("UNH", "UNG"), "UNH": ("UNH",)}
"""The levels that a header closes, the innermost first, its own last."""
_REFERENCE: Final = {"UNB": 5, "UNG": 5, "UNH": 1}
"""Where a header has the reference that its trailer repeats."""
