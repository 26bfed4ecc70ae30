"""Degraded mode was left: whoever was cleared in it is run again, sources and lists, within half an hour.

Who that is follows from the journal: decisions bear the declaration under which they were made. What is kept of each is
whether it is done, and who has not answered yet; that is named until they have.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from ..domain.acts import act_id
from ..domain.coding import from_json, to_json
from ..domain.entries import DECISION
from ..domain.joint.reading import decision_act
from ..domain.late import WITHIN
from ..domain.lookups import Lookup
from ..domain.words import Authority, SourceState
from ..errors import CounterError, LinkError, StoreError
from .outbox import LET_IN, decision_of, outcome_of
from .records import moment, stamp

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from datetime import datetime

    from ..domain.acts import Act
    from ..domain.entries import DecisionBody
    from ..domain.screening.model import ListAnswer
    from ..domain.sections import Section
    from .mode import Modes
    from .parts import Parts
    from .records import CachedRecords
    from .sign_in import Session

RERUN: Final = "rerun"
REASON: Final = "post-check"
"""Why the agencies are asked, as a stated reason of a look-up."""


@dataclass(frozen=True, slots=True)
class _Kept:
    """How far one is: whose answer is still missing, and which lists were no newer than then; nothing where done."""

    waits: tuple[Authority, ...]
    lists: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class RerunLine:
    """One who was cleared in the mode. `done`: run again; else what is waited for, nothing where nobody asked yet."""

    crossing: str
    who: str
    sequence: int
    at: datetime
    done: bool
    waits: tuple[Authority, ...] = ()
    lists: tuple[str, ...] = ()


class Rerun:
    """One counter's. All of it runs on the backstage loop."""

    def __init__(
        self,
        parts: Parts,
        records: CachedRecords,
        now: Callable[[], datetime],
        modes: Modes,
        found: Callable[[Act, Sequence[Section], Sequence[ListAnswer]], None],
    ) -> None:
        """`found` is told what sources and lists say now of a decision; it raises what is late."""
        self._parts, self._records, self._now, self._modes, self._found = parts, records, now, modes, found
        self._read_to = 0
        self._marked: dict[int, tuple[DecisionBody, datetime]] = {}

    def lines(self) -> tuple[RerunLine, ...]:
        """Everybody who was cleared under a declaration that no longer stands, the newest first."""
        since = self._modes.ended_from
        if since is None:
            return ()
        standing, named = set(self._modes.state.declared), {}
        for sequence in self._of(max(since, self._now() - WITHIN)):
            body, at = self._marked[sequence]
            ended = body.floor is not None and not standing & set(body.floor.mode)
            if ended and body.crossing.id not in named:
                named[body.crossing.id] = self._line(body, sequence, at)
        return tuple(named.values())

    def forget(self) -> None:
        """Nobody may read any more."""
        self._marked.clear()
        self._read_to = 0

    def _of(self, since: datetime) -> tuple[int, ...]:
        """The sequences of who was cleared in the mode since then, the newest first; each entry is read once."""
        ledger = self._parts.ledger
        for sequence in reversed(ledger.of_kind(DECISION, self._read_to)):
            entry = ledger.find(sequence)
            if entry is None or moment(entry.recorded_at) < since:
                break
            body = decision_of(ledger, sequence)
            if body is not None and body.floor is not None and body.floor.mode and self._released(body):
                self._marked[sequence] = body, moment(entry.recorded_at)
        self._read_to = max(ledger.of_kind(DECISION, self._read_to), default=self._read_to)
        return tuple(sorted((n for n, (_, at) in self._marked.items() if at >= since), reverse=True))

    def _released(self, body: DecisionBody) -> bool:
        """Whether these verdicts let the person go on, by themselves."""
        return outcome_of(body, self._parts.place.post) in LET_IN

    def _line(self, body: DecisionBody, sequence: int, at: datetime) -> RerunLine:
        who, kept = body.crossing.document.display_name, self._kept(body.crossing.id)
        if kept is None:
            return RerunLine(body.crossing.id, who, sequence, at, done=False)
        done = not (kept.waits or kept.lists)
        return RerunLine(body.crossing.id, who, sequence, at, done, kept.waits, kept.lists)

    async def run(self, session: Session) -> None:
        """Ask about everybody who is not done, one after another; who does not answer now is asked the next time."""
        for line in self.lines():
            body = decision_of(self._parts.ledger, line.sequence)
            if not line.done and body is not None:
                await self._run_again(body, line.sequence, session)

    async def _run_again(self, body: DecisionBody, sequence: int, session: Session) -> None:
        sections = await self._ask(body, session)
        answered = {section.authority for section in sections}
        screens = self._parts.screens
        answers = await screens.answers(body.crossing) if screens is not None else ()
        old = tuple(answer.list for answer in answers if not answer.pending and (answer.stale or answer.as_of is None))
        entry = self._parts.ledger.find(sequence)
        assert entry is not None  # its body was just read
        act = decision_act(act_id(self._parts.place.counter.id, sequence), moment(entry.recorded_at), body)
        self._found(act, sections, answers)
        self._keep(body.crossing.id, _Kept(tuple(a for a in Authority if a not in answered), old))

    async def _ask(self, body: DecisionBody, session: Session) -> list[Section]:
        """What the authorities say now, as far as they do."""
        live: list[Section] = []
        try:
            why = Lookup(session.officer.id, REASON)
            async for section in self._parts.link.sections(body.crossing, frozenset(), why):
                if section.source is SourceState.LIVE:
                    live.append(section)
                    self._records.keep_section(body.crossing.document.key, section, self._now())
        except LinkError:
            self._parts.delivery.doubt()
        return live

    def _kept(self, crossing: str) -> _Kept | None:
        record = self._parts.store.find(RERUN, crossing)
        try:
            unreadable = StoreError("store.record-unreadable")
            return from_json(_Kept, record.body, error=unreadable) if record is not None else None
        except CounterError:
            return None

    def _keep(self, crossing: str, kept: _Kept) -> None:
        at = self._now()
        until = stamp(at + WITHIN)
        body = to_json(kept)
        self._parts.store.put(RERUN, crossing, body, as_of=stamp(at), owner="counter", partition="", expires=until)
