"""The steps of joint procedures on a screen of their own: aims and sign-offs above, the marked step in full below."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import TYPE_CHECKING

from rich.cells import cell_len
from textual.content import Content

from ...domain.papers.facts import ending_of
from ...domain.procedures import Certainty, Plan, Procedure, SignOff
from ...domain.words import Role
from ..words import _, clean, language
from .cells import EMPTY, Lines, cut, line, rule, spoken, spread, wrap
from .checklist import aim, code_words, limit_words, owner_name, plan_title, progress_of, step_row, unjudged_line
from .panels import Panels
from .signing import sign_row
from .signs import agency_name, authority_name, of_verdict
from .times import hh_mm, stopwatch

if TYPE_CHECKING:
    from ...domain.procedures.progress import StepState
    from ...domain.view import MergedView

HEAD = 4


def steps_head(panels: Panels, plan: Plan, width: int) -> Lines:
    """Which procedures, how far, by when, and who signs at the end."""
    found, view = progress_of(panels, plan), panels.view
    since, within = stopwatch(panels.now - view.crossing.opened_at), aim(plan)
    told = since if within is None else _("{since} of {aim}").format(since=since, aim=stopwatch(within))
    done = _("{n} of {all} done").format(n=len(found.steps) - len(found.open), all=len(found.steps))
    return [
        spread(line(" ", plan_title(plan, width - cell_len(told) - 4)), line(told, " "), width),
        line(" ", cut(f"{done} · {_aims(plan)}", width - 2)),
        line(" ", (cut(_signed(plan), width - 2), "$muted")),
        unjudged_line(plan, width) or rule(width),
    ]


def _aims(plan: Plan) -> str:
    """By when the lane is free, the decision taken, all closed: of several procedures the nearest."""

    def nearest(name: str) -> int:
        return min((m for p in plan.procedures if (m := getattr(p, name))), default=0)

    said = (
        (_("lane free in {time}"), nearest("lane_minutes")),
        (_("decision in {time}"), nearest("decision_minutes")),
        (_("closed in {time}"), max((p.closed_minutes for p in plan.procedures), default=0)),
    )
    return " · ".join(words.format(time=limit_words(minutes)) for words, minutes in said if minutes)


def _signed(plan: Plan) -> str:
    """Who signs when it is closed, and who else is told."""
    signs = dict.fromkeys(sign_words(sign) for p in plan.procedures for sign in p.sign)
    told = dict.fromkeys(clean(name) for p in plan.procedures for name in p.informs)
    said = _("signed by {whom}").format(whom=", ".join(signs))
    return f"{said} · {_('told: {whom}').format(whom=', '.join(told))}" if told else said


def sign_words(sign: SignOff) -> str:
    """Agency, role where it is a supervisor, and how many."""
    words = agency_name(sign.agency)
    if sign.role is Role.SUPERVISOR:
        words = f"{words} ({spoken('role.supervisor')})"
    return _("{n} of {whom}").format(n=sign.persons, whom=words) if sign.persons > 1 else words


def step_detail(
    panels: Panels, plan: Plan, state: StepState, names: Mapping[str, str], width: int, height: int
) -> Lines:
    """The step in full: what it asks, whom it is told to, how far it is, under which law. `names` of officers by id."""
    said = [
        _asked(state),
        _so_far(state, names, panels.now, panels.zone),
        *(_law(p, width) for p in plan.procedures if p.id in state.planned.of),
    ]
    text = [line(" ", (part, "bold")) for part in wrap(code_words(plan, state.step.code), width - 2, 2)]
    below = [line(" ", part) for words in said if words for part in wrap(words, width - 2, 2)]
    lines = [rule(width), *text, *below]
    notice = _notice(panels.view, plan, state)
    if notice and len(lines) + 2 <= height:
        lines += [EMPTY, *(line(" ", (part, "$muted")) for part in wrap(notice, width - 2, height - len(lines) - 1))]
    return lines[:height]


def _asked(state: StepState) -> str:
    step, said = state.step, [owner_name(state)]
    if step.two:
        words = _("two sign, the second of {agency}") if step.second else _("two sign")
        said.append(words.format(agency=agency_name(step.second) if step.second else ""))
    if step.supervisor:
        said.append(_("a supervisor signs"))
    if step.verdicts:
        words = ", ".join(of_verdict(verdict).word for verdict in sorted(step.verdicts))
        said.append(_("done by its verdict: {verdicts}").format(verdicts=words))
    if step.note:
        said.append(_("what was found is written down"))
    if step.blocks:
        said.append(_("nothing later begins before it"))
    if step.minutes and step.escalates:
        told = _("after {time} told to {whom}")
        said.append(told.format(time=limit_words(step.minutes), whom=spoken(f"duty.{step.escalates.value}")))
    return " · ".join(said)


def _so_far(state: StepState, names: Mapping[str, str], now: datetime, zone: str) -> str:
    """When it was seen, begun, finished, by whom; what is missing."""
    times = (
        (_("due {time}"), state.ready_at),
        (_("seen {time}"), state.seen_at),
        (_("begun {time}"), state.begun_at),
        (_("finished {time}"), state.finished_at),
    )
    said = [words.format(time=hh_mm(at, zone)) for words, at in times if at is not None]
    if state.by:
        said.append(_("by {who}").format(who=clean(names.get(state.by, state.by))))
    if state.reason is not None:
        said.append(spoken(f"spared.{state.reason.value}"))
    if state.note:
        said.append(clean(state.note))
    if state.conflict:
        said.append(_("said apart: done, and not needed. Say it again"))
    if state.wants_second:
        said.append(_("the second person has not signed"))
    if state.escalation(now) is not None:
        said.append(_("its time is over"))
    return " · ".join(said) or _("waits for what is before it")


def _law(procedure: Procedure, width: int) -> str:
    sure = {
        Certainty.READ: _("read at its source"),
        Certainty.MEMORY: _("from memory: to be confirmed"),
        Certainty.DESIGN: _("a proposal"),
        Certainty.DISPUTED: _("sources disagree"),
    }[procedure.basis]
    lead = authority_name(procedure.lead)
    told = _("SOP {number}, lead {lead}: {law} ({sure})")
    return cut(
        told.format(number=clean(procedure.number), lead=lead, law=clean(procedure.legal_basis), sure=sure), 2 * width
    )


def _notice(view: MergedView, plan: Plan, state: StepState) -> str:
    """What the traveller is told as it stands, in the language that is on."""
    rows = [p for p in plan.procedures if p.id in state.planned.of]
    own = next((words for p in rows if (words := p.notice_at(ending_of(p, view))) is not None), None)
    if own is None:
        return ""
    said = own.id if language() == "id" else own.en
    return _("To the traveller: {words}").format(words=clean(said))


def steps_rows(panels: Panels, plan: Plan, index: int, width: int) -> Content:
    """One row of the list."""
    found = progress_of(panels, plan)
    if index < len(found.steps):
        return step_row(panels, found, found.steps[index], width)
    at = index - len(found.steps)
    return sign_row(found.sign_offs[at], found, width, panels.zone) if at < len(found.sign_offs) else EMPTY
