import json
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from counter_tui import settings
from counter_tui.agencies.health import HealthConnector
from counter_tui.agencies.health.standard import COLOUR_SYSTEM, CVX, DOCUMENT, LOINC, SNOMED, UCUM, Quantity, celsius
from counter_tui.agencies.ports import FetchAnswer, Inquiry
from counter_tui.domain.documents import compose_mrz, read_mrz
from counter_tui.domain.sections import Section
from counter_tui.domain.words import Direction
from counter_tui.errors import AgencyError

from . import asking

NOW = datetime(2026, 11, 21, 6, 0, tzinfo=UTC)
RULES = settings.load_findings()
LIMITS = settings.load_limits()


def quantity(**given: Any) -> Quantity:
    return Quantity.model_validate_json(json.dumps(given))


@pytest.mark.parametrize(
    ("given", "degrees"),
    [
        ({"value": 38.6, "system": UCUM, "code": "Cel"}, "38.6"),
        ({"value": 38.6, "unit": "°C", "system": UCUM, "code": "Cel"}, "38.6"),
        ({"value": 98.2, "unit": "°F", "system": UCUM, "code": "[degF]"}, "36.8"),
        ({"value": 101.5, "unit": "[degF]"}, "38.6"),
        ({"value": 37, "unit": "°C"}, "37.0"),
        ({"value": 38.6}, None),
        ({"value": 38.6, "system": UCUM, "code": "K"}, None),
        ({"value": 38.6, "system": "urn:other", "code": "Cel"}, None),
        ({"value": 38.6, "unit": "°F", "system": UCUM, "code": "Cel"}, None),
        ({"value": 101.5, "system": UCUM, "code": "Cel"}, None),
        ({"value": 36.6, "unit": "°F"}, None),
        ({"value": 38.6, "comparator": "<", "system": UCUM, "code": "Cel"}, None),
        ({"unit": "°C", "system": UCUM, "code": "Cel"}, None),
        ({"value": -300, "unit": "°C"}, None),
        ({}, None),
    ],
)
def test_a_temperature_is_read_rightly_or_not_at_all(given: dict[str, Any], degrees: str | None) -> None:
    assert celsius(quantity(**given)) == (Decimal(degrees) if degrees else None)


@given(st.decimals("30.0", "45.0", places=1))
def test_either_unit_gives_the_same_temperature(degrees: Decimal) -> None:
    fahrenheit = degrees * 9 / 5 + 32

    assert celsius(Quantity(value=fahrenheit, system=UCUM, code="[degF]")) == degrees
    assert celsius(Quantity(value=degrees, unit="°C")) == degrees


def concept(system: str, code: str) -> dict[str, Any]:
    return {"coding": [{"system": system, "code": code}]}


def measured(
    value: Any = 38.6, *, status: str = "final", at: str = "2026-11-21T05:58:00Z", **more: Any
) -> dict[str, Any]:
    return {
        "resourceType": "Observation",
        "status": status,
        "code": concept(LOINC, "8310-5"),
        "effectiveDateTime": at,
        "valueQuantity": {"value": value, "system": UCUM, "code": "Cel"},
    }


def health_pass(colour: str = "green", **items: Any) -> dict[str, Any]:
    answers = [{"linkId": "colour", "answer": [{"valueCoding": {"system": COLOUR_SYSTEM, "code": colour}}]}]
    answers += [{"linkId": link, "answer": given} for link, given in items.items()]
    return {"resourceType": "QuestionnaireResponse", "status": "completed", "authored": "2026-11-21", "item": answers}


PATIENT = {"resourceType": "Patient", "identifier": [{"system": DOCUMENT, "value": "IDN-X1234567"}]}


async def read(
    *resources: Any, whole: Any = None, raw: bytes | None = None, direction: Direction = Direction.ENTRY
) -> Section:
    bundle = {
        "resourceType": "Bundle",
        "type": "searchset",
        "meta": {"lastUpdated": NOW.isoformat()},
        "entry": [{"resource": r} for r in (PATIENT, *resources)],
    }

    async def fetch(method: str, path: str, *, body: bytes = b"", content_type: str = "") -> FetchAnswer:
        return FetchAnswer(200, raw if raw is not None else json.dumps(whole or bundle).encode())

    born, expiry = datetime(1990, 1, 1, tzinfo=UTC).date(), datetime(2030, 1, 1, tzinfo=UTC).date()
    lines = compose_mrz("TD3", "P", "IDN", "X1234567", "IDN", "TINI", "", "F", born, expiry, "DEMO")
    document = read_mrz(lines, today=NOW.date()).document
    assert document is not None
    connector = HealthConnector(fetch, RULES, LIMITS, asking.Clear())
    return await connector.section(Inquiry(document, direction, "A", NOW))


def found(section: Section) -> set[str]:
    return {code.removeprefix("health.") for code in asking.found(section)}


@pytest.mark.parametrize(
    ("value", "code"),
    [
        (37.5, None),
        (37.6, "temperature-raised"),
        (37.9, "temperature-raised"),
        (38.0, "fever"),
        (38.9, "fever"),
        (39.0, "fever-high"),
        (46, "temperature-unreadable"),
        (386, "temperature-unreadable"),
    ],
)
async def test_the_bounds_of_fever(value: float, code: str | None) -> None:
    assert found(await read(measured(value))) == ({code} if code else set())


@pytest.mark.parametrize("status", ["entered-in-error", "cancelled", "registered", "unknown"])
async def test_a_value_without_a_status_that_makes_it_one_is_not_there(status: str) -> None:
    assert found(await read(measured(41.0, status=status))) == set()
    assert found(await read(measured(41.0, status=status), measured(38.2))) == {"fever"}


