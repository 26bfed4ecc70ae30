"""The document and its holder: what became of the one, and whether the other is who stands at the counter."""

from datetime import date
from typing import Final

from ...domain.days import add_months
from ...domain.documents import document_key
from ...domain.texts import Text
from ...domain.words import Authority, Direction
from ..belonging import check_person
from .case import Case, word

STATES: Final = {
    "VALID": "valid",
    "LOST": "lost",
    "STOLEN": "stolen",
    "REVOKED": "revoked",
    "REPLACED": "replaced",
    "CONSUMED": "used",
}
SINGLE: Final = frozenset({"splp", "emergency"})
"""Kinds of documents that are good for one journey; with a zone their code is PE."""
SEXES: Final = {"M": "male", "F": "female", "X": "unspecified"}


def holder(case: Case, portrait: str | Text | None) -> None:
    """To whom the system says the document belongs, and their portrait.

    AgencyError `agency.other-traveller` where that is another one than who stands at the counter.
    """
    known = case.answer.holder
    origin = case.origin("record", f"{case.answer.document.issuing_state} {case.answer.document.number}")
    case.field("document", f"{case.answer.document.issuing_state} {case.answer.document.number}", origin)
    if known is not None:
        name = ", ".join(part for part in (known.surname, known.given_names) if part)
        for what in check_person(Authority.IMMIGRATION, case.inquiry, name, known.birth):
            case.report.find("imm.record-name" if what == "name" else "imm.record-birth")
        sex = case.unmapped.meaning("holder.sex", known.sex, SEXES)
        case.field("name", name, origin)
        case.field("birth", known.birth, origin)
        case.field("sex", word(sex) if sex else None, origin)
        case.field("nationality", known.nationality, origin)
    case.field("portrait", portrait if case.answer.portrait else word("portrait-none"), origin)
    if case.answer.portrait is not None:
        case.field("portrait-taken", case.answer.portrait.taken, origin)
    case.field("residence", case.answer.residence, origin)
    if case.answer.identity_open:
        case.report.find("imm.identity-open")


def document(case: Case) -> None:
    """Whether it is still good: by its own last day, and by what the system says became of it."""
    _expiry(case)
    _single_journey(case)
    known = case.answer.document_state
    if known is None:
        return
    origin, report = case.origin("document"), case.report
    state = case.unmapped.meaning("documentState.status", known.status, STATES, deciding=True)
    case.field("document-status", word(f"document-{state}") if state else None, origin)
    case.field("document-status-since", known.since, origin)
    since = known.since.isoformat() if known.since else "?"
    if state in {"lost", "stolen"}:
        report.find(f"imm.document-{state}", since=since)
        report.find("imm.holder-unproven")
    elif state == "revoked":
        report.find("imm.document-revoked")
    elif state == "used":
        report.find("imm.single-journey-used")
    elif state == "replaced" or known.replaced_by is not None:
        report.find("imm.document-replaced")
    if known.replaced_by is not None:
        case.field("document-replaced-by", f"{known.replaced_by.issuing_state} {known.replaced_by.number}", origin)


def _single_journey(case: Case) -> None:
    """A document for one journey home is used up by an entry on it before today, whether or not that was noted."""
    inquiry = case.inquiry
    single = inquiry.document.kind in SINGLE or inquiry.document.code == "PE"
    if not single or inquiry.direction is not Direction.ENTRY:
        return
    own = document_key(inquiry.issuer, inquiry.number)
    for passage in case.answer.history:
        used = passage.document
        entered = passage.direction == "ENTRY" and passage.on < case.today
        if entered and used is not None and document_key(used.issuing_state, used.number) == own:
            case.report.find("imm.single-journey-used")


def _expiry(case: Case) -> None:
    inquiry, today = case.inquiry, case.today
    expiry = inquiry.document.expiry.latest() if inquiry.document.expiry else None
    if expiry is not None and expiry < today:
        leaving = inquiry.direction is Direction.EXIT
        code = "imm.expired" if case.foreign or leaving else "imm.expired-citizen"
        case.report.find(code, days=(today - expiry).days)
    elif expiry is not None and case.foreign and inquiry.direction is Direction.ENTRY:
        _validity(case, expiry)


def _validity(case: Case, expiry: date) -> None:
    """The six months are asked of passports; of other kinds the counter's own rules are told."""
    kind = case.inquiry.document.kind
    if kind in ("", "passport") and expiry < add_months(case.today, case.limits.validity_months):
        case.report.find("imm.validity-short", days=(expiry - case.today).days)
