"""What would bring the band down: each reason left out, each source that is missing or too old answering.

A list to act on, short and honest: first whatever suffices alone; where nothing does, what has to come together.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from ..words import Authority, Band
from .judging import Judged, Situation, judge
from .profile import Change, JointRisk, weigh
from .rules import PREFIX, RiskRules
from .scoring import joint_score, score_of

MOST_CHANGES: Final = 4
MOST_CAUSES: Final = 12
"""So many of the weightiest are looked at."""


@dataclass(frozen=True, slots=True)
class _Cause:
    """Something that lifts the band: a reason or a row by id, or a source; `floor` is what it holds by itself."""

    reason: str = ""
    source: Authority | None = None
    floor: Band = Band.GREEN

    def holds(self, band: Band) -> bool:
        """Whether the band cannot be lower as long as this is there."""
        return self.floor >= band


class Changing:
    """The changes of one situation."""

    def __init__(self, situation: Situation, rules: RiskRules, judged: Judged, risk: JointRisk) -> None:
        self._situation, self._rules, self._judged, self._risk = situation, rules, judged, risk

    def find(self) -> tuple[Change, ...]:
        """Each cause that suffices alone; else the fewest, heaviest first, that do together."""
        if self._risk.band is Band.GREEN:
            return ()
        causes = list(self._causes())[:MOST_CAUSES]
        holding = [cause for cause in causes if cause.holds(self._risk.band)]
        if len(holding) < 2:  # of two that each hold the band, neither suffices
            tried = (self._if_gone([cause]) for cause in holding or causes)
            alone = [change for change in tried if change is not None]
            if alone:
                return tuple(sorted(alone, key=lambda c: (c.band, c.score))[:MOST_CHANGES])
        return self._together(holding, [cause for cause in causes if cause not in holding])

    def _causes(self) -> Iterator[_Cause]:
        """Reasons, the heaviest first; then sources, and rows that say nothing."""
        risk, amber = self._risk, Band.AMBER
        own = {row.id for row in risk.rows}
        for c in risk.reasons:
            if c.points or c.band_floor > Band.GREEN:
                yield _Cause(c.id, floor=Band.GREEN if c.id in own else c.band_floor)
        for authority in dict.fromkeys((*risk.not_checked, *risk.stale)):
            yield _Cause(source=authority, floor=amber)
        for unjudged in risk.unjudged:
            if unjudged.waits_for is None:
                yield _Cause(f"{PREFIX}{unjudged.id}", floor=amber)

    def _together(self, holding: list[_Cause], others: list[_Cause]) -> tuple[Change, ...]:
        for count in range(max(0, 2 - len(holding)), len(others) + 1):
            change = self._if_gone([*holding, *others[:count]])
            if change is not None:
                return (self._spared(holding, others[:count], change),)
        return ()

    def _spared(self, holding: list[_Cause], others: list[_Cause], change: Change) -> Change:
        """The same change without the causes that need not go for it."""
        for cause in reversed(others):
            fewer = [c for c in others if c is not cause]
            less = self._if_gone([*holding, *fewer]) if len(holding) + len(fewer) > 1 else None
            if less is not None and less.band <= change.band:
                others, change = fewer, less
        return change

    def _if_gone(self, causes: list[_Cause]) -> Change | None:
        """What is left without these; None where the band stays."""
        reasons = tuple(c.reason for c in causes if c.reason)
        sources = tuple(c.source for c in causes if c.source is not None)
        if self._least(reasons, sources) >= self._risk.band:
            return None  # whatever the rows say of it
        then = self._situation.without(frozenset(reasons)).answered(frozenset(sources))
        left = weigh(then, self._rules, judge(then, self._rules, self._judged))
        return Change(left.band, left.score, reasons, sources) if left.band < self._risk.band else None

    def _least(self, reasons: tuple[str, ...], sources: tuple[Authority, ...]) -> Band:
        """The least that the band is without these: what the contributions that stay make of it, without the rows."""
        left = [[c for c in s.contributions if c.id not in reasons] for s in self._situation.sections]
        score = joint_score(map(score_of, left))
        missing = not {*self._risk.not_checked, *self._risk.stale}.issubset(sources)
        return max(
            self._rules.band(score), Band.AMBER if missing else Band.GREEN, *(c.band_floor for own in left for c in own)
        )