async def test_the_latest_measurement_counts() -> None:
    earlier = measured(38.4, at="2026-11-21T05:40:00Z")
    assert found(await read(earlier, measured(36.9))) == set()
    assert found(await read(measured(38.4), measured(36.9, at="2026-11-21T12:40:00+07:00"))) == {"fever"}
    assert found(await read(measured(40.0, at="2026-11-19"), measured(41.0, at="2026-11-23T00:00:00Z"))) == set()


async def test_an_absent_value_is_measured_again() -> None:
    absent = measured() | {"dataAbsentReason": {"coding": [{"code": "not-performed"}]}}
    del absent["valueQuantity"]
    assert found(await read(absent)) == {"temperature-unreadable"}


async def test_without_a_time_a_measurement_is_of_now() -> None:
    untimed = measured(38.3)
    del untimed["effectiveDateTime"]
    assert found(await read(untimed)) == {"fever"}


@pytest.mark.parametrize("colour", ["red", "orange", "yellow"])
async def test_the_colours_of_the_pass(colour: str) -> None:
    assert found(await read(health_pass(colour))) == {f"pass-{colour}"}


async def test_a_pass_of_no_known_colour_is_not_green() -> None:
    assert found(await read(health_pass("violet"))) == {"pass-unreadable"}
    assert found(await read(health_pass() | {"item": []})) == {"pass-unreadable"}
    assert [f.code for f in (await read(health_pass())).facts] == ["fact.health.pass-green"]
    in_error = health_pass() | {"status": "entered-in-error"}
    assert [f.code for f in (await read(in_error)).facts] == ["fact.health.no-pass"]


async def test_rash_counts_with_fever_and_bleeding_alone() -> None:
    rash = health_pass(symptom=[{"valueCoding": {"system": SNOMED, "code": "271807003"}}])
    bleeding = health_pass(symptom=[{"valueCoding": {"system": SNOMED, "code": "131148009"}}])
    assert found(await read(rash)) == set()
    assert found(await read(rash, measured(38.0))) == {"fever", "rash-fever"}
    assert found(await read(bleeding)) == {"jaundice-bleeding"}


@pytest.mark.parametrize(
    ("on", "status", "code", "due"),
    [
        ("2026-11-11", "completed", "37", False),
        ("2026-11-12", "completed", "37", True),
        ("2020", "completed", "183", False),
        ("2026-11", "completed", "37", True),
        ("2020-01-01", "not-done", "37", True),
        ("2020-01-01", "entered-in-error", "37", True),
        ("2020-01-01", "completed", "140", True),
    ],
)
async def test_yellow_fever_counts_from_the_tenth_day(on: str, status: str, code: str, *, due: bool) -> None:
    dose = {
        "resourceType": "Immunization",
        "status": status,
        "vaccineCode": concept(CVX, code),
        "occurrenceDateTime": on,
    }
    answers = health_pass(country=[{"valueString": "NGA"}])
    assert found(await read(answers, dose)) == ({"yellow-fever-due"} if due else set())
    assert found(await read(answers, dose, direction=Direction.EXIT)) == set()


async def test_a_refuted_diagnosis_is_none() -> None:
    condition = {"resourceType": "Condition", "code": concept("http://hl7.org/fhir/sid/icd-10", "A15.0")}
    refuted = condition | {"verificationStatus": {"coding": [{"code": "refuted"}]}}
    assert found(await read(condition)) == {"airborne-precautions"}
    assert found(await read(refuted)) == set()


@pytest.mark.parametrize("status", ["registered", "entered-in-error"])
async def test_other_resources_pass_unread(status: str) -> None:
    assert found(await read({"resourceType": "Device", "status": status, "owner": {"x": [1, {"y": 2}]}})) == set()


@pytest.mark.parametrize(
    "bundle",
    [
        {"resourceType": "OperationOutcome", "issue": []},
        {"resourceType": "Bundle", "type": "history", "meta": {"lastUpdated": NOW.isoformat()}},
        {"resourceType": "Bundle", "type": "searchset", "meta": {"lastUpdated": "yesterday"}},
        {"resourceType": "Bundle", "type": "searchset", "meta": {"lastUpdated": "2026-11-21T05:00:00"}},
    ],
)
async def test_what_is_no_search_result_is_not_understood(bundle: Any) -> None:
    with pytest.raises(AgencyError, match="not-understood"):
        await read(whole=bundle)


@pytest.mark.parametrize("value", ['"38.6"x', "NaN", "Infinity", "1e400", "9" * 5000, "[38.6]", "true"])
async def test_a_value_that_is_no_number_is_not_understood(value: str) -> None:
    observation = json.dumps(measured(777)).replace("777", value)
    whole = (
        '{"resourceType":"Bundle","type":"searchset","meta":{"lastUpdated":"2026-11-21T05:00:00Z"},'
        f'"entry":[{{"resource":{json.dumps(PATIENT)}}},{{"resource":{observation}}}]}}'
    )
    with pytest.raises(AgencyError, match="not-understood"):
        await read(raw=whole.encode())


async def test_an_answer_about_somebody_else_is_not_understood() -> None:
    other = {"resourceType": "Patient", "identifier": [{"system": DOCUMENT, "value": "IDN-X7654321"}]}
    for patients in ([other], [PATIENT, other], []):
        entries = [{"resource": r} for r in (*patients, measured(36.5))]
        whole = {
            "resourceType": "Bundle",
            "type": "searchset",
            "meta": {"lastUpdated": (NOW - timedelta(hours=1)).isoformat()},
            "entry": entries,
        }
        with pytest.raises(AgencyError, match="not-understood"):
            await read(whole=whole)
