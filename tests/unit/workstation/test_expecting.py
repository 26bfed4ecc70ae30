"""Who is expected is counted group by group, without reading whom."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from counter_tui.domain.coding import to_json
from counter_tui.domain.crossings import Group, GroupKind
from counter_tui.workstation.expecting import COUNTED, FIRST
from counter_tui.workstation.news import Expected, ExpectedGroup
from counter_tui.workstation.records import EXPECTED, CachedRecords
from offline_cache import COUNTER_SCHEMA, Record, Records, Vault
from tests.unit.workstation.test_search import AT, document

NOON = datetime(2026, 11, 21, 5, tzinfo=UTC)
LATER = Group("a", GroupKind.BUS, "DAMRI 07", 18, NOON + timedelta(minutes=11))
FIRST_DUE = Group("b", GroupKind.BUS, "SJS 1123", 20, NOON)
SOMETIME = Group("c", GroupKind.FAMILY, "TAN", 4)


class Unread(Records):
    """Gives no traveller."""

    def all(self, kind: str) -> Iterator[Record]:
        raise AssertionError(kind)


@pytest.fixture
def vault(tmp_path: Path) -> Iterator[Vault]:
    with Vault.create(tmp_path / "v", bytes(32), COUNTER_SCHEMA) as opened:
        yield opened


def keep(vault: Vault, number: int, group: Group | None) -> None:
    one = document(f"N{number:07}", "SITI")
    CachedRecords(Unread(vault)).keep_expected(one.key, to_json(Expected(one, group)), as_of=AT, owner="immigration")


def test_groups_are_counted_in_the_order_in_which_they_are_due(vault: Vault) -> None:
    for number, group in enumerate((LATER, SOMETIME, FIRST_DUE, None, LATER, None, None)):
        keep(vault, number, group)
    found = CachedRecords(Unread(vault)).expecting()
    assert found.groups == (ExpectedGroup(FIRST_DUE, 1), ExpectedGroup(LATER, 2), ExpectedGroup(SOMETIME, 1))
    assert (found.travellers, found.alone, found.more) == (7, 3, 0)


def test_who_comes_in_again_is_counted_once_and_where_they_are_now(vault: Vault) -> None:
    for group in (LATER, LATER, None, replace(LATER, due=NOON - timedelta(hours=1))):
        keep(vault, 1, group)
    keep(vault, 2, FIRST_DUE)
    found = CachedRecords(Unread(vault)).expecting()
    assert [one.group.id for one in found.groups] == ["a", "b"]
    assert (found.travellers, found.alone) == (2, 0)


def test_beyond_the_first_groups_they_are_counted_and_not_read(vault: Vault) -> None:
    for number in range(FIRST + 7):
        keep(vault, number, replace(LATER, id=f"g{number:03}"))
    found = CachedRecords(Unread(vault)).expecting()
    assert (len(found.groups), found.more) == (FIRST, 7)


def test_a_store_of_earlier_days_is_counted_once(vault: Vault) -> None:
    store = Records(vault)
    for number in range(3):
        one = document(f"N{number:07}", "SITI")
        store.put(EXPECTED, one.key, to_json(Expected(one, LATER)), as_of=AT, owner="immigration", partition="")
    store.put(EXPECTED, "IDN:BAD", b"{", as_of=AT, owner="immigration", partition="")
    assert CachedRecords(store).expecting().groups == (ExpectedGroup(LATER, 3),)
    assert CachedRecords(Unread(vault)).expecting().travellers == 3


def test_who_is_no_longer_to_be_read_is_not_counted(vault: Vault) -> None:
    keep(vault, 1, LATER)
    key = document("N0000001", "SITI").key
    CachedRecords(Unread(vault)).keep_expected(key, b"{", as_of=AT, owner="immigration")
    found = CachedRecords(Unread(vault)).expecting()
    assert (found.travellers, found.groups) == (0, ())
    assert Records(vault).keys(COUNTED, "2026", limit=9) == []
