"""Code systems and codes of health's records. A token is FHIR's own form of a code with its system: `system|code`."""

from dataclasses import dataclass
from typing import Final

from ..limits import Limits

LOINC: Final = "http://loinc.org"
UCUM: Final = "http://unitsofmeasure.org"
SNOMED: Final = "http://snomed.info/sct"
ICD10: Final = "http://hl7.org/fhir/sid/icd-10"
ICD10_CM: Final = "http://hl7.org/fhir/sid/icd-10-cm"
CVX: Final = "http://hl7.org/fhir/sid/cvx"
ACT_CODE: Final = "http://terminology.hl7.org/CodeSystem/v3-ActCode"
TEST_DATA: Final = "http://terminology.hl7.org/CodeSystem/v3-ActReason|HTEST"
COUNTRY: Final = "urn:iso:std:iso:3166"
COLOUR_SYSTEM: Final = "urn:health-pass:colour"
DOCUMENT: Final = "urn:icao:travel-document"
QUESTIONNAIRE: Final = "urn:health-pass"
"""The questionnaire of the health pass."""

TEMPERATURE: Final = "8310-5"
SYMPTOMS: Final = {
    "386661006": "fever",
    "49727002": "cough",
    "267036007": "dyspnoea",
    "271807003": "rash",
    "162397003": "sore-throat",
    "25064002": "headache",
    "62315008": "diarrhoea",
    "422400008": "vomiting",
    "68962001": "myalgia",
    "84229001": "fatigue",
    "30746006": "lymphadenopathy",
    "9826008": "conjunctivitis",
    "18165001": "jaundice",
    "131148009": "bleeding",
    "66857006": "haemoptysis",
    "42984000": "night-sweats",
    "283782004": "bite",
}
"""SNOMED CT's findings that the health pass asks for."""
TUBERCULOSIS: Final = ("A15", "A16", "A17", "A18", "A19")
"""ICD-10 categories."""


@dataclass(frozen=True, slots=True)
class Codes:
    """The tokens that a post's configuration names: of body temperatures, and of vaccines against yellow fever."""

    temperature: frozenset[str]
    yellow_fever: frozenset[str]


def codes_of(limits: Limits) -> Codes:
    """Those of the configuration."""
    return Codes(frozenset(limits.temperature_codes), frozenset(limits.yellow_fever_codes))
