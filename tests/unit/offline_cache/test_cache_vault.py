from __future__ import annotations

import sqlite3
import stat
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from offline_cache import (
    CacheError,
    DiskFull,
    Schema,
    Vault,
    VaultBusy,
    VaultCorrupt,
    VaultExists,
    VaultMissing,
    VaultPlaintext,
    VaultTooNew,
    VaultWrongKey,
)
from tests.unit.offline_cache.cache_rig import KEY

ONE = Schema(7, ("CREATE TABLE t (a TEXT) STRICT;",))
TWO = Schema(7, (*ONE.migrations, "ALTER TABLE t ADD COLUMN b TEXT; SELECT 1 UNION SELECT 2; UPDATE t SET b = 'new';"))
OTHER_KEY = b"\xaa" * 32


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "folder" / "vault.db"


@pytest.fixture
def closed(path: Path) -> Path:
    with Vault.create(path, KEY, ONE) as vault:
        vault.execute("INSERT INTO t VALUES ('kept')")
    return path


def held(path: Path, schema: Schema = ONE) -> list[object]:
    with Vault.open(path, KEY, schema) as vault:
        return [row[0] for row in vault.execute("SELECT a FROM t")]


def add(vault: Vault, *rows: str) -> None:
    for row in rows:
        vault.execute("INSERT INTO t VALUES (?)", (row,))


def add_and_fail(vault: Vault, *rows: str) -> None:
    with vault.transaction():
        add(vault, *rows)
        raise KeyError


def code(error: pytest.ExceptionInfo[CacheError]) -> str:
    return error.value.code


def test_what_was_written_is_there_when_opened_again(closed: Path) -> None:
    assert held(closed) == ["kept"]


@pytest.mark.skipif(sys.platform == "win32", reason="POSIX file modes")
def test_file_and_folder_are_for_their_owner_alone(closed: Path) -> None:
    assert stat.S_IMODE(closed.stat().st_mode) == 0o600
    assert stat.S_IMODE(closed.parent.stat().st_mode) == 0o700
    with Vault.open(closed, KEY, ONE) as vault:
        vault.execute("INSERT INTO t VALUES ('more')")
        assert {stat.S_IMODE(file.stat().st_mode) for file in closed.parent.iterdir()} == {0o600}


def test_it_is_as_durable_as_it_says(closed: Path) -> None:
    with Vault.open(closed, KEY, ONE) as vault:
        assert vault.execute("PRAGMA synchronous") == [(2,)]
        assert vault.execute("PRAGMA journal_mode") == [("wal",)]
        assert vault.execute("PRAGMA foreign_keys") == [(1,)]


def test_missing_is_said_and_nothing_is_begun(path: Path) -> None:
    with pytest.raises(VaultMissing):
        Vault.open(path, KEY, ONE)
    assert not path.parent.exists()


@pytest.mark.parametrize("there", ["vault.db", "vault.db-wal"])
def test_create_never_overwrites(path: Path, there: str) -> None:
    path.parent.mkdir()
    (path.parent / there).write_bytes(b"precious")
    with pytest.raises(VaultExists):
        Vault.create(path, KEY, ONE)
    assert (path.parent / there).read_bytes() == b"precious"


def test_create_that_was_cut_short_leaves_no_vault_and_can_be_repeated(path: Path) -> None:
    bad = Schema(7, (*ONE.migrations, "CREATE TABLE t (again TEXT)"))
    with pytest.raises(CacheError):
        Vault.create(path, KEY, bad)
    with pytest.raises(VaultMissing):
        Vault.open(path, KEY, ONE)
    Vault.create(path, KEY, ONE).close()
    assert held(path) == []


@pytest.mark.parametrize("key", [b"", b"short", KEY + b"x"])
def test_a_malformed_key_is_no_passphrase(path: Path, key: bytes) -> None:
    with pytest.raises(ValueError, match="vault key"):
        Vault.create(path, key, ONE)
    assert not path.exists()


