"""The population of the benches is the same by seed, and as varied as life: shares, frequencies, a long tail."""

from collections import Counter
from itertools import islice
from pathlib import Path

import pytest

from counter_tui.agencies.lists import read_list
from counter_tui.domain.screening.model import Listed, ListedKind
from scripts.benches import (
    names_arabic,
    names_chinese,
    names_european,
    names_indian,
    names_indonesian,
    names_malay,
    population,
)
from scripts.benches.population import impostors, list_file, listed, travellers, with_real, write

COUNT = 20_000
TABLES = (names_arabic, names_chinese, names_european, names_indian, names_indonesian, names_malay)


@pytest.fixture(scope="module")
def entries() -> list[Listed]:
    return list(listed(COUNT, 1))


def test_a_seed_gives_the_same_people_and_another_gives_others(entries: list[Listed]) -> None:
    assert entries[:500] == list(listed(500, 1))
    assert entries[:500] != list(listed(500, 2))
    assert list(travellers(200, 1)) == list(islice(travellers(300, 1), 200))
    assert list(impostors(entries, 100, 1)) == list(impostors(iter(entries), 100, 1))


def test_every_entry_has_a_reference_of_its_own_and_names_that_differ(entries: list[Listed]) -> None:
    assert entries[0].ref == "L0000001"
    assert len({entry.ref for entry in entries}) == COUNT
    for entry in entries:
        assert len(set(entry.names)) == len(entry.names)
        assert all(name == " ".join(name.split()) and name for name in entry.names)
        assert 0 not in entry.weak


def test_a_listed_person_has_one_and_a_third_aliases(entries: list[Listed]) -> None:
    assert sum(len(entry.names) - 1 for entry in entries) / COUNT == pytest.approx(1.3, abs=0.05)


def test_births_are_as_exact_as_said(entries: list[Listed]) -> None:
    kinds = Counter(
        "none" if not births else "two" if len(births) == 2 else "exact" if births[0].day else "year"
        for births in (entry.births for entry in entries)
    )
    shares = {kind: number / COUNT for kind, number in kinds.items()}
    assert shares == pytest.approx({"exact": 0.80, "year": 0.12, "two": 0.05, "none": 0.03}, abs=0.015)
    assert all(entry.births and entry.births[0].day for entry in entries if " " not in entry.names[0])


def test_documents_and_handling_codes(entries: list[Listed]) -> None:
    assert sum(bool(entry.documents) for entry in entries) / COUNT == pytest.approx(0.4, abs=0.02)
    indonesian = [entry.documents[0] for entry in entries if entry.nationalities == ("IDN",) and entry.documents]
    assert all(len(number) == 8 and number[0] in "ABCEX" and number[1:].isdecimal() for number in indonesian)
    codes = {entry.handling for entry in entries}
    assert "H2" in codes
    assert "H5" not in codes


def test_some_words_are_as_frequent_as_in_life_and_most_are_rare(entries: list[Listed]) -> None:
    words = Counter(word for entry in entries for word in entry.names[0].split())
    top = {word for word, _ in words.most_common(40)}
    assert {"MUHAMMAD", "MOHAMMED", "SITI", "ABDUL", "TAN", "WANG", "BIN", "KUMAR"} <= top
    first, tenth, hundredth = (words.most_common(100)[at][1] for at in (0, 9, 99))
    assert 1.5 < first / tenth < 12
    assert 2.5 < tenth / hundredth < 12
    assert len(words) > 10_000
    assert sum(number <= 2 for number in words.values()) > len(words) / 2


def test_travellers_are_those_of_the_post() -> None:
    people = list(travellers(COUNT, 1))
    nations = Counter(one.nationality for one in people)
    assert nations["IDN"] / COUNT == pytest.approx(0.62, abs=0.02)
    assert nations["MYS"] / COUNT == pytest.approx(0.34, abs=0.02)
    assert all(one.birth is not None and one.birth.day for one in people)
    ages = [one.birth.age_on(population.TODAY) or 0 for one in people if one.birth]
    assert min(ages) >= 1
    assert max(ages) <= 85
    assert all(set(one.name) <= set("ABCDEFGHIJKLMNOPQRSTUVWXYZ ") for one in people)


