"""The rules of the offline floor (`floor.toml`), as far as they are signed. ConfigError as in `settings`.

Each agency signs its own rows. What is not signed is not gone by: nobody is cleared by it.
"""

from typing import TYPE_CHECKING, Any, Final

from .domain.floor import KINDS_OF, FloorRow, FloorRules, Who
from .domain.mode import MOST_MINUTES
from .domain.words import AGENCY_OF, Agency
from .errors import ConfigError
from .settings import _At, _read, _rows, _rule, _unique, _version
from .settings_signed import unsigned_rows

if TYPE_CHECKING:
    from .domain.documents.kinds import DocumentRules

FILE: Final = "floor.toml"
PREFIX: Final = b"counter-tui floor 1\x00"
MOST_ROWS: Final = 500


def load_signed_floor(documents: "DocumentRules", *, demo: bool) -> FloorRules:
    """The rules in force, as far as their owners have signed them, in the demo also with the key that ships with it."""
    return load_floor(documents).without(unsigned_floor(demo=demo))


def unsigned_floor(*, demo: bool) -> tuple[Agency, ...]:
    """The agencies that have not signed their rows."""
    missing = unsigned_rows(FILE, PREFIX, demo=demo)
    return tuple(agency for agency in Agency if agency.value in missing)


def load_floor(documents: "DocumentRules") -> FloorRules:
    """The rules of the file over the kinds of documents that they name, whoever has signed them."""
    table, at = _read(FILE)
    for key in table:
        if key not in {"version", "who", "row"}:
            raise ConfigError("config.unknown-key", file=at.file, key=key)
    kinds = frozenset(kind.code for kind in documents.kinds)
    whos = _unique(((who.id, who) for who in (_who(row, where, kinds) for row, where in _rows(table, "who", at))), at)
    raw = _rows(table, "row", at)
    if len(raw) > MOST_ROWS:
        raise at.inside("row").wrong(f"at most {MOST_ROWS}")
    rows = _unique(((one.id, one) for one in (_row(row, where, whos) for row, where in raw)), at)
    return FloorRules(_version(table, at), tuple(whos.values()), tuple(rows.values()), documents)


def _who(raw: dict[str, Any], at: _At, kinds: frozenset[str]) -> Who:
    who: Who = _rule(Who, raw, at)
    if not who.kinds or not who.kinds <= kinds:
        raise at.inside("kinds").wrong("kinds of documents.toml")
    if raw["owner"] != KINDS_OF.value:
        raise at.inside("owner").wrong(KINDS_OF.value)
    return who


def _row(raw: dict[str, Any], at: _At, whos: dict[str, Who]) -> FloorRow:
    row: FloorRow = _rule(FloorRow, raw, at)
    if raw["owner"] != AGENCY_OF[row.authority].value:
        raise at.inside("owner").wrong(AGENCY_OF[row.authority].value)
    if not row.legal_basis:
        raise ConfigError("config.missing-key", file=at.file, key=at.inside("legal_basis").key)
    for name, minutes in (("minutes", row.minutes), ("list_minutes", row.list_minutes)):
        if not 0 <= minutes <= MOST_MINUTES:
            raise at.inside(name).wrong(f"0 to {MOST_MINUTES}")
    if not row.who <= whos.keys():
        raise at.inside("who").wrong(" | ".join(whos))
    if not row.attests:
        raise at.inside("attests").wrong("what is seen in place of the source")
    return row
