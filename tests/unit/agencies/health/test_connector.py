import json
from datetime import UTC, datetime
from typing import Any

import pytest

from counter_tui import settings
from counter_tui.agencies.health import HealthConnector
from counter_tui.agencies.health.codes import DOCUMENT, ICD10, SNOMED, UCUM
from counter_tui.agencies.health.records import MOST_OF_A_KIND
from counter_tui.agencies.ports import FetchAnswer, Inquiry
from counter_tui.domain.documents import compose_mrz, read_mrz
from counter_tui.domain.sections import Section
from counter_tui.domain.texts import text
from counter_tui.domain.words import Direction
from counter_tui.errors import AgencyError
from tests.unit.agencies import asking

from .records import bundle, concept, dose, health_pass, measured

NOW = datetime(2026, 11, 21, 6, 0, tzinfo=UTC)
RULES = settings.load_findings()
LIMITS = settings.load_limits()


PATIENT = {"resourceType": "Patient", "identifier": [{"system": DOCUMENT, "value": "IDN-X1234567"}]}


def searchset(*resources: Any) -> dict[str, Any]:
    return bundle(*resources, kind="searchset", meta={"lastUpdated": NOW.isoformat()})


async def read(
    *resources: Any, whole: Any = None, raw: bytes | None = None, direction: Direction = Direction.ENTRY
) -> Section:
    async def fetch(method: str, path: str, *, body: bytes = b"", content_type: str = "") -> FetchAnswer:
        return FetchAnswer(
            200, raw if raw is not None else json.dumps(whole or searchset(PATIENT, *resources)).encode()
        )

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
    assert found(await read(measured(40.0, at="2026-11-19"))) == set()


async def test_a_measurement_of_the_future_is_not_to_be_trusted() -> None:
    assert found(await read(measured(36.5, at="2026-11-21T06:30:00Z"))) == set(), "clocks differ"
    assert found(await read(measured(36.5, at="2026-11-21T07:30:00Z"))) == {"temperature-unreadable"}
    assert found(await read(measured(38.5), measured(36.5, at="2026-11-23"))) == {"fever", "temperature-unreadable"}


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
    bitten = health_pass(symptom=[{"valueCoding": {"system": SNOMED, "code": "283782004"}}])
    assert found(await read(bitten)) == {"bite"}


async def test_a_dead_person_does_not_travel() -> None:
    assert found(await read(whole=searchset(PATIENT | {"deceasedDateTime": "2020-03"}))) == {"deceased"}
    assert found(await read(whole=searchset(PATIENT | {"deceasedBoolean": False}))) == set()


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
    answers = health_pass(country=[{"valueString": "NGA"}])
    assert found(await read(answers, dose(on, status=status, code=code))) == ({"yellow-fever-due"} if due else set())
    assert found(await read(answers, dose(on), direction=Direction.EXIT)) == set()


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
        {"resourceType": "Bundle", "type": "collection", "meta": {"lastUpdated": NOW.isoformat()}},
        {"resourceType": "Bundle", "type": "searchset"},
        {"resourceType": "Bundle", "type": "searchset", "meta": {"lastUpdated": "2026-11-21"}},
        {"resourceType": "Bundle", "type": "searchset", "meta": {"lastUpdated": "yesterday"}},
        {"resourceType": "Bundle", "type": "searchset", "meta": {"lastUpdated": "2026-11-21T05:00:00"}},
    ],
)
async def test_what_is_no_search_result_is_not_understood(bundle: Any) -> None:
    with pytest.raises(AgencyError, match="not-understood"):
        await read(whole=bundle)


@pytest.mark.parametrize("value", ['"38.6"x', "NaN", "Infinity", "1e400", "9" * 5000])
async def test_a_number_that_is_none_is_not_understood(value: str) -> None:
    observation = json.dumps(measured(777)).replace("777", value)
    whole = (
        '{"resourceType":"Bundle","type":"searchset","meta":{"lastUpdated":"2026-11-21T05:00:00Z"},'
        f'"entry":[{{"resource":{json.dumps(PATIENT)}}},{{"resource":{observation}}}]}}'
    )
    with pytest.raises(AgencyError, match="not-understood"):
        await read(raw=whole.encode())


async def test_an_answer_about_somebody_else_is_not_shown() -> None:
    other = {"resourceType": "Patient", "identifier": [{"system": DOCUMENT, "value": "IDN-X7654321"}]}
    for patients in ([other], [PATIENT, other], []):
        with pytest.raises(AgencyError, match="other-traveller"):
            await read(whole=searchset(*patients, measured(36.5)))


async def test_a_resource_about_somebody_else_is_not_shown() -> None:
    patient = PATIENT | {"id": "p1"}
    about: dict[str, Any] = {"subject": {"reference": "https://fhir.test/r4/Patient/p1"}}
    assert found(await read(whole=searchset(patient, measured(38.2, **about)))) == {"fever"}
    for reference in ("Patient/p2", "Patient/xp1", "#p1", "Group/p1"):
        with pytest.raises(AgencyError, match="other-traveller"):
            await read(whole=searchset(patient, measured(38.2, subject={"reference": reference})))


async def test_a_record_of_another_name_is_told_and_of_another_birth_too_is_not_shown() -> None:
    named = PATIENT | {"name": [{"text": "BUDI SANTOSO"}]}
    section = await read(whole=searchset(named, measured(36.5)))
    assert [f.value for f in section.fields if f.name == "health.problem"] == [text("fhir.person-differs", what="name")]
    with pytest.raises(AgencyError, match="other-traveller"):
        await read(whole=searchset(named | {"birthDate": "1970-01-01"}, measured(36.5)))


