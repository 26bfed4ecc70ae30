"""The consolidated list of the United Nations Security Council, as XML (its schema: sc-sanctions.xsd).

Read as a stream with expat. A document type, and with it every entity, is refused; so are elements nested deeper,
tokens and entries larger than any real ones. UTF-8 only.
"""

import re
from collections.abc import Iterator, Mapping
from contextlib import suppress
from datetime import date
from io import BufferedReader
from pathlib import Path
from typing import Any, Final
from xml.parsers import expat

from ...domain.screening.model import Listed
from ...errors import ListError
from .entries import EntryMaker, Raw
from .model import Reading

CHUNK: Final = 1 << 16
TOKEN: Final = 1 << 20
DEPTH: Final = 12
NODES: Final = 4000
TEXT: Final = 1 << 18
MOST_NUMBER: Final = 512
ROOT: Final = "CONSOLIDATED_LIST"
ENTRIES: Final = {"INDIVIDUAL": "person", "ENTITY": "entity"}
_NAMES: Final = ("FIRST_NAME", "SECOND_NAME", "THIRD_NAME", "FOURTH_NAME")
_GENERATED: Final = re.compile(rb'dateGenerated\s*=\s*"([0-9]{4}-[0-9]{2}-[0-9]{2})')
_NO_VALUES: Final = frozenset({"", "na", "n/a", "none", "unknown"})
_PLAIN_NUMBER: Final = re.compile(r"[^\W\d_]{0,4}[ -]?[0-9][\w ./-]{0,30}")
_NUMBER_IN: Final = re.compile(r"(?<!\w)[A-Z]{0,4}[ -]?[0-9][\w/-]{3,30}")

Node = dict[str, list[Any]]
"""An element by its children's tags; a child is a node, or a text where it has no children."""


def read_date(head: bytes) -> date | None:
    """When the list was generated, from the beginning of its file."""
    found = _GENERATED.search(head)
    with suppress(ValueError):
        return date.fromisoformat(found[1].decode()) if found else None
    return None


def read(_path: Path, opened: BufferedReader, reading: Reading) -> Iterator[Listed]:
    """The entries. ListError `list.damaged` (also where the file ends early) or `list.entities`."""
    maker = EntryMaker(reading)
    tree = _Entries(reading)
    fed = 0
    while chunk := opened.read(CHUNK):
        fed += len(chunk)
        for line, tag, node in tree.feed(chunk, fed):
            found = _entry(maker, line, tag, node)
            if found is not None:
                yield found
    tree.end()


