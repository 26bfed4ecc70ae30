"""From the customs system's answer to customs' section."""

from ...domain.findings import FindingRules
from ...domain.sections import Section
from ...domain.words import Authority, Direction
from ...errors import AgencyError
from ..belonging import check_document
from ..elements import Unmapped, unknown_elements
from ..limits import Limits
from ..ports import Fetch, Inquiry, Seal
from ..reporting import Report
from ..wire import accepted, ask
from .allowance import allowance, excise
from .card import shopping_card
from .case import Case, word
from .cash import cash
from .declaration import Pemberitahuan, read_declaration
from .declared import STATES, call_family, call_for, declared, is_declarant
from .goods import Line, goods_lines, rates_used
from .history import history
from .rates import rates_on
from .standard import Jawab, Permintaan, Pertanyaan
from .vehicle import vehicle

TRAVELLERS = "/ceisa/v2/pelintas"
DECLARATIONS = "/ceisa/v2/pemberitahuan"


class CustomsConnector:
    """Customs' section of one traveller."""

    authority = Authority.CUSTOMS

    def __init__(self, fetch: Fetch, rules: FindingRules, limits: Limits, seal: Seal) -> None:
        self._fetch = fetch
        self._rules = rules
        self._limits = limits
        self._seal = seal

    async def section(self, inquiry: Inquiry) -> Section:
        """Customs' section, live; AgencyError as the port says, and `agency.other-traveller`."""
        question = Pertanyaan(
            negara_penerbit=inquiry.issuer,
            no_dokumen=inquiry.number,
            arah="MASUK" if inquiry.direction is Direction.ENTRY else "KELUAR",
        )
        answer = await ask(self._fetch, self.authority, TRAVELLERS, question, Jawab)
        check_document(self.authority, inquiry, answer.pelintas.negara_penerbit, answer.pelintas.no_dokumen)
        report = Report(self.authority, self._rules, self._seal, inquiry)
        rates = rates_on(answer.kurs, inquiry.at.date())
        case = Case(inquiry, answer, self._limits, report, rates, Unmapped())
        _goods_and_declaration(case, await self._declaration(case))
        if answer.uang_tunai is not None:
            cash(case, answer.uang_tunai)
        if answer.kendaraan is not None:
            vehicle(case, answer.kendaraan)
        history(case)
        if answer.sasaran is not None:
            report.find("cust.targeted", sealed=self._seal(answer.sasaran.model_dump_json().encode()))
        _say_what_is_not_understood(case)
        return report.section(min(answer.waktu_data, inquiry.at))

    async def _declaration(self, case: Case) -> Pemberitahuan | None:
        """The declaration in the answer, or its file; one that cannot be had or read is called for, the rest used."""
        number = case.answer.nomor_berkas
        if number is None:
            return case.answer.pemberitahuan
        body = Permintaan(nomor=number).model_dump_json(by_alias=True).encode()
        try:
            read = read_declaration(accepted(self.authority, await self._fetch("POST", DECLARATIONS, body=body)))
        except AgencyError:
            case.report.find("cust.declaration-unread")
            return None
        if read.nomor != number:
            raise AgencyError("agency.other-traveller", authority=self.authority.value)
        for element in unknown_elements(read, "pemberitahuan."):
            case.unmapped.add(element)
        return read


def _goods_and_declaration(case: Case, declaration: Pemberitahuan | None) -> None:
    """The declaration, and its goods against the one allowance that holds: the card's, or the passenger's."""
    lines: tuple[Line, ...] = ()
    if declaration is None:
        if case.answer.nomor_berkas is None:
            case.report.fact("cust.no-declaration")
    elif STATES.get(declaration.status or "") == "missing":
        if case.arriving:
            case.report.find("cust.declaration-missing")
        case.field("declaration-state", word("declaration-missing"), case.origin("declaration", declaration.nomor))
    else:
        lines = _declared(case, declaration)
    if case.answer.kilb is not None:
        shopping_card(case, case.answer.kilb, lines)


def _declared(case: Case, declaration: Pemberitahuan) -> tuple[Line, ...]:
    """What counts against a shopping card: the goods of who made the declaration, and comes in with them."""
    origin = case.origin("declaration", declaration.nomor)
    declarant = is_declarant(case, declaration)
    answers = declared(case, declaration, origin)
    lines = goods_lines(case, declaration, held=declarant and case.arriving)
    if lines:
        rates_used(case, lines)
    if not case.arriving:
        return ()
    if not declarant:
        call_family(case, answers)
        return ()
    call_for(case, declaration, answers)
    if not lines and not any(answers.values()) and None not in answers.values():
        case.report.fact("cust.nothing-declared")
    persons = 1 + len(declaration.anggota_keluarga)
    found = {
        "d": excise(case, lines, declaration, origin),
        "e": any(line.kind == "merchandise" for line in lines),
        "f": case.answer.kilb is None and allowance(case, lines, persons, origin),
    }
    contrary = [letter for letter, there in found.items() if there and answers[letter] is False]
    if contrary:
        case.report.find("cust.answers-contrary", what=", ".join(contrary))
    return lines


def _say_what_is_not_understood(case: Case) -> None:
    for element in unknown_elements(case.answer):
        case.unmapped.add(element)
    for element in case.unmapped.named:
        case.report.fact("cust.unmapped", what=element)
    if case.unmapped.more:
        case.report.fact("cust.unmapped-more", count=case.unmapped.more)
    if case.unmapped.deciding:
        case.report.find("cust.unclear")
