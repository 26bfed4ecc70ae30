"""CSV manifests: several operators' headings, delimiters, encodings, dates and words; and what does not fit is told."""

from datetime import date

import pytest

from counter_tui.agencies.passenger_lists import Traveller
from counter_tui.domain.documents import compose_mrz
from counter_tui.errors import AgencyError
from tests.unit.agencies.passenger_lists.lists import codes, read, said

ZONE = compose_mrz(
    "TD3", "P", "IDN", "X1234567", "IDN", "Rahman", "Siti Aminah", "F", date(1974, 8, 12), date(2031, 1, 1)
)


def brief(one: Traveller) -> tuple[str, ...]:
    """What is asked of most rows."""
    born, expiry = one.birth, one.document.expiry
    return (
        one.surname, one.given_names, one.sex, born.iso() if born else "", one.nationality, one.document.code,
        one.document.number, one.document.issuing_state, expiry.iso() if expiry else "", one.role,
    )  # fmt: skip


ENGLISH = (
    "Surname,Given names,Sex,Date of birth,Nationality,Document type,Passport no,Issuing state,Expiry date,Role\n"
    "Aminah,Siti,F,1974-08-12,Indonesian,Passport,X1234567,IDN,2031-01-01,Passenger\n"
)
INDONESIAN = (
    "NAMA KELUARGA;NAMA DEPAN;JENIS KELAMIN;TGL. LAHIR;KEWARGANEGARAAN;JENIS DOKUMEN;NO. PASPOR;NEGARA PENERBIT;"
    "MASA BERLAKU;STATUS\nAminah;Siti;Perempuan;12 Agustus 1974;WNI;Paspor;X 1234567;Indonesia;1/1/2031;Penumpang\n"
)
MALAY = (
    "Nama keluarga\tNama diberi\tJantina\tTarikh lahir\tWarganegara\tJenis dokumen\tNo. Pasport\tNegara pengeluar\t"
    "Tarikh luput\tKategori\nAminah\tSiti\tPr\t12 Ogos 1974\tID\tPasport\tx1234567\tIDN\t01-Jan-31\tPenumpang\n"
)
WANTED = ("Aminah", "Siti", "F", "1974-08-12", "IDN", "P", "X1234567", "IDN", "2031-01-01", "FL")


@pytest.mark.parametrize("table", [ENGLISH, MALAY, INDONESIAN.replace("X 1234567", "X1234567")])
def test_the_same_traveller_in_three_languages(table: str) -> None:
    found = read(table)
    assert [brief(one) for one in found.travellers] == [WANTED]
    assert found.remarks == ()
    assert found.layout == "csv"


@pytest.mark.parametrize(
    "raw",
    [
        ENGLISH.replace("Aminah", "Ainé").encode("utf-8-sig"),
        ENGLISH.replace("Aminah", "Ainé").encode("cp1252"),
        ENGLISH.replace("Aminah", "Ainé").encode("utf-16"),
        ENGLISH.replace("Aminah", "Ainé").encode("utf-16-le"),
        ENGLISH.replace("Aminah", "Ainé").replace("\n", "\r").encode(),
        ("sep=,\r\n" + ENGLISH.replace("Aminah", "Ainé").replace("\n", "\r\n")).encode(),
    ],
)
def test_encodings_and_line_ends_of_spreadsheets(raw: bytes) -> None:
    (one,) = read(raw).travellers
    assert (one.surname, one.document.number) == ("Ainé", "X1234567")


def test_an_operator_is_known_by_its_headings() -> None:
    bus = 'No Kursi,Nama Penumpang,JK,TTL,Status\n3A,Siti Aminah,P,"Entikong, 12-08-1974",jendela\n'
    (one,) = read(bus).travellers
    assert (one.surname, one.given_names) == ("Aminah", "Siti")
    assert one.others == {"seat": "3A", "birth_place": "Entikong", "note": "jendela"}
    assert one.birth is not None
    assert one.birth.iso() == "1974-08-12"
    export = "Passenger name,DOB (mm/dd/yyyy),Passport\nAminah Siti,08/12/1974,X1\n"
    (other,) = read(export).travellers
    assert (other.surname, other.given_names, other.birth) == ("Aminah", "Siti", one.birth)


