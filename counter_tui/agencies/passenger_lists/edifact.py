"""UN/EDIFACT (ISO 9735) as segments: separators as the text uses them, release characters, hard line breaks, wrappers.

Interchanges arrive with a telex header before them, a mail's footer behind, line breaks every 64 characters inside
segments, and a service string advice (UNA) that says other separators than the text has. Text is UTF-8 wherever a
segment decodes as UTF-8, whatever the envelope says; else by its character set.
"""

import re
from array import array
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import chain
from typing import Final

from .model import Remarks
from .separators import BLANKS, Separators, observe

MOST_SEGMENTS: Final = 250_000
SEGMENT: Final = 1 << 15
"""Characters of a segment; the longest real ones have some hundreds."""
ELEMENTS: Final = 128
COMPONENTS: Final = 512
"""Of a segment, in all its elements."""
LINE_END: Final = "\x1e"
"""Stands for line ends where they end segments."""
_HEADER: Final = re.compile(r"UNB[^A-Za-z0-9\s]UNO[A-Z]|UNH([^A-Za-z0-9\s])\S{0,35}?\1(?:PAXLST|[A-Z]{6}.D)", re.ASCII)
_LINE: Final = re.compile("\n")
_TAG: Final = re.compile("[A-Z]{3}")
_SPARED: Final = "\ufdd0\ufdd1\ufdd2\ufdd3\ufdd4\ufdd5"
"""Stand for separators that were released; no text has them."""
_CHARACTER_SETS: Final = {
    "UNOD": "iso8859-2",
    "UNOE": "iso8859-5",
    "UNOF": "iso8859-7",
    "UNOG": "iso8859-3",
    "UNOH": "iso8859-4",
    "UNOI": "iso8859-6",
    "UNOJ": "iso8859-8",
    "UNOK": "iso8859-9",
}
"""Of ISO 9735's sets those that are not within Latin 1."""


class Segment:
    """A tag and its values. `number` counts from 1 within the file; `line` is where it begins.

    A value that is taken is gone: what is left at the end was not used. `decimal` is the mark in its numbers.
    """

    __slots__ = ("decimal", "elements", "line", "number", "tag")

    def __init__(self, tag: str, number: int, line: int, elements: list[list[list[str]]], decimal: str = ".") -> None:
        """`elements`: of each its repetitions, of each its components; that of the tag first."""
        self.tag, self.number, self.line, self.elements, self.decimal = tag, number, line, elements, decimal

    @property
    def place(self) -> str:
        """As remarks name it."""
        return f"{self.tag} {self.number}"

    def take(self, element: int, component: int = 0, repetition: int = 0) -> str:
        """A value without blanks around it; "" where there is none."""
        try:
            composite = self.elements[element][repetition]
            value, composite[component] = composite[component], ""
        except IndexError:
            return ""
        return value.strip()

    def peek(self, element: int, component: int = 0) -> str:
        """A value, without taking it."""
        try:
            return self.elements[element][0][component].strip()
        except IndexError:
            return ""

    def take_all(self, element: int, start: int = 0) -> list[str]:
        """The values of an element from this component on, without the empty ones."""
        width = len(self.elements[element][0]) if element < len(self.elements) else 0
        return [value for at in range(start, width) if (value := self.take(element, at))]

    def repetitions(self, element: int) -> int:
        """How often an element stands there."""
        return len(self.elements[element]) if element < len(self.elements) else 0

    def left(self) -> Iterator[tuple[str, str]]:
        """What was not taken: where (`3.2`: the second component of the third element), and the value."""
        for at, element in enumerate(self.elements[1:], 1):
            for composite in element:
                for part, value in enumerate(composite, 1):
                    if value and not value.isspace():
                        yield f"{at}.{part}", value.strip()


@dataclass(frozen=True, slots=True)
class _Flat:
    """The text without line ends (or with `LINE_END` for each), and where its lines begin."""

    text: str
    starts: Sequence[int]

    @classmethod
    def of(cls, raw: str, joint: str) -> "_Flat":
        raw = _one_line_end(raw)
        ends = (found.start() for found in _LINE.finditer(raw))
        starts = array("L", chain([0], (end + 1 if joint else end - at for at, end in enumerate(ends))))
        return cls(raw.replace("\n", joint), starts)

    def line(self, at: int) -> int:
        """The line of this character, 1-based."""
        return bisect_right(self.starts, at)


def _one_line_end(raw: str) -> str:
    return raw.replace("\r\n", "\n").replace("\r", "\n")


def find_header(raw: bytes) -> bool:
    """Whether an interchange or a message begins somewhere in these bytes."""
    return _HEADER.search(_one_line_end(raw.decode("latin-1")).replace("\n", "")) is not None


def read_segments(raw: bytes, remarks: Remarks) -> Iterator[Segment]:
    """The segments of every interchange in the file, in order; what stands around them is reported."""
    flat = _Flat.of(raw.decode("latin-1"), "")
    first = _HEADER.search(flat.text)
    if first is not None and observe(flat.text, first.start()).ends_by_line:
        flat = _Flat.of(raw.decode("latin-1"), LINE_END)
    yield from _Reader(flat, remarks).read()


