"""Group 4 and 5 of PAXLST (D.02B, D.05B, D.12B): a traveller's segments, from NAD on, into a draft."""

from collections.abc import Callable, Mapping
from datetime import date
from typing import Final

from ...domain.documents.dates import Century
from .drafts import DocumentDraft, Draft
from .edifact import Segment
from .model import LONGEST, ROLES, ListedSex, Remarks
from .values import plain, read_day

MOST_DOCUMENTS: Final = 16
CODE_LISTS: Final = frozenset({"3", "5", "6", "86", "109", "110", "111", "139", "162", "163", "ZZZ"})
"""Which list a code is of, and whose list that is (1131, 3055): said beside codes, and nothing by itself."""
_SEXES: Final[Mapping[str, ListedSex]] = {"M": "M", "F": "F", "X": "X", "U": "X"}
_PLACES: Final = {
    "178": "embarkation",
    "179": "debarkation",
    "22": "clearance",
    "174": "residence",
    "180": "birth_place",
}
_REFERENCES: Final = {"AVF": "reservation", "SEA": "seat", "ABO": "reference", "CR": "reference", "YZY": "ticket"}
_VERIFIED: Final = {"173": "yes", "174": "no"}


def take_code_lists(segment: Segment, element: int) -> None:
    """Take what says which list a code is of."""
    for component in (1, 2):
        if segment.peek(element, component) in CODE_LISTS:
            segment.take(element, component)


def take_place(segment: Segment, element: int = 2) -> str:
    """A place (C517): its name, else its code."""
    take_code_lists(segment, element)
    code, name = segment.take(element), segment.take(element, 3)
    return f"{name}, {code}" if name and code else name or code


