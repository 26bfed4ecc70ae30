"""UN/EDIFACT as it arrives: separators of every kind, advice that lies, line breaks, character sets, cut-off ends."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from counter_tui.agencies.passenger_lists.edifact import SEGMENT, read_segments
from counter_tui.agencies.passenger_lists.model import Remarks
from counter_tui.errors import AgencyError
from tests.unit.agencies.passenger_lists.lists import HEAD, SITI, codes, paxlst, read, said

PLAIN = paxlst(*SITI).decode()


def respelled(marks: str, text: str = PLAIN) -> str:
    """The list with other separators: component, element, decimal, release, repetition, end; its UNA says so."""
    body = text.removeprefix("UNA:+.? '\n")
    return f"UNA{marks}\n" + body.translate(str.maketrans(":+'", marks[0] + marks[1] + marks[5]))


def test_a_right_list_gives_its_traveller_and_no_remark() -> None:
    found = read(PLAIN)
    (one,) = found.travellers
    assert (one.line, one.surname, one.given_names, one.sex, one.nationality) == (12, "AMINAH", "SITI", "F", "IDN")
    assert found.remarks == ()
    (journey,) = found.journeys
    (leg,) = journey.legs
    assert (journey.kind, journey.reporter, journey.passengers) == ("745", "PO SENTOSA", 1)
    assert (leg.service, leg.mode, leg.carrier, leg.vehicle) == ("PK-07", "3", "SENTOSA", "KB 7012 AB")
    assert (leg.departure.place, leg.arrival.at) == ("KCH", "2026-11-22T09:00")


@pytest.mark.parametrize("marks", [":+.? '", ":*.? #", ":-.? ~", "<>,\\ |", ':+,? "', "/;.!*'", ":+.  '"])
def test_separators_are_those_of_the_una(marks: str) -> None:
    text = respelled(marks, PLAIN.replace("-", " ") if "-" in marks else PLAIN)
    found = read(text)
    assert [one.surname for one in found.travellers] == ["AMINAH"]
    assert "una-wrong" not in said(found)


@pytest.mark.parametrize("una", ["UNA:*.? #", "UNA++++++", "UNAABCDEF", "UNA:+.?'", "UNA:+.? ~", "UNA;+.? '"])
def test_a_una_that_lies_is_told_and_the_text_is_believed(una: str) -> None:
    found = read(PLAIN.replace("UNA:+.? '", una))
    assert [one.surname for one in found.travellers] == ["AMINAH"]
    assert (1, "UNA", "una-wrong") in codes(found)


def test_without_a_una_the_usual_ones_are_meant() -> None:
    found = read(PLAIN.removeprefix("UNA:+.? '\n"))
    assert [one.surname for one in found.travellers] == ["AMINAH"]
    other = read(PLAIN.removeprefix("UNA:+.? '\n").translate(str.maketrans("+'", "|~")))
    assert [one.surname for one in other.travellers] == ["AMINAH"]


@pytest.mark.parametrize("ended", ["\n", "\r\n"])
def test_lines_may_end_segments(ended: str) -> None:
    found = read(PLAIN.replace("'\n", ended).replace("UNA:+.? ", "UNA:+.? "))
    assert [(one.surname, one.line) for one in found.travellers] == [("AMINAH", 12)]
    assert "una-wrong" not in said(found)


@pytest.mark.parametrize("width", [1, 7, 64, 80])
@pytest.mark.parametrize("ended", ["\n", "\r\n", "\r"])
def test_hard_line_breaks_inside_of_segments_are_nothing(width: int, ended: str) -> None:
    text = PLAIN.replace("\n", "")
    broken = ended.join(text[at : at + width] for at in range(0, len(text), width))
    (one,) = read(broken).travellers
    assert (one.surname, one.document.number) == ("AMINAH", "X1234567")
    assert one.line == text.index("NAD+FL") // width + 1


def test_what_stands_around_a_list_is_told() -> None:
    found = read(f"QD PNKXXID\n.KCHXXMY 220600\n{PLAIN}\nSent from my phone\n")
    assert [one.surname for one in found.travellers] == ["AMINAH"]
    assert [entry for entry in codes(found) if entry[2] == "around"] == [(1, "", "around"), (26, "", "around")]


def test_a_release_character_makes_separators_letters() -> None:
    odd = SITI[0].replace("AMINAH:SITI", "O?'A?:B?+C??:D?E?'")
    found = read(paxlst(odd, *SITI[1:]).decode())
    assert [(one.surname, one.given_names) for one in found.travellers] == [("O'A:B+C?", "DE'")]
    assert found.remarks == ()


def test_repetitions_are_those_of_the_una() -> None:
    text = paxlst(*SITI[:2], "FTX+BAG+++TAG1*TAG2:2'", *SITI[2:]).decode().replace("UNA:+.? '", "UNA:+.?*'")
    (one,) = read(text).travellers
    assert one.others["baggage_tags"] == "TAG1, TAG2:2"


def test_the_decimal_mark_is_that_of_the_una() -> None:
    text = paxlst(*SITI[:2], "MEA+WT++KGM:13,5'", *SITI[2:]).decode().replace("UNA:+.? '", "UNA:+,? '")
    assert read(text).travellers[0].others["baggage_weight"] == "13.5 KGM"


@pytest.mark.parametrize(
    ("syntax", "encoding", "name"),
    [
        ("UNOA", "utf-8", "YYÉ"),
        ("UNOA", "latin-1", "YYÉ"),
        ("UNOC", "utf-8", "ЖУК"),
        ("UNOD", "iso8859-2", "DVOŘÁK"),
        ("UNOE", "iso8859-5", "ЖУК"),
        ("UNOF", "iso8859-7", "ΑΘΗΝΑ"),
        ("UNOY", "utf-8", "李"),
    ],
)
def test_text_is_utf8_where_it_decodes_so_and_else_of_its_set(syntax: str, encoding: str, name: str) -> None:
    raw = paxlst(*SITI).decode().replace("UNOA", syntax).replace("AMINAH", name).encode(encoding)
    assert read(raw).travellers[0].surname == name


def test_one_segment_in_another_set_does_not_spoil_the_others() -> None:
    raw = paxlst(SITI[0].replace("AMINAH", "JOSÉ"), *SITI[1:], SITI[0].replace("AMINAH", "ZOË"), *SITI[1:], count=2)
    found = read(raw.replace("JOSÉ".encode(), "JOSÉ".encode("latin-1")))
    assert [one.surname for one in found.travellers] == ["JOSÉ", "ZOË"]


@pytest.mark.parametrize("kept", range(200, len(PLAIN), 41))
def test_a_list_that_is_cut_off_gives_what_came(kept: int) -> None:
    found = read(PLAIN[:kept])
    assert len(found.travellers) == ("NAD+FL+++AMINAH:SITI'" in PLAIN[:kept])
    assert not said(found).isdisjoint({"cut-off", "trailer-missing"})


def test_trailers_that_do_not_agree_are_told_with_their_line() -> None:
    text = PLAIN.replace("UNT+17+M1", "UNT+99+M2").replace("UNE+1+1", "UNE+7+1").replace("UNZ+1", "UNZ+x")
    lines = {name: 1 + PLAIN[: PLAIN.index(name)].count("\n") for name in ("UNT", "UNE", "UNZ")}
    found = codes(read(text))
    assert [(line, place[:3], code) for line, place, code in found] == [
        (lines["UNT"], "UNT", "count"),
        (lines["UNT"], "UNT", "reference"),
        (lines["UNE"], "UNE", "count"),
        (lines["UNZ"], "UNZ", "count"),
    ]


def test_several_interchanges_with_separators_of_their_own() -> None:
    found = read(PLAIN + respelled("<>,\\ |"))
    assert [one.surname for one in found.travellers] == ["AMINAH", "AMINAH"]
    assert [one.journey for one in found.travellers] == [0, 1]
    assert found.remarks == ()


def test_a_hundred_thousand_segments_are_read() -> None:
    people = [line for number in range(14_000) for line in (SITI[0].replace("SITI", f"S{number}"), *SITI[1:])]
    found = read(paxlst(*people, count=14_000))
    assert len(found.travellers) == 14_000
    assert found.remarks == ()


@pytest.mark.parametrize("hostile", ["'", "+", "?", "?'", ":"])
def test_endless_runs_of_separators_are_passed_over(hostile: str) -> None:
    found = read(paxlst(*SITI[:1], f"FTX+AAA+++{hostile * 16 * SEGMENT}'", *SITI[1:]))
    assert [one.document.number for one in found.travellers] == ["X1234567"]


def test_other_messages_are_left_out() -> None:
    other = PLAIN.replace("PAXLST:D:05B", "CUSRES:D:05B").replace("UNG+PAXLST", "UNG+CUSRES")
    with pytest.raises(AgencyError) as refused:
        read(other)
    assert refused.value.code == "manifest.no-message"
    found = read(PLAIN + other)
    assert len(found.travellers) == 1
    assert "other-message" in said(found)


def test_without_its_header_a_message_is_read_and_told() -> None:
    found = read(PLAIN.replace(HEAD[3] + "\n", ""))
    assert [one.surname for one in found.travellers] == ["AMINAH"]
    assert "header-missing" in said(found)


@given(st.binary(max_size=300))
def test_whatever_stands_there_nothing_else_comes_out(noise: bytes) -> None:
    remarks = Remarks("x")
    for segment in read_segments(b"UNB+UNOA:4+A+B'" + noise, remarks):
        list(segment.left())
