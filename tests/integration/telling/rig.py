"""A single window whose counters' entries are told to agencies' systems: real store, formats and books."""

import asyncio
import secrets
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path

from counter_tui.agencies.links import LinkTerms, Patience
from counter_tui.agencies.ports import FetchAnswer
from counter_tui.agencies.tellers import load_told
from counter_tui.agencies.told import PATHS
from counter_tui.agencies.told_book import ToldBook
from counter_tui.domain.acts import ActBody, write_act
from counter_tui.domain.coding import to_json
from counter_tui.domain.entries import DECISION, DecisionBody
from counter_tui.domain.joint.deeds import Correction, Why
from counter_tui.domain.outcome import Judgement
from counter_tui.domain.seen import SEEN, Seen, read_seen
from counter_tui.domain.sharing import SharingAgreement
from counter_tui.domain.words import Agency, Authority
from counter_tui.errors import AgencyError
from counter_tui.single_window.lane import Times
from counter_tui.single_window.telling import Setup, TellingOffice
from counter_tui.single_window.telling_lanes import TellingLanes, Way
from counter_tui.single_window.telling_store import TellingStore
from counter_tui.single_window.vault_store import VaultStore
from tests.integration.single_window.world import (
    AGREEMENT,
    ALL,
    NOW,
    POST,
    SITI,
    Booth,
    enrol,
    open_window,
    sync_request,
)
from tests.unit.agencies.telling.tellings import crossing, judgements

PREFIX = {one: "Encounter/E" if one is Authority.HEALTH else one.value.upper() for one in Authority}
QUICK = LinkTerms(patience=Patience(answer=1.0, late=1.0, failures=3, rest=0.01, longest_rest=0.02, jitter=0.0))
Spoil = Callable[[str, bytes], FetchAnswer | None]


class System:
    """One agency's system with its book; `spoil` may answer in its place, or raise, before or after it took it."""

    def __init__(self, authority: Authority) -> None:
        self.authority = authority
        self.book = ToldBook(load_told(authority), PREFIX[authority], lambda: NOW)
        self.before: Callable[[bytes], None] = lambda _: None
        self.after: Callable[[FetchAnswer], FetchAnswer] = lambda answer: answer
        self.took: list[bytes] = []

    async def __call__(
        self, method: str, path: str, *, body: bytes = b"", content_type: str = "application/json"
    ) -> FetchAnswer:
        await asyncio.sleep(0)
        self.before(body)
        if path == PATHS[self.authority][1]:
            return FetchAnswer(200, self.book.listed(body))
        status, answer = self.book.enter(body)
        self.took.append(body)
        return self.after(FetchAnswer(status, answer))

    @property
    def keys(self) -> list[str]:
        """The keys that it has, as they came."""
        return list(self.book._entered)


def no_answer(_: object) -> None:
    raise AgencyError("agency.no-answer")


@dataclass
class Hall:
    """The window, one booth that syncs at once, and five systems."""

    folder: Path
    systems: dict[Authority, System] = field(default_factory=lambda: {one: System(one) for one in Authority})
    shift: float = 0.0
    agencies: frozenset[Agency] = ALL
    officer: str = SITI.id
    agreement: SharingAgreement = AGREEMENT

    def __post_init__(self) -> None:
        self.open()
        self.booth = Booth.make(self.folder)
        enrolment = enrol(self.window, self.booth, self.agencies)
        self.token = enrolment.token
        self.send(self.booth.sign_in(enrolment, self.officer))

    def open(self) -> None:
        """Open the window, or open it again as after an end."""
        self.window, store = open_window(self.folder)
        assert isinstance(store, VaultStore)
        self.store = store
        self.tellings: TellingStore = store.tellings
        setup = Setup(POST.id, training=True, agreement=self.agreement, now=self.now)
        self.office = TellingOffice(setup, store, self.tellings)

    def now(self) -> datetime:
        return NOW + timedelta(seconds=self.shift)

    def send(self, *entries: object) -> None:
        enrolled = self.window.authenticate(self.token)
        assert enrolled is not None
        reply = self.window.sync(enrolled, sync_request(entries))  # type: ignore[arg-type]
        assert reply.receipt is not None, reply

    def decide(self, id_: str = "crossing-1", *judged: Judgement, training: bool = True) -> str:
        """One more decision, received by the window; its key."""
        body = DecisionBody(crossing(id_), "siti", judged or judgements(), "0" * 64, (), "2026-11", training=training)
        entry = self.booth.record(DECISION, id_, to_json(body))
        self.send(entry)
        return f"{entry.counter}/{entry.sequence}"

    def take_back(self, key: str, id_: str = "crossing-1") -> str:
        """The decision of this key is undone, and that is received; its key."""
        deed = Correction(key, Why.UNDO)
        body = ActBody(id_, self.booth.journal.counter, self.officer, "2026-11-21T05:14:30.000Z", deed, training=True)
        entry = self.booth.record("correction", id_, write_act(body))
        self.send(entry)
        return f"{entry.counter}/{entry.sequence}"

    async def stored(self, work: Callable[..., object], *given: object) -> object:
        return work(*given)

    def lanes(self, terms: Mapping[Authority, LinkTerms] | None = None) -> TellingLanes:
        ways = {one: Way(system, (terms or {}).get(one, QUICK)) for one, system in self.systems.items()}
        loop = asyncio.get_running_loop()
        return TellingLanes(self.office, self.stored, ways, Times(loop.time, self.now, secrets.SystemRandom().random))

    async def tell(self, until: Callable[[], bool], terms: Mapping[Authority, LinkTerms] | None = None) -> None:
        """Let the lanes run until then."""
        running = asyncio.ensure_future(self.lanes(terms).run())
        try:
            async with asyncio.timeout(20):
                while not until():
                    await asyncio.sleep(0.005)
        finally:
            running.cancel()
            await asyncio.gather(running, return_exceptions=True)

    def seen(self, key: str) -> Seen | None:
        item = self.store.find_feed(SEEN, key)
        return None if item is None else read_seen(item.body)

    def complete(self, *keys: str) -> bool:
        return all((seen := self.seen(key)) is not None and seen.complete for key in keys)
