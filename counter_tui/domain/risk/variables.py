"""What conditions of indicators can ask: a flat set of variables that every counter works out alike.

They come of the crossing, of what the authorities contribute, and of how old that is; never of details that some
counters see and others do not. None tells a nationality, a name, a sex, a place of birth, an origin or a belief: of the
nationality there is only whether it is the post's own country. What is not known has no value: a condition that asks
for it cannot be evaluated, unless it also asks whether it is known (`age_known && age < 18`).
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Final

from ..crossings import Crossing
from ..screened import SCREENED, ScreeningState
from ..sections import Contribution, Section
from ..words import Authority, Band, SourceState, Verdict
from .scoring import score_of

if TYPE_CHECKING:
    from .rules import RiskRules

Value = bool | int | str | list[str]
Values = dict[str, Value]

MINUTE: Final = timedelta(minutes=1)
MOST_CONTRIBUTIONS: Final = 64
"""Of one authority; where there are more, its lists are not known, so that no condition works long."""


@dataclass(frozen=True, slots=True)
class Variable:
    """One variable: its type in CEL, what it tells, and for words the most common values."""

    name: str
    type: str
    tells: str
    likely: tuple[Value, ...] = ()


_OF_CROSSING: Final = (
    Variable("direction", "string", "which way the lane leads", ("entry", "exit")),
    Variable("lane", "string", "the lane of the counter", ("A", "B")),
    Variable(
        "entry_method",
        "string",
        "how the document came in",
        ("mrz", "mrz-repaired", "keyed", "keyed-checked", "keyed-known", "found"),
    ),
    Variable(
        "document_kind", "string", 'the kind that was keyed (documents.toml), "" where a zone was read', ("", "plb")
    ),
    Variable("citizen", "bool", "a citizen of the post's own country", (True, False)),
    Variable("age_known", "bool", "the year of birth is known", (True, False)),
    Variable("age", "int", "whole years, at least; without a value where it is not known", (0, 6, 17, 18, 40, 90)),
    Variable("group_kind", "string", 'family, bus or batch; "" for nobody else', ("", "family", "bus", "batch")),
    Variable("group_size", "int", "how many the group is said to be; 1 without one", (1, 2, 20, 104)),
    Variable("guardian", "bool", "somebody is named with whom a minor travels", (True, False)),
    Variable("hour", "int", "0 to 23, at the post, when the crossing was opened", (0, 4, 12, 23)),
    Variable("weekday", "int", "1 (Monday) to 7, likewise", (1, 5, 7)),
    Variable("findings", "int", "contributions of all authorities", (0, 1, 3)),
    Variable("holds", "int", "of these, how many call for HOLD or more", (0, 1, 2)),
    Variable("authorities_amber", "int", "authorities whose own band is AMBER or RED", (0, 1, 2, 3)),
    Variable("not_checked", "int", "authorities that are NOT CHECKED, or whose lists are", (0, 1, 5)),
    Variable("stale", "int", "authorities whose source is too old", (0, 1, 5)),
)

_OF_AUTHORITY: Final = (
    Variable("source", "string", "live, cached or not_checked", ("live", "cached", "not_checked")),
    Variable("age", "int", "minutes since its section was true", (0, 30, 600)),
    Variable("score", "int", "0 to 100", (0, 10, 30, 45, 60, 100)),
    Variable("band", "string", "its own band, floors included", ("GREEN", "AMBER", "RED")),
    Variable("actions", "list", "what it calls for", ()),
    Variable("verdicts", "list", "its verdicts, by name", ()),
    Variable("worst", "string", "the most restrictive of them", tuple(v.name for v in Verdict)),
    Variable("count", "int", "how many contributions it has", (0, 1, 3)),
)
"""Each with the authority's name before it (`customs_score`); of one that is NOT CHECKED only `source` has a value."""

VARIABLES: Final = {
    variable.name: variable
    for variable in (
        *_OF_CROSSING,
        *(Variable(f"{a.value}_{v.name}", v.type, v.tells, v.likely) for a in Authority for v in _OF_AUTHORITY),
    )
}


def owner_of(name: str) -> Authority | None:
    """The authority whose answer a variable waits for; None for those of the crossing."""
    return next((a for a in Authority if name.startswith(f"{a.value}_")), None)


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
        found |= {f"{section.authority.value}_{name}": value for name, value in own}
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