class _Reader:
    """One pass through a file."""

    def __init__(self, flat: _Flat, remarks: Remarks) -> None:
        self._flat, self._remarks = flat, remarks
        self._count = 0
        self._separators = Separators()
        self._released = self._blank = re.compile("")
        self._character_set = "latin-1"

    def read(self) -> Iterator[Segment]:
        at, text = 0, self._flat.text
        while found := _HEADER.search(text, at):
            start = self._open(found.start())
            self._around(at, start)
            at = found.start()
            while at < len(text):
                at, segment = self._next(at)
                if segment is not None:
                    yield segment
                    if segment.tag == "UNZ":
                        break
                if self._count >= MOST_SEGMENTS:
                    self._remarks.add(self._flat.line(at), "manifest.segments-too-many", most=MOST_SEGMENTS)
                    return
                if text.startswith("UNA", at):
                    break
        self._around(at, len(text))

    def _open(self, header: int) -> int:
        """Know the separators of the interchange at `header`; where it begins, with its UNA."""
        seen = observe(self._flat.text, header)
        if seen.lying:
            line = self._flat.line(seen.start)
            self._remarks.add(line, "manifest.una-wrong", "UNA", found=seen.declared, used=seen.separators.spelled())
        used = self._separators = seen.separators
        if seen.ends_by_line:
            used = self._separators = used.ending(LINE_END)
        if used.release:
            self._released = re.compile(re.escape(used.release) + "(.)", re.DOTALL)
        self._blank = re.compile(f"[{BLANKS}{re.escape(used.terminator)}]*")
        syntax = self._flat.text[header + 4 : header + 8]
        self._character_set = _CHARACTER_SETS.get(syntax, "latin-1")
        return seen.start

    def _around(self, start: int, end: int) -> None:
        """Report text outside of interchanges."""
        skipped = self._flat.text[start:end]
        if skipped.strip(BLANKS):
            begin = start + len(skipped) - len(skipped.lstrip(BLANKS))
            first, last = self._flat.line(begin), self._flat.line(start + len(skipped.rstrip(BLANKS)) - 1)
            self._remarks.add(first, "manifest.around", first=first, last=last)

    def _next(self, at: int) -> tuple[int, Segment | None]:
        """Where the next segment ends, and it; None where it is none."""
        text, ends = self._flat.text, self._separators.terminator
        blank = self._blank.match(text, at)
        at = blank.end() if blank else at
        end = text.find(ends, at)
        while end >= 0 and self._is_released(at, end):
            end = text.find(ends, end + 1)
        body = text[at : end if end >= 0 else len(text)].rstrip(BLANKS)
        after = end + 1 if end >= 0 else len(text)
        if not body:
            return after, None
        self._count += 1
        line = self._flat.line(at)
        if end < 0:
            self._remarks.add(line, "manifest.cut-off", found=body)
            return after, None
        return after, self._segment(body, line)

    def _is_released(self, start: int, end: int) -> bool:
        """Whether the character at `end` stands behind an odd number of release characters."""
        release, at = self._separators.release, end
        while release and at > start and self._flat.text[at - 1] == release:
            at -= 1
        return (end - at) % 2 == 1

    def _segment(self, body: str, line: int) -> Segment | None:
        used = self._separators
        tag = body[:3]
        if not _TAG.fullmatch(tag) or body[3:4] not in {"", used.element, used.component}:
            self._remarks.add(line, "manifest.no-segment", found=self._decoded(body[: SEGMENT >> 4]))
            return None
        if len(body) > SEGMENT or body.count(used.element) > ELEMENTS or body.count(used.component) > COMPONENTS:
            self._remarks.add(line, "manifest.segment-too-long", f"{tag} {self._count}")
            return None
        return Segment(tag, self._count, line, self._split(self._decoded(body)), used.decimal)

    def _decoded(self, body: str) -> str:
        if body.isascii():
            return body
        raw = body.encode("latin-1")
        try:
            return raw.decode("utf-8")
        except UnicodeDecodeError:
            return raw.decode(self._character_set, "replace")

    def _split(self, body: str) -> list[list[list[str]]]:
        used = self._separators
        if not used.release or used.release not in body:
            return _parts(body, used)
        marks = used.marks()
        spared = self._released.sub(
            lambda found: _SPARED[marks.index(found[1])] if found[1] in marks else found[1], body
        )
        back = dict(zip(map(ord, _SPARED), marks, strict=False))
        return [[[part.translate(back) for part in c] for c in element] for element in _parts(spared, used)]


def _parts(body: str, used: Separators) -> list[list[list[str]]]:
    repeated = used.repetition
    return [
        [composite.split(used.component) for composite in (element.split(repeated) if repeated else (element,))]
        for element in body.split(used.element)
    ]