def test_wrong_key_is_told_from_damage(closed: Path) -> None:
    before = closed.read_bytes()
    with pytest.raises(VaultWrongKey) as wrong:
        Vault.open(closed, OTHER_KEY, ONE)
    assert "unsure" not in wrong.value.detail
    assert KEY.hex() not in str(wrong.value)
    assert OTHER_KEY.hex() not in repr(wrong.value)
    assert closed.read_bytes() == before
    damaged = bytearray(before)
    damaged[200] ^= 1
    closed.write_bytes(damaged)
    with pytest.raises(VaultCorrupt):
        Vault.open(closed, KEY, ONE)
    assert closed.read_bytes() == damaged


def test_without_its_key_check_it_says_that_it_is_not_sure(closed: Path) -> None:
    closed.with_name("vault.db.keycheck").unlink()
    with pytest.raises(VaultWrongKey) as wrong:
        Vault.open(closed, OTHER_KEY, ONE)
    assert wrong.value.detail["unsure"] == 1
    assert held(closed) == ["kept"]
    assert closed.with_name("vault.db.keycheck").exists()


@pytest.mark.parametrize("cut", [lambda b: b[:0], lambda b: b[:1000], lambda b: b[:4097], lambda b: b"\0" * len(b)])
def test_a_cut_or_emptied_file_is_damage_not_a_fresh_start(closed: Path, cut: Callable[[bytes], bytes]) -> None:
    content = cut(closed.read_bytes())
    closed.write_bytes(content)
    with pytest.raises(VaultCorrupt):
        Vault.open(closed, KEY, ONE)
    assert closed.read_bytes() == content


def test_damage_deeper_in_shows_when_it_is_read(closed: Path) -> None:
    damaged = bytearray(closed.read_bytes())
    damaged[4096 + 100] ^= 1
    closed.write_bytes(damaged)
    with Vault.open(closed, KEY, ONE) as vault:
        assert vault.integrity()
        with pytest.raises(VaultCorrupt):
            vault.execute("SELECT * FROM t")


def test_a_sound_vault_has_no_problems(closed: Path) -> None:
    with Vault.open(closed, KEY, ONE) as vault:
        assert vault.integrity() == []


def test_a_plaintext_database_is_refused(closed: Path) -> None:
    closed.unlink()
    with sqlite3.connect(closed) as plain:
        plain.execute("CREATE TABLE t (a)")
    plain.close()
    with pytest.raises(VaultPlaintext):
        Vault.open(closed, KEY, ONE)


def test_a_newer_vault_is_refused_and_not_touched(path: Path) -> None:
    Vault.create(path, KEY, TWO).close()
    before = path.read_bytes()
    with pytest.raises(VaultTooNew) as error:
        Vault.open(path, KEY, ONE)
    assert error.value.detail["version"] == 2
    assert path.read_bytes() == before


def test_nor_is_the_log_of_a_newer_vault_that_was_killed(path: Path) -> None:
    with Vault.create(path, KEY, TWO) as vault:
        vault.execute("INSERT INTO t VALUES ('only', 'in the log')")
        files = {file: file.read_bytes() for file in path.parent.iterdir() if not file.name.endswith("-shm")}
    for file, content in files.items():
        file.write_bytes(content)
    with pytest.raises(VaultTooNew):
        Vault.open(path, KEY, ONE)
    assert {file: file.read_bytes() for file in files} == files
    assert len(files) == 4
    assert held(path, TWO) == ["only"]


def test_a_vault_of_another_kind_is_refused(closed: Path) -> None:
    with pytest.raises(VaultCorrupt) as error:
        Vault.open(closed, KEY, Schema(8, ONE.migrations))
    assert code(error) == "vault.other-kind"


def test_an_older_vault_is_migrated_and_keeps_what_it_held(closed: Path) -> None:
    with Vault.open(closed, KEY, TWO) as vault:
        assert vault.execute("SELECT a, b FROM t") == [("kept", "new")]
    assert held(closed, TWO) == ["kept"]


def test_a_migration_that_fails_changes_nothing(closed: Path) -> None:
    broken = Schema(7, (*ONE.migrations, "ALTER TABLE t ADD COLUMN b TEXT; UPDATE missing SET b = 1;"))
    with pytest.raises(CacheError):
        Vault.open(closed, KEY, broken)
    assert held(closed) == ["kept"]
    with Vault.open(closed, KEY, ONE) as vault:
        assert vault.execute("PRAGMA user_version") == [(1,)]


