"""A booth over a real vault, with a clock that stands and a link that says what it is told."""

import asyncio
import itertools
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path

from counter_tui import settings
from counter_tui.bootstrap.delivery import DeliveryLoop
from counter_tui.bootstrap.identity import Identity, Person, find_identity, keep_identity, text
from counter_tui.bootstrap.one_time_key import OneTimeKey
from counter_tui.bootstrap.reading import BoundReading
from counter_tui.bootstrap.rosters import LiveRoster
from counter_tui.bootstrap.storage import BoundLedger, BoundPersons
from counter_tui.bootstrap.workplace import two_person_rules
from counter_tui.domain.allowance.escrow import Answer, Ask
from counter_tui.domain.crossings import Crossing
from counter_tui.domain.decisions import ReasonCode
from counter_tui.domain.floor import FloorRules
from counter_tui.domain.lookups import Lookup
from counter_tui.domain.posts import Counter, Officer, Post
from counter_tui.domain.presented import PresentedRules
from counter_tui.domain.procedures import NONE
from counter_tui.domain.risk import RiskRules
from counter_tui.domain.screened import ScreeningRules
from counter_tui.domain.sections import Section
from counter_tui.domain.sharing import SharingAgreement
from counter_tui.domain.view import Rulebook
from counter_tui.domain.words import Agency, Authority, Direction, Role, SubjectKind, Verdict
from counter_tui.errors import LinkError
from counter_tui.settings_deadlines import load_deadlines
from counter_tui.workstation.booth import Booth
from counter_tui.workstation.news import News
from counter_tui.workstation.parts import Parts, Rules
from counter_tui.workstation.place import Place
from offline_cache import COUNTER_SCHEMA, Argon2Cost, Attempts, Records, Settings, Vault
from offline_cache.signing import generate, wrap_with_pin

from .listing import screens

POST = Post("ID-ENTIKONG", "ENTIKONG", "IDN", "Asia/Pontianak")
COUNTER = Counter("ENT-3", "3", "A", Direction.ENTRY, frozenset(Agency))
OFFICER = Officer("wijaya", "WIJAYA S.", Agency.IMMIGRATION, Role.OFFICER, frozenset(Agency))
SUPERVISOR = Officer("sri", "SRI", Agency.IMMIGRATION, Role.SUPERVISOR, frozenset(Agency))
PIN = "2468"
CHEAP = Argon2Cost(64, 1, 1)
KEY = bytes(range(32))
PRESENTED = PresentedRules(settings.load_documents(), settings.load_findings())
REASON = ReasonCode("refer.test", frozenset({Verdict.REFER}), frozenset(SubjectKind))


@dataclass
class StillClock:
    """A clock that moves when it is told to."""

    at: datetime = datetime(2026, 11, 21, 5, 14, tzinfo=UTC)
    seconds: float = 100.0

    def now(self) -> datetime:
        return self.at

    def monotonic(self) -> float:
        return self.seconds

    def pass_(self, seconds: float) -> None:
        self.at += timedelta(seconds=seconds)
        self.seconds += seconds


@dataclass
class ToldLink:
    """A link that answers with the sections it was given; without any it is down."""

    answers: list[Section] = field(default_factory=list)
    up: bool = True
    asked: list[frozenset[Authority]] = field(default_factory=list)
    why: list[Lookup | None] = field(default_factory=list)
    refuses: LinkError | None = None
    opens: Callable[[int], bytes] | None = None

    async def unseal(self, sequence: int) -> bytes:
        if self.opens is None:
            raise LinkError("link.refused")
        return self.opens(sequence)

    async def allowance(self, ask: Ask) -> Answer:
        raise LinkError("link.refused")

    async def sections(
        self, crossing: Crossing, but: frozenset[Authority] = frozenset(), why: Lookup | None = None
    ) -> AsyncIterator[Section]:
        self.asked.append(but)
        self.why.append(why)
        if self.refuses is not None:
            raise self.refuses
        if not self.up:
            raise LinkError("link.refused")
        for answer in self.answers:
            if answer.authority not in but:
                yield answer


