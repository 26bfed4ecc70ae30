"""The joint decision on a crossing: a fold over its acts that gives the same whatever the order they came in.

Per authority and subject an officer's verdict stands until somebody of that authority gives another *knowing of it*;
verdicts that were given apart stand side by side, and the stricter is in force. A HOLD or more falls only to a release.
Rules speak for an authority where no officer of it did, and against its officer where they found what that officer did
not know of. Then the most restrictive verdict per subject, and the clamps of law.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import UTC, datetime, timedelta
from typing import Final

from ..acts import Act, Means
from ..delegation import without_authority
from ..entries import DECISION, DecisionBody
from ..matters import by_two as elsewhere_by_two
from ..outcome import Circumstances, Judgement, automatic, joint_outcome, order_of, releases
from ..sections import Contribution, Section, Subject
from ..two_persons import refusal_matter
from ..waiting import still_asked
from ..words import Authority, Basis, SourceState, Verdict
from .deeds import Confirmation, Correction, Override, Settlement, Why
from .history import History
from .state import LAWLESS, Conflict, JointState, Law, Standing, Waiting

UNDO_WITHIN: Final = timedelta(seconds=60)
_LONG_AGO: Final = datetime.min.replace(tzinfo=UTC)
Key = tuple[Authority, Subject]


def fold(
    acts: Iterable[Act], sections: Sequence[Section], who: Circumstances, now: datetime, law: Law = LAWLESS
) -> JointState:
    """The state of a crossing. `acts` are of its thread, whole or in part; `sections` what rules say as of `now`.

    Of an authority without a section counts what its rules were recorded to say.
    """
    return _Fold(History(acts), sections, who, now, law).state()


class _Fold:
    """One fold; every step reads what those before it found."""

    def __init__(
        self, history: History, sections: Sequence[Section], who: Circumstances, now: datetime, law: Law
    ) -> None:
        self.history, self.sections, self.who, self.now, self.law = history, sections, who, now, law
        self.by_id = {act.id: act for act in history.acts}
        self.decided = [act for act in history.acts if act.kind == DECISION]
        self.corrected = self._corrected()
        self.said: dict[str, list[Act]] = {}
        self.confirmed = self._answers()
        self.overridden, self.waiting = self._overridden()
        self.questioned = self._questioned()

    # -- acts about acts --------------------------------------------------------------------------------------------

    def _answers(self) -> dict[str, bool]:
        """What was said of acts that were to be confirmed: where two disagree, no."""
        found: dict[str, bool] = {}
        for act in self.history.acts:
            if act.kind == "confirmation" and self._confirms(act):
                found[act.deed.act] = act.deed.agreed and found.get(act.deed.act, True)
                self.said.setdefault(act.deed.act, []).append(act)
        return found

    def _confirms(self, act: Act) -> bool:
        """Nobody confirms what they did themselves, what they do not know of, or what another is named for."""
        if act.kind != "confirmation" or act.id in self.corrected:
            return False
        deed: Confirmation = act.deed
        named = self.by_id.get(deed.act)
        if named is None or named.officer == act.officer or not self.history.knew(act.id, named.id):
            return False
        return act.officer in _asked(named) if named.kind == "override" and _asked(named) else True

    def _corrected(self) -> dict[str, str]:
        """The acts that count no more, each with the correction that says so."""
        found: dict[str, str] = {}
        for act in reversed(self.history.acts):  # a correction that was itself taken back takes nothing back
            if act.kind == "correction" and act.id not in found and self._corrects(act):
                found.setdefault(act.deed.act, act.id)
        return found

    def _corrects(self, act: Act) -> bool:
        deed: Correction = act.deed
        named = self.by_id.get(deed.act)
        if named is None or not self.history.knew(act.id, named.id):
            return False
        if deed.why is Why.UNDO:
            return (
                named.counter == act.counter
                and named.officer == act.officer
                and timedelta(0) <= act.at - named.at <= UNDO_WITHIN
            )
        return not _holds(named) or (by_two(act) and not _elsewhere(act))

    def _by_two(self, act: Act) -> bool:
        """Whether a second person signed it; one who is elsewhere, as `matters.by_two` has it."""
        second = act.second
        if second is None or not _elsewhere(act):
            return by_two(act)
        said = [one.deed.agreed for one in self.said.get(act.id, ()) if _is_of(one, act)]
        answer = all(said) if said else None
        return elsewhere_by_two(act.officer, second, act.at, self.now, answer=answer, within=self.law.confirm_within)

    def _overridden(self) -> tuple[dict[str, str], list[Waiting]]:
        found: dict[str, str] = {}
        waiting = []
        for act in self.history.acts:
            if act.kind != "override" or act.id in self.corrected or act.deed.action in self.law.never:
                continue
            deed: Override = act.deed
            answer = self.confirmed.get(act.id)
            if answer is False:
                continue
            stands = self._by_two(act) or answer is True
            if not stands:
                late = _moment(deed.confirm_by) <= self.now
                waiting.append(Waiting(act.id, deed.confirmer, deed.confirm_by, late))
                stands = bool(deed.confirmer) and not late
            if stands and self.now < _moment(deed.until):
                found[deed.rule] = act.id
        return found, waiting

    def _named(self) -> Iterator[Waiting]:
        """Decisions, and overrides by telephone, of which the second person, who is elsewhere, has said nothing yet."""
        for act, who in still_asked(self.history.acts):
            if act.kind in {DECISION, "override"} and _elsewhere(act) and act.id not in self.corrected:
                by = act.at + self.law.confirm_within
                yield Waiting(act.id, who, by.isoformat(), late=by <= self.now)

    def _questioned(self) -> frozenset[str]:
        """Acts under an authority that had ended, as the single window says, and that nobody has reviewed since."""
        named = {act.deed.act for act in self.history.acts if act.kind == "question"}
        return frozenset(one for one in named if not self.confirmed.get(one))

    # -- verdicts ---------------------------------------------------------------------------------------------------

    def state(self) -> JointState:
        heads = self._heads()
        standing = self._standing(heads)
        outcome = joint_outcome([one.judgement for one in standing], self.who)
        return JointState(
            outcome=outcome,
            standing=standing,
            conflicts=self._conflicts(heads),
            waiting=(*self.waiting, *self._named()),
            corrected=self.corrected,
            overridden=self.overridden,
            unreviewed=tuple(sorted(self.questioned)),
            heads=self.history.heads,
            missing=self.history.missing,
            ends={act: self.by_id[act].deed.until for act in self.overridden.values()},
        )

    def _heads(self) -> dict[Key, list[Standing]]:
        """What officers said and nobody of their authority has said otherwise knowing of it."""
        said: dict[Key, list[Standing]] = {}
        for act in self.decided:
            if act.id in self.corrected:
                continue
            body: DecisionBody = act.deed
            for judged in body.judgements:
                if judged.basis is not Basis.RULE:
                    key = (judged.authority, judged.subject)
                    said.setdefault(key, []).append(Standing(self._counted(act, judged), act.id))
        return {
            key: [one for one in given if not any(self._replaces(later, one) for later in given)]
            for key, given in said.items()
        }

    def _counted(self, act: Act, judged: Judgement) -> Judgement:
        """The verdict as it counts: of an act that is in question, or lacks a second person, nothing is let go."""
        doubted = act.id in self.questioned or without_authority(self.law.delegations, judged, act)
        if doubted and judged.verdict < Verdict.PENDING:
            return Judgement(judged.authority, judged.subject, Verdict.PENDING, judged.basis, judged.reason)
        takes_two = self.law.refusal_takes_two and refusal_matter(judged, self.who.direction) is not None
        if takes_two and not self._by_two(act):
            return Judgement(judged.authority, judged.subject, Verdict.HOLD, judged.basis, judged.reason)
        return judged

    def _replaces(self, later: Standing, one: Standing) -> bool:
        if later.act == one.act or not self.history.knew(later.act, one.act):
            return False
        if _delegated(later) and not _delegated(one):
            return False  # who speaks in an authority's place does not speak against its own officer
        if one.judgement.verdict < Verdict.HOLD or later.judgement.verdict >= one.judgement.verdict:
            return True
        return self._releases(later)

    def _releases(self, one: Standing) -> bool:
        if not releases(one.judgement) or one.act in self.questioned:
            return False
        return not self.law.release_takes_two or self._by_two(self.by_id[one.act])

    def _standing(self, heads: Mapping[Key, list[Standing]]) -> tuple[Standing, ...]:
        found: list[Standing] = []
        ruled = self._ruled()
        for key in {**ruled, **heads}:
            given, rules = heads.get(key, []), ruled.get(key, [])
            officers = [one for one in given if not _delegated(one)]
            others = [one for one in given if _delegated(one)]
            found_by_rule = any(one.judgement.verdict > Verdict.CLEAR for one, _ in rules if _is_finding(one))
            spoken = officers or ([] if found_by_rule else others)
            against = [one for one, rule in rules if not spoken or self._unknown_to(spoken, one.judgement, rule)]
            left = [] if officers else others  # what covers nothing lowers nothing, either
            found.append(max([*against, *spoken, *left], key=_strictness))
        return tuple(sorted(found, key=lambda one: order_of(one.judgement)))

    def _ruled(self) -> dict[Key, list[tuple[Standing, Contribution | None]]]:
        """What rules say: now, where there is a section; else as it was recorded last, each time apart from others.

        What was recorded is gone where somebody who decided later had the authority's live answer without it.
        """
        found: dict[Key, list[tuple[Standing, Contribution | None]]] = {}
        for section in self.sections:
            named = {c.id: c for c in section.contributions}
            for judged, id_ in automatic_by_id(section):
                if id_ not in self.overridden:
                    found.setdefault((judged.authority, judged.subject), []).append((Standing(judged), named.get(id_)))
        held = {section.authority for section in self.sections}
        recorded: dict[Key, list[Standing]] = {}
        for act in self.decided:
            for judged in act.deed.judgements:
                if judged.basis is Basis.RULE and judged.authority not in held and act.id not in self.corrected:
                    recorded.setdefault((judged.authority, judged.subject), []).append(Standing(judged, act.id))
        for key, given in recorded.items():
            last = [one for one in given if not any(self._is_later(other, one) for other in given)]
            if stands := [(one, None) for one in last if not self._gone(one)]:
                found.setdefault(key, []).extend(stands)
        return found

    def _gone(self, one: Standing) -> bool:
        said, body = one.judgement, self.by_id[one.act].deed
        if said.verdict <= Verdict.CLEAR or not _found(body, said):
            return False
        later = (act for act in self.decided if act.id not in self.corrected and self.history.knew(act.id, one.act))
        return any(
            act.id != one.act and _is_live(act.deed, said.authority) and not _found(act.deed, said) for act in later
        )

    def _is_later(self, other: Standing, one: Standing) -> bool:
        return other.act != one.act and self.history.knew(other.act, one.act)

    def _unknown_to(self, spoken: Sequence[Standing], judged: Judgement, rule: Contribution | None) -> bool:
        """Whether what a rule says stands beside what officers said: they did not know of it, or may not lower it."""
        if judged.verdict >= Verdict.HOLD and all(one.judgement.verdict < judged.verdict for one in spoken):
            return not any(self._releases(one) for one in spoken)
        if rule is None:
            return False
        return not any(knew_of(self.by_id[one.act].deed, rule) for one in spoken)

    # -- what disagrees ---------------------------------------------------------------------------------------------

    def _conflicts(self, heads: Mapping[Key, list[Standing]]) -> tuple[Conflict, ...]:
        by_subject: dict[Subject, list[Standing]] = {}
        for (_, subject), given in heads.items():
            by_subject.setdefault(subject, []).extend(given)
        found = []
        for subject, given in by_subject.items():
            acts = {
                act
                for at, one in enumerate(given)
                for other in given[at + 1 :]
                if self._disagree(one, other)
                for act in (one.act, other.act)
            }
            if acts and not self._settled(subject, acts):
                strictest = max(one.judgement.verdict for one in given if one.act in acts)
                found.append(Conflict(subject, tuple(sorted(acts)), strictest))
        return tuple(sorted(found, key=lambda one: (one.subject.kind, one.subject.id)))

    def _disagree(self, one: Standing, other: Standing) -> bool:
        mine, yours = one.judgement, other.judgement
        if not self.history.apart(one.act, other.act):
            return False
        if mine.authority is yours.authority:
            return mine.verdict is not yours.verdict
        return (mine.verdict <= Verdict.CLEAR_COND) is not (yours.verdict <= Verdict.CLEAR_COND)

    def _settled(self, subject: Subject, acts: set[str]) -> bool:
        for act in self.history.acts:
            deed = act.deed
            if act.kind == "settlement" and act.id not in self.corrected and isinstance(deed, Settlement):
                named = deed.subject == subject and acts <= set(deed.acts)
                if named and all(self.history.knew(act.id, one) for one in acts):
                    return True
        return False


def automatic_by_id(section: Section) -> Iterable[tuple[Judgement, str]]:
    """What an authority's rules say by themselves, each with the id of its contribution, if it is one's."""
    ids = [c.id for c in section.contributions]
    judged = automatic(section)
    return zip(judged, [*ids, *[""] * (len(judged) - len(ids))], strict=True)


def _found(body: DecisionBody, said: Judgement) -> bool:
    """Whether a decision leaned on a finding that asks for what a rule said, or more."""
    held = (c for c in (*body.leaned, *body.screened) if (c.authority, c.subject) == (said.authority, said.subject))
    return any(c.verdict >= said.verdict for c in held)


def _is_live(body: DecisionBody, authority: Authority) -> bool:
    return any(stamp.authority is authority and stamp.source is SourceState.LIVE for stamp in body.stamps)


def knew_of(body: DecisionBody, rule: Contribution) -> bool:
    """Whether a decision was given knowing of what a rule says; what follows from the rules of risk is always known."""
    from ..risk import is_indicator

    if is_indicator(rule):
        return True
    return any(c.id == rule.id and c.verdict >= rule.verdict for c in (*body.leaned, *body.screened))


def by_two(act: Act) -> bool:
    """Whether a second person signed it, who is not the first."""
    return act.second is not None and act.second.officer != act.officer


def _asked(act: Act) -> set[str]:
    """Who is named to confirm an override."""
    return {one for one in (act.deed.confirmer, act.second.officer if act.second is not None else "") if one}


def _elsewhere(act: Act) -> bool:
    """Whether the second person is named and did not sign beside the first."""
    return act.second is not None and act.second.means is not Means.BESIDE


def _is_of(confirmation: Act, act: Act) -> bool:
    """Whether it is the second person's own word on an act."""
    named = act.second.officer if act.second is not None else ""
    return confirmation.deed.act == act.id and confirmation.officer == named


def _delegated(one: Standing) -> bool:
    """Whether it lets go in an authority's place; whoever stops somebody speaks for all."""
    return one.judgement.basis is Basis.DELEGATED and one.judgement.verdict <= Verdict.PENDING


def _is_finding(one: Standing) -> bool:
    return one.judgement.verdict is not Verdict.PENDING


def _holds(act: Act) -> bool:
    return act.kind == DECISION and any(
        j.verdict >= Verdict.HOLD for j in act.deed.judgements if j.basis is not Basis.RULE
    )


def _strictness(one: Standing) -> tuple[Verdict, bool, str]:
    return one.judgement.verdict, one.judgement.basis is Basis.OFFICER, one.act


def _moment(stamp: str) -> datetime:
    """The least time of all for what is none: what rests on it has ended."""
    try:
        found = datetime.fromisoformat(stamp)
    except ValueError:
        return _LONG_AGO
    return found if found.tzinfo is not None else _LONG_AGO
