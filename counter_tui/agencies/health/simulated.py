"""A FHIR R4 server for training: what the demo's travellers make it know, as searchset Bundles."""

from collections.abc import Callable
from datetime import date, datetime, timedelta
from decimal import Decimal
from urllib.parse import parse_qs

from ...domain.words import Authority
from ..asgi import App, Reply, json_service
from ..people import DemoHealth, DemoPeople, DemoPerson
from ..told_book import told_routes
from .care import Care, Person
from .codes import CVX, DOCUMENT, ICD10
from .connector import SEARCH
from .immunization import Dose
from .observation import Temperature
from .questionnaire import HealthPass
from .times import FhirTime, read_time
from .writing import Json, write_bundle, write_concept, write_json, write_resource

PATIENT = "p1"


def simulated(people: DemoPeople, today: date, now: Callable[[], datetime]) -> App:
    """The server as an ASGI callable. `today` is the day that offsets count from; `now` gives aware times."""
    known = {f"{DOCUMENT}|{p.state}-{p.number}": p for p in people.persons}

    def search(_: str, body: bytes) -> Reply:
        identifier = parse_qs(body.decode(), strict_parsing=True)["identifier"][0]
        person = known.get(identifier)
        resources = [] if person is None else _resources(person, identifier, today, now())
        return Reply(write_json(write_bundle(resources, now())))

    asked = {("POST", SEARCH): search} | told_routes(Authority.HEALTH, "Encounter/E", now)
    return json_service(asked, media_type="application/fhir+json")


def _resources(person: DemoPerson, identifier: str, today: date, at: datetime) -> list[Json]:
    own = person.health
    name = " ".join(filter(None, (person.given, person.surname)))
    patient = Person(frozenset({identifier}), name, _on(person.birth(today)))
    resources = [write_resource(patient, PATIENT)]
    if own.colour != "none":
        resources.append(write_resource(_pass(own, today), "q1", PATIENT))
    if own.temperature is not None:
        resources += _temperatures(own, at)
    if own.dose is not None:
        given = _on(today + timedelta(days=own.dose))
        dose = Dose(given, "yellow fever vaccine, live", lot="DEMO-17D", performer="KKP Entikong", code=f"{CVX}|184")
        resources.append(write_resource(dose, "i1", PATIENT))
    subject = {"subject": {"reference": f"Patient/{PATIENT}"}}
    if own.condition:
        code = write_concept(f"{ICD10}|{own.condition}")
        resources.append({"resourceType": "Condition", "id": "c1", "code": code} | subject)
    if own.emergency:
        resources.append(write_resource(Care(emergency=True, status="in-progress"), "e1", PATIENT))
    return resources


def _pass(own: DemoHealth, today: date) -> HealthPass:
    colour = own.colour if own.colour != "none" else None
    return HealthPass(colour, own.contact, own.symptoms, own.countries, _on(today))


def _temperatures(own: DemoHealth, at: datetime) -> list[Json]:
    """As the thermal gate wrote it; and beside it a later line that was entered in error, as real servers have them."""
    value = f"{own.temperature} {own.unit}"
    taken = Temperature(None, value, read_time((at - timedelta(minutes=2)).isoformat(timespec="seconds")))
    error = Temperature(Decimal("41.9"), measured=read_time(at.isoformat(timespec="seconds")))
    in_error = write_resource(error, "t2", PATIENT) | {"status": "entered-in-error"}
    observation = write_resource(taken, "t1", PATIENT)
    if own.word:
        observation["valueQuantity"]["unit"] = own.word
    return [observation, in_error]


def _on(day: date) -> FhirTime:
    return read_time(day.isoformat())