class Person:
    """One traveller's segments."""

    def __init__(self, segment: Segment, remarks: Remarks, day: date) -> None:
        """`segment` is their NAD; two-digit years are of the centuries that `day` tells."""
        self._day = day
        role = plain(segment.take(1))
        self.draft = Draft(remarks, segment.line, segment.place, role)
        if role not in ROLES:
            self.draft.report("manifest.role", field="role", found=role)
        surname, *given = (segment.take(4, at) for at in range(5))
        if not (surname or any(given)):
            surname = " ".join(segment.take_all(3))
        fit = self.draft.fitting
        self.draft.surname = fit(surname, "surname", segment.line, segment.place)
        self.draft.given_names = fit(" ".join(filter(None, given)), "given_names", segment.line, segment.place)
        address = [value for element in range(5, 10) for value in segment.take_all(element)]
        self._put(segment, "address", ", ".join(address))
        self._document: DocumentDraft | None = None

    def take(self, segment: Segment) -> bool:
        """Take what a segment says; False where it is none of a traveller's."""
        handler = self._HANDLERS.get(segment.tag)
        if handler is None:
            return False
        handler(self, segment)
        return True

    def _put(self, segment: Segment, name: str, said: str, *, several: bool = False) -> None:
        self.draft.put(name, said, segment.line, segment.place, several=several)

    def _attribute(self, segment: Segment) -> None:
        if segment.peek(1) != "2":
            return
        segment.take(1)
        said = segment.take(3) or segment.take(3, 3)
        sex = _SEXES.get(said.upper(), "")
        if said and not sex:
            self.draft.report("manifest.value", segment.line, segment.place, field="sex", found=plain(said))
        self.draft.sex = sex or self.draft.sex

    def _date(self, segment: Segment) -> None:
        kind = segment.peek(1)
        if kind not in {"329", "36", "182"} or (kind == "36" and self._document is None):
            return
        segment.take(1)
        said, form = segment.take(1, 1), segment.take(1, 2)
        if not said:
            return
        century = Century.EXPIRY if kind == "36" else Century.BIRTH
        found = read_day(said, form, century, self._day)
        name = {"329": "birth_date", "36": "expiry_date", "182": "issue_date"}[kind]
        if found is None:
            self.draft.report("manifest.date", segment.line, segment.place, field=name, found=plain(said))
        elif kind == "182":
            self._put(segment, name, found.iso())
        elif kind == "329" and self.draft.birth is None:
            self.draft.birth = found
        elif kind == "36" and self._document is not None and self._document.expiry is None:
            self._document.expiry = found
        elif found != (self.draft.birth if kind == "329" else self._document and self._document.expiry):
            self.draft.report("manifest.twice", segment.line, segment.place, field=name, found=found.iso())

    def _measure(self, segment: Segment) -> None:
        kind = segment.peek(1)
        if kind == "CT":
            segment.take(1)
            self._put(segment, "baggage_count", segment.take(3, 1) or segment.take(3))
        elif kind == "WT":
            segment.take(1)
            weight = segment.take(3, 1).replace(segment.decimal, ".")
            self._put(segment, "baggage_weight", f"{weight} {segment.take(3)}".strip() if weight else "")

    def _processing(self, segment: Segment) -> None:
        if segment.peek(1) == "4" and segment.peek(2) in _VERIFIED:
            segment.take(1)
            take_code_lists(segment, 2)
            self._put(segment, "verified", _VERIFIED[segment.take(2)])

    def _text(self, segment: Segment) -> None:
        name = "baggage_tags" if segment.peek(1) == "BAG" else "note"
        segment.take(1)
        for repetition in range(segment.repetitions(4)):
            said = ":".join(filter(None, (segment.take(4, at, repetition) for at in range(5))))
            self._put(segment, name, said, several=True)

    def _place(self, segment: Segment) -> None:
        kind = segment.peek(1)
        if kind == "91" and self._document is not None:
            segment.take(1)
            said = take_place(segment)
            self.draft.put_state("issuing_state", said, segment.line, segment.place, self._document)
        elif kind in _PLACES:
            segment.take(1)
            self._put(segment, _PLACES[kind], take_place(segment))

    def _contact(self, segment: Segment) -> None:
        for said in contacts(segment):
            self._put(segment, "contact", said, several=True)

    def _employment(self, segment: Segment) -> None:
        segment.take(1)
        take_code_lists(segment, 2)
        self._put(segment, "occupation", segment.take(2, 3) or segment.take(2))

    def _nationality(self, segment: Segment) -> None:
        segment.take(1)
        take_code_lists(segment, 2)
        said = segment.take(2) or segment.take(2, 3)
        self.draft.put_state("nationality", said, segment.line, segment.place, self.draft)

    def _reference(self, segment: Segment) -> None:
        if segment.peek(1) in _REFERENCES:
            self._put(segment, _REFERENCES[segment.take(1)], segment.take(1, 1))

    def _new_document(self, segment: Segment) -> None:
        self._document = DocumentDraft(plain(segment.take(1)[:LONGEST]).upper())
        take_code_lists(segment, 1)
        self.draft.put_number(segment.take(2), segment.line, segment.place, self._document)
        if len(self.draft.documents) < MOST_DOCUMENTS:
            self.draft.documents.append(self._document)
        else:
            self.draft.report("manifest.documents-too-many", segment.line, segment.place, most=MOST_DOCUMENTS)

    _HANDLERS: Final[Mapping[str, Callable[["Person", Segment], None]]] = {
        "ATT": _attribute,
        "DTM": _date,
        "MEA": _measure,
        "GEI": _processing,
        "FTX": _text,
        "LOC": _place,
        "COM": _contact,
        "EMP": _employment,
        "NAT": _nationality,
        "RFF": _reference,
        "DOC": _new_document,
    }


def contacts(segment: Segment) -> list[str]:
    """The ways to reach somebody of a COM: number and which way (TE, FX, EM ...)."""
    said = []
    for element in range(1, len(segment.elements)):
        for repetition in range(segment.repetitions(element)):
            number, way = segment.take(element, 0, repetition), segment.take(element, 1, repetition)
            said += [f"{number} {way}".strip()] if number else []
    return said
