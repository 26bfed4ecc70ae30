"""Our own CSV, JSON and JSON Lines."""

import json
from datetime import date
from pathlib import Path

import pytest

from counter_tui.agencies.lists import Format, read_list
from counter_tui.agencies.lists.text_lines import LINE
from counter_tui.domain.screening.model import ListedKind
from counter_tui.errors import ListError

from .listing import HEADER, births, names, read


def test_an_entry_has_all_that_its_row_says(tmp_path: Path) -> None:
    row = "A-1,Siti Aminah,Ita;Sity Aminah,Mak Ita,1974-08-12|1975,IDN;Burma,B9120456 | K12,h2,\n"
    found = read(tmp_path / "x.csv", HEADER + row)
    entry = found.entries[0]

    assert found.file.format is Format.CSV
    assert found.problems == []
    assert entry.names == ("Siti Aminah", "Ita", "Sity Aminah", "Mak Ita")
    assert entry.weak == {3}
    assert births(entry) == ["1974-08-12", "1975"]
    assert entry.nationalities == ("IDN", "MMR")
    assert entry.documents == ("B9120456", "K12")
    assert (entry.handling, entry.kind) == ("H2", ListedKind.PERSON)
    assert "Siti" not in repr(entry)


def test_columns_come_in_any_order_and_most_may_be_missing(tmp_path: Path) -> None:
    entry = read(tmp_path / "x.csv", "Name , kind,REF\nMV Ulin,vessel,7\n").entries[0]

    assert (entry.ref, entry.names, entry.kind, entry.births) == ("7", ("MV Ulin",), ListedKind.VESSEL, ())


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("tail", ["", "\x1a", "\x00\x1a", "\n\n\x1a"])
def test_line_ends_a_byte_order_mark_and_a_ctrl_z_change_nothing(tmp_path: Path, end: str, tail: str) -> None:
    body = f"\ufeffref,name,handling{end}1,A,H2{end}{end}2,B,H3{tail}"
    found = read(tmp_path / "x.csv", body)

    assert [(entry.ref, entry.handling) for entry in found.entries] == [("1", "H2"), ("2", "H3")]
    assert found.problems == []


def test_quotes_may_hold_line_breaks_commas_and_quotes(tmp_path: Path) -> None:
    found = read(tmp_path / "x.csv", 'ref,name\n1,"Ali ""the\r\nCook"", of Sibu"\n2,Budi\n')

    assert names(found.entries) == ['Ali "the Cook", of Sibu', "Budi"]


def test_a_broken_row_is_reported_and_the_rest_goes_on(tmp_path: Path) -> None:
    body = 'ref,name\n1,A\n2,"B\n3,C\n4,D,E\n5,"F"G\n,H\n6,\n1,I\n7,J\n'
    found = read(tmp_path / "x.csv", body)

    assert [entry.ref for entry in found.entries] == ["1", "3", "7"]
    assert found.problems == [
        (3, "row-broken"),
        (5, "row-width"),
        (6, "row-broken"),
        (7, "ref-bad"),
        (8, "name-bad"),
        (9, "ref-doubled"),
    ]
    assert (found.file.tally.entries, found.file.tally.left_out) == (3, 6)


def test_a_row_that_just_does_not_fit_costs_itself_alone(tmp_path: Path) -> None:
    found = read(tmp_path / "x.csv", "ref,name\n1," + "A" * (LINE - 3) + "\n2,B\n")

    assert found.problems == [(2, "row-broken")]
    assert names(found.entries) == ["B"]


def test_what_is_not_understood_of_an_entry_is_reported_and_the_entry_kept(tmp_path: Path) -> None:
    body = HEADER + f"1,A,{'x' * 500},,12/13/1990;1402,Atlantis;IDN,{'9' * 80},,\n"
    found = read(tmp_path / "x.csv", body)

    assert found.entries[0].names == ("A",)
    assert found.entries[0].nationalities == ("IDN",)
    assert {code for _, code in found.problems} == {
        "alias-bad",
        "birth-not-understood",
        "country-unknown",
        "number-bad",
    }
    assert found.file.tally.left_out == 0


