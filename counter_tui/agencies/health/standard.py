"""HL7 FHIR R4 (4.0.1) as far as it is used here: a searchset Bundle about one Patient.

Used: QuestionnaireResponse (the health pass), Observation (body temperature, LOINC 8310-5), Immunization, Condition,
Encounter. Resources of other types pass unread. A value counts only with a status that makes it one.
"""

from datetime import date, datetime
from decimal import Decimal
from typing import Annotated, Any, Final, Literal

from pydantic import AfterValidator, Discriminator, Field, Tag
from pydantic.alias_generators import to_camel

from ..wire import Foreign, Instant

LOINC: Final = "http://loinc.org"
UCUM: Final = "http://unitsofmeasure.org"
SNOMED: Final = "http://snomed.info/sct"
ICD10: Final = "http://hl7.org/fhir/sid/icd-10"
CVX: Final = "http://hl7.org/fhir/sid/cvx"
ACT_CODE: Final = "http://terminology.hl7.org/CodeSystem/v3-ActCode"
COLOUR_SYSTEM: Final = "urn:health-pass:colour"
DOCUMENT: Final = "urn:icao:travel-document"

TEMPERATURE: Final = "8310-5"
YELLOW_FEVER: Final = frozenset({"37", "183", "184"})
SYMPTOMS: Final = {"271807003": "rash", "18165001": "jaundice", "131148009": "bleeding", "49727002": "cough"}
TUBERCULOSIS: Final = ("A15", "A16", "A17", "A18", "A19")


class _Fhir(Foreign, alias_generator=to_camel):
    pass


class Coding(_Fhir):
    """A code of a code system."""

    system: str | None = None
    code: str | None = None


class CodeableConcept(_Fhir):
    """A concept with its codings."""

    coding: Annotated[tuple[Coding, ...], Field(max_length=20)] = ()

    def codes(self, system: str) -> tuple[str, ...]:
        """Its codes in this system."""
        return tuple(c.code for c in self.coding if c.system == system and c.code)


class Quantity(_Fhir):
    """A measured amount; `code` is the unit in UCUM where `system` says so, `unit` is for people."""

    value: Annotated[Decimal, Field(max_digits=12)] | None = None
    comparator: str | None = None
    unit: str | None = None
    system: str | None = None
    code: str | None = None


def _dated(value: str) -> str:
    """FHIR dateTime: a year, a month, a day, or an instant."""
    if len(value) > 10:
        datetime.fromisoformat(value)
    else:
        date.fromisoformat(f"{value}-01-01"[:10] if len(value) == 4 else f"{value}-01"[:10])
    return value


DateTime = Annotated[str, AfterValidator(_dated)]


class Observation(_Fhir):
    """A measurement."""

    resource_type: Literal["Observation"]
    status: str
    code: CodeableConcept
    effective_date_time: DateTime | None = None
    value_quantity: Quantity | None = None
    data_absent_reason: CodeableConcept | None = None


class Immunization(_Fhir):
    """A vaccination that took place, or did not."""

    resource_type: Literal["Immunization"]
    status: str
    vaccine_code: CodeableConcept
    occurrence_date_time: DateTime | None = None


class AnswerItem(_Fhir):
    """One answer of the health pass."""

    value_coding: Coding | None = None
    value_boolean: bool | None = None
    value_string: str | None = None


class Item(_Fhir):
    """One question of the health pass, by its link id."""

    link_id: str
    answer: Annotated[tuple[AnswerItem, ...], Field(max_length=50)] = ()


class QuestionnaireResponse(_Fhir):
    """The health pass: `colour`, `symptom`, `country`, `contact`."""

    resource_type: Literal["QuestionnaireResponse"]
    status: str
    authored: DateTime | None = None
    item: Annotated[tuple[Item, ...], Field(max_length=100)] = ()


class Condition(_Fhir):
    """A diagnosis: it leaves the connector only sealed."""

    resource_type: Literal["Condition"]
    clinical_status: CodeableConcept | None = None
    verification_status: CodeableConcept | None = None
    code: CodeableConcept


class Encounter(_Fhir):
    """Care that is being given."""

    resource_type: Literal["Encounter"]
    status: str
    class_: Annotated[Coding, Field(alias="class")]


class Identifier(_Fhir):
    """A number in its system."""

    system: str | None = None
    value: str | None = None


class Patient(_Fhir):
    """The person whom the rest is about."""

    resource_type: Literal["Patient"]
    identifier: Annotated[tuple[Identifier, ...], Field(max_length=20)] = ()


class Other(_Fhir):
    """A resource of a type that is not used here."""

    resource_type: str


_USED = {
    kind.__name__: kind for kind in (Observation, Immunization, QuestionnaireResponse, Condition, Encounter, Patient)
}


def _kind(raw: Any) -> str:
    name = raw.get("resourceType") if isinstance(raw, dict) else None
    return name if isinstance(name, str) and name in _USED else "Other"


Resource = Annotated[
    Annotated[Observation, Tag("Observation")]
    | Annotated[Immunization, Tag("Immunization")]
    | Annotated[QuestionnaireResponse, Tag("QuestionnaireResponse")]
    | Annotated[Condition, Tag("Condition")]
    | Annotated[Encounter, Tag("Encounter")]
    | Annotated[Patient, Tag("Patient")]
    | Annotated[Other, Tag("Other")],
    Discriminator(_kind),
]


class Entry(_Fhir):
    """One entry of a Bundle."""

    resource: Resource


class Meta(_Fhir):
    """When a resource was last changed."""

    last_updated: Instant


class Bundle(_Fhir):
    """A page of search results; nothing found is a Bundle without entries."""

    resource_type: Literal["Bundle"]
    type: Literal["searchset"]
    meta: Meta
    entry: Annotated[tuple[Entry, ...], Field(max_length=500)] = ()


_UNITS: Final = {"Cel": "Cel", "°C": "Cel", "[degF]": "[degF]", "°F": "[degF]"}
_PLAUSIBLE: Final = (Decimal(30), Decimal(45))


def celsius(quantity: Quantity | None) -> Decimal | None:
    """A body temperature in degrees Celsius, to a tenth; None where it cannot be read rightly.

    The unit is the UCUM code, or without one the unit's own word; where the two disagree, or the amount is only a
    bound, or no living body has it, there is no reading.
    """
    if quantity is None or quantity.value is None or quantity.comparator is not None:
        return None
    coded = quantity.code if quantity.system == UCUM else None
    unit = _UNITS.get(coded or quantity.unit or "")
    spoken = _UNITS.get(quantity.unit or "", unit)
    if unit is None or spoken != unit or (quantity.code is not None and coded is None):
        return None
    value = quantity.value if unit == "Cel" else (quantity.value - 32) * 5 / 9
    lowest, highest = _PLAUSIBLE
    return value.quantize(Decimal("0.1")) if lowest <= value <= highest else None
