"""Enrolling at single windows that are not as they should be: each its own error; a code not sent stays good."""

import asyncio
import io
import json
import socket
import time
from collections.abc import AsyncIterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from counter_tui.bootstrap import paths
from counter_tui.bootstrap.enrol import enrol
from counter_tui.bootstrap.hub_control import FILE, obeyed
from counter_tui.errors import CounterError, LinkError
from counter_tui.link.enrolment_code import EnrolmentCode
from counter_tui.link.pinning import PINNED
from counter_tui.link.revocation import Revocation
from counter_tui.single_window.app import WindowApp
from counter_tui.single_window.run import bind, serve
from counter_tui.single_window.service import SingleWindow, stamp
from counter_tui.single_window.tls import make_authority, server_context, showing_authority
from offline_cache.signing import generate, sign
from tests.integration.hub.living import HubProcess, at_work, enrolled
from tests.integration.single_window.world import close_all, counter, open_window

SECRET = bytes(range(10))
REAL = datetime.now(UTC)


@dataclass
class Post:
    window: SingleWindow
    code: str
    clock: list[datetime]

    async def enrol(self) -> None:
        await asyncio.to_thread(enrol, self.code, io.StringIO())


@pytest.fixture
async def window(post: None, tmp_path: Path) -> AsyncIterator[Post]:
    """A single window in this process, live, whose clock stands; one counter is invited for an hour."""
    own, _ = open_window(tmp_path, "live")
    clock = [datetime.now(UTC)]
    app = WindowApp(own, [], now=lambda: clock[0], monotonic=time.monotonic)
    own._setup = replace(own._setup, clock=lambda: clock[0])
    authority, bound, stop, ready = make_authority(REAL), bind(), asyncio.Event(), asyncio.Event()
    context = server_context(authority.issue(["127.0.0.1"], REAL))
    shown = showing_authority(app.asgi, authority)
    serving = asyncio.create_task(serve({bound: shown}, stop, ready=ready, tls=context))
    await ready.wait()
    own.invite(counter("ENT-3"), code=SECRET.hex(), expires=stamp(clock[0] + timedelta(hours=1)))
    code = EnrolmentCode("127.0.0.1", bound.getsockname()[1], SECRET, authority.fingerprint[:PINNED])
    yield Post(own, code.spelled(), clock)
    stop.set()
    await serving
    await app.aclose()
    close_all()


@pytest.mark.parametrize("hours", [-30, 3, 24 * 400])
async def test_clocks_that_are_far_apart_are_told_and_use_up_no_code(window: Post, hours: int) -> None:
    window.clock[0] += timedelta(hours=hours)
    with pytest.raises(LinkError, match="link.clock-off") as refused:
        await window.enrol()
    assert abs(int(refused.value.params["minutes"]) - abs(hours) * 60) <= 1
    assert "127.0.0.1:" in str(refused.value.params["address"])
    window.clock[0] = datetime.now(UTC)
    await window.enrol()


async def test_a_code_ends_after_its_hour(window: Post, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("counter_tui.bootstrap.enrol.APART_MINUTES", 120)
    window.clock[0] += timedelta(minutes=61)
    with pytest.raises(LinkError, match="auth.code-expired"):
        await window.enrol()
    assert not paths.counter_vault(paths.live_folder()).exists()


async def test_a_code_of_somebody_elses_making_is_unknown(window: Post) -> None:
    made = EnrolmentCode.read(window.code)
    other = EnrolmentCode(made.host, made.port, bytes(10), made.fingerprint).spelled()
    with pytest.raises(LinkError, match=r"^auth\.code\("):
        await asyncio.to_thread(enrol, other, io.StringIO())


async def test_a_forged_revocation_destroys_nothing(hub: HubProcess) -> None:
    await asyncio.to_thread(enrolled)
    said = Revocation("ID-ENTIKONG live", "ENT-3", "2026-11-22T06:00:00.000Z", "", export_first=False)
    forged = said.signed(lambda message: sign(generate().private, message))
    async with at_work() as booth:
        delivery = booth.desk.booth._parts.delivery
        delivery.revoked(forged)  # type: ignore[attr-defined]  # the real one
        await booth.desk.sign_in("siti", hub.pins["siti"])
        await booth.waiting(0)
        assert booth.ends == []
    assert list(paths.keys_folder(paths.live_folder()).glob("key-*")) != []


def test_an_order_without_the_secret_is_not_obeyed(hub: HubProcess) -> None:
    way = json.loads((paths.hub_folder() / FILE).read_bytes())
    guessed = b'{"order":"counters","secret":"guessed"}'
    for order in (guessed, b'{"order":"counters"}', b"[]", b"null", b"{", b"\xff" * 50):
        connection = socket.create_connection(("127.0.0.1", way["port"]), 10)
        with connection, connection.makefile("rwb") as stream:
            stream.write(order + b"\n")
            stream.flush()
            answer = stream.readline()
            assert answer == b"" or json.loads(answer)["error"] in {"auth.token", "link.control"}
    assert hub.end() == 0, "and none of them ended it"


def test_an_order_that_is_none_is_told(hub: HubProcess) -> None:
    with pytest.raises(CounterError, match="link.control"):
        obeyed({"order": "no such order"})
