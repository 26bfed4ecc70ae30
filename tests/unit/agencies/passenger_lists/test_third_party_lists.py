"""Real lists of others: everybody whom their index names comes out, and what they declare wrongly is reported."""

import json
from pathlib import Path
from typing import Any

import pytest

from counter_tui.agencies.passenger_lists import Manifest
from tests.unit.agencies.passenger_lists.lists import read, said

FILES = (
    "ediclean_A_raw.txt", "ediclean_A_clean.edi", "ediclean_C_clean.edi", "ediclean_E_clean.edi", "gtas_flight1.edi",
    "gtas_flight2.edi", "gtas_crew_Test1.edi", "gtas_Test3_many.edi", "gtas_multi_leg.edi", "gtas_py_ten_pax.edi",
)  # fmt: skip


@pytest.fixture(scope="module")
def index(cases: Path) -> dict[str, dict[str, Any]]:
    lines = (cases / "paxlst" / "index.jsonl").read_text("utf-8").splitlines()
    return {case["file"]: case for case in map(json.loads, lines)}


def manifest(cases: Path, file: str) -> Manifest:
    return read((cases / "paxlst" / file).read_bytes(), file)


def test_every_list_of_the_index_is_read_here(index: dict[str, dict[str, Any]]) -> None:
    assert set(index) == set(FILES)


@pytest.mark.parametrize("file", FILES)
def test_everybody_comes_out(cases: Path, index: dict[str, dict[str, Any]], file: str) -> None:
    case, found = index[file], manifest(cases, file)
    names = [[one.surname, one.given_names, one.role] for one in found.travellers]
    assert len(names) == case["listed_people"]
    wanted = [name for name in case["names"] if len(name) == 3]
    assert names[: len(wanted)] == wanted
    assert sum(len(journey.legs) for journey in found.journeys) == case["tdt_segments"]


@pytest.mark.parametrize("file", FILES)
def test_what_a_list_declares_is_held_against_what_it_has(
    cases: Path, index: dict[str, dict[str, Any]], file: str
) -> None:
    case, found = index[file], manifest(cases, file)
    wrong = [one.text.as_dict() for one in found.remarks if one.text.code == "manifest.count"]
    right = int(case["unt_declared"]) == case["unt_actual"]
    assert wrong == ([] if right else [{"declared": case["unt_declared"], "found": case["unt_actual"]}])
    for kind, count in case["declared_counts"].items():
        who = {"42": "passengers", "41": "crew"}[kind]
        (journey,) = found.journeys
        assert getattr(journey, who) == (int(count) if count else None)
        listed = sum((one.role == "FM") == (who == "crew") for one in found.travellers)
        assert (f"{who}" in said(found)) == (bool(count) and int(count) != listed)
        assert ("count-unreadable" in said(found)) == (not count)


def test_a_list_is_the_same_with_its_wrappers_and_hard_line_breaks(cases: Path) -> None:
    raw, clean = (manifest(cases, f"ediclean_A_{how}") for how in ("raw.txt", "clean.edi"))
    (one,), (other,) = raw.travellers, clean.travellers
    assert (one.birth, one.document, one.others) == (other.birth, other.document, other.others)
    around = [(note.line, note.text.as_dict()["last"]) for note in raw.remarks if note.text.code == "manifest.around"]
    assert around == [(1, 3), (17, 17)]


def test_births_are_of_the_century_before_the_journey(cases: Path) -> None:
    found = manifest(cases, "gtas_py_ten_pax.edi").travellers
    years = [one.birth.year if one.birth else None for one in found]
    assert years == [None, 2013, 1932, 1921, 1950, 1938, 1990, 1985, 1947, 2018]
    assert found[0].surname == "ALI YYÉ"


def test_of_two_expiry_dates_the_first_stands_and_the_second_is_reported(cases: Path) -> None:
    found = manifest(cases, "gtas_py_ten_pax.edi")
    expiries = [one.document.expiry.iso() if one.document.expiry else None for one in found.travellers]
    assert expiries[4:7] == ["2020-01-04", "2020-01-05", "2021-01-03"]
    twice = [(note.line, note.place) for note in found.remarks if note.text.code == "manifest.twice"]
    assert twice == [(65, "DTM 65"), (76, "DTM 76")]


def test_a_visa_does_not_stand_for_the_passport(cases: Path) -> None:
    jiang, *_ = manifest(cases, "gtas_flight1.edi").travellers
    assert [(one.code, one.number) for one in jiang.documents] == [("", "433419360"), ("V", "57131424")]
