"""Rows of an XLSX manifest (ECMA-376), by openpyxl in its read-only mode, after bounds of our own on the archive.

Nothing is computed: of a formula the result that was saved counts, and is reported. So are merged cells, of which only
the first has a value. A document type or an entity in any part is refused before a parser sees it.
"""

import re
import warnings
from collections.abc import Iterator
from datetime import date, datetime, time
from io import BytesIO
from itertools import islice
from typing import TYPE_CHECKING, Any, Final
from zipfile import BadZipFile, ZipFile

from ...errors import AgencyError
from .csv_table import CELLS
from .model import LONGEST, Remarks
from .table_persons import Cell, Row
from .tables import MOST_TRAVELLERS
from .values import plain

if TYPE_CHECKING:
    from zipfile import ZipInfo

MOST_ROWS: Final = MOST_TRAVELLERS + 10_000
LAST_ROW: Final = 1 << 20
"""Of any sheet."""
MOST_SHEETS: Final = 32
ENTRIES: Final = 512
WHOLE: Final = 16 << 20
"""Bytes of all parts, unpacked."""
RATIO: Final = 200
"""Spreadsheets pack to a tenth or a thirtieth; what packs better by far is made to."""
_PARTS: Final = {"xl/styles.xml": 2 << 20, "xl/sharedStrings.xml": 8 << 20}
_SMALL: Final = 1 << 20
"""Parts that are read, other than sheets."""
_READ: Final = re.compile(r"(?:\[Content_Types\]|_rels/.*|xl/.*|docProps/.*)\.(?:xml|rels)")
_SHEET: Final = re.compile(r"xl/worksheets/[^/]+\.xml")
_DECLARES: Final = re.compile(rb"<!\s*(?:DOCTYPE|ENTITY)|<\x00!\x00D\x00|\x00<\x00!\x00D", re.IGNORECASE)
_MERGED: Final = re.compile(rb'<(?:\w+:)?mergeCell\s+ref="([A-Z]{1,3}[0-9]{1,7}:[A-Z]{1,3}[0-9]{1,7})"')
_FORMULA: Final = re.compile(rb'<(?:\w+:)?c\s[^<>]*?\br="([A-Z]{1,3}[0-9]{1,7})"[^<>]*>\s*<(?:\w+:)?f\b')
_FAR: Final = re.compile(rb'<(?:\w+:)?c\s[^<>]*?\br="(?:[A-Z]{3}|[J-Z][A-Z]|I[W-Z])([0-9]{1,7})"')
_MOST_MARKS: Final = 10_000


def xlsx_sheets(raw: bytes, remarks: Remarks) -> Iterator[list[Row]]:
    """The rows of every visible sheet.

    Raises AgencyError `manifest.archive` (not one, damaged, or encrypted), `manifest.archive-unsafe` (larger unpacked
    than any list, or with a document type).
    """
    with _archive(raw, remarks.file) as archive:
        _check(archive, remarks.file)
        try:
            yield from _sheets(raw, archive, remarks)
        except AgencyError:
            raise
        except Exception:  # noqa: BLE001 - what openpyxl raises on a hostile file has no common root
            raise AgencyError("manifest.archive", file=remarks.file) from None


def _archive(raw: bytes, file: str) -> ZipFile:
    try:
        return ZipFile(BytesIO(raw))
    except (BadZipFile, OSError, ValueError, NotImplementedError, RuntimeError):
        raise AgencyError("manifest.archive", file=file) from None


def _check(archive: ZipFile, file: str) -> None:
    """Sizes as declared are bounds: reading stops there, and a part that has more is damaged."""
    parts = archive.infolist()
    unsafe = AgencyError("manifest.archive-unsafe", file=file)
    names = {part.filename for part in parts}
    if len(parts) > ENTRIES or len(names) < len(parts) or sum(part.file_size for part in parts) > WHOLE:
        raise unsafe
    if any(part.flag_bits & 1 for part in parts) or "xl/workbook.xml" not in names:
        raise AgencyError("manifest.archive", file=file)
    for part in parts:
        if not _READ.fullmatch(part.filename):
            continue
        if part.file_size > (WHOLE if _SHEET.fullmatch(part.filename) else _PARTS.get(part.filename, _SMALL)):
            raise unsafe
        if part.file_size > RATIO * max(1 << 10, part.compress_size):
            raise unsafe
        if _DECLARES.search(_read(archive, part, file)):
            raise unsafe


