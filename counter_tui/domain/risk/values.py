"""The variables of one situation: what has a value, and which."""

from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Final

from ..crossings import Crossing
from ..screened import SCREENED, ScreeningState
from ..sections import Contribution, Section
from ..words import Band, SourceState, Verdict
from .scoring import score_of

if TYPE_CHECKING:
    from .rules import RiskRules

Value = bool | int | str | list[str]
Values = dict[str, Value]

MINUTE: Final = timedelta(minutes=1)
MOST_CONTRIBUTIONS: Final = 64
"""Of one authority; where there are more, its lists are not known, so that no condition works long."""


def values(
    crossing: Crossing,
    sections: Sequence[Section],
    rules: "RiskRules",
    country: str,
    now: datetime,
    lists: ScreeningState = SCREENED,
) -> Values:
    """The variables that have a value. `country` is the post's (ISO 3166-1 alpha-3), `now` aware."""
    found = dict(_crossing_values(crossing, country))
    for section in sections:
        own = _authority_values(section, rules, now)
        before = section.authority.value
        found |= {f"{before}_{name}": value for name, value in own}
    contributions = [c for s in sections for c in s.contributions]
    absent = {s.authority for s in sections if s.source is SourceState.NOT_CHECKED} | set(lists.not_checked)
    aged = {s.authority for s in sections if rules.is_stale(s, now)} | set(lists.stale)
    return found | {
        "findings": len(contributions),
        "holds": sum(c.verdict >= Verdict.HOLD for c in contributions),
        "authorities_amber": sum(own_band(s.contributions, rules) > Band.GREEN for s in sections),
        "not_checked": len(absent),
        "stale": len(aged),
    }


def _crossing_values(crossing: Crossing, country: str) -> Iterator[tuple[str, Value]]:
    document, group = crossing.document, crossing.group
    age = document.birth.age_on(crossing.opened_at.date())
    yield "direction", crossing.direction.value
    yield "lane", crossing.lane
    yield "entry_method", document.entry_method
    yield "document_kind", document.kind
    yield "citizen", document.nationality == country
    yield "age_known", age is not None
    if age is not None:
        yield "age", age
    yield "group_kind", group.kind.value if group else ""
    yield "group_size", group.headcount if group else 1
    yield "guardian", crossing.guardian is not None
    yield "hour", crossing.opened_at.hour
    yield "weekday", crossing.opened_at.isoweekday()


def _authority_values(section: Section, rules: "RiskRules", now: datetime) -> Iterator[tuple[str, Value]]:
    yield "source", section.source.value
    if section.source is SourceState.NOT_CHECKED:
        return
    held = section.contributions
    if section.as_of is not None:
        yield "age", max(0, (now - section.as_of) // MINUTE)
    yield "score", score_of(held)
    yield "band", own_band(held, rules).name
    yield "worst", max((c.verdict for c in held), default=Verdict.CLEAR).name
    yield "count", len(held)
    if len(held) <= MOST_CONTRIBUTIONS:
        yield "actions", sorted({c.action for c in held})
        yield "verdicts", sorted({c.verdict.name for c in held})


def own_band(held: Sequence[Contribution], rules: "RiskRules") -> Band:
    """An authority's own band: its score's, and each floor."""
    return max([rules.band(score_of(held)), *(c.band_floor for c in held)])
