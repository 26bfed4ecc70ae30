"""What the acts of a case come to: the same in any order of arrival, however often each comes.

Where two counters said different things apart, both are shown, and the stricter counts: a task is not done, a hold
stands, a case is open. A case that was closed without knowing of a hold or a task that came from elsewhere is open.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace as _replace
from datetime import timedelta
from typing import TYPE_CHECKING, Final, TypeVar, cast

from ..confirming import said_by_seconds, signed_by_two
from ..joint.history import History
from ..standing import by_time, standing
from .case import Case, CaseConflict, Hold, Reference, Run, Task, TaskState, Welfare
from .custody import custody_of
from .deeds import (
    CameraSaw,
    CaseDeed,
    Clock,
    ClockSet,
    Closed,
    HoldPlaced,
    HoldReleased,
    HoldReviewed,
    Link,
    LinkCut,
    LinkMade,
    NeedMet,
    NeedStated,
    Opened,
    Reopened,
    Said,
    TaskDeclined,
    TaskDone,
    TaskGiven,
    TaskSeen,
)

if TYPE_CHECKING:
    from ..acts import Act

CASE: Final = "case"
MOST_MINUTES: Final = 7 * 24 * 60
S = TypeVar("S", bound=Said)


def case_of(acts: Iterable[Act], id_: str = "") -> Case:
    """The case of these acts, which are of one thread; `id_` is its id where none of them has come."""
    return _Fold(tuple(acts), id_).case()


def said(act: Act) -> Said:
    """What a case's act says."""
    return cast("CaseDeed", act.deed).said


def minutes(number: int) -> timedelta:
    """So many minutes, within what a case can last."""
    return timedelta(minutes=max(0, min(number, MOST_MINUTES)))


