"""FHIR resources for tests, as a careful server writes them, and how one is read alone."""

import json
from typing import Any

from counter_tui import settings
from counter_tui.agencies.health.codes import COLOUR_SYSTEM as COLOURS
from counter_tui.agencies.health.codes import CVX, LOINC, QUESTIONNAIRE, UCUM, Codes, codes_of
from counter_tui.agencies.health.reading import Document, Resource, read_document

Json = dict[str, Any]
LIMITS = settings.load_limits()
CODES: Codes = codes_of(LIMITS)


def concept(system: str, code: str) -> Json:
    return {"coding": [{"system": system, "code": code}]}


def measured(value: Any = 38.6, *, status: str = "final", at: str = "2026-11-21T05:58:00Z", **more: Any) -> Json:
    quantity = {"value": value, "system": UCUM, "code": "Cel"}
    plain = {"resourceType": "Observation", "status": status, "code": concept(LOINC, "8310-5")}
    return plain | {"effectiveDateTime": at, "valueQuantity": quantity} | more


def dose(on: str = "2020-01-01", *, status: str = "completed", code: str = "37", **more: Any) -> Json:
    plain = {"resourceType": "Immunization", "status": status, "vaccineCode": concept(CVX, code)}
    return plain | {"occurrenceDateTime": on} | more


def health_pass(colour: str = "green", *, authored: str | None = "2026-11-21", **items: Any) -> Json:
    answers = [{"linkId": "colour", "answer": [{"valueCoding": {"system": COLOURS, "code": colour}}]}]
    answers += [{"linkId": link, "answer": given} for link, given in items.items()]
    plain = {"resourceType": "QuestionnaireResponse", "questionnaire": QUESTIONNAIRE, "status": "completed"}
    return plain | ({"authored": authored} if authored else {}) | {"item": answers}


def bundle(*resources: Any, kind: str = "collection", **more: Any) -> Json:
    return {"resourceType": "Bundle", "type": kind, "entry": [{"resource": one} for one in resources]} | more


def document(value: Any) -> Document:
    return read_document(value if isinstance(value, bytes) else json.dumps(value).encode(), CODES)


def read(value: Any) -> Resource:
    """The one resource in it."""
    (resource,) = document(value).resources
    return resource


def problems(resource: Resource) -> list[str]:
    return [problem.code.removeprefix("fhir.") for problem in resource.problems]


def notes(resource: Resource) -> list[str]:
    return [note.code.removeprefix("fhir.") for note in resource.notes]