@pytest.mark.parametrize(
    ("name", "surname", "given"),
    [
        ("AMINAH, SITI NUR", "AMINAH", "SITI NUR"),
        ("AMINAH/SITI NUR MRS", "AMINAH", "SITI NUR"),
        ("Bpk. Budi", "Budi", ""),
        ("Siti Nur Aminah", "Siti Nur Aminah", ""),
        ("Mr", "Mr", ""),
    ],
)
def test_names_in_one_column(name: str, surname: str, given: str) -> None:
    (one,) = read(f"Nama;No Paspor\n{name};X1\n").travellers
    assert (one.surname, one.given_names) == (surname, given)


@pytest.mark.parametrize(
    ("written", "others", "expected"),
    [
        ("03/04/1990", ["25/12/1980"], "1990-04-03"),
        ("03/04/1990", ["12/25/1980"], "1990-03-04"),
        ("03/04/1990", [], "1990-04-03"),
        ("3.4.90", [], "1990-04-03"),
        ("3-Mac-90", [], "1990-03-03"),
        ("12AGS1974", [], "1974-08-12"),
        ("Desember 5, 1970", [], "1970-12-05"),
        ("5 desember 1970 00:00:00", [], "1970-12-05"),
        ("19900403", [], "1990-04-03"),
        ("1990", [], "1990"),
        ("Agustus 1990", [], "1990-08"),
        ("8/1990", [], "1990-08"),
        ("31/02/1990", [], ""),
        ("yesterday", [], ""),
        ("12/11/30", [], "1930-11-12"),
        ("00/00/0000", [], ""),
    ],
)
def test_days_as_people_write_them(written: str, others: list[str], expected: str) -> None:
    rows = "".join(f"B,{day},X2\n" for day in others)
    found = read(f'Name,Date of birth,Passport\nA,"{written}",X1\n{rows}')
    one = found.travellers[0]
    assert (one.birth.iso() if one.birth else "") == expected
    assert ((2, "B Date of birth", "date") in codes(found)) == (not expected)


def test_what_is_said_above_and_below_the_table() -> None:
    found = read(
        "MANIFES BUS,,\nOperator: SENTOSA,,\nNo. Polisi,KB 7012 AB,\nTanggal,22 November 2026,\n"
        "Jam berangkat : 05.00,,\n"
        "Dari,Kuching,\nTujuan,Pontianak,\nNo,Nama,Paspor\n1,Siti,X1\n2,Budi,X2\n,,\nJumlah penumpang : 3 orang,,\n"
        "Mengetahui,,\n"
    )
    (journey,) = found.journeys
    (leg,) = journey.legs
    assert (leg.carrier, leg.vehicle, leg.mode) == ("SENTOSA", "KB 7012 AB", "3")
    assert (leg.departure.place, leg.departure.at) == ("Kuching", "2026-11-22T05:00")
    assert leg.arrival.place == "Pontianak"
    assert journey.passengers == 3
    assert [one.surname for one in found.travellers] == ["Siti", "Budi"]
    kept = [entry for entry in codes(found) if entry[2] != "missing"]
    assert kept == [(1, "", "row-not-used"), (12, "", "passengers"), (13, "", "row-not-used")]


def test_sections_and_roles() -> None:
    found = read("Nama,Paspor,Keterangan\nKRU:,,\nJoko,X1,\nPenumpang,,\nSiti,X2,\n")
    assert [(one.surname, one.role) for one in found.travellers] == [("Joko", "FM"), ("Siti", "FL")]
    found = read("Nama,Paspor,Status\nJoko,X1,Sopir\nSiti,X2,Bayi\nAndi,X3,???\n")
    assert [one.role for one in found.travellers] == ["VW", "FL", "FL"]
    assert (4, "C Status", "value") in codes(found)


def test_headings_repeated_on_every_page_are_nobody() -> None:
    found = read("Nama,Paspor,WN\nSiti,X1,WNI\nNama,Paspor,WN\nBudi,X2,WNI\n")
    assert [one.surname for one in found.travellers] == ["Siti", "Budi"]
    assert said(found) == {"missing"}


