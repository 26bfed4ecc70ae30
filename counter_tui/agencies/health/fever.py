"""What body temperatures call for: the latest of the last hours counts; what is not to be trusted is measured again."""

from datetime import datetime, timedelta
from decimal import Decimal

from ..limits import Limits
from ..reporting import Report
from .observation import Temperature
from .times import FhirTime

AHEAD = timedelta(hours=1)
"""How far another system's clock may be ahead."""
FEVER = frozenset({"health.fever", "health.fever-high"})


def judge_temperatures(report: Report, limits: Limits, taken: list[Temperature], at: datetime) -> bool:
    """Report what the temperatures call for; whether there is fever. `at` is the time of the crossing, aware.

    One that was taken at an unknown time or is unconfirmed is believed where it is bad news only.
    """
    since = at - timedelta(hours=limits.temperature_hours)
    if any(_moment(one.measured, at) > at + AHEAD for one in taken):
        report.find("health.temperature-unreadable")
    timed = [(moment, one) for one in taken if since <= (moment := _moment(one.measured, at)) <= at + AHEAD]
    timed.sort(key=lambda pair: pair[0])
    if not timed:
        return False
    latest = timed[-1][1]
    degrees = next((one.degrees for _, one in reversed(timed) if one.degrees is not None), None)
    found = _find_fever(limits, degrees) if degrees is not None else None
    if found is not None and degrees is not None:
        report.find(found, temperature=_shown(degrees))
    elif latest.degrees is None or latest.preliminary or latest.measured is None:
        report.find("health.temperature-unreadable")
    else:
        report.fact("health.temperature", temperature=_shown(latest.degrees))
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


def _moment(measured: FhirTime | None, at: datetime) -> datetime:
    """The last moment that it can have been taken at, but not after `at` where it may have been before."""
    if measured is None or at.tzinfo is None:
        return at
    latest = measured.latest(at.tzinfo)
    return min(latest, at) if measured.earliest(at.tzinfo) <= at else latest
