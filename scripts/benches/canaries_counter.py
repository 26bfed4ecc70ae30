"""A counter in a process of its own: it asks about everybody it is told of, keeps, merges and paints what it gets.

Its first line of standard input says where; then it obeys: `work`, `dump` (write what its store holds, decrypted),
`crash`. It answers each with a line.
"""

import asyncio
import json
import logging
import sys
import time
from pathlib import Path
from typing import Any

from counter_tui import settings
from counter_tui.bootstrap.identity import identity_of, keep_identity
from counter_tui.bootstrap.reading import SORTED, BoundReading
from counter_tui.bootstrap.storage import BoundLedger, BoundPersons
from counter_tui.bootstrap.workplace import load_rules
from counter_tui.domain.crossings import Crossing
from counter_tui.domain.documents import Document, read_mrz
from counter_tui.domain.lookups import PRESENT, Lookup
from counter_tui.domain.posts import Officer
from counter_tui.errors import LinkError
from counter_tui.link.client import WindowClient
from counter_tui.tui.paint.details import one_panel
from counter_tui.tui.paint.inspection import inspection
from counter_tui.tui.paint.panels import Panels
from counter_tui.workstation.current import Current
from counter_tui.workstation.feeding import Feeding
from counter_tui.workstation.notes import held_notes
from counter_tui.workstation.records import CachedRecords
from offline_cache import COUNTER_SCHEMA, Attempts, Settings, Vault
from offline_cache.signing import generate

from .delivering import KEY, Clock

ROOM = 256 << 10


class Counter:
    """The counter, enrolled, with somebody signed in."""

    def __init__(self, folder: Path, client: WindowClient, vault: Vault, told: dict[str, Any]) -> None:
        self.folder, self.client, self.vault = folder, client, vault
        self.officer, self.pin = next((o, p) for o, p in settings.load_demo_officers() if o.id == told["officer"])
        self.post, _ = settings.load_place("demo")
        self.rules = load_rules(demo=True)
        self.screens: list[str] = []

    async def enrol(self, code: str) -> None:
        """As the demo's counter does."""
        keys = generate()
        enrolment = await self.client.enrol(code, "", keys.public)
        identity = identity_of(enrolment, keys.public, keys.private)
        keep_identity(Settings(self.vault), identity)
        clock = Clock()
        self.reading = BoundReading(self.vault, identity, clock)
        BoundLedger(self.vault, identity, clock, self.reading)
        key = BoundPersons(Attempts(self.vault), identity).open_session(self.officer.id, self.pin, time.time())
        self.reading.begin(self.officer.id, key)
        self.records = CachedRecords(self.reading.store)
        self.feeding = Feeding(self.reading.store, self.records, self.post)
        self.token = enrolment.token

    async def work(self, documents: list[list[str]]) -> int:
        """Ask about everybody, and take the whole feed."""
        today = Clock().now().date()
        for number, lines in enumerate(documents):
            document = read_mrz(lines, today=today).document
            assert document is not None
            await self._open(f"crossing-{number}", document, self.officer)
        cursor, more = 0, True
        while more:
            answer = await self.client.sync((), cursor, room=ROOM)
            for item in answer.feed:
                self.feeding.keep(item.kind, item.key, item.body, as_of=item.as_of, owner=item.owner)
            cursor, more = answer.cursor, answer.more
        return cursor

    async def _open(self, name: str, document: Document, officer: Officer) -> None:
        now = Clock().now()
        _, counter = settings.load_place("demo")
        crossing = Crossing(name, counter.direction, counter.lane, document, now, training=True)
        sections = {s.authority: s for s in self.records.sections(document.key)}
        current = Current(crossing, officer, self.post, self.rules.book, self.rules.sharing, Clock(), sections)
        async for section in self.client.sections(crossing, why=Lookup(officer.id, PRESENT)):
            current.take(section)
            self.records.keep_section(document.key, section, now)
        current.notes = held_notes(self.reading.store, document.key)
        panels = Panels(current.view(), officer, now, self.post.zone)
        lines = [*inspection(panels, None, 120, 40).lines]
        for number in range(1, 5):
            lines += one_panel(panels, number, 120)
        self.screens.append("\n".join(line.plain for line in lines))

    def dump(self) -> None:
        """Everything that the store gives whoever is signed in here, and everything that was painted."""
        assert not self.reading.why_not, self.reading.why_not
        kept = b"\n".join(
            record.key.encode() + record.body for kind in SORTED for record in self.reading.store.all(kind)
        )
        (self.folder / "store").write_bytes(kept)
        (self.folder / "screens").write_text("\n".join(self.screens), "utf-8")


def crash(counter: Counter) -> None:
    """A fault while a traveller is on the screen, told as the program tells it."""
    from counter_tui.cli import _keep_faults_to_ourselves

    _keep_faults_to_ourselves()
    shown = counter.screens[-1]
    raise RuntimeError(shown)


async def serve() -> None:
    """Obey until standard input ends."""
    told = json.loads(sys.stdin.readline())
    folder = Path(told["folder"])
    documents = json.loads(Path(told["documents"]).read_text("utf-8"))  # noqa: ASYNC240 - nobody waits yet
    logging.basicConfig(filename=folder / "log", level=logging.DEBUG)
    with Vault.create(folder / "counter.vault", KEY, COUNTER_SCHEMA) as vault:
        client = WindowClient(told["url"])
        counter = Counter(folder, client, vault, told)
        await counter.enrol(told["code"])
        await client.aclose()
        counter.client = WindowClient(told["url"], counter.token)
        print("ready", flush=True)
        while order := (await asyncio.to_thread(sys.stdin.readline)).strip():
            if order == "work":
                try:
                    print(await counter.work(documents), flush=True)
                except LinkError as refused:
                    print(f"refused: {refused.code}", flush=True)
            elif order == "dump":
                counter.dump()
                print("dumped", flush=True)
            else:
                crash(counter)


if __name__ == "__main__":
    asyncio.run(serve())