def test_a_column_that_is_not_known_is_reported_value_by_value() -> None:
    found = read("Nama,Paspor,Warna\nSiti,X1,merah\nBudi,X2,\n")
    assert [entry for entry in codes(found) if entry[2] == "not-used"] == [(2, "C Warna", "not-used")]
    assert "manifest.not-used" in {text.code for text in found.travellers[0].problems}
    assert "manifest.not-used" not in {text.code for text in found.travellers[1].problems}


def test_a_column_without_a_heading_is_none_that_is_known() -> None:
    found = read("#,Nama,Passport #,\n1,Siti,X1,merah\n")
    assert found.travellers[0].document.number == "X1"
    assert [entry for entry in codes(found) if entry[2] == "not-used"] == [(2, "D", "not-used")]


def test_a_zone_in_a_row_is_read_as_a_zone() -> None:
    found = read(f'Nama,MRZ\n,"{ZONE[0]}\n{ZONE[1]}"\n')
    (one,) = found.travellers
    assert one.zone is not None
    assert brief(one) == ("RAHMAN", "SITI AMINAH", "F", "1974-08-12", "IDN", "P", "X1234567", "IDN", "2031-01-01", "FL")
    assert one.problems == ()
    for table in (f"Nama,MRZ\n,{''.join(ZONE)}\n", f"Nama,MRZ 1,MRZ 2\n,{ZONE[0]},{ZONE[1]}\n"):
        assert read(table).travellers[0].zone == one.zone


def test_where_zone_and_columns_differ_both_are_told() -> None:
    row = f"{''.join(ZONE)},X7654321,Rahman,13/08/1974"
    found = read(f"MRZ,Paspor,Nama keluarga,Tgl lahir\n{row}\n")
    (one,) = found.travellers
    assert one.document.number == "X7654321"
    differing = [text.as_dict()["field"] for text in one.problems if text.code == "manifest.zone-differs"]
    assert differing == ["birth_date", "document_number"]
    broken = read(f"MRZ,Nama\n{ZONE[0]}{ZONE[1][:-1]}{9 - int(ZONE[1][-1])},Siti\n")
    assert broken.travellers[0].zone is None
    assert "mrz.check-digit" in {note.text.code for note in broken.remarks}


def test_a_broken_row_costs_only_itself() -> None:
    found = read('Nama,Paspor\n"Siti,X1\nBudi,X2\n"Andi",X3\n')
    assert [one.surname for one in found.travellers] == ["Budi", "Andi"]
    assert (2, "", "row-broken") in codes(found)


def test_a_million_columns_and_endless_lines_are_passed_over() -> None:
    wide = ",".join(["x"] * 300)
    found = read(f"Nama,Paspor\n{wide}\n{',' * 1_000_000}\nSiti,X1\n")
    assert {"columns-too-many", "line-too-long"} <= said(found)
    assert found.travellers[-1].surname == "Siti"


@pytest.mark.parametrize("raw", [b"just some text\n", b"1,2,3\n4,5,6\n", bytes(range(256)) * 8, b"Nama\nSiti\n"])
def test_what_has_no_heading_is_refused(raw: bytes) -> None:
    with pytest.raises(AgencyError) as refused:
        read(raw)
    assert refused.value.code == "manifest.no-heading"


@pytest.mark.parametrize(
    ("raw", "code"),
    [(b" \n", "manifest.empty"), (b"%PDF-1.7 ...", "manifest.format"), (b"\xd0\xcf\x11\xe0x", "manifest.format")],
)
def test_other_files_are_refused_by_what_they_are(raw: bytes, code: str) -> None:
    with pytest.raises(AgencyError) as refused:
        read(raw)
    assert refused.value.code == code


def test_text_that_would_harm_a_terminal_comes_out_harmless() -> None:
    (one,) = read("Nama,Paspor\n\x1b[31mSi\u202eti\x07,X1\n").travellers
    assert one.surname == "[31mSiti"
