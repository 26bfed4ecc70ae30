"""Somebody was at the file, with its key or without: found, and said in so many words."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path
from typing import cast

import apsw
import pytest

from offline_cache import (
    COUNTER_SCHEMA,
    CacheError,
    Journal,
    JournalBroken,
    Outbox,
    Receipt,
    Vault,
    VaultCorrupt,
    VaultWrongKey,
)
from tests.unit.offline_cache.cache_rig import KEY, SESSION, WINDOW, Rig, at, public_key_of

PAGE = 4096


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """A vault of twelve entries, eight of them received, closed."""
    rig = Rig.make(tmp_path / "vault" / "counter.db")
    for number in range(12):
        rig.append(f"x{number % 3}", b"body %d " % number * 100)
    rig.receive(*range(1, 9))
    rig.vault.close()
    return rig.path


def found(path: Path) -> set[str]:
    """Everything that is said of a vault by whoever looks at it closely: codes without their numbers."""
    try:
        with Vault.open(path, KEY, COUNTER_SCHEMA) as vault:
            said = {"damaged" for _ in vault.integrity()}
            journal = Journal(vault, "c1", "demo")
            said |= {problem.partition(":")[0] for problem in journal.verify(public_key_of).problems}
            said |= {problem.partition(":")[0] for problem in Outbox(vault, "c1").verify(WINDOW.public)}
            return said
    except CacheError as error:
        return {error.code}


def with_key(path: Path, *statements: str) -> None:
    """What somebody who has the key can do."""
    connection = apsw.Connection(str(path))
    for pragma in ("cipher = 'chacha20'", f"key = 'raw:{KEY.hex()}'"):
        connection.execute(f"PRAGMA {pragma}").fetchall()
    for trigger in ("entries_are_not_changed", "lines_are_not_deleted", "keys_are_only_destroyed"):
        connection.execute(f"DROP TRIGGER {trigger}")
    for statement in statements:
        connection.execute(statement).fetchall()
    connection.close()


def pages(path: Path) -> list[bytes]:
    content = path.read_bytes()
    return [content[start : start + PAGE] for start in range(0, len(content), PAGE)]


def used(path: Path) -> list[int]:
    """The numbers, from 0, of pages that something is in."""
    connection = apsw.Connection(str(path))
    for pragma in ("cipher = 'chacha20'", f"key = 'raw:{KEY.hex()}'"):
        connection.execute(f"PRAGMA {pragma}").fetchall()
    numbers = cast("list[tuple[int]]", connection.execute("SELECT pageno - 1 FROM dbstat ORDER BY 1").fetchall())
    connection.close()
    return [number for (number,) in numbers]


def put(path: Path, content: bytes) -> None:
    """This content in the vault's place, and nobody knows how often it was opened."""
    path.write_bytes(content)
    path.with_name("counter.db.openings").unlink(missing_ok=True)


def test_an_untouched_vault_is_said_to_be_well(path: Path) -> None:
    assert found(path) == set()


def test_any_edited_page_is_found(path: Path) -> None:
    whole = path.read_bytes()
    for number in used(path):
        edited = bytearray(whole)
        edited[number * PAGE + 1000] ^= 1
        put(path, bytes(edited))
        assert found(path) & {"damaged", "vault.corrupt"}, f"page {number}"
    put(path, whole)
    assert found(path) == set()


