"""FHIR R4 Condition, Encounter and Patient: a diagnosis, care that is being given, and whose record it all is.

A diagnosis is read so that its owner can seal it: nothing of it is ever shown here.
"""

import json
from dataclasses import dataclass, field
from typing import Final

from ...domain.texts import text
from .codes import ACT_CODE, ICD10, ICD10_CM, TUBERCULOSIS
from .elements import Element, codes, token
from .remarks import Remarks
from .times import FhirTime

NO_CASE: Final = frozenset({"entered-in-error", "refuted"})
OVER: Final = frozenset({"inactive", "resolved"})
UNDER_WAY: Final = frozenset({"arrived", "triaged", "in-progress"})
_ICD10: Final = tuple(f"{system}|{code}" for system in (ICD10, ICD10_CM) for code in TUBERCULOSIS)


@dataclass(frozen=True, slots=True)
class Diagnosis:
    """`airborne`: its care needs precautions. `detail` is what its owner reads after unsealing: JSON, short."""

    airborne: bool
    detail: bytes = field(repr=False)


@dataclass(frozen=True, slots=True)
class Care:
    """Care that is being given, in an emergency or not."""

    emergency: bool
    status: str


@dataclass(frozen=True, slots=True)
class Person:
    """Whose record it is: their identifiers as `system|value`, what the record calls them, when they were born.

    `dead`: the record says so.
    """

    identifiers: frozenset[str] = field(repr=False)
    name: str | None = field(default=None, repr=False)
    born: FhirTime | None = field(default=None, repr=False)
    dead: bool = False


def read_condition(resource: Element, remarks: Remarks) -> Diagnosis | None:
    """A diagnosis that stands and is not over."""
    verification = _codes(resource, "verificationStatus")
    clinical = _codes(resource, "clinicalStatus")
    tokens = codes(resource.one("code"))
    if verification & NO_CASE:
        remarks.unused = text("fhir.status", status=min(verification & NO_CASE))
    elif clinical & OVER:
        remarks.unused = text("fhir.status", status=min(clinical & OVER))
    if not tokens:
        remarks.problems.append(text("fhir.no-code"))
    remarks.notes.append(text("fhir.diagnosis-sealed"))
    recorded = resource.time("recordedDate")
    detail = {"codes": sorted(tokens)[:5], "clinical": sorted(clinical)[:2], "verification": sorted(verification)[:2]}
    if recorded is not None:
        detail["recorded"] = [recorded.written]
    return Diagnosis(any(one.startswith(_ICD10) for one in tokens), json.dumps(detail).encode())


def _codes(resource: Element, name: str) -> frozenset[str]:
    """The codes of a status, whatever their system: FHIR fixes it."""
    concept = resource.one(name)
    found = (coding.code("code") for coding in concept.many("coding")) if concept is not None else ()
    return frozenset(filter(None, found))


def read_encounter(resource: Element, remarks: Remarks) -> Care | None:
    """Care that is under way."""
    status, kind = resource.need("status"), token(resource.one("class"))
    if status not in UNDER_WAY:
        remarks.unused = text("fhir.status", status=status)
    if kind is None:
        remarks.problems.append(text("fhir.no-code"))
    return Care(kind == f"{ACT_CODE}|EMER", status)


def read_patient(resource: Element, remarks: Remarks) -> Person:
    """Whose record it is; that they are said to be dead is a problem, where they stand at the counter."""
    dead = bool(resource.flag("deceasedBoolean")) or resource.time("deceasedDateTime") is not None
    if dead:
        remarks.problems.append(text("fhir.deceased"))
    numbers = ((one.code("system"), one.code("value")) for one in resource.many("identifier"))
    identifiers = frozenset(f"{system}|{value}" for system, value in numbers if system and value)
    return Person(identifiers, _name(resource), resource.time("birthDate"), dead)


def _name(resource: Element) -> str | None:
    """The first name that is given, as people write it: its text, or the given names and the family's."""
    for name in resource.many("name"):
        given = name.raw("given")
        parts = [part for part in given if isinstance(part, str)] if isinstance(given, list) else []
        whole = Element({"text": " ".join([*parts, name.text("family") or ""])}, name.path)
        if said := name.text("text") or whole.text("text"):
            return said
    return None
