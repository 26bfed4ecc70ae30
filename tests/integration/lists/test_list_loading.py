"""Loading and asking lists as it happens: a kill -9 in the middle, and other threads that keep moving."""

import asyncio
import os
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path

from tests.unit.bootstrap.test_list_store import SITI, at_work
from tests.unit.workstation.listing import Row, Source

ENTRIES = 12_000
MOST_DELAY = 0.05
"""Seconds that another thread may be kept waiting at the worst, on a machine that does other things too; a thread that
does not let go would keep it for as long as a question takes."""

COUNTER = """
import asyncio, sys
from pathlib import Path
from counter_tui.bootstrap import list_building
list_building.SHORT = 0
from tests.unit.bootstrap.test_list_store import at_work, screening_rules

async def main():
    print("started", flush=True)
    async with at_work(Path(sys.argv[1])):
        print("loaded", flush=True)

asyncio.run(main())
"""


def people(count: int) -> list[Row]:
    """Invented persons, each with two names of a few thousand."""
    syllables = [a + b for a in "BDGKLMNPRST" for b in ("A", "I", "U", "E", "O")]
    names = [one + two + three for one in syllables for two in syllables[::3] for three in syllables[::5]]
    return [
        (str(n), f"{names[n * 7919 % len(names)]} {names[n * 104_729 % len(names)]}", f"19{50 + n % 50}-01-02", "")
        for n in range(count)
    ]


def children(pid: int) -> list[int]:
    found = Path(f"/proc/{pid}/task/{pid}/children").read_text(encoding="ascii").split()
    return [int(one) for one in found]


def test_a_kill_in_the_middle_of_a_load_leaves_the_old_list_in_force(tmp_path: Path) -> None:
    source = Source(tmp_path / "lists")
    source.lay([SITI])
    asyncio.run(load(tmp_path))
    (held,) = {path.name.partition(".")[0] for path in (tmp_path / "indexes").iterdir()}
    source.lay(people(ENTRIES), 2)
    process = subprocess.Popen(
        [sys.executable, "-c", COUNTER, str(tmp_path)], stdout=subprocess.PIPE, text=True, cwd=Path.cwd()
    )
    try:
        while not [path for path in (tmp_path / "indexes").glob("*.index-wal") if not path.name.startswith(held)]:
            assert process.poll() is None
            time.sleep(0.01)
        (builder,) = children(process.pid)
    finally:
        os.kill(process.pid, signal.SIGKILL)
        process.wait()
        assert process.stdout is not None
        process.stdout.close()
    deadline = time.monotonic() + 10
    while Path(f"/proc/{builder}/stat").exists() and time.monotonic() < deadline:
        time.sleep(0.01)
    assert not Path(f"/proc/{builder}/stat").exists(), "the builder outlives its counter"
    source.take_away(source.laid["watch", 2])
    assert len({path.name.partition(".")[0] for path in (tmp_path / "indexes").iterdir()}) == 2
    version, hits = asyncio.run(load(tmp_path))
    assert (version, hits) == (1, [True])
    assert {path.name.partition(".")[0] for path in (tmp_path / "indexes").iterdir()} == {held}


async def load(folder: Path) -> tuple[int, list[bool]]:
    async with at_work(folder) as counter:
        return counter.version, await counter.hits(SITI)


async def test_other_threads_keep_moving_while_lists_are_asked(tmp_path: Path) -> None:
    listed = people(ENTRIES)
    Source(tmp_path / "lists").lay(listed)
    switch = sys.getswitchinterval()
    sys.setswitchinterval(0.001)  # as the program sets it
    async with at_work(tmp_path) as counter:
        assert counter.version == 1
        ended, delays = threading.Event(), []

        def tick() -> None:
            while not ended.is_set():
                before = time.perf_counter()
                time.sleep(0.001)
                delays.append(time.perf_counter() - before - 0.001)

        ticking = threading.Thread(target=tick)
        ticking.start()
        try:
            asked = 0
            until = time.monotonic() + 1.0
            while time.monotonic() < until:
                assert await counter.hits(listed[asked % len(listed)]) == [True]
                asked += 1
        finally:
            ended.set()
            ticking.join()
            sys.setswitchinterval(switch)
    assert asked > 20
    assert len(delays) > 100
    assert max(delays) < MOST_DELAY
