"""A post for the canaries: simulated agencies that hold them, its single window, and everything that leaves it."""

import asyncio
import json
import random
import secrets
import time
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any, Final, Self
from zoneinfo import ZoneInfo

from counter_tui import settings
from counter_tui.agencies.asgi import App
from counter_tui.agencies.connectors import connect_all
from counter_tui.agencies.demo import demo_documents, demo_systems
from counter_tui.agencies.people import DemoListing, DemoPeople, DemoPerson
from counter_tui.agencies.ports import FetchAnswer
from counter_tui.agencies.sealing import make_sealer
from counter_tui.domain.coding import to_json
from counter_tui.domain.crossings import Crossing
from counter_tui.domain.documents import document_key, read_mrz
from counter_tui.domain.entries import DECISION, DecisionBody
from counter_tui.domain.lookups import Allowance
from counter_tui.domain.notes import NOTE, Note
from counter_tui.domain.outcome import PERSON, Judgement
from counter_tui.domain.posts import Counter
from counter_tui.domain.sharing import SharingAgreement, Topic
from counter_tui.domain.words import Agency, Authority, Basis, Direction, Verdict
from counter_tui.link import wire
from counter_tui.link.ranks import rank_of
from counter_tui.settings_agencies import load_agency_limits
from counter_tui.settings_sharing import load_catalogue, load_sharing
from counter_tui.single_window.app import WindowApp
from counter_tui.single_window.receipts import notary
from counter_tui.single_window.run import bind, serve, url_of
from counter_tui.single_window.service import Setup, SingleWindow, Staff, stamp
from counter_tui.single_window.vault_store import VaultStore
from offline_cache import Argon2Cost
from offline_cache.sync.messages import Item

from .canaries_planted import Planted, found_in, ordinary
from .delivering import KEY

CHEAP: Final = Argon2Cost(64, 1, 1)
WITHOUT_END: Final = Allowance(600, *(100_000,) * 4)
SOON: Final = 1.0


class _System:
    """An agency's system in this process; what it says is kept."""

    def __init__(self, app: App, said: list[bytes]) -> None:
        self._app, self._said = app, said

    async def __call__(
        self, method: str, path: str, *, body: bytes = b"", content_type: str = "application/json"
    ) -> FetchAnswer:
        sent: list[dict[str, Any]] = []

        async def receive() -> dict[str, Any]:
            return {"type": "http.request", "body": body, "more_body": False}

        async def send(message: Any) -> None:
            sent.append(dict(message))

        headers = [(b"content-type", content_type.encode())]
        await self._app({"type": "http", "method": method, "path": path, "headers": headers}, receive, send)
        raw = b"".join(message.get("body", b"") for message in sent[1:])
        self._said.append(raw)
        return FetchAnswer(sent[0]["status"], raw)


