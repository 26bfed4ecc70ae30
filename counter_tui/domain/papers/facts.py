"""What a paper for the traveller may say of a crossing: what follows from what is open, and that something is not done.

What is sealed, and what chance called for, leave no other trace than that the check goes on: the same words for both.
"""

from collections.abc import Iterable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import TYPE_CHECKING

from ..outcome import PERSON, Judgement
from ..sections import Contribution, Section, Subject
from ..view import MergedView
from ..words import Authority, Basis, Direction, Outcome, SubjectKind, Verdict

if TYPE_CHECKING:
    from ..procedures import Procedure
    from ..procedures.rows import Ending


class Standing(StrEnum):
    """How it stands with the traveller, as they are told."""

    GO_ON = "go-on"
    CONDITIONS = "conditions"
    CHECK = "check"
    CARE = "care"
    REFUSED = "refused"
    HANDED_OVER = "handed-over"


HOSPITAL = "handover.hospital"
"""The reason under which health hands somebody over."""
_DONE = frozenset({Outcome.CLEAR, Outcome.CLEAR_COND})
TOLD = {
    Outcome.CLEAR_COND: "conditions",
    Outcome.PENDING: "check",
    Outcome.REFER: "check",
    Outcome.HOLD: "held",
    Outcome.REFUSE: "refused",
    Outcome.HANDOVER: "handed-over",
}
"""How a thing's outcome is called to the traveller; of any other nothing is said."""


@dataclass(frozen=True, slots=True, repr=False)
class Thing:
    """Something that is not simply released: its kind, what people call it, and what becomes of it (of `TOLD`)."""

    kind: SubjectKind
    label: str
    told: str


@dataclass(frozen=True, slots=True)
class Sayable:
    """What the agencies let be said to a traveller: procedures whose legal basis, and reasons of refusal (codes).

    `only`: procedures whose notice tells how it stands, by the standings in which that is so; what they have to say of
    an ending itself is said at that ending alone.
    """

    procedures: frozenset[str] = frozenset()
    reasons: frozenset[str] = frozenset()
    only: tuple[tuple[str, frozenset[Standing]], ...] = ()

    def may_print(self, procedure: str, standing: Standing) -> bool:
        """Whether a procedure's notice says nothing else than how it stands."""
        return standing in dict(self.only).get(procedure, frozenset(Standing))


@dataclass(frozen=True, slots=True)
class ToldProcedure:
    """What a joint procedure says to the traveller: its own notice by language, and its legal basis where it may."""

    id: str
    notice: tuple[tuple[str, str], ...] = ()
    legal_basis: str = ""

    def find_notice(self, language: str) -> str:
        """The notice in this language; "" where there is none."""
        return dict(self.notice).get(language, "")


@dataclass(frozen=True, slots=True)
class NoticeFacts:
    """All that a notice is drawn from, beside who the traveller is. `reason` is a code of `Sayable.reasons`, or ""."""

    standing: Standing
    direction: Direction
    foreign: bool
    things: tuple[Thing, ...] = ()
    procedures: tuple[ToldProcedure, ...] = ()
    reason: str = ""


def without_sealed(sections: Iterable[Section]) -> tuple[Section, ...]:
    """The sections without what is sealed, nor what calls for the very same: it would tell of it."""
    whole = tuple(sections)
    sealed = {_calls(c) for s in whole for c in s.contributions if c.points is None}
    return tuple(replace(s, contributions=tuple(c for c in s.contributions if _calls(c) not in sealed)) for s in whole)


def _calls(contribution: Contribution) -> tuple[object, ...]:
    return contribution.authority, contribution.subject.kind, contribution.action


def notice_facts(view: MergedView, opened: MergedView, sayable: Sayable, *, decided: bool = True) -> NoticeFacts:
    """What may be said. `opened` is the same crossing merged of `without_sealed`, with the same acts.

    Until somebody has `decided`, nobody is told that they may go.
    """
    found = dict(opened.outcome)
    state = _standing(view, opened)
    if not decided and state in {Standing.GO_ON, Standing.CONDITIONS}:
        state = Standing.CHECK
    procedures = opened.plan.procedures if opened.plan is not None else ()
    told = (_told(one, sayable, state, view.crossing.direction, opened.standing) for one in procedures)
    return NoticeFacts(
        standing=state,
        direction=view.crossing.direction,
        foreign=not view.circumstances.citizen,
        things=_things(found, {c.subject for s in opened.sections for c in s.contributions}),
        procedures=tuple(one for one in told if one is not None),
        reason=_reason(opened.standing, sayable.reasons) if state is Standing.REFUSED else "",
    )


