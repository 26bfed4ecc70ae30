"""A real single window in a process of its own, over TLS: enrolling, delivering, revoking, and what ends it."""

import asyncio
import io
import signal

import pytest

from counter_tui.bootstrap import paths
from counter_tui.bootstrap.clock import SystemClock
from counter_tui.bootstrap.enrol import enrol
from counter_tui.bootstrap.hub_control import obeyed
from counter_tui.bootstrap.reading import BoundReading
from counter_tui.bootstrap.workplace_live import find_ended, finish_revocation, opened_counter
from counter_tui.errors import CounterError, LinkError, StoreError
from offline_cache import CacheError
from tests.integration.hub.living import Booth, HubProcess, at_work, enrolled, held, invited, record


async def test_from_a_code_to_a_receipt_through_a_restart(hub: HubProcess) -> None:
    assert "authority SHA-256" in hub.said[0]
    assert "NOT CHECKED" in hub.said[1]
    assert set(hub.pins) == {"siti", "budi"}
    assert "ENT-3" in await asyncio.to_thread(enrolled)
    with opened_counter(demo=False) as (vault, identity):
        assert BoundReading(vault, identity, SystemClock()).leases.held is not None, "it reads from the first hour on"
    async with at_work() as booth:
        await booth.desk.sign_in("siti", hub.pins["siti"])
        await booth.waiting(0)
        assert hub.end() == 0
        assert hub.said[-1] == "Stopped in good order."
        await booth.desk.sign_out()
        await booth.desk.sign_in("budi", hub.pins["budi"])
        await booth.waiting(1)
        hub.start()
        await booth.waiting(0)
    assert await asyncio.to_thread(held, "ENT-3") == 2
    assert hub.pins.keys() == {"siti", "budi"}, "told once"


async def test_kill_9_of_the_hub_in_mid_sync_loses_and_doubles_nothing(hub: HubProcess) -> None:
    await asyncio.to_thread(enrolled)
    count = await asyncio.to_thread(record, hub.pins["siti"], 500)
    async with at_work() as booth:
        await booth.until(lambda: (status := booth.desk.status()) is not None and 0 < status.waiting < count)
        hub.kill()
        assert 0 < await asyncio.to_thread(held, "ENT-3") < count, "in mid-sync"
        await asyncio.to_thread(hub.start)
        await booth.waiting(0, seconds=60)
        assert (await booth.desk.verify()).problems == ()
    assert await asyncio.to_thread(held, "ENT-3") == count


async def test_a_code_is_good_once_and_a_booth_enrols_once(hub: HubProcess) -> None:
    code = await asyncio.to_thread(invited)
    wrong = code.replace(code[20], "7" if code[20] != "7" else "8", 1)
    for typed, refusal in ((wrong, "code.mistyped"), (code[:-6], "code.length")):
        with pytest.raises(LinkError, match=refusal):
            await asyncio.to_thread(enrol, typed, io.StringIO())
    await asyncio.to_thread(enrol, code, io.StringIO())
    with pytest.raises(LinkError, match="auth.code-used"):
        await asyncio.to_thread(enrol, code, io.StringIO())
    await asyncio.to_thread(record, hub.pins["siti"], 2)
    with pytest.raises(StoreError, match="store.enrolled-undelivered") as refused:
        await asyncio.to_thread(enrol, code, io.StringIO())
    assert refused.value.params == {"counter": "ENT-3", "waiting": 2}
    async with at_work() as booth:
        await booth.waiting(0)
    again = await asyncio.to_thread(invited)
    await asyncio.to_thread(enrol, again, io.StringIO())
    lines = (await asyncio.to_thread(obeyed, {"order": "counters"}))["counters"]
    assert [line["id"] for line in lines] == ["ENT-3", "ENT-3.2"], "a new journal has a new name"


async def test_a_revoked_counter_destroys_its_keys_and_says_so(hub: HubProcess) -> None:
    await asyncio.to_thread(enrolled)
    async with at_work() as booth:
        await booth.desk.sign_in("siti", hub.pins["siti"])
        await booth.waiting(0)
        await asyncio.to_thread(revoke, "ENT-3")
        await booth.desk.sign_out()
        await booth.desk.sign_in("budi", hub.pins["budi"])
        await booth.until(lambda: bool(booth.ends))
    (why,) = booth.ends
    assert why.code == "store.revoked"
    assert (why.params["reason"], why.params["lost"]) == ("Stolen.", 1)
    assert list(paths.keys_folder(paths.live_folder()).glob("key-*")) == []
    with pytest.raises(StoreError, match="store.revoked"):
        await asyncio.to_thread(Booth)
    assert "ENT-3.2" in await asyncio.to_thread(enrolled), "it may become a counter again"


async def test_what_a_revoked_counter_has_not_delivered_is_exported_first_where_that_is_allowed(
    hub: HubProcess,
) -> None:
    await asyncio.to_thread(enrolled)
    await asyncio.to_thread(record, hub.pins["siti"], 3)
    await asyncio.to_thread(revoke, "ENT-3", export_first=True)
    async with at_work() as booth:
        await booth.until(lambda: bool(booth.ends))
    assert (booth.ends[0].code, booth.ends[0].params["lost"]) == ("store.revoked-export", 3)
    folder = paths.live_folder()
    assert list(paths.keys_folder(folder).glob("key-*")) != []
    assert finish_revocation(folder)
    assert list(paths.keys_folder(folder).glob("key-*")) == []
    ended = find_ended(folder)
    assert ended is not None
    assert ended.error().code == "store.revoked"


def revoke(counter: str, *, export_first: bool = False) -> None:
    obeyed({"order": "revoke", "counter": counter, "reason": "Stolen", "export_first": export_first})


def test_orders_do_without_a_running_hub_and_a_second_hub_is_refused(hub: HubProcess) -> None:
    with pytest.raises(CounterError, match="auth.unknown"):
        revoke("ENT-9")
    with pytest.raises(CounterError, match="config.no-such-name"):
        invited("ENT-9")
    second = HubProcess()
    with pytest.raises(AssertionError, match="vault"):
        second.start()
    assert hub.end(signal.SIGINT) == 0
    assert invited("ENT-4")


def test_a_hub_that_was_killed_is_no_riddle(hub: HubProcess) -> None:
    hub.kill()
    assert (paths.hub_folder() / "control.json").exists()
    assert invited("ENT-4"), "the store is opened by who asks"
    hub.start()
    assert invited("ENT-4")


def test_all_that_the_hub_keeps_is_encrypted(hub: HubProcess) -> None:
    code = invited()
    hub.end()
    kept = b"".join(path.read_bytes() for path in paths.hub_folder().rglob("*") if path.is_file())
    for secret in (*hub.pins.values(), code, "PRIVATE KEY", "ENT-3", "SQLite format 3"):
        assert secret.encode() not in kept
    assert {path.stat().st_mode & 0o077 for path in paths.hub_folder().rglob("*")} == {0}
    with pytest.raises((CacheError, StoreError)):
        Booth()
