"""From the quarantine system's answer to animal and plant quarantine's section: a subject for each thing carried."""

from datetime import datetime

from ...domain.findings import FindingRules
from ...domain.sections import Section
from ...domain.texts import text
from ...domain.words import Authority, Direction
from ..belonging import check_document
from ..limits import Limits
from ..lists.cleaning import clean
from ..ports import Fetch, Inquiry, Seal
from ..reporting import Report
from ..wire import ask
from .case import Thing, things
from .certificates import Certificate, Shortcoming, is_of, shortcomings
from .fields import fields_of_certificate, fields_of_thing
from .standard import Answer, Category, Question
from .states import state

TRAVELLERS = "/karantina/v1/traveller-items"
SYSTEM = "quarantine-items"

BANNED: dict[Category, str] = {
    "PORK": "ap.pork",
    "POULTRY": "ap.poultry",
    "EGG": "ap.egg",
    "RUMINANT_MEAT": "ap.ruminant-meat",
    "CITES": "ap.protected-species",
    "SOIL": "ap.soil",
}
"""What may not pass here at all, with or without papers."""


class AnimalPlantConnector:
    """Animal and plant quarantine's section of one traveller."""

    authority = Authority.ANIMAL_PLANT

    def __init__(self, fetch: Fetch, rules: FindingRules, limits: Limits, seal: Seal) -> None:
        self._fetch = fetch
        self._rules = rules
        self._seal = seal
        self._days = limits.certificate_days
        self._outbreaks = frozenset(limits.outbreak_origins)
        self._accepted: dict[Category, tuple[str, ...]] = {
            "RABIES_ANIMAL": limits.animal_certificates,
            "ANIMAL": limits.animal_certificates,
            "FISH": limits.product_certificates,
            "SEED": limits.plant_certificates,
            "PLANT": limits.plant_certificates,
        }

    async def section(self, inquiry: Inquiry) -> Section:
        """Animal and plant quarantine's section, live; AgencyError as the port says."""
        question = Question(
            issuing_state=inquiry.issuer,
            document_number=inquiry.number,
            direction="IN" if inquiry.direction is Direction.ENTRY else "OUT",
        )
        answer = await ask(self._fetch, self.authority, TRAVELLERS, question, Answer)
        check_document(self.authority, inquiry, answer.issuing_state, answer.document_number)
        report = Report(self.authority, self._rules, self._seal, inquiry)
        carried = things(answer)
        for thing in carried:
            self._judge(report, inquiry, thing, carried)
            _tell(report, thing, answer.as_of)
        if answer.held_before:
            report.find("ap.held-before")
            report.field("ap.held-before", text("answer.yes"))
        if not answer.items:
            report.fact("ap.nothing-declared")
        return report.section(min(answer.as_of, inquiry.at))

    def _judge(self, report: Report, inquiry: Inquiry, thing: Thing, all_of: tuple[Thing, ...]) -> None:
        """What the thing calls for, and where a certificate should cover it, what of that is wrong."""
        what: dict[str, str | int] = {"what": clean(thing.item.commodity), "amount": thing.amount}
        category = thing.item.category
        if thing.quantity is None:
            report.find("ap.quantity-unclear", thing.subject, shown=what, certified="-")
        if f"{category}|{state(thing.item.origin)}" in self._outbreaks:
            report.find("ap.outbreak-origin", thing.subject)
        if category in BANNED:
            report.find(BANNED[category], thing.subject, shown=what)
            return
        if not thing.item.declared:
            report.find("ap.undeclared-animal" if thing.living else "ap.undeclared", thing.subject, shown=what)
            return
        if thing.unread:
            report.find("ap.certificate-unreadable", thing.subject, shown=what)
        best = self._best(inquiry, thing, all_of)
        if best is not None and not best[1]:
            code = "ap.animal-certified" if thing.living else "ap.certified"
            report.find(code, thing.subject, shown=what, certificate=str(best[0]))
            return
        for code, said in best[1] if best is not None else ():
            report.find(code, thing.subject, shown={**what, **said})
        if category == "RABIES_ANIMAL":
            report.find("ap.rabies-animal", thing.subject, shown=what)
        elif best is None:
            report.find("ap.animal-uncertified" if thing.living else "ap.uncertified", thing.subject, shown=what)

    def _best(
        self, inquiry: Inquiry, thing: Thing, all_of: tuple[Thing, ...]
    ) -> tuple[Certificate, list[Shortcoming]] | None:
        """Of the certificates of the right form the one that covers it, or with the fewest shortcomings."""
        accepted = self._accepted.get(thing.item.category, ())
        judged = [
            (one, list(shortcomings(one, thing.carried(one, all_of), inquiry, self._days)))
            for one in thing.certificates
            if is_of(one.code, accepted)
        ]
        return min(judged, key=lambda pair: len(pair[1]), default=None)


def _tell(report: Report, thing: Thing, as_of: datetime) -> None:
    """Its fields and those of its certificates, each under the record it is from."""
    origin = report.origin(SYSTEM, thing.subject.label, as_of)
    for name, value in fields_of_thing(thing):
        report.field(name, value, origin)
    for certificate in thing.certificates:
        origin = report.origin("certificate", " ".join(filter(None, certificate.key)), as_of)
        for name, value in fields_of_certificate(certificate):
            report.field(name, value, origin)
