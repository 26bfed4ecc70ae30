"""A row of a manifest as a traveller: each column by its field, and a zone (MRZ) in a column read as a zone."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final, NamedTuple

from ...domain.documents import PartialDate
from ...domain.documents.dates import Century
from .columns import Field, ManifestRules, TableColumns, folded
from .days import Days
from .drafts import DocumentDraft, Draft
from .model import LONGEST, PASSENGER, ListedSex, Remarks
from .values import plain
from .zones import fill_from_zone

ZONE_FIELDS: Final = ("mrz", "mrz_1", "mrz_2", "mrz_3")
_SEXES: Final[Mapping[str, ListedSex]] = {"M": "M", "F": "F", "X": "X"}
_LAST_SERIAL, _SERIAL_BASE = 73_050, date(1899, 12, 30).toordinal()
"""Days as old spreadsheets count them, to the year 2099."""
_PLACE_AND_DAY: Final = (",", "/", ";", " ")


class Cell(NamedTuple):
    """What stands in a cell: its text; the day where it is one; a number that lost its form; a formula's result."""

    text: str
    day: date | None = None
    number: bool = False
    formula: bool = False


@dataclass(frozen=True, slots=True)
class Row:
    """A row: its line (in a sheet its number), its cells, and the sheet where there are several."""

    line: int
    cells: tuple[Cell, ...]
    sheet: str = ""

    @property
    def texts(self) -> list[str]:
        """What stands in it."""
        return [cell.text for cell in self.cells]

    @property
    def blank(self) -> bool:
        """Whether nothing does."""
        return not any(cell.text for cell in self.cells)