def test_travellers_are_drawn_apart_from_those_listed(entries: list[Listed]) -> None:
    by_name = {(entry.names[0], entry.births) for entry in entries}
    shared = sum(((one.name, (one.birth,)) in by_name) for one in travellers(5_000, 1))
    assert shared == 0


def test_an_impostor_is_a_listed_person_under_the_same_name_or_one_like_it(entries: list[Listed]) -> None:
    by_ref = {entry.ref: entry for entry in entries}
    found = list(impostors(entries, 1_000, 1))
    assert len({ref for _, ref in found}) == len(found) > 950
    exact = [(one, by_ref[ref]) for one, ref in found if len(by_ref[ref].births) == 1 and by_ref[ref].births[0].day]
    same_birth = sum(one.birth in entry.births for one, entry in exact) / len(exact)
    assert same_birth == pytest.approx(0.91, abs=0.04)
    same_name = sum(one.name in by_ref[ref].names for one, ref in found) / len(found)
    assert 0.2 < same_name < 0.6
    shares_a_word = sum(
        any(not set(one.name.split()).isdisjoint(name.split()) for name in by_ref[ref].names) for one, ref in found
    )
    assert shares_a_word / len(found) > 0.85


def test_the_file_reads_back_as_what_was_generated(entries: list[Listed], tmp_path: Path) -> None:
    write(tmp_path / "list.csv", entries[:3_000])
    assert list(read_list(tmp_path / "list.csv")) == entries[:3_000]


def test_the_file_is_written_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(population, "CACHE", tmp_path / "cache")
    (tmp_path / "cache").mkdir()
    (tmp_path / "cache" / "listed-50-3-0123456789ab.csv").write_text("of other tables", "utf-8")
    path = list_file(50, 3)
    written = path.stat().st_mtime_ns
    assert list_file(50, 3) == path
    assert path.stat().st_mtime_ns == written
    assert [one.name for one in path.parent.iterdir()] == [path.name]


def test_without_the_third_party_cases_nothing_is_mixed_in_and_it_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv(population.CASES, raising=False)
    found, said = with_real(listed(3, 1))
    assert len(list(found)) == 3
    assert "COUNTER_CASES is not set" in said


def test_the_persons_of_real_lists_come_after_the_generated_ones(tmp_path: Path) -> None:
    empty = "-0- "
    rows = (f'7,"DOE, Jane","individual",{",".join([empty] * 9)}', f'8,"A FIRM",{",".join([empty] * 10)}')
    (tmp_path / "sdn.csv").write_text("\r\n".join(rows) + "\r\n", "utf-8")
    (tmp_path / "UN_consolidated.xml").write_text(
        "<CONSOLIDATED_LIST><INDIVIDUALS></INDIVIDUALS></CONSOLIDATED_LIST>", "utf-8"
    )
    found, _ = with_real(listed(2, 1), tmp_path)
    refs = [(entry.ref, entry.kind) for entry in found]
    assert [ref for ref, _ in refs[:2]] == ["L0000001", "L0000002"]
    assert [kind for _, kind in refs[2:]] == [ListedKind.PERSON]


@pytest.mark.parametrize("table", TABLES)
def test_a_table_holds_single_words_and_nobodys_whole_name(table: object) -> None:
    words = [
        word
        for name, value in vars(table).items()
        if name.isupper() and not name.startswith("_") and isinstance(value, tuple)
        for part in value
        for word in (part if isinstance(part, tuple) else (part,))
    ]
    assert len(set(words)) > 500
    particles = {
        "ABDUL",
        "BA",
        "OULD",
        "DE",
        "DA",
        "DOS",
        "VAN",
        "VON",
        "TER",
        "TEN",
        "LE",
        "NUR",
        "NURUL",
        "WAN",
        "IDA",
    }
    particles |= {"LUMBAN", "MOHD", "TAN", "'T"}
    for word in words:
        first, blank, _ = word.partition(" ")
        assert not blank or first in particles or "AL-" in word, word
