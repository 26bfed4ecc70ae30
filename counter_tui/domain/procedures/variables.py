"""What conditions of procedures can ask: all that conditions of risk can, and a few things more."""

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Final

from ..crossings import ADULT_YEARS, Crossing
from ..emergency import was_called
from ..risk.values import Value, Values
from ..risk.variables import VARIABLES as OF_RISK
from ..risk.variables import Variable
from ..sections import Section
from ..words import Band, SourceState, SubjectKind

_OWN: Final = (
    Variable("minor", "bool", "under 18; no value where the age is not known", (True, False)),
    Variable(
        "emergency_called", "bool", "a medical emergency was called at a counter, be it over by now", (True, False)
    ),
    Variable("joint_band", "string", "the joint risk band", tuple(band.name for band in Band)),
)
_OF_SUBJECT: Final = tuple(
    Variable(f"{kind.value}_actions", "list", f"what is called for about a {kind.value}, by whomever")
    for kind in SubjectKind
)
VARIABLES: Final = OF_RISK | {variable.name: variable for variable in (*_OWN, *_OF_SUBJECT)}
"""Of an authority that is NOT CHECKED only `source` has a value, and then none of a subject's actions has one."""


def facts(crossing: Crossing, sections: Sequence[Section], of_risk: Values, band: Band) -> Values:
    """The variables of one crossing that have a value; `of_risk` are those that conditions of risk ask."""
    return of_risk | dict(_own(crossing, sections, band, crossing.opened_at.date()))


def _own(crossing: Crossing, sections: Sequence[Section], band: Band, on: date) -> Iterator[tuple[str, Value]]:
    age = crossing.document.birth.age_on(on)
    if age is not None:
        yield "minor", age < ADULT_YEARS
    yield "emergency_called", was_called(sections)
    yield "joint_band", band.name
    if all(s.source is not SourceState.NOT_CHECKED for s in sections):
        held = [c for s in sections for c in s.contributions]
        for kind in SubjectKind:
            yield f"{kind.value}_actions", sorted({c.action for c in held if c.subject.kind is kind})
