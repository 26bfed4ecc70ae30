"""Acts that wait for a second person's word: whose it is to give, and until when."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from .acts import Act, Means
from .entries import DECISION, DecisionBody
from .joint.deeds import Confirmation
from .matters import TwoPersonRules
from .outcome import releases
from .posts import Officer
from .two_persons import Matter
from .words import SubjectKind, Verdict

CONFIRMATION: Final = "confirmation"
_OF_KIND: Final = {"override": Matter.OVERRIDE, "mode": Matter.DEGRADED_MODE, "allowance": Matter.QUOTA_CORRECTION}


@dataclass(frozen=True, slots=True)
class ToConfirm:
    """An act that this person is asked to confirm, and until when."""

    act: Act
    matter: Matter
    by: datetime


def matter_of(act: Act) -> Matter:
    """What takes two people in this act. What is of no matter of its own is held to the rule of releasing a hold."""
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
    if act.second is not None and act.second.means is not Means.BESIDE:
        return act.second.officer
    return str(act.deed.confirmer) if _names_who(act) else ""


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


def waiting_for(acts: Iterable[Act], officer: Officer, rules: TwoPersonRules, now: datetime) -> tuple[ToConfirm, ...]:
    """The acts that this person is asked to confirm and has said nothing of, the first due first.

    What is past its deadline counts as not given, and waits no more.
    """
    held = {act.id: act for act in acts}
    confirmations = (a.deed for a in held.values() if a.kind == CONFIRMATION and a.officer == officer.id)
    said = {deed.act for deed in confirmations if isinstance(deed, Confirmation)}
    found = [
        ToConfirm(act, matter_of(act), confirm_by(act, rules))
        for act in held.values()
        if asked_of(act) == officer.id != act.officer and act.id not in said
    ]
    return tuple(sorted((one for one in found if now < one.by), key=lambda one: (one.by, one.act.id)))
