"""How often people may be looked up (`lookups.toml`). ConfigError as in `settings`."""

from .domain.lookups import Allowance
from .settings import _build_table, _read, _rule

MOST = 100_000


def load_allowance() -> Allowance:
    """The allowance. Raises ConfigError."""
    table, at = _read("lookups.toml")
    where = at.inside("allowance")
    allowance = _rule(Allowance, _build_table(table, "allowance", at), where)
    for name in ("seconds", "person", "counter", "stated_person", "stated_counter"):
        if not 0 < getattr(allowance, name) <= MOST:
            raise where.inside(name).wrong(f"1 to {MOST}")
    return allowance
