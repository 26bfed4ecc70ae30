"""HL7 FHIR R4 written: what `reading` reads, as a server of the health authority has it."""

import json
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from decimal import Decimal
from typing import Any

from .care import Care, Person
from .codes import ACT_CODE, COLOUR_SYSTEM, LOINC, QUESTIONNAIRE, SNOMED, SYMPTOMS, TEMPERATURE, UCUM
from .immunization import Dose
from .observation import Temperature
from .questionnaire import HealthPass

Json = dict[str, Any]
Written = Temperature | Dose | HealthPass | Care | Person

_SNOMED_OF = {symptom: code for code, symptom in SYMPTOMS.items()}


def write_bundle(resources: Sequence[Json], at: datetime, kind: str = "searchset") -> Json:
    """A Bundle of these, made at this time (aware); a search says how many it found."""
    total = {"total": len(resources)} if kind == "searchset" else {}
    entries = [{"resource": resource} for resource in resources]
    return (
        {"resourceType": "Bundle", "type": kind, "meta": {"lastUpdated": at.isoformat()}} | total | {"entry": entries}
    )


def write_resource(content: Written, name: str, patient: str = "") -> Json:
    """A resource of this id, about the patient of that id."""
    match content:
        case Person():
            return {"resourceType": "Patient", "id": name} | _person(content)
        case Temperature():
            return {"resourceType": "Observation", "id": name} | _subject(patient) | _temperature(content)
        case HealthPass():
            return {"resourceType": "QuestionnaireResponse", "id": name} | _subject(patient) | _pass(content)
        case Care():
            emergency = {"system": ACT_CODE, "code": "EMER" if content.emergency else "AMB"}
            encounter = {"status": content.status, "class": emergency}
            return {"resourceType": "Encounter", "id": name} | _subject(patient) | encounter
        case Dose():
            return {"resourceType": "Immunization", "id": name} | _subject(patient, "patient") | _dose(content)


def write_concept(token: str, words: str | None = None) -> Json:
    """A CodeableConcept of a token (`system|code`)."""
    system, _, code = token.partition("|")
    return {"coding": [{"system": system, "code": code}]} | ({"text": words} if words else {})


def write_json(value: Any) -> bytes:
    """JSON in which a Decimal keeps its digits."""
    return _json(value).encode()


def _json(value: Any) -> str:
    if isinstance(value, Mapping):
        return "{" + ",".join(f"{json.dumps(key)}:{_json(inner)}" for key, inner in value.items()) + "}"
    if isinstance(value, list | tuple):
        return "[" + ",".join(map(_json, value)) + "]"
    return f"{value:f}" if isinstance(value, Decimal) else json.dumps(value, ensure_ascii=False, allow_nan=False)


def _subject(patient: str, element: str = "subject") -> Json:
    return {element: {"reference": f"Patient/{patient}"}} if patient else {}


def _person(person: Person) -> Json:
    numbers = [one.rpartition("|") for one in sorted(person.identifiers)]
    identifiers = [{"system": system, "value": value} for system, _, value in numbers]
    name = {"name": [{"text": person.name}]} if person.name else {}
    born = {"birthDate": person.born.written} if person.born is not None else {}
    return {"identifier": identifiers} | name | born


def _temperature(taken: Temperature) -> Json:
    """As it was measured where that was kept, in degrees Celsius otherwise."""
    value, _, unit = (taken.said or f"{taken.degrees} Cel").partition(" ")
    observation: Json = {
        "status": "preliminary" if taken.preliminary else "final",
        "code": write_concept(f"{LOINC}|{TEMPERATURE}"),
        "valueQuantity": {"value": Decimal(value), "system": UCUM, "code": unit},
    }
    if taken.measured is not None:
        observation["effectiveDateTime"] = taken.measured.written
    if taken.site:
        observation["bodySite"] = {"text": taken.site}
    return observation


def _dose(dose: Dose) -> Json:
    dose_given: Json = {"status": "not-done" if dose.reason else "completed"}
    if dose.code:
        dose_given["vaccineCode"] = write_concept(dose.code, dose.vaccine)
    else:
        dose_given["vaccineCode"] = {"text": dose.vaccine}
    if dose.given is not None:
        dose_given["occurrenceDateTime"] = dose.given.written
    if dose.lot:
        dose_given["lotNumber"] = dose.lot
    if dose.performer:
        dose_given["performer"] = [{"actor": {"display": dose.performer}}]
    if dose.reason:
        dose_given["statusReason"] = {"text": dose.reason}
    return dose_given


def _pass(answers: HealthPass) -> Json:
    items = []
    if answers.colour is not None:
        items.append(_item("colour", [{"valueCoding": {"system": COLOUR_SYSTEM, "code": answers.colour}}]))
    if answers.contact is not None:
        items.append(_item("contact", [{"valueBoolean": answers.contact}]))
    codings = ({"valueCoding": {"system": SNOMED, "code": _SNOMED_OF[one]}} for one in answers.symptoms)
    items += [_item(link, list(given)) for link, given in (("symptom", codings), ("country", _countries(answers)))]
    authored = {"authored": answers.authored.written} if answers.authored is not None else {}
    answered = [item for item in items if item["answer"]]
    return {"questionnaire": QUESTIONNAIRE, "status": "completed"} | authored | {"item": answered}


def _countries(answers: HealthPass) -> Iterable[Json]:
    return ({"valueString": country} for country in answers.countries)


def _item(link: str, answers: list[Json]) -> Json:
    return {"linkId": link, "answer": answers}
