"""Real processes, real files, killed at random moments."""

from __future__ import annotations

import contextlib
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path
from random import Random

import pytest

from offline_cache import COUNTER_SCHEMA, Attempts, Journal, Outbox, Vault, VaultBusy
from tests.unit.offline_cache.cache_rig import KEY, public_key_of

SEED = 20261121


@pytest.fixture
def path(tmp_path: Path) -> Path:
    path = tmp_path / "vault" / "counter.db"
    Vault.create(path, KEY, COUNTER_SCHEMA).close()
    return path


@contextlib.contextmanager
def working(what: str, path: Path) -> Iterator[subprocess.Popen[str]]:
    with subprocess.Popen(
        [sys.executable, "-m", "tests.integration.offline_cache.vault_process", what, str(path)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        cwd=Path(__file__).parents[3],
    ) as process:
        try:
            yield process
        finally:
            process.kill()


def said(process: subprocess.Popen[str]) -> str:
    assert process.stdout is not None
    return process.stdout.readline().strip()


def killed_while_appending(path: Path, lines: int, delay: float) -> list[int]:
    """The sequences that were printed by a process that is killed `delay` seconds after its first `lines` of them."""
    with working("append", path) as process:
        first = [int(said(process)) for _ in range(lines)]
        killer = threading.Timer(delay, process.kill)
        killer.start()
        assert process.stdout is not None
        # a last line that was cut off was not said
        rest = [int(line) for line in process.stdout.read().splitlines(keepends=True) if line.endswith("\n")]
        killer.join()
    return first + rest


def test_what_was_said_to_be_recorded_is_there_after_kill_9(path: Path) -> None:
    random = Random(SEED)
    recorded: list[int] = []
    for _ in range(6):
        recorded += killed_while_appending(path, random.randint(1, 20), random.uniform(0, 0.05))
        with Vault.open(path, KEY, COUNTER_SCHEMA) as vault:
            journal = Journal(vault, "c1", "demo")
            result = journal.verify(public_key_of)
            assert result.problems == ()
            # one more may be on disk that had not been said yet
            assert recorded == sorted(set(recorded))
            assert set(recorded) <= {entry.sequence for entry in journal.entries()}
            assert result.count == Outbox(vault, "c1").summary().waiting
            assert all(entry.body == b"body %d" % entry.sequence for entry in journal.entries())
            assert vault.integrity() == []
    assert len(recorded) > 20


def test_a_vault_belongs_to_one_process_until_that_is_gone(path: Path) -> None:
    with working("hold", path) as process:
        assert said(process) == "open"
        with pytest.raises(VaultBusy):
            Vault.open(path, KEY, COUNTER_SCHEMA)
        process.kill()
        process.wait()
        Vault.open(path, KEY, COUNTER_SCHEMA).close()


def test_an_attempt_counts_although_the_program_is_killed_before_the_pin_is_tried(path: Path) -> None:
    for _ in range(5):
        with working("try", path) as process:
            assert said(process) == "counted"
    with Vault.open(path, KEY, COUNTER_SCHEMA) as vault:
        assert Attempts(vault).wait("o1", 100.0) == 300
