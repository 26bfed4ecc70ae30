"""A post of stand-ins around the true ledger: disks that keep what was committed, a window, and booths that can die."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Coroutine, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from types import SimpleNamespace
from typing import Any
from zoneinfo import ZoneInfo

from counter_tui.domain.allowance.deeds import ALLOWANCE
from counter_tui.domain.documents import Document, PartialDate
from counter_tui.domain.posts import Counter, Officer
from counter_tui.domain.sections import Field, Section
from counter_tui.domain.words import Agency, Authority, Direction, Role, SourceState
from counter_tui.workstation.acts import Acts
from counter_tui.workstation.kept_acts import KeptActs
from counter_tui.workstation.records import stamp

ZONE = ZoneInfo("Asia/Pontianak")
OFFICER = Officer("officer", "OFFICER", Agency.CUSTOMS, Role.OFFICER, frozenset({Agency.CUSTOMS}))
HEAD = Officer("head", "HEAD", Agency.CUSTOMS, Role.SUPERVISOR, frozenset({Agency.CUSTOMS}))
CHIEF = Officer("chief", "CHIEF", Agency.CUSTOMS, Role.SUPERVISOR, frozenset({Agency.CUSTOMS}))
ROSTER = {one.id: one for one in (OFFICER, HEAD, CHIEF)}


class Killed(BaseException):
    """The process ends here."""


@dataclass(frozen=True)
class Entry:
    """A line of a journal, without its chain."""

    counter: str
    sequence: int
    recorded_at: str
    kind: str
    group: str
    body: bytes


@dataclass(frozen=True)
class Record:
    key: str
    body: bytes
    as_of: str


class Disk:
    """A journal and records; what is not committed is gone when the process ends."""

    def __init__(self, counter: str, now: Callable[[], datetime], write: Callable[[], None]) -> None:
        """`write` may raise Killed."""
        self.counter, self._now, self._write = counter, now, write
        self.entries: list[Entry] = []
        self.records: dict[tuple[str, str], Record] = {}
        self._depth = 0

    @contextlib.contextmanager
    def together(self) -> Iterator[None]:
        before = len(self.entries), dict(self.records)
        self._depth += 1
        try:
            yield
            if self._depth == 1:
                self._write()
        except BaseException:
            del self.entries[before[0] :]
            self.records = before[1]
            raise
        finally:
            self._depth -= 1

    def append(self, kind: str, group: str, body: bytes, *, signer: object, forget: str = "") -> Entry:
        with self.together():
            entry = Entry(self.counter, len(self.entries) + 1, stamp(self._now()), kind, group, body)
            self.entries.append(entry)
        return entry

    def find_entry(self, sequence: int) -> Entry:
        return self.entries[sequence - 1]

    def of_group(self, group: str) -> list[int]:
        return [entry.sequence for entry in self.entries if entry.group == group]

    def put(
        self, kind: str, key: str, body: bytes, *, as_of: str, owner: str, partition: str, expires: str | None = None
    ) -> None:
        with self.together():
            self.records[kind, key] = Record(key, body, as_of)

    def find(self, kind: str, key: str) -> Record | None:
        return self.records.get((kind, key))

    def all(self, kind: str) -> Iterator[Record]:
        return iter([record for (of, _), record in self.records.items() if of == kind])

    def keys(self, kind: str, beginning: str, *, holding: Sequence[str] = (), limit: int) -> Sequence[str]:
        assert not holding
        return sorted(key for of, key in self.records if of == kind and key.startswith(beginning))[:limit]

    def delete(self, kind: str, key: str) -> None:
        with self.together():
            self.records.pop((kind, key), None)


class Rows:
    """The single window's rows. `write` may raise Killed where a transaction ends."""

    def __init__(self, write: Callable[[], None]) -> None:
        self.rows: dict[tuple[str, str], bytes] = {}
        self._write = write

    @contextlib.contextmanager
    def transaction(self) -> Iterator[None]:
        before = dict(self.rows)
        try:
            yield
            self._write()
        except BaseException:
            self.rows = before
            raise

    def find(self, resident: str, month: str) -> bytes | None:
        return self.rows.get((resident, month))

    def put(self, resident: str, month: str, body: bytes) -> None:
        self.rows[resident, month] = body

    def drop_before(self, month: str) -> None:
        self.rows = {key: body for key, body in self.rows.items() if key[1] >= month}


class Waits:
    """What a task of a booth waits for; the world goes on with it."""

    def __init__(self, what: object) -> None:
        self.what = what

    def __await__(self) -> Any:
        return (yield self.what)


