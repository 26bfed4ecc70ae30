"""A crossing retold, act by act: who, when, knowing of what, what their screen showed, under which rules; then what.

Of what was sealed it tells that it was; of notes nothing. The journal's own signatures are checked as it goes.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ..domain.entries import DECISION, DecisionBody
from ..domain.joint.fold import fold
from ..domain.joint.history import History
from ..domain.outcome import Circumstances, Judgement
from ..domain.words import Direction, SourceState, SubjectKind
from ..tui.words import _, clean

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from ..domain.acts import Act
    from ..domain.joint.state import JointState, Law
    from ..domain.posts import Post
    from ..domain.sections import Subject

MARGIN = "  "


class Retelling:
    """The acts of one crossing, in an order in which none comes before what it knew of."""

    def __init__(
        self, acts: Sequence[Act], post: Post, law: Law, names: Callable[[str], str], faults: Mapping[str, str]
    ) -> None:
        """`names`: of an officer, by id. `faults`: what does not hold of an entry, by its id."""
        self._history, self._post, self._law = History(acts), post, law
        self._names, self._faults = names, faults

    def lines(self) -> Iterator[str]:
        """In words, as a person reads them who was not there."""
        for number, act in enumerate(self._history.acts, 1):
            yield from self._told(act)
            state = self._state(self._history.acts[:number])
            yield MARGIN + _("after it: {outcome}").format(outcome=outcome_words(state))
            yield from (MARGIN + one for one in trouble_words(state))
        for id_ in self._history.missing:
            yield _("{id}: known to somebody who decided, and not held here").format(id=clean(id_))

    @property
    def holds(self) -> bool:
        """Whether every signature that was checked does."""
        return not any(act.id in self._faults for act in self._history.acts)

    def _state(self, acts: Sequence[Act]) -> JointState:
        first = next((act.deed.crossing for act in acts if act.kind == DECISION), None)
        direction = first.direction if first is not None else Direction.ENTRY
        citizen = first is not None and first.document.nationality == self._post.country
        who = Circumstances(direction, citizen=citizen)
        return fold(acts, (), who, acts[-1].at, self._law)

    def _told(self, act: Act) -> Iterator[str]:
        at = f"{act.at:%Y-%m-%d %H:%M:%S} UTC"
        who = clean(self._names(act.officer)) if act.officer else _("single window")
        yield f"{clean(act.id)}  {at}  {who}  {_(act.kind)}"
        known = [one for one in act.after if one not in self._history.missing]
        if known:
            yield MARGIN + _("knew of {ids}").format(ids=", ".join(clean(one) for one in known))
        if act.kind == DECISION:
            yield from (MARGIN + one for one in _shown(act.deed))
            yield from (MARGIN + judgement_words(one) for one in act.deed.judgements)
        else:
            yield from (MARGIN + one for one in _deed(act.deed))
        if act.second is not None:
            how = {"second": clean(self._names(act.second.officer)), "means": _(act.second.means.value)}
            yield MARGIN + _("second person: {second}, {means}").format(**how)
        fault = self._faults.get(act.id)
        yield MARGIN + (_("signature: DOES NOT HOLD ({why})").format(why=fault) if fault else _("signature holds"))


def _shown(body: DecisionBody) -> Iterator[str]:
    """What stood on the screen: the view by its digest, the band, and each source with its age and versions."""
    joint = body.joint
    band = f"{_(joint.band.name)} {joint.score}" if joint is not None else _("not recorded")
    yield _("saw view {digest}: {band}; rules {rules}").format(
        digest=body.digest[:12], band=band, rules=clean(body.rules)
    )
    for stamp in body.stamps:
        versions = ", ".join(f"{clean(name)} {clean(version)}" for name, version in stamp.versions)
        aged = stamp.source is SourceState.CACHED and stamp.as_of is not None
        age = f"{stamp.as_of:%Y-%m-%d %H:%M} UTC" if aged else _(stamp.source.value)
        yield f"{_(stamp.authority.value)}: {age}" + (f" ({versions})" if versions else "")


def judgement_words(judged: Judgement) -> str:
    """One verdict: on what, whose, by whom, and the code of its reason."""
    reason = f" ({clean(judged.reason)})" if judged.reason else ""
    whose = f"{_(judged.authority.value)}, {_(judged.basis.value)}"
    return f"{subject_words(judged.subject)}: {_(judged.verdict.name)}, {whose}{reason}"


def subject_words(subject: Subject) -> str:
    """What a verdict is about."""
    kind = _(subject.kind.value)
    return kind if subject.kind is SubjectKind.PERSON or not subject.label else f"{kind} {clean(subject.label)}"


def outcome_words(state: JointState) -> str:
    """What followed for each subject."""
    return " · ".join(f"{subject_words(one)} {_(outcome.value)}" for one, outcome in state.outcome) or _("nothing yet")


def trouble_words(state: JointState) -> Iterator[str]:
    """What disagrees, waits for a word, or is in question."""
    for conflict in state.conflicts:
        yield _("CONFLICT on {subject}: {ids}; in force: {verdict}").format(
            subject=subject_words(conflict.subject),
            ids=", ".join(clean(one) for one in conflict.acts),
            verdict=_(conflict.in_force.name),
        )
    for waiting in state.waiting:
        yield _("{id} is to be confirmed by {who} until {by}").format(
            id=clean(waiting.act), who=clean(waiting.confirmer), by=clean(waiting.by)
        )
    for id_ in state.unreviewed:
        yield _("{id}: recorded under authority that had ended, and not reviewed").format(id=clean(id_))


def _deed(deed: Any) -> Iterator[str]:
    """The fields of a deed that is no decision, in its own names; words that people wrote are left out."""
    for name in getattr(type(deed), "__slots__", ()):
        value = getattr(deed, name)
        if value not in (None, "", (), 0) and name not in {"note", "words", "text"}:
            yield f"{clean(name)}: {clean(getattr(value, 'value', value))}"
