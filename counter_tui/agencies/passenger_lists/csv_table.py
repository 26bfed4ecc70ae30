"""Rows of a CSV manifest: any of the delimiters and encodings that spreadsheets save, in bounds.

UTF-8 where a line decodes as UTF-8, else Windows-1252; UTF-16 by its mark. A broken row costs only itself.
"""

import csv
from collections.abc import Iterator, Sequence
from io import BytesIO
from itertools import islice
from typing import Final

from .model import LONGEST, Remarks
from .table_persons import Cell, Row
from .tables import HEAD, MOST_TRAVELLERS, TableReader
from .values import plain

DELIMITERS: Final = (",", ";", "\t", "|")
LINE: Final = 1 << 15
"""Characters of a line."""
CELLS: Final = 256
MOST_CELLS: Final = 1_000_000
RECORD_LINES: Final = 16
"""Lines that one row may take, with breaks inside of quoted cells."""
MOST_ROWS: Final = 2 * MOST_TRAVELLERS
_UTF16: Final = {b"\xff\xfe": "utf-16-le", b"\xfe\xff": "utf-16-be"}
_EXCEL: Final = "sep="


def csv_rows(raw: bytes, remarks: Remarks, reader: TableReader) -> list[Row]:
    """The rows, parted by whichever delimiter gives the fullest heading."""
    lines = list(islice(_lines(raw, remarks), MOST_ROWS + 1))
    if len(lines) > MOST_ROWS:
        remarks.add(MOST_ROWS, "manifest.rows-too-many", most=MOST_ROWS)
        del lines[MOST_ROWS:]
    start = 1 if lines and lines[0].lower().startswith(_EXCEL) else 0
    return _rows(lines, start, _delimiter(lines, start, reader), remarks)


def _delimiter(lines: list[str], start: int, reader: TableReader) -> str:
    if start and len(said := lines[0].strip()[len(_EXCEL) :]) == 1:
        return said
    quiet = Remarks("")
    scores = {mark: _score(_rows(lines[: start + HEAD], start, mark, quiet), reader) for mark in DELIMITERS}
    return max(DELIMITERS, key=lambda mark: scores[mark])


def _score(rows: Sequence[Row], reader: TableReader) -> int:
    heading = reader.heading(rows)
    return len(heading[1].fields) if heading else 0


def _lines(raw: bytes, remarks: Remarks) -> Iterator[str]:
    """Lines with their ends; one that is too long is passed over, and stands as an empty one."""
    encoding = _UTF16.get(raw[:2])
    if encoding is None and raw[1:2] == b"\x00" == raw[3:4]:
        encoding = "utf-16-le"
    if encoding is not None:
        raw = raw.decode(encoding, "replace").encode("utf-8", "replace")
    raw = raw.removeprefix(b"\xef\xbb\xbf").replace(b"\r\n", b"\n").replace(b"\r", b"\n")
    for number, ended in enumerate(BytesIO(raw), 1):
        line = ended.rstrip(b"\n")
        if len(line) > LINE:
            remarks.add(number, "manifest.line-too-long", most=LINE)
            yield "\n"
            continue
        try:
            text = line.decode("utf-8")
        except UnicodeDecodeError:
            text = line.decode("cp1252", "replace")
        yield text.strip("\x00\x1a") + "\n"


def _rows(lines: list[str], start: int, delimiter: str, remarks: Remarks) -> list[Row]:
    rows, at, cells = [], start, 0
    while at < len(lines):
        record, taken = _record(lines, at, delimiter)
        if record is None:
            remarks.add(at + 1, "manifest.row-broken")
        else:
            if len(record) > CELLS:
                remarks.add(at + 1, "manifest.columns-too-many", most=CELLS)
            row = Row(at + 1, tuple(Cell(_cell(text)) for text in _trimmed(record)))
            rows.append(row)
            cells += len(row.cells)
        if cells > MOST_CELLS:
            remarks.add(at + 1, "manifest.rows-too-many", most=len(rows))
            break
        at += taken
    return rows


def _record(lines: list[str], at: int, delimiter: str) -> tuple[list[str] | None, int]:
    """The row that begins on a line, and how many lines it takes; None where it is none."""
    if '"' not in lines[at]:
        return lines[at].rstrip("\n").split(delimiter), 1
    reader = csv.reader(lines[at : at + RECORD_LINES], delimiter=delimiter, strict=True, skipinitialspace=True)
    try:
        record = next(reader)
    except (csv.Error, StopIteration):
        return None, 1
    return record, max(1, reader.line_num)


def _trimmed(record: list[str]) -> list[str]:
    """The cells up to the last that has something in it."""
    del record[CELLS:]
    while record and not record[-1].strip():
        record.pop()
    return record


def _cell(text: str) -> str:
    return plain(text[: 4 * LONGEST])
