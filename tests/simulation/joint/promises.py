"""What holds of every history, asked apart from how the fold does it: slowly, from the acts themselves."""

import random
from dataclasses import replace
from datetime import timedelta

from counter_tui.domain.acts import Act, Means
from counter_tui.domain.entries import DECISION
from counter_tui.domain.joint.deeds import Why
from counter_tui.domain.joint.fold import fold
from counter_tui.domain.joint.state import JointState
from counter_tui.domain.outcome import PERSON, Judgement
from counter_tui.domain.sections import Contribution, Subject
from counter_tui.domain.words import Authority, Basis, Direction, Outcome, SourceState, SubjectKind, Verdict

from .histories import AUTHORITIES, RULES, Told

LEAST = {
    Outcome.CLEAR: 0,
    Outcome.CLEAR_COND: 1,
    Outcome.PENDING: 2,
    Outcome.REFER: 3,
    Outcome.HOLD: 4,
    Outcome.PROTECT: 4,
    Outcome.CONSULT: 4,
    Outcome.REFUSE: 5,
    Outcome.HANDOVER: 6,
    Outcome.ESCORTED_CARE: 7,
}
GO = (Outcome.CLEAR, Outcome.CLEAR_COND)


def _speaks(judged: Judgement) -> bool:
    """Whether a verdict is an authority's own word: an officer's, or a delegate's that stops somebody."""
    delegated = judged.basis is Basis.DELEGATED and judged.verdict > Verdict.PENDING
    return judged.basis is Basis.OFFICER or delegated


class Asked:
    """One history, looked at act by act."""

    def __init__(self, told: Told) -> None:
        self.told = told
        self.by_id = {act.id: act for act in told.acts}
        self.told_outcome: tuple[tuple[Subject, Outcome], ...] = ()
        self._knew: dict[str, set[str]] = {}

    def knew(self, later: str) -> set[str]:
        """All that an act knew of: what it names, what its counter did before, and what those knew."""
        if later not in self._knew:
            self._knew[later] = set()
            act = self.by_id[later]
            before = [a.id for a in self.told.acts if a.counter == act.counter and a.sequence < act.sequence]
            for one in (*act.after, *before):
                if one in self.by_id:
                    self._knew[later] |= {one} | self.knew(one)
        return self._knew[later]

    def two(self, act: Act) -> bool:
        """Whether two signed it: beside each other, or as the second has confirmed, or still may after a call."""
        second = act.second
        if second is None or second.officer in ("", act.officer):
            return False
        if second.means is Means.BESIDE:
            return True
        said = [
            one.deed.agreed
            for one in self.told.acts
            if one.kind == "confirmation"
            and (one.deed.act, one.officer) == (act.id, second.officer)
            and act.id in self.knew(one.id)
            and not self.gone(one.id)
        ]
        if said:
            return all(said)
        in_time = self.told.now - act.at < self.told.law.confirm_within
        return second.means is Means.TELEPHONE and second.answer != "" and in_time

    def gone(self, id_: str) -> bool:
        """Whether an act was taken back by somebody who could, and that was not taken back itself."""
        return any(
            act.kind == "correction" and act.deed.act == id_ and self._takes_back(act) and not self.gone(act.id)
            for act in self.told.acts
        )

    def _takes_back(self, act: Act) -> bool:
        named = self.by_id.get(act.deed.act)
        if named is None or named.id not in self.knew(act.id):
            return False
        if act.deed.why is Why.UNDO:
            seconds = (act.at - named.at).total_seconds()
            return act.counter == named.counter and act.officer == named.officer and 0 <= seconds <= 60
        held = named.kind == DECISION and any(
            j.verdict >= Verdict.HOLD and j.basis is not Basis.RULE for j in named.deed.judgements
        )
        return not held or (self.two(act) and act.second is not None and act.second.means is Means.BESIDE)

    def answer(self, id_: str) -> str:
        """`no` where anybody who may said no, `yes` where all said yes, "" where nobody did."""
        said = [
            act.deed.agreed
            for act in self.told.acts
            if act.kind == "confirmation"
            and act.deed.act == id_
            and not self.gone(act.id)
            and id_ in self.knew(act.id)
            and act.officer != self.by_id[id_].officer
            and self._may_answer(act.officer, self.by_id[id_])
        ]
        return "" if not said else "yes" if all(said) else "no"

    def _may_answer(self, officer: str, act: Act) -> bool:
        """Of an override that names who is to confirm it: whether this is one of them."""
        if act.kind != "override":
            return True
        named = {act.deed.confirmer, act.second.officer if act.second is not None else ""} - {""}
        return not named or officer in named

    def doubted(self, id_: str) -> bool:
        """Whether it was recorded under authority that had ended, and nobody else has said that it holds."""
        named = any(act.kind == "question" and act.deed.act == id_ for act in self.told.acts)
        return named and self.answer(id_) != "yes"

    def set_aside(self, rule: str) -> bool:
        """Whether a rule's result is overridden as of now, by who may."""
        for act in self.told.acts:
            if act.kind != "override" or act.deed.rule != rule or self.gone(act.id):
                continue
            if act.deed.action in self.told.law.never or self.answer(act.id) == "no":
                continue
            if self.told.now.isoformat() >= act.deed.until:
                continue
            asked = bool(act.deed.confirmer) and self.told.now.isoformat() < act.deed.confirm_by
            if self.two(act) or self.answer(act.id) == "yes" or asked:
                return True
        return False

    def said(self, authority: Authority, subject: Subject) -> list[tuple[Act, Judgement]]:
        """What was said of it for this authority and not taken back; a delegated clearance is no word of it."""
        return [
            (act, judged)
            for act in self.told.acts
            if act.kind == DECISION and not self.gone(act.id)
            for judged in act.deed.judgements
            if (judged.authority, judged.subject) == (authority, subject) and _speaks(judged)
        ]

    def releases(self, act: Act, judged: Judgement) -> bool:
        """Whether a verdict releases a hold."""
        two = self.two(act) or not self.told.law.release_takes_two
        return judged.reason.startswith("release.") and two and not self.doubted(act.id)


