from datetime import UTC, datetime
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from counter_tui.agencies.health.care import Care, Person
from counter_tui.agencies.health.codes import CVX, DOCUMENT, SYMPTOMS
from counter_tui.agencies.health.immunization import Dose
from counter_tui.agencies.health.observation import Temperature
from counter_tui.agencies.health.questionnaire import COLOURS, HealthPass
from counter_tui.agencies.health.times import read_time
from counter_tui.agencies.health.writing import Written, write_bundle, write_json, write_resource
from counter_tui.agencies.strict_json import read_json

from .records import document

NOW = datetime(2026, 11, 21, 6, 0, tzinfo=UTC)
DAY = read_time("2026-11-21")


def written_and_read(content: Written) -> object:
    bundle = write_bundle([write_resource(content, "x1", "p1")], NOW)
    found = document(write_json(bundle))
    (resource,) = found.resources

    assert found.complete
    assert found.as_of is not None
    assert found.as_of.instant == NOW
    assert resource.problems == ()
    assert resource.about == ("" if isinstance(content, Person) else "Patient/p1")
    return resource.content


@pytest.mark.parametrize(
    "content",
    [
        Temperature(Decimal("36.50"), "36.50 Cel", DAY, site="ear"),
        Temperature(Decimal("36.8"), "98.2 [degF]", DAY),
        Dose(DAY, "STAMARIL", lot="A1", performer="dr. Sari", code=f"{CVX}|37"),
        Dose(None, "STAMARIL", proven=False, reason="contraindication", code=f"{CVX}|37"),
        Care(emergency=True, status="in-progress"),
        Person(frozenset({f"{DOCUMENT}|IDN-X1"}), "Siti", DAY),
    ],
)
def test_what_is_written_is_read_again(content: Written) -> None:
    assert written_and_read(content) == content


@given(
    st.sampled_from(COLOURS),
    st.none() | st.booleans(),
    st.lists(st.sampled_from(sorted(SYMPTOMS.values())), unique=True),
    st.lists(st.sampled_from(["NGA", "COD", "D", "MYS"]), unique=True),
)
def test_any_pass_is_read_again(colour: str, contact: bool | None, symptoms: list[str], countries: list[str]) -> None:
    content = HealthPass(colour, contact, tuple(symptoms), tuple(countries), DAY)
    found = written_and_read(content)

    assert isinstance(found, HealthPass)
    assert (found.colour, found.contact, found.symptoms, found.countries) == (
        colour,
        contact,
        tuple(symptoms),
        tuple(countries),
    )
    assert found.trusted


@given(st.decimals(allow_nan=False, allow_infinity=False, places=4, min_value=-1000, max_value=1000))
def test_a_number_keeps_its_digits(number: Decimal) -> None:
    assert str(read_json(write_json({"x": [number]}))) == str({"x": [number]})


@pytest.mark.parametrize(("kind", "total"), [("searchset", 1), ("collection", None)])
def test_a_search_alone_says_how_many_it_found(kind: str, total: int | None) -> None:
    person = write_resource(Person(frozenset({f"{DOCUMENT}|IDN-X1"})), "p1")

    assert write_bundle([person], NOW, kind).get("total") == total
