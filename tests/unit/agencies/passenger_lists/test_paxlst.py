"""PAXLST: every segment of a traveller has its place, what has none is told, and lists of every kind and release."""

import pytest

from counter_tui.agencies.passenger_lists.model import MOST_REMARKS
from tests.unit.agencies.passenger_lists.lists import SITI, codes, paxlst, read, said

FULL = (
    "NAD+FM+++AMINAH:SITI:NUR+JL MERDEKA 1+ENTIKONG++78557+IDN'",
    "ATT+2++F'",
    "DTM+329:19740812:102'",
    "MEA+CT++:2'",
    "MEA+WT++KGM:13'",
    "GEI+4+173'",
    "FTX+BAG+++TAG1:2'",
    "FTX+BAG+++TAG3'",
    "LOC+22+ENT'",
    "LOC+174+IDN'",
    "LOC+178+KCH'",
    "LOC+179+PNK'",
    "LOC+180+:::Pontianak'",
    "COM+0812:TE'",
    "EMP+1+CR1:110:111'",
    "NAT+2+IDN'",
    "RFF+AVF:ABC123'",
    "RFF+SEA:3A'",
    "RFF+ABO:77'",
    "DOC+V:110:111+V9'",
    "DTM+36:271231'",
    "LOC+91+MYS'",
    "DOC+P:110:111+X1234567'",
    "DTM+36:310101'",
    "LOC+91+IDN'",
)


@pytest.mark.parametrize("release", ["02B", "05B", "12B"])
def test_every_segment_of_a_traveller_has_its_place(release: str) -> None:
    found = read(paxlst(*FULL, count=0).decode().replace("D:05B", f"D:{release}"))
    (one,) = found.travellers
    assert (one.role, one.surname, one.given_names) == ("FM", "AMINAH", "SITI NUR")
    assert [(d.code, d.number, d.issuing_state) for d in one.documents] == [
        ("P", "X1234567", "IDN"),
        ("V", "V9", "MYS"),
    ]
    assert one.others == {
        "address": "JL MERDEKA 1, ENTIKONG, 78557, IDN", "baggage_count": "2", "baggage_weight": "13 KGM",
        "verified": "yes", "baggage_tags": "TAG1:2, TAG3", "clearance": "ENT", "residence": "IDN", "embarkation": "KCH",
        "debarkation": "PNK", "birth_place": "Pontianak", "contact": "0812 TE", "occupation": "CR1",
        "reservation": "ABC123", "seat": "3A", "reference": "77",
    }  # fmt: skip
    assert found.remarks == ()


def with_segment(segment: str) -> list[tuple[int, str, str]]:
    """What is told of a list whose traveller has this segment behind NAD."""
    return codes(read(paxlst(SITI[0], segment, *SITI[1:])))


@pytest.mark.parametrize(
    ("segment", "expected"),
    [
        ("ATT+2++Q'", (13, "ATT 12", "value")),
        ("ATT+5++Q'", (13, "ATT 12 1.1", "not-used")),
        ("DTM+329:741332'", (13, "DTM 12", "date")),
        ("DTM+329:750101'", (15, "DTM 14", "twice")),
        ("DTM+36:300101'", (13, "DTM 12 1.1", "not-used")),
        ("DTM+999:300101'", (13, "DTM 12 1.2", "not-used")),
        ("NAT+2+ABC'", (13, "NAT 12", "state")),
        ("NAT+2+somewhere'", (13, "NAT 12", "state")),
        ("LOC+999+X'", (13, "LOC 12 2.1", "not-used")),
        ("LOC+178+KCH::?:Kuching'", (13, "LOC 12 2.3", "not-used")),
        ("RFF+XX:1'", (13, "RFF 12 1.2", "not-used")),
        ("GEI+9+173'", (13, "GEI 12 1.1", "not-used")),
        ("CPI+1'", (13, "CPI 12", "segment-unknown")),
        ("ZZZ+1'", (13, "ZZZ 12", "segment-unknown")),
        ("zzz+1'", (13, "", "no-segment")),
        ("DOC+P+1234567890123456789012345'", (13, "DOC 12", "cut")),
    ],
)
def test_what_does_not_fit_is_told_with_line_and_segment(segment: str, expected: tuple[int, str, str]) -> None:
    assert expected in with_segment(segment)


