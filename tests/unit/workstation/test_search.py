"""Who is held is found by number, last four and name, quickly however many there are."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from counter_tui.domain.coding import to_json
from counter_tui.domain.crossings import Group, GroupKind
from counter_tui.domain.documents import Document, PartialDate
from counter_tui.domain.sections import Contribution, Field, Section, Subject
from counter_tui.domain.words import Authority, Band, SourceState, SubjectKind, Verdict
from counter_tui.workstation.news import Expected
from counter_tui.workstation.records import EXPECTED, PLATE_FIELD, SLICE, CachedRecords, moment
from counter_tui.workstation.search import SCANNED, TravellerIndex
from offline_cache import COUNTER_SCHEMA, Record, Records, Vault

AT = "2026-11-21T05:14:02.000Z"


def document(number: str, surname: str, given: str = "") -> Document:
    birth, expiry = PartialDate(1974, 8, 12), PartialDate(2030, 1, 1)
    return Document("TD3", "P", "IDN", number, "IDN", surname, given, False, "F", birth, expiry, "DEMO", ("x",), "mrz")


SITI = document("AB 123456", "SITI AMINAH")
BUDI = document("X7773456", "SURYADI", "BUDI")
OBRIEN = document("P0012345", "O’BRIEN-MÜLLER", "SEÁN")  # noqa: RUF001 - the apostrophe on documents


@pytest.fixture
def vault(tmp_path: Path) -> Iterator[Vault]:
    with Vault.create(tmp_path / "v", bytes(32), COUNTER_SCHEMA) as opened:
        yield opened


@pytest.fixture
def records(vault: Vault) -> CachedRecords:
    kept = CachedRecords(Records(vault))
    for one in (SITI, BUDI, OBRIEN):
        keep(kept, one)
    return kept


def keep(records: CachedRecords, one: Document, key: str = "") -> None:
    records.keep_expected(key or one.key, to_json(Expected(one)), as_of=AT, owner="immigration")


def names(records: CachedRecords, words: str) -> list[str]:
    return [found.document.surname for found in records.search(words)]


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("AB 123456", [SITI]),
        ("ab-1234", [SITI]),
        ("ab12", [SITI]),
        ("3456", [BUDI, SITI]),
        ("3456 siti", [SITI]),
        ("sury 3456", [BUDI]),
        ("345", []),
        ("amin", [SITI]),
        ("aminah siti", [SITI]),
        ("siti budi", []),
        ("budi, sur", [BUDI]),
        ("obrien", [OBRIEN]),
        ("muller sean", [OBRIEN]),
        ("", []),
        ("%_*?", []),
        ("\x00' OR 1=1", []),
        ("A" * 10_000, []),
    ],
)
def test_who_is_found_by_what(records: CachedRecords, words: str, expected: list[Document]) -> None:
    assert sorted(names(records, words)) == sorted(one.surname for one in expected)


def test_a_whole_number_finds_its_document_and_no_longer_one(records: CachedRecords) -> None:
    keep(records, document("AB1234567", "OTHER"))
    assert [e.document.surname for e in records.with_number("ab 123456")] == ["SITI AMINAH"]
    assert records.with_number("AB12345") == records.with_number("") == ()


def test_who_has_another_name_is_found_by_it_and_not_by_the_old_one(records: CachedRecords) -> None:
    keep(records, replace(SITI, surname="SITI RAHAYU"))
    assert names(records, "aminah") == []
    assert names(records, "rahayu") == names(records, "AB123456") == ["SITI RAHAYU"]


def test_a_number_comes_before_a_name_and_twenty_are_enough(records: CachedRecords) -> None:
    for number in range(30):
        keep(records, document(f"Z{number:06}", "MANY", f"N{number:02}"))
    assert len(records.search("many")) == 20
    assert [e.document.given_names for e in records.search("many")][:2] == ["N00", "N01"]


def test_a_store_of_earlier_days_is_searched_too(vault: Vault) -> None:
    Records(vault).put(EXPECTED, SITI.key, to_json(Expected(SITI)), as_of=AT, owner="immigration", partition="")
    Records(vault).put(EXPECTED, "IDN:BAD", b"{", as_of=AT, owner="immigration", partition="")
    assert names(CachedRecords(Records(vault)), "siti") == ["SITI AMINAH"]


def test_a_record_that_does_not_read_is_not_found(records: CachedRecords) -> None:
    records.keep_expected("IDN:BAD", b"{", as_of=AT, owner="immigration")
    records.keep_expected(SITI.key, b"{", as_of=AT, owner="immigration")
    assert names(records, "siti") == []


class Watched(Records):
    """Notes how many travellers are read one by one, and how often all of them."""

    def __init__(self, vault: Vault) -> None:
        super().__init__(vault)
        self.read: list[str] = []
        self.walks = 0

    def find(self, kind: str, key: str) -> Record | None:
        self.read += [key] if kind == EXPECTED else []
        return super().find(kind, key)

    def all(self, kind: str) -> Iterator[Record]:
        self.walks += kind == EXPECTED
        return super().all(kind)


def test_a_search_reads_no_traveller_but_those_it_finds(vault: Vault) -> None:
    store = Watched(vault)
    kept = CachedRecords(store)
    with vault.transaction():
        for number in range(300):
            keep(kept, document(f"N{number:07}", f"{'MUHAMMAD' if number % 2 else 'SITI'} {number % 97:02}X"))
    assert kept.search("muhammad siti") == ()
    assert len(kept.search("0299 muhammad")) == len(kept.with_number("N0000007")) == 1
    assert store.read == ["IDN:N0000299", "IDN:N0000007"]
    assert store.walks == 1


def test_who_is_held_is_found_slice_by_slice_and_who_comes_meanwhile_too(vault: Vault) -> None:
    for number in range(SLICE * 2 + 1):
        keep(CachedRecords(Records(vault)), document(f"N{number:07}", "SITI"))
    kept, slices = CachedRecords(Records(vault)), 1
    assert kept.derive()
    keep(kept, document("N0000001", "AMINAH"))
    keep(kept, document(f"N{SLICE * 2 - 5:07}", "BUDI"))
    while kept.derive():
        slices += 1
    assert slices == 2
    assert [names(kept, who) for who in ("aminah", "budi", f"{SLICE * 2 - 5:04}")] == [["AMINAH"], ["BUDI"], ["BUDI"]]
    assert kept.expecting().travellers == SLICE * 2 + 1


def test_what_was_counted_is_forgotten(vault: Vault) -> None:
    store = Watched(vault)
    kept = CachedRecords(store)
    keep(kept, SITI)
    assert kept.expecting().travellers == 1
    kept.forget()
    assert names(kept, "siti") == ["SITI AMINAH"]
    assert store.walks == 2


def test_a_key_made_to_mislead_is_found_by_nothing(records: CachedRecords) -> None:
    one = document("Q7654321", "RAHAYU")
    keep(records, one, "IDN: AMINAH\n\x01AB123456\x02")
    assert names(records, "aminah") == names(records, "ab123456") == ["SITI AMINAH"]
    assert names(records, "rahayu") == ["RAHAYU"]


def test_of_very_many_whom_a_letter_finds_some_are_shown(records: CachedRecords) -> None:
    index = TravellerIndex()
    for number in range(SCANNED + 5):
        index.keep(f"k{number}", replace(SITI, number=f"M{number:07}", surname=f"SITI {number:06}"))
    assert len(index.find("S")) == 20
    assert index.find(f"siti {SCANNED + 4:06}") == index.find(f"{SCANNED + 4:06}") == (f"k{SCANNED + 4}",)
    index.drop(f"k{SCANNED + 4}")
    index.drop("nobody")
    assert index.find(f"{SCANNED + 4:06}") == ()


BUS = Group("sjs", GroupKind.BUS, "SJS 1123 Kuching-Pontianak", 20)


@pytest.mark.parametrize("words", ["SJS 1123", "sjs1123", "1123 sjs", "kuching pont", "sjs siti"])
def test_who_is_on_a_bus_is_found_by_it(records: CachedRecords, words: str) -> None:
    records.keep_expected(SITI.key, to_json(Expected(SITI, BUS)), as_of=AT, owner="immigration")
    assert names(records, words) == ["SITI AMINAH"]


def car(plate: str) -> Section:
    about = Subject(SubjectKind.VEHICLE, "".join(plate.split()), plate)
    found = Contribution("c1", Authority.CUSTOMS, about, Verdict.REFER, Band.AMBER, "declare-vehicle", "1")
    return Section(Authority.CUSTOMS, SourceState.LIVE, moment(AT), (found,))


@pytest.mark.parametrize("words", ["QAA 4117 K", "qaa4117", "QAA4117K", "4117 qaa"])
def test_who_drives_is_found_by_the_plate_also_by_who_opens_the_cache_later(
    vault: Vault, records: CachedRecords, words: str
) -> None:
    assert names(records, words) == []
    records.keep_section(BUDI.key, car("QAA 4117 K"), moment(AT))
    assert names(records, words) == ["SURYADI"]
    assert names(CachedRecords(Records(vault)), words) == ["SURYADI"]


def test_another_car_takes_the_place_of_the_earlier_one(records: CachedRecords) -> None:
    records.keep_section(BUDI.key, car("QAA 4117 K"), moment(AT))
    records.keep_section(BUDI.key, car("KB 1 XY"), moment(AT))
    assert (names(records, "QAA 4117"), names(records, "KB1XY")) == ([], ["SURYADI"])


def test_a_declared_vehicle_is_found_by_its_field_and_nobody_by_a_plate_without_a_traveller(
    records: CachedRecords,
) -> None:
    declared = Section(Authority.CUSTOMS, SourceState.LIVE, moment(AT), fields=(Field(PLATE_FIELD, "QSB 77"),))
    records.keep_section(SITI.key, declared, moment(AT))
    records.keep_section("IDN:NOBODY", car("QSB 78"), moment(AT))
    assert names(records, "qsb 77") == ["SITI AMINAH"]
    assert names(records, "qsb 78") == []
