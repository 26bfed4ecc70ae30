"""The goods table: each line as it was declared, with what its codes stand for, valued in US dollars."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from ...domain.sections import Subject
from ...domain.words import SubjectKind
from .case import Case, word
from .declaration import Barang, Pemberitahuan

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


def goods_lines(case: Case, declaration: Pemberitahuan, *, held: bool) -> tuple[Line, ...]:
    """The lines, with all their fields; restricted goods are held by their line where this is the place for it."""
    lines = []
    for number, goods in enumerate(declaration.barang, start=1):
        where = f"pemberitahuan.barang.{number}"
        kind = case.unmapped.meaning(f"{where}.jenis", goods.jenis, KINDS, deciding=True)
        line = Line(goods, kind, _excise(case, goods, where) if kind == "excise" else None)
        lines.append(line)
        _fields(case, line, case.origin("goods", f"{declaration.nomor or ''}/{number}"))
        if kind == "restricted" and held:
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


def rates_used(case: Case, lines: Iterable[Line]) -> None:
    """The rates that these lines were valued by; rates of other days are none, and that is said."""
    given = case.answer.kurs
    if given is not None and not case.rates.rupiah:
        case.report.fact("cust.rates-old", until=given.sampai.isoformat())
        return
    currencies = {line.goods.valuta for line in lines} | {DOLLARS}
    used = [(currency, case.rates.rupiah[currency]) for currency in sorted(currencies) if currency in case.rates.rupiah]
    if used and case.rates.end is not None:
        origin = case.origin("rates", case.rates.number)
        for currency, rupiah in used:
            case.field("rate", f"{currency} 1 = IDR {rupiah.normalize():f}", origin)
        case.field("rates-until", case.rates.end, origin)


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
