"""What a joint profile is worked out from, and what the rows of the rules say of it."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from ..crossings import Crossing
from ..screened import SCREENED, ScreeningState
from ..sections import Contribution, Finding, Section
from ..texts import Text, text
from ..words import Authority, SourceState
from .conditions import Answers
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
        return replace(self, sections=tuple(_less(s, ids) for s in self.sections), left_out=self.left_out | rows)

    def answered(self, authorities: frozenset[Authority]) -> "Situation":
        """The same if these authorities answered now, with no more than is known, and their lists did."""
        if not authorities:
            return self
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


def _less(section: Section, ids: frozenset[str]) -> Section:
    kept = tuple(c for c in section.contributions if c.id not in ids)
    return section if len(kept) == len(section.contributions) else replace(section, contributions=kept)


@dataclass(frozen=True, slots=True)
class Judged:
    """The variables of a situation, which rows count on its day, and what they say of it."""

    values: Values
    counting: frozenset[str]
    answers: Answers


def judge(situation: Situation, rules: RiskRules, before: Judged | None = None) -> Judged:
    """What the rows say; of `before`, of the same crossing, what asks for nothing that has changed stays."""
    s, conditions = situation, rules.indicators.conditions
    found = values(s.crossing, s.sections, rules, s.country, s.at, s.lists)
    if not conditions.ready:
        return Judged(found, frozenset(), {})
    if before is None:
        counting = rules.indicators.on(s.crossing.opened_at.date())
        return Judged(found, counting, conditions.judge(counting, found))
    changed = [name for name in {*found, *before.values} if found.get(name) != before.values.get(name)]
    anew = conditions.asking(changed) & before.counting
    stays = {name: answer for name, answer in before.answers.items() if name not in anew}
    return Judged(found, before.counting, {**stays, **conditions.judge(anew, found)})


def holding(situation: Situation, rules: RiskRules, judged: Judged) -> list[Indicator]:
    """The rows that hold, by id."""
    held = sorted(name for name, answer in judged.answers.items() if answer is True)
    return [rules.indicators.by_id[name] for name in held if name not in situation.left_out]


def unknown(situation: Situation, judged: Judged) -> list[tuple[str, Text]]:
    """The rows that could not be evaluated, by id, and why."""
    found = [(name, answer) for name, answer in judged.answers.items() if isinstance(answer, Text)]
    return sorted((name, why) for name, why in found if name not in situation.left_out)


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
