"""kill -9 in the middle of an export or an import: nothing is lost, nothing doubled, and it is done again."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from offline_cache import COUNTER_SCHEMA, Journal, Vault
from tests.integration.by_hand.post import Stick
from tests.integration.single_window.world import KEY, open_window

ENTRIES = 200


def killed_after(steps: int, what: str, folder: Path) -> None:
    """A process is killed in the middle of its work, after so many steps of it."""
    with subprocess.Popen(
        [sys.executable, "-m", "tests.integration.by_hand.bundle_process", what, str(folder), str(steps)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        cwd=Path(__file__).parents[3],
    ) as process:
        assert process.stdout is not None
        said = [process.stdout.readline() for _ in range(steps)]
        process.kill()
        process.wait()
    assert all(said), f"it ended by itself, after {said}"


@pytest.fixture
def busy(post: Stick) -> Stick:
    with post.a1.booth.journal._vault.transaction():
        for number in range(ENTRIES - 1):
            post.a1.booth.decide(f"X{number}")
    return post


def test_an_export_that_was_killed_left_the_journal_and_the_earlier_file(busy: Stick) -> None:
    first = busy.a1.export(busy.up)
    before = busy.up.read_bytes()
    busy.a1.booth.journal._vault.close()
    killed_after(ENTRIES // 2, "export", busy.folder)
    assert busy.up.read_bytes() == before

    vault = Vault.open(busy.folder / "booth-A1-demo.vault", KEY, COUNTER_SCHEMA)
    busy.a1.booth.journal = Journal(vault, "A1", "demo")
    assert set(busy.a1.states().values()) == {"recorded"}
    exported = busy.a1.export(busy.up)
    assert exported.number > first.number + 1, "the number of what was killed is not used again"
    done = busy.bring()
    assert (done.entries, done.new) == (ENTRIES, ENTRIES)
    assert busy.a1.take(busy.down).settled == ENTRIES
    assert sorted(path.name for path in busy.stick.iterdir()) == ["down", "up"]
    vault.close()


@pytest.mark.parametrize("batches", [1, 5, ENTRIES // 20])
def test_an_import_that_was_killed_is_done_again(busy: Stick, batches: int) -> None:
    busy.a1.export(busy.up)
    busy.store.close()
    killed_after(batches, "import", busy.folder)
    assert not busy.down.exists()

    busy.window, busy.store = open_window(busy.folder)
    held = busy.store.count_entries("A1")
    assert held == batches * 20
    done = busy.bring()
    assert (done.entries, done.new, done.receipted) == (ENTRIES, ENTRIES - held, ENTRIES)
    assert busy.a1.take(busy.down).settled == ENTRIES
    assert set(busy.a1.states().values()) == {"received"}
