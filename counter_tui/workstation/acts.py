"""Acts at one counter: recorded in its journal, and read together with what other counters recorded."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from ..domain.acts import ActBody, ActStatement, Means, Second, act_id, write_act
from ..domain.joint.history import History
from ..domain.joint.passages import Opened, beside, said_apart, to_take_up
from ..domain.joint.reading import ACTS, read_any
from ..errors import CounterError, DecisionError
from .records import stamp
from .two_persons import countersign, find_person, get_second

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from ..domain.acts import Act, Deed
    from ..domain.crossings import Crossing
    from ..domain.words import Direction
    from .kept_acts import KeptActs
    from .parts import Parts
    from .ports import JournalEntry
    from .sign_in import Session


class Acts:
    """All of it runs on the backstage loop."""

    def __init__(self, parts: Parts, kept: KeptActs, now: Callable[[], datetime]) -> None:
        """`kept` are the acts of other counters; `now` as the booth has it."""
        self._parts, self._kept, self._now = parts, kept, now
        self._hears: list[Callable[[str], None]] = []

    def of(self, thread: str) -> tuple[Act, ...]:
        """The acts of a thread that are at hand: own, and what other counters sent."""
        return (*self._own(thread), *self._kept.of(thread))

    def beside(self, crossing: Crossing) -> tuple[Act, ...]:
        """What was recorded of the same passage under another crossing, apart from what was decided on this one."""
        own = Opened(crossing.id, crossing.direction, crossing.opened_at)
        threads = beside(self._kept.opened(crossing.document.key), own)
        return (
            said_apart(self.of(crossing.id), (act for thread in threads for act in self.of(thread))) if threads else ()
        )

    def known_of(self, crossing: Crossing) -> tuple[str, ...]:
        """The heads of all that is at hand of this traveller's passage: what a decision on it names."""
        threads = [
            one.crossing
            for one in to_take_up(self._kept.opened(crossing.document.key), crossing.direction, self._now())
        ]
        return History([act for thread in {crossing.id, *threads} for act in self.of(thread)]).heads

    def unsettled(self, document_key: str, direction: Direction) -> str:
        """The crossing of this document's holder that was decided last and not let go; "" where there is none."""
        from ..domain.joint.fold import fold
        from ..domain.outcome import Circumstances

        for one in to_take_up(self._kept.opened(document_key), direction, self._now()):
            state = fold(self.of(one.crossing), (), Circumstances(direction), self._now())
            return "" if state.released else one.crossing
        return ""

    def earlier(self, crossing: Crossing) -> tuple[Act, ...]:
        """The acts of this document's other crossings that are at hand."""
        others = {one.crossing for one in self._kept.opened(crossing.document.key)} - {crossing.id}
        return tuple(act for thread in sorted(others) for act in self.of(thread))

    def note(self, crossing: Crossing) -> None:
        """A crossing was decided here: it is found by its document from now on."""
        self._kept.note(crossing)

    def heads(self, thread: str) -> tuple[str, ...]:
        """The acts of a thread that no other one knew of: what the next one names."""
        return History(self.of(thread)).heads

    def _own(self, thread: str) -> list[Act]:
        ledger, counter = self._parts.ledger, self._parts.place.counter.id
        found = []
        for sequence in ledger.of_group(thread):
            entry = ledger.find(sequence)
            if entry is None or entry.body is None or entry.kind not in ACTS:
                continue
            try:
                found.append(read_any(entry.kind, act_id(counter, sequence), entry.body, entry.recorded_at))
            except CounterError:
                continue
        return found

    # -- recording --------------------------------------------------------------------------------------------------

    def record(
        self, kind: str, thread: str, deed: Deed, session: Session, second: Second | None = None
    ) -> JournalEntry:
        """Record an act; on disk when this returns. Raises DecisionError with the code of why these may not."""
        body = self._body(thread, deed, session)
        return self._append(kind, thread, body, session, second)

    def sign(self, kind: str, thread: str, deed: Deed, session: Session, second: str, pin: str) -> JournalEntry:
        """Record an act that a second person (id of an officer) signs beside the first, with their PIN.

        Raises as `signed`. Not within a step of the ledger that may come to nothing: a try at a PIN counts.
        """
        statement, signed = self.signed(kind, thread, deed, session, second, pin)
        return self.record_statement(statement, session, signed)

    def signed(
        self, kind: str, thread: str, deed: Deed, session: Session, second: str, pin: str
    ) -> tuple[ActStatement, Second]:
        """What a second person (id of an officer) signs beside the first, and their signature: to be recorded.

        Raises as `record`; SignInError for the second person and the PIN, which is asked last.
        """
        body = self._body(thread, deed, session)
        other = get_second(self._parts, second)
        self.check(deed, session, other.id)
        statement = ActStatement(kind, body, other.id)
        certificate, signature = countersign(self._parts, statement, pin)
        return statement, Second(other.id, Means.BESIDE, certificate, signature)

    def statement(
        self, kind: str, thread: str, deed: Deed, session: Session, second: str, means: Means
    ) -> ActStatement:
        """What a second person elsewhere would sign, as of now. It is recorded with `record_statement`."""
        return ActStatement(kind, self._body(thread, deed, session), second, means)

    def record_statement(self, statement: ActStatement, session: Session, second: Second) -> JournalEntry:
        """Record what was stated, with what the second person elsewhere gave for it. Raises as `record`."""
        body: ActBody[Any] = statement.body
        return self._append(statement.kind, body.thread, body, session, second)

    def _body(self, thread: str, deed: Deed, session: Session) -> ActBody[Any]:
        return ActBody(
            thread=thread,
            counter=self._parts.place.counter.id,
            officer=session.officer.id,
            at=stamp(self._now()),
            deed=deed,
            after=self.heads(thread),
            training=self._parts.place.demo,
        )

    def check(self, deed: Deed, session: Session, second: str) -> None:
        """Raises DecisionError with the code of why this person and a second one (id; "" for none) may not."""
        why = deed.why_not(session.officer, find_person(self._parts, second) if second else None)
        if why:
            raise DecisionError(why)

    def _append(
        self, kind: str, thread: str, body: ActBody[Any], session: Session, second: Second | None
    ) -> JournalEntry:
        self.check(body.deed, session, second.officer if second else "")
        raw = write_act(replace(body, second=second))
        entry = self._parts.ledger.append(kind, thread, raw, signer=session.key)
        self._parts.delivery.nudge()
        self._tell(thread)
        return entry

    # -- news -------------------------------------------------------------------------------------------------------

    def listen(self, hear: Callable[[str], None]) -> None:
        """Call `hear` with a thread when an act of it was recorded, here or at another counter."""
        self._hears.append(hear)

    def take_fed(self) -> None:
        """The feed brought something: tell of what threads."""
        for thread in self._kept.news():
            self._tell(thread)

    def _tell(self, thread: str) -> None:
        for hear in self._hears:
            hear(thread)
