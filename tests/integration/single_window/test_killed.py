"""kill -9 of the serving process at any moment: what had a receipt is there, and what is sent again is stored once."""

import asyncio
import contextlib
import json
import subprocess
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest

from counter_tui.errors import LinkError
from counter_tui.link.client import WindowClient
from offline_cache import Outbox, Receipt
from tests.integration.single_window.world import Booth, open_window


@asynccontextmanager
async def window_process(folder: Path) -> AsyncIterator[tuple["subprocess.Popen[bytes]", dict[str, str]]]:
    process = subprocess.Popen(
        [sys.executable, "-m", "tests.integration.single_window.serving", str(folder)], stdout=subprocess.PIPE
    )
    assert process.stdout is not None
    try:
        yield process, json.loads(process.stdout.readline())
    finally:
        process.kill()
        process.wait()
        process.stdout.close()


async def test_nothing_that_was_acknowledged_is_lost(tmp_path: Path) -> None:
    booth = Booth.make(tmp_path)
    outbox = Outbox(booth.journal._vault, "A1")
    folder = tmp_path / "window"
    async with window_process(folder) as (process, said):
        client = WindowClient(said["url"])
        enrolment = await client.enrol(said["code"], "", booth.keys.public)
        await client.aclose()
    booth.sign_in(enrolment)
    for number in range(60):
        booth.decide(f"X{number}")

    acknowledged: dict[int, bytes] = {}
    for round_ in range(3):
        async with window_process(folder) as (process, said):
            client = WindowClient(said["url"], enrolment.token)
            taken = 0
            while taken < 15:
                answer = await client.sync(outbox.waiting(3, 100_000), 0)
                assert answer.receipt is not None
                r = answer.receipt
                acknowledged |= dict(r.entries)
                if round_ == 1 and taken == 6:
                    taken += 3  # this receipt gets lost: the entries are sent again
                    continue
                taken += outbox.receive(
                    Receipt(r.window, r.at, r.counter, r.entries, r.signature), enrolment.window_public_key
                )
            under_way = asyncio.create_task(client.sync(outbox.waiting(3, 100_000), 0))
            for _ in range(10 * round_):  # before it is sent, while it is, and while it is being stored
                await asyncio.sleep(0)
            process.kill()
            process.wait()
            with contextlib.suppress(LinkError):
                answer = await under_way
                assert answer.receipt is not None
                acknowledged |= dict(answer.receipt.entries)
            with pytest.raises(LinkError):
                await client.sync([], 0)
            await client.aclose()

    _, store = open_window(folder)
    known = store.known("A1", "demo", 1, 100)
    assert len(acknowledged) >= 42
    assert {number: known.held[number] for number in acknowledged} == acknowledged
    assert store.count_entries("A1") == len(known.held) >= len(acknowledged)
