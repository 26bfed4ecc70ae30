"""Who is expected is counted group by group, as they come in and from what is held."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from counter_tui.domain.coding import to_json
from counter_tui.domain.crossings import Group, GroupKind
from counter_tui.domain.words import Direction
from counter_tui.workstation.expecting import FIRST
from counter_tui.workstation.news import Expected, ExpectedGroup, Expecting
from counter_tui.workstation.records import CachedRecords
from offline_cache import COUNTER_SCHEMA, Records, Vault
from tests.unit.workstation.test_search import AT, document

NOON = datetime(2026, 11, 21, 5, tzinfo=UTC)
LATER = Group("a", GroupKind.BUS, "DAMRI 07", 18, NOON + timedelta(minutes=11))
FIRST_DUE = Group("b", GroupKind.BUS, "SJS 1123", 20, NOON)
SOMETIME = Group("c", GroupKind.FAMILY, "TAN", 4)


@pytest.fixture
def vault(tmp_path: Path) -> Iterator[Vault]:
    with Vault.create(tmp_path / "v", bytes(32), COUNTER_SCHEMA) as opened:
        yield opened


@pytest.fixture(params=["as they come in", "from what is held"])
def records(vault: Vault, request: pytest.FixtureRequest) -> "Counted":
    return Counted(vault, at_once=request.param == "as they come in")


class Counted:
    """The cache of one start, or of the next."""

    def __init__(self, vault: Vault, *, at_once: bool) -> None:
        self._vault, self._at_once = vault, at_once
        self._cached = CachedRecords(Records(vault))
        if at_once:
            self._cached.expecting()

    def keep(self, number: int, group: Group | None) -> None:
        one = document(f"N{number:07}", "SITI")
        self.put(one.key, to_json(Expected(one, group)))

    def put(self, key: str, body: bytes) -> None:
        self._cached.keep_expected(key, body, as_of=AT, owner="immigration")

    def read(self) -> Expecting:
        return (self._cached if self._at_once else CachedRecords(Records(self._vault))).expecting()


def test_groups_are_counted_in_the_order_in_which_they_are_due(records: Counted) -> None:
    for number, group in enumerate((LATER, SOMETIME, FIRST_DUE, None, LATER, None, None)):
        records.keep(number, group)
    found = records.read()
    assert found.groups == (ExpectedGroup(FIRST_DUE, 1), ExpectedGroup(LATER, 2), ExpectedGroup(SOMETIME, 1))
    assert (found.travellers, found.alone, found.more) == (7, 3, 0)


def test_who_comes_in_again_is_counted_once_and_where_they_are_now(records: Counted) -> None:
    for group in (LATER, LATER, None, replace(LATER, due=NOON - timedelta(hours=1))):
        records.keep(1, group)
    records.keep(2, FIRST_DUE)
    found = records.read()
    assert [one.group.id for one in found.groups] == ["a", "b"]
    assert (found.travellers, found.alone) == (2, 0)


def test_beyond_the_first_groups_they_are_counted_and_not_read(records: Counted) -> None:
    for number in range(FIRST + 7):
        records.keep(number, replace(LATER, id=f"g{number:03}"))
    found = records.read()
    assert (len(found.groups), found.more) == (FIRST, 7)


def test_who_is_no_longer_to_be_read_is_not_counted(records: Counted) -> None:
    records.keep(1, LATER)
    records.put(document("N0000001", "SITI").key, b"{")
    found = records.read()
    assert (found.travellers, found.groups, found.alone) == (0, (), 0)


@pytest.mark.parametrize("way", list(Direction))
def test_a_counter_expects_those_who_go_its_way_and_finds_all(vault: Vault, way: Direction) -> None:
    records = CachedRecords(Records(vault), None, way)
    for number, goes in (("A1", Direction.ENTRY), ("B1", Direction.EXIT)):
        traveller = Expected(document(number, "SITI"), FIRST_DUE if goes is Direction.ENTRY else LATER, direction=goes)
        records.keep_expected(traveller.document.key, to_json(traveller), as_of=AT, owner="immigration")
    expected = FIRST_DUE if way is Direction.ENTRY else LATER
    assert records.expecting().groups == (ExpectedGroup(expected, 1),)
    assert len(records.search("SITI")) == 2
