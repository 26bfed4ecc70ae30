"""Overrides: a supervisor sets one automatic result aside, with a second person of the agency whose rule it is.

The second signs beside the first, over the telephone, or is named to confirm it later: then it stands until a deadline,
and falls unless they say that it holds. Every override ends by itself.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, Final

from ..domain.acts import Means
from ..domain.joint.deeds import Override
from ..domain.overriding import Proposed, owner_of, why_not_override
from ..domain.two_persons import Matter
from ..domain.words import Verdict
from ..errors import DecisionError
from .records import stamp
from .two_persons import find_person

if TYPE_CHECKING:
    from collections.abc import Callable

    from ..domain.acts import ActStatement
    from ..domain.overriding import OverrideReason, OverrideRules
    from ..domain.sections import Contribution
    from ..domain.telephone import Challenge
    from .acts import Acts
    from .at_work import AtWork
    from .parts import Parts
    from .seconding import Needed, Seconding
    from .two_persons import By, Way

KIND: Final = "override"


@dataclass(frozen=True, slots=True)
class Overridable:
    """One result that holds a traveller back: for how many hours it may be set aside, or the code for why not."""

    contribution: Contribution
    hours: int
    why_not: str


@dataclass(frozen=True, slots=True)
class Chosen:
    """What is to be set aside (the result's id), why, in which words, and for how many hours."""

    rule: str
    reason: str
    note: str
    hours: int


class Overriding:
    """Over the booth's crossing in hand."""

    def __init__(self, parts: Parts, seconding: Seconding, acts: Callable[[], Acts], work: AtWork) -> None:
        """`acts` are loaded when something is overridden."""
        self._parts, self._seconding, self._acts, self._now = parts, seconding, acts, work.now
        self._signed_in, self._in_hand, self._recorded = work.signed_in, work.in_hand, work.recorded

    def _rules(self) -> OverrideRules:
        return self._parts.overriding().on(self._now().date())

    def reasons(self) -> tuple[OverrideReason, ...]:
        """The reasons that an override gives."""
        return self._rules().reasons

    def offered(self) -> tuple[Overridable, ...]:
        """What holds the traveller in hand back by rule, each with why it may not be set aside.

        What may comes first, the strictest before the others.
        """
        view, rules = self._in_hand().view(), self._rules()
        why_person = rules.why_not_person(self._signed_in().officer)
        held = [
            c
            for s in view.sections
            for c in s.contributions
            if c.verdict > Verdict.CLEAR_COND and c.id not in view.joint.overridden
        ]
        found = []
        for one in sorted(held, key=lambda c: (-c.verdict, c.id)):
            row = rules.row(one)
            why = rules.why_not_rule(one, view.standing) or why_person
            found.append(Overridable(one, row.hours if row is not None else 0, why))
        return tuple(sorted(found, key=lambda one: bool(one.why_not)))

    def ways(self, rule: str) -> tuple[Way, ...]:
        """How a second person of the owning agency may sign this."""
        return self._seconding.ways([(Matter.OVERRIDE, owner_of(self._find(rule)))])

    def _find(self, rule: str) -> Contribution:
        view = self._in_hand().view()
        found = (c for s in view.sections for c in s.contributions if c.id == rule)
        one = next(found, None)
        if one is None or rule in view.joint.overridden:
            raise DecisionError("override.changed")
        return one

    def _deed(self, chosen: Chosen, *, second: str, confirmer: str = "") -> Override:
        """What is recorded. Raises DecisionError with the code of why it may not be."""
        contribution, rules = self._find(chosen.rule), self._rules()
        asked = Proposed(
            self._signed_in().officer,
            chosen.reason,
            chosen.note,
            chosen.hours,
            find_person(self._parts, second) if second else None,
            find_person(self._parts, confirmer) if confirmer else None,
        )
        standing = self._in_hand().view().standing
        why = why_not_override(contribution, asked, rules, self._seconding.rules(), standing)
        if why:
            raise DecisionError(why)
        row = rules.row(contribution)
        assert row is not None, "why_not_override says so"
        now = self._now()
        return Override(
            rule=contribution.id,
            authority=contribution.authority,
            subject=contribution.subject,
            action=contribution.action,
            reason=chosen.reason,
            note=chosen.note.strip(),
            until=stamp(now + timedelta(hours=chosen.hours)),
            confirmer=confirmer,
            confirm_by=stamp(now + timedelta(hours=row.confirm_hours)) if confirmer else "",
        )

    @property
    def _thread(self) -> str:
        return self._in_hand().crossing.id

    # -- signed -----------------------------------------------------------------------------------------------------

    def sign(self, chosen: Chosen, by: By) -> int:
        """Record it as a second person signs it, or is named to confirm it in time; the entry's sequence.

        Over the telephone it is recorded as it was asked. Raises DecisionError why not, and as `Seconding.sign`.
        """
        session = self._signed_in()
        if by.means is Means.OWN_COUNTER:
            deed = self._deed(chosen, second="", confirmer=by.officer)
            entry = self._acts().record(KIND, self._thread, deed, session)
        else:
            deed = self._deed(chosen, second=by.officer)
            self._seconding.check(self._needed(chosen), by.officer, by.means)
            statement = self._asked(chosen) if by.means is Means.TELEPHONE else self._statement(deed, by.officer)
            second = self._seconding.sign(statement, by)
            entry = self._acts().record_statement(statement, session, second)
        self._recorded()
        return entry.sequence

    def ask(self, chosen: Chosen, second: str) -> Challenge:
        """The challenge that a second person (id) answers over the telephone."""
        deed = self._deed(chosen, second=second)
        self._seconding.check(self._needed(chosen), second, Means.TELEPHONE)
        statement = self._statement(deed, second, Means.TELEPHONE)
        return self._seconding.ask(Matter.OVERRIDE, statement, (self._thread, chosen))

    def _asked(self, chosen: Chosen) -> ActStatement:
        """As it was read out: it has its times in it."""
        asked: ActStatement = self._seconding.asked_about((self._thread, chosen))
        return asked

    def _statement(self, deed: Override, second: str, means: Means = Means.BESIDE) -> ActStatement:
        return self._acts().statement(KIND, self._thread, deed, self._signed_in(), second, means)

    def _needed(self, chosen: Chosen) -> Needed:
        return [(Matter.OVERRIDE, owner_of(self._find(chosen.rule)))]
