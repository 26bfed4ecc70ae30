"""The deadlines of what agencies do together (`deadlines.toml`), as signed by all. ConfigError as in `settings`.

`load_signed_deadlines` is what is gone by: without one agency's signature every deadline is over at once.
"""

from dataclasses import dataclass
from datetime import timedelta
from typing import Final

from .domain.deadlines import Deadlines
from .errors import ConfigError
from .settings import _At, _read, _rows, _rule, _unique, _version
from .settings_signed import POST, unsigned_rows

FILE: Final = "deadlines.toml"
PREFIX: Final = b"counter-tui deadlines 1\x00"
MOST_MINUTES: Final = 14 * 24 * 60
_REVIEW: Final = ("review-duty", "review-section", "review-heads")
_OTHERS: Final = ("mode-rerun", "mode-loosened", "mode-loosening", "confirm")


@dataclass(frozen=True, slots=True)
class _Row:
    id: str
    minutes: int
    legal_basis: str


def load_signed_deadlines(*, demo: bool) -> Deadlines:
    """The deadlines in force, in the demo also as signed with the key that ships with it."""
    return load_deadlines().without(unsigned_deadlines(demo=demo))


def unsigned_deadlines(*, demo: bool) -> tuple[str, ...]:
    """The agencies that have not signed them."""
    return tuple(owner for owner in unsigned_rows(FILE, PREFIX, demo=demo) if owner != POST)


def load_deadlines() -> Deadlines:
    """The deadlines of the file, whoever has signed it."""
    table, at = _read(FILE)
    for key in table:
        if key not in {"version", "deadline"}:
            raise ConfigError("config.unknown-key", file=at.file, key=key)
    rows = _unique(((row.id, row) for row in (_row(raw, where) for raw, where in _rows(table, "deadline", at))), at)
    found = {name: timedelta(minutes=row.minutes) for name, row in rows.items()}
    missing = [name for name in (*_REVIEW, *_OTHERS) if name not in found]
    if missing or len(found) > len(_REVIEW) + len(_OTHERS):
        raise at.inside("deadline").wrong(", ".join((*_REVIEW, *_OTHERS)))
    duty, section, heads = (found[name] for name in _REVIEW)
    if not duty < section < heads:
        raise at.inside("deadline").wrong(" < ".join(_REVIEW))
    rerun, loosened, loosening, confirm = (found[name] for name in _OTHERS)
    return Deadlines(_version(table, at), (duty, section, heads), rerun, loosened, loosening, confirm)


def _row(raw: dict[str, object], at: _At) -> _Row:
    row: _Row = _rule(_Row, raw, at)
    if raw["owner"] != POST:
        raise at.inside("owner").wrong(POST)
    if not row.legal_basis:
        raise ConfigError("config.missing-key", file=at.file, key=at.inside("legal_basis").key)
    if not 0 < row.minutes <= MOST_MINUTES:
        raise at.inside("minutes").wrong(f"1 to {MOST_MINUTES}")
    return row
