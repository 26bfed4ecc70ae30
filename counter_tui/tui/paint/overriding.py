"""Overrides: what may be set aside and why not, and the banner of what is."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import TYPE_CHECKING

from ..words import _, clean
from .cells import Lines, cut, line, spoken
from .choosing import Choice
from .following import subject_words
from .signs import authority_name, of_verdict
from .times import hh_mm, local, month

if TYPE_CHECKING:
    from ...domain.overriding import OverrideReason
    from ...domain.sections import Contribution
    from ...domain.view import MergedView
    from ...workstation.overriding import Overridable

HOURS = (1, 2, 4, 8, 12, 24)


def rule_words(view: MergedView, contribution: Contribution) -> str:
    """What a rule says, in words: its finding where that is shown here, else its action."""
    findings = {f.id: f.text for s in view.sections for f in s.findings}
    text = findings.get(contribution.id)
    said = spoken(text) if text is not None else spoken(f"action.{contribution.action}")
    return f"{authority_name(contribution.authority)}, {subject_words(contribution.subject)}: {said}"


def overridable_choices(view: MergedView, offered: Sequence[Overridable]) -> list[Choice]:
    """What holds the traveller back, numbered from 1; what may not be set aside says why."""
    return [
        Choice(number, rule_words(view, one.contribution), spoken(one.why_not) if one.why_not else _verdict(one))
        for number, one in enumerate(offered, start=1)
    ]


def _verdict(one: Overridable) -> str:
    sign = of_verdict(one.contribution.verdict, one.contribution.subject)
    return _("{verdict}, {hours} h at most").format(verdict=sign.word, hours=one.hours)


def reason_words(reasons: Sequence[OverrideReason]) -> list[Choice]:
    """The reasons, numbered from 1; each asks for words."""
    asks = _("asks for a note")
    return [Choice(n, spoken(f"override.reason.{r.code}"), asks) for n, r in enumerate(reasons, start=1)]


def hours_offered(most: int) -> tuple[int, ...]:
    """For how long, the shortest first; the longest is what the rule allows."""
    return tuple(dict.fromkeys([*(h for h in HOURS if h < most), most]))


def hours_choices(most: int) -> list[Choice]:
    """The same, numbered from 1."""
    words = [_("{n} h, then the rule stands again").format(n=hours) for hours in hours_offered(most)]
    return [Choice(number, one) for number, one in enumerate(words, start=1)]


def banner(view: MergedView, now: datetime, zone: str, width: int) -> Lines:
    """One line that cannot be overlooked where a rule is set aside: until when, who is to confirm it, and which."""
    overridden = view.joint.overridden
    if not overridden:
        return []
    named = {c.id: c for s in view.sections for c in s.contributions}
    waiting = {one.act: one for one in view.joint.waiting}
    said = []
    for rule, act in sorted(overridden.items()):
        words = [_("until {time}").format(time=_time(view.joint.ends.get(act, ""), now, zone))]
        held = waiting.get(act)
        if held is not None:
            by = _time(held.by, now, zone)
            words.append(_("TO BE CONFIRMED by {who} until {time}").format(who=clean(held.confirmer), time=by))
        words.append(rule_words(view, named[rule]) if rule in named else rule)
        said.append(" · ".join(words))
    head = " " + _("OVERRIDE ▲") + " "
    return [
        line((head, "bold reverse $attention"), (" " + cut("; ".join(said), width - len(head) - 2), "bold $attention"))
    ]


def _time(stamp: str, now: datetime, zone: str) -> str:
    """The time; of another day, the day before it."""
    try:
        at = datetime.fromisoformat(stamp)
    except ValueError:
        return "?"
    then = local(at, zone)
    same = then.date() == local(now, zone).date()
    return hh_mm(at, zone) if same else f"{then.day} {month(then.month)} {hh_mm(at, zone)}"