def _told(
    procedure: "Procedure", sayable: Sayable, state: Standing, way: Direction, standing: Sequence[Judgement]
) -> ToldProcedure | None:
    """What it says where it has come to this; None where it may say nothing."""
    ending = _ending(procedure, state, way, standing)
    own = procedure.told.of(ending) if ending is not None else None
    if own is None and not sayable.may_print(procedure.id, state):
        return None
    words = own or procedure.notice
    notice = (("en", words.en), ("id", words.id), ("ms", words.ms)) if words is not None else ()
    basis = procedure.legal_basis if procedure.id in sayable.procedures else ""
    return ToldProcedure(procedure.id, notice, basis)


def ending_of(procedure: "Procedure", view: MergedView) -> "Ending | None":
    """What a procedure has come to, as an officer sees it."""
    return _ending(procedure, _standing(view, view), view.crossing.direction, view.standing)


def _ending(procedure: "Procedure", state: Standing, way: Direction, standing: Sequence[Judgement]) -> "Ending | None":
    """What the officers of a procedure's own authorities have decided of the traveller; None: nothing yet."""
    from ..procedures.rows import Ending

    if state in {Standing.GO_ON, Standing.CONDITIONS}:
        spoken = any(j.basis is not Basis.RULE for j in standing if j.subject == PERSON)
        return Ending.RELEASED if spoken else None
    if state in {Standing.HANDED_OVER, Standing.CARE}:  # to a hospital, where health leads; else to another office
        taken = _to_hospital(standing) if procedure.lead is Authority.HEALTH else state is Standing.HANDED_OVER
        return Ending.HANDED_OVER if taken else None
    held = [j for j in _said(standing, Verdict.HOLD) if j.authority in {procedure.lead, *procedure.supports}]
    if way is Direction.EXIT and (state is Standing.REFUSED or held):
        return Ending.POSTPONED
    return Ending.REFUSED if state is Standing.REFUSED else None


def _standing(view: MergedView, opened: MergedView) -> Standing:
    person = dict(opened.outcome).get(PERSON, Outcome.PENDING)
    if person is Outcome.ESCORTED_CARE or (person is Outcome.HANDOVER and _to_hospital(opened.standing)):
        return Standing.CARE
    if person is Outcome.REFUSE and _said(opened.standing, Verdict.REFUSE):
        return Standing.REFUSED
    if person is Outcome.HANDOVER and _said(opened.standing, Verdict.HANDOVER):
        return Standing.HANDED_OVER
    if person not in _DONE or _goes_on(view, opened):
        return Standing.CHECK
    return Standing.CONDITIONS if person is Outcome.CLEAR_COND else Standing.GO_ON


def _to_hospital(standing: Sequence[Judgement]) -> bool:
    """Whether a hospital takes them, and nobody else."""
    handed = [j.reason for j in standing if j.subject == PERSON and j.verdict is Verdict.HANDOVER]
    return set(handed) == {HOSPITAL}


def _goes_on(view: MergedView, opened: MergedView) -> bool:
    """Whether anything that is not told keeps the person, or a thing of which nothing is open, from being released."""
    found = dict(opened.outcome)
    return any(outcome not in _DONE and found.get(subject, Outcome.CLEAR) in _DONE for subject, outcome in view.outcome)


def _said(standing: Sequence[Judgement], verdict: Verdict) -> list[Judgement]:
    """An officer has said it of the person: a rule alone refuses nobody, nor hands anybody over."""
    return [j for j in standing if j.subject == PERSON and j.verdict is verdict and j.basis is Basis.OFFICER]


def _reason(standing: Sequence[Judgement], sayable: AbstractSet[str]) -> str:
    return next((j.reason for j in _said(standing, Verdict.REFUSE) if j.reason in sayable), "")


def _things(found: Mapping[Subject, Outcome], named: AbstractSet[Subject]) -> tuple[Thing, ...]:
    """By what is open; a label is said only where something open bears it."""
    return tuple(
        Thing(subject.kind, subject.label if subject in named else "", TOLD[outcome])
        for subject, outcome in found.items()
        if subject != PERSON and outcome in TOLD
    )
