"""The travel history: what of the last months is shown, and which patterns in it are signs."""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Final

from ...domain.days import add_months
from ...domain.documents import document_key
from ...domain.words import Direction
from .case import Case, word
from .standard import Passage

MOST_SHOWN: Final = 40
DIRECTIONS: Final = {"ENTRY": "in", "EXIT": "out"}


def travels(case: Case) -> None:
    """Crossings of the last months, the latest first; a way back that is missing, visa runs and short hops."""
    since = add_months(case.today, -case.limits.history_months)
    past = [
        (passage, way)
        for number, passage in enumerate(case.answer.history, start=1)
        if (way := case.unmapped.meaning(f"history.{number}.direction", passage.direction, DIRECTIONS)) is not None
        and since <= passage.on <= case.today
    ]
    past.sort(key=lambda one: one[0].on, reverse=True)
    _fields(case, past)
    if not past:
        case.report.fact("imm.no-history")
        return
    last, way = past[0]
    case.report.fact(f"imm.last-{way}", on=last.on.isoformat(), count=len(past))
    _other_documents(case, past)
    before = [(passage, way) for passage, way in past if passage.on < case.today]
    if before and before[0][1] == ("in" if case.inquiry.direction is Direction.ENTRY else "out"):
        case.report.find("imm.way-back-missing", since=before[0][0].on.isoformat())
    if case.inquiry.direction is Direction.ENTRY:
        _signs(case, [(passage.on, way) for passage, way in reversed(past)])


def _other_documents(case: Case, past: Sequence[tuple[Passage, str]]) -> None:
    """One person may cross on several documents: the latest of the others is said."""
    own = document_key(case.inquiry.issuer, case.inquiry.number)
    for passage, _ in past:
        used = passage.document
        if used is not None and document_key(used.issuing_state, used.number) != own:
            case.report.fact("imm.other-document", reference=f"{used.issuing_state} {used.number}")
            return


def _signs(case: Case, crossed: Sequence[tuple[date, str]]) -> None:
    """Times abroad between an exit and the next entry, this one included, with the stay that was before them."""
    limits, hops, runs = case.limits, 0, 0
    following = [*crossed[1:], (case.today, "in")]
    entered: date | None = None
    recent = case.today - timedelta(days=limits.short_hop_window_days)
    for (on, way), (next_on, next_way) in zip(crossed, following, strict=True):
        if way == "in":
            entered = on
        elif next_way == "in":
            abroad = (next_on - on).days
            stayed = (on - entered).days if entered is not None else 0
            runs += abroad <= limits.visa_run_days and stayed >= limits.visa_run_stay_days
            hops += abroad <= limits.short_hop_days and on >= recent
    if case.foreign and runs >= limits.visa_run_count:
        case.report.find("imm.visa-run")
    if hops >= limits.short_hop_count:
        case.report.find("imm.short-hops", count=hops)


def _fields(case: Case, past: Sequence[tuple[Passage, str]]) -> None:
    origin = case.origin("crossings")
    case.field("crossings-12-months", str(len(past)), origin)
    for passage, way in past[:MOST_SHOWN]:
        used = f"{passage.document.issuing_state} {passage.document.number}" if passage.document else ""
        said = word(f"crossed-{way}", on=passage.on.isoformat(), post=passage.post or "", document=used)
        case.field("crossed", said, origin)
