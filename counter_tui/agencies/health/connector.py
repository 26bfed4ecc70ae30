"""From a FHIR searchset to health's section. Diagnoses are sealed; the counter sees colours, numbers and what to do."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, datetime, timedelta
from typing import TypeVar
from urllib.parse import urlencode

from ...domain.findings import FindingRules
from ...domain.sections import Section
from ...domain.texts import text
from ...domain.words import Authority, Direction
from ...errors import AgencyError
from ..belonging import check_person
from ..limits import Limits
from ..ports import Fetch, Inquiry, Seal
from ..reporting import Report
from ..wire import MAX_BYTES, accepted
from .care import Care, Diagnosis, Person
from .codes import DOCUMENT, codes_of
from .fever import judge_temperatures
from .fields import fields_of
from .immunization import Dose
from .observation import Temperature
from .questionnaire import HealthPass
from .reading import Document, Resource, read_document

SEARCH = "/fhir/Patient/_search"
FORM = "application/x-www-form-urlencoded"
MOST_ORIGINS = 24
"""Records whose fields are told: the newest of each kind. A record of years goes over the link at every crossing."""
_ORDER = (Person, HealthPass, Temperature, Dose, Care)

C = TypeVar("C")


class HealthConnector:
    """Health's section of one traveller."""

    authority = Authority.HEALTH

    def __init__(self, fetch: Fetch, rules: FindingRules, limits: Limits, seal: Seal) -> None:
        self._fetch = fetch
        self._rules = rules
        self._limits = limits
        self._codes = codes_of(limits)
        self._seal = seal

    async def section(self, inquiry: Inquiry) -> Section:
        """Health's section, live; AgencyError as the port says, and `agency.other-traveller`."""
        identifier = f"{DOCUMENT}|{inquiry.issuer}-{inquiry.number}"
        form = urlencode({"identifier": identifier, "_revinclude": "*"}).encode()
        body = accepted(self.authority, await self._fetch("POST", SEARCH, body=form, content_type=FORM))
        document, as_of = self._understood(body)
        differing = self._check_about(document.resources, identifier, inquiry)
        report = Report(self.authority, self._rules, self._seal, inquiry)
        used = [resource for resource in document.resources if resource.used]
        answers = self._latest_pass(report, list(_contents(used, HealthPass)), inquiry)
        fever = judge_temperatures(report, self._limits, list(_contents(used, Temperature)), inquiry.at)
        self._symptoms(report, answers, fever=fever)
        self._travel(report, inquiry, answers, _contents(used, Dose))
        if any(care.emergency for care in _contents(used, Care)):
            report.find("health.emergency")
        self._unread(report, document)
        self._fields(report, document, as_of)
        if "name" in differing:
            report.fact("health.name-differs")
        if "birth" in differing:
            report.fact("health.birth-differs")
        for what in differing:
            report.field("health.problem", text("fhir.person-differs", what=what))
        return report.section(min(as_of, inquiry.at))

    def _understood(self, body: bytes) -> tuple[Document, datetime]:
        """The searchset and when it was made."""
        try:
            document = read_document(body, self._codes, max_bytes=MAX_BYTES)
        except AgencyError as refused:
            raise AgencyError("agency.not-understood", authority=self.authority.value, why=refused.code) from None
        as_of = document.as_of.instant if document.as_of is not None else None
        if document.type != "searchset" or as_of is None:
            raise AgencyError("agency.not-understood", authority=self.authority.value, why="fhir.bundle-type")
        return document, as_of

    def _check_about(self, found: Sequence[Resource], identifier: str, inquiry: Inquiry) -> tuple[str, ...]:
        """What of the person disagrees with the document; what is somebody else's record is not shown at all."""
        patients = [resource for resource in found if isinstance(resource.content, Person)]
        ours = {one for person in _contents(patients, Person) for one in person.identifiers if one.startswith(DOCUMENT)}
        names = frozenset[str]().union(*(patient.names for patient in patients))
        strangers = [one for one in found if one.about and names and not _is_called(one.about, names)]
        if strangers or (found and not patients) or (patients and ours != {identifier}):
            raise AgencyError("agency.other-traveller", authority=self.authority.value)
        person = next(_contents(patients, Person), None)
        born = person.born if person is not None else None
        birth = born.first if born is not None and born.first == born.last else None
        return check_person(self.authority, inquiry, person.name if person is not None else None, birth)

    def _latest_pass(self, report: Report, passes: list[HealthPass], inquiry: Inquiry) -> HealthPass | None:
        """The answers of the newest pass, judged; one of an earlier journey is none."""
        zone, oldest = inquiry.at.tzinfo or UTC, inquiry.at - timedelta(days=self._limits.pass_days)
        ours = [one for one in passes if one.of_pass]
        current = [one for one in ours if one.authored is None or one.authored.latest(zone) >= oldest]
        dated = [(one.authored.latest(zone), one) for one in current if one.authored is not None]
        answers = max(dated, key=lambda pair: pair[0])[1] if dated else next(iter(current), None)
        if answers is None:
            if ours:
                report.fact("health.pass-old")
            else:
                report.fact("health.no-pass")
            return None
        ahead = answers.authored is None or answers.authored.earliest(zone) > inquiry.at + timedelta(days=1)
        if ahead or not answers.trusted:
            report.find("health.pass-unreadable")
        if answers.colour == "green":
            if not ahead:
                report.fact("health.pass-green")
        elif answers.colour is not None:
            report.find(f"health.pass-{answers.colour}")
        if answers.contact:
            report.find("health.contact")
        return answers

    def _symptoms(self, report: Report, answers: HealthPass | None, *, fever: bool) -> None:
        symptoms = frozenset(answers.symptoms if answers is not None else ())
        if "rash" in symptoms and (fever or "fever" in symptoms):
            report.find("health.rash-fever")
        if symptoms & {"jaundice", "bleeding"}:
            report.find("health.jaundice-bleeding")

    def _travel(self, report: Report, inquiry: Inquiry, answers: HealthPass | None, doses: Iterable[Dose]) -> None:
        """Countries of the last weeks, as the pass says; on entry only."""
        if inquiry.direction is not Direction.ENTRY or answers is None:
            return
        countries = frozenset(answers.countries)
        outbreak = countries & set(self._limits.outbreak_countries)
        if outbreak:
            report.find("health.outbreak-country", country=min(outbreak), days=self._limits.travel_days)
        if not countries & set(self._limits.yellow_fever_countries):
            return
        since = [dose.valid_from(self._limits.yellow_fever_days) for dose in doses]
        if any(day is not None and day <= inquiry.at.date() for day in since):
            report.fact("health.yellow-fever-shown")
        else:
            report.find("health.yellow-fever-due")

    def _unread(self, report: Report, document: Document) -> None:
        """What is missing or unreadable is not green."""
        unread = sum(resource.unreadable for resource in document.resources)
        if unread:
            report.find("health.record-unreadable", count=unread)
        if not document.complete:
            report.find("health.record-incomplete")

    def _fields(self, report: Report, document: Document, as_of: datetime) -> None:
        """Fields of the newest records of each kind; a diagnosis that matters here goes sealed."""
        told = 0
        for resource in sorted(document.resources, key=_importance):
            fields = list(fields_of(resource, self._limits.yellow_fever_days))
            airborne = isinstance(resource.content, Diagnosis) and resource.content.airborne and resource.used
            if (not fields and not airborne) or told == MOST_ORIGINS:
                continue
            told += 1
            origin = report.origin("health-records", resource.reference, as_of)
            for name, value in fields:
                report.field(name, value, origin)
            if airborne and isinstance(resource.content, Diagnosis):
                sealed = self._seal(resource.content.detail)
                report.find("health.airborne-precautions", sealed=sealed)
                report.field("health.diagnosis", None, origin, sealed=sealed)


def _contents(found: Iterable[Resource], kind: type[C]) -> Iterator[C]:
    return (resource.content for resource in found if isinstance(resource.content, kind))


def _is_called(about: str, names: Iterable[str]) -> bool:
    """Whether a reference, relative or absolute, means one of these."""
    return any(about == name or about.endswith(f"/{name}") or name.endswith(f"/{about}") for name in names)


def _importance(resource: Resource) -> tuple[int, int]:
    """Diagnoses that matter first, then by kind, of each kind the newest first."""
    content = resource.content
    if isinstance(content, Diagnosis):
        return (-1 if content.airborne else len(_ORDER)), 0
    kind = next((place for place, one in enumerate(_ORDER) if isinstance(content, one)), len(_ORDER))
    match content:
        case Temperature(measured=moment) | HealthPass(authored=moment) | Dose(given=moment) if moment is not None:
            return kind, -moment.first.toordinal()
    return kind, 0
