"""Which steps of a plan end with a verdict that was given."""

from collections.abc import Iterable, Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field
from datetime import datetime

from ..acts import Act
from ..entries import DECISION
from ..outcome import Judgement
from ..words import Basis, Verdict
from .deeds import by_two
from .merging import Plan
from .rows import Step


@dataclass(frozen=True, slots=True)
class Verdicts:
    """By the keys of steps. `given`: when the verdict was, None where that is not known; it finishes the step.

    `alone`: it was given, and of the two who sign the step one has not.
    """

    given: Mapping[str, datetime | None] = field(default_factory=dict)
    alone: frozenset[str] = frozenset()


def verdicts_of(
    plan: Plan,
    standing: Iterable[Judgement],
    acts: Iterable[Act] = (),
    confirmed: AbstractSet[str] = frozenset(),
) -> Verdicts:
    """The steps whose verdict stands. `acts` are the crossing's: its decisions tell when, and by whom.

    What rules say alone ends a step only with CLEAR, and only one that nobody has to sign.
    """
    judged, decided = list(standing), [act for act in acts if act.kind == DECISION]
    given: dict[str, datetime | None] = {}
    alone = set()
    for planned in plan.steps:
        step = planned.step
        if not step.verdicts or not _stands(step, judged):
            continue
        said = [act for act in decided if any(_is_of(step, j) for j in act.deed.judgements)]
        if not step.two or any(by_two(act, confirmed) for act in said):
            given[planned.key] = min((act.at for act in said), default=None)
        else:
            alone.add(planned.key)
    return Verdicts(given, frozenset(alone))


def _stands(step: Step, standing: list[Judgement]) -> bool:
    about = [j for j in standing if j.authority is step.authority and j.subject.kind is step.subject]
    return bool(about) and all(_ends(step, j) for j in about)


def _ends(step: Step, judged: Judgement) -> bool:
    if judged.basis is Basis.RULE:
        return judged.verdict is Verdict.CLEAR and Verdict.CLEAR in step.verdicts and not (step.two or step.supervisor)
    return judged.verdict in step.verdicts


def _is_of(step: Step, judged: Judgement) -> bool:
    own = judged.authority is step.authority and judged.subject.kind is step.subject
    return own and judged.basis is not Basis.RULE and judged.verdict in step.verdicts
