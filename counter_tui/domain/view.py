"""The merged view of one crossing: what the screen paints, and the digest of it that a verdict carries."""

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING

from .acts import Act
from .crossings import Crossing
from .deadlines import CLOSED, Deadlines
from .joint.fold import fold
from .joint.state import LAWLESS, JointState, Law
from .outcome import Circumstances, Judgement, circumstances_of
from .posts import Post
from .presented import PresentedRules, with_presented
from .screened import SCREENED, ScreeningRules, ScreeningState
from .sections import Section, Subject
from .words import Authority, Outcome

if TYPE_CHECKING:
    from .delegation import Delegation
    from .floor import Floor, FloorRules
    from .procedures import Plan, Procedure, Procedures
    from .risk import JointRisk, RiskRules


@dataclass(frozen=True, slots=True)
class Rulebook:
    """The rules that a merge needs, each of a version: risk bounds, joint procedures, documents presented, lists."""

    risk: "RiskRules"
    procedures: "Procedures"
    version: str
    presented: PresentedRules | None = None
    screening: ScreeningRules | None = None
    floor: "FloorRules | None" = None
    delegations: "tuple[Delegation, ...]" = ()
    law: Law = LAWLESS
    deadlines: Deadlines = CLOSED


@dataclass(frozen=True, slots=True)
class MergedView:
    """One crossing as the authorities know it, side by side, with what follows for all of them.

    `at` is the moment that ages were taken at (aware). `floor` is what holds where not all is fresh; None without rules
    for it. `delegated` is what the officer of this view may clear for authorities that have nobody here. `parted`: whom
    this minor travels with was not let go.
    """

    crossing: Crossing
    sections: tuple[Section, ...]
    risk: "JointRisk"
    joint: JointState
    plan: "Plan | None"
    circumstances: Circumstances
    digest: str
    at: datetime
    screening: ScreeningState = SCREENED
    floor: "Floor | None" = None
    delegated: "Mapping[Authority, Delegation]" = field(default_factory=dict)
    parted: bool = False

    def section(self, authority: Authority) -> Section:
        """The section of this authority."""
        return next(s for s in self.sections if s.authority is authority)

    @property
    def standing(self) -> tuple[Judgement, ...]:
        """The verdicts in force, the strictest first."""
        return self.joint.judgements

    @property
    def outcome(self) -> tuple[tuple[Subject, Outcome], ...]:
        """What follows for each subject, the person first."""
        return self.joint.outcome

    @property
    def procedure(self) -> "Procedure | None":
        """The foremost of the joint procedures that apply."""
        return self.plan.procedures[0] if self.plan and self.plan.procedures else None


def circumstances(crossing: Crossing, sections: Sequence[Section], post: Post, on: date) -> Circumstances:
    """What the clamps ask: from the document, and from what the authorities contribute."""
    return circumstances_of(crossing, {c.action for s in sections for c in s.contributions}, post.country, on)


def digest(crossing: Crossing, sections: Sequence[Section], risk: "JointRisk") -> str:
    """SHA-256 (hex) of what is shown of a crossing: identity, sections with ages and contents, joint risk."""
    shown = [
        crossing.id,
        crossing.direction.value,
        crossing.document.key,
        [
            [
                s.authority.value,
                s.source.value,
                s.as_of.isoformat() if s.as_of else None,
                [[c.id, c.verdict.name, c.band_floor.name, c.points, c.rule_version] for c in s.contributions],
                [[f.id, f.text.code if f.text else None] for f in s.findings],
                [list(v) for v in s.versions],
            ]
            for s in sections
        ],
        risk.digest(),
    ]
    return hashlib.sha256(json.dumps(shown, separators=(",", ":")).encode()).hexdigest()


def whole_seconds(crossing: Crossing, now: datetime) -> datetime:
    """The moment that ages are taken at: whole seconds after the crossing was opened, so that it can be recorded."""
    return crossing.opened_at + timedelta(seconds=(now - crossing.opened_at) // timedelta(seconds=1))


def profiled(
    crossing: Crossing,
    sections: Sequence[Section],
    post: Post,
    rules: Rulebook,
    now: datetime,
    screening: ScreeningState = SCREENED,
) -> "tuple[JointRisk, tuple[Section, ...]]":
    """The joint risk, and the sections in their order with what this counter sees and what rules of risk call for."""
    from .risk import Situation, assess  # not before a traveller is there

    whole = with_presented(sections, crossing, post, rules.presented)
    ordered = tuple(sorted(whole, key=lambda s: list(Authority).index(s.authority)))
    at = whole_seconds(crossing, now)
    return assess(Situation(crossing, post.country, ordered, at, screening), rules.risk)


def planned(
    crossing: Crossing,
    sections: tuple[Section, ...],
    risk: "JointRisk",
    post: Post,
    rules: Rulebook,
    now: datetime,
    screening: ScreeningState = SCREENED,
) -> "Plan | None":
    """What the joint procedures that apply ask for, in one list."""
    from .procedures import facts, plan_of  # not before a traveller is there
    from .risk.values import values

    known = values(crossing, sections, rules.risk, post.country, whole_seconds(crossing, now), screening)
    return plan_of(rules.procedures, facts(crossing, sections, known, risk.band), crossing.opened_at.date())


def merge(
    crossing: Crossing,
    sections: Sequence[Section],
    acts: Sequence[Act],
    post: Post,
    rules: Rulebook,
    now: datetime,
    screening: ScreeningState = SCREENED,
) -> MergedView:
    """One view of what the authorities hold. `sections` has each authority once; `acts` are what was recorded of it.

    `now` is an aware datetime; it only ages sources. `screening` is what `with_screened` gave with the
    sections. What this counter sees of the document stands in immigration's.
    """
    risk, ordered = profiled(crossing, sections, post, rules, now, screening)
    who = circumstances(crossing, ordered, post, now.date())
    return MergedView(
        crossing=crossing,
        sections=ordered,
        risk=risk,
        joint=fold(acts, ordered, who, now, rules.law),
        plan=planned(crossing, ordered, risk, post, rules, now, screening),
        circumstances=who,
        digest=digest(crossing, ordered, risk),
        at=whole_seconds(crossing, now),
        screening=screening,
    )