class Post:
    """The post at work. `said` is what the agencies said, `wire` what left the single window, as it left it."""

    def __init__(self, folder: Path, planted: Planted, alike: int, *, leak: bool) -> None:
        self.said: list[bytes] = []
        self.wire: list[bytes] = []
        self.answers: dict[str, list[tuple[int, float]]] = {}
        self._post, _ = settings.load_place("demo")
        self._zone = ZoneInfo(self._post.zone)
        today = self._now().date()
        kinds = _alike(len(planted.people.persons), alike)
        people = DemoPeople((*planted.people.persons, *(person for person, _ in kinds)), ())
        self._kind = {document_key(p.state, p.number): kind for p, kind in kinds}
        self.documents = [list(lines) for _, lines in demo_documents(people.persons, today)]
        agreement = _everything() if leak else load_sharing(demo=True)
        self._store = VaultStore.open(folder / "window.vault", KEY)
        staff = tuple(Staff(officer, pin) for officer, pin in settings.load_demo_officers())
        token = secrets.token_urlsafe
        setup = Setup("demo", self._post, agreement, staff, self._now, lambda: token(32), CHEAP, allowance=WITHOUT_END)
        self._window = SingleWindow(setup, self._store, notary("canaries", self._store))
        self.kept = self._keep(planted, today)
        systems = {a: _System(app, self.said) for a, app in demo_systems(people, today=today, now=self._now).items()}
        catalogue = load_catalogue(agreement.on(today))
        seals = {agency.value: make_sealer(agency.value, 1, secrets.token_bytes(32)) for agency in Agency}
        connectors = connect_all(systems, catalogue, load_agency_limits(demo=True), seals)
        self._app = WindowApp(self._window, connectors, now=self._now, monotonic=time.monotonic)
        self._stop = asyncio.Event()

    def _now(self) -> datetime:
        return datetime.now(UTC).astimezone(self._zone)

    def invite(self) -> str:
        """The code of a counter of immigration."""
        agencies = frozenset({Agency.IMMIGRATION})
        return self._window.invite(Counter("ENT-3", "3", "A", Direction.ENTRY, agencies))

    def _keep(self, planted: Planted, today: date) -> set[bytes]:
        """Notes of security's own, and decisions of customs' with notes, in the feed."""
        at = stamp(self._now())
        rows = demo_documents(planted.people.persons, today)
        for number, ((person, lines), words, verdict) in enumerate(
            zip(rows, planted.notes, planted.verdicts, strict=True), start=1
        ):
            key = document_key(person.state, person.number)
            note = Note("c", key, Agency.SECURITY, frozenset(), words, "agustinus", "Agustinus", at, training=True)
            self._put(NOTE, number, note)
            document = read_mrz(lines, today=today).document
            assert document is not None
            crossing = Crossing(f"d{number}", Direction.ENTRY, "A", document, self._now(), training=True)
            judged = Judgement(Authority.CUSTOMS, PERSON, Verdict.REFER, Basis.OFFICER, "refer.x", verdict)
            self._put(DECISION, number, DecisionBody(crossing, "maria", (judged,), "0" * 64, (), "1", training=True))
        return found_in(" ".join((*planted.notes, *planted.verdicts)).encode())

    def _put(self, kind: str, number: int, body: object) -> None:
        key = f"ENT-9/{number}"
        self._store.put_feed(Item(kind, key, "ENT-9", stamp(self._now()), to_json(body), rank_of(kind)), "ENT-9")

    async def __aenter__(self) -> Self:
        """Serve, on loopback."""
        bound = bind()
        self.url = url_of(bound)
        ready = asyncio.Event()
        self._serving = asyncio.create_task(serve({bound: self._heard}, self._stop, ready=ready))
        await ready.wait()
        return self

    async def __aexit__(self, *_: object) -> None:
        """Stop."""
        self._stop.set()
        await self._serving
        await self._app.aclose()
        self._store.close()

    async def _heard(self, scope: Any, receive: Any, send: Any) -> None:
        """The single window, overheard: what leaves it, and when security's answer does."""
        begun = time.monotonic()
        asked: list[bytes] = []

        async def receiving() -> Any:
            message = await receive()
            asked.append(message.get("body", b""))
            return message

        async def sending(message: Any) -> None:
            body = message.get("body", b"")
            self.wire.append(body)
            if scope["path"] == wire.SECTIONS_PATH and b'"authority":"security"' in body[:40]:
                document = json.loads(b"".join(asked))["crossing"]["document"]
                kind = self._kind.get(document_key(document["issuing_state"], document["number"]))
                if kind is not None:
                    self.answers.setdefault(kind, []).append((len(body), time.monotonic() - begun))
            await send(message)

        await self._app.asgi(scope, receiving, sending)


def _alike(after: int, count: int) -> list[tuple[DemoPerson, str]]:
    """So many of each kind, mixed: with nothing against them, with something sealed, discreet."""
    from dataclasses import replace

    listed = {
        "ordinary": None,
        "sealed": DemoListing("H3", "a case", sealed=True, floor="RED"),
        "discreet": DemoListing("H5", "a case"),
    }
    found = [
        (replace(ordinary(after + 1 + number), security=listed[kind]), kind)
        for number, kind in enumerate(kind for _ in range(count) for kind in listed)
    ]
    random.Random("canaries alike").shuffle(found)  # noqa: S311 - no secret
    return found


def _everything() -> SharingAgreement:
    """An agreement that opens every topic to all: what must not be."""
    every = frozenset(Agency)
    rows = load_sharing(demo=True).topics.values()
    opened = {r.topic: Topic(r.topic, r.owner, "none", fields=r.fields, open=every) for r in rows}
    return SharingAgreement("leak", opened)