def test_one_owner_at_a_time(closed: Path) -> None:
    with Vault.open(closed, KEY, ONE):
        with pytest.raises(VaultBusy):
            Vault.open(closed, KEY, ONE)
        # the refused one must not have let go of the owner's lock
        with pytest.raises(VaultBusy):
            Vault.open(closed, KEY, ONE)
    assert held(closed) == ["kept"]


def test_after_a_refusal_it_can_be_opened(closed: Path) -> None:
    with pytest.raises(VaultWrongKey):
        Vault.open(closed, OTHER_KEY, ONE)
    assert held(closed) == ["kept"]


def test_a_transaction_is_all_or_nothing(closed: Path) -> None:
    with Vault.open(closed, KEY, ONE) as vault:
        with pytest.raises(KeyError):
            add_and_fail(vault, "gone")
        with vault.transaction():
            add(vault, "outer")
            with pytest.raises(KeyError):
                add_and_fail(vault, "inner")
        assert vault.execute("SELECT a FROM t") == [("kept",), ("outer",)]


def test_an_inner_transaction_joins_the_outer_one(closed: Path) -> None:
    def nested(vault: Vault) -> None:
        with vault.transaction():
            with vault.transaction():
                add(vault, "gone")
            raise KeyError

    with Vault.open(closed, KEY, ONE) as vault:
        with pytest.raises(KeyError):
            nested(vault)
        assert vault.execute("SELECT a FROM t") == [("kept",)]


def test_an_error_of_the_callers_own_passes_through_unchanged(closed: Path) -> None:
    with Vault.open(closed, KEY, ONE) as vault, pytest.raises(FileNotFoundError), vault.transaction():
        raise FileNotFoundError


def test_a_full_disk_is_said_and_rolled_back(closed: Path) -> None:
    def fill(vault: Vault) -> None:
        with vault.transaction():
            add(vault, "small", "x" * 100_000)

    with Vault.open(closed, KEY, ONE) as vault:
        vault.execute("PRAGMA max_page_count = 1")  # means: no more than there are
        with pytest.raises(DiskFull):
            fill(vault)
        assert vault.execute("SELECT a FROM t") == [("kept",)]
        add(vault, "after")
    assert held(closed) == ["kept", "after"]


def test_a_broken_constraint_is_an_error_of_the_tree(closed: Path) -> None:
    with Vault.open(closed, KEY, ONE) as vault:
        vault.execute("CREATE UNIQUE INDEX one ON t (a)")
        with pytest.raises(CacheError) as error:
            vault.execute("INSERT INTO t VALUES ('kept')")
    assert code(error) == "vault.constraint"


def test_the_log_is_longer_than_what_is_in_it_and_what_was_said_is_there(closed: Path) -> None:
    log = closed.with_name("vault.db-wal")
    with Vault.open(closed, KEY, ONE) as vault:
        add(vault, "first")
        grown = log.stat().st_size
        add(vault, *(f"row {number}" for number in range(20)))
        assert log.stat().st_size == grown > 60 * 4120
        vault.shrink_log()
        assert log.stat().st_size == 0
        vault.execute("PRAGMA synchronous = OFF")  # nothing is timed, and nothing cut
        add(vault, *(f"more {number}" for number in range(1100)))
        # moved into the file in time, and begun again
        assert grown < log.stat().st_size < 1200 * 4120
        files = {file: file.read_bytes() for file in closed.parent.iterdir()}
    for file, content in files.items():
        file.write_bytes(content)
    assert len(held(closed)) == 1122


def test_a_log_that_is_settled_between_commits_is_not_moved_by_one(closed: Path) -> None:
    log = closed.with_name("vault.db-wal")
    with Vault.open(closed, KEY, ONE) as vault:
        vault.execute("PRAGMA synchronous = OFF")  # nothing is timed, and nothing cut
        vault.settle_log()
        before = closed.stat().st_size
        add(vault, *(f"{number} {'long ' * 800}" for number in range(1500)))
        assert closed.stat().st_size == before
        vault.settle_log()
        assert closed.stat().st_size > before + 1500 * 4000
        length = log.stat().st_size
        add(vault, *(f"row {number}" for number in range(500)))
        assert log.stat().st_size == length  # begun again
    assert len(held(closed)) == 2001
