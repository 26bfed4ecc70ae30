"""The joint risk band, explained.

`joint = min(100, the highest authority score + 0.25 x the others)`; the band is the worst of the joint band, each
authority's own band and each contribution's floor. What is not checked is never green by absence.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from .screened import SCREENED, ScreeningState
from .sections import Contribution, Section
from .words import Authority, Band, SourceState

SHARE_OF_OTHERS = 4  # the others weigh a quarter


@dataclass(frozen=True, slots=True)
class RiskRules:
    """Bounds and ages, from configuration. Scores from `amber` are amber, from `red` red.

    `stale_after` tells for each authority how old its section may be before the band is amber at least.
    """

    version: str
    amber: int
    red: int
    stale_after: tuple[tuple[Authority, timedelta], ...]

    def band(self, score: int) -> Band:
        """The band of a score of 0 to 100."""
        if score >= self.red:
            return Band.RED
        return Band.AMBER if score >= self.amber else Band.GREEN

    def is_stale(self, section: Section, now: datetime) -> bool:
        """Whether a section that is not live is older than its authority allows."""
        if section.source is not SourceState.CACHED or section.as_of is None:
            return False
        limit = dict(self.stale_after).get(section.authority)
        return limit is not None and now - section.as_of > limit


@dataclass(frozen=True, slots=True)
class JointRisk:
    """The joint score and band, what weighs most first, and the sources that lift the band by absence."""

    score: int
    band: Band
    reasons: tuple[Contribution, ...]
    not_checked: tuple[Authority, ...]
    stale: tuple[Authority, ...]


def authority_score(section: Section) -> int:
    """The sum of an authority's open points, at most 100; sealed findings give none."""
    return min(100, sum(c.points or 0 for c in section.contributions))


def joint_risk(
    sections: Sequence[Section], rules: RiskRules, now: datetime, lists: ScreeningState = SCREENED
) -> JointRisk:
    """Fold the sections' contributions to the joint risk; a function of contributions and ages only.

    `lists`: whose lists were not checked at this counter, or are too old.
    """
    scores = sorted((authority_score(s) for s in sections), reverse=True) or [0]
    score = min(100, scores[0] + sum(scores[1:]) // SHARE_OF_OTHERS)
    contributions = [c for s in sections for c in s.contributions]
    absent = [s.authority for s in sections if s.source is SourceState.NOT_CHECKED]
    missing = tuple(dict.fromkeys((*absent, *lists.not_checked)))
    aged = [s.authority for s in sections if rules.is_stale(s, now)]
    stale = tuple(dict.fromkeys((*aged, *lists.stale)))
    floors = [c.band_floor for c in contributions]
    floors += [rules.band(own) for own in scores]
    if missing or stale:
        floors.append(Band.AMBER)
    reasons = sorted(contributions, key=lambda c: (-c.band_floor, -(c.points or 0), c.id))
    return JointRisk(score, max([rules.band(score), *floors]), tuple(reasons), missing, stale)
