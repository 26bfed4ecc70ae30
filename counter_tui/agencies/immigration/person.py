"""What is said of the person: earlier refusals and overstays, signs in the interview, minors and their guardians."""

from typing import Final

from ...domain.days import add_months
from ...domain.words import Direction
from .case import Case, word

MOST_SHOWN: Final = 20
GROUNDS: Final = {letter: letter.lower() for letter in "ABCDEFGHIJ"}
"""The ten grounds of UU 6/2011 art. 13(1)."""
INDICATORS: Final = {
    "NO_RETURN_TICKET": "imm.no-return-ticket",
    "SAME_SPONSOR": "imm.same-sponsor",
    "INCONSISTENT_ANSWERS": "imm.inconsistent-answers",
    "NO_FAMILY_PROOF": "imm.no-family-proof",
    "PURPOSE_UNCLEAR": "imm.purpose-unclear",
}
RELATIONS: Final = {"PARENT": "parent", "RELATIVE": "relative", "OTHER": "other"}


def person(case: Case) -> None:
    """Past refusals and overstays weigh for some months, and stay in the record; signs and minors are of today."""
    _refusals(case)
    _overstays(case)
    since = add_months(case.today, -case.limits.previous_months)
    past = {
        "imm.refused-before": [one.on for one in case.answer.refusals],
        "imm.overstayed-before": [one.on for one in case.answer.overstays],
    }
    for code, days in past.items():
        weighing = [on for on in days if since <= on <= case.today]
        if weighing:
            case.report.find(code, on=max(weighing).isoformat())
        if len(days) > MOST_SHOWN:
            case.report.fact("imm.more-history", count=len(days) - MOST_SHOWN)
    _signs(case)
    _minor(case)


def _refusals(case: Case) -> None:
    numbered = enumerate(case.answer.refusals, start=1)
    for number, refusal in sorted(numbered, key=lambda one: one[1].on, reverse=True)[:MOST_SHOWN]:
        ground = case.unmapped.meaning(f"refusals.{number}.ground", refusal.ground, GROUNDS)
        origin = case.origin("refusal")
        case.field("refused", refusal.on, origin)
        case.field("refused-ground", word(f"ground-{ground}") if ground else None, origin)
        case.field("refused-post", refusal.post, origin)


def _overstays(case: Case) -> None:
    for overstay in sorted(case.answer.overstays, key=lambda one: one.on, reverse=True)[:MOST_SHOWN]:
        origin = case.origin("overstay")
        case.field("overstayed", overstay.on, origin)
        case.field("overstayed-days", None if overstay.days is None else str(overstay.days), origin)


def _signs(case: Case) -> None:
    found = set()
    origin = case.origin("interview")
    for number, indicator in enumerate(case.answer.indicators, start=1):
        code = case.unmapped.meaning(f"indicators.{number}", indicator, INDICATORS, deciding=True)
        if code is not None and code not in found:
            found.add(code)
            case.report.find(code)
            case.field("indicator", word(code.removeprefix("imm.")), origin)
    if len(found) >= case.limits.trafficking_indicators and case.inquiry.direction is Direction.EXIT:
        case.report.find("imm.trafficking-suspected", count=len(found))


def _minor(case: Case) -> None:
    guardian = case.answer.guardian
    relation = None
    if guardian is not None:
        relation = case.unmapped.meaning("guardian.relation", guardian.relation, RELATIONS, deciding=True)
        origin = case.origin("guardian")
        case.field("guardian", f"{guardian.document.issuing_state} {guardian.document.number}", origin)
        case.field("relation", word(f"relation-{relation}") if relation else None, origin)
    years = case.inquiry.document.birth.age_on(case.today)
    if years is None or years >= case.limits.adult_years:
        return
    if guardian is None:
        case.report.find("imm.minor-alone", years=years)
    elif relation != "parent":
        case.report.find("imm.minor-not-parent", years=years)
