"""Sign-offs at this counter: who signs when a procedure is closed, and that nothing is closed before they have.

A crossing that was decided while sign-offs are missing stays kept here, and leaves with the last of them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..domain.entries import DECISION, circumstances_then
from ..domain.joint.fold import fold
from ..domain.procedures.closing import SIGN_OFF, SignOffState, missing, sign_offs
from ..domain.procedures.progress import confirmed
from ..errors import DecisionError

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from datetime import datetime

    from ..domain.acts import Act
    from ..domain.posts import Officer
    from ..domain.procedures.progress import Progress
    from ..domain.view import MergedView
    from .acts import Acts
    from .parts import Parts
    from .records import CachedRecords
    from .sign_in import Session


class Closing:
    """All of it runs on the backstage loop."""

    def __init__(self, parts: Parts, acts: Acts, records: CachedRecords, now: Callable[[], datetime]) -> None:
        """`records` keep the crossings that wait for a signature."""
        self._parts, self._acts, self._records, self._now = parts, acts, records, now
        acts.listen(self.settle)

    # -- of the traveller in hand -----------------------------------------------------------------------------------

    def of(self, view: MergedView, found: Progress) -> tuple[SignOffState, ...]:
        """The sign-offs that the procedures of this view ask for, `found` being how far its steps are."""
        acts, void = self._acts.of(view.crossing.id), frozenset(view.joint.corrected)
        return sign_offs(found, acts, void, confirmed(acts, void))

    def seconds(self, one: SignOffState, first: Officer) -> tuple[Officer, ...]:
        """Who of the post may sign it beside this person."""
        return tuple(o for o in self._parts.roster.values() if not one.deed(first, o).why_not(first, o))

    def sign(self, crossing: str, one: SignOffState, session: Session, second: str = "", pin: str = "") -> int:
        """Record the signature of who is signed in, and of a second person (id) beside them; its sequence.

        Raises DecisionError `plan.sign-open`, `plan.sign-given`, why these may not; SignInError for the PIN.
        """
        if one.open:
            raise DecisionError("plan.sign-open", whose=one.agency.value, n=one.open)
        other = self._parts.roster.get(second) if second else None
        deed = one.deed(session.officer, other)
        if one.given or (other is None and session.officer.id in one.by):
            raise DecisionError("plan.sign-given", whose=one.agency.value)
        if second:
            sequence = self._acts.sign(SIGN_OFF, crossing, deed, session, second, pin).sequence
        else:
            sequence = self._acts.record(SIGN_OFF, crossing, deed, session).sequence
        self.settle(crossing)
        return sequence

    # -- of any crossing --------------------------------------------------------------------------------------------

    def missing(self, crossing: str) -> tuple[SignOffState, ...]:
        """What is missing before this crossing may be closed, by what was recorded of it anywhere."""
        return self.missing_of(self._acts.of(crossing))

    def missing_of(self, acts: Sequence[Act]) -> tuple[SignOffState, ...]:
        """The same of these acts."""
        decided = [act for act in acts if act.kind == DECISION]
        if not any(act.deed.procedures for act in decided):
            return ()
        book = self._parts.rules().book
        last = max(decided, key=lambda act: (act.at, act.id))
        who = circumstances_then(last.deed, self._parts.place.post.country)
        return missing(book.procedures, acts, fold(acts, (), who, self._now(), book.law))

    def check(self, crossings: Sequence[str]) -> None:
        """Raises DecisionError `case.not-signed` for the first sign-off that is missing of these."""
        for one in (one for crossing in crossings for one in self.missing(crossing)):
            code = "case.not-signed-two" if one.persons > 1 else "case.not-signed"
            raise DecisionError(code, whose=one.agency.value, role=one.role.value, n=one.persons - len(one.by))

    def drop(self, crossing: str) -> None:
        """Let an undecided crossing go, on purpose. Raises DecisionError `plan.not-closed`."""
        if self.missing(crossing):
            raise DecisionError("plan.not-closed")
        self._records.drop_open(crossing)

    def settle(self, thread: str) -> None:
        """A crossing that was kept for its sign-offs alone is closed with the last of them."""
        held = next((one for one in self._records.held_open() if one.crossing.id == thread), None)
        if held is not None and held.signing and not self.missing(thread):
            self._records.drop_open(thread)