@pytest.mark.parametrize(
    ("row", "code"),
    [
        ("1,A,,,,,,H10,", "handling-unknown"),
        ("1,A,,,,,,H5\u200b,", "handling-unknown"),
        ("1,A,,,,,,,ship", "kind-unknown"),
        (f"1,{'A' * 500},,,,,,,", "name-bad"),
        ("1,\u202e\u200b,,,,,,,", "name-bad"),
        (f"{'1' * 80},A,,,,,,,", "ref-bad"),
    ],
)
def test_an_entry_that_cannot_be_trusted_is_left_out(tmp_path: Path, row: str, code: str) -> None:
    found = read(tmp_path / "x.csv", f"{HEADER}{row}\n2,B,,,,,,,\n")

    assert found.problems == [(2, code)]
    assert names(found.entries) == ["B"]


def test_controls_bidi_marks_and_invisible_letters_are_kept_out(tmp_path: Path) -> None:
    body = "ref,name,aliases\n1,Ali\x00 \x1b[31m\u202eBin\u200b\u2028Abu\u00a0X,\u2066Budi\u2069\n"

    assert read(tmp_path / "x.csv", body).entries[0].names == ("Ali [31mBin Abu X", "Budi")


def test_bytes_that_are_no_utf_8_leave_their_entry_out(tmp_path: Path) -> None:
    found = read(tmp_path / "x.csv", b"ref,name\n1,Jos\xe9\n2,Jos\xc3\xa9\n")

    assert names(found.entries) == ["Jos\u00e9"]
    assert found.problems == [(2, "row-encoding")]


def test_discreet_entries_are_counted_and_kept_only_by_their_owner(tmp_path: Path) -> None:
    body = HEADER + "1,A,,,,,,H5,\n2,B,,,,,,H2,\n3,C,,,,,, h5 ,\n"
    found = read(tmp_path / "x.csv", body)

    assert (names(found.entries), found.file.tally.discreet, found.problems) == (["B"], 2, [])
    assert len(read(tmp_path / "x.csv", keep_discreet=True).entries) == 3


def test_json_and_json_lines_say_the_same(tmp_path: Path) -> None:
    head = {"format": "counter-list/1", "name": "Watch", "version": 3, "as_of": "2026-11-01", "count": 2}
    entries = [
        {"ref": "1", "name": "A", "aliases": ["B"], "weak_aliases": ["C"], "birth_dates": ["1974-08"]},
        {"ref": "2", "name": "\u674e\u4f1f", "nationalities": ["CHN"], "documents": ["E1"], "handling": "H3"},
    ]
    array = read(tmp_path / "a", json.dumps(head | {"entries": entries}, indent=1))
    minified = read(tmp_path / "b", json.dumps(head | {"entries": entries}))
    lines = read(tmp_path / "c", "\n".join(map(json.dumps, [head, *entries])) + "\n")

    assert array.entries == minified.entries == lines.entries
    assert [entry.names for entry in lines.entries] == [("A", "B", "C"), ("\u674e\u4f1f",)]
    assert (array.file.format, minified.file.format, lines.file.format) == (Format.JSON, Format.JSON, Format.JSONL)
    for found in (array, lines):
        file = found.file
        assert (file.name, file.version, file.as_of, file.declared) == ("Watch", 3, date(2026, 11, 1), 2)
        assert found.problems == []


