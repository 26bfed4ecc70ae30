"""From a FHIR Bundle to health's section. Diagnoses are sealed; the counter sees colours, numbers and what to do."""

from collections.abc import Iterator, Sequence
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import TypeVar
from urllib.parse import urlencode

from ...domain.findings import FindingRules
from ...domain.sections import Section
from ...domain.words import Authority, Direction
from ...errors import AgencyError
from ..limits import Limits
from ..ports import Fetch, Inquiry, Seal
from ..reporting import Report
from ..wire import accepted, understand
from .standard import (
    ACT_CODE,
    COLOUR_SYSTEM,
    CVX,
    DOCUMENT,
    ICD10,
    LOINC,
    SNOMED,
    SYMPTOMS,
    TEMPERATURE,
    TUBERCULOSIS,
    YELLOW_FEVER,
    AnswerItem,
    Bundle,
    Condition,
    Encounter,
    Immunization,
    Observation,
    Patient,
    QuestionnaireResponse,
    celsius,
)

SEARCH = "/fhir/Patient/_search"
FORM = "application/x-www-form-urlencoded"
MEASURED = frozenset({"final", "amended", "corrected", "preliminary"})
ANSWERED = frozenset({"completed", "amended"})
NOT_A_CASE = frozenset({"entered-in-error", "refuted"})
COLOURS = frozenset({"green", "yellow", "orange", "red"})

R = TypeVar("R")


