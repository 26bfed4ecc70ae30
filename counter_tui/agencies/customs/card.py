"""The border shopping card (KILB): this month's allowance of a border resident, instead of the passenger's."""

from collections.abc import Sequence
from decimal import Decimal

from .allowance import dutiable
from .case import Case, word
from .goods import Line, total_in
from .rates import short
from .standard import Kilb


def shopping_card(case: Case, card: Kilb, lines: Sequence[Line]) -> None:
    """What is used, what is declared now, and what is left; who leaves uses nothing of it.

    The passenger's allowance does not come on top of it.
    """
    origin = case.origin("card", card.nomor)
    case.field("regime", word("regime-resident"), origin)
    case.field("kilb-number", card.nomor, origin)
    case.field("kilb-state", word("card-blocked" if card.diblokir else "card-good"), origin)
    case.field("kilb-until", card.berlaku_sampai, origin)
    case.field("kilb-month", card.bulan, origin)
    limit = Decimal(case.limits.quota_myr) if card.batas is None else card.batas
    case.amount("kilb-limit", card.valuta, limit, origin)
    case.amount("kilb-used", card.valuta, card.terpakai, origin)
    if not case.arriving:
        return
    declared = total_in(case, lines, card.valuta)
    case.amount("kilb-declared", card.valuta, declared, origin)
    if card.diblokir:
        case.report.find("cust.card-blocked", card=card.nomor or "")
    if card.berlaku_sampai is not None and card.berlaku_sampai < case.today:
        case.report.find("cust.card-expired", on=card.berlaku_sampai.isoformat())
    if card.bulan is not None and card.bulan != f"{case.today:%Y-%m}":
        case.report.find("cust.quota-unknown")
    else:
        _balance(case, card, limit, declared, origin)


def _balance(case: Case, card: Kilb, limit: Decimal, declared: Decimal, origin: str) -> None:
    total = card.terpakai + declared
    shown: dict[str, str | int] = {"used": short(card.terpakai), "limit": short(limit), "declared": short(declared)}
    if total > limit:
        case.report.find("cust.quota-over", shown=shown, over=short(total - limit))
        dutiable(case, total - limit, card.valuta, origin)
        return
    case.amount("kilb-left", card.valuta, limit - total, origin)
    if total * 100 >= limit * case.limits.quota_near_percent:
        case.report.find("cust.quota-near", shown=shown, left=short(limit - total))
    else:
        case.report.fact("cust.quota", left=short(limit - total), **shown)
