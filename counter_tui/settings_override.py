"""The law of overriding (`override.toml`). ConfigError as in `settings`, also where a row allows what is never."""

from dataclasses import dataclass
from datetime import date

from .domain.overriding import Allowed, Never, OverrideReason, OverrideRules
from .domain.words import Verdict
from .settings import _At, _read, _rows, _rule, _unique, _version

LONGEST_HOURS = 24


@dataclass(frozen=True, slots=True)
class _Row:
    """A row of the file."""

    name: str
    actions: frozenset[str]
    most: Verdict
    hours: int
    confirm_hours: int
    valid_from: date
    legal_basis: str = ""


def load_override() -> OverrideRules:
    """All rows, whether they are in force yet or not. Raises ConfigError."""
    table, at = _read("override.toml")
    never = [_rule(Never, row, where) for row, where in _rows(table, "never", at)]
    rows = [(_rule(_Row, row, where), where) for row, where in _rows(table, "allowed", at)]
    _unique(((row.name, row) for row, _ in rows), at)
    barred = frozenset(action for row in never for action in row.actions)
    allowed = tuple(_allowed(row, barred, where) for row, where in rows)
    reasons = [_rule(OverrideReason, row, where) for row, where in _rows(table, "reason", at)]
    named = _unique(((reason.code, reason) for reason in reasons), at)
    return OverrideRules(_version(table, at), allowed, tuple(never), tuple(named.values()))


def _allowed(row: _Row, barred: frozenset[str], at: _At) -> Allowed:
    if row.actions & barred:
        raise at.inside("actions").wrong(", ".join(sorted(row.actions - barred)))
    if row.most >= Verdict.REFUSE:
        raise at.inside("most").wrong("REFER | HOLD")
    for name, hours in (("hours", row.hours), ("confirm_hours", row.confirm_hours)):
        if not 0 < hours <= LONGEST_HOURS:
            raise at.inside(name).wrong(f"1-{LONGEST_HOURS}")
    return Allowed(row.actions, row.most, row.hours, min(row.confirm_hours, row.hours), row.valid_from, row.legal_basis)
