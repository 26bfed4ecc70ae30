"""Secondary cases at one counter: a traveller is referred in one step, and the case goes on while the lane does."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Protocol

from ..domain.acts import act_id
from ..domain.cases.deeds import CaseDeed, Closed, LinkMade, TaskDone
from ..domain.cases.fold import CASE
from ..domain.cases.next_step import undecided
from ..domain.entries import DECISION
from ..domain.outcome import PERSON
from ..domain.statements import STATEMENT
from ..domain.two_persons import SIGNERS
from ..domain.whereabouts import GONE, WHEREABOUTS, Place, Whereabouts, where
from ..domain.words import Role, Verdict
from ..errors import DecisionError
from .cases_opening import crossing_link, first_tasks, opening_of
from .cases_reading import PREFIX, CaseReading
from .news import CaseChanged

if TYPE_CHECKING:
    from collections.abc import Mapping

    from ..domain.acts import Deed
    from ..domain.cases.case import Case
    from ..domain.cases.deeds import Said
    from ..domain.crossings import Crossing
    from ..domain.decisions import ReasonCode
    from ..domain.posts import Officer
    from ..domain.sections import Subject
    from ..domain.statements import Answer, Statement, Topic
    from ..domain.telephone import Challenge
    from ..domain.view import MergedView
    from ..domain.whereabouts import Located
    from .acts import Acts
    from .at_work import AtWork
    from .cases_reading import CaseLine, CaseSheet
    from .closing import Closing
    from .news import Recorded
    from .parts import Parts
    from .records import CachedRecords
    from .seconding import Needed
    from .sign_in import Session
    from .signed_acts import SignedActs
    from .two_persons import By, Way


@dataclass(frozen=True, slots=True)
class Referred:
    """A traveller was referred: the verdict is on disk, the case open, the lane free.

    `moves`: they go to secondary; else they stay where somebody has them already.
    """

    recorded: Recorded
    case: Case
    moves: bool = True


class Lane(Protocol):
    """The booth's lane: who is in hand is judged, left, and taken up again."""

    async def judge(self, subject: Subject, verdict: Verdict, reason: ReasonCode, note: str, digest: str) -> Recorded:
        """Record a verdict on the crossing in hand."""
        ...

    async def resume(self, crossing_id: str) -> MergedView:
        """Take a crossing up again, as it is on disk."""
        ...

    async def done(self) -> None:
        """Leave the crossing in hand."""
        ...


