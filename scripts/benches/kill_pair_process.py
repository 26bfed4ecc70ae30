"""The counter that `kill` kills beside its single window: `FOLDER PORT SEED`. Somebody signs in, decides and delivers.

It prints `recorded SEQUENCE HASH` and `received SEQUENCE RECEIPT`, each once it is so (what was received earlier at its
start), and `trouble WHAT` for what should never be. When its standard input ends it records no more, prints `empty`
once nothing waits, and ends.
"""

import asyncio
import base64
import sys
import threading
import time
from pathlib import Path
from random import Random
from typing import cast

from counter_tui import settings
from counter_tui.bootstrap.clock import SystemClock
from counter_tui.bootstrap.delivery import DeliveryLoop
from counter_tui.bootstrap.identity import find_identity, raw
from counter_tui.bootstrap.storage import BoundLedger, BoundPersons
from counter_tui.domain.coding import to_json
from counter_tui.domain.entries import DECISION, SESSION, SessionBody
from counter_tui.link.client import WindowClient
from counter_tui.link.pinning import pinned_context
from offline_cache import COUNTER_SCHEMA, Attempts, Entry, Settings, Vault

KEY = bytes(range(32))
DECISIONS = "decisions"
"""The setting with the bodies to record, a line each."""
MOST = 40
"""So many entries wait at most: a window that is gone for long leaves no more to make up for."""
PAUSE = 0.02  # seconds at most between two decisions


class Working:
    """A counter at work."""

    def __init__(self, vault: Vault, port: int, seed: int) -> None:
        """`vault` is that of a counter that has enrolled."""
        identity, self.kept = find_identity(Settings(vault)), Settings(vault).find(DECISIONS)
        assert identity, "put there when it enrolled"
        clock = SystemClock()
        self.vault, self.random = vault, Random(seed)  # noqa: S311 - replayed by its seed
        self.ledger = BoundLedger(vault, identity, clock)
        self.delivery = DeliveryLoop(vault, self.ledger.outbox, identity, clock)
        context = pinned_context(raw(identity.authority))
        self.delivery.client = WindowClient(f"https://127.0.0.1:{port}", identity.token, context=context)
        self.persons = BoundPersons(Attempts(vault), identity)
        self.received: dict[int, int] = {}
        self.heard, self.over = asyncio.Event(), False

    async def run(self) -> None:
        """Until nothing waits after standard input has ended."""
        self.delivery.listen(self.hear)
        loop = asyncio.get_running_loop()
        threading.Thread(target=lambda: (sys.stdin.read(), loop.call_soon_threadsafe(self.end)), daemon=True).start()
        delivering = asyncio.create_task(self.delivery.run())
        await self.record()
        while self.waiting():
            self.heard.clear()
            await self.heard.wait()
        self.look()
        delivering.cancel()
        await asyncio.gather(delivering, return_exceptions=True)
        say("empty")

    async def record(self) -> None:
        """Decisions, as long as not too many wait."""
        self.look()
        officer, pin = settings.load_demo_officers()[0]
        # a PIN that was being tried when it was killed counts as a wrong one
        await asyncio.sleep(self.persons.wait(officer.id, time.time()))
        session = self.persons.open_session(officer.id, pin, time.time())
        body = to_json(SessionBody(officer.id, base64.b64encode(session.certificate).decode()))
        recorded(self.ledger.append(SESSION, "", body, signer=session))
        bodies = (self.kept or b"").splitlines()
        while not self.over:
            if self.waiting() < MOST:
                group = f"x{self.ledger.journal.count()}"
                recorded(self.ledger.append(DECISION, group, self.random.choice(bodies), signer=session))
                self.delivery.nudge()
            await asyncio.sleep(self.random.uniform(0, PAUSE))

    def end(self) -> None:
        """Record no more."""
        self.over = True

    def hear(self, word: str) -> None:
        """What the delivery says."""
        if word in {"forked", "behind", "revoked", "trouble"}:
            say("trouble", word)
        self.look()
        self.heard.set()

    def look(self) -> None:
        """Say what is received by now; nothing that was may be otherwise again."""
        rows = self.vault.execute("SELECT sequence, receipt, state FROM deliveries")
        states = {row[0]: row[1] for row in cast("list[tuple[int, int, str]]", rows) if row[2] == "received"}
        if len(states) < len(rows):
            say("trouble", "refused")
        for sequence, receipt in states.items() - self.received.items():
            if sequence in self.received:
                say("trouble", f"received-again:{sequence}")
            say("received", sequence, receipt)
        for sequence in self.received.keys() - states.keys():
            say("trouble", f"taken-back:{sequence}")
        self.received = states

    def waiting(self) -> int:
        """How many entries wait."""
        return self.ledger.outbox.summary().waiting


def recorded(entry: Entry) -> None:
    """Say that it is."""
    say("recorded", entry.sequence, entry.hash().hex())


def say(*words: object) -> None:
    """One line at once."""
    print(*words, flush=True)


async def main(folder: Path, port: int, seed: int) -> None:
    """Work."""
    with Vault.open(folder / "counter.vault", KEY, COUNTER_SCHEMA) as vault:
        await Working(vault, port, seed).run()


if __name__ == "__main__":
    asyncio.run(main(Path(sys.argv[1]), *map(int, sys.argv[2:])))
