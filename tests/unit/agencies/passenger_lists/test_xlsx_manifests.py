"""XLSX manifests: days and numbers as cells; formulas, merged cells, hidden sheets told; hostile archives refused."""

import zipfile
from datetime import date, datetime
from io import BytesIO
from typing import Any

import pytest
from openpyxl import Workbook

from counter_tui.errors import AgencyError
from tests.unit.agencies.passenger_lists.lists import codes, read

HEADING = ("No", "Nama", "Tgl lahir", "No. Paspor", "Masa berlaku")
SHEET = "xl/worksheets/sheet1.xml"


def book(*rows: tuple[Any, ...], heading: tuple[str, ...] = HEADING) -> Workbook:
    made = Workbook()
    for row in (heading, *rows):
        made.worksheets[0].append(list(row))
    return made


def saved(made: Workbook) -> bytes:
    opened = BytesIO()
    made.save(opened)
    return opened.getvalue()


def changed(raw: bytes, part: str, old: bytes, new: bytes, **more: bytes) -> bytes:
    """The same archive with something else in one part, and more parts."""
    opened = BytesIO()
    with zipfile.ZipFile(BytesIO(raw)) as before, zipfile.ZipFile(opened, "w", zipfile.ZIP_DEFLATED) as after:
        for name in before.namelist():
            body = before.read(name)
            assert name != part or old in body
            after.writestr(name, body.replace(old, new) if name == part else body)
        for name, body in more.items():
            after.writestr(name, body)
    return opened.getvalue()


def test_days_and_numbers_are_cells_of_their_own_kind() -> None:
    made = book((1, "Siti", datetime(1974, 8, 12), 12345678, date(2031, 1, 1)), (2, "Budi", "12/08/1974", "X1", 47849))  # noqa: DTZ001
    made.worksheets[0]["D2"].number_format = "000000000"
    found = read(saved(made))
    assert found.layout == "xlsx"
    assert [(one.line, one.surname) for one in found.travellers] == [(2, "Siti"), (3, "Budi")]
    first, second = (one.document for one in found.travellers)
    assert (first.number, second.number) == ("012345678", "X1")
    assert [one.expiry.iso() if one.expiry else None for one in (first, second)] == ["2031-01-01", "2031-01-01"]
    assert {one.birth.iso() for one in found.travellers if one.birth} == {"1974-08-12"}


def test_digits_that_a_spreadsheet_lost_are_told() -> None:
    found = read(saved(book((1, "Siti", "1974-08-12", 6103011208740001.0, ""))))
    assert (2, "D No. Paspor", "digits-lost") in codes(found)


def test_of_a_formula_the_saved_result_counts_and_is_told() -> None:
    raw = saved(book((1, '=UPPER("siti")', "1974-08-12", "X1", "")))
    assert read(raw).travellers[0].surname == ""
    result = changed(changed(raw, SHEET, b'<c r="B2"', b'<c r="B2" t="str"'), SHEET, b"</f><v", b"</f><v>SITI</v><v")
    found = read(result)
    assert found.travellers[0].surname == "SITI"
    assert (2, "B Nama", "formula") in codes(found)


def _part(raw: bytes, name: str = SHEET) -> bytes:
    with zipfile.ZipFile(BytesIO(raw)) as opened:
        return opened.read(name)


def test_merged_cells_are_told_and_only_the_first_has_a_value() -> None:
    made = book((1, "Siti", "1974-08-12", "X1", ""), (2, "Budi", "", "X2", ""))
    made.worksheets[0].merge_cells("C2:C3")
    found = read(saved(made))
    assert (2, "", "merged") in codes(found)
    assert [one.birth is None for one in found.travellers] == [False, True]


def test_hidden_sheets_are_not_used_and_every_other_is_a_journey() -> None:
    made = book((1, "Siti", "1974-08-12", "X1", ""))
    for name, state in (("Kru", "visible"), ("Lama", "hidden"), ("Catatan", "visible")):
        sheet = made.create_sheet(name)
        sheet.sheet_state = state
        sheet.append(["something"] if name == "Catatan" else ["Nama", "Paspor"])
        sheet.append(["Joko", "X9"])
    found = read(saved(made))
    assert [(one.surname, one.journey) for one in found.travellers] == [("Siti", 0), ("Joko", 1)]
    assert {(place, code) for _, place, code in codes(found)} >= {
        ("Lama", "sheet-hidden"),
        ("Catatan", "sheet-not-used"),
    }


def test_a_lying_size_and_cells_far_away_do_no_harm() -> None:
    raw = saved(book((1, "Siti", "1974-08-12", "X1", "")))
    dimension = _part(raw).split(b'<dimension ref="')[1].split(b'"')[0]
    lying = changed(raw, SHEET, dimension, b"A1:XFD1048576")
    assert [one.surname for one in read(lying).travellers] == ["Siti"]
    far = changed(raw, SHEET, b"</sheetData>", b'<row r="1000000"><c r="XFD1000000"><v>1</v></c></row></sheetData>')
    found = read(far)
    assert (1000000, "", "columns-too-many") in codes(found)
    assert [one.surname for one in found.travellers] == ["Siti"]


BOMB = b"0" * (40 << 20)
RAW = saved(book((1, "Siti", "1974-08-12", "X1", "")))


@pytest.mark.parametrize(
    ("raw", "code"),
    [
        (changed(RAW, SHEET, b"<sheetData>", b"<sheetData>", **{"xl/media/bomb.bin": BOMB}), "archive-unsafe"),
        (changed(RAW, SHEET, b"<sheetData>", b"<!--" + b" " * (8 << 20) + b"--><sheetData>"), "archive-unsafe"),
        (changed(RAW, SHEET, b"<worksheet", b'<!DOCTYPE x [<!ENTITY a "b">]><worksheet'), "archive-unsafe"),
        (changed(RAW, SHEET, b"</sheetData>", b"</sheetDat"), "archive"),
        (changed(RAW, "xl/workbook.xml", b"<sheets>", b"<sheets><"), "archive"),
        (RAW[: len(RAW) // 2], "archive"),
        (b"PK\x03\x04" + b"\x00" * 100, "archive"),
        (
            changed(RAW, SHEET, b"<sheetData>", b"<sheetData>", **{f"xl/{n}.xml": b"<a/>" for n in range(600)}),
            "archive-unsafe",
        ),
    ],
    ids=range(8),  # of the bytes it would be made of them, and they hold the time
)
def test_archives_that_would_do_harm_are_refused(raw: bytes, code: str) -> None:
    with pytest.raises(AgencyError) as refused:
        read(raw)
    assert refused.value.code == f"manifest.{code}"


def test_elements_nested_deep_do_not_end_the_program() -> None:
    deep = changed(RAW, SHEET, b"</sheetData>", b"</sheetData>" + b"<a>" * 20_000 + b"</a>" * 20_000)
    assert [one.surname for one in read(deep).travellers] == ["Siti"]
