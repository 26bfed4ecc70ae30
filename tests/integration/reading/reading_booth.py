"""A counter whose cache is locked, and a single window that gives it leases: real vault, keys and booth, no network."""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, cast

import apsw

from counter_tui.bootstrap.identity import Identity, Person, text
from counter_tui.bootstrap.reading import BoundReading
from counter_tui.domain.coding import to_json
from counter_tui.domain.documents import Document, PartialDate
from counter_tui.domain.outcome import PERSON
from counter_tui.domain.posts import Officer
from counter_tui.domain.sections import Contribution, Finding, Section
from counter_tui.domain.texts import text as said
from counter_tui.domain.words import Agency, Authority, Band, Role, SourceState, Verdict
from counter_tui.single_window.leases import LeaseOffice, Terms
from counter_tui.single_window.store import EnrolledCounter
from counter_tui.workstation.news import Expected
from offline_cache import Records
from offline_cache.signing import KeyPair, generate, sign, wrap_with_pin
from tests.unit.workstation.build import CHEAP, COUNTER, KEY, OFFICER, PIN, POST, Rig, StillClock, rig

if TYPE_CHECKING:
    from collections.abc import Iterator

    from counter_tui.single_window.store import WindowStore

NAME, GIVEN, NUMBER, DETAIL = "CANARYWATI", "SITIRAHAYU", "QX7719283", "canary-finding-tuberculosis"
AT = "2026-11-21T05:14:02.000Z"
WEEK, HOUR = timedelta(days=7), timedelta(hours=1)
CUSTOMS = Officer("dominikus", "DOMINIKUS B.", Agency.CUSTOMS, Role.OFFICER, frozenset({Agency.CUSTOMS}))


class Kept:
    """The little of a window's store that leases need."""

    def __init__(self) -> None:
        self.settings: dict[str, bytes] = {}

    def find_setting(self, name: str) -> bytes | None:
        return self.settings.get(name)

    def put_setting(self, name: str, value: bytes) -> None:
        self.settings[name] = value


@dataclass
class Counter:
    """A counter over its starts and ends, and its single window."""

    folder: Path
    clock: StillClock = field(default_factory=StillClock)
    staff: set[str] = field(default_factory=lambda: {OFFICER.id, CUSTOMS.id})
    window: KeyPair = field(default_factory=generate)
    own: KeyPair = field(default_factory=generate)
    at_window: StillClock = field(default_factory=StillClock)

    def __post_init__(self) -> None:
        self.office = LeaseOffice(
            cast("WindowStore", Kept()),
            lambda message: sign(self.window.private, message),
            "demo",
            lambda _: self.staff,
            self.at_window.now,
            Terms(WEEK, HOUR),
        )
        self.enrolled = EnrolledCounter(COUNTER, self.own.public)
        self.identity = self._identity()

    def _identity(self) -> Identity:
        people = []
        for officer in (OFFICER, CUSTOMS):
            pair = generate()
            people.append(Person(officer, text(pair.public), text(wrap_with_pin(PIN, pair.private, b"", cost=CHEAP))))
        keys = (text(self.window.public), "token", text(self.own.public), text(self.own.private))
        return Identity(COUNTER, POST, "demo", "W", *keys, tuple(people))

    @contextmanager
    def started(self, *, leased: bool = True) -> Iterator[AtWork]:
        """The program runs; `leased`: the enrolment, before the first start, brought a lease."""
        first = leased and not (self.folder / "counter.vault").exists()
        who = replace(self.identity, lease=text(self.office.lease(self.enrolled)) if first else "")
        running = rig(self.folder, clock=self.clock, who=who, locked=True)
        try:
            assert running.reading is not None
            yield AtWork(running, running.reading, self)
        finally:
            running.booth._stop_asking()
            running.close()

    def pass_(self, time: timedelta) -> None:
        """Time goes by, here and there."""
        for clock in (self.clock, self.at_window):
            clock.pass_(time.total_seconds())

    def at(self, after: timedelta = timedelta()) -> datetime:
        return self.clock.now() + after


@dataclass
class AtWork:
    """The program while it runs."""

    rig: Rig
    reading: BoundReading
    counter: Counter

    async def sign_in(self, who: Officer = OFFICER) -> None:
        await self.rig.booth.sign_in(who.id, PIN)

    def feed(self, document: Document | None = None) -> None:
        """The single window tells of a traveller."""
        document = document or traveller()
        feeding = self.rig.booth.feeding
        feeding.keep("expected", document.key, to_json(Expected(document)), as_of=AT, owner="immigration")
        for authority in Authority:
            body = to_json(section(authority))
            feeding.keep("section", f"{document.key}/{authority.value}", body, as_of=AT, owner=authority.value)

    def call(self) -> None:
        """The counter reaches its single window."""
        for notice in self.counter.office.notices_for(self.counter.enrolled):
            self.reading.take(notice)

    def rows(self, kind: str) -> list[str]:
        return Records(self.rig.vault).keys(kind, "", limit=1000)


def traveller(number: str = NUMBER, surname: str = NAME, given: str = GIVEN) -> Document:
    birth, expiry = PartialDate(1974, 8, 12), PartialDate(2030, 1, 1)
    return Document("TD3", "P", "IDN", number, "IDN", surname, given, False, "F", birth, expiry, "DEMO", ("x",), "mrz")


def section(authority: Authority) -> Section:
    about = Finding("f1", authority, "own.topic", said("finding.test", detail=DETAIL))
    weighs = Contribution("f1", authority, PERSON, Verdict.REFER, Band.AMBER, "refer", "1", 20)
    now = StillClock().now()
    return Section(authority, SourceState.LIVE, now, (weighs,), (about,), (said("fact.own", what=DETAIL),))


def decrypted(path: Path) -> bytes:
    """All pages of a copy of a closed vault as the link key shows them, freed ones included."""
    copy = path.with_name("copy.vault")
    copy.write_bytes(path.read_bytes())
    connection = apsw.Connection(str(copy))
    for pragma in ("cipher = 'chacha20'", f"key = 'raw:{KEY.hex()}'", "journal_mode = DELETE", "rekey = ''"):
        connection.execute(f"PRAGMA {pragma}").fetchall()
    connection.close()
    content = copy.read_bytes()
    copy.unlink()
    assert b"CREATE TABLE" in content
    return content
