"""Verdicts, and those that take two people: refusing entry, releasing a hold, keeping a document.

The second signs beside the first with their PIN, or answers over the telephone what is then recorded as it was asked,
or is asked to confirm it at their own counter. Nothing is recorded of a verdict that takes two as long as only one has
given it.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from ..domain.acts import Means, Second
from ..domain.countersigned import DecisionStatement
from ..domain.decisions import clear_green, judge
from ..domain.two_persons import matters_in
from ..errors import DecisionError

if TYPE_CHECKING:
    from collections.abc import Callable

    from ..domain.decisions import Decision, ReasonCode
    from ..domain.entries import DecisionBody
    from ..domain.matters import SoloEnding
    from ..domain.sections import Subject
    from ..domain.telephone import Challenge
    from ..domain.words import Verdict
    from .at_work import AtWork
    from .news import Recorded
    from .overriding import Overriding
    from .parts import Parts
    from .seconding import Needed, Seconding
    from .sign_in import Session
    from .two_persons import By, Way

    Countersign = Callable[[DecisionBody], Second]
    Record = Callable[[Decision, Session, Countersign | None], Recorded]


@dataclass(frozen=True, slots=True)
class Verdicted:
    """A verdict as it was chosen: on what, why, in which words, on the view painted with this digest."""

    subject: Subject
    verdict: Verdict
    reason: ReasonCode
    note: str
    digest: str


@dataclass(frozen=True, slots=True)
class ByTwo:
    """What a verdict takes beyond one person: the matters, how a second may sign, and how one alone ends it."""

    needed: Needed
    ways: tuple[Way, ...]
    solo: SoloEnding


class Judging:
    """Over the booth's crossing in hand."""

    def __init__(
        self,
        parts: Parts,
        seconding: Seconding,
        overriding: Overriding,
        work: AtWork,
        record: Record,
        state: Callable[[Decision], DecisionBody],
    ) -> None:
        """`record` records a decision; `state` is what its entry would say now."""
        self._parts, self.seconding, self._signed_in, self._in_hand = parts, seconding, work.signed_in, work.in_hand
        self.overriding = overriding
        self._record, self._state, self.recorded = record, state, work.recorded
        self._called: Decision | None = None
        """What waits for an answer over the telephone."""

    def clear(self, digest: str) -> Recorded:
        """The one key, on the view painted with this digest."""
        session = self._signed_in()
        return self._record(clear_green(self._in_hand().painted(digest), session.officer), session, None)

    def judge(self, subject: Subject, verdict: Verdict, reason: ReasonCode, note: str, digest: str) -> Recorded:
        """As `alone`."""
        return self.alone(Verdicted(subject, verdict, reason, note, digest))

    def _decide(self, said: Verdicted) -> Decision:
        """Raises as `domain.decisions.judge` and `Current.painted`."""
        view = self._in_hand().painted(said.digest)
        return judge(view, self._signed_in().officer, said.subject, said.verdict, said.reason, said.note)

    def by_two(self, said: Verdicted) -> ByTwo | None:
        """What this verdict takes beyond who is signed in; None where one person gives it. Raises as `alone`."""
        decision = self._decide(said)
        needed = matters_in(decision.judgements, decision.view)
        if not needed:
            return None
        solo = self.seconding.rules().solo_ending(needed[0][0], decision.view.circumstances)
        return ByTwo(needed, self.seconding.ways(needed), solo)

    def alone(self, said: Verdicted) -> Recorded:
        """Record what one person may say. Raises DecisionError `act.second-needed` where it takes two."""
        decision = self._decide(said)
        if matters_in(decision.judgements, decision.view):
            raise DecisionError("act.second-needed")
        return self._record(decision, self._signed_in(), None)

    def sign(self, said: Verdicted, by: By) -> Recorded:
        """Record it as a second person signs it: their PIN, or the digits they read back, are looked at last.

        Over the telephone it is recorded as it was asked. Raises DecisionError why these two may not,
        `decision.view-changed` where it would say something else by now, and as `Seconding.sign`.
        """
        decision = self._decide(said)
        self._needed(decision, by.officer, by.means)
        if by.means is Means.TELEPHONE:
            decision = self._as_asked(said)

        def sign(body: DecisionBody) -> Second:
            return self.seconding.sign(DecisionStatement(self._counter, body, by.officer, by.means), by)

        return self._record(decision, self._signed_in(), sign)

    def _as_asked(self, said: Verdicted) -> Decision:
        """As it was read out, at its own time; nothing was recorded since, and nothing worse is known."""
        statement: DecisionStatement = self.seconding.asked_about(said)
        decision = self._called
        if decision is None or statement.body != self._state(decision):
            raise DecisionError("decision.view-changed")
        return decision

    def ask(self, said: Verdicted, second: str) -> Challenge:
        """The challenge that a second person (id) answers over the telephone."""
        decision = self._decide(said)
        needed = self._needed(decision, second, Means.TELEPHONE)
        statement = DecisionStatement(self._counter, self._state(decision), second, Means.TELEPHONE)
        challenge = self.seconding.ask(needed[0][0], statement, said)
        self._called = decision
        return challenge

    @property
    def _counter(self) -> str:
        return self._parts.place.counter.id

    def _needed(self, decision: Decision, second: str, means: Means) -> Needed:
        """What of it takes two. Raises DecisionError why these two may not; `two.not-needed` where one says it."""
        needed = matters_in(decision.judgements, decision.view)
        if not needed:
            raise DecisionError("two.not-needed")
        self.seconding.check(needed, second, means)
        return needed
