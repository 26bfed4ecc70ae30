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
from .two_persons import countersign, get_second

if TYPE_CHECKING:
    from collections.abc import Callable

    from ..domain.decisions import Decision, ReasonCode
    from ..domain.entries import DecisionBody
    from ..domain.matters import SoloEnding
    from ..domain.sections import Subject
    from ..domain.telephone import Challenge
    from ..domain.words import Verdict
    from .current import Current
    from .news import Recorded
    from .overriding import Overriding
    from .parts import Parts
    from .seconding import Needed, Seconding, Way
    from .sign_in import Session

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
        signed_in: Callable[[], Session],
        in_hand: Callable[[], Current],
        record: Record,
        state: Callable[[Decision], DecisionBody],
        recorded: Callable[[], None],
    ) -> None:
        """`record` records a decision; `state` is what its entry would say now; `recorded` is told of other entries."""
        self._parts, self.seconding, self._signed_in, self._in_hand = parts, seconding, signed_in, in_hand
        self.overriding = overriding
        self._record, self._state, self.recorded = record, state, recorded
        self._asked: tuple[Verdicted, Decision, DecisionStatement] | None = None

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

    def beside(self, said: Verdicted, second: str, pin: str) -> Recorded:
        """Record it with a second person (id) who signs here. SignInError for the PIN, which is asked last."""
        decision = self._decide(said)
        self._check(decision, second, Means.BESIDE)
        get_second(self._parts, second)

        def sign(body: DecisionBody) -> Second:
            statement = DecisionStatement(self._counter, body, second)
            certificate, signature = countersign(self._parts, statement, pin)
            return Second(second, Means.BESIDE, certificate, signature)

        return self._record(decision, self._signed_in(), sign)

    def elsewhere(self, said: Verdicted, second: str) -> Recorded:
        """Record it, to be confirmed by a second person (id) at their own counter."""
        decision = self._decide(said)
        self._check(decision, second, Means.OWN_COUNTER)
        return self._record(decision, self._signed_in(), lambda _body: Second(second, Means.OWN_COUNTER))

    def ask(self, said: Verdicted, second: str) -> Challenge:
        """The challenge that a second person (id) answers over the telephone."""
        decision = self._decide(said)
        self._check(decision, second, Means.TELEPHONE)
        matter = matters_in(decision.judgements, decision.view)[0][0]
        statement = DecisionStatement(self._counter, self._state(decision), second, Means.TELEPHONE)
        challenge = self.seconding.ask(matter, statement)
        self._asked = said, decision, statement
        return challenge

    def answered(self, digits: str) -> Recorded:
        """Record what was asked over the telephone, with the eight digits that came back.

        Raises DecisionError as `Seconding.take`; `decision.view-changed` where it would say something else by now.
        """
        if self._asked is None:
            raise DecisionError("telephone.none")
        said, decision, statement = self._asked
        self._decide(said)
        if self._state(decision) != statement.body:
            raise DecisionError("decision.view-changed")
        second = self.seconding.take(digits, statement)
        self._asked = None
        return self._record(decision, self._signed_in(), lambda _body: second)

    @property
    def _counter(self) -> str:
        return self._parts.place.counter.id

    def _check(self, decision: Decision, second: str, means: Means) -> None:
        """Raises DecisionError why these two may not; `two.not-needed` where one person says it."""
        needed = matters_in(decision.judgements, decision.view)
        if not needed:
            raise DecisionError("two.not-needed")
        why = self.seconding.why_not(needed, second, means)
        if why:
            raise DecisionError(why)
