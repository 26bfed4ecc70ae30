"""What waits in a crossing's thread for a supervisor: emergencies, late hits, disagreements, hits, a second's words.

Each is a pure function of the thread's acts and the time; `sources` gives them as `queue.Source`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import partial
from typing import TYPE_CHECKING, Final

from ..domain.emergency import EMERGENCY, calls
from ..domain.entries import DECISION
from ..domain.joint.fold import fold
from ..domain.joint.reading import QUESTION
from ..domain.late import Cause
from ..domain.mode import THREAD
from ..domain.outcome import Circumstances
from ..domain.recall import RecallStep, fold_recalls
from ..domain.reviewing import fold_reviews
from ..domain.texts import Text, text
from ..domain.waiting import to_confirm
from ..domain.whereabouts import person_of, where
from ..domain.words import Direction, Outcome
from .queue import Kind, QueueLine, Source
from .queue_others import cases
from .records import moment

if TYPE_CHECKING:
    from datetime import datetime

    from ..domain.acts import Act
    from ..domain.cases.case import Case
    from ..domain.deadlines import Deadlines
    from ..domain.entries import DecisionBody
    from ..domain.joint.state import Law
    from ..domain.matters import TwoPersonRules
    from ..domain.mode import ModeState
    from ..domain.posts import Officer
    from ..domain.recall import RecallTask
    from ..domain.view import Rulebook
    from .recall_rerun import RerunLine

_WHO: Final = Circumstances(Direction.ENTRY)
"""What is asked here, whether verdicts disagree and what waits, does not hang on the clamps."""
_LIST: Final = "list/"
OVERRIDE: Final = "override"
LETS_GO: Final = frozenset({Outcome.CLEAR, Outcome.CLEAR_COND, Outcome.ESCORTED_CARE})


def late_hits(acts: Sequence[Act], now: datetime) -> Iterator[QueueLine]:  # noqa: ARG001 - as every source
    """Late hits that are not settled."""
    for task in fold_recalls(acts):
        if task.open:
            what, seen = _late(task), person_of(where(acts))
            yield QueueLine(
                Kind.LATE_HIT, what, task.who.name, task.at, task.thread, act=task.id, task=task, located=seen
            )


def _late(task: RecallTask) -> Text:
    late = task.late
    if task.disputed:
        return text("queue.late-disputed", source=late.source)
    if task.step is RecallStep.FOUND:
        return text("queue.late-found", source=late.source)
    if late.cause is not Cause.LIST:
        return text(f"queue.late.{late.cause.value}", source=late.source)
    if not late.then:
        return text("queue.late-unchecked", source=late.source, now=late.now)
    return text("queue.late-list", source=late.source, then=late.then, now=late.now)


def emergencies(acts: Sequence[Act], now: datetime, law: Law) -> Iterator[QueueLine]:
    """Calls of a medical emergency, at any counter, that health has not ended and nobody has taken back."""
    if not any(act.kind == EMERGENCY for act in acts):
        return
    for act in calls(acts, frozenset(fold(acts, (), _WHO, now, law).corrected)):
        what = text("queue.emergency", counter=act.counter)
        yield QueueLine(Kind.EMERGENCY, what, _name(acts), act.at, act.thread, act=act.id)


def disagreements(acts: Sequence[Act], now: datetime, law: Law) -> Iterator[QueueLine]:
    """Verdicts that were given apart and disagree, as long as nobody has settled them."""
    decided = {act.id: act for act in acts if act.kind == DECISION}
    if len(decided) < 2:
        return
    for conflict in fold(acts, (), _WHO, now, law).conflicts:
        since = max(decided[one].at for one in conflict.acts)
        what = text("queue.conflict")
        yield QueueLine(Kind.CONFLICT, what, _name(acts), since, acts[0].thread, act=conflict.acts[0])


def second_words(
    acts: Sequence[Act], now: datetime, law: Law, officers: Sequence[Officer], rules: TwoPersonRules
) -> Iterator[QueueLine]:
    """What is to be confirmed by somebody who is named, by telephone, at their own counter, or of an override."""
    by_id = {act.id: act for act in acts}
    named = {officer.id: officer.name for officer in officers}
    asked: dict[str, tuple[str, datetime | None]] = {
        one.act.id: (one.asked, one.by) for one in to_confirm(acts, rules, now)
    }
    if any(act.kind == OVERRIDE for act in acts):
        asked |= {one.act: (one.confirmer, _moment(one.by)) for one in fold(acts, (), _WHO, now, law).waiting}
    for id_, (officer, until) in sorted(asked.items()):
        act, what = by_id[id_], text("queue.confirm", officer=named.get(officer, officer))
        yield QueueLine(Kind.SECOND, what, _name(acts), act.at, act.thread, until or act.at, id_)


def ended_authority(acts: Sequence[Act], now: datetime, law: Law) -> Iterator[QueueLine]:
    """What was decided under an authority that had ended, and nobody has reviewed since."""
    if not any(act.kind == QUESTION for act in acts):
        return
    by_id = {act.id: act for act in acts}
    for one in fold(acts, (), _WHO, now, law).unreviewed:
        if one in by_id:
            what = text("queue.ended-authority", officer=by_id[one].officer)
            yield QueueLine(Kind.REVIEW, what, _name(acts), by_id[one].at, by_id[one].thread, act=one)


def _moment(stamped: str) -> datetime | None:
    try:
        return moment(stamped)
    except ValueError:
        return None


def hits(acts: Sequence[Act], now: datetime, law: Law) -> Iterator[QueueLine]:
    """Candidates on a list of whom somebody was referred, and nobody has decided since."""
    decided = [act for act in acts if act.kind == DECISION]
    if not decided:
        return
    last = max(decided, key=lambda act: (act.at, act.id))
    body: DecisionBody = last.deed
    lists = [c.id.removeprefix(_LIST) for c in body.screened if c.id.startswith(_LIST)]
    if lists and fold(acts, (), _WHO, now, law).person not in LETS_GO:
        what = text("queue.hit", lists=", ".join(lists))
        yield QueueLine(Kind.HIT, what, _name(acts), last.at, last.thread, act=last.id)


def reviews(acts: Sequence[Act], now: datetime, deadlines: Deadlines) -> Iterator[QueueLine]:
    """Joint reviews that stand open, with the clock of the level they are at."""
    for one in fold_reviews(acts, deadlines):
        what = text(f"queue.level.{one.level(now)}")
        yield QueueLine(Kind.CONFLICT, what, _name(acts), one.opened, one.thread, one.until(now), one.act)


def rerun_line(lines: Sequence[RerunLine], mode: ModeState) -> Iterator[QueueLine]:
    """That not everybody who was cleared in degraded mode has been run again, and until when they are to be."""
    left = [line for line in lines if not line.done]
    if left and mode.left_at is not None:
        who = ", ".join(line.who for line in left[:3])
        what = text("queue.rerun", count=len(left))
        yield QueueLine(Kind.RERUN, what, who, mode.left_at, THREAD, mode.rerun_by)


def sources(
    book: Rulebook, officers: Sequence[Officer], rules: TwoPersonRules, case: Callable[[str], Case]
) -> tuple[Source, ...]:
    """All of them, and those of cases. `officers` are who may be asked to confirm something, `case` reads a case."""
    law = book.law
    return (
        partial(emergencies, law=law),
        late_hits,
        partial(disagreements, law=law),
        partial(second_words, law=law, officers=officers, rules=rules),
        partial(ended_authority, law=law),
        partial(hits, law=law),
        partial(reviews, deadlines=book.deadlines),
        partial(cases, read=case),
    )


def _name(acts: Sequence[Act]) -> str:
    """Whom it is about, as on the document of a decision."""
    bodies = [act.deed for act in acts if act.kind == DECISION]
    return bodies[-1].crossing.document.display_name if bodies else ""
