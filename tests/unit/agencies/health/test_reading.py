from typing import Any

import pytest

from counter_tui.agencies.health.care import Care, Diagnosis, Person
from counter_tui.agencies.health.codes import ACT_CODE, DOCUMENT, ICD10
from counter_tui.agencies.health.reading import MOST_ENTRIES
from counter_tui.errors import AgencyError

from .records import bundle, concept, document, dose, health_pass, measured, notes, problems, read

CONDITION = {"resourceType": "Condition", "code": concept(ICD10, "A15.0")}
ENCOUNTER = {"resourceType": "Encounter", "status": "in-progress", "class": {"system": ACT_CODE, "code": "EMER"}}


@pytest.mark.parametrize("kind", ["searchset", "document", "collection"])
def test_a_bundle_is_read_resource_by_resource(kind: str) -> None:
    found = document(bundle(measured(id="a"), dose(), {"resourceType": "Device"}, kind=kind))

    assert (found.type, found.complete) == (kind, True)
    assert [one.kind for one in found.resources] == ["Observation", "Immunization", "Device"]
    assert [one.reference for one in found.resources] == ["Observation/a", "Immunization entry[1]", "Device entry[2]"]
    assert [one.used for one in found.resources] == [True, True, False]


def test_what_cannot_be_read_is_told_and_the_rest_is_used() -> None:
    found = document(bundle(measured("36,5"), 7, {"resourceType": 3}, measured(36.9))).resources

    assert [(one.used, one.unreadable) for one in found] == [(False, True)] * 3 + [(True, False)]
    assert [problems(one) for one in found] == [["wrong-type"], ["no-resource"], ["no-resource"], []]


@pytest.mark.parametrize(
    ("more", "complete"),
    [
        ({"total": 1}, True),
        ({"total": 2}, False),
        ({"link": [{"relation": "self", "url": "x"}]}, True),
        ({"link": [{"relation": "next", "url": "x"}]}, False),
    ],
)
def test_a_search_that_found_more_than_it_gave_is_not_complete(more: Any, complete: bool) -> None:
    assert document(bundle(measured(), kind="searchset", **more)).complete is complete


def test_a_search_that_went_wrong_in_part_is_not_complete() -> None:
    outcome = {"resourceType": "OperationOutcome", "issue": [{"severity": "error", "code": "timeout"}]}
    assert not document(bundle(measured(), outcome, kind="searchset")).complete


@pytest.mark.parametrize(
    ("value", "code"),
    [
        (b"[]", "fhir.no-resource"),
        (b'"x"', "fhir.no-resource"),
        ({"status": "final"}, "fhir.no-resource"),
        ({"resourceType": "<b>"}, "fhir.no-resource"),
        ({"resourceType": ["Bundle"]}, "fhir.no-resource"),
        ({"resourceType": "Bundle"}, "fhir.missing"),
        ({"resourceType": "Bundle", "type": "transaction"}, "fhir.bundle-type"),
        ({"resourceType": "Bundle", "type": "searchset", "entry": {}}, "fhir.wrong-type"),
        ({"resourceType": "Bundle", "type": "searchset", "meta": 1}, "fhir.wrong-type"),
        (bundle(*[{}] * (MOST_ENTRIES + 1)), "fhir.too-many"),
        (b'{"resourceType": "Observation", "resourceType": "Patient"}', "json.key-twice"),
        (b'{"resourceType": "Observation"', "json.not-json"),
    ],
)
def test_what_is_no_document_is_refused(value: Any, code: str) -> None:
    with pytest.raises(AgencyError) as raised:
        document(value)

    assert raised.value.code == code
    assert raised.value.__cause__ is None


@pytest.mark.parametrize(
    ("resource", "release"),
    [
        (measured(fhirVersion="5.0.0"), "5.0.0"),
        (measured(meta={"profile": ["http://hl7.org/fhir/5.0/StructureDefinition/Observation"]}), "5.0"),
        (measured(meta={"profile": ["http://hl7.org/fhir/StructureDefinition/vitalsigns|5.0.0"]}), "5.0"),
        (measured(meta={"profile": ["http://hl7.org/fhir/R5/Observation"]}), "R5"),
        (measured(triggeredBy=[]), "R5"),
        (dose(administeredProduct={}), "R5"),
        (dose(notGiven=False), "STU3"),
        (health_pass() | {"questionnaire": {"reference": "Questionnaire/1"}}, "STU3"),
        (CONDITION | {"clinicalStatus": "active"}, "STU3"),
        (ENCOUNTER | {"class": [concept(ACT_CODE, "EMER")]}, "R5"),
        (ENCOUNTER | {"incomingReferral": []}, "STU3"),
    ],
)
def test_other_releases_are_known_and_not_read(resource: Any, release: str) -> None:
    found = read(resource)

    assert (found.used, found.unreadable, problems(found)) == (False, True, ["other-release"])
    assert found.problems[0].as_dict()["release"] == release


