"""A desk that keeps a whole session in memory, and hands that type into the real program."""

import asyncio
from collections.abc import AsyncIterator, Callable, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any, Self, cast

from counter_tui import settings
from counter_tui.domain.crossings import Crossing
from counter_tui.domain.decisions import ReasonCode, why_not_green
from counter_tui.domain.decisions import subjects as subjects_of
from counter_tui.domain.documents import Document, Problem, Reading, compose_mrz, read_mrz
from counter_tui.domain.documents.keyed import key_document
from counter_tui.domain.documents.kinds import DocumentKind
from counter_tui.domain.groups import Headcount, Standing
from counter_tui.domain.posts import Counter, Officer
from counter_tui.domain.sections import Section, Subject
from counter_tui.domain.view import MergedView
from counter_tui.domain.whereabouts import Located
from counter_tui.domain.words import Agency, Authority, Direction, Role, Verdict
from counter_tui.errors import CounterError, DecisionError, SignInError
from counter_tui.tui.app import Catalogue, CounterApp
from counter_tui.tui.screens.desk import DeskScreen
from counter_tui.workstation.desk import Desk
from counter_tui.workstation.news import Expected, Expecting, News, OutboxLine, Recorded, Status, ViewChanged
from counter_tui.workstation.place import Credential, Place
from counter_tui.workstation.stack import GroupCleared, GroupLine, GroupRecorded, Stack, StackRow, Taken
from tests.screens.frame.hand import QUICK, Hand
from tests.screens.frame.scripted_cases import ScriptedCases
from tests.screens.frame.scripted_steps import ScriptedSteps
from tests.unit.tui.paint.travellers import JOINT, NOW, POST, REASONS, TODAY, Words, status, view

DOCUMENTS = settings.load_documents()
COUNTER = Counter("ENT-3", "3", "A", Direction.ENTRY, frozenset(Agency))
RATNA = Officer("ratna", "Ratna Dewi", Agency.IMMIGRATION, Role.OFFICER, frozenset({Agency.IMMIGRATION}))
PEOPLE = (Credential(JOINT, "1403"), Credential(RATNA, "2715"))


def zone(
    surname: str = "SURYADI", given: str = "BUDI", number: str = "X1234567", state: str = "IDN"
) -> tuple[str, ...]:
    return compose_mrz(
        "TD3", "P", state, number, state, surname, given, "M", date(1984, 3, 2), date(2031, 5, 4), "DEMO"
    )


class Moment:
    """A clock that a test moves."""

    def __init__(self) -> None:
        self.now = NOW

    def __call__(self) -> datetime:
        return self.now

    def pass_by(self, seconds: float) -> None:
        self.now += timedelta(seconds=seconds)


class Rehearsed:
    """Notes what a trainer did."""

    def __init__(self) -> None:
        self.done: list[str] = []

    async def link(self, mode: str) -> None:
        self.done.append(mode)

    async def behave(self, authority: Authority, behaviour: str) -> None:
        self.done.append(f"{authority.value} {behaviour}")


class ScriptedGroups:
    """Groups in memory: what a test puts on the stack. `done` is what the key for all greens gives."""

    def __init__(self) -> None:
        self.known: tuple[GroupLine, ...] = ()
        self.stacks: dict[str, Stack] = {}
        self.stack: Stack | None = None
        self.stood = ""
        self.desks: Mapping[str, Authority] = {}
        self.taken: list[str] = []
        self.cleared: list[Mapping[str, str]] = []
        self.closed: list[tuple[int | None, str, str]] = []
        self.said: list[int] = []
        self.done = GroupCleared((), (), ())
        self.away: Mapping[str, Located] = {}
        self.attested: list[str] = []

    async def places(self) -> Mapping[str, Located]:
        return self.away

    async def attest(self, painted: Mapping[str, str]) -> int:
        rows = self.stack.rows if self.stack is not None else ()
        self.attested = [
            row.key for row in rows if row.attests and row.view and painted.get(row.key) == row.view.digest
        ]
        return len(self.attested)

    async def lines(self) -> tuple[GroupLine, ...]:
        return self.known

    async def standing(self) -> str:
        return self.stood

    async def open(self, group: str) -> Stack:
        self.stack = self.stacks[group]
        return self.stack

    async def put_aside(self) -> None:
        self.stack = None

    async def take(self, document: Document) -> Taken:
        assert self.stack is not None
        known = self.stack.find(document.key)
        if known is not None and known.crossing is not None:
            return Taken(known, again=True)
        self.taken.append(document.key)
        row = StackRow(document, Standing.OPEN, listed=known is not None, waiting=True)
        scanned = [r for r in self.stack.rows if r.standing is not Standing.TO_SCAN]
        left = [r for r in self.stack.rows if r.standing is Standing.TO_SCAN and r.key != document.key]
        heads = replace(self.stack.heads, scanned=len(scanned) + 1, missing=len(left))
        self.stack = replace(self.stack, rows=(*scanned, row, *left), heads=heads)
        return Taken(row)

    async def clear(self, painted: Mapping[str, str]) -> GroupCleared:
        self.cleared.append(painted)
        return self.done

    async def say(self, headcount: int) -> GroupRecorded:
        self.said.append(headcount)
        return GroupRecorded(7, NOW, Headcount(headcount, 0, 0), 1)

    async def close(self, counted: int | None, reason: str = "", note: str = "") -> GroupRecorded:
        assert self.stack is not None
        self.closed.append((counted, reason, note))
        heads, self.stack = replace(self.stack.heads, counted=counted), None
        return GroupRecorded(9, NOW, heads, 1)


