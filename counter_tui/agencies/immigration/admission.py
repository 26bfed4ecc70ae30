"""Visa and stay: whether a foreigner may come in, and whether one who leaves stayed too long."""

from typing import Final

from ...domain.words import Direction
from .case import Case, word
from .standard import Visa

VISAS: Final = {"EXEMPT": "exempt", "ON_ARRIVAL": "on-arrival", "VALID": "valid", "NONE": "none"}


def admission(case: Case) -> None:
    """What the law asks of foreigners; of a citizen nothing, but what is on file is in the record."""
    visa = case.answer.visa
    status = case.unmapped.meaning("visa.status", visa.status, VISAS, deciding=True) if visa else None
    if visa is not None:
        _visa_fields(case, visa, status)
    if case.answer.stay is not None:
        _stay_fields(case)
    if not case.foreign:
        return
    if case.inquiry.direction is Direction.EXIT:
        _overstay(case)
    elif visa is not None and (status == "none" or _over(case, visa, status)):
        case.report.find("imm.no-visa")
    elif visa is not None and status == "valid" and visa.entries_left == 0:
        case.report.find("imm.visa-used")
    else:
        _allowed(case, visa, status)


def _over(case: Case, visa: Visa, status: str | None) -> bool:
    return status == "valid" and visa.valid_until is not None and visa.valid_until < case.today


def _allowed(case: Case, visa: Visa | None, status: str | None) -> None:
    if visa is None or status is None:
        if case.inquiry.document.nationality in case.limits.visa_free:
            case.report.fact("imm.visa-exempt")
        else:
            case.report.find("imm.visa-not-on-file")
    elif status == "on-arrival":
        case.report.fact("imm.visa-on-arrival")
    elif status == "exempt":
        case.report.fact("imm.visa-exempt")
    elif visa.valid_until is None:
        case.report.fact("imm.visa-on-file")
    else:
        case.report.fact("imm.visa-valid", until=visa.valid_until.isoformat())


def _overstay(case: Case) -> None:
    stay = case.answer.stay
    if stay is None or stay.until >= case.today:
        return
    days = (case.today - stay.until).days
    if days >= case.limits.overstay_deport_days:
        case.report.find("imm.overstay-long", days=days)
    else:
        fine = days * case.limits.overstay_fine_per_day_idr
        case.report.find("imm.overstay", days=days, fine=f"{fine / 10**6:g}")


def _visa_fields(case: Case, visa: Visa, status: str | None) -> None:
    origin = case.origin("visa", visa.number)
    case.field("visa", word(f"visa-{status}") if status else None, origin)
    case.field("visa-kind", visa.kind, origin)
    case.field("visa-number", visa.number, origin)
    case.field("visa-until", visa.valid_until, origin)
    if status == "valid":
        left = visa.entries_left
        case.field("visa-entries-left", word("any-number") if left is None else str(left), origin)


def _stay_fields(case: Case) -> None:
    stay = case.answer.stay
    if stay is None:
        return
    origin = case.origin("stay", stay.permit_number)
    case.field("stay-until", stay.until, origin)
    case.field("stay-granted", stay.granted, origin)
    case.field("stay-permit", stay.permit_kind, origin)
    case.field("stay-permit-number", stay.permit_number, origin)
    case.field("stay-extended", str(stay.extended), origin)
