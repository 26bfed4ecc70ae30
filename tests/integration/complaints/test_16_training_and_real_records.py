"""Complaint 16: training data synced into the real server, real data deleted (odk-x tool-suite-X #120)."""

import asyncio
import io
import time
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from counter_tui.bootstrap import paths
from counter_tui.bootstrap.demo import demo_desk, find_key, open_vault
from counter_tui.bootstrap.enrol import enrol
from counter_tui.bootstrap.identity import keep_identity
from counter_tui.domain.documents import Document, compose_mrz
from counter_tui.errors import DecisionError, StoreError
from counter_tui.link.enrolment_code import EnrolmentCode
from counter_tui.link.pinning import PINNED
from counter_tui.single_window.app import WindowApp
from counter_tui.single_window.run import bind, serve
from counter_tui.single_window.tls import make_authority, server_context, showing_authority
from counter_tui.workstation.desk import Desk
from offline_cache import Settings
from tests.integration.hub.living import HubProcess, at_work, enrolled, held, record, who
from tests.integration.single_window.world import NOW, close_all, counter, open_window


def specimen(desk: Desk, issuer: str) -> Document:
    """A document that says of itself whether it is for training, by its issuer."""
    today = desk.today()
    born, until = today.replace(year=1990, day=1), today.replace(year=today.year + 2, day=1)
    lines = compose_mrz("TD3", "P", issuer, "Z9999999", issuer, "NOBODY", "KNOWN", "F", born, until, "DEMO")
    document = desk.read(lines).document
    assert document is not None
    return document


async def test_a_live_booth_takes_no_training_document_and_records_nothing_of_it(hub: HubProcess) -> None:
    await asyncio.to_thread(enrolled)
    async with at_work() as booth:
        await booth.desk.sign_in("siti", hub.pins["siti"])
        with pytest.raises(DecisionError, match="document.training"):
            await booth.desk.open(specimen(booth.desk, "UTO"))
        await booth.waiting(0)
        assert [line.kind for line in await booth.desk.outbox()] == ["session"]
    assert await asyncio.to_thread(held, "ENT-3") == 1


async def test_the_demo_on_a_live_booth_has_a_store_of_its_own_and_never_calls_the_post(
    hub: HubProcess, monkeypatch: pytest.MonkeyPatch
) -> None:
    await asyncio.to_thread(enrolled)
    waiting = await asyncio.to_thread(record, hub.pins["siti"], 3)
    before = paths.counter_vault(paths.live_folder()).read_bytes()
    monkeypatch.delenv("COUNTER_CONFIG")
    desk = demo_desk()
    await desk.prepare()
    try:
        chosen = desk.place.credentials[0]
        await desk.sign_in(chosen.officer.id, chosen.pin)
        assert [line.sequence for line in await desk.outbox()] == [1], "nothing of the live journal"
    finally:
        await desk.close()
    assert paths.counter_vault(paths.live_folder()).read_bytes() == before
    assert await asyncio.to_thread(held, "ENT-3") == 0
    assert waiting == 3


async def test_a_booth_for_real_travellers_does_not_enrol_at_a_training_window(post: None, tmp_path: Path) -> None:
    window, _ = open_window(tmp_path, "demo")
    now = datetime.now(UTC)
    authority, bound, stop, ready = make_authority(now), bind(), asyncio.Event(), asyncio.Event()
    app = WindowApp(window, [], now=lambda: NOW, monotonic=time.monotonic)
    monkey = pytest.MonkeyPatch()
    monkey.setattr("counter_tui.bootstrap.enrol.APART_MINUTES", float("inf"))
    context = server_context(authority.issue(["127.0.0.1"], now))
    serving = asyncio.create_task(
        serve({bound: showing_authority(app.asgi, authority)}, stop, ready=ready, tls=context)
    )
    await ready.wait()
    secret = bytes(range(10))
    window.invite(counter("ENT-3"), code=secret.hex())
    code = EnrolmentCode("127.0.0.1", bound.getsockname()[1], secret, authority.fingerprint[:PINNED])
    try:
        with pytest.raises(StoreError, match="store.not-live"):
            await asyncio.to_thread(enrol, code.spelled(), io.StringIO())
    finally:
        monkey.undo()
        stop.set()
        await serving
        await app.aclose()
        close_all()
    assert not paths.counter_vault(paths.live_folder()).exists()


async def test_a_store_of_the_other_kind_is_left_as_it_is(hub: HubProcess, monkeypatch: pytest.MonkeyPatch) -> None:
    await asyncio.to_thread(enrolled)
    monkeypatch.delenv("COUNTER_CONFIG")
    live = await asyncio.to_thread(who)
    folder = paths.demo_folder()
    with open_vault(folder, find_key(folder)) as vault:
        keep_identity(Settings(vault), live)
    desk = demo_desk()
    with pytest.raises(StoreError, match="store.not-a-demo"):
        await desk.prepare()
    await desk.close()
    await asyncio.to_thread(_pretend_demo)
    with pytest.raises(StoreError, match="store.not-live"):
        await asyncio.to_thread(who)


def _pretend_demo() -> None:
    from counter_tui.bootstrap.workplace_live import opened_counter

    with opened_counter(demo=False) as (vault, identity):
        keep_identity(Settings(vault), replace(identity, realm="demo"))
