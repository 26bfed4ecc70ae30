"""A real counter and a real single window, in two processes, with a slow link between: what the benches of it stand on.

The window is `window_process`, over TLS. The counter is the real journal in an encrypted vault, the real delivery and
the real client, in this process, where the slow link runs too.
"""

import asyncio
import base64
import contextlib
import json
import subprocess
import sys
import tempfile
import time
from collections.abc import AsyncIterator, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from itertools import islice
from pathlib import Path
from typing import Any, cast

from counter_tui import settings
from counter_tui.bootstrap.delivery import DeliveryLoop
from counter_tui.bootstrap.identity import Identity, identity_of
from counter_tui.bootstrap.storage import BoundLedger, BoundPersons
from counter_tui.domain.coding import to_json
from counter_tui.domain.entries import DECISION, SESSION, SessionBody
from counter_tui.link.client import WindowClient
from counter_tui.link.pinning import pinned_context
from counter_tui.workstation.ports import SessionKey
from offline_cache import COUNTER_SCHEMA, Attempts, Vault
from offline_cache.signing import generate

from .programs import ROOT
from .slow_link import SlowLink
from .traffic import Traffic
from .traffic_cast import bench_cast

KEY = bytes(range(32))


class Clock:
    """That of the machine."""

    def now(self) -> datetime:
        """The time."""
        return datetime.now(UTC)

    def monotonic(self) -> float:
        """Seconds that run steadily."""
        return time.monotonic()


@dataclass
class Post:
    """A single window that runs."""

    process: subprocess.Popen[bytes]
    port: int
    authority: bytes

    def order(self, **order: Any) -> dict[str, Any]:
        """Have it do something."""
        assert self.process.stdin
        assert self.process.stdout
        self.process.stdin.write(json.dumps(order).encode() + b"\n")
        self.process.stdin.flush()
        answer: dict[str, Any] = json.loads(self.process.stdout.readline())
        return answer

    def client(self, token: str | None = None, port: int | None = None) -> WindowClient:
        """A client of it, on the way over `port`."""
        context = pinned_context(self.authority)
        return WindowClient(f"https://127.0.0.1:{port or self.port}", token, context=context)


@dataclass
class Booth:
    """A counter with its journal; `deliver` runs its delivery."""

    post: Post
    identity: Identity
    vault: Vault
    ledger: BoundLedger
    delivery: DeliveryLoop
    session: SessionKey
    received: list[tuple[float, int]] = field(default_factory=list)
    begun: float = 0.0
    _heard: asyncio.Event = field(default_factory=asyncio.Event)

    def record(self, count: int, seed: int) -> None:
        """Record so many decisions."""
        with self.vault.transaction():
            for passage in islice(Traffic(bench_cast(seed), seed).passages(), count):
                self.ledger.append(DECISION, passage.crossing.id, passage.body, signer=self.session)

    @contextlib.asynccontextmanager
    async def delivering(self, port: int) -> AsyncIterator[None]:
        """Deliver over this port, as a counter that has just been started."""
        client = self.delivery.client = self.post.client(self.identity.token, port)
        self.delivery.listen(self._hear)
        self.begun = time.monotonic()
        running = asyncio.create_task(self.delivery.run())
        try:
            yield
        finally:
            running.cancel()
            await asyncio.gather(running, return_exceptions=True)
            await client.aclose()

    async def until_waiting(self, most: int = 0, within: float = 300.0) -> float:
        """Wait until no more than so many entries wait; seconds since it began to deliver."""
        async with asyncio.timeout(within):
            while self.waiting() > most:
                self._heard.clear()
                await self._heard.wait()
        return time.monotonic() - self.begun

    def restart(self) -> None:
        """As the program started again delivers."""
        self.delivery = DeliveryLoop(self.vault, self.ledger.outbox, self.identity, Clock())

    async def until_held(self, count: int, within: float = 300.0) -> float:
        """Wait until so many records of the feed are held; seconds since it began to deliver."""
        async with asyncio.timeout(within):
            while self.held() < count:
                self._heard.clear()
                await self._heard.wait()
        return time.monotonic() - self.begun

    def held(self) -> int:
        """Records of the feed that are held."""
        rows = self.vault.execute("SELECT count(*) FROM records WHERE kind IN ('section', 'decision', 'expected')")
        return cast("int", rows[0][0])

    def waiting(self) -> int:
        """Entries that wait."""
        return self.ledger.outbox.summary().waiting

    def _hear(self, word: str) -> None:
        if word == "received":
            self.received.append((time.monotonic() - self.begun, self.waiting()))
        self._heard.set()


@contextlib.contextmanager
def post() -> Iterator[Post]:
    """A single window, with an empty store."""
    with tempfile.TemporaryDirectory() as folder:
        words = [sys.executable, "-m", "scripts.benches.window_process", folder]
        with subprocess.Popen(words, stdin=subprocess.PIPE, stdout=subprocess.PIPE, cwd=ROOT) as process:
            assert process.stdin
            assert process.stdout
            said = json.loads(process.stdout.readline())
            yield Post(process, said["port"], base64.b64decode(said["authority"]))
            process.stdin.close()


@contextlib.asynccontextmanager
async def booth(at: Post, name: str = "ENT-3") -> AsyncIterator[Booth]:
    """A counter that has enrolled, with somebody signed in; nothing was delivered yet."""
    keys, client = generate(), at.client()
    enrolment = await client.enrol(at.order(invite=name)["code"], "", keys.public)
    await client.aclose()
    identity = identity_of(enrolment, keys.public, keys.private)
    officer, pin = settings.load_demo_officers()[0]
    with tempfile.TemporaryDirectory() as folder, Vault.create(Path(folder) / "c.vault", KEY, COUNTER_SCHEMA) as vault:
        clock = Clock()
        ledger = BoundLedger(vault, identity, clock)
        session = BoundPersons(Attempts(vault), identity).open_session(officer.id, pin, time.time())
        body = to_json(SessionBody(officer.id, base64.b64encode(session.certificate).decode()))
        ledger.append(SESSION, "", body, signer=session)
        yield Booth(at, identity, vault, ledger, DeliveryLoop(vault, ledger.outbox, identity, clock), session)


@contextlib.asynccontextmanager
async def slow_link(at: Post, rate: float, round_trip: float = 0.6) -> AsyncIterator[tuple[SlowLink, int]]:
    """A slow link to a post, and its port here."""
    link = SlowLink(at.port, rate, round_trip)
    try:
        yield link, await link.start()
    finally:
        await link.aclose()


@contextlib.asynccontextmanager
async def alone(rate: float, round_trip: float = 0.6) -> AsyncIterator[tuple[Post, Booth, SlowLink, int]]:
    """A single window, its one counter, and the slow link between them with its port."""
    with post() as at:
        async with booth(at) as counter, slow_link(at, rate, round_trip) as (link, port):
            yield at, counter, link, port
