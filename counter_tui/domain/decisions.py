"""The joint decision at a counter: whether one key is enough, what else is asked, and what is recorded."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from ..errors import DecisionError
from .outcome import PERSON, RELEASE, Judgement, automatic, may_lower
from .posts import Officer
from .sections import Section, Subject
from .words import AUTHORITIES_OF, Authority, Band, Basis, Direction, Role, SourceState, SubjectKind, Verdict

if TYPE_CHECKING:
    from .view import MergedView


ATTESTED: Final = "clear.cached-attested"
"""The reason of a verdict that leans on what the officer attested in place of a source."""

LETS_GO: Final = frozenset({Verdict.CLEAR, Verdict.CLEAR_COND, Verdict.PENDING})
"""The verdicts under which what was held is held no more."""


@dataclass(frozen=True, slots=True)
class ReasonCode:
    """A reason that a verdict asks for: which verdicts and subjects it fits, and whether a note must go with it.

    `feeds`: whether the next officer is told of it when the same person comes again. `direction`: of which it is, where
    it is not of both.
    """

    code: str
    verdicts: frozenset[Verdict]
    subjects: frozenset[SubjectKind]
    note: bool = False
    authority: Authority | None = None
    supervisor: bool = False
    legal_basis: str = ""
    feeds: bool = True
    direction: Direction | None = None

    @property
    def releases(self) -> bool:
        """Whether it lets go of a hold."""
        return self.code.startswith(RELEASE)

    def fits(self, verdict: Verdict, subject: Subject, officer: Officer, direction: Direction | None = None) -> bool:
        """Whether this person may give this reason for this verdict on this subject of who goes this way."""
        if direction is not None and self.direction not in {None, direction}:
            return False
        own = self.authority is None or self.authority in officer.authorities
        allowed = not self.supervisor or officer.role is Role.SUPERVISOR
        return own and allowed and verdict in self.verdicts and subject.kind in self.subjects


@dataclass(frozen=True, slots=True)
class Decision:
    """What is recorded: the verdicts, with the digest, ages and versions of the view that was painted (wall 7)."""

    view: MergedView
    officer: Officer
    judgements: tuple[Judgement, ...]


def covered(section: Section, officer: Officer) -> bool:
    """Whether a section without findings is cleared by one key: live, or cached and this officer's own to attest."""
    if section.source is SourceState.LIVE:
        return True
    return section.source is SourceState.CACHED and section.authority in officer.authorities


def why_not_green(view: MergedView, officer: Officer) -> tuple[str, ...]:
    """Codes for what stands between this traveller and the one key; empty means that one key clears."""
    stands = any(j.basis is not Basis.RULE and j.verdict >= Verdict.REFER for j in view.standing)
    untold = view.plan is not None and any(not one.waits_for for one in view.plan.unjudged)
    against = {
        "green.lists-running": view.screening.running,
        "green.lists-not-checked": bool(view.screening.not_checked),
        "green.rules-loading": view.risk.loading,
        **dict.fromkeys(_beyond_floor(view, officer), True),
        "green.findings": any(s.contributions for s in view.sections),
        "green.verdict": stands,
        "green.guardian": view.parted,
        "green.procedures": untold,
    }
    return tuple(code for code, holds in against.items() if holds)


def _beyond_floor(view: MergedView, officer: Officer) -> Iterator[str]:
    """Where not all is fresh: what the floor does not reach; without rules for one, any band and any old source."""
    if view.floor is not None:
        yield from view.floor.why_not(officer, view.delegated.keys())
        return
    if view.risk.band is not Band.GREEN:
        yield "green.band"
    if any(not covered(s, officer) and s.authority not in view.delegated for s in view.sections):
        yield "green.not-checked"


def clear_green(view: MergedView, officer: Officer) -> Decision:
    """The decision of the one key: the officer's CLEAR for their own authorities, the others' by rule.

    What their rules leave PENDING is cleared under a delegation, where there is one, and recorded as that.
    Raises DecisionError `decision.not-green` where anything stands against it.
    """
    if why_not_green(view, officer):
        raise DecisionError("decision.not-green")
    attested = view.floor.leans if view.floor is not None else ()
    own = [
        Judgement(a, PERSON, Verdict.CLEAR, Basis.OFFICER, ATTESTED if a in attested else "")
        for a in officer.authorities
    ]
    return Decision(view, officer, (*own, *(_cleared_for(j, view) for j in by_rule(view, officer))))


def _cleared_for(judged: Judgement, view: MergedView) -> Judgement:
    delegation = view.delegated.get(judged.authority)
    waits = judged.subject == PERSON and judged.verdict is Verdict.PENDING
    return delegation.clear(judged.authority) if waits and delegation is not None else judged


def by_rule(view: MergedView, officer: Officer) -> tuple[Judgement, ...]:
    """What the authorities that this officer does not act for say by rule: recorded as such, PENDING included."""
    others = (s for s in view.sections if s.authority not in officer.authorities)
    return tuple(j for s in others for j in automatic(_not_set_aside(s, view)))


