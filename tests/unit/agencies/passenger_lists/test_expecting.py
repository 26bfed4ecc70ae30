"""From a list to who is expected: documents that a booth will know again, and one bus for all lists of one vehicle."""

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from counter_tui.agencies.passenger_lists.expecting import Expecting, expect
from counter_tui.domain.crossings import GroupKind
from counter_tui.domain.words import Direction
from counter_tui.settings_manifests import load_manifests
from tests.unit.agencies.passenger_lists.lists import SITI, paxlst, read
from tests.unit.agencies.passenger_lists.test_csv_manifests import ZONE

POST = ZoneInfo("Asia/Pontianak")


def expected(raw: bytes | str, due: datetime | None = None) -> Expecting:
    return expect(read(raw), load_manifests(), POST, Direction.ENTRY, due)


def test_a_traveller_is_expected_under_the_document() -> None:
    found = expected(paxlst(*SITI))
    (one,) = found.expected
    assert one.document.key == "IDN:X1234567"
    assert (one.document.kind, one.document.format, one.document.entry_method) == ("passport", "", "keyed")
    assert (one.document.surname, one.document.nationality, one.document.birth.iso()) == ("AMINAH", "IDN", "1974-08-12")
    assert one.direction is Direction.ENTRY
    assert one.group is not None
    assert (one.group.kind, one.group.name, one.group.headcount) == (GroupKind.BUS, "SENTOSA KB 7012 AB", 1)
    assert one.group.due == datetime(2026, 11, 22, 9, 0, tzinfo=POST)
    assert found.left_out == ()


def test_a_zone_is_the_document() -> None:
    (one,) = expected(f"Nama,MRZ\n,{''.join(ZONE)}\n").expected
    assert one.document.mrz == ZONE
    assert one.document.format == "TD3"


@pytest.mark.parametrize(
    ("row", "key"),
    [
        ("Siti,x-1 23,WNI,,", "IDN:X123"),
        ("Siti,X1,,Malaysia,", "MYS:X1"),
        ("Siti,X1,Jerman,,", "D:X1"),
        ("Siti,X1,WNI,LIM,", "IDN:X1"),
        ("Siti,X1,,,", None),
        ("Siti,--,WNI,,", None),
        ("Siti,,WNI,,", None),
    ],
)
def test_without_a_number_and_a_state_nobody_can_be_known(row: str, key: str | None) -> None:
    found = expected(f"Nama,Paspor,WN,Negara penerbit,Jenis dokumen\n{row}\n")
    assert [one.document.key for one in found.expected] == ([key] if key else [])
    assert [why.code for _, why in found.left_out] == ([] if key else ["manifest.not-expected"])


@pytest.mark.parametrize(
    ("said", "kind"), [("PLB", "plb"), ("SPLP", "splp"), ("Paspor Dinas", "official"), ("", "passport")]
)
def test_kinds_of_documents(said: str, kind: str) -> None:
    (one,) = expected(f"Nama,Paspor,WN,Jenis dokumen\nSiti,X1,WNI,{said}\n").expected
    assert one.document.kind == kind


def test_who_stands_there_twice_is_expected_once() -> None:
    found = expected(paxlst(*SITI, *SITI, count=2))
    assert len(found.expected) == 1
    assert [why.code for _, why in found.left_out] == ["manifest.expected-twice"]


def test_passengers_and_crew_of_one_vehicle_are_one_bus_in_whatever_file() -> None:
    crew = paxlst(SITI[0].replace("FL", "FM"), "NAT+2+IDN'", "DOC+P+C1'", count=None)
    found = expected(paxlst(*SITI, count=19) + crew)
    (bus,) = found.groups
    assert bus.headcount == 19 + 1
    (again,) = expected(paxlst(*SITI, count=20)).groups
    assert again.id == bus.id
    other = paxlst(*SITI).decode().replace("2611220900", "2611230900")
    assert expected(other).groups[0].id != bus.id


def test_a_list_that_says_nothing_of_the_journey_is_a_bus_by_its_own_name() -> None:
    (bus,) = expected("Nama,Paspor\nSiti,X1\n").groups
    assert (bus.name, bus.headcount, bus.due) == ("list.txt", 1, None)
    assert expected("Nama,Paspor\nBudi,X2\n").groups[0].id != bus.id


def test_the_time_that_is_given_goes_before_the_list() -> None:
    due = datetime(2026, 11, 22, 10, 30, tzinfo=POST)
    assert expected(paxlst(*SITI), due).groups[0].due == due
    only_day = "Tanggal,22/11/2026\nNama,Paspor\nSiti,X1\n"
    assert expected(only_day).groups[0].due is None


@pytest.mark.parametrize(
    ("heading", "code", "kind"),
    [
        ("No. PLB", "PLB", "plb"),
        ("SPLP", "SPLP", "splp"),
        ("No. Paspor", "P", "passport"),
        ("No. dokumen", "", "passport"),
    ],
)
def test_a_heading_may_tell_the_kind_of_document(heading: str, code: str, kind: str) -> None:
    table = f"Nama,{heading},WN\nSiti,X1,WNI\n"
    assert read(table).travellers[0].document.code == code
    assert expected(table).expected[0].document.kind == kind
