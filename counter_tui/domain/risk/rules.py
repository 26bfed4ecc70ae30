"""The rules of one version: bounds of the bands, how old a source may be, and the indicators with their weights."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta

from ..sections import Contribution, Section, Subject
from ..texts import Text, text
from ..words import AGENCY_OF, AUTHORITIES_OF, Agency, Authority, Band, SourceState, SubjectKind, Verdict
from .conditions import Conditions
from .variables import VARIABLES

PREFIX = "risk/"
"""An indicator that holds is a reason of this id and the row's."""
SIGNED = "!"
"""Between a version and the owners who have not signed theirs."""


@dataclass(frozen=True, slots=True)
class Indicator:
    """One row: where the condition `when` (CEL) holds, these points count in this authority's score.

    `band_floor` holds whatever the points are. With a `verdict` it also calls for something, `action`, about `subject`.
    Its text is `indicator.<id>`, with the variables that `params` names. `valid_from` is the first day it counts.
    """

    id: str
    authority: Authority
    owner: str
    when: str
    legal_basis: str
    source: str
    doubt: str
    valid_from: date
    points: int = 0
    band_floor: Band = Band.GREEN
    verdict: Verdict = Verdict.CLEAR
    action: str = ""
    subject: SubjectKind = SubjectKind.PERSON
    params: tuple[str, ...] = ()

    @property
    def calls(self) -> bool:
        """Whether it calls for something, beside what it weighs."""
        return self.verdict > Verdict.CLEAR

    @property
    def reason(self) -> str:
        """The id of the reason that it is where it holds."""
        return f"{PREFIX}{self.id}"

    def contribution(self, version: str) -> Contribution:
        """What it contributes where it holds."""
        return Contribution(
            id=self.reason,
            authority=self.authority,
            subject=Subject(self.subject, self.subject.value),
            verdict=self.verdict,
            band_floor=self.band_floor,
            action=self.action,
            rule_version=f"risk {version}",
            points=self.points,
        )


def is_indicator(contribution: Contribution) -> bool:
    """Whether a contribution is of an indicator, and not of what an authority holds."""
    return contribution.id.startswith(PREFIX)


class Indicators:
    """The rows of one version with their conditions, which are compiled once, behind the screen."""

    def __init__(self, rows: Sequence[Indicator] = (), refused: Mapping[str, Text] | None = None) -> None:
        """Rows that are `refused`, by id, are never evaluated, and why."""
        self.rows = tuple(rows)
        self.by_id = {row.id: row for row in self.rows}
        self.conditions = Conditions({row.id: row.when for row in self.rows}, VARIABLES, refused)

    def on(self, day: date) -> frozenset[str]:
        """The ids of the rows that count on this day."""
        return frozenset(row.id for row in self.rows if row.valid_from <= day)


@dataclass(frozen=True, slots=True)
class RiskRules:
    """Bounds, ages and indicators of one version. Scores from `amber` are amber, from `red` red.

    `stale_after` tells for each authority how old its section may be before the band is amber at least.
    """

    version: str
    amber: int
    red: int
    stale_after: tuple[tuple[Authority, timedelta], ...]
    indicators: Indicators = field(default_factory=Indicators, compare=False)

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

    def without(self, unsigned: Sequence[str]) -> "RiskRules":
        """As they count where these owners have not signed theirs: their rows are not gone by, and nothing is green.

        For each stands a row that cannot be evaluated; of its authorities nothing that is not live is fresh. The
        version names them (`2026-11-22!customs`), so that what was decided can be worked out again.
        """
        if not unsigned:
            return self
        kept = [row for row in self.indicators.rows if row.owner not in unsigned]
        told = [_unsigned(owner) for owner in unsigned]
        refused = {row.id: text("rule.not-signed", owner=row.owner) for row in told}
        ages = tuple((a, timedelta(0) if AGENCY_OF[a].value in unsigned else age) for a, age in self.stale_after)
        version = SIGNED.join([self.version, *unsigned])
        return replace(self, version=version, stale_after=ages, indicators=Indicators((*kept, *told), refused))


def _unsigned(owner: str) -> Indicator:
    own = AUTHORITIES_OF[Agency(owner)][0] if owner in {agency.value for agency in Agency} else Authority.IMMIGRATION
    return Indicator(f"unsigned.{owner}", own, owner, "", "", "", "none", date.min)
