"""Until when whom is in hand is admitted, under which stamp and on which page: worked out, and recorded."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from ..domain.papers.deeds import ADMISSION, AdmissionDeed, find_admission
from ..domain.stay import Stay, permitted_stay
from ..errors import DecisionError
from .records import moment

if TYPE_CHECKING:
    from datetime import date, datetime

    from ..domain.acts import Act
    from .acts import Acts
    from .at_work import AtWork
    from .paper_ports import PaperParts
    from .parts import Parts


@dataclass(frozen=True, slots=True)
class Admitted:
    """Until when somebody was admitted: the entry that says so."""

    sequence: int
    at: datetime
    until: date


def bound(parts: Parts) -> PaperParts:
    """What papers need of this machine. Raises ConfigError; DecisionError `paper.off` where nothing is bound."""
    if parts.papers is None:
        raise DecisionError("paper.off")
    return parts.papers()


class Admissions:
    """All of it runs on the backstage loop."""

    def __init__(
        self,
        parts: Parts,
        acts: Acts,
        work: AtWork,
    ) -> None:
        """Over the parts of the booth."""
        self._parts, self._acts = parts, acts
        self._signed_in, self._in_hand, self._recorded = work.signed_in, work.in_hand, work.recorded

    def find(self, crossing: str) -> Act | None:
        """What was recorded last of a crossing."""
        return find_admission(self._acts.of(crossing))

    def stay(self) -> Stay | str:
        """Until when whom is in hand may stay, or the code for why nothing is said; what was recorded comes first."""
        current = self._in_hand()
        admitted, book, view = self.find(current.crossing.id), self._parts.rules().book, current.view()
        kinds = book.presented.documents if book.presented is not None else None
        found = permitted_stay(view, kinds, bound(self._parts).rules.stay, view.outcome)
        if admitted is None or isinstance(found, str):
            return found
        deed = admitted.deed
        return replace(
            found, until=deed.until, rule=deed.rule, legal_basis=deed.legal_basis, stamp=deed.stamp, page=deed.page
        )

    def admit(self, stamp: str, page: str, until: date | None = None) -> Admitted:
        """Record the stamp, its page, and the last day (typed only where no rule gives it).

        Raises DecisionError: a code of `stay`, `paper.not-decided`, `paper.until-needed`, `paper.until-past`.
        """
        session, current = self._signed_in(), self._in_hand()
        stay = self.stay()
        if isinstance(stay, str):
            raise DecisionError(f"paper.{stay}")
        if not current.decided:
            raise DecisionError("paper.not-decided")
        day = stay.until or until
        if day is None:
            raise DecisionError("paper.until-needed")
        if day < current.crossing.opened_at.date():
            raise DecisionError("paper.until-past")
        deed = AdmissionDeed(day, stay.rule, stay.legal_basis, stamp.strip(), page.strip())
        entry = self._acts.record(ADMISSION, current.crossing.id, deed, session)
        self._recorded()
        return Admitted(entry.sequence, moment(entry.recorded_at), day)