def broken(told: Told, chance: random.Random) -> str:
    """The name of a promise that this history breaks; "" where it breaks none."""
    state = fold(told.acts, told.sections, told.who, told.now, told.law)
    asked = Asked(told)
    asked.told_outcome = state.outcome
    for name, holds in (
        ("same in any order", _any_order(told, state, chance)),
        ("no hold is passed", _holds_stand(asked, state)),
        ("nothing required is missing", _all_spoke(asked, state)),
        ("a citizen is not refused", _citizen(told, state)),
        ("never overridden", _never(told, state)),
        ("no timer lets go", _time(told, state)),
        ("what disagrees is shown", _shown(asked, state)),
        ("notes say nothing", _projected(told, state)),
        ("less is known, not otherwise", _counters_agree(told)),
        ("the law's clamps", _clamped(told, state)),
        ("what was taken back is known", _known_back(asked, state)),
        ("a refusal takes two", _refused(asked, state)),
        ("set aside by who may", set(state.overridden) == {rule.id for rule in RULES if asked.set_aside(rule.id)}),
        ("doubted until reviewed", set(state.unreviewed) == {a.id for a in told.acts if asked.doubted(a.id)}),
        ("nobody is let go in doubt", _not_in_doubt(asked, state)),
        ("rules as they were last", _rules_last(asked, state)),
    ):
        if not holds:
            return name
    return ""


def _any_order(told: Told, state: JointState, chance: random.Random) -> bool:
    acts = [*told.acts, *chance.sample(told.acts, min(2, len(told.acts)))]
    chance.shuffle(acts)
    return fold(acts, told.sections, told.who, told.now, told.law) == state


def _lets_go(state: JointState, subject: Subject) -> bool:
    return dict(state.outcome).get(subject) in GO


def _holds_stand(asked: Asked, state: JointState) -> bool:
    """A hold stands until its own authority releases it knowing of it; what a rule found, until somebody knew of it."""
    for subject, outcome in state.outcome:
        for authority in AUTHORITIES:
            said = asked.said(authority, subject)
            for act, judged in said:
                released = any(act.id in asked.knew(a.id) and asked.releases(a, j) for a, j in said)
                if judged.verdict >= Verdict.HOLD and not released and LEAST[outcome] < LEAST[Outcome.HOLD]:
                    return False
        if not all(_rule_stands(asked, rule, outcome) for s in asked.told.sections for rule in s.contributions):
            return False
    return True


def _rule_stands(asked: Asked, rule: Contribution, outcome: Outcome) -> bool:
    if dict(asked.told_outcome).get(rule.subject) is not outcome or asked.set_aside(rule.id):
        return True
    said = asked.said(rule.authority, rule.subject)
    if rule.verdict >= Verdict.HOLD:
        return LEAST[outcome] >= LEAST[Outcome.HOLD] or any(asked.releases(act, judged) for act, judged in said)
    knew = any(any(c.id == rule.id for c in act.deed.leaned) for act, _ in said)
    return outcome not in GO or rule.verdict <= Verdict.CLEAR_COND or knew


def _all_spoke(asked: Asked, state: JointState) -> bool:
    """Who goes was let go by every authority: by an officer who may, by delegation, or by a rule that was asked."""
    if not _lets_go(state, PERSON):
        return True
    for section in asked.told.sections:
        if section.source is not SourceState.NOT_CHECKED:
            continue
        spoke = [
            act
            for act in asked.told.acts
            if act.kind == DECISION and not asked.gone(act.id) and not asked.doubted(act.id)
            for j in act.deed.judgements
            if j.authority is section.authority and j.subject == PERSON and j.basis is not Basis.RULE
        ]
        if not spoke:
            return False
    return True


def _citizen(told: Told, state: JointState) -> bool:
    refused = dict(state.outcome).get(PERSON) is Outcome.REFUSE
    return not (refused and told.who.citizen and told.who.direction is Direction.ENTRY)


