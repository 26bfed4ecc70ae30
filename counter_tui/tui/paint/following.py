"""What to do now: one key, a joint procedure with its steps, or what was recorded."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from rich.cells import cell_len
from textual.content import Content

from ...domain.decisions import covered, why_not_green
from ...domain.posts import Officer
from ...domain.procedures import Procedure, Step
from ...domain.sections import Subject
from ...domain.words import AGENCY_OF, PANEL_OF, Agency, Authority, Basis, Outcome, SourceState, Verdict
from ...workstation.news import Recorded
from ..words import _, clean
from .cells import LABEL, MARGIN, Lines, Piece, cut, left, line, spoken, spread
from .identity import dotted
from .panels import Panels
from .signs import Sign, agency_name, authority_name, not_checked, of_band, of_outcome, of_verdict, panel, subject_name
from .times import hh_mm_ss, stopwatch

if TYPE_CHECKING:
    from ...domain.view import MergedView

DONE, HERE = "✓", "▸"
SUBJECT_WIDTH = 9


def clock(view: MergedView, now: datetime) -> str:
    """Since the crossing was opened: `0:06`, and of how much where a procedure says so."""
    since = stopwatch(now - view.crossing.opened_at)
    if view.procedure is None:
        return since
    return _("{since} of {aim}").format(since=since, aim=stopwatch(timedelta(minutes=view.procedure.lane_minutes)))


def head_line(words: Piece, behind: Piece, width: int) -> Content:
    """`NEXT`, what is next, and a clock at the end."""
    return spread(line(" ", (left(_("NEXT"), LABEL), "bold"), words), line(behind, " "), width)


def following(panels: Panels, decided: Recorded | None, width: int, room: int) -> Lines:
    """What to do, in at most `room` lines; the most important is the first, and the steps give way."""
    view, officer = panels.view, panels.officer
    if decided is not None:
        return recorded(view, decided, panels.zone, width, room)
    since = clock(view, panels.now)
    if not why_not_green(view, officer):
        return [head_line((green_words(officer), "bold $clear"), since, width)]
    below = [outcome_line(view.outcome, width), against_line(view, officer, width)]
    if view.procedure is None:
        return [head_line((_("No joint procedure: decide with a reason"), "bold"), since, width), *below][:room]
    head = head_line(procedure_title(view.procedure, width - LABEL - cell_len(since) - 3), since, width)
    return [head, *steps(view, view.procedure, width, room - 1 - len(below)), *below][:room]


def green_words(officer: Officer) -> str:
    """What the one key does: at a joint counter for all, else for the officer's own, the others by rule."""
    if len(officer.acts_for) == len(Agency):
        return _("Clear all four")
    own = ", ".join(authority_name(a) for a in officer.authorities)
    return _("Clear for {own}; the others clear by rule").format(own=own)


def procedure_title(procedure: Procedure, room: int) -> Content:
    """Title, number and who leads; where it is tight, the leading panel's number."""
    number, title = clean(procedure.number), spoken(f"procedure.{procedure.id}")
    ways = (
        _("(SOP {number}, lead: {lead})").format(number=number, lead=authority_name(procedure.lead)),
        _("(SOP {number}, lead {lead})").format(number=number, lead=panel(procedure.lead)),
    )
    told = next((way for way in ways if cell_len(f"{title} {way}") <= room), _("(SOP {number})").format(number=number))
    return line((title, "bold"), f" {told}")


def steps(view: MergedView, procedure: Procedure, width: int, room: int) -> Lines:
    """The steps: done, to be done now, or later; what each is about; its text; whose key it waits for.

    Where not all have room, those from the one to be done now on are shown.
    """
    states = [is_done(view, step) for step in procedure.steps]
    here = states.index(False) if False in states else len(states)
    marks = [DONE if done else HERE if at == here else " " for at, done in enumerate(states)]
    first = max(0, min(here, len(states) - room))
    rows = list(zip(procedure.steps, marks, strict=True))[first : first + max(1, room)]
    return [_step(view, step, mark, width) for step, mark in rows]


def is_done(view: MergedView, step: Step) -> bool:
    """Whether the step's authority has given its verdict on what the step is about, or has nothing against it."""
    about = [j for j in view.standing if j.authority is step.authority and j.subject.kind is step.subject]
    return bool(about) and all(j.basis is Basis.OFFICER or j.verdict is Verdict.CLEAR for j in about)


