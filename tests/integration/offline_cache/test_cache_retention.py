"""What a rule destroys is gone from the file, also for who has its key; the journal names the rule, and verifies."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import cast

import apsw
import pytest

from offline_cache import Journal, Records
from offline_cache.chain import DESTROYED
from offline_cache.moments import stamp
from offline_cache.retention import Purged, Retention
from tests.unit.offline_cache.cache_rig import KEY, Rig, public_key_of, salt, sign

DAY = 86_400_000
START = 20_000 * DAY
RULES = {"decision": 30, "alert": 365, "section": 7}


def record(rig: Rig, day: float, group: str, kind: str = "decision", body: bytes = b"") -> int:
    return rig.journal.append(
        kind,
        group,
        body or b"GONE-%s " % group.encode() * 40,
        recorded_at=stamp(int(START + day * DAY)),
        session="s1",
        sign=sign,
        salt=salt(rig.journal.count() + 1),
    ).sequence


def purge(rig: Rig, day: float) -> Purged:
    return Retention(rig.vault, rig.journal, RULES).purge(stamp(int(START + day * DAY)))


def readable(rig: Rig) -> list[int]:
    return [entry.sequence for entry in rig.journal.entries() if entry.body is not None]


def test_a_crossing_goes_when_the_last_of_its_entries_is_due(rig: Rig) -> None:
    record(rig, 0, "early")
    record(rig, 0, "long")
    record(rig, 0, "", "alert")
    record(rig, 0, "two")
    record(rig, 0, "two", "alert")
    record(rig, 0, "kept", "unruled")
    record(rig, 20, "long")
    rig.receive(*range(1, 8))
    assert purge(rig, 30) == Purged(0, 0, 0)
    assert purge(rig, 31) == Purged(0, 1, 0)
    assert readable(rig) == [2, 3, 4, 5, 6, 7]
    assert purge(rig, 51) == Purged(0, 2, 0)
    assert purge(rig, 51) == Purged(0, 0, 0)
    assert purge(rig, 400) == Purged(0, 3, 0)
    assert readable(rig) == [6]
    result = rig.journal.verify(public_key_of)
    assert result.problems == ()
    assert dict(result.rules) == {"decision: 30 days": 3, "alert: 365 days": 3}


def test_what_was_not_delivered_is_kept_however_old(rig: Rig) -> None:
    record(rig, 0, "x1")
    record(rig, 0, "x2")
    record(rig, 0, "")
    rig.receive(2)
    assert purge(rig, 999) == Purged(0, 1, 2)
    rig.receive(1, 3)
    assert purge(rig, 999) == Purged(0, 2, 0)


def test_age_is_by_the_corrected_time_not_by_a_clock_that_was_set_back(rig: Rig) -> None:
    record(rig, 100, "x1")
    record(rig, 0, "x2")
    rig.receive(1, 2)
    assert purge(rig, 101).entries == 0
    assert purge(rig, 131).entries == 2


def test_records_go_by_class_and_age(rig: Rig) -> None:
    records = Records(rig.vault)
    for day in range(20):
        for kind in ("section", "kept"):
            records.put(kind, str(day), b"x", as_of=stamp(START + day * DAY), owner="o", partition="p")
    assert purge(rig, 10.5).records == 4
    assert sorted(int(held.key) for held in records.all("section")) == list(range(4, 20))
    assert len(list(records.all("kept"))) == 20


def test_a_time_that_is_none_purges_nothing(rig: Rig) -> None:
    with pytest.raises(ValueError, match="now"):
        Retention(rig.vault, rig.journal, RULES).purge("later")


@pytest.fixture
def keys(rig: Rig) -> list[bytes]:
    """Many records and entries of all sizes, some kept, the others purged; the keys that were destroyed."""
    records = Records(rig.vault)
    with rig.vault.transaction():
        for number in range(1500):
            # their places in the file lie all about, so that pages are split, moved and joined
            place = number * 7919 % 1500
            what, day = (b"KEPT", 90) if number % 5 == 0 else (b"GONE", 1)
            size = (3, 30, 900)[number % 3]
            body = b"%s-SITI-%06d " % (what, number) * size
            stamped = stamp(START + day * DAY)
            records.put("section", f"{place:06d}", body, as_of=stamped, owner="o", partition="p")
        for number in range(300):
            what, day = (b"KEPT", 90) if number >= 250 else (b"GONE", 1)
            record(rig, day, f"x{number}", body=b"%s-AMINAH-%06d " % (what, number) * (3, 300)[number % 2])
    keys = [cast("bytes", row[0]) for row in rig.vault.execute("SELECT key FROM entries WHERE sequence <= 250")]
    rig.receive(*range(1, 301))
    rig.vault.shrink_log()
    content = pages(rig)
    assert all(key in content for key in keys)
    assert purge(rig, 91) == Purged(1200, 250, 0)
    return keys


def test_nothing_of_it_is_left_in_the_file_for_who_has_its_key(rig: Rig, keys: list[bytes]) -> None:
    content = pages(rig)
    assert content.count(b"KEPT-SITI") > 300
    assert b"GONE-" not in content
    assert not [key for key in keys if key in content]
    for _, raw in files(rig.path.parent):
        assert b"KEPT" not in raw
        assert b"GONE" not in raw


@pytest.mark.usefixtures("keys")
def test_nothing_of_it_is_left_for_who_asks_in_sql(rig: Rig) -> None:
    rig.vault.close()
    with_key = opened(rig.path)
    assert with_key.execute("SELECT count(*) FROM records WHERE instr(body, 'GONE')").fetchall() == [(0,)]
    assert with_key.execute("SELECT count(*) FROM lines WHERE key = ?", (DESTROYED,)).fetchall() == [(250,)]
    rules = with_key.execute("SELECT rule, at <> '', count(*) FROM erasures GROUP BY 1, 2").fetchall()
    assert rules == [("decision: 30 days", 1, 250)]
    with_key.close()
    rig.restart()
    assert Journal(rig.vault, "c1", "demo").verify(public_key_of).problems == ()
    assert rig.vault.integrity() == []


def opened(path: Path) -> apsw.Connection:
    connection = apsw.Connection(str(path))
    for pragma in ("cipher = 'chacha20'", f"key = 'raw:{KEY.hex()}'"):
        connection.execute(f"PRAGMA {pragma}").fetchall()
    return connection


def pages(rig: Rig) -> bytes:
    """All pages of the vault as its key shows them, freed ones and gaps within pages included."""
    rig.vault.close()
    connection = opened(rig.path)
    content = connection.serialize("main")
    connection.close()
    assert content.startswith(b"SQLite format 3")
    assert len(content) == rig.path.stat().st_size
    rig.restart()
    return content


def files(folder: Path) -> Iterator[tuple[Path, bytes]]:
    return ((path, path.read_bytes()) for path in folder.iterdir())


def test_others_have_their_turn_at_the_vault_while_a_purge_goes_through_it(rig: Rig) -> None:
    records = Records(rig.vault)
    with rig.vault.transaction():
        for number in range(1000):
            records.put("section", f"d{number:04}", b"x", as_of=stamp(START), owner="o", partition="p")
    seen: list[int] = []

    def rest() -> None:
        with ThreadPoolExecutor(1) as other:
            seen.append(other.submit(records.count).result(5))

    purged = Retention(rig.vault, rig.journal, RULES).purge(stamp(START + 8 * DAY), rest)
    assert purged == Purged(1000, 0, 0)
    assert seen == [500, 0]
