"""How far the steps of a plan are: a fold over what was done, the same whatever order it came in.

A step's clock begins when the step could be begun and its agency's side has *seen* it; until it is seen the time is the
link's. A step that takes too long, or is not seen, is told to whoever its row names; nothing else follows from a clock.
"""

from collections.abc import Iterable
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum
from typing import TYPE_CHECKING, Final

from ..acts import Act
from ..emergency import CORRIDOR, EMERGENCY, End, calls
from ..joint.history import History
from ..words import Authority
from .deeds import FINISHING, KIND, Did, Spared, StepDeed, by_two
from .merging import Plan, PlannedStep
from .rows import Duty, Step
from .verdicts import Verdicts

if TYPE_CHECKING:
    from .closing import SignOffState


class State(StrEnum):
    """How far a step is; one that is `later` waits for others."""

    LATER = "later"
    DUE = "due"
    SEEN = "seen"
    BEGUN = "begun"
    DONE = "done"
    NOT_NEEDED = "not_needed"


FINISHED: Final = frozenset({State.DONE, State.NOT_NEEDED})


@dataclass(frozen=True, slots=True)
class Escalation:
    """A step that is late, or was not seen (`unseen`: the link's time), and who is told; `since` when its time is over.

    It releases nothing.
    """

    key: str
    to: Duty | None
    since: datetime
    unseen: bool


@dataclass(frozen=True, slots=True)
class StepState:
    """One step of the plan. Times are aware; None for what has not come.

    `by` is who finished it (id of an officer; "" where a verdict did), `note` what they wrote down. `conflict`: it was
    said apart to be done and not to be needed, and is open. `wants_second`: it is said to be done, and the second
    person is missing.
    """

    planned: PlannedStep
    state: State
    ready_at: datetime | None = None
    seen_at: datetime | None = None
    begun_at: datetime | None = None
    finished_at: datetime | None = None
    by: str = ""
    note: str = ""
    reason: Spared | None = None
    conflict: bool = False
    wants_second: bool = False

    @property
    def step(self) -> Step:
        """The row."""
        return self.planned.step

    @property
    def finished(self) -> bool:
        """Whether nothing waits for it any more."""
        return self.state in FINISHED

    @property
    def since(self) -> datetime | None:
        """When the agency's clock began: it could be begun, and was seen."""
        if self.ready_at is None or self.seen_at is None:
            return None
        return max(self.ready_at, self.seen_at)

    def taken(self, now: datetime) -> timedelta | None:
        """The agency's time so far."""
        return None if self.since is None else max(timedelta(), (self.finished_at or now) - self.since)

    def on_the_way(self, now: datetime) -> timedelta:
        """The link's time: from when it could be begun until it was seen."""
        if self.ready_at is None:
            return timedelta()
        return max(timedelta(), (self.seen_at or self.finished_at or now) - self.ready_at)

    def escalation(self, now: datetime) -> Escalation | None:
        """Whom it is told to, where its time is over."""
        begun = self.since or self.ready_at
        if self.finished or not self.step.minutes or begun is None:
            return None
        end = begun + timedelta(minutes=self.step.minutes)
        return Escalation(self.planned.key, self.step.escalates, end, self.seen_at is None) if now > end else None


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a plan is; the steps are in its order. `sign_offs` are those of its closing, as `closing` has them."""

    plan: Plan
    steps: tuple[StepState, ...]
    sign_offs: "tuple[SignOffState, ...]" = ()

    @property
    def next(self) -> tuple[StepState, ...]:
        """The steps that may be begun or finished now, in their order."""
        return tuple(s for s in self.steps if not s.finished and s.state is not State.LATER)

    @property
    def open(self) -> tuple[StepState, ...]:
        """The steps that are not finished."""
        return tuple(s for s in self.steps if not s.finished)

    @property
    def following(self) -> str:
        """The key of the step to be done next, else the agency whose signature is; "" where nothing is."""
        due = [state.planned.key for state in self.next[:1]]
        return next(iter([*due, *(one.agency.value for one in self.unsigned if not one.open)]), "")

    @property
    def unsigned(self) -> "tuple[SignOffState, ...]":
        """The sign-offs that are missing."""
        return tuple(one for one in self.sign_offs if not one.given)

    def find(self, key: str) -> StepState | None:
        """The state of a step."""
        return next((s for s in self.steps if s.planned.key == key), None)

    def unseen_by(self, authorities: Iterable[Authority]) -> tuple[PlannedStep, ...]:
        """What these authorities' side has not seen yet of its own steps."""
        own = frozenset(authorities)
        return tuple(s.planned for s in self.steps if s.step.authority in own and s.seen_at is None and not s.finished)

    def escalations(self, now: datetime) -> tuple[Escalation, ...]:
        """All that is too late, the longest first."""
        found = [e for s in self.steps if (e := s.escalation(now)) is not None]
        return tuple(sorted(found, key=lambda e: (e.since, e.key)))