def test_an_unknown_party_with_a_name_is_a_traveller_and_a_cargo_party_is_not() -> None:
    found = read(paxlst("NAD+ZZZ+++DOE:JANE'", *SITI[1:], "NAD+CN+++CONSIGNEE'", "RFF+ABO:1'"))
    assert [(one.role, one.surname) for one in found.travellers] == [("ZZZ", "DOE")]
    assert (12, "NAD 11", "role") in codes(found)
    assert (19, "NAD 18 1.1", "not-used") in codes(found)


def test_every_leg_of_a_journey() -> None:
    more = ("TDT+20+PK-08+3'", "LOC+92+ENT'", "DTM+189:202611220930:203'", "LOC+92+PNK'", "DTM+232:202611221500:203'")
    (journey,) = read(paxlst(*more, *SITI)).journeys
    assert [(leg.service, leg.departure.place, leg.arrival.place, leg.arrival.at) for leg in journey.legs] == [
        ("PK-07", "KCH", "ENT", "2026-11-22T09:00"),
        ("PK-08", "ENT", "PNK", "2026-11-22T15:00"),
    ]


def test_a_crew_list_counts_its_crew() -> None:
    text = paxlst(SITI[0].replace("FL", "FM"), *SITI[1:], count=None).decode()
    text = text.replace("BGM+745", "BGM+250").replace("UNT+16", "CNT+41:3'\nUNT+17")
    found = read(text)
    assert found.journeys[0].kind == "250"
    assert (19, "CNT 18", "crew") in codes(found)


@pytest.mark.parametrize(
    ("said_as", "expected"),
    [
        ("740812", "1974-08-12"),
        ("261122", "2026-11-22"),
        ("261123", "1926-11-23"),
        ("19740812", "1974-08-12"),
        ("1974", "1974"),
        ("197408:610", "1974-08"),
        ("740800", "1974-08"),
        ("740000", "1974"),
        ("19740000", "1974"),
        ("1974-08-12", "1974-08-12"),
        *((wrong, "") for wrong in ("12/08/1974", "7408121", "999999", "AABBCC")),
    ],
)
def test_births_in_every_format(said_as: str, expected: str) -> None:
    (one,) = read(paxlst(SITI[0], f"DTM+329:{said_as}'", *SITI[3:])).travellers
    assert (one.birth.iso() if one.birth else "") == expected


def test_the_directory_may_be_another_and_the_kind_unknown() -> None:
    found = read(paxlst(*SITI).decode().replace("D:05B:UN", "D:96B:UN").replace("BGM+745", "BGM+999"))
    assert {"release", "kind"} <= said(found)
    assert len(found.travellers) == 1


def test_an_expiry_before_the_birth_is_none() -> None:
    found = read(paxlst(*(line.replace("DTM+36:310101", "DTM+36:19700101:102") for line in SITI)))
    assert found.travellers[0].document.expiry is None
    assert codes(found) == [(12, "NAD 11", "expiry-before-birth")]


def test_a_list_of_nobody_is_told() -> None:
    found = read(paxlst(count=0))
    assert codes(found) == [(1, "", "nobody")]


def test_remarks_are_bounded_and_the_rest_counted() -> None:
    found = read(paxlst(*(["NAD+FL'"] * 5_000), count=5_000))
    assert (len(found.travellers), len(found.remarks)) == (5_000, MOST_REMARKS)
    assert found.beyond == 4 * 5_000 - MOST_REMARKS


def test_nothing_of_a_person_is_in_a_repr() -> None:
    found = read(paxlst(*FULL))
    assert "AMINAH" not in repr((found, found.travellers, found.travellers[0].documents, found.remarks))
