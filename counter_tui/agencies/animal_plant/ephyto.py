"""Certificates as the country that issued them writes them: UN/CEFACT's SPSCertificate, as IPPC's ePhyto uses it.

Read with expat, elements by their local names: its namespaces change with every version. A document type, and with it
every entity, is refused; so is what is deeper, larger or of more elements than a certificate can be. Of several goods
on one certificate the first alone is read, and only where there is no other: what covers which is not guessed.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import Final
from xml.parsers import expat

from ..lists.cleaning import clean
from .certificates import Certificate
from .quantities import find_quantity
from .states import state

ROOT: Final = "SPSCertificate"
DEPTH: Final = 16
ELEMENTS: Final = 2000
LONGEST: Final = 400
FORMS: Final = {"851": "PHYTO", "657": "PHYTO", "852": "VHC", "853": "VHC"}
"""UN/EDIFACT 1001: phytosanitary, the same for re-export, sanitary, veterinary."""
ISSUED: Final = "70"
FIRST, LAST = date(1900, 1, 1), date(2200, 1, 1)


class _RefusedError(Exception):
    """The document is none that is read here."""


def read_ephyto(document: str) -> Certificate | None:
    """The certificate in an XML document; None where it cannot be read rightly."""
    tree = _Tree()
    try:
        tree.parser.Parse(document.encode(), True)
        return _certificate(tree.root)
    except (expat.ExpatError, UnicodeError, ValueError, _RefusedError):
        return None


@dataclass(slots=True)
class _Node:
    name: str
    unit: str = ""
    text: str = ""
    inner: "list[_Node]" = field(default_factory=list)

    def all(self, *path: str) -> "Iterator[_Node]":
        if not path:
            yield self
            return
        for one in self.inner:
            if one.name == path[0]:
                yield from one.all(*path[1:])

    def said(self, *path: str) -> str:
        """The text of the one element there; "" where there is none. _RefusedError where there are two."""
        found = list(self.all(*path))
        if len(found) > 1:
            raise _RefusedError
        return clean(found[0].text) if found else ""


class _Tree:
    def __init__(self) -> None:
        parser = self.parser = expat.ParserCreate("UTF-8", namespace_separator=" ")
        parser.buffer_text = True
        parser.SetParamEntityParsing(expat.XML_PARAM_ENTITY_PARSING_NEVER)
        parser.StartDoctypeDeclHandler = self._refuse
        parser.StartElementHandler = self._start
        parser.EndElementHandler = self._end
        parser.CharacterDataHandler = self._characters
        self.root = _Node("")
        self._open = [self.root]
        self._count = 0

    def _refuse(self, *_: object) -> None:
        raise _RefusedError

    def _start(self, tag: str, attributes: dict[str, str]) -> None:
        self._count += 1
        if self._count > ELEMENTS or len(self._open) > DEPTH:
            raise _RefusedError
        node = _Node(tag.rpartition(" ")[2], attributes.get("unitCode", "")[:10])
        self._open[-1].inner.append(node)
        self._open.append(node)

    def _end(self, _tag: str) -> None:
        self._open.pop()

    def _characters(self, text: str) -> None:
        node = self._open[-1]
        node.text = (node.text + text)[:LONGEST]


def _certificate(root: _Node) -> Certificate:
    """What the document says; _RefusedError where it is another, or of more than one thing."""
    header, consignment = (ROOT, "SPSExchangedDocument"), (ROOT, "SPSConsignment")
    code = FORMS.get(root.said(*header, "TypeCode"))
    number = root.said(*header, "ID")
    lines = list(root.all(*consignment, "IncludedSPSConsignmentItem", "IncludedSPSTradeLineItem"))
    if code is None or not number or len(lines) != 1:
        raise _RefusedError
    (line,) = lines
    weights = [*line.all("NetWeightMeasure"), *line.all("NetVolumeMeasure")]
    said = f"{clean(weights[0].text)} {weights[0].unit}".strip() if weights else ""
    status = root.said(*header, "StatusCode")
    return Certificate(
        "IPPC" if code == "PHYTO" else "WOAH",
        code,
        number,
        state(root.said(*consignment, "ExportSPSCountry", "ID")),
        _day(root.said(*header, "IssueDateTime", "DateTimeString")),
        quantity=find_quantity(weights[0].text.strip(), weights[0].unit) if weights else None,
        said=said,
        species=line.said("ScientificName"),
        consignee=root.said(*consignment, "ConsigneeSPSParty", "Name"),
        status="" if status == ISSUED else f"STATUS {status}".strip(),
    )


def _day(written: str) -> date | None:
    """The day of an ISO 8601 date, far from both ends of the calendar; ValueError where it is none."""
    if not written:
        return None
    day = date.fromisoformat(written[:10])
    if not FIRST <= day < LAST:
        raise ValueError
    return day
