"""What to do now: one key, a joint procedure with its steps, or what was recorded."""

from collections.abc import Iterator
from datetime import datetime, timedelta

from textual.content import Content

from ...domain.decisions import why_not_green
from ...domain.posts import Officer
from ...domain.procedures import Procedure, Step
from ...domain.sections import Subject
from ...domain.view import MergedView
from ...domain.words import Agency, Authority, Basis, Outcome, SourceState, Verdict
from ...workstation.news import Recorded
from ..words import _, clean
from .cells import MARGIN, Lines, Piece, cut, left, line, spoken, spread
from .identity import dotted
from .panels import Panels
from .signs import authority_name, of_outcome, of_verdict, panel, subject_name
from .times import hh_mm_ss, stopwatch

LABEL = 7
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
        return recorded(view, decided, panels.zone, width)[:room]
    since = clock(view, panels.now)
    if not why_not_green(view, officer):
        return [head_line((green_words(officer), "bold $clear"), since, width)]
    below = [outcome_line(view.outcome, width), against_line(view, officer, width)]
    if view.procedure is None:
        return [head_line((_("No joint procedure: decide with a reason"), "bold"), since, width), *below][:room]
    head = head_line(procedure_title(view.procedure), since, width)
    return [head, *steps(view, view.procedure, width, room - 1 - len(below)), *below][:room]


def green_words(officer: Officer) -> str:
    """What the one key does: at a joint counter for all, else for the officer's own, the others by rule."""
    if len(officer.acts_for) == len(Agency):
        return _("Clear all four")
    own = ", ".join(authority_name(a) for a in officer.authorities)
    return _("Clear for {own}; the others clear by rule").format(own=own)


def procedure_title(procedure: Procedure) -> Content:
    """Title, number and who leads."""
    told = _("({number}, lead: {lead})").format(number=clean(procedure.number), lead=authority_name(procedure.lead))
    return line((spoken(f"procedure.{procedure.id}"), "bold"), f" {told}")


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
    called = max(
        (j.verdict for j in view.standing if j.authority is step.authority and j.subject.kind is step.subject),
        default=Verdict.PENDING,
    )
    sign = of_verdict(called)
    owner = line((f"{panel(step.authority)} {sign.word.lower()}", sign.style), " ")
    style = "bold" if mark == HERE else "$muted" if mark == DONE else ""
    before = f"   {mark} {left(subject_name(step.subject), SUBJECT_WIDTH)} "
    text = cut(spoken(f"step.{step.code}"), width - len(before) - owner.cell_length - 1)
    return spread(line((before + text, style)), owner, width)


def outcome_line(outcome: tuple[tuple[Subject, Outcome], ...], width: int) -> Content:
    """The joint outcome as it stands, per subject."""
    words: list[Piece] = [
        line(f"{subject_words(s)} ", (of_outcome(o, s).text, f"bold {of_outcome(o, s).style}")) for s, o in outcome
    ]
    return line(" ", (left(_("OUTCOME"), LABEL + 1), "bold"), dotted(words)).truncate(width - MARGIN, ellipsis=True)


def subject_words(subject: Subject) -> str:
    """The kind of the subject, and its own label where it has one."""
    label = cut(clean(subject.label), 24)
    return f"{subject_name(subject)} {label}" if label else subject_name(subject)


def against_line(view: MergedView, officer: Officer, width: int) -> Content:
    """What keeps the one key from working."""
    reasons = " · ".join(against_words(view, officer))
    return line((" " + _("one key does not clear: {reasons}").format(reasons=reasons), "$muted")).truncate(
        width - MARGIN, ellipsis=True
    )


def against_words(view: MergedView, officer: Officer) -> Iterator[str]:
    """Each code of `why_not_green` in words, with the panels that it is about."""
    for code in why_not_green(view, officer):
        keys = ", ".join(str(n) for n in sorted({panel(a) for a in _about(code, view, officer)}))
        yield f"{spoken(code)} ({keys})" if keys else spoken(code)


def _about(code: str, view: MergedView, officer: Officer) -> list[Authority]:
    if code == "green.findings":
        return [s.authority for s in view.sections if s.contributions]
    if code == "green.not-checked":
        own = officer.authorities
        return [
            s.authority
            for s in view.sections
            if s.source is not SourceState.LIVE and not (s.source is SourceState.CACHED and s.authority in own)
        ]
    return []


def recorded(view: MergedView, entry: Recorded, zone: str, width: int) -> Lines:
    """What was recorded: it is on disk when this is painted."""
    words = _("recorded {time} on this counter, entry {n}").format(time=hh_mm_ss(entry.at, zone), n=entry.sequence)
    waiting = _("{n} wait for the link").format(n=entry.waiting) if entry.waiting else ""
    lines = [head_line((words, "bold $clear"), waiting, width), outcome_line(entry.outcome, width)]
    if not entry.complete:
        keys = ", ".join(f"{panel(a)} {authority_name(a)}" for a in pending(view))
        lines.append(line((" " + _("PENDING: the traveller waits for {whom}").format(whom=keys), "bold $attention")))
    return [*lines, line(" ", (_("Enter next traveller"), "bold"))]


def pending(view: MergedView) -> list[Authority]:
    """The authorities whose word is still to come."""
    return list(dict.fromkeys(j.authority for j in view.standing if j.verdict is Verdict.PENDING))
