"""A single window and booths for tests: real vaults, journals, keys and certificates; no screen and no use cases."""

import base64
import json
import secrets
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from counter_tui.agencies.ports import ExpectedTraveller, Inquiry
from counter_tui.domain.coding import to_json
from counter_tui.domain.crossings import Crossing, Group, GroupKind
from counter_tui.domain.documents import Document, compose_mrz, read_mrz
from counter_tui.domain.entries import DECISION, SESSION, DecisionBody, SessionBody
from counter_tui.domain.outcome import PERSON, Judgement
from counter_tui.domain.posts import Counter, Officer, Post
from counter_tui.domain.sections import Contribution, Finding, Section
from counter_tui.domain.sharing import SharingAgreement, Topic
from counter_tui.domain.texts import text
from counter_tui.domain.words import Agency, Authority, Band, Basis, Direction, Role, SourceState, Verdict
from counter_tui.link import wire
from counter_tui.link.values import Enrolment
from counter_tui.single_window.receipts import notary
from counter_tui.single_window.service import Setup, SingleWindow, Staff
from counter_tui.single_window.store import WindowStore
from counter_tui.single_window.vault_store import VaultStore
from offline_cache import COUNTER_SCHEMA, Argon2Cost, Entry, Journal, Vault, certify, unwrap_with_pin
from offline_cache.signing import KeyPair, generate, sign

NOW = datetime(2026, 11, 21, 5, 14, 2, tzinfo=UTC)
TODAY = date(2026, 11, 21)
POST = Post("entikong", "Entikong", "IDN", "Asia/Pontianak")
OPEN_TOPIC = Topic("open.topic", Agency.IMMIGRATION, "a law", open=frozenset(Agency))
AGREEMENT = SharingAgreement("1", {"open.topic": OPEN_TOPIC})
KEY = bytes(range(32))
ALL = frozenset(Agency)
PIN = "482915"

SITI = Officer("siti", "Siti", Agency.IMMIGRATION, Role.OFFICER, ALL)
BUDI = Officer("budi", "Budi", Agency.CUSTOMS, Role.OFFICER, frozenset({Agency.CUSTOMS}))
STAFF = (Staff(SITI, PIN), Staff(BUDI, PIN))


CHEAP = Argon2Cost(8, 1, 1)
"""140 ms a PIN are right for a counter, and too much for a test."""

_opened: list[Vault | WindowStore] = []


def close_all() -> None:
    """Close every vault that a test opened here."""
    while _opened:
        _opened.pop().close()


def counter(name: str = "A1", agencies: Iterable[Agency] = ALL) -> Counter:
    return Counter(name, f"Counter {name}", "lane-1", Direction.ENTRY, frozenset(agencies))


def document(number: str = "X1234567", surname: str = "WIJAYA") -> Document:
    lines = compose_mrz(
        "TD3", "P", "IDN", number, "IDN", surname, "BUDI", "M", date(1990, 5, 1), date(2031, 5, 1), "DEMO"
    )
    read = read_mrz(lines, today=TODAY).document
    assert read is not None
    return read


def crossing(number: str = "X1234567", *, training: bool = True) -> Crossing:
    return Crossing(f"crossing-{number}", Direction.ENTRY, "lane-1", document(number), NOW, training=training)


def section(authority: Authority, *, topic: str = "own.topic", note: str = "secret-detail") -> Section:
    about = Finding("f1", authority, topic, text("finding.test", detail=note))
    weighs = Contribution("f1", authority, PERSON, Verdict.REFER, Band.AMBER, "refer", "1", 20)
    return Section(authority, SourceState.LIVE, NOW, (weighs,), (about,), (text("fact.own"),), (("list", "7"),))


def decision(number: str = "X1234567", *, note: str = "told in confidence") -> bytes:
    judgements = (
        Judgement(Authority.IMMIGRATION, PERSON, Verdict.HOLD, Basis.OFFICER, "reason.code", note),
        Judgement(Authority.CUSTOMS, PERSON, Verdict.CLEAR, Basis.RULE),
    )
    return to_json(DecisionBody(crossing(number), SITI.id, judgements, "0" * 64, (), "1", training=True))


