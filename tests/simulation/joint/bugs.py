"""Bugs to plant in the fold, each one that a tired programmer could make: the promises have to catch every one."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from typing import Any

from counter_tui.domain import outcome
from counter_tui.domain.acts import Act
from counter_tui.domain.joint import fold as fold_module
from counter_tui.domain.joint import history as history_module
from counter_tui.domain.joint.deeds import Why
from counter_tui.domain.joint.fold import UNDO_WITHIN, _Fold
from counter_tui.domain.joint.history import History
from counter_tui.domain.joint.state import Standing
from counter_tui.domain.outcome import Judgement
from counter_tui.domain.two_persons import refusal_matter
from counter_tui.domain.words import Basis, Outcome, Verdict

Planted = tuple[object, str, Any]
_fold = {name: vars(_Fold)[name] for name in vars(_Fold) if callable(vars(_Fold)[name])}


def _knows_all(_self: History, later: str, earlier: str) -> bool:
    return later > earlier


def _no_chain(make: Callable[..., None]) -> Callable[..., None]:
    """A history in which acts know what they name, and not what that knew."""

    def init(self: History, acts: Any) -> None:
        make(self, acts)
        known = []
        for act in self.acts:
            mask = 0
            for one in act.after:
                if one in self._at:
                    mask |= 1 << self._at[one]
            known.append(mask)
        self._known = known

    return init


def _replaces_lower(self: _Fold, later: Standing, one: Standing) -> bool:
    return later.act != one.act and self.history.knew(later.act, one.act)


def _replaces_unknowing(self: _Fold, later: Standing, one: Standing) -> bool:
    mine, yours = self.by_id[later.act], self.by_id[one.act]
    if later.act == one.act or (mine.at, mine.id) <= (yours.at, yours.id):
        return False
    return (
        later.judgement.verdict >= one.judgement.verdict
        or self._releases(later)
        or one.judgement.verdict < Verdict.HOLD
    )


def _replaces_by_delegate(self: _Fold, later: Standing, one: Standing) -> bool:
    if later.act == one.act or not self.history.knew(later.act, one.act):
        return False
    if one.judgement.verdict < Verdict.HOLD or later.judgement.verdict >= one.judgement.verdict:
        return True
    return self._releases(later)


def _releases_alone(self: _Fold, one: Standing) -> bool:
    return outcome.releases(one.judgement) and one.act not in self.questioned


def _releases_doubted(self: _Fold, one: Standing) -> bool:
    two = not self.law.release_takes_two or fold_module.by_two(self.by_id[one.act])
    return outcome.releases(one.judgement) and two


def _releases_all(_self: _Fold, _one: Standing) -> bool:
    return True


def _undo_late(self: _Fold, act: Act) -> bool:
    later = replace(act, at=self.by_id[act.deed.act].at) if act.deed.act in self.by_id else act
    return bool(_fold["_corrects"](self, later))


def _undo_others(self: _Fold, act: Act) -> bool:
    named = self.by_id.get(act.deed.act)
    if named is not None and act.deed.why is Why.UNDO and self.history.knew(act.id, named.id):
        return act.at - named.at <= UNDO_WITHIN
    return bool(_fold["_corrects"](self, act))


def _corrects_hold_alone(self: _Fold, act: Act) -> bool:
    named = self.by_id.get(act.deed.act)
    if named is not None and act.deed.why is not Why.UNDO:
        return self.history.knew(act.id, named.id)
    return bool(_fold["_corrects"](self, act))


def _corrects_unknown(self: _Fold, act: Act) -> bool:
    named = self.by_id.get(act.deed.act)
    if named is not None and act.deed.why is not Why.UNDO:
        return not fold_module._holds(named) or fold_module.by_two(act)
    return bool(_fold["_corrects"](self, act))


def _corrected_for_ever(self: _Fold) -> dict[str, str]:
    return {a.deed.act: a.id for a in self.history.acts if a.kind == "correction" and self._corrects(a)}


def _corrected_never(_self: _Fold) -> dict[str, str]:
    return {}


def _confirms_self(self: _Fold, act: Act) -> bool:
    if act.kind != "confirmation" or act.id in self.corrected:
        return False
    named = self.by_id.get(act.deed.act)
    return named is not None and self.history.knew(act.id, named.id)


def _confirms_unknown(self: _Fold, act: Act) -> bool:
    if act.kind != "confirmation" or act.id in self.corrected:
        return False
    named = self.by_id.get(act.deed.act)
    return named is not None and named.officer != act.officer


def _confirms_corrected(self: _Fold, act: Act) -> bool:
    if act.kind != "confirmation":
        return False
    named = self.by_id.get(act.deed.act)
    return named is not None and named.officer != act.officer and self.history.knew(act.id, named.id)


def _answers_last(self: _Fold) -> dict[str, bool]:
    return {act.deed.act: act.deed.agreed for act in self.history.acts if self._confirms(act)}


def _answers_any(self: _Fold) -> dict[str, bool]:
    found: dict[str, bool] = {}
    for act in self.history.acts:
        if self._confirms(act):
            found[act.deed.act] = act.deed.agreed or found.get(act.deed.act, False)
    return found


def _overrides(left_out: str) -> Any:
    """The overriding, with one of its checks left out."""

    def overridden(self: _Fold) -> tuple[dict[str, str], list[Any]]:
        found = {}
        for act in self.history.acts:
            if act.kind != "override" or (left_out != "gone" and act.id in self.corrected):
                continue
            if left_out != "never" and act.deed.action in self.law.never:
                continue
            answer = self.confirmed.get(act.id)
            if answer is False and left_out != "refused":
                continue
            asked = bool(act.deed.confirmer) and (
                left_out == "late" or fold_module._moment(act.deed.confirm_by) > self.now
            )
            stands = fold_module.by_two(act) or answer is True or asked
            if stands and (left_out == "ends" or self.now < fold_module._moment(act.deed.until)):
                found[act.deed.rule] = act.id
        return found, []

    return overridden


def _questioned_never(_self: _Fold) -> frozenset[str]:
    return frozenset()


def _counted_doubted(self: _Fold, act: Act, judged: Judgement) -> Judgement:
    takes_two = refusal_matter(judged, act.deed.crossing.direction) is not None
    if self.law.refusal_takes_two and takes_two and not fold_module.by_two(act):
        return replace(judged, verdict=Verdict.HOLD)
    return judged


def _counted_alone(self: _Fold, act: Act, judged: Judgement) -> Judgement:
    if act.id in self.questioned and judged.verdict < Verdict.PENDING:
        return replace(judged, verdict=Verdict.PENDING)
    return judged


def _unknown_never(_self: _Fold, *_: object) -> bool:
    return False


def _unknown_but_holds(self: _Fold, spoken: Any, judged: Judgement, rule: Any) -> bool:
    return rule is not None and not any(fold_module.knew_of(self.by_id[one.act].deed, rule) for one in spoken)


def _later_any(self: _Fold, other: Standing, one: Standing) -> bool:
    return other.act > one.act


def _disagree_never(_self: _Fold, *_: object) -> bool:
    return False


def _disagree_apart(self: _Fold, one: Standing, other: Standing) -> bool:
    lets = [j.judgement.verdict <= Verdict.CLEAR_COND for j in (one, other)]
    return self.history.apart(one.act, other.act) and lets[0] is not lets[1]


def _settled_by_anybody(self: _Fold, subject: Any, acts: set[str]) -> bool:
    return any(a.kind == "settlement" and a.deed.subject == subject for a in self.history.acts)


def _second_anybody(act: Act) -> bool:
    return act.second is not None


def _two_for_ever(_first: str, second: Any, *_times: object, answer: bool | None, within: object) -> bool:
    return bool(second.answer) if answer is None else answer


def _two_by_anybody(_confirmation: Act, _act: Act) -> bool:
    return bool(_confirmation.deed.act == _act.id)


def _asked_nobody(_act: Act) -> set[str]:
    return set()


def _clamp_none(verdict: Verdict, _subject: object, _who: object) -> Outcome:
    return Outcome(verdict.name)


def _clamp_soft(verdict: Verdict, subject: Any, who: Any) -> Outcome:
    found = _clamp(verdict, subject, who)
    return Outcome.CLEAR_COND if found is Outcome.PROTECT else found


_clamp = outcome.clamp


def _joint_mildest(standing: Any, who: Any) -> Any:
    found: dict[Any, Verdict] = {}
    for judged in standing:
        found[judged.subject] = min(judged.verdict, found.get(judged.subject, Verdict.HANDOVER))
    return tuple((subject, _clamp(verdict, subject, who)) for subject, verdict in sorted(found.items(), key=str))


def _joint_last(standing: Any, who: Any) -> Any:
    found = {judged.subject: judged.verdict for judged in standing}
    return tuple((subject, _clamp(verdict, subject, who)) for subject, verdict in sorted(found.items(), key=str))


def _delegated_never(_one: Standing) -> bool:
    return False


def _delegated_always(one: Standing) -> bool:
    return one.judgement.basis is Basis.DELEGATED


def _as_they_came(acts: list[Act], _parents: object) -> list[Act]:
    return acts[::-1]


BUGS: dict[str, Planted] = {
    "later by the clock is later": (_Fold, "_replaces", _replaces_unknowing),
    "the last word lowers a hold": (_Fold, "_replaces", _replaces_lower),
    "a delegate speaks against the officer": (_Fold, "_replaces", _replaces_by_delegate),
    "a release by one": (_Fold, "_releases", _releases_alone),
    "a release under ended authority": (_Fold, "_releases", _releases_doubted),
    "everything releases": (_Fold, "_releases", _releases_all),
    "undo at any time": (_Fold, "_corrects", _undo_late),
    "undo by anybody": (_Fold, "_corrects", _undo_others),
    "a hold is corrected by one": (_Fold, "_corrects", _corrects_hold_alone),
    "what is not known is corrected": (_Fold, "_corrects", _corrects_unknown),
    "a correction cannot be taken back": (_Fold, "_corrected", _corrected_for_ever),
    "a correction does nothing": (_Fold, "_corrected", _corrected_never),
    "who did it confirms it": (_Fold, "_confirms", _confirms_self),
    "confirmed before it was seen": (_Fold, "_confirms", _confirms_unknown),
    "a confirmation taken back still counts": (_Fold, "_confirms", _confirms_corrected),
    "the last answer counts": (_Fold, "_answers", _answers_last),
    "one yes is enough": (_Fold, "_answers", _answers_any),
    "what is never overridden is": (_Fold, "_overridden", _overrides("never")),
    "an override does not end": (_Fold, "_overridden", _overrides("ends")),
    "silence confirms": (_Fold, "_overridden", _overrides("late")),
    "an override that was refused stands": (_Fold, "_overridden", _overrides("refused")),
    "an override taken back stands": (_Fold, "_overridden", _overrides("gone")),
    "ended authority is not asked about": (_Fold, "_questioned", _questioned_never),
    "ended authority lets go": (_Fold, "_counted", _counted_doubted),
    "one person refuses": (_Fold, "_counted", _counted_alone),
    "a finding that nobody knew of is covered": (_Fold, "_unknown_to", _unknown_never),
    "any officer lowers a rule's hold": (_Fold, "_unknown_to", _unknown_but_holds),
    "recorded rules by name": (_Fold, "_is_later", _later_any),
    "no conflict is seen": (_Fold, "_disagree", _disagree_never),
    "only opposites disagree": (_Fold, "_disagree", _disagree_apart),
    "settled without knowing": (_Fold, "_settled", _settled_by_anybody),
    "the second may be the first": (fold_module, "by_two", _second_anybody),
    "a call counts for ever": (fold_module, "elsewhere_by_two", _two_for_ever),
    "anybody answers for the second": (fold_module, "_is_of", _two_by_anybody),
    "anybody confirms an override": (fold_module, "_asked", _asked_nobody),
    "no clamps": (outcome, "clamp", _clamp_none),
    "a minor's hold lets go": (outcome, "clamp", _clamp_soft),
    "the mildest verdict": (fold_module, "joint_outcome", _joint_mildest),
    "the last verdict": (fold_module, "joint_outcome", _joint_last),
    "delegates speak as officers": (fold_module, "_delegated", _delegated_never),
    "a delegate's hold is passed": (fold_module, "_delegated", _delegated_always),
    "knowledge is not handed on": (History, "__init__", _no_chain(History.__init__)),
    "ids say what was known": (History, "knew", _knows_all),
    "history as it came": (history_module, "_sorted", _as_they_came),
}


NEAR = {
    "the last answer counts": 10_200,
    "anybody answers for the second": 11_000,
    "recorded rules by name": 6_200,
    "a confirmation taken back still counts": 2_000,
}
"""Where seeds are tried first that meet with a rare one."""


@contextmanager
def planted(bug: str) -> Iterator[None]:
    """The program with this bug."""
    where, name, wrong = BUGS[bug]
    right = getattr(where, name)
    setattr(where, name, wrong)
    try:
        yield
    finally:
        setattr(where, name, right)