async def test_what_did_not_come_or_cannot_be_read_is_not_green() -> None:
    next_page = {"link": [{"relation": "next", "url": "https://fhir.test/r4?page=2"}]}
    assert found(await read(whole=searchset(PATIENT, measured(36.5)) | next_page)) == {"record-incomplete"}
    assert found(await read(measured("36,5"), measured(36.5))) == {"record-unreadable"}
    assert found(await read(measured(36.5, triggeredBy=[]))) == {"record-unreadable"}


async def test_a_doubtful_measurement_is_believed_where_it_is_bad_news() -> None:
    assert found(await read(measured(36.5, status="preliminary"))) == {"temperature-unreadable"}
    assert found(await read(measured(38.5, status="preliminary"))) == {"fever"}
    earlier = measured(39.5, at="2026-11-21T05:00:00Z")
    assert found(await read(earlier, measured(390))) == {"fever-high"}
    assert found(await read(measured(36.5, at="2026-11-21T05:00:00Z"), measured(365))) == {"temperature-unreadable"}


async def test_a_hundredth_above_the_bound_is_above_it_and_shown() -> None:
    section = await read(measured(37.54))
    assert asking.found(section) == {"health.temperature-raised": {"temperature": "37.54"}}


async def test_a_pass_is_of_this_journey() -> None:
    assert [f.code for f in (await read(health_pass("red", authored="2026-10-01"))).facts] == ["fact.health.pass-old"]
    assert found(await read(health_pass("red", authored="2026-11-20"), health_pass(authored="2026-11-21"))) == set()
    undated, ahead = health_pass(authored=None), health_pass(authored="2026-12-24")
    for doubtful in (undated, ahead):
        section = await read(doubtful)
        assert (found(section), section.facts) == ({"pass-unreadable"}, ())
    other = health_pass() | {"questionnaire": "http://smart.who.int/icvp/Questionnaire/ICVP", "item": []}
    assert [f.code for f in (await read(other)).facts] == ["fact.health.no-pass"]


async def test_all_that_was_read_is_told_with_where_it_stands() -> None:
    answers = health_pass("yellow", contact=[{"valueBoolean": False}], country=[{"valueString": "NGA"}])
    fahrenheit = {"value": 98.2, "unit": "F", "system": UCUM, "code": "[degF]"}
    section = await read(
        answers | {"id": "q1"}, measured(id="t1", valueQuantity=fahrenheit), dose("2020-05", id="i1", lotNumber="A1")
    )

    assert [(o.id, o.system, o.reference, o.as_of) for o in section.origins] == [
        ("r1", "health-records", "QuestionnaireResponse/q1", NOW),
        ("r2", "health-records", "Observation/t1", NOW),
        ("r3", "health-records", "Immunization/i1", NOW),
    ]
    assert [(f.name, f.value, f.origin) for f in section.fields] == [
        ("health.colour", text("colour.yellow"), "r1"),
        ("health.pass-authored", "2026-11-21", "r1"),
        ("health.contact", text("answer.no"), "r1"),
        ("health.countries-21d", "NGA", "r1"),
        ("health.temperature", "36.8 Cel", "r2"),
        ("health.measured-as", "98.2 [degF]", "r2"),
        ("health.measured-at", "2026-11-21T05:58:00Z", "r2"),
        ("health.yellow-fever-dose", "2020-05", "r3"),
        ("health.yellow-fever-valid-from", "2020-06-10", "r3"),
        ("health.yellow-fever-vaccine", "37", "r3"),
        ("health.yellow-fever-lot", "A1", "r3"),
    ]


async def test_a_diagnosis_is_a_sealed_field_and_others_are_none() -> None:
    tuberculosis = {"resourceType": "Condition", "id": "c1", "code": concept(ICD10, "A15.0")}
    flat_feet = {"resourceType": "Condition", "id": "c2", "code": concept(ICD10, "M21.4")}
    section = await read(tuberculosis, flat_feet)

    (field,) = section.fields
    assert (field.name, field.value) == ("health.diagnosis", None)
    assert field.sealed is not None
    assert [o.reference for o in section.origins] == ["Condition/c1"]


async def test_a_record_of_years_is_told_in_part_the_newest_first() -> None:
    old = [measured(36.5, id=f"t{day}", at=f"2025-{day // 28 + 1:02}-{day % 28 + 1:02}") for day in range(300)]
    section = await read(*old, health_pass())

    assert [o.reference for o in section.origins] == [
        "QuestionnaireResponse entry[301]",
        *(f"Observation/t{299 - back}" for back in range(MOST_OF_A_KIND)),
    ]


async def test_of_two_that_may_be_the_newest_the_worse_counts() -> None:
    today, moment = "2026-11-21", "2026-11-21T05:00:00Z"
    for passes in (
        (health_pass("green", authored=today), health_pass("red", authored=moment)),
        (health_pass("red", authored=today), health_pass("green", authored=moment)),
    ):
        assert found(await read(*passes)) == {"pass-red"}
    assert found(await read(measured(36.5, at=today), measured(39.0, at=moment))) == {"fever-high"}
    assert found(await read(measured(39.0, at=today), measured(36.5, at=moment))) == {"fever-high"}
    assert found(await read(measured(39.0, at="2026-11-20"), measured(36.5, at=moment))) == set()


async def test_a_person_with_two_documents_is_one() -> None:
    numbers = [{"system": DOCUMENT, "value": value} for value in ("IDN-X1234567", "IDN-B7654321")]
    assert found(await read(whole=searchset(PATIENT | {"identifier": numbers}, measured(38.2)))) == {"fever"}


async def test_a_reference_to_a_version_of_the_patient_is_to_them() -> None:
    patient, subject = PATIENT | {"id": "p1"}, {"reference": "Patient/p1/_history/3"}
    assert found(await read(whole=searchset(patient, measured(38.2, subject=subject)))) == {"fever"}
