"""Our own JSON and JSON Lines (`own` says what stands in them), as a stream: one entry at a time is in memory."""

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from io import BufferedReader, TextIOWrapper
from pathlib import Path
from typing import Any, Final, NoReturn

from ...domain.screening.model import Listed
from ...errors import ListError
from .cleaning import NAME, clean
from .entries import EntryMaker, Raw
from .model import Format, Reading
from .text_lines import LINE, Lines, as_text

LAYOUT: Final = "counter-list/1"
DELTA: Final = "counter-list-delta/1"
PIECE: Final = 1 << 18
KEYS: Final = 32
_BLANK: Final = " \t\r\n"
_BLANKS: Final = re.compile(r"[ \t\r\n]*")
_SINGLE: Final = ("ref", "name")
_SEVERAL: Final = ("aliases", "weak_aliases", "birth_dates", "nationalities", "documents")
_OPTIONAL: Final = ("handling", "kind")
_KEYS: Final = frozenset((*_SINGLE, *_SEVERAL, *_OPTIONAL))


@dataclass(frozen=True, slots=True)
class Header:
    """What a file says of itself."""

    format: Format
    name: str = ""
    version: int | None = None
    as_of: date | None = None
    count: int | None = None


def _no_constant(_: str) -> NoReturn:
    raise ValueError


DECODER: Final = json.JSONDecoder(parse_constant=_no_constant)


def read_header(path: Path, opened: BufferedReader) -> Header:
    """The header of either form, from an opened file. ListError `list.damaged` or `list.format-unknown`."""
    with as_text(opened) as text:
        first = text.readline(LINE)
        whole = _one_line(first)
        if whole is not None and "entries" not in whole:
            return _header(whole, Format.JSONL, path.name)
        text.seek(0)
        return _header(_Window(text, path.name).header(), Format.JSON, path.name)


def first_object(opened: BufferedReader) -> Mapping[str, Any]:
    """The object of the first line; nothing where there is none."""
    with as_text(opened) as text:
        return _one_line(text.readline(LINE)) or {}


def read_array(_path: Path, opened: BufferedReader, reading: Reading) -> Iterator[Listed]:
    """The entries of the JSON form. ListError `list.damaged`, also where it ends early."""
    maker = EntryMaker(reading)
    with as_text(opened) as text:
        window = _Window(text, reading.file)
        window.header()
        for line, entry in window.entries():
            found = entry_of(maker, reading, line, entry)
            if found is not None:
                yield found


def read_lines(_path: Path, opened: BufferedReader, reading: Reading) -> Iterator[Listed]:
    """The entries of the JSON Lines form; a line that is none is reported."""
    maker = EntryMaker(reading)
    for line, entry in json_lines(opened, reading):
        found = entry_of(maker, reading, line, entry)
        if found is not None:
            yield found


def json_lines(opened: BufferedReader, reading: Reading) -> Iterator[tuple[int, Mapping[str, Any]]]:
    """The objects of a JSON Lines file after its header, with their lines."""
    with as_text(opened) as text:
        lines = Lines(text, reading.file)
        for line in lines:
            lines.next_record()
            if lines.number == 1 or not line.strip("\x00\x1a" + _BLANK):
                continue
            entry = _one_line(line)
            if entry is None:
                reading.left_out(lines.number, "list.row-broken")
            else:
                yield lines.number, entry
        if lines.overrun:
            raise ListError("list.line-too-long", file=reading.file, line=lines.number + 1)


def entry_of(maker: EntryMaker, reading: Reading, line: int, entry: Mapping[str, Any]) -> Listed | None:
    """An entry from its object."""
    if not _KEYS.issuperset(entry):
        reading.doubt(line, "list.column-unknown")
    single = [entry.get(key, "") for key in (*_SINGLE, *_OPTIONAL)]
    several = [entry.get(key) or () for key in _SEVERAL]
    if not all(isinstance(one, str) for one in single) or not all(_is_texts(one) for one in several):
        reading.left_out(line, "list.row-broken")
        return None
    ref, name, handling, kind = single
    aliases, weak, births, nationalities, documents = several
    return maker.entry(line, Raw(ref, name, aliases, weak, births, nationalities, documents, handling, kind))


def _is_texts(value: object) -> bool:
    return isinstance(value, Sequence) and not isinstance(value, str) and all(isinstance(one, str) for one in value)


def _one_line(line: str) -> dict[str, Any] | None:
    try:
        found = DECODER.decode(line)
    except (ValueError, RecursionError):
        return None
    return found if isinstance(found, dict) else None


def _header(raw: Mapping[str, Any], layout: Format, file: str) -> Header:
    if raw.get("format") == DELTA:
        raise ListError("list.is-delta", file=file)
    if raw.get("format") != LAYOUT:
        raise ListError("list.format-unknown", file=file)
    name, version, count = raw.get("name", ""), raw.get("version"), raw.get("count")
    try:
        as_of = date.fromisoformat(raw["as_of"]) if "as_of" in raw else None
        name = clean(name)
    except (ValueError, TypeError, AttributeError):
        raise ListError("list.damaged", file=file, line=1) from None
    if len(name) > NAME or any(one is not None and (type(one) is not int or one < 0) for one in (version, count)):
        raise ListError("list.damaged", file=file, line=1)
    return Header(layout, name, version, as_of, count)


class _Window:
    """A piece of the text, wide enough for one value at a time."""

    def __init__(self, text: TextIOWrapper, file: str) -> None:
        self._text, self._file = text, file
        self._held, self._at, self._line = "", 0, 1

    def header(self) -> dict[str, Any]:
        """The keys before `entries`, which it ends at."""
        found: dict[str, Any] = {}
        self._expect("{")
        for _ in range(KEYS):
            key = self._value()
            self._expect(":")
            if key == "entries":
                self._expect("[")
                return found
            if not isinstance(key, str):
                break
            found[key] = self._value()
            self._expect(",")
        raise self._damaged()

    def entries(self) -> Iterator[tuple[int, Mapping[str, Any]]]:
        """The objects of the array, with the lines they begin on."""
        more = self._next() != "]"
        while more:
            self._next()
            line = self._line
            entry = self._value()
            yield line, entry if isinstance(entry, dict) else {}
            more = self._next() == ","
            if more:
                self._at += 1
        self._expect("]")
        self._expect("}")
        if self._next():
            raise self._damaged()

    def _value(self) -> Any:
        self._next()
        self._widen(LINE)
        try:
            found, end = DECODER.raw_decode(self._held, self._at)
        except (ValueError, RecursionError):
            raise self._damaged() from None
        if end - self._at > LINE:
            raise self._damaged()
        self._line += self._held.count("\n", self._at, end)
        self._at = end
        return found

    def _expect(self, sign: str) -> None:
        if self._next() != sign:
            raise self._damaged()
        self._at += 1

    def _next(self) -> str:
        """The next sign that is no blank; "" at the end."""
        passed = 0
        while passed < LINE:
            self._widen(1)
            blanks = _BLANKS.match(self._held, self._at)
            assert blanks is not None  # it matches nothing, too
            self._line += blanks[0].count("\n")
            self._at = blanks.end()
            passed += len(blanks[0])
            if passed < LINE and (self._at < len(self._held) or not blanks[0]):
                return self._held[self._at : self._at + 1]
        raise self._damaged()

    def _widen(self, characters: int) -> None:
        while len(self._held) - self._at < characters:
            more = self._text.read(PIECE)
            if not more:
                return
            self._held, self._at = self._held[self._at :] + more, 0

    def _damaged(self) -> ListError:
        return ListError("list.damaged", file=self._file, line=self._line)
