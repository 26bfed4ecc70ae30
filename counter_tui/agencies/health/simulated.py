"""A FHIR R4 server for training: what the demo's travellers make it know, as searchset Bundles."""

from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import Any
from urllib.parse import parse_qs

from ..asgi import App, Reply, json_service
from ..people import DemoHealth, DemoPeople
from .connector import SEARCH
from .standard import ACT_CODE, COLOUR_SYSTEM, CVX, DOCUMENT, ICD10, LOINC, SNOMED, SYMPTOMS, TEMPERATURE, UCUM

SNOMED_OF = {symptom: code for code, symptom in SYMPTOMS.items()}
Json = dict[str, Any]


def simulated(people: DemoPeople, today: date, now: Callable[[], datetime]) -> App:
    """The server as an ASGI callable. `today` is the day that offsets count from; `now` gives aware times."""
    known = {f"{p.state}-{p.number}": p.health for p in people.persons}

    def search(_: str, body: bytes) -> Reply:
        system, _, identifier = parse_qs(body.decode(), strict_parsing=True)["identifier"][0].partition("|")
        own = known.get(identifier) if system == DOCUMENT else None
        resources = [] if own is None else _resources(own, identifier, today, now())
        bundle = {
            "resourceType": "Bundle",
            "type": "searchset",
            "meta": {"lastUpdated": now().isoformat()},
            "total": len(resources),
            "entry": [{"resource": resource} for resource in resources],
        }
        return Reply(bundle)

    return json_service({("POST", SEARCH): search}, media_type="application/fhir+json")


def _resources(own: DemoHealth, identifier: str, today: date, at: datetime) -> list[Json]:
    patient = {"resourceType": "Patient", "identifier": [{"system": DOCUMENT, "value": identifier}]}
    resources: list[Json] = [patient]
    if own.colour != "none":
        resources.append(_pass(own, today))
    if own.temperature is not None:
        resources += _temperatures(own, at)
    if own.dose is not None:
        resources.append(
            {
                "resourceType": "Immunization",
                "status": "completed",
                "vaccineCode": _concept(CVX, "184"),
                "occurrenceDateTime": (today + timedelta(days=own.dose)).isoformat(),
            }
        )
    if own.condition:
        resources.append({"resourceType": "Condition", "code": _concept(ICD10, own.condition)})
    if own.emergency:
        emergency = {"system": ACT_CODE, "code": "EMER"}
        resources.append({"resourceType": "Encounter", "status": "in-progress", "class": emergency})
    return resources


def _pass(own: DemoHealth, today: date) -> Json:
    items: list[Json] = [
        {"linkId": "colour", "answer": [{"valueCoding": {"system": COLOUR_SYSTEM, "code": own.colour}}]},
        {"linkId": "contact", "answer": [{"valueBoolean": own.contact}]},
    ]
    if own.symptoms:
        codings = [{"valueCoding": {"system": SNOMED, "code": SNOMED_OF[symptom]}} for symptom in own.symptoms]
        items.append({"linkId": "symptom", "answer": codings})
    if own.countries:
        items.append({"linkId": "country", "answer": [{"valueString": country} for country in own.countries]})
    return {
        "resourceType": "QuestionnaireResponse",
        "status": "completed",
        "authored": today.isoformat(),
        "item": items,
    }


def _temperatures(own: DemoHealth, at: datetime) -> list[Json]:
    """As the thermal gate wrote it; and beside it a later line that was entered in error, as real servers have them."""
    taken = {
        "resourceType": "Observation",
        "status": "final",
        "code": _concept(LOINC, TEMPERATURE),
        "effectiveDateTime": (at - timedelta(minutes=2)).isoformat(),
        "valueQuantity": {"value": own.temperature, "system": UCUM, "code": own.unit},
    }
    error = taken | {
        "status": "entered-in-error",
        "effectiveDateTime": at.isoformat(),
        "valueQuantity": {"value": 41.9, "unit": "°C", "system": UCUM, "code": "Cel"},
    }
    return [taken, error]


def _concept(system: str, code: str) -> Json:
    return {"coding": [{"system": system, "code": code}]}
