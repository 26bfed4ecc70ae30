"""The goods table: each line as it was declared, valued in US dollars; the passenger's allowance; excise limits."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Final

from ...domain.documents import PartialDate
from ...domain.sections import Subject
from ...domain.words import SubjectKind
from .case import Case, word
from .declaration import Barang, Pemberitahuan
from .duty import estimate
from .rates import HOME, money, short

KINDS: Final = {"PRIBADI": "personal", "DAGANGAN": "merchandise", "CUKAI": "excise", "LARTAS": "restricted"}
EXCISE: Final = {"SIGARET": "cigarettes", "CERUTU": "cigars", "TEMBAKAU": "tobacco", "MMEA": "alcohol"}
UNITS: Final = {
    "PCE": ("pcs", 1),
    "NMB": ("pcs", 1),
    "GRM": ("g", 1),
    "KGM": ("g", 1000),
    "MLT": ("ml", 1),
    "LTR": ("ml", 1000),
}
"""Codes of UN/ECE recommendation 20: what they count, and how many of it."""
COUNTED: Final = {"cigarettes": "pcs", "cigars": "pcs", "tobacco": "g", "alcohol": "ml"}
DOLLARS: Final = "USD"


@dataclass(frozen=True, slots=True)
class Line:
    """A line and what its codes stand for; a kind that nobody knows counts as personal, so that it is valued."""

    goods: Barang
    kind: str | None
    excise: tuple[str, Decimal] | None = None

    @property
    def allowed_for(self) -> bool:
        """Whether it counts against an allowance."""
        return self.kind in {"personal", None}


def goods_lines(case: Case, declaration: Pemberitahuan, *, declarant: bool) -> tuple[Line, ...]:
    """The lines, with all their fields; restricted goods are held by their line."""
    lines = []
    for number, goods in enumerate(declaration.barang, start=1):
        where = f"pemberitahuan.barang.{number}"
        kind = case.unmapped.meaning(f"{where}.jenis", goods.jenis, KINDS, deciding=True)
        line = Line(goods, kind, _excise(case, goods, where) if kind == "excise" else None)
        lines.append(line)
        _fields(case, line, case.origin("goods", f"{declaration.nomor or ''}/{number}"))
        if kind == "restricted" and declarant:
            about = Subject(SubjectKind.GOODS, f"line-{number}", f"#{number}")
            case.report.find("cust.restricted-goods", about, what=goods.uraian or "")
    return tuple(lines)


def _excise(case: Case, goods: Barang, where: str) -> tuple[str, Decimal] | None:
    """Which excise goods, and how many pieces, grams or millilitres; None where that cannot be told, and is said."""
    kind = case.unmapped.meaning(f"{where}.jenisCukai", goods.jenis_cukai, EXCISE, deciding=True)
    unit, times = case.unmapped.meaning(f"{where}.satuan", goods.satuan, UNITS, deciding=True) or ("", 0)
    if kind is None or unit != COUNTED[kind]:
        case.unmapped.add(f"{where}.{'jenisCukai' if kind is None else 'satuan'}", deciding=True)
        return None
    return kind, goods.jumlah * times


def _fields(case: Case, line: Line, origin: str) -> None:
    goods = line.goods
    case.field("goods", goods.uraian, origin)
    case.field("goods-quantity", f"{goods.jumlah.normalize():f} {goods.satuan or ''}".strip(), origin)
    case.amount("goods-value", goods.valuta, goods.nilai, origin)
    case.field("goods-kind", word(f"kind-{line.kind}") if line.kind else None, origin)
    dollars = case.rates.value(goods.nilai, goods.valuta, DOLLARS)
    if dollars is None:
        case.field("goods-usd", word("unvalued", currency=goods.valuta), origin)
    elif goods.valuta != DOLLARS:
        case.amount("goods-usd", DOLLARS, dollars, origin)


def total_in(case: Case, lines: Iterable[Line], currency: str) -> Decimal:
    """What counts against an allowance, in this currency; what has no rate is left out, and called for."""
    total, unvalued = Decimal(0), set()
    for line in lines:
        if line.allowed_for:
            value = case.rates.value(line.goods.nilai, line.goods.valuta, currency)
            if value is None:
                unvalued.add(line.goods.valuta)
            total += value or 0
    if unvalued:
        case.report.find("cust.goods-unvalued", what=", ".join(sorted(unvalued)))
    return total


def allowance(case: Case, lines: Sequence[Line], persons: int, origin: str) -> None:
    """The passenger's allowance, for each person of the declaration; what is over it is dutiable."""
    free = Decimal(case.limits.allowance_usd * persons)
    value = total_in(case, lines, DOLLARS)
    case.field("regime", word("regime-passenger"), origin)
    case.amount("goods-total", DOLLARS, value, origin)
    case.amount("allowance", DOLLARS, free, origin)
    if value > free:
        case.report.find("cust.allowance-over", value=short(value), over=short(value - free))
        dutiable(case, value - free, DOLLARS, origin)


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


def excise(case: Case, lines: Iterable[Line], declaration: Pemberitahuan, origin: str) -> None:
    """Excise goods against what is free for each adult of the declaration; kinds of tobacco share one limit."""
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
    for what, years in (("tobacco", limits.tobacco_years), ("alcohol", limits.alcohol_years)):
        if not shares[what]:
            continue
        adults = _adults(case, declaration, years)
        case.field(f"excise-{what}", word("excise", percent=f"{shares[what] * 100:.0f}", persons=adults), origin)
        if shares[what] > adults:
            case.report.find("cust.excise-over")


def _adults(case: Case, declaration: Pemberitahuan, years: int) -> int:
    """How many of the declarant and the family are so old; of whom no birth is known is not."""
    members = (_age(member.tanggal_lahir, case.today) for member in declaration.anggota_keluarga)
    ages = [case.inquiry.document.birth.age_on(case.today), *members]
    return sum(age is not None and age >= years for age in ages)


def _age(born: date | None, today: date) -> int | None:
    return PartialDate(born.year, born.month, born.day).age_on(today) if born else None