class RowReader:
    """Reads the rows of one table."""

    def __init__(self, remarks: Remarks, rules: ManifestRules, columns: TableColumns, days: Days, today: date) -> None:
        """`days` has learnt from the table's dates."""
        self._remarks, self._rules, self._columns, self._days, self._today = remarks, rules, columns, days, today

    def draft(self, row: Row, role: str) -> Draft:
        """The traveller of a row; `role` where the row says none."""
        draft = Draft(self._remarks, row.line, row.sheet, role)
        document = DocumentDraft()
        draft.documents.append(document)
        zone: dict[str, str] = {}
        for at, cell in enumerate(row.cells):
            field = self._columns.fields.get(at)
            if not cell.text or field == "row":
                continue
            place = " ".join(filter(None, (row.sheet, self._columns.place(at))))
            if field is None:
                draft.report("manifest.not-used", 0, place, found=plain(cell.text))
                continue
            if cell.formula:
                draft.report("manifest.formula", 0, place)
            if field in ZONE_FIELDS:
                zone[field] = cell.text
            else:
                self._one(draft, document, field, cell, place)
                document.code = document.code or self._columns.codes[at]
        if zone:
            said = "\n".join(zone[name] for name in ZONE_FIELDS if name in zone)
            fill_from_zone(draft, document, said, self._today)
        draft.role = draft.role or PASSENGER
        if not document.issuing_state and document.number:
            document.issuing_state = draft.nationality
        return draft

    def _one(self, draft: Draft, document: DocumentDraft, field: Field, cell: Cell, place: str) -> None:
        line = draft.line
        match field:
            case "surname" | "given_names":
                setattr(draft, field, draft.fitting(self._untitled(draft, cell.text), field, line, place))
            case "name":
                self._name(draft, draft.fitting(self._untitled(draft, cell.text), "surname", line, place))
            case "sex" | "role" | "document_code" | "nationality":
                self._meaning(draft, document, field, cell.text, place)
            case "document_number":
                self._number(draft, document, cell, place)
            case "issuing_state":
                draft.put_state("issuing_state", self._state(cell.text), line, place, document)
            case "birth_date":
                draft.birth = self._day(draft, cell, Century.BIRTH, field, place)
            case "expiry_date":
                document.expiry = self._day(draft, cell, Century.EXPIRY, field, place)
            case "issue_date":
                day = self._day(draft, cell, Century.BIRTH, field, place)
                draft.put(field, day.iso() if day else "", line, place)
            case "birth":
                self._birth(draft, cell, place)
            case _:
                draft.put(field, cell.text, line, place, several=field == "note")

    # -- names ------------------------------------------------------------------------------------------------------

    def _untitled(self, draft: Draft, name: str) -> str:
        """A name without the title before or behind it; the title is kept."""
        words = name.split()
        for at in (0, -1):
            if len(words) > 1 and folded(words[at]) in self._rules.title_words:
                draft.put("title", words.pop(at), draft.line, draft.place, several=True)
        return " ".join(words)

    def _name(self, draft: Draft, name: str) -> None:
        """One column for the whole name: parted where the list parts it, else as the operator writes it."""
        for mark in (",", "/"):
            surname, found, given = name.partition(mark)
            if found and surname.strip():
                draft.surname, draft.given_names = surname.strip(), " ".join(given.replace(mark, " ").split())
                return
        words = name.split()
        if len(words) < 2 or self._columns.names == "undivided":
            draft.surname = name
        elif self._columns.names == "surname-first":
            draft.surname, draft.given_names = words[0], " ".join(words[1:])
        else:
            draft.surname, draft.given_names = words[-1], " ".join(words[:-1])

    # -- codes ------------------------------------------------------------------------------------------------------

    def _meaning(self, draft: Draft, document: DocumentDraft, field: Field, said: str, place: str) -> None:
        meaning = self._rules.find_meaning(field, said)
        if field == "nationality":
            draft.put_state(field, meaning.value if meaning else said, draft.line, place, draft)
        elif meaning is None:
            draft.report("manifest.value", 0, place, field=field, found=plain(said))
        elif field == "sex":
            draft.sex = _SEXES[meaning.value]
        elif field == "role":
            draft.role = meaning.value
        else:
            document.code = meaning.value

    def _state(self, said: str) -> str:
        meaning = self._rules.find_meaning("nationality", said)
        return meaning.value if meaning else said

    def _number(self, draft: Draft, document: DocumentDraft, cell: Cell, place: str) -> None:
        draft.put_number(cell.text, draft.line, place, document)
        if cell.number and len(document.number) > 15:
            draft.report("manifest.digits-lost", 0, place, field="document_number")

    # -- days -------------------------------------------------------------------------------------------------------

    def _day(self, draft: Draft, cell: Cell, century: Century, field: str, place: str) -> PartialDate | None:
        if cell.day is not None:
            return PartialDate(cell.day.year, cell.day.month, cell.day.day)
        if cell.number and cell.text.isdecimal() and 2100 < int(cell.text[:9]) <= _LAST_SERIAL:
            day = date.fromordinal(_SERIAL_BASE + int(cell.text))
            return PartialDate(day.year, day.month, day.day)
        found = self._days.read(cell.text, century)
        if found is None:
            draft.report("manifest.date", 0, place, field=field, found=plain(cell.text))
            return None
        if found.doubtful:
            draft.report("manifest.date-doubtful", 0, place, field=field, found=plain(cell.text))
        return found.date

    def _birth(self, draft: Draft, cell: Cell, place: str) -> None:
        """Place and day of birth in one column: `Entikong, 12-08-1974`."""
        if cell.day is not None or self._days.read(cell.text, Century.BIRTH) is not None:
            draft.birth = self._day(draft, cell, Century.BIRTH, "birth_date", place)
            return
        text = cell.text[:LONGEST]
        ways = [text.partition(mark) for mark in _PLACE_AND_DAY]
        for where, _, said in ways:
            if self._days.read(said, Century.BIRTH) is not None:
                draft.put("birth_place", where, draft.line, place)
                draft.birth = self._day(draft, Cell(said), Century.BIRTH, "birth_date", place)
                return
        draft.report("manifest.date", 0, place, field="birth_date", found=plain(text))