class ScriptedResidents:
    """No border resident has an allowance."""

    async def shown(self) -> None:
        raise DecisionError("resident.no-resident")

    async def wanted(self) -> bool:
        return False

    async def draw(self) -> None:
        """Nothing."""

    async def leave(self) -> None:
        """Nothing is given back."""


class ScriptedDesk:
    """The facade in memory. `against` are sections that every traveller opened from now on has."""

    def __init__(self, clock: Moment, *, people: Sequence[Credential] = PEOPLE, passphrase: str = "") -> None:
        self.place = Place(POST, COUNTER, demo=True, credentials=tuple(people), passphrase=passphrase)
        self.clock = clock
        self.ready = False
        self.officer: Officer | None = None
        self.view: MergedView | None = None
        self.rehearsal: Rehearsed | None = Rehearsed()
        self.against: tuple[Section, ...] = ()
        self.held: tuple[Expected, ...] = ()
        self.opening = asyncio.Event()
        self.opening.set()
        self.recording = asyncio.Event()
        self.recording.set()
        self.tried: list[tuple[str, str]] = []
        self.reasons_stated: list[str] = []
        self.cleared: list[str] = []
        self.judged: list[tuple[Subject, Verdict, str, str]] = []
        self.aside: dict[str, Crossing] = {}
        self.fails: CounterError | Exception | None = None
        self.closed = False
        self._decided = False
        self.groups = ScriptedGroups()
        self.unsigned: frozenset[str] = frozenset()
        self.cases = ScriptedCases(self)
        self.steps = ScriptedSteps(self)
        self.in_cases: set[str] = set()
        self.residents = ScriptedResidents()
        self.hear: Callable[[News], None] = lambda _news: None

    def listen(self, callback: Callable[[News], None]) -> None:
        self.hear = callback

    async def prepare(self) -> None:
        await self.opening.wait()
        self._fail()
        self.ready = True

    def _fail(self) -> None:
        error, self.fails = self.fails, None
        if error is not None:
            raise error

    async def sign_in(self, officer_id: str, pin: str) -> Officer:
        self.tried.append((officer_id, pin))
        self._fail()
        for person in self.place.credentials:
            if (person.officer.id, person.pin) == (officer_id, pin):
                self.officer = person.officer
                return person.officer
        raise SignInError("signin.wrong-pin", left=2, wait=4)

    async def sign_out(self) -> None:
        await self.park()
        self.officer = None

    def today(self) -> date:
        return TODAY

    def read(self, lines: Sequence[str]) -> Reading:
        return read_mrz(lines, today=TODAY)

    def kinds(self) -> tuple[DocumentKind, ...]:
        return DOCUMENTS.keyed

    def key_document(self, kind: DocumentKind, typed: Mapping[str, str]) -> Document | tuple[Problem, ...]:
        return key_document(kind, typed, TODAY, "DEMOENT-3-00000001")

    async def known(self, kind: DocumentKind, typed: Mapping[str, str]) -> tuple[Expected, ...]:
        number = "".join(filter(str.isalnum, typed["number"].upper()))
        return tuple(e for e in self.held if kind.numbered and e.document.key.endswith(f":{number}"))

    def _view(self, crossing: Crossing) -> MergedView:
        return view(*self.against, of=crossing)

    @property
    def keeps_crossing(self) -> bool:
        return self.view is not None and not self._decided

    async def open(self, document: Document, reason: str = "") -> MergedView:
        self._fail()
        self.reasons_stated.append(reason)
        if self.view is not None and not self._decided:
            raise DecisionError("crossing.undecided", name="somebody")
        crossing = Crossing(f"c-{document.key}", Direction.ENTRY, "A", document, self.clock.now, training=True)
        self.view, self._decided = self._view(crossing), False
        return self.view

    async def park(self) -> None:
        if self.view is not None and not self._decided:
            self.aside[self.view.crossing.id] = self.view.crossing
        self.view = None

    async def parked(self) -> tuple[Crossing, ...]:
        return tuple(crossing for id_, crossing in self.aside.items() if id_ not in self.in_cases)

    async def resume(self, crossing_id: str) -> MergedView:
        self.view, self._decided = self._view(self.aside.pop(crossing_id)), False
        return self.view

    async def discard(self, crossing_id: str) -> None:
        del self.aside[crossing_id]

    async def done(self) -> None:
        await self.park()

    async def search(self, words: str) -> tuple[Expected, ...]:
        documents = [read_mrz(zone(), today=TODAY).document]
        return tuple(Expected(d, None) for d in documents if d is not None and words.upper() in d.display_name)

    def painted(self) -> None:
        """Nobody waits for it."""

    async def expecting(self) -> Expecting:
        return Expecting()

    def why_not_green(self) -> tuple[str, ...]:
        return why_not_green(self.view, self.officer) if self.view and self.officer else ("green.nobody",)

    def subjects(self) -> tuple[Subject, ...]:
        return subjects_of(self.view) if self.view else ()

    def reasons(self, verdict: Verdict, subject: Subject) -> tuple[ReasonCode, ...]:
        assert self.officer is not None
        return tuple(r for r in REASONS if r.fits(verdict, subject, self.officer))

    async def clear(self, digest: str) -> Recorded:
        await self.recording.wait()
        self._fail()
        self.cleared.append(digest)
        return self._recorded()

    async def judge(self, subject: Subject, verdict: Verdict, reason: ReasonCode, note: str, digest: str) -> Recorded:
        self._fail()
        self.judged.append((subject, verdict, reason.code, note))
        return self._recorded()

    def _recorded(self) -> Recorded:
        assert self.view is not None
        self._decided = True
        entry = len(self.cleared) + len(self.judged)
        return Recorded(
            entry, self.clock.now, self.view.crossing, self.view.outcome, complete=True, waiting=self._waiting()
        )

    def status(self) -> Status | None:
        return status(waiting=self._waiting()) if self.ready else None

    def _waiting(self) -> int:
        return 3 + len(self.cleared) + len(self.judged)

    async def outbox(self, limit: int = 200) -> tuple[OutboxLine, ...]:
        return ()

    async def close(self) -> None:
        self.closed = True

    def change(self, *sections: Section, worse: bool) -> None:
        """An authority has answered."""
        assert self.view is not None
        self.against = sections
        self.view = replace(self._view(self.view.crossing))
        self.hear(ViewChanged(self.view, worse))