def _step(view: MergedView, step: Step, mark: str, width: int) -> Content:
    sign = called_for(view, step)
    asks = "" if sign.sign == "✓" else "…"
    owner = line((f"{panel(step.authority)} {sign.word.lower()}{asks}", sign.style), " ")
    style = "bold" if mark == HERE else "$muted" if mark == DONE else ""
    before = f"   {mark} {left(subject_name(step.subject), SUBJECT_WIDTH)} "
    text = cut(spoken(step.code), width - len(before) - owner.cell_length - 1)
    return spread(line((before + text, style)), owner, width)


def called_for(view: MergedView, step: Step) -> Sign:
    """The verdict that a step's authority is called to give: what its findings ask for, else CLEAR."""
    section = view.section(step.authority)
    if section.source is SourceState.NOT_CHECKED:
        return not_checked()
    about = [c for c in section.contributions if c.subject.kind is step.subject]
    worst = max(about, key=lambda c: c.verdict, default=None)
    return of_verdict(worst.verdict, worst.subject) if worst else of_verdict(Verdict.CLEAR)


def outcome_line(outcome: tuple[tuple[Subject, Outcome], ...], width: int) -> Content:
    """The joint outcome as it stands, per subject; what reads the same is said once."""
    said = dict.fromkeys((subject_words(subject), of_outcome(joint, subject)) for subject, joint in outcome)
    words: list[Piece] = [line(f"{about} ", (sign.text, f"bold {sign.style}")) for about, sign in said]
    return line(" ", (left(_("OUTCOME"), LABEL), "bold"), dotted(words)).truncate(width - MARGIN, ellipsis=True)


def subject_words(subject: Subject) -> str:
    """The kind of the subject, and its own label where it has one."""
    label = cut(clean(subject.label), 24)
    return f"{subject_name(subject)} {label}" if label else subject_name(subject)


def against_line(view: MergedView, officer: Officer, width: int) -> Content:
    """What keeps the one key from working, in a few words."""
    few = {
        "green.lists-running": _("lists are being checked"),
        "green.lists-not-checked": _("a list is NOT CHECKED"),
        "green.rules-loading": _("risk rules are loading"),
        "green.band": of_band(view.risk.band).word,
        "green.findings": _("open findings"),
        "green.not-checked": _("not live"),
    }
    reasons = " · ".join(keyed(few.get(code, code), code, view, officer) for code in why_not_green(view, officer))
    words = " " + _("one key does not clear: {reasons}").format(reasons=reasons)
    return line((words, "$muted")).truncate(width - MARGIN, ellipsis=True)


def against_words(view: MergedView, officer: Officer) -> list[str]:
    """Each code of `why_not_green` in full, with the panels that it is about."""
    return [keyed(spoken(code), code, view, officer) for code in why_not_green(view, officer)]


def keyed(words: str, code: str, view: MergedView, officer: Officer) -> str:
    """Words with the numbers of the panels that a code is about."""
    keys = ", ".join(str(n) for n in sorted({panel(a) for a in _about(code, view, officer)}))
    return f"{words} ({keys})" if keys else words


def _about(code: str, view: MergedView, officer: Officer) -> list[Authority]:
    if code == "green.findings":
        return [s.authority for s in view.sections if s.contributions]
    if code == "green.not-checked":
        return [s.authority for s in view.sections if not covered(s, officer)]
    if code == "green.lists-not-checked":
        return list(view.screening.not_checked)
    return []


def recorded(view: MergedView, entry: Recorded, zone: str, width: int, room: int) -> Lines:
    """What was recorded: it is on disk when this is painted. Where more is to come, whom it waits for."""
    words = _("recorded {time}, entry {n}").format(time=hh_mm_ss(entry.at, zone), n=entry.sequence)
    waiting = _("{n} wait for the link").format(n=entry.waiting) if entry.waiting else ""
    lines = [head_line((words, "bold $clear"), (waiting, "$attention"), width), outcome_line(entry.outcome, width)]
    if not entry.complete:
        whom = ", ".join(f"{PANEL_OF[agency]} {agency_name(agency)}" for agency in pending(view))
        lines.append(line((" " + _("PENDING: waits for {whom}").format(whom=whom), "bold $attention")))
        if view.procedure is not None:
            lines += steps(view, view.procedure, width, room - len(lines) - 1)
    return [*lines[: room - 1], line(" ", (_("Enter next traveller"), "bold"))]


def pending(view: MergedView) -> list[Agency]:
    """The agencies whose word is still to come, in the order of the panels."""
    waited_for = {AGENCY_OF[j.authority] for j in view.standing if j.verdict is Verdict.PENDING}
    return [agency for agency in PANEL_OF if agency in waited_for]