def identity(realm: str = "demo") -> Identity:
    """An enrolled counter with two persons, whose keys open cheaply."""
    own, window = generate(), generate()
    people = []
    for officer in (OFFICER, SUPERVISOR):
        pair = generate()
        wrapped = wrap_with_pin(PIN, pair.private, b"", cost=CHEAP)
        people.append(Person(officer, text(pair.public), text(wrapped)))
    return Identity(
        COUNTER, POST, realm, "W", text(window.public), "token", text(own.public), text(own.private), tuple(people)
    )


class Nap:
    """A sleep that lasts until it is ended."""

    def __init__(self) -> None:
        self.asleep = False
        self._ended = asyncio.Event()

    async def __call__(self, _seconds: float) -> None:
        self.asleep = True
        await self._ended.wait()
        self._ended.clear()
        self.asleep = False

    def end(self) -> None:
        self._ended.set()


@dataclass
class Rig:
    """A booth and what it stands on."""

    booth: Booth
    vault: Vault
    ledger: BoundLedger
    delivery: DeliveryLoop
    clock: StillClock
    link: ToldLink
    news: list[News]
    nap: Nap
    reading: BoundReading | None = None

    def close(self) -> None:
        self.booth._behind.stop()
        self.vault.close()


def opened(folder: Path) -> Vault:
    """The counter's vault in this folder, made where there is none."""
    path = folder / "counter.vault"
    return Vault.open(path, KEY, COUNTER_SCHEMA) if path.exists() else Vault.create(path, KEY, COUNTER_SCHEMA)


def enrolled(vault: Vault, who: Identity | None, realm: str) -> Identity:
    """Who the counter is; it is who it was the first time."""
    kept = find_identity(Settings(vault))
    if kept is None:
        kept = who or identity(realm)
        keep_identity(Settings(vault), kept)
    return kept


def rulebook(lists: ScreeningRules | None, floor: FloorRules | None) -> Rulebook:
    """The tests' own rules; no procedure applies."""
    risk = RiskRules("1", 30, 60, ((Authority.SECURITY, timedelta(hours=1)),))
    return Rulebook(risk, NONE, "1", PRESENTED, lists, floor, deadlines=load_deadlines())


def rig(
    folder: Path,
    *,
    demo: bool = True,
    live_too: bool = False,
    clock: StillClock | None = None,
    hear: Callable[[News], None] | None = None,
    lists: ScreeningRules | None = None,
    paint_within: float = 0.0,
    who: Identity | None = None,
    locked: bool = False,
    floor: FloorRules | None = None,
    book: Rulebook | None = None,
) -> Rig:
    """A booth in a folder; a second one in the same folder is the program started again.

    `floor` is what holds where not all is fresh; a `book` of rules takes the place of the tests' own. `locked`: what is
    cached is read by who may, as the real counter has it; without it by everybody.
    """
    vault = opened(folder)
    who = enrolled(vault, who, "demo" if demo else "live")
    clock, link = clock or StillClock(), ToldLink()
    news: list[News] = []
    nap = Nap()
    reading = BoundReading(vault, who, clock) if locked else None
    ledger = BoundLedger(vault, who, clock, reading)
    delivery = DeliveryLoop(vault, ledger.outbox, who, clock)
    delivery.starting = False
    ids = itertools.count(ledger.journal.count() * 1000 + 1)

    async def close() -> None:
        vault.close()

    parts = Parts(
        place=Place(POST, COUNTER, demo=demo),
        clock=clock,
        new_id=lambda: f"crossing-{next(ids)}",
        store=reading.store if reading else Records(vault),
        ledger=ledger,
        persons=BoundPersons(Attempts(vault), who, reading.allows if reading else lambda _: True),
        roster=LiveRoster(who),
        link=link,
        delivery=delivery,
        rules=lambda: Rules(book or rulebook(lists, floor), (REASON,), SharingAgreement("1", {})),
        close=close,
        live_too=live_too,
        sleep=nap,
        paint_within=paint_within,
        screens=None if lists is None else screens(vault, folder, clock, lists),
        lock=reading,
        one_time_key=OneTimeKey,
        two_persons=two_person_rules,
    )
    booth = Booth(parts, hear or news.append)
    delivery.feeding = booth.feeding
    if reading is not None:
        delivery.noticed = reading.take
    return Rig(booth, vault, ledger, delivery, clock, link, news, nap, reading)
