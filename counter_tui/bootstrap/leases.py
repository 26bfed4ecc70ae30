"""The terms of leases as configured, for a single window."""

from datetime import timedelta

from ..settings_leases import load_lease_terms
from ..single_window.leases import Terms


def lease_terms() -> Terms:
    """From `leases.toml`. Raises ConfigError."""
    told = load_lease_terms()
    return Terms(timedelta(days=told.days), timedelta(minutes=told.renew_minutes))
