"""The joint outcome: derived, never typed.

Per subject the most restrictive verdict stands until a joint review; then the clamps of law. An authority's own
officer's verdict takes the place of its automatic one (the contribution's), except that no officer lowers a HOLD or
more: only the placing agency releases it, through a supervisor.
"""

from collections.abc import Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from datetime import date
from typing import Final

from .crossings import ADULT_YEARS, Crossing
from .sections import Contribution, Section, Subject
from .words import Authority, Basis, Direction, Outcome, Role, SourceState, SubjectKind, Verdict


@dataclass(frozen=True, slots=True)
class Judgement:
    """One authority's verdict on one subject: by whom (`basis`), and the reason code that it needed, if any."""

    authority: Authority
    subject: Subject
    verdict: Verdict
    basis: Basis
    reason: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class Circumstances:
    """What the clamps of law ask of the traveller."""

    direction: Direction
    citizen: bool = False
    minor_or_victim: bool = False
    diplomat: bool = False
    medical_emergency: bool = False
    receiving_agency: bool = False


def circumstances_of(crossing: Crossing, actions: AbstractSet[str], country: str, on: date) -> Circumstances:
    """What the clamps ask of a traveller at a post of this country, on this day, when this is called for about them."""
    document = crossing.document
    age = document.birth.age_on(on)
    return Circumstances(
        direction=crossing.direction,
        citizen=document.nationality == country,
        minor_or_victim=(age is not None and age < ADULT_YEARS) or "protect" in actions,
        diplomat="privilege" in actions,
        medical_emergency="medical-emergency" in actions,
        receiving_agency="hand-over" in actions,
    )


STRICTNESS: Final = {outcome: rank for rank, outcome in enumerate(Outcome)}
"""Outcomes, the mildest first, as `Outcome` lists them."""
PERSON = Subject(SubjectKind.PERSON, "person")
RELEASE: Final = "release."
"""What the reasons begin with that let go of a hold."""


def automatic(section: Section) -> tuple[Judgement, ...]:
    """What an authority's rules say by themselves.

    A contribution stands as its rule's verdict; a LIVE section without findings is its authority's CLEAR by rule; what
    is cached or not checked is PENDING until somebody of that authority looks: nothing is clear by absence.
    """
    judged = [Judgement(section.authority, c.subject, c.verdict, Basis.RULE, c.action) for c in section.contributions]
    if not any(j.subject == PERSON for j in judged):
        known = section.source is SourceState.LIVE
        verdict = Verdict.CLEAR if known else Verdict.PENDING
        judged.append(Judgement(section.authority, PERSON, verdict, Basis.RULE))
    return tuple(judged)


def order_of(judged: Judgement) -> tuple[int, str, str, str]:
    """The strictest first."""
    return -judged.verdict, judged.authority, judged.subject.kind, judged.subject.id


def releases(judgement: Judgement) -> bool:
    """Whether this verdict releases a hold: its reason code says that a supervisor of the placing agency did."""
    return judgement.reason.startswith(RELEASE)


def may_lower(contribution: Contribution, role: Role) -> bool:
    """Whether a person of this role and of the contribution's own authority may give less than its rule's verdict."""
    return contribution.verdict < Verdict.HOLD or role is Role.SUPERVISOR


def clamp(verdict: Verdict, subject: Subject, who: Circumstances) -> Outcome:
    """What the law makes of the most restrictive verdict on a subject."""
    if subject.kind is SubjectKind.PERSON:
        if who.medical_emergency:
            return Outcome.ESCORTED_CARE
        if verdict is Verdict.REFUSE and who.citizen and who.direction is Direction.ENTRY:
            verdict = Verdict.HANDOVER if who.receiving_agency else Verdict.HOLD
        if verdict >= Verdict.HOLD and who.diplomat:
            return Outcome.CONSULT
        kept = verdict is Verdict.REFUSE and who.direction is Direction.EXIT  # a departure that is deferred
        if (verdict is Verdict.HOLD or kept) and who.minor_or_victim:
            return Outcome.PROTECT
    return Outcome(verdict.name)


def joint_outcome(standing: Sequence[Judgement], who: Circumstances) -> tuple[tuple[Subject, Outcome], ...]:
    """The outcome for each subject, the person first; the order in which verdicts were given does not matter."""
    worst: dict[Subject, Verdict] = {}
    for judged in standing:
        worst[judged.subject] = max(judged.verdict, worst.get(judged.subject, Verdict.CLEAR))
    order = sorted(worst, key=lambda s: (s.kind is not SubjectKind.PERSON, s.kind, s.id))
    return tuple((subject, clamp(worst[subject], subject, who)) for subject in order)
