"""The records that a section tells of: of each kind the newest, with their fields, each an origin of its own."""

from collections import Counter
from datetime import datetime

from ..ports import Seal
from ..reporting import Report
from .care import Care, Diagnosis, Person
from .fields import fields_of
from .immunization import Dose
from .observation import Temperature
from .questionnaire import HealthPass
from .reading import Resource

MOST_OF_A_KIND = 3
"""A record may hold years, and goes over the link at every crossing."""
SYSTEM = "health-records"
_ORDER = (Diagnosis, Person, HealthPass, Temperature, Dose, Care)


def tell_records(
    report: Report, resources: tuple[Resource, ...], *, seal: Seal, as_of: datetime, yellow_fever_days: int
) -> None:
    """Tell of the newest records of each kind; a diagnosis that calls for something here goes sealed, others not."""
    told: Counter[int] = Counter()
    for resource in sorted(resources, key=_importance):
        kind, _ = _importance(resource)
        fields = list(fields_of(resource, yellow_fever_days))
        airborne = _airborne(resource)
        if (not fields and airborne is None) or told[kind] == MOST_OF_A_KIND:
            continue
        told[kind] += 1
        origin = report.origin(SYSTEM, resource.reference, as_of)
        for name, value in fields:
            report.field(name, value, origin)
        if airborne is not None:
            sealed = seal(airborne.detail)
            report.find("health.airborne-precautions", sealed=sealed)
            report.field("health.diagnosis", None, origin, sealed=sealed)


def _airborne(resource: Resource) -> Diagnosis | None:
    content = resource.content
    return content if isinstance(content, Diagnosis) and content.airborne and resource.used else None


def _importance(resource: Resource) -> tuple[int, int]:
    """By kind, and of each kind the newest first."""
    content = resource.content
    if isinstance(content, Diagnosis) and not content.airborne:
        return len(_ORDER), 0
    kind = next((place for place, one in enumerate(_ORDER) if isinstance(content, one)), len(_ORDER))
    match content:
        case Temperature(measured=moment) | HealthPass(authored=moment) | Dose(given=moment) if moment is not None:
            return kind, -(int(moment.instant.timestamp()) if moment.instant else moment.first.toordinal() * 86400)
    return kind, 0
