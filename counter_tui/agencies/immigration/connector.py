"""From the border control system's answer to immigration's section, and from its manifest to who is expected."""

from collections.abc import Mapping
from datetime import date, datetime, timedelta

from ...domain.crossings import Group, GroupKind
from ...domain.days import add_months
from ...domain.documents import Document, PartialDate, document_key, read_mrz
from ...domain.findings import FindingRules
from ...domain.sections import Section
from ...domain.words import Authority, Direction
from ..limits import Limits
from ..ports import ExpectedTraveller, Fetch, Inquiry, Seal
from ..reporting import Report
from ..wire import accepted, ask, understand
from .standard import (
    Answer,
    DocumentRef,
    Hit,
    Indicator,
    Manifest,
    ManifestGroup,
    ManifestTraveller,
    Question,
    Visa,
    VisualDocument,
)

INQUIRIES = "/border-control/v1/inquiries"
MANIFEST = "/border-control/v1/manifest"
MAX_MANIFEST = 4 << 20

INDICATORS: dict[Indicator, str] = {
    "NO_RETURN_TICKET": "imm.no-return-ticket",
    "SAME_SPONSOR": "imm.same-sponsor",
    "INCONSISTENT_ANSWERS": "imm.inconsistent-answers",
    "NO_FAMILY_PROOF": "imm.no-family-proof",
    "PURPOSE_UNCLEAR": "imm.purpose-unclear",
}

KINDS = {"BORDER_PASS": "plb", "SEAFARERS_BOOK": "seaman", "EMERGENCY": "emergency", "IN_LIEU_OF_PASSPORT": "splp"}
"""Their kinds of documents without a zone, by ours."""


class ImmigrationConnector:
    """Immigration's section of one traveller."""

    authority = Authority.IMMIGRATION

    def __init__(self, fetch: Fetch, rules: FindingRules, limits: Limits, seal: Seal) -> None:
        self._fetch = fetch
        self._rules = rules
        self._limits = limits
        self._seal = seal

    async def section(self, inquiry: Inquiry) -> Section:
        """Immigration's section, live; AgencyError as the port says."""
        document = inquiry.document
        question = Question(
            document=DocumentRef.model_construct(issuing_state=inquiry.issuer, number=inquiry.number),
            nationality=document.nationality,
            direction="ENTRY" if inquiry.direction is Direction.ENTRY else "EXIT",
            lane=inquiry.lane,
            at=inquiry.at,
        )
        answer = await ask(self._fetch, self.authority, INQUIRIES, question, Answer)
        report = Report(self.authority, self._rules, self._seal, inquiry)
        self._document(report, inquiry, answer)
        for hit in answer.hits:
            self._hit(report, inquiry, hit)
        self._admission(report, inquiry, answer)
        self._person(report, inquiry, answer)
        self._facts(report, inquiry, answer)
        return report.section(min(answer.as_of, inquiry.at))

    def _foreign(self, inquiry: Inquiry) -> bool:
        return inquiry.document.nationality != self._limits.home_country

    def _document(self, report: Report, inquiry: Inquiry, answer: Answer) -> None:
        today = inquiry.at.date()
        expiry = inquiry.document.expiry.latest() if inquiry.document.expiry else None
        if expiry is not None and expiry < today:
            days = (today - expiry).days
            leaving = inquiry.direction is Direction.EXIT
            code = "imm.expired" if self._foreign(inquiry) or leaving else "imm.expired-citizen"
            report.find(code, days=days)
        elif expiry is not None and self._foreign(inquiry) and inquiry.direction is Direction.ENTRY:
            self._validity(report, inquiry.document, expiry, today)
        if answer.identity_open:
            report.find("imm.identity-open")

    def _validity(self, report: Report, document: Document, expiry: date, today: date) -> None:
        """The six months are asked of passports; of other kinds the counter's own rules are told."""
        if document.kind in ("", "passport") and expiry < add_months(today, self._limits.validity_months):
            report.find("imm.validity-short", days=(expiry - today).days)

    def _hit(self, report: Report, inquiry: Inquiry, hit: Hit) -> None:
        """A ban binds in its own direction only, and no longer than the law lets it last."""
        today = inquiry.at.date()
        if hit.kind == "LOST_DOCUMENT":
            report.find("imm.document-lost", since=hit.start.isoformat())
            report.find("imm.holder-unproven")
            return
        entry_ban = hit.kind == "TANGKAL"
        if entry_ban is not (inquiry.direction is Direction.ENTRY) or hit.start > today:
            return
        name = "imm.tangkal" if entry_ban else "imm.cegah"
        end = self._end(hit)
        if end is not None and end < today:
            report.find(f"{name}-lapsed", end=end.isoformat())
            return
        expires = _midnight_after(end, inquiry.at) if end and end < date.max else None
        code = name if hit.status == "VERIFIED" else f"{name}-candidate"
        report.find(code, reference=hit.reference, expires=expires)

    def _end(self, hit: Hit) -> date | None:
        """An exit ban ends by law after its term and one extension, whatever the list says."""
        if hit.kind != "CEGAH":
            return hit.end
        by_law = add_months(hit.start, self._limits.exit_ban_months * (2 if hit.extended else 1))
        return min(hit.end or by_law, by_law)

    def _admission(self, report: Report, inquiry: Inquiry, answer: Answer) -> None:
        today = inquiry.at.date()
        if not self._foreign(inquiry):
            return
        if inquiry.direction is Direction.EXIT:
            self._overstay(report, answer, today)
            return
        visa = answer.visa
        exempt = inquiry.document.nationality in self._limits.visa_free
        if visa is not None and (
            visa.status == "NONE"
            or (visa.status == "VALID" and visa.valid_until is not None and visa.valid_until < today)
        ):
            report.find("imm.no-visa")
        elif visa is None and not exempt:
            report.find("imm.visa-not-on-file")
        elif visa is not None and visa.status == "ON_ARRIVAL":
            report.fact("imm.visa-on-arrival")
        elif visa is not None and visa.status == "VALID":
            self._visa(report, visa)
        else:
            report.fact("imm.visa-exempt")

    def _visa(self, report: Report, visa: Visa) -> None:
        if visa.valid_until is None:
            report.fact("imm.visa-on-file")
        else:
            report.fact("imm.visa-valid", until=visa.valid_until.isoformat())

    def _overstay(self, report: Report, answer: Answer, today: date) -> None:
        if answer.stay is None or answer.stay.until >= today:
            return
        days = (today - answer.stay.until).days
        if days >= self._limits.overstay_deport_days:
            report.find("imm.overstay-long", days=days)
        else:
            fine = days * self._limits.overstay_fine_per_day_idr
            report.find("imm.overstay", days=days, fine=f"{fine / 10**6:g}")

    def _person(self, report: Report, inquiry: Inquiry, answer: Answer) -> None:
        today = inquiry.at.date()
        since = add_months(today, -self._limits.previous_months)
        for code, days in (("refused", answer.refused_on), ("overstayed", answer.overstayed_on)):
            past = [on for on in days if since <= on <= today]
            if past:
                report.find(f"imm.{code}-before", on=max(past).isoformat())
        for indicator in dict.fromkeys(answer.indicators):
            report.find(INDICATORS[indicator])
        if len(set(answer.indicators)) >= self._limits.trafficking_indicators and inquiry.direction is Direction.EXIT:
            report.find("imm.trafficking-suspected", count=len(set(answer.indicators)))
        years = inquiry.document.birth.age_on(today)
        if years is not None and years < self._limits.adult_years:
            if answer.guardian is None:
                report.find("imm.minor-alone", years=years)
            elif answer.guardian.relation != "PARENT":
                report.find("imm.minor-not-parent", years=years)

    def _facts(self, report: Report, inquiry: Inquiry, answer: Answer) -> None:
        today = inquiry.at.date()
        if not self._foreign(inquiry):
            report.fact("imm.citizen")
        past = [p for p in answer.history if today - timedelta(days=365) <= p.on <= today]
        if past:
            last = max(past, key=lambda p: p.on)
            direction = "in" if last.direction == "ENTRY" else "out"
            report.fact(f"imm.last-{direction}", on=last.on.isoformat(), count=len(past))
        else:
            report.fact("imm.no-history")
        if answer.residence:
            report.fact("imm.border-resident", place=answer.residence)

    async def expected(self, at: datetime) -> tuple[ExpectedTraveller, ...]:
        """Who is expected at `at` (aware), with their groups; AgencyError as for a section.

        A traveller whose zone does not hold is left out: nobody is expected under a document that cannot be read.
        """
        body = accepted(self.authority, await self._fetch("GET", MANIFEST))
        manifest = understand(self.authority, Manifest, body, max_bytes=MAX_MANIFEST)
        groups = {group.id: _group(group, at) for group in manifest.groups}
        expected = (_expected(traveller, groups, at.date()) for traveller in manifest.travellers)
        return tuple(one for one in expected if one is not None)