def _read(archive: ZipFile, part: "ZipInfo | str", file: str) -> bytes:
    import zlib

    try:
        return archive.read(part)
    except (BadZipFile, OSError, EOFError, ValueError, NotImplementedError, RuntimeError, KeyError, zlib.error):
        raise AgencyError("manifest.archive", file=file) from None


def _sheets(raw: bytes, archive: ZipFile, remarks: Remarks) -> Iterator[list[Row]]:
    from openpyxl import load_workbook

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of extensions that openpyxl leaves out
        book: Any = load_workbook(BytesIO(raw), read_only=True, data_only=True, keep_links=False)
        try:
            sheets = [sheet for sheet in book.worksheets[:MOST_SHEETS] if hasattr(sheet, "iter_rows")]
            for sheet in sheets:
                name = plain(str(sheet.title)[:LONGEST]) if len(sheets) > 1 else ""
                if sheet.sheet_state != "visible":
                    remarks.add(1, "manifest.sheet-hidden", name)
                    continue
                marks = _read(archive, str(sheet._worksheet_path), remarks.file)  # noqa: SLF001 - its one way to say
                yield list(_rows(sheet, name, _Marks(marks, name, remarks), remarks))
        finally:
            book.close()


class _Marks:
    """What openpyxl's read-only mode does not tell of a sheet: formulas, merged cells, cells far to the right."""

    def __init__(self, part: bytes, sheet: str, remarks: Remarks) -> None:
        self.formulas = {found[1].decode() for found in islice(_FORMULA.finditer(part), _MOST_MARKS)}
        for found in islice(_MERGED.finditer(part), _MOST_MARKS):
            span = found[1].decode()
            remarks.add(_row_of(span), "manifest.merged", sheet, found=span)
        far = _FAR.search(part)
        if far:
            remarks.add(int(far[1]), "manifest.columns-too-many", sheet, most=CELLS)


def _row_of(reference: str) -> int:
    return int("".join(filter(str.isdecimal, reference.partition(":")[0])))


def _rows(sheet: Any, name: str, marks: _Marks, remarks: Remarks) -> Iterator[Row]:
    read, blank = 0, ()
    for number, cells in enumerate(sheet.iter_rows(max_col=CELLS, max_row=LAST_ROW), 1):
        if cells is blank:
            continue  # between rows that are there one and the same stands for all that are not
        last = max((at for at, cell in enumerate(cells, 1) if cell.value is not None), default=0)
        if not last:
            blank = cells
            continue
        read += 1
        if read > MOST_ROWS:
            remarks.add(number, "manifest.rows-too-many", name, most=MOST_ROWS)
            return
        yield Row(number, tuple(_cell(cell, marks) for cell in cells[:last]), name)


def _cell(cell: Any, marks: _Marks) -> Cell:
    """A cell as text; a number without the zeros that a spreadsheet adds, and with those that its format shows."""
    value = cell.value
    if value is None:
        return Cell("")
    formula = bool(marks.formulas) and cell.coordinate in marks.formulas
    if isinstance(value, int | float) and not isinstance(value, bool):
        return Cell(_number(value, str(cell.number_format)), number=True, formula=formula)
    day = value.date() if isinstance(value, datetime) else value if isinstance(value, date) else None
    said = value.isoformat("minutes") if isinstance(value, time) else str(value)
    return Cell(plain(said[: 4 * LONGEST]), day, formula=formula)


def _number(value: float, form: str) -> str:
    if value != value or value in {float("inf"), float("-inf")}:  # noqa: PLR0124 - that is what no number is
        return ""
    said = str(int(value)) if value == int(value) else repr(value)
    zeros = form.partition(";")[0]
    return said.zfill(min(len(zeros), 24)) if zeros and set(zeros) == {"0"} else said
