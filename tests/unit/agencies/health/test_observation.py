from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from counter_tui.agencies.health.codes import LOINC, SNOMED, UCUM
from counter_tui.agencies.health.observation import Temperature
from counter_tui.errors import AgencyError

from .records import concept, document, measured, notes, problems, read


def temperature(value: Any) -> Temperature:
    content = read(value).content
    assert isinstance(content, Temperature)
    return content


@pytest.mark.parametrize(
    ("given", "degrees"),
    [
        ({"value": 38.6, "system": UCUM, "code": "Cel"}, "38.6"),
        ({"value": 38.6, "unit": "°C", "system": UCUM, "code": "Cel"}, "38.6"),
        ({"value": 38.6, "unit": "Grad Celsius", "system": UCUM, "code": "Cel"}, "38.6"),
        ({"value": 38.6, "unit": "derajat C", "system": UCUM, "code": "Cel"}, "38.6"),
        ({"value": 98.2, "unit": "°F", "system": UCUM, "code": "[degF]"}, "36.8"),
        ({"value": 98.2, "unit": "deg F", "system": UCUM, "code": "[degF]"}, "36.8"),
        ({"value": 101.5, "unit": "[degF]"}, "38.6"),
        ({"value": 37, "unit": "°C"}, "37"),
        ({"value": 30, "unit": "°C"}, "30"),
        ({"value": 45, "unit": "°C"}, "45"),
    ],
)
def test_a_temperature_is_read_in_its_unit(given: dict[str, Any], degrees: str) -> None:
    observation = read(measured(valueQuantity=given))

    assert temperature(measured(valueQuantity=given)).degrees == Decimal(degrees)
    assert (observation.used, problems(observation), notes(observation)) == (True, [], [])


@pytest.mark.parametrize(
    ("given", "problem"),
    [
        ({"value": 38.6}, "unit-unknown"),
        ({"value": 38.6, "unit": "warm"}, "unit-unknown"),
        ({"value": 311, "system": UCUM, "code": "K"}, "unit-unknown"),
        ({"value": 38.6, "system": "urn:other", "code": "Cel"}, "unit-unknown"),
        ({"value": 38.6, "code": "Cel"}, "unit-unknown"),
        ({"value": 38.6, "unit": "°F", "system": UCUM, "code": "Cel"}, "unit-disagrees"),
        ({"value": 98.6, "unit": "F", "system": UCUM, "code": "Cel"}, "unit-disagrees"),
        ({"value": 98.6, "unit": "C", "system": UCUM, "code": "[degF]"}, "unit-disagrees"),
        ({"value": 38.6, "unit": "Kelvin", "system": UCUM, "code": "Cel"}, "unit-disagrees"),
        ({"value": 101.5, "system": UCUM, "code": "Cel"}, "implausible"),
        ({"value": 36.6, "unit": "°F"}, "implausible"),
        ({"value": -3, "unit": "°C"}, "implausible"),
        ({"value": 1e300, "unit": "°F"}, "implausible"),
        ({"value": 29.99, "unit": "°C"}, "implausible"),
        ({"value": 45.01, "unit": "°C"}, "implausible"),
        ({"value": 38.6, "comparator": "<", "system": UCUM, "code": "Cel"}, "only-a-bound"),
        ({"value": 39, "comparator": ">=", "system": UCUM, "code": "Cel"}, "only-a-bound"),
        ({"unit": "°C", "system": UCUM, "code": "Cel"}, "no-value"),
        ({}, "no-value"),
    ],
)
def test_what_cannot_be_trusted_is_no_temperature(given: dict[str, Any], problem: str) -> None:
    observation = read(measured(valueQuantity=given))

    assert temperature(measured(valueQuantity=given)).degrees is None
    assert problems(observation) == [problem]
    if problem == "unit-disagrees":
        assert observation.problems[0].as_dict() == {"unit": given["unit"], "coded": given["code"]}
    assert observation.used, "somebody has to measure again"


def test_an_unknown_word_for_the_unit_is_told_and_its_code_counts() -> None:
    given = {"value": 38.6, "unit": "suhu", "system": UCUM, "code": "Cel"}

    assert temperature(measured(valueQuantity=given)).degrees == Decimal("38.6")
    assert notes(read(measured(valueQuantity=given))) == ["unit-word"]


