"""For how long a booth may read without a word from its single window (`leases.toml`). ConfigError as in `settings`."""

from dataclasses import dataclass

from .settings import _read, _record

LONGEST_DAYS = 31
LONGEST_RENEWAL = 1440


@dataclass(frozen=True, slots=True)
class LeaseTerms:
    """A lease lasts so many days; one who is connected gets a new one after so many minutes."""

    days: int
    renew_minutes: int


def load_lease_terms() -> LeaseTerms:
    """The terms. Raises ConfigError."""
    table, at = _read("leases.toml")
    terms: LeaseTerms = _record(LeaseTerms, table, at)
    if not 1 <= terms.days <= LONGEST_DAYS:
        raise at.inside("days").wrong(f"1-{LONGEST_DAYS}")
    if not 1 <= terms.renew_minutes <= LONGEST_RENEWAL:
        raise at.inside("renew_minutes").wrong(f"1-{LONGEST_RENEWAL}")
    return terms
