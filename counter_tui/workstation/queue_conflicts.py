"""A conflict side by side, in plain values: what was decided here and there, by whom, when, leaning on what."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, replace
from datetime import datetime
from typing import TYPE_CHECKING

from ..domain.entries import DECISION
from ..domain.joint.fold import fold
from ..domain.outcome import Circumstances
from ..domain.reviewing import OpenReview, fold_reviews
from ..domain.words import AGENCY_OF, Authority, Basis, Direction

if TYPE_CHECKING:
    from ..domain.acts import Act
    from ..domain.deadlines import Deadlines
    from ..domain.entries import DecisionBody
    from ..domain.joint.state import Conflict
    from ..domain.outcome import Judgement
    from ..domain.sections import Subject
    from ..domain.words import Agency, Verdict

_WHO = Circumstances(Direction.ENTRY)


@dataclass(frozen=True, slots=True)
class Side:
    """One act of a conflict. `at` is by its own counter's clock; `by` and `second` are names, "" where there is none.

    `own`: recorded at this counter; else it came here at `learned`, by this counter's clock, where that is known.
    `verdicts` are those on the subject; `lists` what the decision leaned on, list by list, as it was recorded.
    """

    act: str
    counter: str
    by: str
    second: str
    at: datetime
    verdicts: tuple[Judgement, ...]
    lists: tuple[tuple[str, str], ...]
    rules: str
    own: bool = False
    learned: datetime | None = None

    @property
    def strictest(self) -> Verdict:
        """The most restrictive of its verdicts."""
        return max(judged.verdict for judged in self.verdicts)


@dataclass(frozen=True, slots=True)
class ConflictView:
    """What is shown of one conflict: the side of this counter first, if it is one; the strictest is in force.

    `settles` are the authorities whose verdict that is: only they release it, all of them.
    """

    thread: str
    who: str
    nationality: str
    subject: Subject
    in_force: Verdict
    acts: tuple[str, ...]
    here: Side
    there: tuple[Side, ...]
    settles: tuple[Authority, ...] = ()
    review: OpenReview | None = None
    unsigned: tuple[str, ...] = ()
    """The agencies that have not signed the deadlines: all are over at once."""


@dataclass(frozen=True, slots=True)
class Asker:
    """Who looks: at which counter, for which agencies; what is known there of officers' names and of arrivals."""

    counter: str
    to: AbstractSet[Agency]
    name_of: Callable[[str], str]
    heard: Callable[[Act], datetime | None] = lambda _act: None


def conflict_views(acts: Sequence[Act], asker: Asker, now: datetime, deadlines: Deadlines) -> tuple[ConflictView, ...]:
    """The conflicts of a thread as who asks sees them: a note is its own agency's."""
    by_id = {act.id: act for act in acts if act.kind == DECISION}
    reviews = {review.subject: review for review in fold_reviews(acts, deadlines)}
    found = []
    for conflict in fold(acts, (), _WHO, now).conflicts:
        sides = sorted((_side(by_id[one], conflict, asker) for one in conflict.acts), key=_order)
        document = by_id[conflict.acts[0]].deed.crossing.document
        found.append(
            ConflictView(
                acts[0].thread,
                document.display_name,
                document.nationality,
                conflict.subject,
                conflict.in_force,
                conflict.acts,
                sides[0],
                tuple(sides[1:]),
                _settles(sides, conflict.in_force),
                reviews.get(conflict.subject),
                deadlines.unsigned,
            )
        )
    return tuple(found)


def _order(side: Side) -> tuple[bool, datetime, str]:
    return not side.own, side.at, side.act


def _settles(sides: Sequence[Side], in_force: Verdict) -> tuple[Authority, ...]:
    given = {judged.authority for side in sides for judged in side.verdicts if judged.verdict is in_force}
    return tuple(authority for authority in Authority if authority in given)


def _side(act: Act, conflict: Conflict, asker: Asker) -> Side:
    body: DecisionBody = act.deed
    judged = [j for j in body.judgements if j.subject == conflict.subject]
    about = [j if AGENCY_OF[j.authority] in asker.to else replace(j, note="") for j in judged]
    officers = [j for j in about if j.basis is not Basis.RULE]
    own = act.counter == asker.counter
    return Side(
        act=act.id,
        counter=act.counter,
        by=asker.name_of(act.officer),
        second=asker.name_of(act.second.officer) if act.second is not None else "",
        at=act.at,
        verdicts=tuple(officers or about),
        lists=tuple(version for stamp in body.stamps for version in stamp.versions),
        rules=body.rules,
        own=own,
        learned=None if own else asker.heard(act),
    )
