"""Late hits: what is found of somebody after they were released, and the recall that comes of it until it is settled.

Nothing that was decided is rewritten. Whoever was released since a list's version is screened again when a newer one
comes; a hit, or a verdict that comes late, is a task in the crossing's thread: who, where last seen, the versions then
and now, what to do. Acts settle it; where two that were said apart disagree it stays open.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from typing import TYPE_CHECKING, Final, Self

from .acts import Deed
from .joint.history import History
from .late import Late
from .mode import by_two
from .standing import by_time, standing
from .words import Agency, Role

if TYPE_CHECKING:
    from .acts import Act
    from .crossings import Crossing
    from .posts import Officer

KIND: Final = "recall"


class RecallStep(StrEnum):
    """What was said of a late hit."""

    RAISED = "raised"
    FOUND = "found"
    LEFT_POST = "left-post"
    NOT_THIS_PERSON = "not-this-person"
    HANDED_OVER = "handed-over"


SETTLES: Final = frozenset({RecallStep.LEFT_POST, RecallStep.NOT_THIS_PERSON, RecallStep.HANDED_OVER})
"""After these nobody at the post has anything left to do."""


@dataclass(frozen=True, slots=True, repr=False)
class Chased:
    """Who is looked for: as on the document, and where and when they were released."""

    name: str
    nationality: str
    number: str
    lane: str
    released: str
    """ISO 8601 UTC."""

    def __repr__(self) -> str:
        """Without the person."""
        return "Chased()"


@dataclass(frozen=True, slots=True, repr=False)
class RecallDeed(Deed):
    """A step of a recall. `late` and `who` where it is raised; `task`, the id of the raising act, with any other.

    `decision` is the act that released them.
    """

    step: RecallStep
    task: str = ""
    late: Late | None = None
    who: Chased | None = None
    decision: str = ""
    agency: Agency | None = None
    note: str = ""

    def __repr__(self) -> str:
        """Without the person."""
        return f"RecallDeed({self.step.value})"

    def needs_second(self) -> bool:
        """That a hit is not this person takes two."""
        return self.step is RecallStep.NOT_THIS_PERSON

    def why_not(self, first: Officer, second: Officer | None) -> str:
        """As of a hit at the counter: a supervisor among them, and the agency whose list it is."""
        why = Deed.why_not(self, first, second)
        if why or second is None or not self.needs_second():
            return why
        if Role.SUPERVISOR not in {first.role, second.role}:
            return "identity.no-supervisor"
        if self.agency is not None and self.agency not in first.acts_for | second.acts_for:
            return "identity.other-agency"
        return ""

    def seen_by(self, to: AbstractSet[Agency]) -> Self | None:
        """What to do is everybody's; the entry and the note are the agency's own."""
        if self.agency is None or self.agency in to:
            return self
        late = replace(self.late, ref="") if self.late is not None else None
        return replace(self, late=late, note="")


@dataclass(frozen=True, slots=True)
class RecallTask:
    """A late hit as it stands: the act that raised it, where it has come, and by which acts.

    `disputed`: people said apart what does not agree; it stays open.
    """

    id: str
    thread: str
    at: datetime
    late: Late
    who: Chased
    step: RecallStep
    by: tuple[str, ...] = ()
    disputed: bool = False

    def seen_by(self, to: AbstractSet[Agency]) -> RecallTask:
        """What who acts for these agencies sees of it."""
        return self if self.late.agency in to else replace(self, late=replace(self.late, ref=""))

    @property
    def open(self) -> bool:
        """Whether something is left to be done at the post."""
        return self.disputed or self.step not in SETTLES


def chased(crossing: Crossing, released: str) -> Chased:
    """Who is to be looked for; `released` is ISO 8601 UTC."""
    document = crossing.document
    return Chased(document.display_name, document.nationality, document.number, crossing.lane, released)


def raised(late: Late, who: Chased, decision: str) -> RecallDeed:
    """The deed that raises a late hit."""
    return RecallDeed(RecallStep.RAISED, late=late, who=who, decision=decision, agency=late.agency)


# -- what became of it ------------------------------------------------------------------------------------------------


def fold_recalls(acts: Iterable[Act]) -> tuple[RecallTask, ...]:
    """The late hits of a thread, or of several, the earliest first, in whatever order the acts came.

    One that two counters raised is one task. A word that takes two people and has one signature is none.
    """
    threads: dict[str, list[Act]] = {}
    for act in acts:
        threads.setdefault(act.thread, []).append(act)
    found = [task for thread in sorted(threads) for task in _in_thread(threads[thread])]
    return tuple(sorted(found, key=lambda task: (task.at, task.id)))


def _in_thread(thread: Sequence[Act]) -> Iterator[RecallTask]:
    history = History(thread)
    told = [act for act in history.acts if act.kind == KIND]
    first: dict[tuple[str, str, str], list[Act]] = {}
    for act in by_time(told):
        if act.deed.step is RecallStep.RAISED and act.deed.late is not None and act.deed.who is not None:
            first.setdefault(act.deed.late.key, []).append(act)
    for raisings in first.values():
        ids = {act.id for act in raisings}
        said = [act for act in told if act.deed.task in ids and act.id not in ids and _counts(act)]
        yield _task(raisings[0], by_time(standing(history, said)))


def _counts(act: Act) -> bool:
    deed: RecallDeed = act.deed
    return deed.step is not RecallStep.RAISED and (by_two(act) or not deed.needs_second())


def _task(first: Act, last: Sequence[Act]) -> RecallTask:
    steps = {act.deed.step for act in last}
    step = last[-1].deed.step if last else RecallStep.RAISED
    deed: RecallDeed = first.deed
    assert deed.late is not None
    assert deed.who is not None
    by = tuple(act.id for act in last)
    return RecallTask(first.id, first.thread, first.at, deed.late, deed.who, step, by, disputed=len(steps) > 1)


def is_new(late: Late, tasks: Iterable[RecallTask]) -> bool:
    """Whether nobody has raised this yet, as far as is known here."""
    return late.key not in {task.late.key for task in tasks}
