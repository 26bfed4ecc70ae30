"""Acts that wait for a second person's word: whose it is to give, and until when."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from .acts import Act, Means
from .confirming import CONFIRMATION
from .entries import DECISION, DecisionBody
from .matters import TwoPersonRules
from .outcome import releases
from .posts import Officer
from .two_persons import Matter
from .words import Agency, SubjectKind, Verdict

CORRECTION: Final = "correction"
_OF_KIND: Final = {
    "override": Matter.OVERRIDE,
    "mode": Matter.DEGRADED_MODE,
    "allowance": Matter.QUOTA_CORRECTION,
    "paper": Matter.REPRINT_NOTICE,
}


@dataclass(frozen=True, slots=True)
class ToConfirm:
    """An act that somebody (id; "" for who asks) is to confirm, and until when."""

    act: Act
    matter: Matter
    by: datetime
    asked: str = ""


def matter_of(act: Act) -> Matter:
    """What takes two people in this act. What is of no matter of its own is held to the rule of releasing a hold."""
    of: tuple[Matter, Agency] | None = act.deed.matter() if act.kind == "case" else None
    if of is not None:
        return of[0]
    if act.kind != DECISION:
        return _OF_KIND.get(act.kind, Matter.RELEASE_HOLD)
    body: DecisionBody = act.deed
    refused = [j.subject.kind for j in body.judgements if j.verdict is Verdict.REFUSE]
    if SubjectKind.DOCUMENT in refused and SubjectKind.PERSON not in refused:
        return Matter.RETAIN_DOCUMENT
    if refused and not any(releases(j) for j in body.judgements):
        return Matter.REFUSE_ENTRY
    return Matter.RELEASE_HOLD


def asked_of(act: Act) -> str:
    """Who is to confirm an act (id of an officer); "" where nobody is."""
    if _names_who(act):
        return str(act.deed.confirmer)
    return act.second.officer if act.second is not None and act.second.means is not Means.BESIDE else ""


def _names_who(act: Act) -> bool:
    """Whether the act says itself who is to confirm it: an override of one person's, a grant beyond an allowance."""
    return (act.kind == "override" and act.second is None) or (act.kind == "allowance" and act.deed.confirmer != "")


def confirm_by(act: Act, rules: TwoPersonRules) -> datetime:
    """Until when it is to be confirmed: as it says itself, else as the rule says; at once, where it does not read."""
    if _names_who(act):
        try:
            named = datetime.fromisoformat(act.deed.confirm_by)
        except ValueError:
            return act.at
        return named if named.tzinfo is not None else act.at
    return rules.confirm_by(matter_of(act), act.at)


def still_asked(acts: Iterable[Act]) -> tuple[tuple[Act, str], ...]:
    """The acts that somebody (id) is asked to confirm and has said nothing of, unless they were taken back."""
    held = {act.id: act for act in acts}
    asked = [(act, who) for act in held.values() if (who := asked_of(act)) not in {"", act.officer}]
    if not asked:
        return ()  # as nearly always
    taken_back = {act.deed.act for act in held.values() if act.kind == CORRECTION}
    said = {(act.officer, act.deed.act) for act in held.values() if act.kind == CONFIRMATION}
    return tuple((act, who) for act, who in asked if act.id not in taken_back and (who, act.id) not in said)


def to_confirm(acts: Iterable[Act], rules: TwoPersonRules, now: datetime) -> tuple[ToConfirm, ...]:
    """What of these acts waits for anybody's word, the first due first.

    What is past its deadline counts as not given, and waits no more.
    """
    found = [ToConfirm(act, matter_of(act), confirm_by(act, rules), who) for act, who in still_asked(acts)]
    return tuple(sorted((one for one in found if now < one.by), key=lambda one: (one.by, one.act.id)))


def waiting_for(acts: Iterable[Act], officer: Officer, rules: TwoPersonRules, now: datetime) -> tuple[ToConfirm, ...]:
    """What of it waits for this person's word."""
    return tuple(one for one in to_confirm(acts, rules, now) if one.asked == officer.id)
