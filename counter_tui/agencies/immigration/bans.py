"""Listed restrictions: a ban binds in its own direction only, and no longer than the law lets it last."""

from datetime import date, datetime, timedelta
from typing import Final

from ...domain.days import add_months
from ...domain.words import Direction
from .case import Case, word
from .standard import FOR_EVER, Hit

KINDS: Final = {"TANGKAL": "entry-ban", "CEGAH": "exit-ban", "LOST_DOCUMENT": "lost-document"}
STATES: Final = {"CANDIDATE": "candidate", "VERIFIED": "verified"}
REASON: Final = "imm.ban-reason"
MONTHS: Final = 12


def bans(case: Case) -> None:
    """Every restriction, the one that binds longest first: of two that call for the same, it is the one that stands."""
    case.field("result", word("hit" if case.answer.hits else "no-hit"), case.origin("hits"))
    numbered = list(enumerate(case.answer.hits, start=1))
    for number, hit in sorted(numbered, key=lambda one: end_by_law(case, one[1]) or date.max, reverse=True):
        _ban(case, hit, number)


def _ban(case: Case, hit: Hit, number: int) -> None:
    kind = case.unmapped.meaning(f"hits.{number}.kind", hit.kind, KINDS)
    state = case.unmapped.meaning(f"hits.{number}.status", hit.status, STATES)
    end = end_by_law(case, hit)
    _fields(case, hit, kind, state, end)
    if kind is None:
        case.report.find("imm.hit-unclear", reference=hit.reference)
    elif kind == "lost-document":
        case.report.find("imm.document-lost", since=hit.start.isoformat())
        case.report.find("imm.holder-unproven")
    else:
        _binding(case, hit, state, end)


def _binding(case: Case, hit: Hit, state: str | None, end: date | None) -> None:
    """What nobody verified, or by a state that nobody knows, is a candidate."""
    entry_ban = hit.kind == "TANGKAL"
    if entry_ban is not (case.inquiry.direction is Direction.ENTRY):
        case.report.fact("imm.ban-other-way", reference=hit.reference)
        return
    if hit.start > case.today:
        case.report.fact("imm.ban-not-yet", reference=hit.reference, on=hit.start.isoformat())
        return
    name = "imm.tangkal" if entry_ban else "imm.cegah"
    if end is not None and end < case.today:
        case.report.find(f"{name}-lapsed", end=end.isoformat())
        return
    code = name if state == "verified" else f"{name}-candidate"
    expires = _midnight_after(end, case.inquiry.at) if end is not None else None
    case.report.find(code, reference=hit.reference, expires=expires)


def end_by_law(case: Case, hit: Hit) -> date | None:
    """Its last day; None for one that has none: for life, or entered without an end.

    An exit ban ends after its months and one extension, whatever the list says; an entry ban with an end after its
    years and one extension, unless it is for life.
    """
    times = 2 if hit.extended else 1
    stated = None if hit.end == FOR_EVER else hit.end
    if hit.kind == "CEGAH":
        by_law = add_months(hit.start, case.limits.exit_ban_months * times)
        return min(stated or by_law, by_law)
    if hit.kind != "TANGKAL" or hit.lifetime or stated is None:
        return None if hit.lifetime else stated
    return min(stated, add_months(hit.start, case.limits.entry_ban_years * MONTHS * times))


def _fields(case: Case, hit: Hit, kind: str | None, state: str | None, end: date | None) -> None:
    origin = case.origin("ban", hit.reference)
    case.field("ban", word(kind or "ban-unknown"), origin)
    case.field("ban-reference", hit.reference, origin)
    case.field("ban-status", word(state) if state else None, origin)
    case.field("ban-issuer", hit.issuer, origin)
    case.field("ban-decision", hit.decision_number, origin)
    case.field("ban-start", hit.start, origin)
    case.field("ban-end", word("lifetime") if hit.lifetime else hit.end or word("no-end"), origin)
    case.field("ban-extended", word("yes" if hit.extended else "no"), origin)
    case.field("ban-extended-on", hit.extended_on, origin)
    case.field("ban-end-by-law", end, origin)
    if hit.reason:
        case.report.field(REASON, None, origin, sealed=case.seal(hit.reason.encode()))


def _midnight_after(day: date, at: datetime) -> datetime:
    """When a day is over, in the zone of `at`."""
    return datetime(day.year, day.month, day.day, tzinfo=at.tzinfo) + timedelta(days=1)
