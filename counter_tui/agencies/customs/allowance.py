"""What is free for passengers, by value and by number; what is over it, and what would be due."""

from collections.abc import Iterable, Sequence
from datetime import date
from decimal import Decimal

from ...domain.documents import PartialDate
from .case import Case, word
from .declaration import Pemberitahuan
from .duty import estimate
from .goods import DOLLARS, Line, total_in
from .rates import HOME, money, short


def allowance(case: Case, lines: Sequence[Line], persons: int, origin: str) -> bool:
    """Whether goods are over the passengers' allowance, of all persons of the declaration; the excess is dutiable."""
    free = Decimal(case.limits.allowance_usd * persons)
    value = total_in(case, lines, DOLLARS)
    case.field("regime", word("regime-passenger"), origin)
    case.amount("goods-total", DOLLARS, value, origin)
    case.amount("allowance", DOLLARS, free, origin)
    if value > free:
        case.report.find("cust.allowance-over", value=short(value), over=short(value - free))
        dutiable(case, value - free, DOLLARS, origin)
    return value > free


def dutiable(case: Case, excess: Decimal, currency: str, origin: str) -> None:
    """An excess, and what would be due on it, with its basis."""
    case.amount("excess", currency, excess, origin)
    rupiah = case.rates.value(excess, currency, HOME)
    rate = case.rates.rupiah.get(currency)
    if rupiah is None or rate is None:
        case.field("duty-estimate", word("unvalued", currency=currency), origin)
        return
    due, limits = estimate(rupiah, case.limits), case.limits
    case.amount("duty-estimate", HOME, due.total, origin)
    basis = word(
        "duty-basis",
        excess=money(currency, excess),
        rate=f"{rate.normalize():f}",
        decree=case.rates.number,
        duty=limits.duty_percent,
        vat=limits.vat_percent,
    )
    case.field("duty-basis", basis, origin)
    case.report.fact("cust.duty", amount=f"{due.total:,.0f}".replace(",", " "))


def excise(case: Case, lines: Iterable[Line], declaration: Pemberitahuan, origin: str) -> bool:
    """Whether excise goods are over what is free for the adults of the declaration; tobacco shares one limit."""
    limits = case.limits
    free = {
        "cigarettes": limits.excise_cigarettes,
        "cigars": limits.excise_cigars,
        "tobacco": limits.excise_tobacco_g,
        "alcohol": limits.excise_alcohol_ml,
    }
    shares = {"tobacco": Decimal(0), "alcohol": Decimal(0)}
    for line in lines:
        if line.excise is not None:
            kind, amount = line.excise
            shares["alcohol" if kind == "alcohol" else "tobacco"] += amount / free[kind]
    over = False
    for what, years in (("tobacco", limits.tobacco_years), ("alcohol", limits.alcohol_years)):
        if not shares[what]:
            continue
        adults = _adults(case, declaration, years)
        case.field(f"excise-{what}", word("excise", percent=f"{shares[what] * 100:.0f}", persons=adults), origin)
        over |= shares[what] > adults
    if over:
        case.report.find("cust.excise-over")
    return over


def _adults(case: Case, declaration: Pemberitahuan, years: int) -> int:
    """How many of the declarant and the family are so old; of whom no birth is known is not."""
    members = (_age(member.tanggal_lahir, case.today) for member in declaration.anggota_keluarga)
    ages = [case.inquiry.document.birth.age_on(case.today), *members]
    return sum(age is not None and age >= years for age in ages)


def _age(born: date | None, today: date) -> int | None:
    return PartialDate(born.year, born.month, born.day).age_on(today) if born else None
