"""What body temperatures call for: the latest of the last hours counts; what is not to be trusted is measured again."""

from datetime import UTC, datetime, timedelta
from decimal import Decimal

from ..limits import Limits
from ..reporting import Report
from .observation import Temperature
from .spans import Span, possibly_newest

AHEAD = timedelta(hours=1)
"""How far another system's clock may be ahead."""
FEVER = frozenset({"health.fever", "health.fever-high"})


def judge_temperatures(report: Report, limits: Limits, taken: list[Temperature], at: datetime) -> bool:
    """Report what the temperatures call for; whether there is fever. `at` is the time of the crossing, aware.

    Of several that may be the latest the highest counts, and of those that nobody can read or has confirmed, or that
    were taken nobody knows when, bad news alone is believed.
    """
    since = at - timedelta(hours=limits.temperature_hours)
    spans = [_span(one, since, at) for one in taken]
    recent = [span for span in spans if since <= span[1] <= at + AHEAD]
    latest = possibly_newest(recent)
    readable = possibly_newest(span for span in recent if span[2].degrees is not None)
    degrees = max((one.degrees for one in readable if one.degrees is not None), default=None)
    found = _find_fever(limits, degrees) if degrees is not None else None
    doubtful = any(one.degrees is None or one.preliminary or one.measured is None for one in latest)
    ahead = any(span[1] > at + AHEAD for span in spans)
    if found is not None and degrees is not None:
        report.find(found, temperature=_shown(degrees))
    if ahead or (doubtful and found is None):
        report.find("health.temperature-unreadable")
    elif found is None and degrees is not None:
        report.fact("health.temperature", temperature=_shown(degrees))
    return found in FEVER


def _find_fever(limits: Limits, degrees: Decimal) -> str | None:
    if degrees >= Decimal(str(limits.temperature_high)):
        return "health.fever-high"
    if degrees >= Decimal(str(limits.temperature_fever)):
        return "health.fever"
    return "health.temperature-raised" if degrees > Decimal(str(limits.temperature_raised)) else None


def _shown(degrees: Decimal) -> str:
    """To a tenth, or to a hundredth where a tenth would not be what was measured."""
    return f"{degrees:.1f}" if degrees == round(degrees, 1) else f"{degrees:.2f}"


def _span(taken: Temperature, since: datetime, at: datetime) -> Span[Temperature]:
    """When it can have been taken: not after `at` where it may have been before, and any time where nobody says."""
    if taken.measured is None:
        return since, at, taken
    zone = at.tzinfo or UTC
    first, last = taken.measured.earliest(zone), taken.measured.latest(zone)
    return first, min(last, at) if first <= at else last, taken
