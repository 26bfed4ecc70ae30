"""What would bring the band down: each reason left out, each source that is missing or too old answering.

A list to act on, short and honest: first whatever suffices alone; where nothing does, what has to come together.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from ..words import Authority, Band
from .judging import Judged, Situation, judge
from .profile import Change, JointRisk, fold
from .rules import PREFIX, RiskRules

MOST_CHANGES: Final = 4
MOST_CAUSES: Final = 12
"""So many of the weightiest are looked at."""


@dataclass(frozen=True, slots=True)
class _Cause:
    """Something that lifts the band: a reason or a row by id, or a source."""

    reason: str = ""
    source: Authority | None = None


class Changing:
    """The changes of one situation."""

    def __init__(self, situation: Situation, rules: RiskRules, judged: Judged, risk: JointRisk) -> None:
        self._situation, self._rules, self._judged, self._risk = situation, rules, judged, risk

    def find(self) -> tuple[Change, ...]:
        """Each cause that suffices alone; else the fewest, heaviest first, that do together."""
        if self._risk.band is Band.GREEN:
            return ()
        causes = list(self._causes())[:MOST_CAUSES]
        alone = [change for change in map(self._if_gone, ([c] for c in causes)) if change.band < self._risk.band]
        if alone:
            return tuple(sorted(alone, key=lambda c: (c.band, c.score))[:MOST_CHANGES])
        return self._together(causes)

    def _causes(self) -> Iterator[_Cause]:
        risk = self._risk
        yield from (_Cause(reason=c.id) for c in risk.reasons if c.points or c.band_floor > Band.GREEN)
        sources = (*risk.not_checked, *risk.stale)
        yield from (_Cause(source=authority) for authority in dict.fromkeys(sources))
        yield from (_Cause(reason=f"{PREFIX}{u.id}") for u in risk.unjudged if u.waits_for is None)

    def _together(self, causes: list[_Cause]) -> tuple[Change, ...]:
        for count in range(2, len(causes) + 1):
            change = self._if_gone(causes[:count])
            if change.band < self._risk.band:
                return (self._spared(causes[:count], change),)
        return ()

    def _spared(self, causes: list[_Cause], change: Change) -> Change:
        """The same change without the causes that need not go for it."""
        for cause in reversed(causes):
            fewer = [c for c in causes if c is not cause]
            if len(fewer) > 1 and (less := self._if_gone(fewer)).band <= change.band:
                causes, change = fewer, less
        return change

    def _if_gone(self, causes: list[_Cause]) -> Change:
        reasons = tuple(c.reason for c in causes if c.reason)
        sources = tuple(c.source for c in causes if c.source is not None)
        then = self._situation.without(frozenset(reasons)).answered(frozenset(sources))
        risk = fold(then, self._rules, judge(then, self._rules, self._judged))
        return Change(risk.band, risk.score, reasons, sources)
