"""Border residents at this counter: the allowance of whom is in hand, for who is signed in."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from ..domain.words import Agency, Role
from ..errors import DecisionError
from .allowance import Allowances

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from ..domain.acts import Act
    from ..domain.allowance.standing import Standing
    from ..domain.allowance.terms import Terms
    from ..domain.posts import Officer
    from .acts import Acts
    from .current import Current
    from .parts import Parts
    from .sign_in import Session


class Residents:
    """The ledger over the booth's crossing in hand. Each raises DecisionError for who may not."""

    def __init__(
        self,
        parts: Parts,
        acts: Acts,
        now: Callable[[], datetime],
        here: Callable[[], datetime],
        *,
        signed_in: Callable[[], Session],
        in_hand: Callable[[], Current],
        recorded: Callable[[], None],
    ) -> None:
        """`signed_in` and `in_hand` raise DecisionError where there is none; `here` is the time in the post's zone."""
        self._parts, self._acts, self._now, self._here = parts, acts, now, here
        self._signed_in, self._in_hand, self._recorded = signed_in, in_hand, recorded

    @cached_property
    def _terms(self) -> Terms:
        if self._parts.residents is None:
            raise DecisionError("resident.none")
        return self._parts.residents()

    @cached_property
    def _allowances(self) -> Allowances:
        return Allowances(self._parts, self._acts, self._terms, self._now, self._here)

    def standing(self) -> Standing:
        """How the resident in hand stands. `resident.no-resident` for who is none."""
        self._check()
        return self._allowances.standing(self._in_hand())

    def grants(self) -> tuple[Act, ...]:
        """Their grants of this month, the newest first."""
        self._check()
        return self._allowances.grants(self._in_hand())

    def wanted(self) -> bool:
        """Whether a share is drawn before anybody asks: a resident comes in with goods, and customs is served here."""
        serves = Agency.CUSTOMS in self._signed_in().officer.acts_for
        return serves and self._parts.residents is not None and self._allowances.wanted(self._in_hand())

    async def draw(self) -> None:
        """Draw what is left; where there is no link, nothing happens."""
        self._check()
        current, session = self._in_hand(), self._signed_in()
        self._allowances.leave(session, current.crossing.id)
        await self._allowances.ask(current, session)
        self._recorded()

    def leave(self) -> None:
        """Whoever was in hand is left: what was drawn and not used is given back."""
        if self._parts.residents is not None:
            self._allowances.leave(self._signed_in())

    def grant(self, sen: int) -> int:
        """Grant so many sen from what there is here; the sequence of the last entry."""
        self._check()
        sequence = self._allowances.grant(self._in_hand(), sen, self._signed_in())
        self._recorded()
        return sequence

    def grant_beyond(self, sen: int, reason: str, note: str, confirmer: str, second: str, pin: str) -> int:
        """A supervisor's grant, to be confirmed by `confirmer`; the sequence of its entry."""
        self._check()
        current, session = self._in_hand(), self._signed_in()
        what = sen, reason, note, confirmer
        sequence = self._allowances.grant_beyond(current, *what, session=session, second=second, pin=pin)
        self._recorded()
        return sequence

    def correct(self, act: str, sen: int, reason: str, note: str, second: str, pin: str) -> int:
        """What a grant should have been; the sequence of the entry."""
        self._check()
        current, session = self._in_hand(), self._signed_in()
        sequence = self._allowances.correct(current, act, sen, reason, note, session=session, second=second, pin=pin)
        self._recorded()
        return sequence

    def supervisors(self) -> tuple[Officer, ...]:
        """Who may sign beside who is signed in, so that one of the two supervises; by name."""
        first = self._signed_in().officer
        others = (one for one in self._parts.roster.values() if one.id != first.id and one.role is not Role.TRAINER)
        both = (one for one in others if any(self._supervises(person) for person in (first, one)))
        return tuple(sorted(both, key=lambda one: one.name))

    def confirmers(self) -> tuple[Officer, ...]:
        """Who could confirm a supervisor's grant: supervisors, by name."""
        first = self._signed_in().officer
        able = (one for one in self._parts.roster.values() if self._supervises(one) and one.id != first.id)
        return tuple(sorted(able, key=lambda one: one.name))

    def _supervises(self, officer: Officer) -> bool:
        return officer.role is Role.SUPERVISOR and bool(officer.acts_for & self._terms.grant)

    def _check(self) -> None:
        if not self._signed_in().officer.acts_for & self._terms.grant:
            raise DecisionError("resident.not-yours")
