"""How many days a booth keeps what it holds, by class (`retention.toml`). ConfigError as in `settings`."""

from collections.abc import Mapping
from typing import Final

from .settings import _read

LONGEST_DAYS: Final = 36_500


def load_retention() -> Mapping[str, int]:
    """Days by class. Raises ConfigError."""
    table, at = _read("retention.toml")
    days = table.get("days")
    if not isinstance(days, dict):
        raise at.inside("days").wrong("a table")
    for name, value in days.items():
        if type(value) is not int or not 1 <= value <= LONGEST_DAYS:
            raise at.inside("days").inside(name).wrong(f"1-{LONGEST_DAYS}")
    return days
