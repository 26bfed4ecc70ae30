"""The steps of joint procedures at this counter: how far the traveller in hand is, and what is said of a step."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from ..domain.acts import Means, Second
from ..domain.emergency import EMERGENCY, calls
from ..domain.procedures.deeds import KIND, Did, StepDeed, deed_of_seen
from ..domain.procedures.of_view import progress_of
from ..domain.procedures.progress import Progress, State
from ..domain.words import AGENCY_OF
from ..errors import DecisionError
from .news import StepsChanged

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from ..domain.acts import Act
    from ..domain.emergency import EmergencyDeed
    from ..domain.matters import TwoPersonRules
    from ..domain.posts import Officer
    from ..domain.procedures.closing import SignOffState
    from ..domain.view import MergedView
    from ..domain.words import Authority
    from .acts import Acts
    from .at_work import AtWork
    from .closing import Closing
    from .parts import Parts


@dataclass(frozen=True, slots=True)
class Sheet:
    """The traveller in hand, and how far the steps are; None where no procedure applies. `names` of officers by id."""

    view: MergedView
    progress: Progress | None
    names: Mapping[str, str] = field(default_factory=dict)


class Steps:
    """All of it runs on the backstage loop; `plan` codes of DecisionError say why something cannot be said."""

    def __init__(
        self,
        parts: Parts,
        acts: Acts,
        closing: Closing,
        work: AtWork,
    ) -> None:
        """An act on a crossing is news wherever it was recorded."""
        self._parts, self._acts, self._closing = parts, acts, closing
        self._signed_in, self._in_hand, self._recorded = work.signed_in, work.in_hand, work.recorded
        acts.listen(lambda thread: work.hear(StepsChanged(thread)))

    def sheet(self) -> Sheet:
        """How far the steps of the traveller in hand are; who is signed in looks at those of their own."""
        view = self._in_hand().view()
        found = self._progress(view, self._signed_in().officer.authorities)
        signed = replace(found, sign_offs=self._closing.of(view, found)) if found is not None else None
        return Sheet(view, signed, {one.id: one.name for one in self._parts.roster.values()})

    def _progress(self, view: MergedView, looking: Iterable[Authority]) -> Progress | None:
        return progress_of(view, self._acts.of(view.crossing.id), looking)

    def sign_off(self, one: SignOffState, second: str = "", pin: str = "") -> int:
        """Who is signed in signs for their agency's part, beside a second person (id) or alone; its sequence.

        Raises as `Closing.sign`.
        """
        return self._done(self._closing.sign(self._in_hand().crossing.id, one, self._signed_in(), second, pin))

    def sign_seconds(self, one: SignOffState) -> tuple[Officer, ...]:
        """Who of the post may sign it beside who is signed in."""
        return self._closing.seconds(one, self._signed_in().officer)

    def seconds(self, deed: StepDeed) -> tuple[Officer, ...]:
        """Who of the post may sign this beside who is signed in."""
        first = self._signed_in().officer
        may = (one for one in self._parts.roster.values() if not deed.why_not(first, one))
        return tuple(one for one in may if not self._why_not_two(deed, one.id, Means.BESIDE))

    def why_nobody(self, deed: StepDeed) -> str:
        """The code for why nobody may sign this beside who is signed in: they may not begin it, or nobody is here."""
        first = self._signed_in().officer
        owner = AGENCY_OF[deed.authority]
        against = self._rules().why_not_first(deed.matter, first, owner) if deed.matter is not None else ""
        return against or "two.nobody"

    def elsewhere(self, deed: StepDeed) -> bool:
        """Whether the second person may confirm this at their own counter."""
        return deed.matter is None or not self._rules().why_not_means(deed.matter, Means.OWN_COUNTER)

    def _why_not_two(self, deed: StepDeed, second: str, means: Means) -> str:
        """The code for why this pair may not, where it is on the list of four eyes; "" where they may."""
        other = self._parts.roster.get(second)
        if deed.matter is None or other is None:
            return ""
        first = self._signed_in().officer
        return self._rules().may_sign(deed.matter, first, other, AGENCY_OF[deed.authority], means)

    def _rules(self) -> TwoPersonRules:
        """Who signs what together, as of the day at the post."""
        zone = ZoneInfo(self._parts.place.post.zone)
        return self._parts.two_persons().on(self._parts.clock.now().astimezone(zone).date())

    def look(self) -> None:
        """Who is signed in has the steps before them: those that are due have been seen, and their clocks run."""
        session, view = self._signed_in(), self._in_hand().view()
        found = self._progress(view, ())
        due = [s.planned for s in found.next if s.state is State.DUE] if found is not None else []
        own = [a for a in session.officer.authorities if any(p.step.authority is a for p in due)]
        for authority in own:
            self._acts.record(KIND, view.crossing.id, deed_of_seen(due, authority), session)
        if own:
            self._recorded()

    def say(self, deed: StepDeed) -> int:
        """Record what is said of a step; its sequence. Raises DecisionError why this person may not."""
        return self._done(self._acts.record(KIND, self._checked(deed), deed, self._signed_in()).sequence)

    def sign(self, deed: StepDeed, second: str, pin: str) -> int:
        """Record what two say of a step; its sequence. Raises as `Acts.sign`, and why this pair may not."""
        self._check_two(deed, second, Means.BESIDE)
        return self._done(self._acts.sign(KIND, self._checked(deed), deed, self._signed_in(), second, pin).sequence)

    def ask(self, deed: StepDeed, second: str) -> int:
        """Record what one says of a step, and who (id of an officer) confirms it at their own counter; its sequence.

        Until they have, the step is open. Raises as `say`.
        """
        self._check_two(deed, second, Means.OWN_COUNTER)
        named = Second(second, Means.OWN_COUNTER)
        entry = self._acts.record(KIND, self._checked(deed), deed, self._signed_in(), named)
        return self._done(entry.sequence)

    def emergency(self) -> Act | None:
        """The call of an emergency that stands for the traveller in hand."""
        view = self._in_hand().view()
        return next(iter(calls(self._acts.of(view.crossing.id), frozenset(view.joint.corrected))), None)

    def call_emergency(self, deed: EmergencyDeed) -> int:
        """An emergency, or its end; its sequence. Raises DecisionError why this person may not."""
        thread = self._in_hand().view().crossing.id
        return self._done(self._acts.record(EMERGENCY, thread, deed, self._signed_in()).sequence)

    def _check_two(self, deed: StepDeed, second: str, means: Means) -> None:
        why = self._why_not_two(deed, second, means)
        if why:
            raise DecisionError(why)

    def _checked(self, deed: StepDeed) -> str:
        """The crossing; DecisionError `plan.gone` where the plan has such a step no more, `plan.note-needed`."""
        view = self._in_hand().view()
        found = [view.plan.find(key) if view.plan is not None else None for key in deed.steps]
        if None in found:
            raise DecisionError("plan.gone")
        if deed.did is Did.DONE and not deed.note.strip() and any(one.step.note for one in found if one is not None):
            raise DecisionError("plan.note-needed")
        return view.crossing.id

    def _done(self, sequence: int) -> int:
        self._closing.settle(self._in_hand().crossing.id)
        self._recorded()
        return sequence