class Key:
    certificate = b""

    def sign(self, _: bytes) -> bytes:
        return b""


@dataclass(frozen=True)
class Person:
    """A resident: a border pass or a passport, with a card; and what the agency counted before the ledger began."""

    number: str
    kind: str
    card: str
    outside: int
    month: str

    @property
    def document(self) -> Document:
        day = PartialDate(1980, 1, 1)
        names = ("TEST", "PERSON", False)
        return Document("", "", "IDN", self.number, "IDN", *names, "F", day, day, "", (), "keyed", kind=self.kind)


@dataclass
class Booth:
    """A counter: its disk outlives it, the rest does not."""

    core: Any
    name: str
    clock: Callable[[], datetime]
    write: Callable[[], None]
    run: int = 0
    alive: bool = True
    lost: bool = False
    up: bool = True
    down_since: datetime | None = None
    skew: float = 0.0
    settled: set[int] = field(default_factory=set)
    cursor: int = 0

    def __post_init__(self) -> None:
        self.disk = Disk(self.name, self.now, self.write)
        self.start()

    def now(self) -> datetime:
        """Never before what was recorded."""
        last = self.disk.entries[-1].recorded_at if self.disk.entries else ""
        now = self.clock()
        return max(now, datetime.fromisoformat(last)) if last else now

    def start(self) -> None:
        """The program begins, on the same disk."""
        self.run, self.alive, self.down_since = self.run + 1, True, None
        counter = Counter(self.name, self.name, "A", Direction.ENTRY, frozenset({Agency.CUSTOMS}))
        parts: Any = SimpleNamespace(
            place=SimpleNamespace(counter=counter, demo=True),
            ledger=SimpleNamespace(
                append=self.disk.append,
                find=self.disk.find_entry,
                of_group=self.disk.of_group,
                together=self.disk.together,
            ),
            store=self.disk,
            roster=ROSTER,
            persons=SimpleNamespace(open_session=lambda *_: Key()),
            clock=SimpleNamespace(now=self.now),
            link=SimpleNamespace(allowance=_asks),
            delivery=self,
            sleep=_sleeps,
        )
        self.kept = KeptActs(parts.store)
        self.acts = Acts(parts, self.kept, self.now)
        self.ledger = self.core.booth.Allowances(parts, self.acts, TERMS, self.now, lambda: self.now().astimezone(ZONE))

    def nudge(self) -> None:
        """Of delivery: the world syncs now and then anyhow."""

    def doubt(self) -> None:
        """Likewise."""
        self.down_since = self.down_since or self.now()

    def session(self, officer: Officer) -> Any:
        return SimpleNamespace(officer=officer, key=Key())

    def signed_by(self, first: Officer, second: Officer) -> Any:
        """What records a deed that this second person signs beside the first."""
        return lambda thread, deed: self.acts.sign(ALLOWANCE, thread, deed, self.session(first), second.id, "1")

    def crossing(self, name: str, person: Person, used: int, declared: int, *, section: bool) -> Any:
        """A traveller in hand, as the booth has them."""
        values = {
            "cust.kilb-number": person.card,
            "cust.kilb-used": f"MYR {used // 100}.{used % 100:02}",
            "cust.kilb-month": person.month,
            "cust.kilb-declared": f"MYR {declared // 100}.{declared % 100:02}",
        }
        fields = tuple(Field(name, value) for name, value in values.items())
        held = Section(Authority.CUSTOMS, SourceState.LIVE, self.now(), fields=fields)
        return SimpleNamespace(
            crossing=SimpleNamespace(id=name, document=person.document, direction=Direction.ENTRY),
            sections={Authority.CUSTOMS: held} if section else {},
            complete=False,
        )

    def waiting(self) -> Sequence[Entry]:
        """What has no receipt."""
        return [entry for entry in self.disk.entries if entry.sequence not in self.settled]


async def _asks(ask: object) -> object:
    return await Waits(("ask", ask))


async def _sleeps(seconds: float) -> None:
    await Waits(("sleep", seconds))


Task = Coroutine[Any, Any, None]


def _terms() -> Any:
    from datetime import timedelta

    from counter_tui.domain.allowance.terms import Terms

    return Terms(
        neighbour="MYS",
        currency="MYR",
        allowance=60_000,
        draw=60_000,
        offline_crossing=30_000,
        offline_resident=30_000,
        slices=4,
        confirm_within=timedelta(hours=24),
        grant=frozenset({Agency.CUSTOMS}),
        legal_basis="test",
        source="test",
        doubt="none",
    )


TERMS = _terms()
