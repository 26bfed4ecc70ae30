"""Joint procedures as data: which apply, what their steps are in one list, and how far each is.

`rows` is what the agencies agreed on, `judging` which of it applies, `merging` the one list, `progress` how far it is.
"""

from .judging import NONE, Procedures, plan_of
from .merging import Plan, PlannedStep, Unjudged, plan
from .rows import Certainty, Duty, Procedure, Rank, SignOff, Step, Words
from .variables import facts

__all__ = [
    "NONE",
    "Certainty",
    "Duty",
    "Plan",
    "PlannedStep",
    "Procedure",
    "Procedures",
    "Rank",
    "SignOff",
    "Step",
    "Unjudged",
    "Words",
    "facts",
    "plan",
    "plan_of",
]
