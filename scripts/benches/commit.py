"""`commit`: an encrypted durable append to the journal, against the same signed bytes in plain SQLite.

Plain is the standard library's `sqlite3`, as it comes but for WAL and `synchronous=FULL`: one table, one row an entry,
one commit. Both sides make each entry (commitment, hash, signature) and are timed with that. They take turns append by
append, so that what else the machine does meets both.

`append` is a shift's entries from the opening of a store on, over several stores; `append, log in round use` is later,
when the write-ahead logs of both have been moved into their files once and are written over. The ratio is how much
faster the journal is than plain: the median of plain's time over the journal's, append by append.
"""

import secrets
import sqlite3
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from statistics import median

from offline_cache import COUNTER_SCHEMA, Journal, Vault, commit, entry_hash, signed_bytes, signing
from offline_cache.entry import GENESIS

from .figure import Figure

SHIFT = 600
ROUND_USE = 1200  # by then both logs have been moved into their files
LONG = 2400
BODY = b'{"about":"' + b"x" * 450 + b'"}'
AT = "2026-11-21T10:00:00.000Z"
LOGICAL = 1795255200000 << 16
COLUMNS = (
    "sequence INTEGER PRIMARY KEY, counter TEXT, previous BLOB, recorded_at TEXT, realm TEXT, kind TEXT, crossing TEXT,"
    " session TEXT, commitment BLOB, logical INTEGER, salt BLOB, body BLOB, signature BLOB"
)

Append = Callable[[int], None]


def run(quick: bool) -> Iterator[Figure]:  # noqa: FBT001 - every bench is called so
    """Both figures; with `quick`, of fewer stores."""
    shifts: tuple[list[float], list[float]] = ([], [])
    later: tuple[list[float], list[float]] = ([], [])
    stores, long = (5, 1) if quick else (15, 3)
    for store in range(stores):
        with tempfile.TemporaryDirectory() as folder:
            ours, plain = _take_turns(Path(folder), LONG if store < long else SHIFT)
        for side, seconds in enumerate((ours, plain)):
            shifts[side].extend(seconds[:SHIFT])
            later[side].extend(seconds[ROUND_USE:])
    yield _figure("append", *shifts, reach=0.9 if quick else 0.95, runs=stores)
    yield _figure("append, log in round use", *later, reach=0.8 if quick else 0.85, runs=long)


def _figure(name: str, ours: list[float], plain: list[float], *, reach: float, runs: int) -> Figure:
    # entries a second: more is better; by pairs, because a disk that turns slow and quick again does so for both
    speed, ratio = 1 / median(ours), median(other / own for own, other in zip(ours, plain, strict=True))
    return Figure("commit", name, speed, "1/s", speed / ratio, reach, runs, at_least=True)


def _take_turns(folder: Path, appends: int) -> tuple[list[float], list[float]]:
    """Seconds of each append to the journal, and to plain SQLite."""
    key = signing.generate()
    with Vault.create(folder / "vault.db", secrets.token_bytes(32), COUNTER_SCHEMA) as vault:
        plain = sqlite3.connect(folder / "plain.db", isolation_level=None)
        sides = [_journal(vault, key.private), _plain(plain, key.private)]
        seconds: tuple[list[float], list[float]] = ([], [])
        for number in range(1, appends + 1):
            for side in (0, 1) if number % 2 else (1, 0):
                began = time.perf_counter()
                sides[side](number)
                seconds[side].append(time.perf_counter() - began)
        plain.close()
    return seconds


def _journal(vault: Vault, private: bytes) -> Append:
    journal = Journal(vault, "c1", "bench")

    def append(number: int) -> None:
        journal.append(
            "decision",
            f"crossing-{number:012d}",
            BODY,
            recorded_at=AT,
            session="s" * 16,
            sign=lambda message: signing.sign(private, message),
            salt=secrets.token_bytes(16),
        )

    return append


def _plain(connection: sqlite3.Connection, private: bytes) -> Append:
    connection.execute("PRAGMA journal_mode = WAL").fetchall()
    connection.execute("PRAGMA synchronous = FULL").fetchall()
    connection.execute(f"CREATE TABLE entries ({COLUMNS}) STRICT")
    insert = "INSERT INTO entries VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
    previous = GENESIS

    def append(number: int) -> None:
        nonlocal previous
        salt, group = secrets.token_bytes(16), f"crossing-{number:012d}"
        commitment, logical = commit(salt, BODY), LOGICAL + number
        header = (previous, AT, "bench", "decision", group, "s" * 16, commitment, logical)
        digest = entry_hash("c1", number, *header)
        connection.execute(
            insert, (number, "c1", *header, salt, BODY, signing.sign(private, signed_bytes(digest)))
        ).fetchall()
        previous = digest

    return append