class _Entries:
    """Takes the file piece by piece, and gives the entries that each piece completes: line, tag, node."""

    def __init__(self, reading: Reading) -> None:
        self._reading = reading
        parser = self._parser = expat.ParserCreate("UTF-8")
        parser.buffer_text = True
        parser.SetParamEntityParsing(expat.XML_PARAM_ENTITY_PARSING_NEVER)
        parser.StartElementHandler = self._start
        parser.EndElementHandler = self._end
        parser.CharacterDataHandler = self._characters
        parser.StartDoctypeDeclHandler = self._refuse
        self._depth = 0
        self._top = 0
        """The depth of the entry that is open; 0 outside of any."""
        self._stack: list[Node] = []
        self._text: list[str] = []
        self._nodes = self._length = self._line = 0
        self._done: list[tuple[int, str, Node]] = []

    def feed(self, chunk: bytes, fed: int) -> list[tuple[int, str, Node]]:
        self._parse(chunk, last=False)
        if fed - self._parser.CurrentByteIndex > TOKEN:
            raise ListError("list.damaged", file=self._reading.file, line=self._parser.CurrentLineNumber)
        done, self._done = self._done, []
        return done

    def end(self) -> None:
        self._parse(b"", last=True)

    def _parse(self, chunk: bytes, *, last: bool) -> None:
        try:
            self._parser.Parse(chunk, last)
        except expat.ExpatError as error:
            raise ListError("list.damaged", file=self._reading.file, line=error.lineno) from None

    def _refuse(self, *_: object) -> None:
        raise ListError("list.entities", file=self._reading.file)

    def _start(self, tag: str, _attributes: Mapping[str, str]) -> None:
        self._depth += 1
        if self._depth > DEPTH or (self._depth == 1 and tag != ROOT):
            raise ListError("list.damaged", file=self._reading.file, line=self._parser.CurrentLineNumber)
        if self._top:
            self._nodes += 1
        elif tag in ENTRIES:
            self._top = self._depth
            self._nodes, self._length, self._line = 1, 0, self._parser.CurrentLineNumber
        else:
            return
        if self._fits():
            self._stack.append({})
            self._text.clear()

    def _end(self, tag: str) -> None:
        last = self._depth == self._top
        self._depth -= 1
        if self._top and self._fits():
            node = self._stack.pop()
            if last:
                self._done.append((self._line, tag, node))
            elif text := node or "".join(self._text).strip():
                self._stack[-1].setdefault(tag, []).append(text)
            self._text.clear()
        if last:
            self._leave()

    def _characters(self, text: str) -> None:
        if self._top:
            self._length += len(text)
            if self._fits():
                self._text.append(text)

    def _fits(self) -> bool:
        return self._nodes <= NODES and self._length <= TEXT

    def _leave(self) -> None:
        """The entry ends; one that is too large was skipped to here."""
        self._top = 0
        self._stack.clear()
        self._text.clear()
        if not self._fits():
            self._reading.left_out(self._line, "list.entry-too-large")


def _entry(maker: EntryMaker, line: int, tag: str, node: Node) -> Listed | None:
    strong: list[str] = _texts(node, "NAME_ORIGINAL_SCRIPT")
    weak: list[str] = []
    births = [said for one in _nodes(node, "INDIVIDUAL_DATE_OF_BIRTH") if (said := _birth(one))]
    for alias in _nodes(node, f"{tag}_ALIAS"):
        quality = _first(alias, "QUALITY").lower()
        (weak if quality == "low" else strong).extend(_first(alias, "ALIAS_NAME").split(";"))
        births += _texts(alias, "DATE_OF_BIRTH")
    return maker.entry(
        line,
        Raw(
            _first(node, "REFERENCE_NUMBER"),
            " ".join(filter(None, (_first(node, part) for part in _NAMES))),
            strong,
            weak,
            births,
            [
                said
                for one in _nodes(node, "NATIONALITY")
                for said in _texts(one, "VALUE")
                if said.lower() not in _NO_VALUES
            ],
            [number for one in _nodes(node, f"{tag}_DOCUMENT") for number in _numbers(_first(one, "NUMBER"))],
            kind=ENTRIES[tag],
        ),
    )


def _birth(node: Node) -> str:
    """As `births` reads it; the note where nothing else tells the date."""
    if _first(node, "FROM_YEAR"):
        return f"{_first(node, 'FROM_YEAR')} to {_first(node, 'TO_YEAR')}"
    said = _first(node, "DATE") or _first(node, "YEAR") or _first(node, "NOTE")
    about = _first(node, "TYPE_OF_DATE").upper() == "APPROXIMATELY"
    return f"circa {said}" if about and said else said


def _numbers(said: str) -> list[str]:
    """The numbers in what stands where a number should: often one, at times a sentence around it."""
    said = " ".join(said[:MOST_NUMBER].split())
    return [said] if _PLAIN_NUMBER.fullmatch(said) else [one.strip() for one in _NUMBER_IN.findall(said)]


def _texts(node: Node, tag: str) -> list[str]:
    return [one for one in node.get(tag, ()) if isinstance(one, str)]


def _nodes(node: Node, tag: str) -> list[Node]:
    return [one for one in node.get(tag, ()) if isinstance(one, dict)]


def _first(node: Node, tag: str) -> str:
    return next(iter(_texts(node, tag)), "")