def _group(group: ManifestGroup, at: datetime) -> Group:
    due = group.due.astimezone(at.tzinfo) if group.due else None
    return Group(group.id, GroupKind(group.kind.lower()), group.name, group.headcount, due)


def _expected(traveller: ManifestTraveller, groups: Mapping[str, Group], today: date) -> ExpectedTraveller | None:
    document = _visual(traveller.visual) if traveller.visual else read_mrz(traveller.mrz, today=today).document
    if document is None:
        return None
    group = groups.get(traveller.group) if traveller.group else None
    with_them = traveller.guardian
    guardian = document_key(with_them.issuing_state, with_them.number) if with_them else None
    return ExpectedTraveller(document, Direction(traveller.direction.lower()), group, guardian)


def _visual(known: VisualDocument) -> Document:
    """A document that is registered without a zone; whoever brings it keys its number."""
    kind = "border-pass-mys" if known.kind == "BORDER_PASS" and known.issuing_state == "MYS" else KINDS[known.kind]
    return Document(
        format="",
        code="",
        issuing_state=known.issuing_state,
        number=known.number,
        nationality=known.nationality,
        surname=known.surname,
        given_names=known.given_names,
        name_truncated=False,
        sex=known.sex,
        birth=PartialDate.from_iso(known.birth.isoformat()),
        expiry=PartialDate.from_iso(known.expiry.isoformat()) if known.expiry else None,
        optional="",
        mrz=(),
        entry_method="keyed",
        kind=kind,
    )


def _midnight_after(day: date, at: datetime) -> datetime:
    """When a day is over, in the zone of `at`."""
    return datetime(day.year, day.month, day.day, tzinfo=at.tzinfo) + timedelta(days=1)
