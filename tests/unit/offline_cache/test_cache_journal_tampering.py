"""A journal that somebody changed: what was done to it, and that it is found and said."""

from __future__ import annotations

import pytest

from offline_cache import CacheError, JournalBroken
from offline_cache.journal import BATCH
from tests.unit.offline_cache.cache_rig import Rig, problems, tamper


def test_entries_can_be_neither_changed_nor_deleted(rig: Rig) -> None:
    rig.append()
    for statement in (
        "UPDATE lines SET kind = 'other'",
        "DELETE FROM lines",
        "UPDATE lines SET key = randomblob(32)",
        "INSERT OR REPLACE INTO lines SELECT * FROM lines",
        "UPDATE OR REPLACE lines SET sequence = 2",
    ):
        with pytest.raises(CacheError) as error:
            rig.vault.execute(statement)
        assert error.value.code == "vault.constraint"
    assert problems(rig) == ()


@pytest.mark.parametrize(
    ("change", "found"),
    [
        ("UPDATE lines SET kind = 'other' WHERE sequence = 2", {"bad-signature:2", "broken-chain:3"}),
        ("UPDATE lines SET recorded_at = '2026' WHERE sequence = 2", {"bad-signature:2", "broken-chain:3"}),
        ("UPDATE lines SET kind = 'other' WHERE sequence = 4", {"bad-signature:4", "broken-chain:4"}),
        ("UPDATE lines SET sealed = zeroblob(40) WHERE sequence = 2", {"edited:2"}),
        ("UPDATE lines SET sealed = zeroblob(1) WHERE sequence = 2", {"edited:2"}),
        ("UPDATE lines SET signature = zeroblob(64) WHERE sequence = 3", {"bad-signature:3"}),
        ("UPDATE lines SET signature = x'00' WHERE sequence = 3", {"bad-signature:3"}),
        ("UPDATE lines SET session = 's2' WHERE sequence = 3", {"unknown-session:3", "broken-chain:4"}),
        ("DELETE FROM lines WHERE sequence = 4", {"cut:4"}),
        ("DELETE FROM lines WHERE sequence > 2", {"cut:3"}),
        ("DELETE FROM lines WHERE sequence IN (3, 4)", {"cut:3", "cut:4"}),
        ("DELETE FROM lines WHERE sequence = 2", {"cut:2"}),
        ("DELETE FROM lines WHERE sequence = 1", {"cut:1"}),
        ("DELETE FROM lines", {"cut:1"}),
        ("UPDATE lines SET sequence = 6 WHERE sequence = 4", {"cut:4", "bad-signature:6"}),
        ("UPDATE lines SET previous = zeroblob(32) WHERE sequence = 5", {"broken-chain:4"}),
        ("UPDATE lines SET sequence = 9 WHERE sequence = 5", {"cut:5", "cut:8"}),
    ],
)
def test_tampering_is_found(rig: Rig, change: str, found: set[str]) -> None:
    for number in range(4):
        rig.append(body=b"body %d" % number)
    tamper(rig, change)
    assert found <= set(problems(rig))


def test_a_cut_in_the_middle_is_said_once(rig: Rig) -> None:
    for _ in range(3):
        rig.append()
    tamper(rig, "DELETE FROM lines WHERE sequence = 2")
    assert problems(rig) == ("cut:2",)


def test_swapped_and_replayed_entries_are_found(rig: Rig) -> None:
    for number in range(4):
        rig.append(body=b"body %d" % number)
    tamper(
        rig,
        "UPDATE lines SET sequence = 99 WHERE sequence = 2",
        "UPDATE lines SET sequence = 2 WHERE sequence = 3",
        "UPDATE lines SET sequence = 3 WHERE sequence = 99",
    )
    assert {"broken-chain:2", "broken-chain:3"} <= set(problems(rig))


def test_an_entry_put_in_again_at_the_end_is_found(rig: Rig) -> None:
    rig.append()
    rig.append()
    tamper(
        rig,
        "UPDATE lines SET sequence = 4 WHERE sequence = 3",
        "INSERT INTO lines SELECT 3, key, recorded_at, logical, previous, kind, crossing, session, commitment, sealed,"
        " signature FROM lines WHERE sequence = 2",
    )
    assert "broken-chain:3" in problems(rig)


def test_a_cut_that_also_sets_the_open_line_back_shows_by_the_receipts(rig: Rig) -> None:
    first, _ = rig.append(), rig.append()
    rig.receive(1, 2)
    tamper(rig, "DELETE FROM lines WHERE sequence = 2", "UPDATE lines SET sequence = 2 WHERE sequence = 3")
    rig.vault.execute("UPDATE lines SET previous = ? WHERE sequence = 2", (first.hash(),))
    assert problems(rig) == ("cut:2",)


def test_a_cut_that_also_sets_the_open_line_back_shows_by_the_mark(rig: Rig) -> None:
    hashes = [rig.append().hash() for _ in range(BATCH + 2)]
    tamper(
        rig,
        f"DELETE FROM lines WHERE sequence = {BATCH} OR recorded_at = ''",
        f"DELETE FROM lines WHERE sequence > {BATCH}",
    )
    rig.vault.execute(
        f"INSERT INTO lines SELECT {BATCH}, key, '', logical, ?, '', '', '', x'', x'', x'' FROM lines LIMIT 1",
        (hashes[BATCH - 2],),
    )
    assert problems(rig) == (f"cut:{BATCH}",)


def test_a_journal_without_its_end_is_not_continued(rig: Rig) -> None:
    for _ in range(3):
        rig.append()
    tamper(rig, "DELETE FROM lines WHERE sequence > 2")
    rig.restart()
    with pytest.raises(JournalBroken) as error:
        rig.append()
    assert error.value.code == "journal.cut"
