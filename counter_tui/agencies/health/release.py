"""Which elements FHIR R4 (4.0.1) knows on the resources read here, and by what other releases betray themselves.

R4B (4.3) leaves these resources as they are. Of R5 and STU3 the same names may mean other things: they are not read.
"""

import re
from typing import Final

from ...domain.texts import Text, text
from .elements import Element

_ANY: Final = "resourceType id meta implicitRules language text contained extension modifierExtension"

_R4: Final = {
    "Observation": "identifier basedOn partOf status category code subject focus encounter effectiveDateTime "
    "effectivePeriod effectiveTiming effectiveInstant issued performer valueQuantity valueCodeableConcept valueString "
    "valueBoolean valueInteger valueRange valueRatio valueSampledData valueTime valueDateTime valuePeriod "
    "dataAbsentReason interpretation note bodySite method specimen device referenceRange hasMember derivedFrom "
    "component",
    "Immunization": "identifier status statusReason vaccineCode patient encounter occurrenceDateTime occurrenceString "
    "recorded primarySource reportOrigin location manufacturer lotNumber expirationDate site route doseQuantity "
    "performer note reasonCode reasonReference isSubpotent subpotentReason education programEligibility fundingSource "
    "reaction protocolApplied",
    "QuestionnaireResponse": "identifier basedOn partOf questionnaire status subject encounter authored author source "
    "item",
    "Condition": "identifier clinicalStatus verificationStatus category severity code bodySite subject encounter "
    "onsetDateTime onsetAge onsetPeriod onsetRange onsetString abatementDateTime abatementAge abatementPeriod "
    "abatementRange abatementString recordedDate recorder asserter stage evidence note",
    "Encounter": "identifier status statusHistory class classHistory type serviceType priority subject episodeOfCare "
    "basedOn participant appointment period length reasonCode reasonReference diagnosis account hospitalization "
    "location serviceProvider partOf",
    "Patient": "identifier active name telecom gender birthDate deceasedBoolean deceasedDateTime address "
    "maritalStatus multipleBirthBoolean multipleBirthInteger photo contact communication generalPractitioner "
    "managingOrganization link",
}
_R5: Final = {
    "Observation": "instantiatesCanonical instantiatesReference triggeredBy bodyStructure valueAttachment "
    "valueReference",
    "Immunization": "basedOn administeredProduct supportingInformation informationSource reason",
    "QuestionnaireResponse": "",
    "Condition": "participant",
    "Encounter": "subjectStatus careTeam virtualService actualPeriod plannedStartDate plannedEndDate reason admission "
    "dietPreference specialArrangement specialCourtesy",
    "Patient": "",
}
_STU3: Final = {
    "Observation": "context comment related",
    "Immunization": "notGiven date vaccinationProtocol explanation practitioner",
    "QuestionnaireResponse": "parent context",
    "Condition": "context assertedDate",
    "Encounter": "incomingReferral indication",
    "Patient": "animal",
}
_SHAPES: Final[tuple[tuple[str, str, type, str], ...]] = (
    ("Encounter", "class", list, "R5"),
    ("QuestionnaireResponse", "questionnaire", dict, "STU3"),
    ("Condition", "clinicalStatus", str, "STU3"),
    ("Condition", "verificationStatus", str, "STU3"),
)
"""Elements that another release holds in another form under the same name."""

READ: Final = frozenset(_R4)
"""Types of resources that are read."""
_PROFILE: Final = re.compile(r"http://hl7\.org/fhir/(?:(STU3|R[4-9]B?|\d\.\d)/.*|[^|]*\|(\d+\.\d+).*)")
_NAMES: Final = {"STU3": "3", "R4": "4", "R4B": "4", "R5": "5", "R6": "6"}
_KNOWN: Final = {kind: frozenset(f"{_ANY} {names}".split()) for kind, names in _R4.items()}
_OTHERS: Final = tuple(
    (release, {kind: frozenset(names.split()) for kind, names in of.items()})
    for release, of in (("R5", _R5), ("STU3", _STU3))
)
_SHOWN: Final = 5


def find_other_release(resource: Element, kind: str) -> Text | None:
    """That a resource is of another release, and by what it is known; None where nothing says so."""
    said = resource.raw("fhirVersion")
    if isinstance(said, str) and not said.startswith("4."):
        return _of(said[:20], "fhirVersion")
    meta = resource.one("meta")
    profiles = meta.raw("profile") if meta is not None else None
    for profile in profiles if isinstance(profiles, list) else ():
        form = _PROFILE.fullmatch(profile) if isinstance(profile, str) else None
        release = (form[1] or form[2]) if form else "4"
        if _NAMES.get(release, release).partition(".")[0] != "4":
            return _of(release, "meta.profile")
    for release, names in _OTHERS:
        for name in resource:
            if name in names[kind]:
                return _of(release, name)
    for of, name, form_there, release in _SHAPES:
        if kind == of and isinstance(resource.raw(name), form_there):
            return _of(release, name)
    return None


def find_unknown(resource: Element, kind: str) -> Text | None:
    """The elements that R4 does not know, named; a name that begins with _ carries extensions of the one behind it."""
    unknown = sorted(name for name in resource if name.removeprefix("_") not in _KNOWN[kind] and name != "fhirVersion")
    return text("fhir.unknown-elements", elements=", ".join(n[:40] for n in unknown[:_SHOWN])) if unknown else None


def _of(release: str, element: str) -> Text:
    return text("fhir.other-release", release=release, element=element)
