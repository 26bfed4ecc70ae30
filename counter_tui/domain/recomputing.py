"""The joint risk of a decision, worked out again from what was recorded with it and the rules of that version."""

from dataclasses import replace
from datetime import timedelta

from ..errors import CounterError
from .entries import DecisionBody, versions
from .risk import Indicators, JointRisk, RiskRules, Situation, assess
from .screened import ScreeningState
from .sections import Section


def recompute(body: DecisionBody, rules: RiskRules, country: str) -> JointRisk:
    """The joint risk as it was when this decision was taken; `country` is the post's (ISO 3166-1 alpha-3).

    Raises CounterError `joint.other-version` for rules of another version than the decision leaned on, and
    `joint.not-recorded` for a decision of before this could be worked out.
    """
    wanted = versions(body.rules).get("risk", "")
    if wanted != rules.version:
        raise CounterError("joint.other-version", wanted=wanted, given=rules.version)
    if body.joint is None:
        raise CounterError("joint.not-recorded")
    if body.joint.loading:
        rules = replace(rules, indicators=Indicators(rules.indicators.rows))
    else:
        for _ in rules.indicators.conditions.compile():
            pass
    held = (*body.leaned, *body.screened)
    sections = tuple(
        Section(s.authority, s.source, s.as_of, tuple(c for c in held if c.authority is s.authority))
        for s in body.stamps
    )
    lists = ScreeningState(not_checked=body.joint.missing, stale=body.joint.stale)
    at = body.crossing.opened_at + timedelta(seconds=body.joint.after)
    risk, _ = assess(Situation(body.crossing, country, sections, at, lists), rules)
    return risk
