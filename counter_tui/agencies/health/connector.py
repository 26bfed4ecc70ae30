"""From a FHIR searchset to health's section. Diagnoses are sealed; the counter sees colours, numbers and what to do."""

from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import TypeVar
from urllib.parse import urlencode

from ...domain.findings import FindingRules
from ...domain.sections import Section
from ...domain.texts import text
from ...domain.words import Authority, Direction
from ...errors import AgencyError
from ..limits import Limits
from ..ports import Fetch, Inquiry, Seal
from ..reporting import Report
from ..wire import MAX_BYTES, accepted
from .care import Care, Person
from .codes import DOCUMENT, codes_of
from .fever import judge_temperatures
from .immunization import Dose
from .observation import Temperature
from .passes import judge_pass
from .questionnaire import HealthPass
from .reading import Document, Resource, read_document
from .records import tell_records
from .whose import check_whose

SEARCH = "/fhir/Patient/_search"
FORM = "application/x-www-form-urlencoded"
PAGE = 500
"""Resources asked for at once; what is on another page is told as missing."""
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
        form = urlencode({"identifier": identifier, "_revinclude": "*", "_count": PAGE}).encode()
        body = accepted(self.authority, await self._fetch("POST", SEARCH, body=form, content_type=FORM))
        document, as_of = self._understood(body)
        differing = check_whose(document.resources, identifier, inquiry)
        report = Report(self.authority, self._rules, self._seal, inquiry)
        used = [resource for resource in document.resources if resource.used]
        answers = judge_pass(report, self._limits, list(_contents(used, HealthPass)), inquiry)
        fever = judge_temperatures(report, self._limits, list(_contents(used, Temperature)), inquiry.at)
        self._symptoms(report, answers, fever=fever)
        self._travel(report, inquiry, answers, _contents(used, Dose))
        if any(care.emergency for care in _contents(used, Care)):
            report.find("health.emergency")
        if any(person.dead for person in _contents(used, Person)):
            report.find("health.deceased")
        self._unread(report, document)
        days = self._limits.yellow_fever_days
        tell_records(report, document.resources, seal=self._seal, as_of=as_of, yellow_fever_days=days)
        self._differences(report, differing)
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

    def _symptoms(self, report: Report, answers: HealthPass | None, *, fever: bool) -> None:
        symptoms = frozenset(answers.symptoms if answers is not None else ())
        if "rash" in symptoms and (fever or "fever" in symptoms):
            report.find("health.rash-fever")
        if symptoms & {"jaundice", "bleeding"}:
            report.find("health.jaundice-bleeding")
        if "bite" in symptoms:
            report.find("health.bite")

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

    def _differences(self, report: Report, differing: tuple[str, ...]) -> None:
        """That the record calls the person otherwise than the document does."""
        if "name" in differing:
            report.fact("health.name-differs")
        if "birth" in differing:
            report.fact("health.birth-differs")
        for what in differing:
            report.field("health.problem", text("fhir.person-differs", what=what))

    def _unread(self, report: Report, document: Document) -> None:
        """What is missing or unreadable is not green."""
        unread = sum(resource.unreadable for resource in document.resources)
        if unread:
            report.find("health.record-unreadable", count=unread)
        if not document.complete:
            report.find("health.record-incomplete")


def _contents(found: Iterable[Resource], kind: type[C]) -> Iterator[C]:
    return (resource.content for resource in found if isinstance(resource.content, kind))
