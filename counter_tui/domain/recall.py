"""Late hits: what is found of somebody after they were released, and the recall that comes of it until it is settled.

Nothing that was decided is rewritten. Whoever was released since a list's version is screened again when a newer one
comes; a hit, or a verdict that comes late, is a task in the crossing's thread: who, where last seen, the versions then
and now, what to do. Acts settle it; where two that were said apart disagree it stays open.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum
from hashlib import sha256
from typing import TYPE_CHECKING, Final, Self

from .acts import Deed
from .entries import DECISION
from .identity import hit_key
from .joint.history import History
from .mode import by_two
from .outcome import PERSON
from .standing import by_time, standing
from .words import AGENCY_OF, Agency, Basis, Role, Verdict

if TYPE_CHECKING:
    from .acts import Act
    from .crossings import Crossing
    from .entries import DecisionBody, SourceStamp
    from .posts import Officer
    from .screened import ScreeningRules
    from .screening.model import ListAnswer
    from .sections import Section

KIND: Final = "recall"
WITHIN: Final = timedelta(days=7)
"""Whoever was released longer ago is not looked for from a counter."""
_LIST_ID: Final = "list/"


class Cause(StrEnum):
    """What came late."""

    LIST = "list"
    """A hit on a newer version of a list."""
    SECTION = "section"
    """What an authority reports now, and did not then."""
    VERDICT = "verdict"
    """A hold or more that an officer elsewhere gave knowing of the release."""


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
class Late:
    """What came late of one release. `source` is a list, or an authority; `ref` its entry, or its contribution.

    `mark` tells entries apart where `ref` is withheld. `then` and `now` are versions of the list; `action` is the code
    of what to do. `agency` is whose it is.
    """

    cause: Cause
    source: str
    ref: str
    mark: str
    agency: Agency
    action: str
    then: int = 0
    now: int = 0

    @property
    def key(self) -> tuple[str, str, str]:
        """What tells one late hit of a crossing from another."""
        return (self.cause.value, self.source, self.mark)

    def __repr__(self) -> str:
        """Without the entry."""
        return f"Late({self.source})"


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


# -- what is late -----------------------------------------------------------------------------------------------------


def list_versions(stamps: Iterable[SourceStamp]) -> dict[str, int]:
    """The versions of the lists that a decision leaned on; 0 for one that was not checked, or pending."""
    found = {}
    for stamp in stamps:
        for list_id, said in stamp.versions:
            number = said.partition(" ")[0]
            found[list_id] = int(number) if number.isascii() and number.isdigit() else 0
    return found


def late_hits(
    body: DecisionBody,
    answers: Sequence[ListAnswer],
    rules: ScreeningRules,
    dismissed: AbstractSet[tuple[str, str, str]] = frozenset(),
) -> Iterator[Late]:
    """The hits of newer versions than the decision leaned on, but for those that two people dismissed."""
    then = list_versions(body.stamps)
    for answer in answers:
        rule, before = rules.lists.get(answer.list), then.get(answer.list, 0)
        if rule is None or answer.version <= before:
            continue
        for hit in answer.hits:
            if hit_key(hit) not in dismissed:
                action = rules.findings.get(rule.finding).action
                mark = _mark(body.crossing.id, hit.ref)
                yield Late(Cause.LIST, answer.list, hit.ref, mark, rule.agency, action, before, answer.version)


def late_in(body: DecisionBody, sections: Iterable[Section]) -> Iterator[Late]:
    """What authorities report at least as REFER, and the decision did not know of; lists apart."""
    known = {c.id: c.verdict for c in (*body.leaned, *body.screened)}
    for section in sections:
        for c in section.contributions:
            if c.verdict >= Verdict.REFER and known.get(c.id, Verdict.CLEAR) < c.verdict and not _is_list(c.id):
                mark = _mark(body.crossing.id, c.id)
                yield Late(Cause.SECTION, c.authority.value, c.id, mark, AGENCY_OF[c.authority], c.action)


def late_verdicts(acts: Sequence[Act], release: str) -> Iterator[Late]:
    """Holds and more on the person that another counter gave knowing of the release (an act by its id).

    What was given apart from it is a conflict, and is settled as one.
    """
    history = History(acts)
    if release not in {act.id for act in history.acts}:
        return
    counter = release.rpartition("/")[0]
    for act in history.acts:
        if act.kind != DECISION or act.counter == counter or not history.knew(act.id, release):
            continue
        for judged in act.deed.judgements:
            if judged.verdict >= Verdict.HOLD and judged.subject == PERSON and judged.basis is Basis.OFFICER:
                agency = AGENCY_OF[judged.authority]
                mark = _mark(act.thread, act.id)
                yield Late(Cause.VERDICT, judged.authority.value, act.id, mark, agency, judged.verdict.name.lower())


def _mark(crossing: str, ref: str) -> str:
    return sha256(f"{crossing}\n{ref}".encode()).hexdigest()[:16]


def _is_list(contribution: str) -> bool:
    return contribution.startswith(_LIST_ID)


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


def needs_screening(body: DecisionBody, held: Mapping[str, int]) -> bool:
    """Whether a list that is held here is newer than the decision leaned on; `held` are versions by list."""
    then = list_versions(body.stamps)
    return any(version > then.get(list_id, 0) for list_id, version in held.items())
