"""Who signs when a procedure is closed: which sign-offs are given, which are missing, and by whom they are to be given.

An agency signs once for all the procedures that ask it to, and for its own part: its steps are finished, and nothing
that it said of the crossing afterwards is left without its word. Where two sign, they are two people, beside each other
or each at their own counter.
"""

from collections.abc import Iterable, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from ..acts import Act, Deed
from ..entries import DECISION, DecisionBody
from ..joint.history import History
from ..joint.state import JointState
from ..posts import Officer
from ..two_persons import SIGNERS, why_not_two
from ..words import AGENCY_OF, Agency, Basis, Role
from .deeds import KIND as STEP
from .deeds import Did, StepDeed, by_two
from .judging import Procedures
from .merging import Plan, plan
from .progress import Progress, confirmed, progress
from .rows import Procedure
from .verdicts import verdicts_of

SIGN_OFF: Final = "sign-off"
APART: Final = timedelta(seconds=60)
"""Two who sign one after the other on the same terminal, and not beside each other, are so long apart."""


@dataclass(frozen=True, slots=True)
class SignOffDeed(Deed):
    """An agency signs for its part of these procedures (by id).

    `supervisor`: one of those who sign is a supervisor; `persons`: so many sign in all, here or elsewhere.
    """

    agency: Agency
    procedures: tuple[str, ...]
    supervisor: bool = False
    persons: int = 1

    def asks_beside(self, first: Officer) -> bool:
        """Whether somebody has to sign beside this person: a supervisor, which they are not."""
        return self.supervisor and first.role is not Role.SUPERVISOR

    def why_not(self, first: Officer, second: Officer | None) -> str:
        """The code for why these people may not; "" where they may. Each signs for the agency, nobody in its place."""
        both = [first] if second is None else [first, second]
        if any(self.agency not in one.acts_for for one in both):
            return "plan.sign-not-yours" if self.agency not in first.acts_for else "plan.second-of-another"
        if any(one.role not in SIGNERS for one in both):
            return "act.role"
        if second is not None and (why := why_not_two(first, second)):
            return f"act.{why}"
        if not self.procedures or self.persons < 1:
            return "plan.not-one"
        lacks = self.supervisor and all(one.role is not Role.SUPERVISOR for one in both)
        return "plan.supervisor-needed" if lacks else ""


@dataclass(frozen=True, slots=True)
class SignOffState:
    """One sign-off and how it stands. `of` are the procedures (ids) that ask for it.

    `by` are those whose signature counts (ids of officers), `at` when the last one came. `open`: so many steps of the
    agency are to be finished before it signs. `stale`: somebody signed, and the agency said more of it since.
    """

    agency: Agency
    role: Role
    persons: int
    of: tuple[str, ...]
    by: tuple[str, ...] = ()
    at: datetime | None = None
    supervised: bool = False
    open: int = 0
    stale: bool = False

    @property
    def given(self) -> bool:
        """Whether nothing is missing of it."""
        enough = len(self.by) >= self.persons and (self.supervised or self.role is not Role.SUPERVISOR)
        return enough and not self.open

    def deed(self, first: Officer, second: Officer | None = None) -> SignOffDeed:
        """What these sign."""
        both = [first] if second is None else [first, second]
        by_supervisor = self.role is Role.SUPERVISOR and any(one.role is Role.SUPERVISOR for one in both)
        alone = self.role is Role.SUPERVISOR and len(self.by) + len(both) >= self.persons and not self.supervised
        return SignOffDeed(self.agency, self.of, by_supervisor or alone, self.persons)


def sign_offs(
    found: Progress,
    acts: Iterable[Act],
    void: AbstractSet[str] = frozenset(),
    by_others: AbstractSet[str] = frozenset(),
) -> tuple[SignOffState, ...]:
    """The sign-offs that a plan's procedures ask for. `acts` are the crossing's, `void` those that count no more.

    `by_others`: acts that a second person confirmed at their own counter.
    """
    history = History(acts)
    counted = [act for act in history.acts if act.id not in void]
    return tuple(_stands(one, found, counted, history, by_others) for one in _wanted(found.plan.procedures))