def test_a_file_that_was_cut_is_found(path: Path) -> None:
    whole = path.read_bytes()
    for end in (PAGE // 2, PAGE, PAGE + 1, len(whole) // PAGE // 2 * PAGE, len(whole) - PAGE, len(whole) - 1):
        put(path, whole[:end])
        assert found(path) & {"damaged", "vault.corrupt", "vault.truncated"}, f"cut at {end}"


def test_pages_in_another_order_are_found(path: Path) -> None:
    whole, numbers = pages(path), used(path)
    for one, other in ((1, 2), (numbers[3], numbers[-1]), (numbers[-2], numbers[-1])):
        swapped = list(whole)
        swapped[one], swapped[other] = swapped[other], swapped[one]
        put(path, b"".join(swapped))
        assert found(path) & {"damaged", "vault.corrupt"}


def test_an_earlier_page_put_back_is_found_or_costs_nothing(path: Path) -> None:
    """Each page by itself is as it was once written, and deciphers."""
    before = pages(path)
    with Vault.open(path, KEY, COUNTER_SCHEMA) as vault:
        rig = Rig(path, vault, Journal(vault, "c1", "demo"), Outbox(vault, "c1"))
        for number in range(6):
            rig.append(body=b"later %d " % number * 100)
        rig.receive(9, 10)
    after, note = pages(path), path.with_name("counter.db.openings").read_bytes()
    missed = []
    for number in [number for number, page in enumerate(before) if page != after[number]]:
        path.write_bytes(b"".join(before[number] if number == at_page else page for at_page, page in enumerate(after)))
        path.with_name("counter.db.openings").write_bytes(note)
        if not found(path):
            missed.append(number)
            with Vault.open(path, KEY, COUNTER_SCHEMA) as vault:
                waiting = [entry.sequence for entry in Outbox(vault, "c1").waiting(100, 1 << 20)]
                # what had a receipt may be sent once more
                assert set(waiting) >= set(range(11, 19))
                assert Journal(vault, "c1", "demo").verify(public_key_of).count == 18
    assert len(missed) <= 2


def test_an_earlier_file_put_back_is_found(path: Path) -> None:
    before = path.read_bytes()
    assert found(path) == set()
    path.write_bytes(before)
    assert found(path) == {"vault.older"}


def test_an_earlier_log_put_back_is_found(path: Path) -> None:
    with Vault.open(path, KEY, COUNTER_SCHEMA) as vault:
        rig = Rig(path, vault, Journal(vault, "c1", "demo"), Outbox(vault, "c1"))
        rig.append()
        log = path.with_name("counter.db-wal")
        earlier = log.read_bytes()
        rig.append()
    assert not log.exists()
    log.write_bytes(earlier)
    assert found(path)


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ("UPDATE lines SET kind = 'other' WHERE sequence = 5", "bad-signature"),
        ("UPDATE lines SET sealed = zeroblob(length(sealed)) WHERE sequence = 5", "edited"),
        ("UPDATE lines SET key = zeroblob(32) WHERE sequence = 5", "edited"),
        ("DELETE FROM lines WHERE sequence = 5", "cut"),
        ("DELETE FROM lines WHERE sequence > 5", "cut"),
        ("UPDATE lines SET recorded_at = '2020-01-01T00:00:00Z' WHERE sequence = 12", "bad-signature"),
        ("UPDATE lines SET logical = 1 WHERE sequence = 5", "bad-time"),
        ("INSERT INTO deliveries VALUES (11, 'received', '2026', '', 1)", "forged-receipt"),
        ("INSERT INTO deliveries VALUES (11, 'received', '2026', '', NULL)", "forged-receipt"),
        ("UPDATE deliveries SET state = 'seen by the agency', sequence = 11 WHERE sequence = 3", "forged-receipt"),
        ("UPDATE receipts SET signed = zeroblob(length(signed))", "forged-receipt"),
        ("UPDATE receipts SET signature = randomblob(64)", "forged-receipt"),
        ("DELETE FROM deliveries WHERE sequence = 3", "overlooked"),
        ("UPDATE outbox SET floor = 12", "overlooked"),
    ],
)
def test_what_is_changed_with_the_key_is_found(path: Path, change: str, said: str) -> None:
    with_key(path, change)
    assert said in found(path)


def test_entries_in_another_order_are_found(path: Path) -> None:
    with_key(
        path,
        "UPDATE lines SET sequence = 99 WHERE sequence = 4",
        "UPDATE lines SET sequence = 4 WHERE sequence = 5",
        "UPDATE lines SET sequence = 5 WHERE sequence = 99",
    )
    assert {"broken-chain", "bad-signature", "bad-time"} <= found(path)


def test_a_forged_receipt_is_not_taken(path: Path) -> None:
    with Vault.open(path, KEY, COUNTER_SCHEMA) as vault:
        outbox = Outbox(vault, "c1")
        entry = Journal(vault, "c1", "demo").get(11)
        forged = Receipt("w1", at(9), "c1", ((11, entry.hash()),), bytes(64))
        for key in (WINDOW.public, SESSION.public):
            with pytest.raises(JournalBroken) as error:
                outbox.receive(forged, key)
            assert error.value.code == "receipt.bad-signature"
        assert outbox.summary().waiting == 4


@pytest.fixture
def others(path: Path) -> Callable[[bytes], None]:
    """Puts the vault of another counter, under a key, in the place of this one."""

    def swap(key: bytes) -> None:
        other = path.with_name("other.db")
        with Vault.create(other, key, COUNTER_SCHEMA) as vault:
            Journal(vault, "c2", "demo")
        shutil.copyfile(other, path)
        path.with_name("counter.db.openings").unlink()

    return swap


def test_a_swapped_file_is_found(path: Path, others: Callable[[bytes], None]) -> None:
    others(KEY)
    assert found(path) == {"journal.other-counter"}


def test_a_swapped_file_under_another_key_is_found(path: Path, others: Callable[[bytes], None]) -> None:
    others(b"\xaa" * 32)
    with pytest.raises((VaultWrongKey, VaultCorrupt)):
        Vault.open(path, KEY, COUNTER_SCHEMA)


def test_a_version_that_was_set_back_is_found(path: Path) -> None:
    with_key(path, "PRAGMA user_version = 1")
    before = path.read_bytes()
    assert found(path) == {"vault.error"}
    assert path.read_bytes() == before
