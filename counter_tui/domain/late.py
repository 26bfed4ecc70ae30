"""What came late of a release: a hit on a newer list, what an authority reports since, a hold of another counter.

A release is a decision after which the traveller could go, as far as was known where it was given. Which counter gave
it makes no difference.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum
from hashlib import sha256
from typing import TYPE_CHECKING, Final

from .entries import DECISION
from .identity import hit_key
from .joint.fold import fold
from .joint.history import History
from .outcome import PERSON, Circumstances
from .standing import by_time, standing
from .whereabouts import CORRECTION
from .words import AGENCY_OF, Agency, Basis, Outcome, SubjectKind, Verdict

if TYPE_CHECKING:
    from datetime import datetime

    from .acts import Act
    from .entries import DecisionBody, SourceStamp
    from .screened import ScreeningRules
    from .screening.model import ListAnswer
    from .sections import Section

WITHIN: Final = timedelta(days=7)
"""Whoever was released longer ago is not looked for from a counter."""
LETS_GO: Final = frozenset({Outcome.CLEAR, Outcome.CLEAR_COND, Outcome.ESCORTED_CARE})
_LIST_ID: Final = "list/"


class Cause(StrEnum):
    """What came late."""

    LIST = "list"
    """A hit on a newer version of a list."""
    SECTION = "section"
    """What an authority reports now, and did not then."""
    VERDICT = "verdict"
    """A hold or more that an officer elsewhere gave knowing of the release."""


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


@dataclass(frozen=True, slots=True)
class Release:
    """The last decision on a crossing that let the traveller go, among all `acts` of the crossing.

    `stands`: nobody has decided otherwise since, knowing of it.
    """

    act: Act
    acts: Sequence[Act]
    stands: bool

    @property
    def body(self) -> DecisionBody:
        """What was decided."""
        body: DecisionBody = self.act.deed
        return body


def find_release(acts: Sequence[Act], country: str, now: datetime) -> Release | None:
    """The last release of a crossing; None where nobody let the traveller go. `country` is the post's own."""
    history = History(acts)
    decided = [act for act in history.acts if act.kind == DECISION and _of_person(act.deed)]
    if not decided:
        return None
    crossing = decided[0].deed.crossing
    who = Circumstances(crossing.direction, citizen=crossing.document.nationality == country)
    if any(act.kind == CORRECTION for act in history.acts):
        void = fold(acts, (), who, now).corrected
        decided = [act for act in decided if act.id not in void]
    for act in reversed(by_time(decided)):
        known = [one for one in history.acts if one.id == act.id or history.knew(act.id, one.id)]
        if fold(known, (), who, now).person in LETS_GO:
            return Release(act, acts, stands=act in standing(history, decided))
    return None


def _of_person(body: DecisionBody) -> bool:
    return any(judged.subject.kind is SubjectKind.PERSON for judged in body.judgements)


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


def due(body: DecisionBody, held: Mapping[str, int], asked: Mapping[str, int]) -> frozenset[str]:
    """The lists that are held here in a newer version than was asked about this person, then or since.

    All three are versions by list: those the decision leaned on, those `held`, those `asked` about since.
    """
    then = list_versions(body.stamps)
    newer = (name for name, version in held.items() if version > max(then.get(name, 0), asked.get(name, 0)))
    return frozenset(newer)
