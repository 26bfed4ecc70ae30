"""Complaint 12: logging out or switching user loses or blocks the queue (SORMAS #5269, ground-android #2643)."""

import asyncio

import pytest

from counter_tui.errors import SignInError
from tests.integration.hub.living import HubProcess, at_work, enrolled, held, record


async def test_signing_out_or_switching_user_never_touches_the_queue(hub: HubProcess) -> None:
    await asyncio.to_thread(enrolled)
    hub.end()
    count = await asyncio.to_thread(record, hub.pins["siti"], 40)
    async with at_work() as booth:
        queue = {line.sequence for line in await booth.desk.outbox()}
        for person in ("siti", "budi", "siti"):
            await booth.desk.sign_in(person, hub.pins[person])
            count += 1
            with pytest.raises(SignInError):
                await booth.desk.sign_in("nobody", "12345678")
            await booth.desk.sign_out()
            lines = {line.sequence: line.state for line in await booth.desk.outbox()}
            assert queue <= lines.keys()
            assert set(lines.values()) <= {"recorded", "sent"}
    async with at_work() as booth:
        await booth.waiting(count)
        await asyncio.to_thread(hub.start)
        assert booth.desk.officer is None, "nobody is signed in"
        await booth.waiting(0)
        assert (await booth.desk.verify()).problems == ()
    assert await asyncio.to_thread(held, "ENT-3") == count


async def test_who_comes_next_does_not_wait_for_what_who_went_has_left(hub: HubProcess) -> None:
    await asyncio.to_thread(enrolled)
    count = await asyncio.to_thread(record, hub.pins["siti"], 200)
    async with at_work() as booth:
        await booth.desk.sign_in("budi", hub.pins["budi"])
        await booth.desk.sign_out()
        await booth.waiting(0)
    assert await asyncio.to_thread(held, "ENT-3") == count + 1
