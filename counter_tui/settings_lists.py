"""The lists of names that this post screens against, as configured (`lists.toml`). ConfigError as in `settings`."""

from base64 import b64decode
from dataclasses import dataclass

from .domain.screened import ScreeningRules
from .domain.screening.lists import ListRule
from .domain.words import AGENCY_OF
from .errors import ConfigError
from .settings import _At, _build_table, _get, _read, _rows, _rule, _unique, _version, load_findings

KEY_BYTES = 32
OLDEST_HOURS = 24 * 3660


def load_lists() -> dict[str, ListRule]:
    """The lists by id, in the file's order; a hit's finding is one of the same agency."""
    table, at = _read("lists.toml")
    found = [(_rule(ListRule, row, where), where) for row, where in _rows(table, "list", at)]
    findings = load_findings().rules
    for rule, where in found:
        _check(rule, where)
        finding = _get(findings, rule.finding, where.inside("finding"))
        if AGENCY_OF[finding.authority] is not rule.agency or not finding.candidate:
            raise where.inside("finding").wrong(f"candidate: {rule.agency}")
    return _unique(((rule.id, rule) for rule, _ in found), at)


def get_list(name: str) -> ListRule:
    """The list of this id; ConfigError `config.no-such-name`."""
    found = load_lists().get(name)
    if found is None:
        raise ConfigError("config.no-such-name", file="lists.toml", key="list", name=name[:64])
    return found


def load_screening(*, demo: bool) -> ScreeningRules:
    """The lists that a counter screens against, and from which score on."""
    table, at = _read("lists.toml")
    threshold = _rule(_Screening, _build_table(table, "screening", at), at.inside("screening")).threshold
    if not 0 < threshold <= 1:
        raise at.inside("screening").inside("threshold").wrong("above 0, at most 1")
    lists = {name: rule for name, rule in load_lists().items() if rule.in_use(demo=demo)}
    return ScreeningRules(_version(table, at), lists, load_findings(), threshold)


@dataclass(frozen=True, slots=True)
class _Screening:
    threshold: float


def _check(rule: ListRule, at: _At) -> None:
    if not 0 < rule.max_age_hours <= OLDEST_HOURS:
        raise at.inside("max_age_hours").wrong(f"1 to {OLDEST_HOURS}")
    for number, key in enumerate(rule.keys):
        try:
            length = len(b64decode(key, validate=True))
        except ValueError:
            length = 0
        if length != KEY_BYTES:
            raise at.inside("keys").inside(number).wrong("base64, 32 bytes")
