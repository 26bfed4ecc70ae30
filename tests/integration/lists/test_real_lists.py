"""The real lists, counted once more by other means."""

import csv
import re
import time
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest

from counter_tui.agencies.lists import Format, ListFile, RowProblem, read_list
from counter_tui.domain.screening.model import Listed, ListedKind

MOST_SECONDS = 3.0


def load(path: Path) -> tuple[ListFile, list[Listed], list[RowProblem]]:
    told: list[RowProblem] = []
    found = read_list(path, report=told.append)
    start = time.thread_time()
    entries = list(found)
    assert time.thread_time() - start < MOST_SECONDS
    return found, entries, told


def count(entries: list[Listed], kind: ListedKind) -> int:
    return sum(entry.kind is kind for entry in entries)


def bare(said: str) -> str:
    """Without the quotation marks of a weak alias, and with single blanks."""
    said = " ".join(said.split())
    return said[1:-1] if said.startswith("'") and said.endswith("'") else said


@pytest.fixture(scope="module")
def names_folder(cases: Path) -> Path:
    return cases / "names"


def test_ofac(names_folder: Path) -> None:
    text = (names_folder / "sdn.csv").read_text("ascii")
    found, entries, told = load(names_folder / "sdn.csv")
    persons = [entry for entry in entries if entry.kind is ListedKind.PERSON]

    assert found.format is Format.OFAC
    assert found.tally.left_out == 0
    assert [problem.text.code for problem in told] == ["list.number-bad"]
    assert len(entries) == text.count("\n") + 1 == len({entry.ref for entry in entries})
    for kind, mark in (
        (ListedKind.PERSON, "individual"),
        (ListedKind.VESSEL, "vessel"),
        (ListedKind.AIRCRAFT, "aircraft"),
    ):
        assert count(entries, kind) == text.count(f',"{mark}",')

    dated = sum(bool(re.search(r'[";] ?(alt\. )?DOB ', line)) for line in text.splitlines())
    assert sum(bool(entry.births) for entry in entries) == dated
    whole = {
        (line.split(",")[0], *date)
        for line in text.splitlines()
        for date in re.findall(r"DOB (\d\d) (\w{3}) (\d{4})[.;\"]", line)
    }
    assert sum(born.day is not None for entry in entries for born in entry.births) == len(whole)
    several = [
        line for line in text.splitlines() if re.search(r"(nationality|citizen) \w", line) and ',"individual",' in line
    ]
    assert sum(bool(entry.nationalities) for entry in persons) == len(several)

    with (names_folder / "alt.csv").open(newline="", encoding="ascii") as file:
        aliases = {(row[0], bare(row[3]).casefold()) for row in csv.reader(file) if len(row) > 3}
    listed = {(entry.ref, name.casefold()) for entry in entries for name in entry.names}
    assert aliases <= listed
    quoted = set(map(bare, re.findall(r"[;\"] ?a\.k\.a\. '([^;]+?)'(?=;|\.\")", text)))
    assert len(quoted) > 500
    assert quoted <= {name for entry in entries for name in entry.names}

    passports = set(re.findall(r"Passport ([A-Z]*\d+)(?= \(|[.;]| issued| expires)", text))
    assert passports <= {number for entry in entries for number in entry.documents}


def test_the_united_nations(names_folder: Path) -> None:
    path = names_folder / "UN_consolidated.xml"
    root = ET.fromstring(path.read_text("utf-8"))
    found, entries, told = load(path)
    persons = [entry for entry in entries if entry.kind is ListedKind.PERSON]

    assert found.format is Format.UN
    assert found.as_of is not None
    assert found.as_of.isoformat() == root.attrib["dateGenerated"][:10]
    assert found.tally.left_out == 0
    assert sorted({problem.text.code for problem in told}) == ["list.birth-not-understood", "list.country-unknown"]
    assert len(told) == 4
    assert count(entries, ListedKind.PERSON) == len(root.findall(".//INDIVIDUAL"))
    assert count(entries, ListedKind.ENTITY) == len(root.findall(".//ENTITY"))
    assert {entry.ref for entry in entries} == {bare(ref.text or "") for ref in root.iter("REFERENCE_NUMBER")}

    aliases = {
        one.strip().casefold()
        for alias in root.iter("ALIAS_NAME")
        for one in " ".join((alias.text or "").split()).split(";")
    } - {""}
    assert aliases <= {name.casefold() for entry in entries for name in entry.names}
    low = sum(
        1 for one in root.iter("INDIVIDUAL_ALIAS") if one.findtext("QUALITY") == "Low" and one.findtext("ALIAS_NAME")
    )
    assert low * 0.95 <= sum(len(entry.weak) for entry in entries) <= low * 1.05

    exact = {date.text for date in root.findall(".//INDIVIDUAL_DATE_OF_BIRTH[TYPE_OF_DATE='EXACT']/DATE")}
    assert exact <= {born.iso() for entry in persons for born in entry.births}
    between = root.find(".//INDIVIDUAL_DATE_OF_BIRTH[TYPE_OF_DATE='BETWEEN']/..")
    assert between is not None
    spans = next(entry for entry in persons if entry.ref == between.findtext("REFERENCE_NUMBER"))
    assert len({born.year for born in spans.births}) >= 2
    told_of = len(
        [
            1
            for one in root.findall("./INDIVIDUALS/INDIVIDUAL")
            if any((v.text or "").strip() not in {"", "na"} for v in one.findall("NATIONALITY/VALUE"))
        ]
    )
    assert told_of - 1 <= sum(bool(entry.nationalities) for entry in persons) <= told_of
