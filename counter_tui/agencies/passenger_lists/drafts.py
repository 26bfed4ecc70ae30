"""A traveller in the making: values come in one by one, and what does not fit is reported with its place."""

from dataclasses import dataclass, field
from datetime import date
from typing import Final

from ...domain.documents import Document, PartialDate
from ...domain.texts import Text
from .model import LONGEST, ListedDocument, ListedSex, Remarks, Traveller
from .values import plain, read_number, read_state

LONGEST_NUMBER: Final = 24
_VISAS: Final = ("V", "K")
"""A code that begins so is a visa's, or of a paper that nobody travels with alone."""


@dataclass(slots=True)
class DocumentDraft:
    """A document in the making."""

    code: str = ""
    number: str = ""
    issuing_state: str = ""
    expiry: PartialDate | None = None

    def done(self) -> ListedDocument:
        """As it is listed."""
        return ListedDocument(self.code, self.number, self.issuing_state, self.expiry)

    @property
    def empty(self) -> bool:
        """Whether nothing is known of it."""
        return not (self.code or self.number or self.issuing_state or self.expiry)


@dataclass(slots=True)
class Draft:
    """A traveller in the making, who begins on `line` at `place`."""

    remarks: Remarks
    line: int
    place: str
    role: str
    surname: str = ""
    given_names: str = ""
    sex: ListedSex = ""
    birth: PartialDate | None = None
    nationality: str = ""
    documents: list[DocumentDraft] = field(default_factory=list)
    others: dict[str, str] = field(default_factory=dict)
    zone: Document | None = None
    problems: list[Text] = field(default_factory=list)

    def report(self, code: str, line: int = 0, place: str = "", /, **params: str | int) -> None:
        """A remark about this traveller; without a line and place, of their beginning."""
        self.problems.append(self.remarks.add(line or self.line, code, place or self.place, **params))

    def fitting(self, said: str, name: str, line: int, place: str) -> str:
        """The text, harmless, cut where it is longer than any real one."""
        text = plain(said[: LONGEST + 1])
        if len(text) > LONGEST:
            self.report("manifest.cut", line, place, field=name)
        return text[:LONGEST]

    def put(self, name: str, said: str, line: int, place: str, *, several: bool = False) -> None:
        """Keep what else is known, by name; a second value stands beside the first where there may be `several`."""
        text = self.fitting(said, name, line, place)
        held = self.others.get(name)
        if not text or text == held:
            return
        if held is not None and (not several or len(held) + len(text) > LONGEST):
            self.report("manifest.twice", line, place, field=name, found=text)
            return
        self.others[name] = text if held is None else f"{held}, {text}"

    def put_state(self, field: str, said: str, line: int, place: str, into: "Draft | DocumentDraft") -> None:
        """Keep a state; one that is not known is kept where it is shaped like a code, and reported."""
        if not said:
            return
        code, known = read_state(said)
        if not known:
            self.report("manifest.state", line, place, field=field, found=plain(said))
        held = getattr(into, field)
        if held and code and held != code:
            self.report("manifest.twice", line, place, field=field, found=code)
        else:
            setattr(into, field, held or code)

    def put_number(self, said: str, line: int, place: str, into: DocumentDraft) -> None:
        """Keep a document number."""
        into.number = read_number(said[: LONGEST + 1])
        if len(into.number) > LONGEST_NUMBER:
            self.report("manifest.cut", line, place, field="document_number")
            into.number = into.number[:LONGEST_NUMBER]

    def done(self, journey: int, today: date) -> Traveller:
        """The traveller; what every list should tell and this one does not is reported."""
        born = self.birth.earliest() if self.birth else None
        documents = [one for one in self.documents if not one.empty]
        documents.sort(key=_travels)
        for one in documents:
            last = one.expiry.latest() if one.expiry else None
            if born is not None and last is not None and last < born:
                self.report("manifest.expiry-before-birth", field="expiry_date", found=last.isoformat())
                one.expiry = None
        if born is not None and born > today:
            self.report("manifest.date", field="birth_date", found=born.isoformat())
            self.birth = None
        missing = {
            "surname": not (self.surname or self.given_names),
            "birth_date": self.birth is None,
            "nationality": not self.nationality,
            "document_number": not (documents and documents[0].number),
        }
        for name, absent in missing.items():
            if absent:
                self.report("manifest.missing", field=name)
        return Traveller(
            self.line,
            self.role,
            self.surname,
            self.given_names,
            self.sex,
            self.birth,
            self.nationality,
            tuple(one.done() for one in documents),
            self.others,
            self.zone,
            journey,
            tuple(dict.fromkeys(self.problems)),
        )


def _travels(document: DocumentDraft) -> int:
    """Travel documents first, visas last; passports before the rest."""
    if document.code.startswith(_VISAS):
        return 2
    return 0 if document.code.startswith("P") and document.number else 1
