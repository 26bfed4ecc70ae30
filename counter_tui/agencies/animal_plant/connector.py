"""From the quarantine system's answer to animal and plant quarantine's section: a subject for each thing carried."""

from decimal import Decimal

from ...domain.findings import FindingRules
from ...domain.sections import Section, Subject
from ...domain.words import Authority, Direction, SubjectKind
from ..limits import Limits
from ..ports import Fetch, Inquiry, Seal
from ..reporting import Report
from ..wire import ask
from .standard import Answer, Category, Item, Question

TRAVELLERS = "/karantina/v1/traveller-items"

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
        report = Report(self.authority, self._rules, self._seal, inquiry)
        for item in answer.items:
            self._item(report, item)
        if answer.held_before:
            report.find("ap.held-before")
        if not answer.items:
            report.fact("ap.nothing-declared")
        return report.section(min(answer.as_of, inquiry.at))

    def _item(self, report: Report, item: Item) -> None:
        living = item.category in ("RABIES_ANIMAL", "ANIMAL")
        # The label goes to every counter: what the thing is stands in the finding, which only some may read.
        about = Subject(SubjectKind.ANIMAL if living else SubjectKind.GOODS, f"item-{item.line}", f"#{item.line}")
        what: dict[str, str | int] = {"what": item.commodity, "amount": f"{_plain(item.quantity)} {item.unit.lower()}"}
        certificate = next((c for c in item.certificates if c.code in self._accepted.get(item.category, ())), None)
        if item.category in BANNED:
            report.find(BANNED[item.category], about, shown=what)
        elif not item.declared:
            report.find("ap.undeclared-animal" if living else "ap.undeclared", about, shown=what)
        elif certificate is not None:
            code = "ap.animal-certified" if living else "ap.certified"
            report.find(code, about, shown=what, certificate=f"{certificate.code} {certificate.number}")
        elif item.category == "RABIES_ANIMAL":
            report.find("ap.rabies-animal", about, shown=what)
        else:
            report.find("ap.animal-uncertified" if living else "ap.uncertified", about, shown=what)


def _plain(quantity: Decimal) -> str:
    """`3`, or `12.85`."""
    return f"{quantity.normalize():f}"
