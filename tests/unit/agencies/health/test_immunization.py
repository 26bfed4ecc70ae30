from datetime import date
from typing import Any

import pytest

from counter_tui.agencies.health.codes import CVX, SNOMED
from counter_tui.agencies.health.immunization import Dose

from .records import LIMITS, concept, dose, notes, problems, read

ATC, KFA, ICD11 = "http://www.whocc.no/atc", "http://sys-ids.kemkes.go.id/kfa", "http://id.who.int/icd/release/11/mms"


def given(value: Any) -> Dose:
    content = read(value).content
    assert isinstance(content, Dose)
    return content


@pytest.mark.parametrize(
    ("system", "code", "known"),
    [
        (CVX, "37", True),
        (CVX, "183", True),
        (CVX, "184", True),
        (ATC, "J07BL01", True),
        (SNOMED, "836385002", True),
        (ICD11, "XM0N24", True),
        (KFA, "93001560", True),
        (KFA, "93001561", False),
        (CVX, "140", False),
        (ATC, "37", False),
    ],
)
def test_yellow_fever_is_known_by_its_code(system: str, code: str, known: bool) -> None:
    vaccination = read(dose(vaccineCode=concept(system, code)))

    assert (vaccination.used, vaccination.content is not None) == (known, known)


def test_one_known_code_among_others_is_enough() -> None:
    coding = [{"system": "urn:local", "code": "x"}, {"system": CVX, "code": "37"}]
    assert given(dose(vaccineCode={"coding": coding})).proven


@pytest.mark.parametrize("concept", [{"text": "YF-VAX (Stamaril)"}, {}, {"coding": [{"code": "37"}]}])
def test_words_prove_nothing(concept: dict[str, Any]) -> None:
    vaccination = read(dose(vaccineCode=concept))

    assert problems(vaccination) == ["no-code"]
    assert given(dose(vaccineCode=concept)).valid_from(10) is None


@pytest.mark.parametrize(
    ("on", "valid_from"),
    [
        ("2025-10-22", date(2025, 11, 1)),
        ("2025-10-22T23:30:00-04:00", date(2025, 11, 1)),
        ("2024-02", date(2024, 3, 10)),
        ("2020", date(2021, 1, 10)),
    ],
)
def test_it_counts_from_the_tenth_day_after_the_last_that_it_can_have_been(on: str, valid_from: date) -> None:
    assert given(dose(on)).valid_from(LIMITS.yellow_fever_days) == valid_from


def test_a_dose_of_no_day_counts_never() -> None:
    undated = dose(occurrenceString="last spring")
    del undated["occurrenceDateTime"]

    assert problems(read(undated)) == ["no-day"]
    assert given(undated).valid_from(10) is None


@pytest.mark.parametrize("status", ["not-done", "entered-in-error", "unknown"])
def test_what_was_not_given_does_not_count(status: str) -> None:
    refused = read(dose(status=status, statusReason={"text": "contraindication"}))

    assert refused.unused is not None
    assert refused.unused.code == ("fhir.not-done" if status == "not-done" else "fhir.status")
    assert given(dose(status=status)).valid_from(10) is None
    assert given(dose(status=status, statusReason={"text": "contraindication"})).reason == "contraindication"


def test_lot_and_performer_are_kept() -> None:
    actors = [{"actor": {"reference": "Practitioner/7"}}, {"actor": {"display": "dr. Sari"}}]
    content = given(dose(lotNumber="AAJN11K", performer=actors))

    assert (content.lot, content.performer) == ("AAJN11K", "dr. Sari")
    assert given(dose(performer=actors[:1])).performer == "Practitioner/7"


def test_what_the_certificate_does_not_depend_on_is_told() -> None:
    doubtful = dose("2024-09-27", isSubpotent=True, primarySource=False, expirationDate="2015-02-15")

    assert notes(read(doubtful)) == ["subpotent", "second-hand", "expired-lot"]
    assert given(doubtful).proven