class _Fold:
    def __init__(self, acts: Sequence[Act], id_: str) -> None:
        self.history = History(acts)
        self.acts = tuple(act for act in self.history.acts if act.kind == CASE)
        self.seconds = said_by_seconds(self.history.acts)
        self.id = self.acts[0].thread if self.acts else id_
        self.conflicts: list[CaseConflict] = []

    def case(self) -> Case:
        opened = next(iter(by_time(self._that(Opened))), None)
        tasks, holds = self._tasks(), self._holds()
        custody, conflicts = custody_of(self.history, self.acts)
        self.conflicts += conflicts
        closing = self._closing(tasks, holds)
        case = Case(
            self.id,
            links=self._links(),
            tasks=tasks,
            custody=custody,
            holds=holds,
            needs=self._needs(),
            references=self._references(),
            closed=cast("Closed", said(closing)) if closing else None,
            closed_at=closing.at if closing else None,
            closed_by=closing.officer if closing else "",
            runs=self._runs(opened, closing),
            conflicts=tuple(sorted(self.conflicts, key=lambda one: (one.code, one.acts))),
            heads=self.history.heads,
        )
        return _with_opening(case, opened) if opened else case

    # -- what is said of one thing --------------------------------------------------------------------------------

    def _that(self, *kinds: type[Said]) -> tuple[Act, ...]:
        return tuple(act for act in self.acts if isinstance(said(act), kinds))

    def _first_by(self, kind: type[S], key: Callable[[S], str]) -> dict[str, Act]:
        """The first act of a kind for each key."""
        found: dict[str, Act] = {}
        for act in by_time(self._that(cast("type[Said]", kind))):
            found.setdefault(key(cast("S", said(act))), act)
        return found

    def _links(self) -> tuple[Link, ...]:
        """What anybody says belongs to it, unless somebody who knew that says it does not.

        Of a kind, who was named first stands first: the case is called by them.
        """
        named: dict[tuple[str, str], list[Act]] = {}
        labels: dict[tuple[str, str], Link] = {}
        for act in self._that(Opened, LinkMade, LinkCut):
            for link in _links_of(said(act)):
                key = (link.kind.value, link.id)
                named.setdefault(key, []).append(act)
                if link.label or key not in labels:
                    labels[key] = link
        kept = [key for key, given in named.items() if not self._all(LinkCut, standing(self.history, given))]
        first = {key: min((act.at, act.id) for act in named[key]) for key in kept}
        return tuple(labels[key] for key in sorted(kept, key=lambda key: (key[0], first[key], key[1])))

    @staticmethod
    def _all(kind: type[Said], acts: Iterable[Act]) -> bool:
        return all(isinstance(said(act), kind) for act in acts)

    # -- tasks ------------------------------------------------------------------------------------------------------

    def _tasks(self) -> tuple[Task, ...]:
        given = self._first_by(TaskGiven, lambda one: one.task)
        tasks = [self._task(act) for act in given.values()]
        return tuple(sorted(tasks, key=lambda task: (task.given_at, task.id)))

    def _task(self, act: Act) -> Task:
        what = cast("TaskGiven", said(act))
        about = [a for a in self._that(TaskSeen, TaskDone, TaskDeclined) if _task_of(said(a)) == what.task]
        ends = standing(self.history, [a for a in about if not isinstance(said(a), TaskSeen)])
        state, end = TaskState.GIVEN, None
        if ends:
            declined = [a for a in ends if isinstance(said(a), TaskDeclined)]
            end = by_time(declined or ends)[0]
            state = TaskState.DECLINED if declined else TaskState.DONE
            if len(declined) not in (0, len(ends)):
                self._conflict("case.conflict.task", what.words, ends)
        elif about:
            state = TaskState.SEEN
        limit = minutes(what.minutes) if what.minutes > 0 else None
        seen_at = min((a.at for a in about), default=None)
        task = Task(what.task, what.agency, what.words, what.code, limit, act.at, act.officer, seen_at, state=state)
        if end is None:
            return task
        ended = said(end)
        assert isinstance(ended, TaskDone | TaskDeclined)
        return _replace(task, ended_at=end.at, ended_by=end.officer, note=ended.note)

    # -- holds ------------------------------------------------------------------------------------------------------

    def _holds(self) -> tuple[Hold, ...]:
        placed = self._first_by(HoldPlaced, lambda one: one.hold)
        return tuple(sorted((self._hold(act) for act in placed.values()), key=lambda hold: (hold.placed_at, hold.id)))

    def _hold(self, placed: Act) -> Hold:
        what = cast("HoldPlaced", said(placed))
        about = [act for act in self._that(HoldReviewed, HoldReleased) if self._concerns(act, placed, what)]
        last = standing(self.history, about)
        released = [act for act in last if isinstance(said(act), HoldReleased)]
        reviews = [act for act in last if isinstance(said(act), HoldReviewed)]
        if released and reviews:
            self._conflict("case.conflict.hold", what.link.label, last)
        due = [(act.at + minutes(cast("HoldReviewed", said(act)).review_minutes), act) for act in reviews]
        review_at, review = min(due, key=lambda one: (one[0], one[1].id), default=(None, None))
        return Hold(
            what.hold,
            what.link,
            what.agency,
            what.legal_basis,
            what.doubt,
            what.custodian,
            releaser=cast("HoldReviewed", said(review)).releaser if review else what.releaser,
            placed_at=placed.at,
            placed_by=placed.officer,
            review_at=review_at or placed.at + minutes(what.review_minutes),
            released_at=by_time(released)[-1].at if released and not reviews else None,
            disputed=bool(released and reviews),
            nobody_when_placed=not what.releaser,
        )

    def _concerns(self, act: Act, placed: Act, what: HoldPlaced) -> bool:
        """Its own agency's word, said knowing of the hold; a release takes two people."""
        one = said(act)
        if not isinstance(one, HoldReviewed | HoldReleased) or (one.hold, one.agency) != (what.hold, what.agency):
            return False
        if not self.history.knew(act.id, placed.id):
            return False
        return isinstance(one, HoldReviewed) or signed_by_two(act, self.seconds)

    # -- the rest ---------------------------------------------------------------------------------------------------

    def _needs(self) -> tuple[Welfare, ...]:
        stated = self._first_by(NeedStated, lambda one: one.need)
        met = self._first_by(NeedMet, lambda one: one.need)
        found = []
        for id_, act in stated.items():
            what = cast("NeedStated", said(act))
            found.append(Welfare(id_, what.kind, what.note, act.at, met[id_].at if id_ in met else None))
        return tuple(sorted(found, key=lambda need: (need.stated_at, need.id)))

    def _references(self) -> tuple[Reference, ...]:
        seen = {(one.camera, one.at, one.note) for one in (cast("CameraSaw", said(a)) for a in self._that(CameraSaw))}
        return tuple(Reference(*one) for one in sorted(seen, key=lambda one: (one[1], one[0], one[2])))

    def _closing(self, tasks: Sequence[Task], holds: Sequence[Hold]) -> Act | None:
        """The act that closes it; None while anybody says that it goes on, or work was asked for since, or apart."""
        last = standing(self.history, self._that(Closed, Reopened))
        closed = [act for act in last if isinstance(said(act), Closed)]
        if not closed:
            return None
        if len(closed) < len(last):
            self._conflict("case.conflict.closed", "", last)
            return None
        left = {task.id for task in tasks if task.open} | {hold.id for hold in holds if hold.standing}
        opens = [act for act in self._that(TaskGiven, HoldPlaced) if _opens(said(act)) in left]
        unknown = [act for act in opens if not any(self._ends(one, act) for one in closed)]
        apart = [act for act in unknown if all(self.history.apart(one.id, act.id) for one in closed)]
        if apart:
            self._conflict("case.conflict.closed", "", [*closed, *apart])
        return None if unknown else by_time(closed)[0]

    def _ends(self, closing: Act, opens: Act) -> bool:
        """Whether a closing knew of open work; a hold that stands ends for the case only where it is handed over."""
        one = said(opens)
        passed = not isinstance(one, HoldPlaced) or one.hold in cast("Closed", said(closing)).holds
        return passed and self.history.knew(closing.id, opens.id)

    def _runs(self, opened: Act | None, closing: Act | None) -> tuple[Run, ...]:
        """When each clock ran: from the opening on, until it was stopped, or the case was closed."""
        if opened is None:
            return ()
        return tuple(run for clock in Clock for run in self._runs_of(clock, opened, closing))

    def _runs_of(self, clock: Clock, opened: Act, closing: Act | None) -> Iterable[Run]:
        since = opened.at
        running = True
        end = closing.at if closing else None
        for act in by_time(self._that(ClockSet)):
            what = cast("ClockSet", said(act))
            if what.clock is not clock or what.runs is running or (end is not None and act.at >= end):
                continue
            if running and act.at > since:
                yield Run(clock, since, act.at)
            since, running = max(act.at, since), what.runs
        if running:
            yield Run(clock, since, end)

    def _conflict(self, code: str, about: str, acts: Iterable[Act]) -> None:
        self.conflicts.append(CaseConflict(code, about, tuple(sorted(act.id for act in acts))))


def _links_of(what: Said) -> tuple[Link, ...]:
    if isinstance(what, Opened):
        return what.links
    return (what.link,) if isinstance(what, LinkMade | LinkCut) else ()


def _task_of(what: Said) -> str:
    return what.task if isinstance(what, TaskGiven | TaskSeen | TaskDone | TaskDeclined) else ""


def _opens(what: Said) -> str:
    """The id of the task or hold that it begins."""
    return what.hold if isinstance(what, HoldPlaced) else _task_of(what)


def _with_opening(case: Case, opened: Act) -> Case:
    what = cast("Opened", said(opened))
    return _replace(
        case,
        number=opened.id,
        lead=what.lead,
        opened_at=opened.at,
        opened_by=opened.officer,
        counter=opened.counter,
        reason=what.reason,
        note=what.note,
        entry=what.entry,
        training=opened.training,
        agencies=what.agencies,
    )
