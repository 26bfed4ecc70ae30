"""A blind list asked: whom the list in clear finds is found, with what to do and a pointer, and no word of who."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

import pytest

from counter_tui.agencies.lists.blind import BlindTally, make_blind
from counter_tui.agencies.sealing import make_sealer
from counter_tui.domain.documents import PartialDate
from counter_tui.domain.screening.blind import Blinder
from counter_tui.domain.screening.model import Hit, Listed, ListedKind, Sought
from counter_tui.workstation import blind_index, list_index
from counter_tui.workstation.blind_index import write_blind
from counter_tui.workstation.list_index import write_entries
from counter_tui.workstation.screen_blind import BlindScreen
from counter_tui.workstation.screen_names import ListScreen, Screening
from offline_cache import Vault
from offline_cache.index import INDEX_SCHEMA, Index
from offline_cache.index_building import SegmentBuilder, bury
from scripts.benches import population

KEY, SEALING, VAULT = bytes(range(32)), bytes(range(32, 64)), bytes(range(64, 96))
BLINDER, SEAL = Blinder(KEY), make_sealer("security", 1, SEALING)
PERSONS = frozenset({ListedKind.PERSON})
BORN = PartialDate(1971, 8, 23)
LISTED = (
    Listed(
        "1",
        ("Zebedeus Kanarivogel", "Muhammad Kanarivogel", "Burung"),
        (BORN,),
        ("IDN",),
        ("K7711223",),
        ListedKind.PERSON,
        "H3",
        frozenset({2}),
    ),
    Listed("2", ("Abdoel Moethalib",), (PartialDate(1958),), ("IDN",), (), ListedKind.PERSON, "H2"),
    Listed("3", ("Nur Hidayah Ramlan", "Nurhidayah Ramlan"), (PartialDate(1980, 3, 12),), ("MYS",)),
    Listed("4", ("MHMD Salman",), (PartialDate(1969, 1, 2),)),
    Listed("5", ("...",), (), (), ("BE0093318",)),
)
PLAIN = (
    "ZEBEDEUS",
    "KANARIVOGEL",
    "MUHAMMAD",
    "BURUNG",
    "1971-08-23",
    "19710823",
    "K7711223",
    "IDN",
    "RAMLAN",
    "SALMAN",
)


def lay(path: Path, entries: Sequence[Listed]) -> Vault:
    vault = Vault.create(path, VAULT, INDEX_SCHEMA)
    with vault.transaction():
        builder = SegmentBuilder(vault, costs=blind_index.COSTS, spaces=blind_index.SPACES, spelled=blind_index.SPELLED)
        write_blind(builder, make_blind(entries, "dpo", BLINDER, SEAL, BlindTally()), lambda _: None)
        builder.finish(b"")
    return vault


def lay_clear(path: Path, entries: Sequence[Listed]) -> Vault:
    vault = Vault.create(path, VAULT, INDEX_SCHEMA)
    with vault.transaction():
        builder = SegmentBuilder(vault, costs=list_index.COSTS, spaces=list_index.SPACES, spelled=list_index.SPELLED)
        write_entries(builder, entries, lambda _: None)
        builder.finish(b"")
    return vault


@pytest.fixture(scope="module")
def laid(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Vault]:
    with lay(tmp_path_factory.mktemp("blind") / "list", LISTED) as vault:
        yield vault


@pytest.fixture(scope="module")
def clear(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ListScreen]:
    with lay_clear(tmp_path_factory.mktemp("clear") / "list", LISTED) as vault:
        yield ListScreen("dpo", Index(vault).segments)


@pytest.fixture(scope="module")
def blind(laid: Vault) -> BlindScreen:
    return BlindScreen("dpo", Index(laid).segments, KEY)


def ask(screen: BlindScreen | ListScreen, sought: Sought, threshold: float = 0.7) -> Screening:
    return screen.screen(sought, threshold=threshold, kinds=PERSONS)


ASKED = [
    (Sought("KANARIVOGEL ZEBEDEUS", BORN, "IDN"), "1", "name-birth"),
    (Sought("KANARIVOGEL MOHD", BORN, "IDN"), "1", "name-birth"),
    (Sought("KANARIVOGL ZEBEDEUS", replace(BORN, day=24), "IDN"), "1", "name-birth"),
    (Sought("KANARIVOGEL ZEBEDEUS", PartialDate(1971, 1, 1), "MYS"), "1", "name-birth"),
    (Sought("KANARIVOGEL ZEBEDEUS"), "1", "name"),
    (Sought("SOMEBODY ELSE", BORN, "IDN", "K7711223"), "1", "number"),
    (Sought("SOMEBODY ELSE", None, "", "K77I1223"), "1", "number"),
    (Sought("SOMEBODY ELSE", None, "", "BE OO93318"), "5", "number"),
    (Sought("ABDUL MUTALIB", PartialDate(1958, 4, 1), "IDN"), "2", "name-birth"),
    (Sought("NURHIDAYAH RAMLAN", PartialDate(1980, 12, 3), "MYS"), "3", "name-birth"),
    (Sought("RAM LAN NURHIDAYAH", PartialDate(1980, 3, 12), "MYS"), "3", "name-birth"),
    (Sought("Z KANARIVOGEL", BORN, "IDN"), "1", "name-birth"),
    (Sought("NUR HIDAJAH RAMLAN", PartialDate(1980, 3, 12), "MYS"), "3", "name-birth"),
    (Sought("MUHAMMAD SALMAN", PartialDate(1969, 1, 2)), "4", "name-birth"),
]


@pytest.mark.parametrize(("sought", "ref", "why"), ASKED)
def test_who_is_found_in_clear_is_found_blind_with_the_same_score(
    blind: BlindScreen, clear: ListScreen, sought: Sought, ref: str, why: str
) -> None:
    (known,), (hit,) = ask(clear, sought).hits, ask(blind, sought).hits

    assert known.ref == ref
    assert hit.ref == SEAL.name("listed", "dpo", ref)
    assert hit.score == pytest.approx(known.score, abs=0.06)
    assert (hit.name, hit.list, hit.handling, hit.kind) == ("", "dpo", known.handling, ListedKind.PERSON)
    assert [(one.code, one.params) for one in hit.why] == [(f"screening.why.blind-{why}", ())]
    assert len(hit.version) == 12


@pytest.mark.parametrize(
    "sought",
    [
        Sought("KANARIVOGEL ZEBEDEUS", PartialDate(1985, 2, 2), "NLD"),
        Sought("HARTONO WIJAYA", BORN, "IDN"),
        Sought("BURUNG", PartialDate(1990, 1, 1)),
        Sought("", None),
        Sought("ZEBEDEUS", PartialDate(None), "", "K771"),
    ],
)
def test_who_is_not_found_in_clear_is_not_found_blind(blind: BlindScreen, clear: ListScreen, sought: Sought) -> None:
    assert ask(clear, sought).hits == ask(blind, sought).hits == ()


def test_who_scores_less_is_counted_and_only_persons_are_asked_for(blind: BlindScreen) -> None:
    sought = Sought("KANARIVOGEL ZEBEDEUS", PartialDate(1985, 2, 2), "NLD")

    assert ask(blind, sought).below == 1
    ships = frozenset({ListedKind.VESSEL})
    assert blind.screen(ASKED[0][0], threshold=0.1, kinds=ships) == Screening((), 0)


def test_another_key_finds_nothing(laid: Vault) -> None:
    other = BlindScreen("dpo", Index(laid).segments, bytes(32))

    assert all(not ask(other, sought).hits for sought, _, _ in ASKED)


def test_a_record_taken_back_is_not_found(tmp_path: Path) -> None:
    with lay(tmp_path / "list", LISTED[:1]) as vault:
        assert ask(BlindScreen("dpo", Index(vault).segments, KEY), ASKED[5][0]).hits
        with vault.transaction():
            bury(vault, 1, range(3))
        after = BlindScreen("dpo", Index(vault).segments, KEY)
        assert not [hit for sought, _, _ in ASKED for hit in ask(after, sought).hits]


def test_no_word_of_an_entry_stands_in_the_index_even_for_who_opens_it(laid: Vault) -> None:
    held = [laid.path.read_bytes()]
    for segment in Index(laid).segments:
        held += [b"".join(row[0] for row in laid.execute("SELECT data FROM parts"))]  # type: ignore[misc]
        held += [leaf for _, leaf in segment.leaves()]
        held += segment.tags(range(len(segment)))
        held += segment.spelled("token")

    assert len(held) > 10
    for body in held:
        # three letters come by chance in bytes that look like any
        assert not [word for word in PLAIN if len(word) > 4 and word.encode() in body.upper()]


def test_a_hit_tells_nothing_in_logs(blind: BlindScreen) -> None:
    (hit,) = ask(blind, ASKED[0][0]).hits

    assert isinstance(hit, Hit)
    assert hit.ref not in repr(hit)


def test_nearly_all_that_travel_of_a_list_are_found_as_in_clear(tmp_path: Path) -> None:
    listed = list(population.listed(600, 3))
    with lay_clear(tmp_path / "clear" / "list", listed) as open_one, lay(tmp_path / "blind" / "list", listed) as vault:
        clear = ListScreen("dpo", Index(open_one).segments)
        blind = BlindScreen("dpo", Index(vault).segments, KEY)
        hits = found = more = 0
        for sought, _ in population.impostors(listed, 200, 3):
            known = {SEAL.name("listed", "dpo", hit.ref) for hit in ask(clear, sought).hits}
            told = {hit.ref for hit in ask(blind, sought).hits}
            hits, found, more = hits + len(known), found + len(known & told), more + len(told - known)

    assert hits > 150
    assert found >= 0.97 * hits
    assert more <= 0.02 * hits
