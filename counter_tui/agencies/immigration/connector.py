"""From the border control system's answer to immigration's section, and from its manifest to who is expected."""

from datetime import datetime

from ...domain.findings import FindingRules
from ...domain.sections import Section
from ...domain.words import Authority, Direction
from ..belonging import check_document
from ..elements import Unmapped, unknown_elements
from ..limits import Limits
from ..ports import ExpectedTraveller, Fetch, Inquiry, Seal
from ..reporting import Report
from ..wire import accepted, ask, understand
from .admission import admission
from .bans import bans
from .case import Case
from .expected import expected_of
from .holder import document, holder
from .person import person
from .portraits import Portraits
from .standard import Answer, DocumentRef, Manifest, Question
from .travels import travels

INQUIRIES = "/border-control/v1/inquiries"
MANIFEST = "/border-control/v1/manifest"
MAX_MANIFEST = 4 << 20


class ImmigrationConnector:
    """Immigration's section of one traveller."""

    authority = Authority.IMMIGRATION

    def __init__(self, fetch: Fetch, rules: FindingRules, limits: Limits, seal: Seal) -> None:
        self._fetch = fetch
        self._rules = rules
        self._limits = limits
        self._seal = seal
        self._portraits = Portraits(fetch)

    async def section(self, inquiry: Inquiry) -> Section:
        """Immigration's section, live; AgencyError as the port says, and `agency.other-traveller`."""
        question = Question(
            document=DocumentRef.model_construct(issuing_state=inquiry.issuer, number=inquiry.number),
            nationality=inquiry.document.nationality,
            direction="ENTRY" if inquiry.direction is Direction.ENTRY else "EXIT",
            lane=inquiry.lane,
            at=inquiry.at,
        )
        answer = await ask(self._fetch, self.authority, INQUIRIES, question, Answer)
        check_document(self.authority, inquiry, answer.document.issuing_state, answer.document.number)
        report = Report(self.authority, self._rules, self._seal, inquiry)
        case = Case(inquiry, answer, self._limits, report, self._seal, Unmapped())
        holder(case, await self._portraits.find(answer.portrait.reference) if answer.portrait else None)
        document(case)
        bans(case)
        admission(case)
        person(case)
        if not case.foreign:
            report.fact("imm.citizen")
        travels(case)
        if answer.residence:
            report.fact("imm.border-resident", place=answer.residence)
        _say_what_is_not_understood(case)
        return report.section(min(answer.as_of, inquiry.at))

    async def expected(self, at: datetime) -> tuple[ExpectedTraveller, ...]:
        """Who is expected at `at` (aware), with their groups; AgencyError as for a section."""
        body = accepted(self.authority, await self._fetch("GET", MANIFEST))
        return expected_of(understand(self.authority, Manifest, body, max_bytes=MAX_MANIFEST), at)


def _say_what_is_not_understood(case: Case) -> None:
    for element in unknown_elements(case.answer):
        case.unmapped.add(element)
    for element in case.unmapped.named:
        case.report.fact("imm.unmapped", what=element)
    if case.unmapped.more:
        case.report.fact("imm.unmapped-more", count=case.unmapped.more)
    if case.unmapped.deciding:
        case.report.find("imm.unclear")
