"""The joint risk profile: rows of rules over what every counter sees alike, combined to one band that explains itself.

`rules` are of a version; `variables` are what conditions may ask, `conditions` evaluates them; `judging` asks the rows
of a situation, `profile` folds score and band, `changing` says what would bring them down, `recomputing` does it all
again years later.
"""

from dataclasses import replace

from ..sections import Section
from ..words import Verdict
from .changing import Changing
from .judging import Situation, judge, with_indicators
from .profile import Change, Held, JointRisk, Unjudged, fold
from .rules import Indicator, Indicators, RiskRules, is_indicator
from .scoring import SHARE_OF_OTHERS, joint_score, score_of

__all__ = [
    "SHARE_OF_OTHERS",
    "Change",
    "Held",
    "Indicator",
    "Indicators",
    "JointRisk",
    "RiskRules",
    "Situation",
    "Unjudged",
    "assess",
    "is_indicator",
    "joint_score",
    "score_of",
]


def assess(situation: Situation, rules: RiskRules) -> tuple[JointRisk, tuple[Section, ...]]:
    """The joint profile with what would change it, and the sections with what rows of the rules call for in them."""
    judged = judge(situation, rules)
    risk = fold(situation, rules, judged)
    held = {row.id: row.words for row in risk.rows}
    called = [(c, held[c.id]) for c in risk.reasons if c.id in held and c.verdict > Verdict.CLEAR]
    explained = replace(risk, changes=Changing(situation, rules, judged, risk).find())
    return explained, with_indicators(situation.sections, called)
