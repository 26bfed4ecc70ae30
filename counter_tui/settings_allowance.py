"""The allowance of border residents (`allowance.toml`). ConfigError as in `settings`."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final, Literal

from .domain.allowance.amounts import MOST
from .domain.allowance.terms import Terms
from .domain.words import Agency
from .settings import _build, _get, _read, _rows, _rule, _unique, _version

MOST_HOURS: Final = 24 * 31
MOST_SLICES: Final = 200


@dataclass(frozen=True, slots=True)
class _Row:
    neighbour: str
    currency: str
    per: Literal["month", "day"]
    allowance: int
    draw: int
    offline_crossing: int
    offline_resident: int
    slices: int
    confirm_hours: int
    grant: frozenset[Agency]
    legal_basis: str
    valid_from: date


def load_allowance_terms() -> Terms:
    """The terms of this post's neighbour. Raises ConfigError."""
    table, at = _read("allowance.toml")
    read = [(_rule(_Row, row, where), row, where) for row, where in _rows(table, "allowance", at)]
    rows = _unique(((one[0].neighbour, one) for one in read), at)
    given, row, where = _get(rows, str(_build(str, table.get("post"), at.inside("post"))), at.inside("post"))
    for name in ("allowance", "draw", "offline_crossing", "offline_resident"):
        if not 0 <= getattr(given, name) <= MOST:
            raise where.inside(name).wrong(f"0 to {MOST}")
    if given.per != "month":
        raise where.inside("per").wrong("month")
    if not 1 <= given.slices <= MOST_SLICES:
        raise where.inside("slices").wrong(f"1 to {MOST_SLICES}")
    if not 1 <= given.confirm_hours <= MOST_HOURS:
        raise where.inside("confirm_hours").wrong(f"1 to {MOST_HOURS}")
    if not given.legal_basis.strip() or not given.grant:
        raise where.inside("legal_basis" if given.grant else "grant").wrong("text")
    return Terms(
        neighbour=given.neighbour,
        currency=given.currency,
        allowance=given.allowance,
        draw=given.draw,
        offline_crossing=given.offline_crossing,
        offline_resident=given.offline_resident,
        slices=given.slices,
        confirm_within=timedelta(hours=given.confirm_hours),
        grant=given.grant,
        legal_basis=given.legal_basis,
        source=str(row["source"]),
        doubt=str(row["doubt"]),
        version=_version(table, at),
    )