@pytest.mark.parametrize("digits", ["36.5", "36.50", "37.000", "3.65e1"])
def test_precision_is_kept(digits: str) -> None:
    raw = (
        '{"resourceType":"Observation","status":"final","effectiveDateTime":"2026-11-21","code":{"coding":[{"system":'
        f'"{LOINC}","code":"8310-5"}}]}},"valueQuantity":{{"value":{digits},"system":"{UCUM}","code":"Cel"}}}}'
    )

    degrees = temperature(raw.encode()).degrees
    assert str(degrees) == str(Decimal(digits))


@given(st.decimals("30.0", "45.0", places=1))
def test_either_unit_gives_the_same_temperature(degrees: Decimal) -> None:
    fahrenheit = {"value": float(degrees * 9 / 5 + 32), "system": UCUM, "code": "[degF]"}
    celsius = {"value": float(degrees), "unit": "°C"}

    assert temperature(measured(valueQuantity=fahrenheit)).degrees == degrees
    assert temperature(measured(valueQuantity=celsius)).degrees == degrees


@pytest.mark.parametrize("value", ["36.5", "36,5", True, None, [36.5], {"value": 36.5}])
def test_a_value_that_is_no_number_is_refused(value: Any) -> None:
    with pytest.raises(AgencyError) as raised:
        document(measured(value))

    assert raised.value.code == "fhir.wrong-type"
    assert raised.value.params == {"element": "Observation.valueQuantity.value", "expected": "number"}


def test_why_a_value_is_absent_is_told() -> None:
    absent = measured(dataAbsentReason={"coding": [{"code": "not-performed", "display": "Not Performed"}]})
    both = read(absent)
    del absent["valueQuantity"]

    assert problems(both) == ["absent-and-there"]
    assert problems(read(absent)) == ["absent"]
    assert read(absent).problems[0].as_dict() == {"reason": "Not Performed"}


@pytest.mark.parametrize("status", ["entered-in-error", "cancelled", "registered", "unknown", "Final", ""])
def test_a_status_that_makes_it_no_value(status: str) -> None:
    if not status:
        with pytest.raises(AgencyError, match="wrong-type"):
            document(measured(status=status))
        return
    assert not read(measured(status=status)).used


@pytest.mark.parametrize("status", ["final", "amended", "corrected", "preliminary"])
def test_a_status_that_makes_it_one(status: str) -> None:
    observation = read(measured(status=status))

    assert observation.used
    assert problems(observation) == (["preliminary"] if status == "preliminary" else [])


@pytest.mark.parametrize(
    ("system", "code", "used"),
    [
        (LOINC, "8310-5", True),
        (LOINC, "8331-1", True),
        (SNOMED, "386725007", True),
        (LOINC, "8867-4", False),
        (SNOMED, "8310-5", False),
        ("", "8310-5", False),
    ],
)
def test_a_temperature_is_known_by_its_code_alone(system: str, code: str, used: bool) -> None:
    named = {"coding": [{"system": system, "code": code} if system else {"code": code}], "text": "Body temperature"}

    observation = read(measured(code=named))
    assert (observation.used, observation.content is not None) == (used, used)


def test_a_component_of_a_panel_is_a_temperature() -> None:
    pulse = {"code": concept(LOINC, "8867-4"), "valueQuantity": {"value": 80, "unit": "/min"}}
    warm = {"code": concept(LOINC, "8310-5"), "valueQuantity": {"value": 36.9, "system": UCUM, "code": "Cel"}}
    panel = measured(code=concept(LOINC, "85353-1"), component=[pulse, warm])
    del panel["valueQuantity"]

    assert temperature(panel).degrees == Decimal("36.9")
    assert problems(read(panel)) == []


def test_a_period_counts_from_its_end() -> None:
    period = measured(effectivePeriod={"start": "2026-11-21T05:00:00Z", "end": "2026-11-21T05:10:00Z"})
    del period["effectiveDateTime"]
    assert temperature(period).measured is not None
    assert temperature(period).measured.written == "2026-11-21T05:10:00Z"  # type: ignore[union-attr]

    backwards = period | {"effectivePeriod": {"start": "2026-11-21", "end": "2026-11-20"}}
    assert problems(read(backwards)) == ["period-backwards"]


def test_a_time_that_nobody_tells() -> None:
    untimed = measured()
    del untimed["effectiveDateTime"]

    assert problems(read(untimed)) == ["no-time"]
    with pytest.raises(AgencyError, match="wrong-type"):
        document(measured(at="2026-11-21T05:58:00"))
