"""How manifests are laid out as tables, as configured (`manifests.toml`). ConfigError as in `settings`."""

from dataclasses import dataclass

from .agencies.passenger_lists.columns import (
    Column,
    DateOrder,
    LabelRule,
    ManifestRules,
    Meaning,
    Month,
    NameOrder,
    OperatorLayout,
    folded,
)
from .agencies.passenger_lists.model import ROLES
from .domain.documents import STATES
from .settings import _At, _build_table, _read, _record, _rows, _rule, _unique, _version

KEEP_DAYS = 3660
_SEXES = ("M", "F", "X")


@dataclass(frozen=True, slots=True)
class _Manifests:
    keep_days: int
    dates: DateOrder
    names: NameOrder
    titles: tuple[str, ...]


def load_manifests() -> ManifestRules:
    """The rules of manifests."""
    table, at = _read("manifests.toml")
    where = at.inside("manifests")
    said = _rule(_Manifests, _build_table(table, "manifests", at), where)
    if not 0 < said.keep_days <= KEEP_DAYS:
        raise where.inside("keep_days").wrong(f"1 to {KEEP_DAYS}")
    columns = [_record(Column, row, one) for row, one in _rows(table, "column", at)]
    labels = [_record(LabelRule, row, one) for row, one in _rows(table, "label", at)]
    layouts = [_rule(OperatorLayout, row, one) for row, one in _rows(table, "layout", at)]
    meanings = [_meaning(_record(Meaning, row, one), one) for row, one in _rows(table, "meaning", at)]
    months = [_month(_record(Month, row, one), one) for row, one in _rows(table, "month", at)]
    _check_clear(at, *(("", word) for column in columns for word in column.headings))
    _check_clear(at, *(("", word) for label in labels for word in label.words))
    _check_clear(at, *((one.field, word) for one in meanings for word in one.words))
    _check_clear(at, *(("", word) for month in months for word in month.words))
    return ManifestRules(
        _version(table, at),
        said.keep_days,
        tuple(_unique(((f"{one.field} {one.code}".strip(), one) for one in columns), at).values()),
        tuple(_unique(((one.label, one) for one in labels), at).values()),
        tuple(meanings),
        tuple(months),
        said.titles,
        tuple(_unique(((one.id, one) for one in layouts), at).values()),
        said.dates,
        said.names,
    )


def _check_clear(at: _At, *words: tuple[str, str]) -> None:
    """No word means two things; ConfigError `config.doubled`."""
    _unique(((f"{field} {folded(word)}".strip(), word) for field, word in words), at)


def _meaning(meaning: Meaning, at: _At) -> Meaning:
    """Codes that nobody else knows are mistakes."""
    known = {"sex": _SEXES, "role": tuple(sorted(ROLES))}.get(meaning.field, ())
    if known and meaning.value not in known:
        raise at.inside("value").wrong(" | ".join(known))
    if meaning.field == "nationality" and meaning.value not in STATES:
        raise at.inside("value").wrong("ICAO 9303 part 3")
    return meaning


def _month(month: Month, at: _At) -> Month:
    if not 1 <= month.number <= 12:
        raise at.inside("number").wrong("1 to 12")
    return month
