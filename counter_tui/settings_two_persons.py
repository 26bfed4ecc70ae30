"""Who signs what together (`two_persons.toml`). ConfigError as in `settings`, also where a matter has no row."""

from .domain.acts import Means
from .domain.matters import TwoPersonRule, TwoPersonRules
from .domain.two_persons import Matter
from .settings import _read, _rows, _rule, _unique, _version

NEVER_LATER = frozenset({Matter.IDENTITY, Matter.UNSEAL})
"""Who is looked at, and what is opened for one view, does not wait for somebody who signs at another counter later."""
LONGEST_APART = 3600
LONGEST_CONFIRM = 72


def load_two_persons() -> TwoPersonRules:
    """All rows, whether they are in force yet or not. Raises ConfigError."""
    table, at = _read("two_persons.toml")
    found = [(_rule(TwoPersonRule, row, where), where) for row, where in _rows(table, "matter", at)]
    for row, where in found:
        if not 0 < row.apart_seconds <= LONGEST_APART:
            raise where.inside("apart_seconds").wrong(f"1-{LONGEST_APART}")
        if not 0 < row.confirm_hours <= LONGEST_CONFIRM:
            raise where.inside("confirm_hours").wrong(f"1-{LONGEST_CONFIRM}")
        if row.matter in NEVER_LATER and Means.OWN_COUNTER in row.means:
            raise where.inside("means").wrong("telephone")
    rows = _unique(((row.matter.value, row) for row, _ in found), at)
    missing = [matter.value for matter in Matter if matter.value not in rows]
    if missing:
        raise at.inside("matter").wrong(", ".join(missing))
    return TwoPersonRules(_version(table, at), {row.matter: row for row in rows.values()})


def unseals_by_telephone() -> bool:
    """Whether who signs an unsealing with another may be called, in any version of the rules. Raises ConfigError."""
    row = load_two_persons().rows.get(Matter.UNSEAL)
    return row is not None and Means.TELEPHONE in row.means
