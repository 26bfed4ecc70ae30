"""What other counters ask of who is signed in: acts to be confirmed, and what a challenge says."""

from __future__ import annotations

from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from textual.content import Content

from ...domain.allowance.amounts import shown
from ...domain.cases.deeds import HandedOver, HoldReleased
from ...domain.entries import DECISION
from ...domain.words import Basis
from ..words import _, clean
from .cases import link_words
from .cells import Lines, cut, line, spoken
from .following import subject_words
from .papers import TITLES
from .signs import authority_name, of_verdict

if TYPE_CHECKING:
    from ...domain.acts import Act
    from ...domain.allowance.deeds import AllowanceDeed
    from ...domain.cases.deeds import CaseDeed
    from ...domain.entries import DecisionBody
    from ...domain.joint.deeds import Override
    from ...domain.papers.deeds import PaperDeed
    from ...domain.telephone import Challenge
    from ...domain.waiting import ToConfirm
    from ...workstation.seconding import Answered


def waiting_line(one: ToConfirm, name: str, zone: str, width: int) -> Content:
    """One act that waits: until when, what, who asks and where."""
    by = one.by.astimezone(ZoneInfo(zone)).strftime("%H:%M")
    who = f"{clean(name)} · {one.act.counter}"
    what = spoken(f"matter.{one.matter.value}")
    until = _("until {time}").format(time=by)
    return line((f"{until}  ", "$attention"), (f"{what}  ", "bold"), (cut(who, max(8, width - 40)), "$muted"))


def asked_words(one: ToConfirm, name: str) -> str:
    """In one sentence what is to be confirmed."""
    told = _("{who}, {counter}: {what}")
    return told.format(who=clean(name), counter=one.act.counter, what=_said(one))


def _said(one: ToConfirm) -> str:
    act = one.act
    if act.kind == DECISION:
        return _decided(act.deed)
    if act.kind == "override":
        return _overrode(act.deed)
    about = _of_others(act)
    return ": ".join([spoken(f"matter.{one.matter.value}"), *filter(None, about)])


def _of_others(act: Act) -> list[str]:
    if act.kind == "case":
        return _of_case(act.deed)
    if act.kind == "paper":
        return _of_paper(act.deed)
    return _of_allowance(act.deed) if act.kind == "allowance" else []


def _of_case(deed: CaseDeed) -> list[str]:
    said = deed.said
    item = link_words(said.item) if isinstance(said, HandedOver) else ""
    return [item, clean(said.note)] if isinstance(said, HandedOver | HoldReleased) else []


def _of_paper(deed: PaperDeed) -> list[str]:
    return [_(TITLES[deed.paper.value]), deed.code, spoken(f"paper.copy.{deed.reason}")]


def _of_allowance(deed: AllowanceDeed) -> list[str]:
    return [shown(deed.sen), spoken(f"resident.reason.{deed.reason}"), clean(deed.note)]


def _decided(body: DecisionBody) -> str:
    said = [j for j in body.judgements if j.basis is Basis.OFFICER]
    verdicts = dict.fromkeys(f"{of_verdict(j.verdict, j.subject).word}, {subject_words(j.subject)}" for j in said)
    reasons = dict.fromkeys(spoken(f"reason.{j.reason}") for j in said if j.reason)
    notes = dict.fromkeys(clean(j.note) for j in said if j.note)
    document = body.crossing.document
    who = f"{clean(document.display_name)}, {clean(document.issuing_state)} {clean(document.number)}"
    return ": ".join(["; ".join(verdicts), who, "; ".join([*reasons, *notes])])


def _overrode(deed: Override) -> str:
    told = _("override of {authority}, {action}: {reason}; {note}")
    return told.format(
        authority=authority_name(deed.authority),
        action=spoken(f"action.{deed.action}"),
        reason=spoken(f"override.reason.{deed.reason}"),
        note=clean(deed.note),
    )


def challenge_words(challenge: Challenge) -> str:
    """What a challenge says that was read out, and what to do before the PIN."""
    told = _("You sign: {matter}, statement {name}. Have the whole sentence read to you first.")
    return told.format(matter=spoken(f"matter.{challenge.matter.value}"), name=challenge.name)


def digits_lines(answers: tuple[Answered, ...], width: int) -> Lines:
    """The eight digits to read back, each counter's."""
    lines: Lines = []
    for one in answers:
        digits = "  ".join((one.digits[:4], one.digits[4:]))
        about = f"{one.counter} · {spoken(f'matter.{one.matter.value}')} · {one.name}"
        lines += [line("  ", (digits, "bold $clear")), line("  ", (cut(about, width - 4), "$muted"))]
    return lines