def _not_set_aside(section: Section, view: MergedView) -> Section:
    """What a section says by rule while overrides of it are in force."""
    if not view.joint.overridden:
        return section
    kept = tuple(c for c in section.contributions if c.id not in view.joint.overridden)
    return replace(section, contributions=kept)


def subjects(view: MergedView) -> tuple[Subject, ...]:
    """What a verdict can be about here: the person, the document, and whatever the findings name."""
    named = dict.fromkeys(c.subject for s in view.sections for c in s.contributions)
    first = (PERSON, Subject(SubjectKind.DOCUMENT, "document"))
    return tuple(dict.fromkeys((*first, *named)))


def judge(
    view: MergedView, officer: Officer, subject: Subject, verdict: Verdict, reason: ReasonCode, note: str = ""
) -> Decision:
    """The decision of a verdict with its reason: for each authority this officer acts for and that it concerns.

    A reason that is one authority's own is given for that authority alone. A referral lets nothing go: what a rule
    holds stays held beside it.

    Raises DecisionError: `decision.reason-does-not-fit`, `decision.note-needed`, `decision.citizen-not-refused` (a
    citizen is never refused entry), `decision.hold-not-yours` (a supervisor of the placing agency releases a hold),
    `decision.release-asked` (by no other reason than one that releases).
    """
    who = view.circumstances
    if verdict is Verdict.REFUSE and subject.kind is SubjectKind.PERSON and who.citizen and who.direction == "entry":
        raise DecisionError("decision.citizen-not-refused")
    if not reason.fits(verdict, subject, officer, who.direction):
        raise DecisionError("decision.reason-does-not-fit", reason=reason.code)
    if reason.note and not note.strip():
        raise DecisionError("decision.note-needed", reason=reason.code)
    concerned = _of(reason, view, officer, subject, verdict)
    for section in view.sections:
        stands = (c for c in section.contributions if c.id not in view.joint.overridden)
        held = [c for c in stands if c.subject == subject and section.authority in concerned]
        lowers = verdict is not Verdict.REFER
        if lowers and any(verdict < c.verdict and not may_lower(c, officer.role) for c in held):
            raise DecisionError("decision.hold-not-yours", authority=section.authority.value)
    if not reason.releases and verdict in LETS_GO and _held(view, concerned, subject):
        raise DecisionError("decision.release-asked")
    own = [Judgement(a, subject, verdict, Basis.OFFICER, reason.code, note.strip()) for a in concerned]
    keeps = verdict is Verdict.REFER and not reason.releases
    spoken = {(a, subject) for a in concerned}
    stays = [j for j in _own_by_rule(view, officer) if (j.authority, j.subject) not in spoken or (keeps and _holds(j))]
    return Decision(view, officer, (*own, *stays, *by_rule(view, officer)))


def _own_by_rule(view: MergedView, officer: Officer) -> tuple[Judgement, ...]:
    """What the officer's own authorities say by rule: recorded where nothing else is said, so that all read the same.

    What they hold is recorded beside a referral, too: nobody reads it away.
    """
    sections = (_not_set_aside(s, view) for s in view.sections if s.authority in officer.authorities)
    return tuple(j for s in sections for j in automatic(s))


def _holds(judged: Judgement) -> bool:
    return judged.verdict >= Verdict.HOLD


def offered(
    reasons: Iterable[ReasonCode], view: MergedView, officer: Officer, verdict: Verdict, subject: Subject
) -> tuple[ReasonCode, ...]:
    """The reasons that this person may give here: what is held falls to one that releases, and nothing else does."""
    fitting = [r for r in reasons if r.fits(verdict, subject, officer, view.circumstances.direction)]
    if verdict not in LETS_GO:
        return tuple(fitting)
    return tuple(r for r in fitting if r.releases is _held(view, _of(r, view, officer, subject, verdict), subject))


def _of(
    reason: ReasonCode, view: MergedView, officer: Officer, subject: Subject, verdict: Verdict
) -> Sequence[Authority]:
    """For whom a reason is given: the authority whose own it is, else those that the verdict concerns."""
    if reason.authority is not None:
        return (reason.authority,)
    return _concerned(view, officer, subject, verdict)


def _held(view: MergedView, authorities: Sequence[Authority], subject: Subject) -> bool:
    """Whether one of these authorities holds the subject, or does worse to it, by what was not set aside."""
    kept = {
        (c.authority, c.subject) for s in view.sections for c in s.contributions if c.id not in view.joint.overridden
    }
    held = [j for j in view.standing if j.verdict >= Verdict.HOLD and j.subject == subject]
    return any(
        j.authority in authorities and (j.basis is Basis.OFFICER or (j.authority, subject) in kept) for j in held
    )


def _concerned(view: MergedView, officer: Officer, subject: Subject, verdict: Verdict) -> Sequence[Authority]:
    """The officer's authorities with a finding on the subject.

    Where none has, all of them let a person go, and their home agency's alone says anything else.
    """
    having = {s.authority for s in view.sections if any(c.subject == subject for c in s.contributions)}
    concerned = [a for a in officer.authorities if a in having]
    if concerned:
        return concerned
    return officer.authorities if subject == PERSON and verdict in LETS_GO else AUTHORITIES_OF[officer.agency][:1]
