"""FHIR R4 Immunization: a dose against yellow fever, whose certificate holds from day 10 on, for life (IHR annex 7).

What vaccine it was is told by code alone (CVX, ATC, SNOMED CT, ICD-11, KFA: those of the configuration): the words of
a label are shown and prove nothing.
"""

from dataclasses import dataclass
from datetime import date, timedelta

from ...domain.texts import text
from .codes import Codes
from .elements import Element, codes, words
from .remarks import Remarks
from .times import FhirTime


@dataclass(frozen=True, slots=True)
class Dose:
    """A dose against yellow fever, given or (`reason` says why) not. `proven`: code and day can be relied on.

    `vaccine` is what the record calls it, `code` the token it was known by.
    """

    given: FhirTime | None
    vaccine: str = ""
    proven: bool = True
    lot: str | None = None
    performer: str | None = None
    reason: str | None = None
    code: str = ""

    def valid_from(self, days: int) -> date | None:
        """The first day that it counts: so many days after the last that it can have been given on."""
        return self.given.last + timedelta(days=days) if self.proven and self.given is not None else None


def read_immunization(resource: Element, known: Codes, remarks: Remarks) -> Dose | None:
    """The dose against yellow fever in an Immunization; None where it is another vaccine."""
    status = resource.need("status")
    concept = resource.one("vaccineCode")
    if concept is None:
        raise resource.wrong("vaccineCode", "object")
    tokens = codes(concept)
    if tokens and not tokens & known.yellow_fever:
        remarks.unused = text("fhir.other-vaccine")
        return None
    given = _day(resource, status, remarks)
    if not tokens:
        remarks.problems.append(text("fhir.no-code"))
    reason = words(resource.one("statusReason"))
    if status != "completed":
        remarks.unused = text("fhir.not-done") if status == "not-done" else text("fhir.status", status=status)
    _note(resource, given, remarks)
    proven = bool(tokens) and status == "completed" and given is not None
    return Dose(
        given,
        words(concept) or "",
        proven,
        resource.text("lotNumber"),
        _performer(resource),
        reason,
        min(tokens & known.yellow_fever, default=""),
    )


def _day(resource: Element, status: str, remarks: Remarks) -> FhirTime | None:
    given = resource.time("occurrenceDateTime")
    if given is None and status == "completed":
        remarks.problems.append(text("fhir.no-day"))
    return given


def _note(resource: Element, given: FhirTime | None, remarks: Remarks) -> None:
    """What the certificate does not depend on, and somebody who looks at it should know."""
    if resource.flag("isSubpotent"):
        remarks.notes.append(text("fhir.subpotent"))
    if resource.flag("primarySource") is False:
        remarks.notes.append(text("fhir.second-hand"))
    expired = resource.time("expirationDate")
    if expired is not None and given is not None and expired.last < given.first:
        remarks.notes.append(text("fhir.expired-lot", expired=expired.written))


def _performer(resource: Element) -> str | None:
    """Who gave it: the first that is named, else the first that is referred to."""
    actors = [actor for one in resource.many("performer") if (actor := one.one("actor")) is not None]
    named = next(filter(None, (actor.text("display") for actor in actors)), None)
    return named or next(filter(None, (actor.text("reference") for actor in actors)), None)