class Counters(Hand):
    """The program, the desk behind it and the hand that types: what a test needs.

    `timing` is the reader's; None is how the program has it where nobody says otherwise.
    """

    def __init__(
        self,
        *,
        catalogue: Catalogue = lambda _language: Words(),
        language: str = "en",
        timing: Mapping[str, float] | None = QUICK,
        **desk: Any,
    ) -> None:
        self.clock = Moment()
        self.desk = self.scripted(**desk)
        self.app = CounterApp(cast("Desk", self.desk), catalogue, language, now=self.clock, timing=timing)

    def scripted(self, **desk: Any) -> ScriptedDesk:
        """The desk behind the program."""
        return ScriptedDesk(self.clock, **desk)

    @classmethod
    @asynccontextmanager
    async def running(cls, size: tuple[int, int] = (80, 24), **more: Any) -> AsyncIterator[Self]:
        """The program at work without a terminal, in so many columns and rows."""
        counter = cls(**more)
        async with counter.app.run_test(size=size) as counter.pilot:
            yield counter

    @property
    def said(self) -> str:
        """What the last line says."""
        return self.app.said.words

    @property
    def screen(self) -> DeskScreen:
        """The desk screen."""
        assert self.app.desk_screen is not None
        return self.app.desk_screen

    async def sign_in(self, pin: str = "1403") -> None:
        """Be at the desk."""
        await self.until(lambda: self.desk.ready, "prepared")
        self.burst(pin + "\r")
        await self.settle()
        await self.until(lambda: self.app.desk_screen is not None and self.app.screen is self.app.desk_screen, "desk")
        await self.until(lambda: self.screen.state().where == "ready")

    async def open(self, **who: str) -> None:
        """A traveller on the screen, painted."""
        await self.swipe(zone(**who))
        await self.until(lambda: self.screen._painted != "", "painted")
