"""A manifest as a table: where its heading stands, what is said of the journey above and below, and its rows."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Final

from ...domain.documents.dates import Century
from ...errors import AgencyError
from .columns import ManifestRules, TableColumns, folded
from .days import Days
from .model import CREW_ROLES, Call, Journey, Leg, Remarks, Traveller
from .table_persons import Row, RowReader
from .values import plain, read_count

MOST_TRAVELLERS: Final = 50_000
HEAD: Final = 60
"""Rows in which a heading is looked for."""
_DATES: Final = frozenset({"birth_date", "expiry_date", "issue_date"})
_CLOCK: Final = re.compile(r"\b([01]?[0-9]|2[0-3])[:.]([0-5][0-9])\b")
_NUMBER: Final = re.compile("[0-9]{1,6}")


@dataclass(slots=True)
class Table:
    """What was read of a table so far."""

    travellers: list[Traveller] = field(default_factory=list)
    labels: dict[str, str] = field(default_factory=dict)
    counts: list[tuple[Row, str, int]] = field(default_factory=list)


class TableReader:
    """Reads the table of one sheet or file."""

    def __init__(self, remarks: Remarks, rules: ManifestRules, today: date) -> None:
        """`today` bounds births and tells centuries."""
        self._remarks, self._rules, self._today = remarks, rules, today

    def heading(self, rows: Sequence[Row]) -> tuple[int, TableColumns] | None:
        """Which row is the heading, and its columns; None where none is."""
        found = [(at, columns) for at, row in enumerate(rows[:HEAD]) if (columns := self._rules.mapping(row.texts))]
        return max(found, key=lambda one: (len(one[1].fields), -one[0]), default=None)

    def read(self, rows: Sequence[Row]) -> tuple[Journey, list[Traveller]]:
        """The journey and its travellers. Raises AgencyError `manifest.no-heading`."""
        heading = self.heading(rows)
        if heading is None:
            raise AgencyError("manifest.no-heading", file=self._remarks.file)
        at, columns = heading
        table, days = Table(), Days(columns.dates, self._rules.month_of, self._today)
        dated = [number for number, name in columns.fields.items() if name in _DATES]
        days.learn(row.cells[n].text for row in rows[at + 1 :] for n in dated if n < len(row.cells))
        reader = RowReader(self._remarks, self._rules, columns, days, self._today)
        for row in rows[:at]:
            self._outside(table, row)
        self._body(table, rows[at], rows[at + 1 :], columns, reader)
        journey = self._journey(table, days)
        self._compare(table)
        return journey, table.travellers

    def _body(self, table: Table, heading: Row, rows: Sequence[Row], columns: TableColumns, reader: RowReader) -> None:
        role = ""
        said = [folded(text) for text in heading.texts]
        for row in rows:
            if row.blank or [folded(text) for text in row.texts] == said:
                continue  # headings are repeated on every page
            if (section := self._section(row)) is not None:
                role = section
            elif not self._is_traveller(row, columns):
                self._outside(table, row)
            elif len(table.travellers) < MOST_TRAVELLERS:
                table.travellers.append(reader.draft(row, role).done(0, self._today))
            else:
                self._remarks.add(row.line, "manifest.travellers-too-many", row.sheet, most=MOST_TRAVELLERS)
                return

    def _section(self, row: Row) -> str | None:
        """The role of the rows below, where a row says nothing else: `KRU`, `Penumpang:`."""
        said = [text for text in row.texts if text]
        meaning = self._rules.find_meaning("role", said[0]) if len(said) == 1 else None
        return meaning.value if meaning else None

    def _is_traveller(self, row: Row, columns: TableColumns) -> bool:
        """Whether a row has a name and something more, or a document; a label or a signature has not."""
        said = {columns.fields.get(at) for at, cell in enumerate(row.cells) if cell.text} - {"row", None}
        if self._labelled(row) and not said & {"document_number", "birth_date", "mrz", "mrz_1"}:
            return False
        names = said & {"name", "surname", "given_names", "mrz", "mrz_1"}
        return bool(names and (said - names or len(said) > 1)) or "document_number" in said or said == {"mrz"}

    # -- the journey ------------------------------------------------------------------------------------------------

    def _labelled(self, row: Row) -> dict[str, str]:
        """What a row says of the journey, by label."""
        found: dict[str, str] = {}
        texts = row.texts
        for at, text in enumerate(texts):
            words, colon, value = text.partition(":")
            label = self._rules.label_of.get(folded(words))
            if label is None:
                continue
            beside = next((other.strip(" :") for other in texts[at + 1 :] if other.strip(" :")), "")
            said = value.strip() if colon and value.strip() else beside
            if said:
                found.setdefault(label, said)
        return found

    def _outside(self, table: Table, row: Row) -> None:
        """A row above or below the travellers: what it says of the journey, or that it was not used."""
        if row.blank:
            return
        labels = self._labelled(row)
        if not labels:
            said = " ".join(text for text in row.texts if text)
            self._remarks.add(row.line, "manifest.row-not-used", row.sheet, found=plain(said[:200]))
        for label, said in labels.items():
            table.labels.setdefault(label, plain(said[:200]))
            number = _NUMBER.search(said) if label in {"passengers", "crew"} else None
            if number is not None and (count := read_count(number[0])) is not None:
                table.counts.append((row, label, count))

    def _journey(self, table: Table, days: Days) -> Journey:
        said = table.labels
        day = days.read(said.get("date", ""), Century.EXPIRY)
        on = day.date.iso() if day else ""
        if said.get("date") and not on:
            self._remarks.add(1, "manifest.time", found=said["date"])
        leg = Leg(
            said.get("service", ""),
            said.get("carrier", ""),
            "3",
            said.get("vehicle", ""),
            Call(said.get("from", ""), _moment(on, said.get("departure_time", ""))),
            Call(said.get("to", ""), _moment(on, said.get("arrival_time", ""))),
        )
        declared = {label: count for _, label, count in table.counts}
        return Journey("745", legs=(leg,), passengers=declared.get("passengers"), crew=declared.get("crew"))

    def _compare(self, table: Table) -> None:
        crew = sum(one.role in CREW_ROLES for one in table.travellers)
        found = {"crew": crew, "passengers": len(table.travellers) - crew}
        for row, label, count in table.counts:
            if count != found[label]:
                self._remarks.add(row.line, f"manifest.{label}", row.sheet, declared=count, found=found[label])


def _moment(day: str, clock: str) -> str:
    """A day and a clock time as ISO 8601; the day alone where there is no time; "" without a day."""
    found = _CLOCK.search(clock)
    return f"{day}T{int(found[1]):02}:{found[2]}" if day and found and len(day) == 10 else day
