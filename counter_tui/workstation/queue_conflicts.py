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
from ..domain.words import AGENCY_OF, Basis, Direction

if TYPE_CHECKING:
    from ..domain.acts import Act
    from ..domain.entries import DecisionBody
    from ..domain.joint.state import Conflict
    from ..domain.outcome import Judgement
    from ..domain.sections import Subject
    from ..domain.words import Agency, Verdict

_WHO = Circumstances(Direction.ENTRY)


@dataclass(frozen=True, slots=True)
class Side:
    """One act of a conflict. `at` is by its own counter's clock; `by` and `second` are names, "" where there is none.

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

    @property
    def strictest(self) -> Verdict:
        """The most restrictive of its verdicts."""
        return max(judged.verdict for judged in self.verdicts)


@dataclass(frozen=True, slots=True)
class ConflictView:
    """What is shown of one conflict: the side of this counter first, if it is one; the strictest is in force."""

    thread: str
    who: str
    nationality: str
    subject: Subject
    in_force: Verdict
    acts: tuple[str, ...]
    here: Side
    there: tuple[Side, ...]
    review: OpenReview | None = None


def conflict_views(
    acts: Sequence[Act], counter: str, name_of: Callable[[str], str], now: datetime, to: AbstractSet[Agency]
) -> tuple[ConflictView, ...]:
    """The conflicts of a thread as who acts for these agencies sees them: a note is its own agency's.

    `counter` is this one, `name_of` tells a person's name of an officer's id.
    """
    by_id = {act.id: act for act in acts if act.kind == DECISION}
    reviews = {review.subject: review for review in fold_reviews(acts)}
    found = []
    for conflict in fold(acts, (), _WHO, now).conflicts:
        sides = sorted(
            (_side(by_id[one], conflict, name_of, to) for one in conflict.acts), key=lambda s: _order(s, counter)
        )
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
                reviews.get(conflict.subject),
            )
        )
    return tuple(found)


def _order(side: Side, counter: str) -> tuple[bool, datetime, str]:
    return side.counter != counter, side.at, side.act


def _side(act: Act, conflict: Conflict, name_of: Callable[[str], str], to: AbstractSet[Agency]) -> Side:
    body: DecisionBody = act.deed
    judged = [j for j in body.judgements if j.subject == conflict.subject]
    about = [j if AGENCY_OF[j.authority] in to else replace(j, note="") for j in judged]
    officers = [j for j in about if j.basis is not Basis.RULE]
    return Side(
        act=act.id,
        counter=act.counter,
        by=name_of(act.officer),
        second=name_of(act.second.officer) if act.second is not None else "",
        at=act.at,
        verdicts=tuple(officers or about),
        lists=tuple(version for stamp in body.stamps for version in stamp.versions),
        rules=body.rules,
    )