def _wanted(procedures: Sequence[Procedure]) -> tuple[SignOffState, ...]:
    """One for each agency, as strict as any of the procedures asks."""
    found: dict[Agency, SignOffState] = {}
    for procedure in procedures:
        for sign in (sign for sign in procedure.sign if not sign.once):
            one = found.get(sign.agency)
            role = Role.SUPERVISOR if Role.SUPERVISOR in {sign.role, one.role if one else None} else Role.OFFICER
            persons = max(sign.persons, one.persons if one else 1)
            of = tuple(sorted({procedure.id, *(one.of if one else ())}))
            found[sign.agency] = SignOffState(sign.agency, role, persons, of)
    return tuple(found.values())


def _stands(
    one: SignOffState, found: Progress, acts: list[Act], history: History, by_others: AbstractSet[str]
) -> SignOffState:
    keys = {state.planned.key for state in found.steps if set(state.planned.of) & set(one.of)}
    left = [s for s in found.open if s.planned.key in keys and AGENCY_OF[s.step.authority] is one.agency]
    said = [act.id for act in acts if _speaks(act, one.agency, keys)]
    signed = [act for act in acts if act.kind == SIGN_OFF and act.deed.agency is one.agency]
    full = [act for act in signed if set(one.of) <= set(act.deed.procedures)]
    good = [act for act in full if all(history.knew(act.id, id_) for id_ in said)]
    by = _signers(good, by_others)
    return SignOffState(
        one.agency,
        one.role,
        one.persons,
        one.of,
        by=by,
        at=max((act.at for act in good), default=None),
        supervised=any(act.deed.supervisor for act in good),
        open=len(left),
        stale=bool(signed) and not good,
    )


def _speaks(act: Act, agency: Agency, keys: AbstractSet[str]) -> bool:
    """Whether an agency said something in it that it signs for: of a step, or a verdict of its officers."""
    if act.kind == STEP:
        deed: StepDeed = act.deed
        return deed.did is not Did.SEEN and AGENCY_OF[deed.authority] is agency and not keys.isdisjoint(deed.steps)
    if act.kind != DECISION:
        return False
    body: DecisionBody = act.deed
    return any(AGENCY_OF[j.authority] is agency and j.basis is not Basis.RULE for j in body.judgements)


def _signers(acts: Sequence[Act], by_others: AbstractSet[str]) -> tuple[str, ...]:
    """Who signed: each once; one who followed another on the same terminal at once is not told from them."""
    found: dict[str, Act] = {}
    for act in sorted(acts, key=lambda act: (act.at, act.id)):
        if act.second is not None and by_two(act, by_others):
            found.setdefault(act.officer, act)
            found.setdefault(act.second.officer, act)
        elif not any(_near(act, other) for other in found.values()):
            found.setdefault(act.officer, act)
    return tuple(found)


def _near(act: Act, other: Act) -> bool:
    return act.officer != other.officer and act.counter == other.counter and abs(act.at - other.at) < APART


# -- of a crossing that is not in hand --------------------------------------------------------------------------------


def named(acts: Iterable[Act], void: AbstractSet[str] = frozenset()) -> frozenset[str]:
    """The procedures (ids) that applied as it was decided last; where that was done apart, all of them."""
    history = History(acts)
    decided = [act for act in history.acts if act.kind == DECISION and act.id not in void]
    last = [act for act in decided if not any(history.knew(other.id, act.id) for other in decided)]
    return frozenset(name for act in last for name in act.deed.procedures)


def missing(procedures: Procedures, acts: Sequence[Act], state: JointState) -> tuple[SignOffState, ...]:
    """What is missing before a crossing may be closed, by its acts alone; `state` is what they come to."""
    void = frozenset(state.corrected)
    decided = [act for act in acts if act.kind == DECISION]
    if not decided:
        return ()
    crossing = decided[-1].deed.crossing
    applying = named(acts, void) & procedures.on(crossing.opened_at.date())
    of = plan(procedures.by_id[name] for name in applying)
    return unsigned(of, acts, state, crossing.opened_at)


def unsigned(of: Plan, acts: Sequence[Act], state: JointState, opened_at: datetime) -> tuple[SignOffState, ...]:
    """The sign-offs of a plan that are missing."""
    void = frozenset(state.corrected)
    counted, by_others = [act for act in acts if act.id not in void], confirmed(acts, void)
    verdicts = verdicts_of(of, state.judgements, counted, by_others)
    found = progress(of, acts, opened_at, verdicts=verdicts, void=void, confirmed=by_others)
    return tuple(one for one in sign_offs(found, acts, void, by_others) if not one.given)
