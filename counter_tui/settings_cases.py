"""What a post has agreed on about cases (`cases.toml`). ConfigError as in `settings`."""

from .domain.cases.fold import MOST_MINUTES
from .domain.cases.rules import CaseRules, Hearing, HoldLaw, TaskKind
from .settings import _At, _read, _rows, _rule, _unique, _version


def load_cases() -> CaseRules:
    """All rows, whether they are in force yet or not. Raises ConfigError."""
    table, at = _read("cases.toml")
    tasks = [(_rule(TaskKind, row, where), where) for row, where in _rows(table, "task", at)]
    holds = [(_rule(HoldLaw, row, where), where) for row, where in _rows(table, "hold", at)]
    hearing = [_rule(Hearing, row, where) for row, where in _rows(table, "hearing", at)]
    for task, where in tasks:
        _within(task.minutes, where.inside("minutes"))
    for hold, where in holds:
        _within(hold.review_minutes, where.inside("review_minutes"))
    _unique(((f"{task.code}/{task.agency.value}", task) for task, _ in tasks), at)
    _unique(((hold.id, hold) for hold, _ in holds), at)
    return CaseRules(
        _version(table, at), tuple(task for task, _ in tasks), tuple(hold for hold, _ in holds), tuple(hearing)
    )


def _within(minutes: int, where: _At) -> None:
    if not 0 < minutes <= MOST_MINUTES:
        raise where.wrong(f"1-{MOST_MINUTES}")
