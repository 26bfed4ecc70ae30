"""Our own layouts: CSV for what people keep in a spreadsheet, JSON and JSON Lines for what systems write.

CSV: UTF-8, comma, a header row. Columns in any order: `ref` and `name`, and where wanted `aliases`, `weak_aliases`,
`birth_dates`, `nationalities`, `documents`, `handling` (H0 to H9), `kind` (person, entity, vessel, aircraft). A cell
with several values parts them with `;` or `|`. Dates are ISO 8601 as far as known (1974, 1974-08, 1974-08-12);
countries are ICAO codes or names.

JSON: an object with `"format": "counter-list/1"`, and where known `name`, `version`, `as_of`, `count`; then `entries`,
its last key: an array of objects with the keys of the CSV's columns, lists where that has several values.
JSON Lines: the header as an object of one line, then an entry a line.
"""

from collections.abc import Iterator, Sequence
from io import BufferedReader
from operator import itemgetter
from pathlib import Path

from ...domain.screening.model import Listed
from ...errors import ListError
from .csv_rows import csv_rows, is_blank
from .entries import EntryMaker, Raw
from .model import Reading
from .text_lines import Lines, as_text

COLUMNS = (
    "ref",
    "name",
    "aliases",
    "weak_aliases",
    "birth_dates",
    "nationalities",
    "documents",
    "handling",
    "kind",
)
NEEDED = frozenset(COLUMNS[:2])


def read(_path: Path, opened: BufferedReader, reading: Reading) -> Iterator[Listed]:
    """The entries of our own CSV. ListError `list.no-columns` without its needed columns."""
    with as_text(opened) as text:
        lines = Lines(text, reading.file)
        rows = csv_rows(lines, reading)
        header = [name.strip().lower() for name in next(rows, [])]
        if not NEEDED.issubset(header) or len(set(header)) != len(header):
            raise ListError("list.no-columns", file=reading.file)
        if not set(header).issubset(COLUMNS):
            reading.doubt(1, "list.column-unknown")
        yield from _entries(header, rows, lines, reading)


def _entries(header: list[str], rows: Iterator[list[str]], lines: Lines, reading: Reading) -> Iterator[Listed]:
    width = len(header)
    pick = itemgetter(*(header.index(name) if name in header else width for name in COLUMNS))
    make = EntryMaker(reading).entry
    for row in rows:
        if len(row) != width:
            if not is_blank(row):
                reading.left_out(lines.number + 1, "list.row-width", found=len(row), expected=width)
            continue
        row.append("")  # where the columns stand that this file has not
        ref, name, aliases, weak, births, nationalities, documents, handling, kind = pick(row)
        found = make(
            lines.number + 1,
            Raw(
                ref,
                name,
                aliases and _values(aliases),
                weak and _values(weak),
                births and _values(births),
                nationalities and _values(nationalities),
                documents and _values(documents),
                handling,
                kind,
            ),
        )
        if found is not None:
            yield found


def _values(cell: str) -> Sequence[str]:
    return cell.replace("|", ";").split(";") if ";" in cell or "|" in cell else (cell,)
