"""Border residents at this counter: the allowance of whom is in hand, for who is signed in."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, Final

from ..domain.acts import Means
from ..domain.allowance.deeds import ALLOWANCE
from ..domain.two_persons import Matter
from ..domain.words import Agency, Role
from ..errors import DecisionError
from .allowance import Allowances
from .two_persons import Way

if TYPE_CHECKING:
    from ..domain.acts import Act
    from ..domain.allowance.deeds import AllowanceDeed
    from ..domain.allowance.standing import Standing
    from ..domain.allowance.terms import Terms
    from ..domain.posts import Officer
    from ..domain.telephone import Challenge
    from .acts import Acts
    from .allowance import Said
    from .at_work import AtWork
    from .parts import Parts
    from .ports import JournalEntry
    from .seconding import Needed
    from .signed_acts import SignedActs
    from .two_persons import By

_NEEDED: Final[Needed] = ((Matter.QUOTA_CORRECTION, Agency.CUSTOMS),)
_NOT_LATER: Final = "two.not-own-counter"


class Residents:
    """The ledger over the booth's crossing in hand. Each raises DecisionError for who may not."""

    def __init__(
        self,
        parts: Parts,
        acts: Acts,
        signed: SignedActs,
        work: AtWork,
    ) -> None:
        """`signed` are acts that two people sign."""
        self._parts, self._acts, self._signed, self._now, self._here = parts, acts, signed, work.now, work.here
        self._signed_in, self._in_hand, self._recorded = work.signed_in, work.in_hand, work.recorded

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

    def grant_beyond(self, sen: int, reason: str, note: str, confirmer: str, by: By | None) -> int:
        """A supervisor's grant, to be confirmed by `confirmer`; the sequence of its entry.

        Who is no supervisor has one sign it. Raises as `SignedActs.sign`.
        """
        if by is not None and by.means is Means.OWN_COUNTER:
            raise DecisionError(_NOT_LATER)
        about = (sen, reason, note, confirmer)
        said = self._beyond(*about, by.officer if by is not None else "")
        return self._say(said, by, about)

    def _beyond(self, sen: int, reason: str, note: str, confirmer: str, second: str) -> Said:
        self._check()
        signers = {self._signed_in().officer.id, second} - {""}
        return self._allowances.beyond(self._in_hand(), sen, reason, note, confirmer, signers)

    def ask_beyond(self, sen: int, reason: str, note: str, confirmer: str, second: str) -> Challenge:
        """The challenge to read out to a supervisor (id) who signs it over the telephone."""
        about = (sen, reason, note, confirmer)
        resident, deed = self._beyond(*about, second)
        return self._signed.ask(ALLOWANCE, resident.thread, deed, _NEEDED, second, about)

    def correct(self, act: str, sen: int, reason: str, note: str, by: By | None) -> int:
        """What a grant should have been; the sequence of the entry. Raises as `SignedActs.sign`."""
        self._check()
        return self._say(self._allowances.correction(self._in_hand(), act, sen, reason, note), by)

    def ask_correct(self, act: str, sen: int, reason: str, note: str, second: str) -> Challenge:
        """The challenge to read out to a second person (id) who signs it over the telephone."""
        self._check()
        resident, deed = self._allowances.correction(self._in_hand(), act, sen, reason, note)
        return self._signed.ask(ALLOWANCE, resident.thread, deed, _NEEDED, second)

    def _say(self, said: Said, by: By | None, about: object = None) -> int:
        def sign(thread: str, deed: AllowanceDeed) -> JournalEntry:
            assert by is not None
            return self._signed.sign(ALLOWANCE, thread, deed, _NEEDED, by, about)

        sequence = self._allowances.say(said, self._signed_in(), sign if by is not None else None)
        self._recorded()
        return sequence

    def ways(self, *, later: bool) -> tuple[Way, ...]:
        """How a second person may sign with who is signed in, so that one of the two supervises.

        `later`: also at their own counter; a grant is a supervisor's from the first.
        """
        ways = self._signed.ways_of(_NEEDED, self._one_supervises)
        return tuple(
            way if later or way.means is not Means.OWN_COUNTER else Way(way.means, why_not=_NOT_LATER) for way in ways
        )

    def _one_supervises(self, other: Officer) -> bool:
        return any(self._supervises(person) for person in (self._signed_in().officer, other))

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
