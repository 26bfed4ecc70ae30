"""Rules of risk for tests, compiled."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any

from counter_tui.domain.crossings import Crossing
from counter_tui.domain.risk import Indicator, Indicators, JointRisk, RiskRules, Situation, assess
from counter_tui.domain.screened import SCREENED, ScreeningState
from counter_tui.domain.sections import Contribution, Section
from counter_tui.domain.words import Authority, SourceState
from tests.unit.domain.build import NOW, POST, contribution, crossing, section

STALE = ((Authority.SECURITY, timedelta(hours=1)),)
ROW = Indicator(
    id="test.row",
    authority=Authority.CUSTOMS,
    owner="post",
    when="true",
    legal_basis="none",
    source="test",
    doubt="design",
    valid_from=date(2026, 1, 1),
)


def row(name: str, when: str, **changed: Any) -> Indicator:
    return replace(ROW, id=name, when=when, **changed)


def rules(*rows: Indicator, version: str = "1") -> RiskRules:
    made = loading(*rows, version=version)
    for _ in made.indicators.conditions.compile():
        pass
    return made


def loading(*rows: Indicator, version: str = "1") -> RiskRules:
    return RiskRules(version, 30, 60, STALE, Indicators(rows))


def situation(
    sections: Sequence[Section],
    *,
    of: Crossing | None = None,
    lists: ScreeningState = SCREENED,
    at: datetime = NOW,
) -> Situation:
    return Situation(of or crossing(), POST.country, tuple(sections), at, lists)


def whole(*contributions: Contribution, absent: Sequence[Authority] = ()) -> tuple[Section, ...]:
    return tuple(
        section(a, source=SourceState.NOT_CHECKED)
        if a in absent
        else section(a, *[c for c in contributions if c.authority is a])
        for a in Authority
    )


def profile(
    *contributions: Contribution, by: RiskRules, absent: Sequence[Authority] = (), of: Crossing | None = None
) -> JointRisk:
    return assess(situation(whole(*contributions, absent=absent), of=of), by)[0]


__all__ = ["NOW", "contribution", "loading", "profile", "row", "rules", "situation", "whole"]