def close_window() -> None:
    """Close the window that was opened last; booths stay open."""
    last = next(one for one in reversed(_opened) if not isinstance(one, Vault))
    _opened.remove(last)
    last.close()


def setup(realm: str = "demo", staff: tuple[Staff, ...] = STAFF) -> Setup:
    return Setup(realm, POST, AGREEMENT, staff, lambda: NOW, lambda: secrets.token_urlsafe(32), pin_cost=CHEAP)


def open_window(
    folder: Path, realm: str = "demo", staff: tuple[Staff, ...] = STAFF
) -> tuple[SingleWindow, WindowStore]:
    store = VaultStore.open(folder / "window.vault", KEY)
    _opened.append(store)
    return SingleWindow(setup(realm, staff), store, notary("entikong-window", store)), store


@dataclass
class Booth:
    """A counter: its keys, its journal, and what enrolment made of it."""

    journal: Journal
    keys: KeyPair = field(repr=False)
    session: str = ""
    session_keys: KeyPair | None = field(default=None, repr=False)

    @classmethod
    def make(cls, folder: Path, name: str = "A1", realm: str = "demo", keys: KeyPair | None = None) -> "Booth":
        vault = Vault.create(folder / f"booth-{name}-{realm}.vault", KEY, COUNTER_SCHEMA)
        _opened.append(vault)
        return cls(Journal(vault, name, realm), keys or generate())

    def sign_in(self, enrolment: Enrolment, who: str = SITI.id, **claimed: str) -> Entry:
        """Open a session, as the booth does it; `claimed` changes what its certificate claims."""
        line = next(line for line in enrolment.roster if line.officer.id == who)
        self.session_keys = generate()
        self.session = self.session_keys.public.hex()[:16]
        claims = {"officer": who, "counter": self.journal.counter, "realm": self.journal.realm, "at": 1} | claimed
        officer_key = unwrap_with_pin(PIN, line.wrapped, b"")
        certificate = certify(self.session_keys.public, json.dumps(claims).encode(), officer_key, self.keys.private)
        body = to_json(SessionBody(who, base64.b64encode(certificate).decode()))
        return self.record(SESSION, "", body)

    def record(self, kind: str, group: str, body: bytes, *, signer: KeyPair | None = None) -> Entry:
        keys = signer or self.session_keys
        assert keys is not None
        return self.journal.append(
            kind,
            group,
            body,
            recorded_at="2026-11-21T05:14:02.000Z",
            session=self.session,
            sign=lambda message: sign(keys.private, message),
            salt=secrets.token_bytes(16),
        )

    def decide(self, number: str = "X1234567", **changes: str) -> Entry:
        return self.record(DECISION, f"crossing-{number}", decision(number, **changes))


def sync_request(entries: Sequence[Entry] = (), cursor: int = 0, room: int = wire.FEED_ROOM) -> wire.SyncRequest:
    """The request as it is after the wire."""
    sent = wire.SyncRequest(
        version=1, cursor=cursor, room=room, entries=tuple(wire.WireEntry.of(entry) for entry in entries)
    )
    return wire.SyncRequest.model_validate_json(sent.to_bytes())


def enrol(window: SingleWindow, booth: Booth, agencies: Iterable[Agency] = ALL) -> Enrolment:
    code = window.invite(counter(booth.journal.counter, agencies))
    request = wire.EnrolRequest(version=1, code=code, label="", public_key=booth.keys.public)
    return window.enrol(request).fields()


class Scripted:
    """An authority that answers when it is told to, or fails."""

    def __init__(self, authority: Authority, error: Exception | None = None) -> None:
        self.authority = authority
        self.error = error
        self.asked: list[Inquiry] = []

    async def section(self, inquiry: Inquiry) -> Section:
        self.asked.append(inquiry)
        if self.error is not None:
            raise self.error
        return section(self.authority)

    async def expected(self, at: datetime) -> tuple[ExpectedTraveller, ...]:
        family = Group("g1", GroupKind.FAMILY, "Wijaya", 2, at + timedelta(hours=1))
        child = document("X7654321")
        grown = document("X1234567")
        return (
            ExpectedTraveller(grown, Direction.ENTRY, family),
            ExpectedTraveller(child, Direction.ENTRY, family, grown.key),
        )
