"""What a joint profile is worked out from, and what the rows of the rules say of it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from ..crossings import Crossing
from ..screened import SCREENED, ScreeningState
from ..sections import Contribution, Finding, Section
from ..texts import Text, text
from ..words import Authority, SourceState
from .conditions import Answer
from .rules import PREFIX, Indicator, RiskRules
from .values import Values, values


@dataclass(frozen=True, slots=True)
class Situation:
    """One crossing as it stands: the authorities' sections, the lists, and the moment (aware) that ages are taken at.

    `country` is the post's (ISO 3166-1 alpha-3). `left_out` are rows that are not asked.
    """

    crossing: Crossing
    country: str
    sections: tuple[Section, ...]
    at: datetime
    lists: ScreeningState = SCREENED
    left_out: frozenset[str] = frozenset()

    def without(self, ids: frozenset[str]) -> "Situation":
        """The same if these contributions, or rows, were not there."""
        rows = frozenset(i.removeprefix(PREFIX) for i in ids if i.startswith(PREFIX))
        sections = tuple(
            replace(s, contributions=tuple(c for c in s.contributions if c.id not in ids)) for s in self.sections
        )
        return replace(self, sections=sections, left_out=self.left_out | rows)

    def answered(self, authorities: frozenset[Authority]) -> "Situation":
        """The same if these authorities answered now, with no more than is known, and their lists did."""
        sections = tuple(
            replace(s, source=SourceState.LIVE, as_of=self.at) if s.authority in authorities else s
            for s in self.sections
        )
        lists = replace(
            self.lists,
            not_checked=tuple(a for a in self.lists.not_checked if a not in authorities),
            stale=tuple(a for a in self.lists.stale if a not in authorities),
        )
        return replace(self, sections=sections, lists=lists)


@dataclass(frozen=True, slots=True)
class Judged:
    """The variables of a situation, and what each row says of them."""

    values: Values
    answers: Mapping[str, Answer]


def whole_seconds(crossing: Crossing, now: datetime) -> datetime:
    """The moment that ages are taken at: whole seconds after the crossing was opened, so that it can be recorded."""
    return crossing.opened_at + timedelta(seconds=(now - crossing.opened_at) // timedelta(seconds=1))


def judge(situation: Situation, rules: RiskRules, before: Judged | None = None) -> Judged:
    """What the rows say; of `before`, the same for almost the same situation, what asks for nothing else stays."""
    s, conditions = situation, rules.indicators.conditions
    found = values(s.crossing, s.sections, rules, s.country, s.at, s.lists)
    if not conditions.ready:
        return Judged(found, {})
    known: Mapping[str, Answer] = {}
    if before is not None:
        changed = {n for n in {*found, *before.values} if found.get(n) != before.values.get(n)}
        known = {i: a for i, a in before.answers.items() if changed.isdisjoint(conditions.names_in(i))}
    asked = [row.id for row in rows_of(s, rules)]
    return Judged(found, {**known, **conditions.judge([i for i in asked if i not in known], found)})


def rows_of(situation: Situation, rules: RiskRules) -> tuple[Indicator, ...]:
    """The rows that count in this situation."""
    day = situation.crossing.opened_at.date()
    return tuple(row for row in rules.indicators.on(day) if row.id not in situation.left_out)


def holding(situation: Situation, rules: RiskRules, judged: Judged) -> tuple[Indicator, ...]:
    """The rows that hold."""
    return tuple(row for row in rows_of(situation, rules) if judged.answers.get(row.id) is True)


def words_of(row: Indicator, judged: Judged) -> Text:
    """A row that holds, in words."""
    params = {name: _shown(judged.values.get(name)) for name in row.params}
    return text(f"indicator.{row.id}", **params)


def _shown(value: object) -> str | int:
    if isinstance(value, list):
        return ", ".join(value)
    return value if isinstance(value, int) and not isinstance(value, bool) else str(value)


def with_indicators(sections: Sequence[Section], held: Sequence[tuple[Contribution, Text]]) -> tuple[Section, ...]:
    """The sections with what rows call for in them."""
    return tuple(_add(section, [(c, t) for c, t in held if c.authority is section.authority]) for section in sections)


def _add(section: Section, held: Sequence[tuple[Contribution, Text]]) -> Section:
    if not held:
        return section
    findings = tuple(Finding(c.id, c.authority, "", words) for c, words in held)
    return replace(
        section,
        contributions=(*section.contributions, *(c for c, _ in held)),
        findings=(*section.findings, *findings),
    )