def test_a_bad_line_or_entry_of_json_is_reported_and_the_rest_goes_on(tmp_path: Path) -> None:
    head = '{"format":"counter-list/1"}'
    lines = read(tmp_path / "a", f'{head}\n{{"ref":"1"\n[]\n{{"ref":1,"name":"A"}}\n\n{{"ref":"2","name":"B","x":1}}\n')
    array = read(
        tmp_path / "b", f'{head[:-1]},"entries":[\n7,\n{{"ref":"1","name":["A"]}},\n{{"ref":"2","name":"B"}}]}}'
    )

    assert names(lines.entries) == names(array.entries) == ["B"]
    assert lines.problems == [(2, "row-broken"), (3, "row-broken"), (4, "row-broken"), (6, "column-unknown")]
    assert array.problems == [(2, "ref-bad"), (3, "row-broken")]


@pytest.mark.parametrize(
    "body",
    [
        '{"format":"counter-list/1","entries":[{"ref":"1","name":"A"}',
        '{"format":"counter-list/1","entries":[{"ref":"1","name":"A"}]} x',
        '{"format":"counter-list/1","entries":[{"ref":"1","name":"A"},]}',
        '{"format":"counter-list/1","entries":[' + "[" * 60000,
        '{"format":"counter-list/1","entries":[' + "9" * 60000,
        '{"format":"counter-list/1","entries":' + " " * 200_000 + "[]}",
        '{"format":"counter-list/1","x":"' + "y" * 100_000 + '","entries":[]}',
        '{"format":"counter-list/1","x":"' + "y" * 400_000 + '","entries":[]}',
    ],
)
def test_json_that_is_cut_off_or_out_of_bounds_is_refused(tmp_path: Path, body: str) -> None:
    with pytest.raises(ListError, match="list.damaged"):
        read(tmp_path / "x", body)


@pytest.mark.parametrize(
    ("body", "code"),
    [
        (b"", "list.empty"),
        (b"hello,world\n", "list.format-unknown"),
        (b"\x00\x01\x02", "list.format-unknown"),
        ("ref,name\n1,A\n".encode("utf-16"), "list.encoding"),
        (b"<html><body>not found</body></html>", "list.format-unknown"),
        (b'36,12,"aka","AERO-CARIBBEAN",-0- \n', "list.is-part"),
        (b'36,25,"Calle 1","Havana","Cuba",-0- \n', "list.is-part"),
        (b"ref,name,ref\n1,A,1\n", "list.no-columns"),
        (b'{"format":"counter-list-delta/1","list":"x","base":1,"version":2}\n', "list.is-delta"),
        (b'{"format":"other"}\n', "list.format-unknown"),
        (b'{"format":"counter-list/1","count":2}\n{"ref":"1","name":"A"}\n', "list.count-differs"),
        (b"ref,name\n" + b"1,A,\n" * 1200, "list.mostly-broken"),
        (b"ref,name\n1," + b"A" * 70_000 + b"\n", "list.line-too-long"),
        (b"ref,name\n" + b"\x00" * 70_000 + b"\n1,A\n", "list.line-too-long"),
    ],
)
def test_a_file_that_cannot_be_used_is_refused_with_its_reason(tmp_path: Path, body: bytes, code: str) -> None:
    with pytest.raises(ListError) as refused:
        read(tmp_path / "x.csv", body)

    assert refused.value.code == code


def test_what_is_no_plain_file_is_refused(tmp_path: Path) -> None:
    for path in (tmp_path, tmp_path / "none", Path("/dev/zero")):
        with pytest.raises(ListError, match="list.no-file"):
            read_list(path)


def test_progress_is_told_in_entries_and_bytes_and_ends_at_all_of_it(tmp_path: Path) -> None:
    path = tmp_path / "x.csv"
    path.write_text("ref,name\n" + "".join(f"{number},Budi {number}\n" for number in range(10_000)), "utf-8")
    told: list[tuple[int, int, int]] = []
    size = path.stat().st_size

    assert len(list(read_list(path, progress=lambda *so_far: told.append(so_far)))) == 10_000
    assert [entries for entries, _, _ in told] == [4096, 8192, 10_000]
    assert all(0 < read <= of == size for _, read, of in told)
    assert told[-1] == (10_000, size, size)
