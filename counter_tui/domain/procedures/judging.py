"""Which procedures apply to a traveller, and what then is to be done."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Final

from ..risk.conditions import Conditions
from ..risk.values import Values
from ..risk.variables import owner_of
from ..texts import Text, text
from ..words import Agency, Authority
from .merging import Plan, Unjudged, plan
from .rows import Procedure
from .variables import VARIABLES


class Procedures:
    """The procedures of one version with their conditions, which are compiled once, behind the screen.

    `unsigned` tells by id which agencies have not signed a procedure that changes their duty.
    """

    def __init__(
        self,
        rows: Sequence[Procedure] = (),
        version: str = "",
        unsigned: Mapping[str, tuple[Agency, ...]] | None = None,
    ) -> None:
        self.rows = tuple(rows)
        self.by_id = {row.id: row for row in self.rows}
        self.version, self.unsigned = version, dict(unsigned or {})
        self.conditions = Conditions({row.id: row.when for row in self.rows}, VARIABLES)

    def on(self, day: date) -> frozenset[str]:
        """The ids of the procedures that are in force on this day."""
        return frozenset(row.id for row in self.rows if row.valid_from <= day)


NONE: Final = Procedures()


def plan_of(procedures: Procedures, values: Values, day: date) -> Plan | None:
    """What is to be done about one traveller, `values` being what `facts` gives; None where no procedure applies.

    One that cannot be evaluated, or is not signed, is named with why, and its steps are not gone by. While the
    conditions are not compiled nothing is known of any.
    """
    if not procedures.conditions.ready:
        return None
    answers = procedures.conditions.judge(sorted(procedures.on(day)), values)
    applying, unjudged = [], []
    for name, answer in answers.items():
        row, why = procedures.by_id[name], answer if isinstance(answer, Text) else _unsigned(procedures, name)
        if why is None:
            applying.append(row)
        else:
            unjudged.append(Unjudged(row.id, row.number, why, _silent(procedures, name, values)))
    return plan(applying, unjudged) if applying or unjudged else None


def _silent(procedures: Procedures, name: str, values: Values) -> tuple[Authority, ...]:
    """Whose answer the condition lacks."""
    lacking = {owner_of(asked) for asked in procedures.conditions.names_in(name) - values.keys()}
    return tuple(a for a in Authority if a in lacking)


def _unsigned(procedures: Procedures, name: str) -> Text | None:
    missing = procedures.unsigned.get(name)
    return text("plan.not-signed", agencies=", ".join(missing)) if missing else None
