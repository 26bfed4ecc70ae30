"""The simulated systems in this process, and questions about the demo's travellers: what connectors are tested on."""

from collections.abc import Callable, Iterator, Mapping
from datetime import UTC, date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from counter_tui import settings
from counter_tui.agencies.asgi import App
from counter_tui.agencies.connectors import CONNECTORS, connect_all
from counter_tui.agencies.demo import demo_systems
from counter_tui.agencies.people import DemoPerson
from counter_tui.agencies.ports import Connector, FetchAnswer, Inquiry
from counter_tui.agencies.sealing import make_sealer
from counter_tui.domain.documents import Document, compose_mrz, read_mrz
from counter_tui.domain.sections import Finding, Section
from counter_tui.domain.words import AGENCY_OF, Agency, Authority, Direction
from counter_tui.settings_agencies import load_agency_limits
from counter_tui.settings_sharing import load_catalogue, load_sharing

ZONE = ZoneInfo("Asia/Pontianak")
NOW = datetime(2026, 11, 21, 22, 14, tzinfo=UTC).astimezone(ZONE)
TODAY = NOW.date()
KEYS = {agency.value: bytes([number]) * 32 for number, agency in enumerate(Agency)}
PEOPLE = settings.load_demo_people()
LIMITS = load_agency_limits(demo=True)
AGREEMENT = load_sharing(demo=True).on(TODAY)
RULES = load_catalogue(AGREEMENT)
EVERY = list(Authority)


class InProcess:
    """A Fetch over an ASGI callable; `spoil` may change what was answered. It keeps what went over it."""

    def __init__(self, app: App, spoil: Callable[[FetchAnswer], FetchAnswer] = lambda answer: answer) -> None:
        self.app = app
        self.spoil = spoil
        self.asked: list[tuple[str, bytes]] = []

    async def __call__(
        self, method: str, path: str, *, body: bytes = b"", content_type: str = "application/json"
    ) -> FetchAnswer:
        self.asked.append((path, body))
        sent: list[dict[str, Any]] = []

        async def receive() -> dict[str, Any]:
            return {"type": "http.request", "body": body, "more_body": False}

        async def send(message: Any) -> None:
            sent.append(dict(message))

        scope = {
            "type": "http",
            "method": method,
            "path": path,
            "headers": [(b"content-type", content_type.encode())],
        }
        await self.app(scope, receive, send)
        raw = b"".join(message.get("body", b"") for message in sent[1:])
        return self.spoil(FetchAnswer(sent[0]["status"], raw))


def fetches() -> dict[Authority, InProcess]:
    systems = demo_systems(PEOPLE, today=TODAY, now=lambda: NOW)
    return {authority: InProcess(app) for authority, app in systems.items()}


def connector(authority: Authority, fetch: Any) -> Connector:
    agency = AGENCY_OF[authority].value
    return CONNECTORS[authority](fetch, RULES, LIMITS, make_sealer(agency, 1, KEYS[agency]))


def document(lines: tuple[str, ...]) -> Document:
    read = read_mrz(lines, today=TODAY).document
    assert read is not None
    return read


def of(person: DemoPerson) -> Inquiry:
    return Inquiry(document(person.lines(TODAY)), person.direction, "A", NOW)


def named(person: str) -> DemoPerson:
    return next(p for p in PEOPLE.persons if p.id == person)


def stranger(state: str = "IDN", direction: Direction = Direction.ENTRY) -> Inquiry:
    born, expiry = date(1980, 2, 29), TODAY + timedelta(days=1000)
    lines = compose_mrz("TD3", "P", state, "Q7777777", state, "UNKNOWN", "TRAVELLER", "F", born, expiry, "DEMO")
    return Inquiry(document(lines), direction, "A", NOW)


async def sections(inquiry: Inquiry) -> Mapping[Authority, Section]:
    seals = {name: make_sealer(name, 1, key) for name, key in KEYS.items()}
    every = connect_all(fetches(), RULES, LIMITS, seals)
    return {c.authority: await c.section(inquiry) for c in every}


def code_of(finding: Finding, about: Inquiry, section: Section) -> str:
    """What a finding is, as only its owner can tell: the codes of the catalogue, tried under the owner's key."""
    owner = AGENCY_OF[section.authority].value
    seal = make_sealer(owner, 1, KEYS[owner])
    (subject,) = [c.subject for c in section.contributions if c.id == finding.id]
    tried = {f"{section.authority}/{seal.name(about.document.key, code, subject.id)}": code for code in RULES.rules}
    return tried[finding.id]


def places(value: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    """Every place in a JSON value."""
    yield path
    inner = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, one in inner:
        yield from places(one, (*path, key))


def put(value: Any, path: tuple[Any, ...], new: Any) -> Any:
    """The value with something else in one place."""
    if not path:
        return new
    changed = value.copy()
    changed[path[0]] = put(value[path[0]], path[1:], new)
    return changed


HOSTILE: list[Any] = [
    *(None, True, False, 0, -1, 1, 2**31, 2**63, 10**400, 0.1, -1e308, 5e-324),
    *("", "x", "0", "-1", "NaN", "1e999", "9" * 5000, "\x00", "\x1b[2J", "\u202e", "[bold]x[/]", "\ud83d\ude00"),
    *("0001-01-01", "9999-12-31", "2026-02-30", "0001", "9999", "2026-11"),
    *("0001-01-01T00:00:00+14:00", "9999-12-31T23:59:59-14:00", "2026-11-21T05:00:00Z", "2026-11-21T05:00:00"),
    *([], {}, [[]], [None] * 2000, {"x": {}}),
]