def _never(told: Told, state: JointState) -> bool:
    without = [a for a in told.acts if a.kind != "override" or a.deed.action not in told.law.never]
    known = {a.id for a in without}
    kept = [a for a in without if a.kind != "correction" or a.deed.act in known]
    if len(kept) != len(without) or any(set(a.after) - known for a in kept):
        return True  # others knew of it: that history is another one
    return fold(kept, told.sections, told.who, told.now, told.law).outcome == state.outcome


def _time(told: Told, state: JointState) -> bool:
    later = fold(told.acts, told.sections, told.who, told.now + timedelta(days=2), told.law)
    then = dict(later.outcome)
    # a refusal that the second person does not confirm comes down to a hold, and no further
    return all(LEAST[then[one]] >= min(LEAST[outcome], LEAST[Outcome.HOLD]) for one, outcome in state.outcome)


def _shown(asked: Asked, state: JointState) -> bool:
    """Two that stand, given apart by the same authority on the same thing and not the same, are a conflict."""
    shown = {act for conflict in state.conflicts for act in conflict.acts}
    for authority in AUTHORITIES:
        for subject in {j.subject for a in asked.told.acts if a.kind == DECISION for j in a.deed.judgements}:
            said = asked.said(authority, subject)
            last = [
                (act, j)
                for act, j in said
                if not any(act.id in asked.knew(other.id) for other, _ in said) and not asked.doubted(act.id)
            ]
            for act, judged in last:
                for other, others in last:
                    differ = (judged.verdict is not others.verdict) and Verdict.REFUSE not in (
                        judged.verdict,
                        others.verdict,
                    )
                    settled = any(
                        s.kind == "settlement" and s.deed.subject == subject and {act.id, other.id} <= asked.knew(s.id)
                        for s in asked.told.acts
                    )
                    if differ and not settled and not {act.id, other.id} <= shown:
                        return False
    return True


def _projected(told: Told, state: JointState) -> bool:
    acts = [
        replace(a, deed=replace(a.deed, judgements=tuple(replace(j, note="") for j in a.deed.judgements)))
        if a.kind == DECISION
        else a
        for a in told.acts
    ]
    return fold(acts, told.sections, told.who, told.now, told.law).outcome == state.outcome


def _counters_agree(told: Told) -> bool:
    """Who holds the same gets the same; who holds less misses it by name."""
    for held in told.held:
        state = fold(held, told.sections, told.who, told.now, told.law)
        named = {one for act in held for one in act.after}
        if set(state.missing) != named - {act.id for act in held}:
            return False
    return True


def _clamped(told: Told, state: JointState) -> bool:
    person = dict(state.outcome).get(PERSON)
    worst = max((j.verdict for j in state.judgements if j.subject == PERSON), default=None)
    if person is None or worst is None:
        return person is None
    if told.who.medical_emergency:
        return person is Outcome.ESCORTED_CARE
    if worst >= Verdict.HOLD and told.who.diplomat:
        return person is Outcome.CONSULT
    if worst is Verdict.HOLD and told.who.minor_or_victim:
        return person is Outcome.PROTECT
    return LEAST[person] >= min(int(worst), int(Verdict.HOLD))


def _known_back(asked: Asked, state: JointState) -> bool:
    return {act.id for act in asked.told.acts if asked.gone(act.id)} == set(state.corrected)


def _refused(asked: Asked, state: JointState) -> bool:
    """No officer's REFUSE stands that one person signed alone, where the law asks for two."""
    if not asked.told.law.refusal_takes_two:
        return True
    return not any(
        one.act
        and one.judgement.verdict is Verdict.REFUSE
        and one.judgement.basis is not Basis.RULE
        and _keeps_out(one.judgement, asked.told.who.direction)
        and not asked.two(asked.by_id[one.act])
        for one in state.standing
    )


def _keeps_out(judged: Judgement, direction: Direction) -> bool:
    """A person who comes in, or a travel document; other things are refused by one."""
    kind = judged.subject.kind
    return kind is SubjectKind.DOCUMENT or (kind is SubjectKind.PERSON and direction is Direction.ENTRY)


def _not_in_doubt(asked: Asked, state: JointState) -> bool:
    spoken = [one for one in state.standing if one.act and one.judgement.basis is not Basis.RULE]
    return not any(asked.doubted(one.act) and one.judgement.verdict < Verdict.PENDING for one in spoken)


def _rules_last(asked: Asked, state: JointState) -> bool:
    """Without a section, and with no word of an officer, what was recorded last of a rule is in force."""
    held = {section.authority for section in asked.told.sections}
    for one in state.standing:
        judged = one.judgement
        if judged.authority in held or judged.basis is not Basis.RULE:
            continue
        recorded = [
            (act, j)
            for act in asked.told.acts
            if act.kind == DECISION and not asked.gone(act.id)
            for j in act.deed.judgements
            if j.basis is Basis.RULE and (j.authority, j.subject) == (judged.authority, judged.subject)
        ]
        last = [j for act, j in recorded if not any(act.id in asked.knew(other.id) for other, _ in recorded)]
        if judged.verdict is not max(j.verdict for j in last):
            return False
    return True