@pytest.mark.parametrize(
    "more",
    [
        {"fhirVersion": "4.0.1"},
        {"meta": {"profile": ["http://hl7.org/fhir/StructureDefinition/vitalsigns|4.0.1", 7]}},
        {"meta": {"profile": ["https://fhir.kemkes.go.id/r4/StructureDefinition/Observation|5.1"]}},
        {"_effectiveDateTime": {"extension": []}, "extension": [], "text": {"div": "<div/>"}},
    ],
)
def test_r4_is_not_taken_for_another(more: Any) -> None:
    assert problems(read(measured(**more))) == []


@pytest.mark.parametrize("element", ["modifierExtension", "implicitRules"])
def test_what_changes_the_meaning_of_the_rest_stops_the_reading(element: str) -> None:
    found = read(measured() | {element: [{"url": "urn:not"}]})

    assert (found.used, problems(found)) == (False, ["modifier"])


def test_unknown_elements_are_named() -> None:
    found = read(measured(fooBar=1, zoo=2))

    assert (found.used, problems(found)) == (True, ["unknown-elements"])
    assert found.problems[0].as_dict() == {"elements": "fooBar, zoo"}


@pytest.mark.parametrize(
    ("more", "used"),
    [
        ({}, True),
        ({"clinicalStatus": concept("x", "active")}, True),
        ({"clinicalStatus": concept("x", "resolved")}, False),
        ({"verificationStatus": concept("x", "refuted")}, False),
        ({"verificationStatus": concept("x", "entered-in-error")}, False),
    ],
)
def test_a_diagnosis_stands_unless_it_is_refuted_or_over(more: Any, used: bool) -> None:
    found = read(CONDITION | more)

    assert found.used is used
    assert notes(found) == ["diagnosis-sealed"]
    assert isinstance(found.content, Diagnosis)
    assert found.content.airborne
    assert "A15" not in repr(found)


@pytest.mark.parametrize(
    ("status", "kind", "used", "emergency"),
    [
        ("in-progress", "EMER", True, True),
        ("triaged", "EMER", True, True),
        ("finished", "EMER", False, True),
        ("in-progress", "AMB", True, False),
    ],
)
def test_care_is_under_way_or_not(status: str, kind: str, used: bool, emergency: bool) -> None:
    found = read(ENCOUNTER | {"status": status, "class": {"system": ACT_CODE, "code": kind}})

    assert found.used is used
    assert found.content == Care(emergency, status)


def test_whose_record_it_is() -> None:
    numbers = [{"system": DOCUMENT, "value": "IDN-X1"}, {"value": "7"}]
    name = [{"family": "Aminah", "given": ["Siti", "Nur"]}]
    person = read({"resourceType": "Patient", "identifier": numbers, "name": name, "birthDate": "1974-08"}).content

    assert isinstance(person, Person)
    assert person.identifiers == {f"{DOCUMENT}|IDN-X1"}
    assert person.name == "Siti Nur Aminah"
    assert person.born is not None
    assert "Siti" not in repr(person)


@pytest.mark.parametrize("label", ["security", "tag"])
def test_a_record_that_was_made_up_for_tests_is_not_used(label: str) -> None:
    system = "http://terminology.hl7.org/CodeSystem/v3-ActReason"

    assert not read(measured(meta={label: [{"system": system, "code": "HTEST"}]})).used
    assert read(measured(meta={label: [{"system": system, "code": "TREAT"}, {"code": "HTEST"}]})).used


@pytest.mark.parametrize("more", [{"deceasedBoolean": True}, {"deceasedDateTime": "2020-03"}])
def test_a_dead_person_at_the_counter_is_told(more: Any) -> None:
    assert problems(read({"resourceType": "Patient"} | more)) == ["deceased"]
    assert problems(read({"resourceType": "Patient", "deceasedBoolean": False})) == []
