"""Cases as they are read at a counter: its own and those of other counters, folded anew from what is at hand."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final
from zoneinfo import ZoneInfo

from ..domain.cases.fold import CASE, case_of
from ..domain.cases.next_step import Next, next_step
from ..domain.entries import DECISION, circumstances_then
from ..domain.joint.fold import fold
from ..domain.statements import STATEMENT, answers
from ..domain.whereabouts import CORRECTION, where
from ..domain.words import Outcome, Role

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from datetime import date, datetime

    from ..domain.acts import Act
    from ..domain.cases.case import Case
    from ..domain.cases.rules import CaseRules
    from ..domain.crossings import Crossing
    from ..domain.posts import Officer
    from ..domain.procedures.closing import SignOffState
    from ..domain.statements import Answer, Topic
    from ..domain.whereabouts import Located
    from ..domain.words import Agency
    from .acts import Acts
    from .closing import Closing
    from .parts import Parts
    from .records import CachedRecords, OpenCrossing

PREFIX: Final = "case-"


@dataclass(frozen=True, slots=True)
class CaseLine:
    """A case in the list: as it stands, where its travellers are, and what it waits for, as of `at`."""

    case: Case
    located: tuple[Located, ...]
    next: Next


@dataclass(frozen=True, slots=True)
class CaseSheet:
    """A case in full. `outcomes`: the person's verdict in force, by crossing; `names`: of officers, by their ids.

    `said` is what the travellers said, by topic. `reachable`: who of the duty roster can release a hold.
    """

    case: Case
    located: tuple[Located, ...]
    said: Mapping[Topic, tuple[Answer, ...]]
    outcomes: Mapping[str, Outcome]
    names: Mapping[str, str]
    reachable: frozenset[str]
    next: Next
    rules: CaseRules


class CaseReading:
    """Reads cases. All of it runs on the backstage loop."""

    def __init__(self, parts: Parts, acts: Acts, records: CachedRecords, closing: Closing) -> None:
        """`records` know the threads of other counters, and keep what was worked out as long as somebody may read.

        `closing` knows what is signed.
        """
        self._parts, self._acts, self._kept, self._cases = parts, acts, records.acts, records.cases
        self._closing = closing
        acts.listen(self._changed)
        self._own: dict[str, None] = {}
        self._read_to = 0

    def _changed(self, thread: str) -> None:
        """A word on a case, or on one of its travellers."""
        for case_id in [one.id for one in self._cases.values() if one.id == thread or thread in one.crossings]:
            del self._cases[case_id]

    def threads(self) -> tuple[str, ...]:
        """The ids of all cases that are at hand."""
        own = self._own_threads()
        return tuple(dict.fromkeys((*own, *(t for t in self._kept.threads() if t.startswith(PREFIX)))))

    def _own_threads(self) -> tuple[str, ...]:
        for sequence in self._parts.ledger.of_kind(CASE, self._read_to):
            self._read_to = sequence
            entry = self._parts.ledger.find(sequence)
            if entry is not None:
                self._own[entry.group] = None
        return tuple(self._own)

    def case(self, case_id: str) -> Case:
        """The case as it stands."""
        if case_id not in self._cases:
            case = case_of(self._acts.of(case_id), case_id)
            self._cases[case_id] = replace(case, undone=self._undone(case), unsigned=self._unsigned(case))
        return self._cases[case_id]

    def _unsigned(self, case: Case) -> tuple[SignOffState, ...]:
        """The sign-offs that are missing for its travellers, one for each agency that is to sign."""
        return tuple(one for crossing in case.crossings for one in self._closing.missing(crossing))

    def _undone(self, case: Case) -> bool:
        """Whether the verdict that it followed from was taken back."""
        acts = (act for crossing in case.crossings for act in self._acts.of(crossing))
        return bool(case.entry) and any(act.kind == CORRECTION and act.deed.act == case.entry for act in acts)

    def of_crossing(self, crossing_id: str) -> str:
        """The id of the open case that this crossing belongs to; "" where none does."""
        found = (self.case(case_id) for case_id in self.threads())
        return next((case.id for case in found if case.open and crossing_id in case.crossings), "")

    def outside(self, held: Sequence[OpenCrossing]) -> list[OpenCrossing]:
        """Those undecided crossings that no case has, here or elsewhere, or that wait for a signature.

        A case whose referral was taken back has none. Nothing is waited for: what has not been read yet is not known.
        """
        known = dict.fromkeys((*self._own_threads(), *(t for t in self._kept.noted() if t.startswith(PREFIX))))
        taken = {crossing for case in map(self.case, known) if not case.undone for crossing in case.crossings}
        return [one for one in held if one.signing or one.crossing.id not in taken]

    def lines(self, officer: Officer, now: datetime) -> tuple[CaseLine, ...]:
        """All cases, those that go on first, the most pressing of them first; then the closed ones, the last first."""
        lines = [self._line(case_id, officer, now) for case_id in self.threads()]
        order = {line.case.id: _order(line, officer) for line in lines}
        return tuple(sorted(lines, key=lambda line: order[line.case.id]))

    def _line(self, case_id: str, officer: Officer, now: datetime) -> CaseLine:
        case = self.case(case_id)
        if not case.open:
            return CaseLine(case, (), next_step(case, officer.acts_for, now))
        step = next_step(case, officer.acts_for, now, self.reachable(), self.outcomes(case, now))
        return CaseLine(case, where(self._of_all(case)), step)

    def sheet(self, case_id: str, officer: Officer, now: datetime) -> CaseSheet:
        """One case in full."""
        case = self.case(case_id)
        acts = self._of_all(case)
        reachable, outcomes = self.reachable(), self.outcomes(case, now)
        return CaseSheet(
            case,
            where(acts),
            answers((*acts, *self._before(acts))),
            outcomes,
            {officer.id: officer.name for officer in self._parts.roster.values()},
            reachable,
            next_step(case, officer.acts_for, now, reachable, outcomes),
            self.rules(now),
        )

    def rules(self, now: datetime) -> CaseRules:
        """What the post has agreed on about cases, as of the day at the post."""
        return self._parts.cases().on(self.today(now))

    def today(self, now: datetime) -> date:
        """The day at the post."""
        return now.astimezone(ZoneInfo(self._parts.place.post.zone)).date()

    def _before(self, acts: Iterable[Act]) -> tuple[Act, ...]:
        """What was said when the travellers of these acts came before."""
        documents = {act.deed.crossing.document.key for act in acts if act.kind == DECISION}
        threads = {one.crossing for key in sorted(documents) for one in self._kept.opened(key)}
        return tuple(act for thread in sorted(threads) for act in self._acts.of(thread) if act.kind == STATEMENT)

    def _of_all(self, case: Case) -> tuple[Act, ...]:
        """The acts of the case and of its crossings."""
        return tuple(act for thread in (case.id, *case.crossings) for act in self._acts.of(thread))

    def answers(self, crossing: Crossing) -> Mapping[Topic, tuple[Answer, ...]]:
        """What was said in this crossing, and in those with the same document that were decided, at any counter."""
        before = (one.crossing for one in self._kept.opened(crossing.document.key))
        threads = dict.fromkeys((crossing.id, *before))
        return answers(act for thread in threads for act in self._acts.of(thread))

    def outcomes(self, case: Case, now: datetime) -> Mapping[str, Outcome]:
        """What follows for the travellers of a case, by their crossings."""
        return {crossing: self._outcome(self._acts.of(crossing), now) for crossing in case.crossings}

    def _outcome(self, acts: Sequence[Act], now: datetime) -> Outcome:
        """What follows for the person from what was decided anywhere; PENDING where nothing is known."""
        decided = [act for act in acts if act.kind == DECISION]
        if not decided:
            return Outcome.PENDING
        last = max(decided, key=lambda act: (act.at, act.id))
        who = circumstances_then(last.deed, self._parts.place.post.country)
        return fold(acts, (), who, now).person

    def reachable(self) -> frozenset[str]:
        """Who of the duty roster may release a hold of their own agency: its supervisors."""
        return frozenset(o.id for o in self._parts.roster.values() if o.role is Role.SUPERVISOR)

    def releasers(self, agency: Agency) -> tuple[Officer, ...]:
        """The same for one agency."""
        found = (o for o in self._parts.roster.values() if o.role is Role.SUPERVISOR and o.agency is agency)
        return tuple(sorted(found, key=lambda o: o.name))


def _order(line: CaseLine, officer: Officer) -> tuple[object, ...]:
    case = line.case
    since = case.opened_at.timestamp() if case.opened_at else 0.0
    if not case.open:
        closed = case.closed_at.timestamp() if case.closed_at else 0.0
        return (2, 0, -closed, case.id)
    mine = line.next.agency in officer.acts_for
    steps = ("settle", "raise-hold", "review-hold")
    return (0 if line.next.step in steps else 1, not mine, since, case.id)
