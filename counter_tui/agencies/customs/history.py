"""What customs remembers of a traveller: seizures, crossings, scans, and leads that are its own."""

from typing import Final

from ...domain.days import add_months
from .case import Case, word

MOST_SHOWN: Final = 20
SCANS: Final = {"SESUAI": "agrees", "TIDAK_SESUAI": "mismatch", "K9": "dog"}


def history(case: Case) -> None:
    """Seizures weigh less as they grow older, and at last not at all; all of them stand in the record."""
    answer, report = case.answer, case.report
    _seizures(case)
    origin = case.origin("record", None)
    case.field("crossings-7-days", answer.perlintasan_7_hari, origin)
    if answer.perlintasan_7_hari >= case.limits.frequent_crossings:
        report.find("cust.frequent", count=answer.perlintasan_7_hari)
    scan = case.unmapped.meaning("pemindaian", answer.pemindaian, SCANS, deciding=True)
    case.field("scan", word(f"scan-{scan}") if scan else None, origin)
    if scan == "mismatch":
        report.find("cust.scan-mismatch")
    elif scan == "dog":
        report.find("cust.dog-alert")


def _seizures(case: Case) -> None:
    whole, half = case.limits.previous_months, case.limits.previous_months // 2
    past = [one for one in case.answer.penegahan if one.tanggal <= case.today]
    past.sort(key=lambda one: one.tanggal, reverse=True)
    if len(past) > MOST_SHOWN:
        case.report.fact("cust.more-seizures", count=len(past) - MOST_SHOWN)
    for one in past[:MOST_SHOWN]:
        origin = case.origin("seizure", one.nomor)
        case.field("seizure-on", one.tanggal, origin)
        case.field("seizure-what", one.uraian, origin)
        case.field("seizure-weighs-until", add_months(one.tanggal, whole), origin)
    days = [one.tanggal for one in past if one.tanggal >= add_months(case.today, -whole)]
    if not days:
        return
    recent = max(days) >= add_months(case.today, -half)
    code = "cust.seized-before" if recent else "cust.seized-earlier"
    case.report.find(code, on=max(days).isoformat(), count=len(days))
