"""BC 2.2 as XML: the elements of the JSON form by the same names, a list as an element of `baris` (lines).

Read with expat. A document type, and with it every entity, is refused; so are another character set than UTF-8, text
beside elements, the same element twice, and anything deeper, larger or of more elements than a declaration can be.
"""

import json
from collections.abc import Mapping
from html import escape
from typing import Any, Final
from xml.parsers import expat

from ...domain.words import Authority
from ...errors import AgencyError
from .declaration import MAX_DECLARATION, Pemberitahuan

ROOT: Final = "pemberitahuan"
LINE: Final = "baris"
DEPTH: Final = 6
ELEMENTS: Final = 4000
_CHARSETS: Final = {None, "utf-8", "us-ascii"}

Node = dict[str, Any] | list[Any] | str


def xml_as_json(raw: bytes) -> bytes:
    """What the document holds, in the JSON form; AgencyError `agency.not-understood` where it is not a fit one."""
    if len(raw) > MAX_DECLARATION:
        raise _refused()
    tree = _Tree()
    try:
        tree.parser.Parse(raw, True)
    except (expat.ExpatError, UnicodeError):
        raise _refused() from None
    return json.dumps(tree.value).encode()


def write_xml(declaration: Pemberitahuan) -> bytes:
    """The declaration as XML, without what is not of the form."""
    body = _written(ROOT, declaration.as_plain())
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{body}\n'.encode()


def _written(tag: str, value: Any) -> str:
    match value:
        case dict():
            inner = "".join(_written(name, one) for name, one in value.items() if one not in ([], {}))
        case list():
            inner = "".join(_written(LINE, one) for one in value)
        case _:
            inner = escape(str(value), quote=False)
    return f"<{tag}>{inner}</{tag}>"


def _refused() -> AgencyError:
    return AgencyError("agency.not-understood", authority=Authority.CUSTOMS.value)


class _Tree:
    """What the handlers build: `value` once the root is closed."""

    def __init__(self) -> None:
        parser = self.parser = expat.ParserCreate("UTF-8")
        parser.buffer_text = True
        parser.SetParamEntityParsing(expat.XML_PARAM_ENTITY_PARSING_NEVER)
        parser.XmlDeclHandler = self._declared
        parser.StartDoctypeDeclHandler = self._refuse
        parser.StartElementHandler = self._start
        parser.EndElementHandler = self._end
        parser.CharacterDataHandler = self._characters
        self.value: Node = {}
        self._open: list[tuple[str, dict[str, Any], list[Node], list[str]]] = []
        """Of each open element: tag, children by name, lines, and text."""
        self._count = 0

    def _declared(self, _version: str, encoding: str | None, _standalone: int) -> None:
        if (encoding.lower() if encoding else None) not in _CHARSETS:
            raise _refused()

    def _refuse(self, *_: object) -> None:
        raise _refused()

    def _start(self, tag: str, attributes: Mapping[str, str]) -> None:
        self._count += 1
        if self._count > ELEMENTS or len(self._open) >= DEPTH or (not self._open and tag != ROOT):
            raise _refused()
        marks = {f"@{name}": value for name, value in attributes.items() if not name.startswith("xmlns")}
        self._open.append((tag, marks, [], []))

    def _end(self, _tag: str) -> None:
        tag, children, lines, texts = self._open.pop()
        children = {name: one for name, one in children.items() if one}
        text = "".join(texts).strip()
        if bool(text) + bool(children) + bool(lines) > 1:
            raise _refused()
        node: Node = lines or children or text
        if not self._open:
            self.value = node
            return
        _, siblings, beside, _ = self._open[-1]
        if tag == LINE:
            beside.append(node or {})
        elif tag in siblings:
            raise _refused()
        else:
            siblings[tag] = node

    def _characters(self, text: str) -> None:
        if self._open:
            self._open[-1][3].append(text)
