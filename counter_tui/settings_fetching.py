"""What a booth fetches ahead of need (`fetching.toml`). ConfigError as in `settings`."""

from dataclasses import dataclass

from .settings import _read, _record

MOST = 1 << 40


@dataclass(frozen=True, slots=True)
class FetchingTerms:
    """How many bytes a day, on the wire, may be fetched ahead of need."""

    ahead_bytes_a_day: int


def load_fetching() -> FetchingTerms:
    """The terms. Raises ConfigError."""
    table, at = _read("fetching.toml")
    terms: FetchingTerms = _record(FetchingTerms, table, at)
    if not 0 <= terms.ahead_bytes_a_day <= MOST:
        raise at.inside("ahead_bytes_a_day").wrong(f"0-{MOST}")
    return terms
