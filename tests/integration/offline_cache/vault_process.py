"""A process that works on a vault until it is killed: `append PATH` prints each sequence once it is recorded."""

from __future__ import annotations

import sys
from pathlib import Path

from offline_cache import COUNTER_SCHEMA, Attempts, Journal, Vault
from tests.unit.offline_cache.cache_rig import KEY, at, salt, sign


def append(path: Path) -> None:
    vault = Vault.open(path, KEY, COUNTER_SCHEMA)
    journal = Journal(vault, "c1", "demo")
    while True:
        number = journal.count() + 1
        entry = journal.append(
            "decision",
            f"x{number % 7}",
            b"body %d" % number,
            recorded_at=at(number),
            session="s1",
            sign=sign,
            salt=salt(number),
        )
        print(entry.sequence, flush=True)  # noqa: T201


def hold(path: Path) -> None:
    with Vault.open(path, KEY, COUNTER_SCHEMA):
        print("open", flush=True)  # noqa: T201
        sys.stdin.read()


def try_pin(path: Path) -> None:
    vault = Vault.open(path, KEY, COUNTER_SCHEMA)
    Attempts(vault).failed("o1", 100.0)
    print("counted", flush=True)  # noqa: T201
    sys.stdin.read()


if __name__ == "__main__":
    {"append": append, "hold": hold, "try": try_pin}[sys.argv[1]](Path(sys.argv[2]))