def progress(
    plan: Plan,
    acts: Iterable[Act],
    opened_at: datetime,
    *,
    verdicts: Verdicts | None = None,
    void: AbstractSet[str] = frozenset(),
    confirmed: AbstractSet[str] = frozenset(),
    looking: AbstractSet[Authority] = frozenset(),
) -> Progress:
    """How far the plan is by these acts of the crossing.

    `verdicts` is what `verdicts_of` gives. `void` are acts that count no more (taken back, or not confirmed in time),
    `confirmed` those that a second person confirmed at their own counter. Of authorities `looking` at it the steps are
    seen as soon as they are due.
    """
    history = History(a for a in acts if a.kind in {KIND, EMERGENCY})
    said = [a for a in history.acts if a.kind == KIND and a.id not in void]
    told = _Told(said, history, verdicts or Verdicts(), confirmed, looking, calls(history.acts, void, {End.NONE}))
    states: list[StepState] = []
    ends: dict[str, datetime] = {}
    blocked, barrier = False, opened_at
    for planned in plan.steps:
        waits = blocked or not planned.after <= ends.keys()
        ready = None if waits else max([barrier, *(ends[key] for key in planned.after)])
        state = told.state(planned, ready)
        states.append(state)
        if state.finished:
            ends[planned.key] = max(state.finished_at or opened_at, opened_at)
        if planned.step.blocks:
            blocked = blocked or not state.finished
            barrier = max(barrier, ends.get(planned.key, barrier))
    return Progress(plan, tuple(states))


def confirmed(acts: Iterable[Act], void: AbstractSet[str] = frozenset()) -> frozenset[str]:
    """The acts that somebody else, knowing of them, confirmed at their own counter, and nobody denied."""
    history = History(acts)
    by_id = {act.id: act for act in history.acts}
    said: dict[str, bool] = {}
    for act in history.acts:
        named = by_id.get(act.deed.act) if act.kind == "confirmation" and act.id not in void else None
        if named is not None and named.officer != act.officer and history.knew(act.id, named.id):
            said[named.id] = act.deed.agreed and said.get(named.id, True)
    return frozenset(id_ for id_, agreed in said.items() if agreed)


@dataclass(frozen=True, slots=True)
class _Told:
    """What was said of steps."""

    acts: list[Act]
    history: History
    verdicts: Verdicts
    confirmed: AbstractSet[str]
    looking: AbstractSet[Authority]
    calls: tuple[Act, ...] = ()

    def state(self, planned: PlannedStep, ready: datetime | None) -> StepState:
        key, step = planned.key, planned.step
        said = [a for a in self.acts if key in a.deed.steps and a.deed.authority is step.authority]
        seen = min((a.at for a in said), default=ready if step.authority in self.looking else None)
        begun = min((a.at for a in said if a.deed.did is Did.BEGUN), default=None)
        last = self._unanswered(said)
        ends = [a for a in last if a.deed.did in FINISHING and self._asked(a, step)]
        signed = [a for a in ends if self._is_signed(a, step)]
        state = State.LATER if ready is None else State.BEGUN if begun else State.SEEN if seen else State.DUE
        again = any(a.deed.did is Did.BEGUN for a in last)
        alone = len(signed) < len(ends) or (key in self.verdicts.alone and not again)
        known = StepState(planned, state, ready, seen, begun, wants_second=alone)
        if len({a.deed.did for a in signed}) > 1:
            return replace(known, conflict=True)
        if signed:
            first = min(signed, key=lambda a: (a.at, a.id))
            deed: StepDeed = first.deed
            ended = replace(known, state=State(deed.did.value), finished_at=first.at, by=first.officer)
            return replace(ended, note=deed.note, reason=deed.reason, wants_second=False)
        call = self._called(step, last)
        if call is not None:
            return replace(known, state=State.DONE, finished_at=call.at, by=call.officer)
        if key in self.verdicts.given and not again:
            return replace(known, state=State.DONE, finished_at=self.verdicts.given[key])
        return known

    def _called(self, step: Step, last: list[Act]) -> Act | None:
        """The call of an emergency that opened the corridor, unless somebody who knew of it is at it again."""
        if step.code != CORRIDOR:
            return None
        again = [a.id for a in last if a.deed.did is Did.BEGUN]
        return next((c for c in self.calls if not any(self.history.knew(id_, c.id) for id_ in again)), None)

    def _unanswered(self, said: list[Act]) -> list[Act]:
        """What nobody has said anything else of, knowing of it; that it was seen answers nothing."""
        telling = [a for a in said if a.deed.did is not Did.SEEN]
        return [a for a in telling if not any(self.history.knew(b.id, a.id) for b in telling if b is not a)]

    def _asked(self, act: Act, step: Step) -> bool:
        deed: StepDeed = act.deed
        if _is_spared(act, step):
            return True
        if deed.did is Did.DONE and step.matter not in (None, deed.matter):
            return False
        return deed.supervisor >= step.supervisor and deed.two >= step.two and step.second in (None, deed.second)

    def _is_signed(self, act: Act, step: Step) -> bool:
        alone = act.second is None and (not step.two or _is_spared(act, step))
        return alone or by_two(act, self.confirmed)


def _is_spared(act: Act, step: Step) -> bool:
    """Whether it says that a last resort is not needed."""
    deed: StepDeed = act.deed
    return step.optional and deed.did is Did.NOT_NEEDED