class Cases:
    """Cases. All of it runs on the backstage loop."""

    def __init__(
        self,
        parts: Parts,
        acts: Acts,
        records: CachedRecords,
        work: AtWork,
        *,
        lane: Lane,
        signed: SignedActs,
        closing: Closing,
    ) -> None:
        """A word on a case is news wherever it was said."""
        self._parts, self._acts, self._records, self._now = parts, acts, records, work.now
        self._signed, self._closing = signed, closing
        self._lane, self._signed_in, self._in_hand, self._recorded = lane, work.signed_in, work.in_hand, work.recorded
        self.reading = CaseReading(parts, acts, records, closing)
        acts.listen(lambda thread: work.hear(CaseChanged(thread)))

    # -- opened -------------------------------------------------------------------------------------------------------

    async def refer(self, subject: Subject, reason: ReasonCode, note: str, digest: str) -> Referred:
        """Refer the traveller in hand: verdict, case and whereabouts are recorded together, and the lane is free.

        Raises as `Booth.judge`. A crossing that belongs to an open case already goes back to it.
        """
        session, current = self._signed_in(), self._in_hand()
        view, crossing = current.painted(digest), current.crossing
        try:
            with self._parts.ledger.together():
                recorded = await self._lane.judge(subject, Verdict.REFER, reason, note, digest)
                case_id = self.reading.of_crossing(crossing.id)
                if not case_id:
                    case_id = self._open(view, subject, reason, note, recorded, session)
                verdict = act_id(self._parts.place.counter.id, recorded.sequence)
                if moves := self._at_booth(crossing.id):
                    self._say_where(crossing.id, Whereabouts(PERSON, Place.SECONDARY, because=verdict), session)
                self._records.keep_open(crossing, case=case_id)
        except BaseException:
            await self._lane.resume(crossing.id)  # what was not recorded is to be seen as it is on disk
            raise
        await self._lane.done()
        self._recorded()
        return Referred(recorded, self.reading.case(case_id), moves)

    def _at_booth(self, thread: str) -> bool:
        """Whether nobody said that the traveller is somewhere else at the post, or at a hospital."""
        last = next((one.last.place for one in where(self._acts.of(thread)) if one.subject == PERSON), Place.BOOTH)
        return last is Place.BOOTH or (last in GONE and last is not Place.HOSPITAL)

    def _open(
        self, view: MergedView, subject: Subject, reason: ReasonCode, note: str, recorded: Recorded, session: Session
    ) -> str:
        case_id = PREFIX + self._parts.new_id()
        opening = opening_of(view, subject, reason, note, act_id(self._parts.place.counter.id, recorded.sequence))
        table = opening.agencies | {opening.lead} | session.officer.acts_for
        self._acts.record(CASE, case_id, CaseDeed(opening, table), session)
        for task in first_tasks(view, opening.lead, self.reading.rules(self._now()), self._parts.new_id):
            self._acts.record(CASE, case_id, CaseDeed(task), session)
        return case_id

    # -- read ---------------------------------------------------------------------------------------------------------

    def lines(self) -> tuple[CaseLine, ...]:
        """All cases that are known here, the most pressing first."""
        return self.reading.lines(self._signed_in().officer, self._now())

    def sheet(self, case_id: str) -> CaseSheet:
        """One case in full."""
        return self.reading.sheet(case_id, self._signed_in().officer, self._now())

    # -- said ---------------------------------------------------------------------------------------------------------

    def say(self, case_id: str, said: Said) -> int:
        """Record something of a case that one person says; the entry's sequence. Raises DecisionError why not."""
        self._check(case_id, said)
        return self._told(self._acts.record(CASE, case_id, CaseDeed(said), self._signed_in()).sequence, case_id, said)

    def by_two(self, said: Said) -> tuple[Way, ...]:
        """How a second person may sign this with who is signed in."""
        deed = CaseDeed(said)
        return self._signed.ways(deed, _needed(deed))

    def sign(self, case_id: str, said: Said, by: By) -> int:
        """The same where a second person signs it. Raises SignInError for their PIN."""
        self._check(case_id, said)
        deed = CaseDeed(said)
        return self._told(self._signed.sign(CASE, case_id, deed, _needed(deed), by).sequence, case_id, said)

    def ask(self, case_id: str, said: Said, second: str) -> Challenge:
        """The challenge to read out to a second person (id) who signs it over the telephone."""
        self._check(case_id, said)
        deed = CaseDeed(said)
        return self._signed.ask(CASE, case_id, deed, _needed(deed), second)

    def _check(self, case_id: str, said: Said) -> None:
        """A case is not closed over what is open in it, and nothing but its reopening is said of a closed one."""
        case = self.reading.case(case_id)
        if not case.open and said.event != "reopened":
            raise DecisionError("case.is-closed")
        if isinstance(said, TaskDone):
            self._check_task(case, said)
        if isinstance(said, Closed):
            if case.conflicts:
                raise DecisionError("case.has-conflicts", n=len(case.conflicts))
            if case.open_tasks:
                raise DecisionError("case.has-tasks", n=len(case.open_tasks))
            left = [hold for hold in case.standing_holds if hold.id not in said.holds]
            if left:
                raise DecisionError("case.has-holds", n=len(left))
            if said.holds and not said.to.name:
                raise DecisionError("case.hold-to-nobody")
            if not said.to.name and undecided(self.reading.outcomes(case, self._now())):
                raise DecisionError("case.undecided")
            self._closing.check(case.crossings)
            if any(hold.agency not in self._signed_in().officer.acts_for for hold in case.standing_holds):
                raise DecisionError("case.hold-not-yours")

    def _check_task(self, case: Case, said: TaskDone) -> None:
        """What is on the list of four eyes is not done as if it were not. Raises DecisionError `act.second-needed`."""
        task = next((one for one in case.tasks if one.id == said.task), None)
        rules = self.reading.rules(self._now())
        matter = rules.matter_of(task.code, task.agency) if task is not None else None
        if task is not None and matter is not None and (said.matter, said.agency) != (matter, task.agency):
            raise DecisionError("act.second-needed")

    def why_not_first(self, said: Said) -> str:
        """The code for why who is signed in may not be the first of the two who sign this; "" where they may."""
        matter = CaseDeed(said).matter()
        if matter is None:
            return ""
        rules = self._parts.two_persons().on(self.reading.today(self._now()))
        return rules.why_not_first(matter[0], self._signed_in().officer, matter[1])

    def _told(self, sequence: int, case_id: str, said: Said) -> int:
        if isinstance(said, Closed):
            for crossing in self.reading.case(case_id).crossings:
                self._records.drop_open(crossing)
        self._recorded()
        return sequence

    def link(self, case_id: str) -> int:
        """Put the traveller in hand into a case."""
        current = self._in_hand()
        self._records.keep_open(current.crossing, case=case_id)
        return self.say(case_id, LinkMade(crossing_link(current.crossing)))

    def state_where(self, thread: str, deed: Whereabouts) -> int:
        """Record where somebody or something is; `thread` is their crossing, or a found thing's case."""
        sequence = self._say_where(thread, deed, self._signed_in())
        self._recorded()
        return sequence

    def _say_where(self, thread: str, deed: Deed, session: Session) -> int:
        return self._acts.record(WHEREABOUTS, thread, deed, session).sequence

    def note_answer(self, deed: Statement) -> int:
        """Record what the traveller in hand says, for whom the post's rules say."""
        crossing, session = self._in_hand().crossing, self._signed_in()
        to = self.reading.rules(self._now()).hears(deed.topic, session.officer.acts_for)
        sequence = self._acts.record(STATEMENT, crossing.id, replace(deed, to=to), session).sequence
        self._recorded()
        return sequence

    def answers(self) -> Mapping[Topic, tuple[Answer, ...]]:
        """What the traveller in hand said, here and at other booths, now and when they came before."""
        return self.reading.answers(self._in_hand().crossing)

    def located(self) -> tuple[Located, ...]:
        """Where the traveller in hand, and what is theirs, is known to be."""
        return where(self._acts.of(self._in_hand().crossing.id))

    # -- taken up again -----------------------------------------------------------------------------------------------

    def take_up(self, case_id: str, which: str = "") -> str:
        """The id of a traveller's crossing, kept here so that it can be opened again, whoever referred it.

        `which` is the crossing; "" for the first who waits for a verdict. Raises DecisionError `case.nobody-here`
        where the decision on the traveller has not come to this counter.
        """
        case = self.reading.case(case_id)
        outcomes = self.reading.outcomes(case, self._now())
        wanted = (which,) if which else (*undecided(outcomes), *case.crossings)
        held = {one.id for one in self._records.open_crossings()}
        for crossing_id in wanted:
            crossing = None if crossing_id in held else self._crossing(crossing_id)
            if crossing is not None:
                self._records.keep_open(crossing, case=case_id)
            if crossing is not None or crossing_id in held:
                return crossing_id
        raise DecisionError("case.nobody-here")

    def _crossing(self, crossing_id: str) -> Crossing | None:
        """The crossing as it was decided last, at any counter."""
        decided = [act for act in self._acts.of(crossing_id) if act.kind == DECISION]
        return decided[-1].deed.crossing if decided else None

    def officers(self, but: str) -> tuple[Officer, ...]:
        """Who is on the duty roster and may sign, but for this one: supervisors first."""
        found = (o for o in self._parts.roster.values() if o.id != but and o.role in SIGNERS)
        return tuple(sorted(found, key=lambda o: (o.role is not Role.SUPERVISOR, o.name)))


def _needed(deed: CaseDeed) -> Needed:
    """What of the list of four eyes it is; nothing for what is signed because it goes from hand to hand."""
    matter = deed.matter()
    return (matter,) if matter is not None else ()
