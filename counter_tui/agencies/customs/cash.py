"""Cash and bearer instruments: from the threshold on they are declared; what was hidden is fined."""

from decimal import Decimal
from typing import Final

from ...domain.words import Direction
from .case import Case, word
from .rates import HOME, money
from .standard import UangTunai

NOTES: Final = "notes"
KINDS: Final = {
    "UKA": NOTES,
    "CEK": "cheque",
    "CEK_PELAWAT": "travellers-cheque",
    "SANGGUP": "promissory-note",
    "BILYET": "giro",
    "DEPOSITO": "deposit",
}
MILLION: Final = 10**6


def cash(case: Case, carried: UangTunai) -> None:
    """What is carried and what was declared, in rupiah; what foreign notes and rupiah going out ask for beside.

    Where what was counted and the sum that was told disagree, both are said, and the greater counts.
    """
    limits, report = case.limits, case.report
    origin = case.origin("cash", carried.nomor)
    case.amount("cash-carried", HOME, Decimal(carried.setara_rupiah), origin)
    case.amount("cash-declared", HOME, Decimal(carried.diberitahukan), origin)
    foreign, rupiah, counted = _one_by_one(case, carried, origin)
    if carried.rincian and abs(counted - carried.setara_rupiah) * 100 > carried.setara_rupiah:
        report.fact("cust.cash-differs", amount=f"{counted:,.0f}".replace(",", " "))
    total = max(carried.setara_rupiah, int(counted))
    hidden = max(0, total - carried.diberitahukan)
    if total >= limits.cash_threshold_idr and hidden:
        fine = min(hidden * limits.cash_fine_percent // 100, limits.cash_fine_max_idr)
        case.amount("cash-hidden", HOME, Decimal(hidden), origin)
        case.amount("cash-fine", HOME, Decimal(fine), origin)
        code = "cust.cash-under-declared" if carried.diberitahukan else "cust.cash-undeclared"
        report.find(code, millions=total // MILLION, hidden=hidden // MILLION, fine=fine // MILLION)
    elif total >= limits.cash_threshold_idr:
        report.find("cust.cash-declared", millions=total // MILLION)
    if foreign > limits.foreign_notes_idr:
        report.find("cust.cash-foreign-notes", millions=int(foreign // MILLION))
    if case.inquiry.direction is Direction.EXIT and rupiah >= limits.cash_threshold_idr:
        report.find("cust.rupiah-out", millions=int(rupiah // MILLION))


def _one_by_one(case: Case, carried: UangTunai, origin: str) -> tuple[Decimal, Decimal, Decimal]:
    """Foreign notes, rupiah notes and all there is, in rupiah; a currency without a rate is called for, not left 0."""
    foreign, rupiah, counted, unvalued = Decimal(0), Decimal(0), Decimal(0), set()
    for number, one in enumerate(carried.rincian, start=1):
        kind = case.unmapped.meaning(f"uangTunai.rincian.{number}.jenis", one.jenis, KINDS)
        case.field("cash-item", word(f"cash-{kind or 'other'}", amount=money(one.valuta, one.jumlah)), origin)
        value = case.rates.value(one.jumlah, one.valuta, HOME)
        if value is None:
            unvalued.add(one.valuta)
            continue
        counted += value
        if kind == NOTES and one.valuta == HOME:
            rupiah += value
        elif kind == NOTES:
            foreign += value
    if unvalued:
        case.report.find("cust.cash-unvalued", what=", ".join(sorted(unvalued)))
    elif foreign:
        case.amount("cash-foreign-notes", HOME, foreign, origin)
    return foreign, rupiah, counted