class HealthConnector:
    """Health's section of one traveller."""

    authority = Authority.HEALTH

    def __init__(self, fetch: Fetch, rules: FindingRules, limits: Limits, seal: Seal) -> None:
        self._fetch = fetch
        self._rules = rules
        self._limits = limits
        self._seal = seal

    async def section(self, inquiry: Inquiry) -> Section:
        """Health's section, live; AgencyError as the port says, and where the answer is about somebody else."""
        identifier = f"{inquiry.issuer}-{inquiry.number}"
        form = urlencode({"identifier": f"{DOCUMENT}|{identifier}", "_revinclude": "*"}).encode()
        body = accepted(self.authority, await self._fetch("POST", SEARCH, body=form, content_type=FORM))
        bundle = understand(self.authority, Bundle, body)
        found = [entry.resource for entry in bundle.entry]
        self._is_about(found, identifier)
        report = Report(self.authority, self._rules, self._seal, inquiry)
        passes = [r for r in _of(found, QuestionnaireResponse) if r.status in ANSWERED]
        answers = max(passes, key=lambda r: r.authored or "", default=None)
        self._pass(report, answers)
        temperature = self._temperature(report, _of(found, Observation), inquiry.at)
        self._symptoms(report, answers, temperature)
        self._travel(report, inquiry, answers, _of(found, Immunization))
        self._care(report, found)
        return report.section(min(bundle.meta.last_updated, inquiry.at))

    def _is_about(self, found: Sequence[object], identifier: str) -> None:
        patients = list(_of(found, Patient))
        ours = {i.value for p in patients for i in p.identifier if i.system == DOCUMENT}
        if (found and not patients) or (patients and ours != {identifier}):
            raise AgencyError("agency.not-understood", authority=self.authority.value)

    def _pass(self, report: Report, answers: QuestionnaireResponse | None) -> None:
        if answers is None:
            report.fact("health.no-pass")
            return
        codings = [a.value_coding for a in _answers(answers, "colour") if a.value_coding is not None]
        colours = {c.code for c in codings if c.system == COLOUR_SYSTEM}
        if len(colours) != 1 or not colours <= COLOURS:
            report.find("health.pass-unreadable")
        elif "green" in colours:
            report.fact("health.pass-green")
        else:
            report.find(f"health.pass-{colours.pop()}")
        if any(a.value_boolean for a in _answers(answers, "contact")):
            report.find("health.contact")

    def _temperature(self, report: Report, observations: Iterator[Observation], at: datetime) -> Decimal | None:
        """The latest measurement of the last hours; one that cannot be read rightly has to be repeated."""
        since = at - timedelta(hours=self._limits.temperature_hours)
        taken = [
            (moment, observation)
            for observation in observations
            if observation.status in MEASURED and TEMPERATURE in observation.code.codes(LOINC)
            if since <= (moment := _moment(observation.effective_date_time, at)) <= at + timedelta(hours=1)
        ]
        if not taken:
            return None
        _, latest = max(taken, key=lambda pair: pair[0])
        degrees = celsius(latest.value_quantity)
        if degrees is None:
            report.find("health.temperature-unreadable")
            return None
        limits = self._limits
        shown = f"{degrees:.1f}"
        if degrees >= Decimal(str(limits.temperature_high)):
            report.find("health.fever-high", temperature=shown)
        elif degrees >= Decimal(str(limits.temperature_fever)):
            report.find("health.fever", temperature=shown)
        elif degrees > Decimal(str(limits.temperature_raised)):
            report.find("health.temperature-raised", temperature=shown)
        else:
            report.fact("health.temperature", temperature=shown)
        return degrees

    def _symptoms(self, report: Report, answers: QuestionnaireResponse | None, temperature: Decimal | None) -> None:
        codings = [a.value_coding for a in _answers(answers, "symptom") if a.value_coding is not None]
        symptoms = {SYMPTOMS[c.code] for c in codings if c.system == SNOMED and c.code in SYMPTOMS}
        fever = temperature is not None and temperature >= Decimal(str(self._limits.temperature_fever))
        if "rash" in symptoms and fever:
            report.find("health.rash-fever")
        if symptoms & {"jaundice", "bleeding"}:
            report.find("health.jaundice-bleeding")

    def _travel(
        self,
        report: Report,
        inquiry: Inquiry,
        answers: QuestionnaireResponse | None,
        immunizations: Iterator[Immunization],
    ) -> None:
        """Countries of the last weeks, as the pass says; on entry only."""
        if inquiry.direction is not Direction.ENTRY:
            return
        countries = {a.value_string for a in _answers(answers, "country") if a.value_string}
        outbreak = countries & set(self._limits.outbreak_countries)
        if outbreak:
            report.find("health.outbreak-country", country=min(outbreak), days=self._limits.travel_days)
        if not countries & set(self._limits.yellow_fever_countries):
            return
        latest = inquiry.at.date() - timedelta(days=self._limits.yellow_fever_days)
        doses = [i for i in immunizations if i.status == "completed" and YELLOW_FEVER & set(i.vaccine_code.codes(CVX))]
        if any(dose.occurrence_date_time and _day(dose.occurrence_date_time) <= latest for dose in doses):
            report.fact("health.yellow-fever-shown")
        else:
            report.find("health.yellow-fever-due")

    def _care(self, report: Report, found: Sequence[object]) -> None:
        for condition in _of(found, Condition):
            standing = condition.verification_status.coding if condition.verification_status else ()
            if any(c.code in NOT_A_CASE for c in standing):
                continue
            codes = condition.code.codes(ICD10)
            if any(code.startswith(TUBERCULOSIS) for code in codes):
                report.find("health.airborne-precautions", sealed=self._seal(condition.model_dump_json().encode()))
        if any(
            e.status == "in-progress" and e.class_.system == ACT_CODE and e.class_.code == "EMER"
            for e in _of(found, Encounter)
        ):
            report.find("health.emergency")


def _of(found: Sequence[object], kind: type[R]) -> Iterator[R]:
    return (resource for resource in found if isinstance(resource, kind))


def _answers(answers: QuestionnaireResponse | None, link_id: str) -> Iterator[AnswerItem]:
    items = answers.item if answers else ()
    return (answer for item in items if item.link_id == link_id for answer in item.answer)


def _moment(text: str | None, at: datetime) -> datetime:
    """When a measurement was taken: now where nothing is said, the end of the day where only a day is."""
    if text is None:
        return at
    if len(text) <= 10:
        day = _day(text)
        return at if day == at.date() else datetime(day.year, day.month, day.day, 23, 59, tzinfo=at.tzinfo)
    moment = datetime.fromisoformat(text)
    return moment if moment.tzinfo else moment.replace(tzinfo=at.tzinfo)


def _day(text: str) -> date:
    """The last day that a FHIR dateTime can mean, so that nothing counts before it is certain."""
    if len(text) == 4:
        return date(int(text), 12, 31)
    if len(text) == 7:
        following = date.fromisoformat(f"{text}-28") + timedelta(days=4)
        return following - timedelta(days=following.day)
    return date.fromisoformat(text[:10])
