"""What to do now: one key, the steps of joint procedures, or what was recorded."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from rich.cells import cell_len
from textual.content import Content

from ...domain.decisions import covered, why_not_green
from ...domain.posts import Officer
from ...domain.sections import Subject
from ...domain.words import AGENCY_OF, PANEL_OF, Agency, Authority, Outcome, SourceState, Verdict
from ...workstation.news import Recorded
from ..words import _, clean
from .cells import LABEL, MARGIN, Lines, Piece, cut, left, line, spoken, spread
from .floor import cap_words, floor_lines
from .identity import dotted
from .panels import Panels
from .papers import stay_lines
from .signs import agency_name, authority_name, of_band, of_outcome, panel, subject_name
from .times import hh_mm_ss, stopwatch

if TYPE_CHECKING:
    from ...domain.procedures import Plan
    from ...domain.view import MergedView

ATTEST = "floor.attest"


def clock(view: MergedView, now: datetime) -> str:
    """Since the crossing was opened: `0:06`, and of how much where a procedure says so."""
    since = stopwatch(now - view.crossing.opened_at)
    if view.plan is None or not view.plan.lane_minutes:
        return since
    return _("{since} of {aim}").format(since=since, aim=stopwatch(timedelta(minutes=view.plan.lane_minutes)))


def head_line(words: Piece, behind: Piece, width: int) -> Content:
    """`NEXT`, what is next, and a clock at the end."""
    return spread(line(" ", (left(_("NEXT"), LABEL), "bold"), words), line(behind, " "), width)


def following(panels: Panels, decided: Recorded | None, width: int, room: int) -> Lines:
    """What to do, in at most `room` lines; the most important is the first, and the steps give way."""
    view, officer = panels.view, panels.officer
    if decided is not None:
        return recorded(panels, decided, width, room)
    since = clock(view, panels.now)
    against = why_not_green(view, officer)
    if not against:
        leaning = floor_lines(view, view.floor, width) if view.floor is not None and view.floor.leans else []
        return [head_line((green_words(view, officer), "bold $clear"), since, width), *leaning][:room]
    if against == (ATTEST,) and view.floor is not None:
        words = _("Attest what you saw, then clear")
        return [head_line((words, "bold $attention"), since, width), *floor_lines(view, view.floor, width)][:room]
    below = [outcome_line(view.outcome, width), against_line(view, officer, width)]
    if view.plan is not None:
        return [*planned(panels, view.plan, since, width, room - len(below)), *below][:room]
    words = _("No joint procedure: decide with a reason")
    if view.risk.loading:
        words = _("Joint procedures are being loaded")
    return [head_line((words, "bold"), since, width), *below][:room]


def planned(panels: Panels, plan: Plan, since: str, width: int, room: int) -> Lines:
    """The procedures that apply with their steps, in at most `room` lines; and which cannot be told."""
    from .checklist import plan_title, step_lines, unjudged_line  # not before a traveller to whom one applies

    unknown = unjudged_line(plan, width)
    told = [unknown] if unknown is not None else []
    if not plan.procedures:
        words = _("No joint procedure is known to apply: decide with a reason")
        return [head_line((words, "bold"), since, width), *told]
    head = head_line(plan_title(plan, width - LABEL - cell_len(since) - 3), since, width)
    return [head, *step_lines(panels, plan, width, max(1, room - 1 - len(told))), *told]


def green_words(view: MergedView, officer: Officer) -> str:
    """What the one key does: at a joint counter for all, else for the officer's own, the others by rule.

    What is cleared under a delegation is named.
    """
    if len(officer.acts_for) == len(Agency):
        return _("Clear all four")
    own = ", ".join(authority_name(a) for a in officer.authorities)
    delegated = [
        s.authority for s in view.sections if s.authority in view.delegated and s.source is not SourceState.LIVE
    ]
    if delegated:
        others = ", ".join(authority_name(a) for a in delegated)
        return _("Clear for {own}; under delegation for {others}").format(own=own, others=others)
    return _("Clear for {own}; the others clear by rule").format(own=own)


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
        "green.verdict": _("an officer's verdict stands"),
        "green.not-checked": _("not live"),
        "green.guardian": _("the guardian was not let go"),
        "green.procedures": _("a procedure cannot be told"),
        "floor.attest": _("not attested"),
        "floor.declare": _("not live: only degraded mode reaches"),
        "floor.capped": _("not live: nothing reaches"),
        "floor.not-yours": _("not live"),
    }
    reasons = " · ".join(keyed(few.get(code, code), code, view, officer) for code in why_not_green(view, officer))
    words = " " + _("one key does not clear: {reasons}").format(reasons=reasons)
    return line((words, "$muted")).truncate(width - MARGIN, ellipsis=True)


def against_words(view: MergedView, officer: Officer) -> list[str]:
    """Each code of `why_not_green` in full, with the panels that it is about; and why the floor does not reach."""
    told = [keyed(spoken(code), code, view, officer) for code in why_not_green(view, officer)]
    return [*told, *(cap_words(view.floor) if view.floor is not None else [])]


def keyed(words: str, code: str, view: MergedView, officer: Officer) -> str:
    """Words with the numbers of the panels that a code is about."""
    keys = ", ".join(str(n) for n in sorted({panel(a) for a in _about(code, view, officer)}))
    return f"{words} ({keys})" if keys else words


def _about(code: str, view: MergedView, officer: Officer) -> list[Authority]:
    if code == "green.findings":
        return [s.authority for s in view.sections if s.contributions]
    if code == "green.not-checked":
        return [s.authority for s in view.sections if not covered(s, officer)]
    if code == "floor.not-yours" and view.floor is not None:
        return [a for a in view.floor.cached if a not in officer.authorities]
    if code in {"floor.declare", "floor.capped"} and view.floor is not None:
        return [cap.authority for cap in view.floor.caps]
    if code == "green.lists-not-checked":
        return list(view.screening.not_checked)
    return []


def recorded(panels: Panels, entry: Recorded, width: int, room: int) -> Lines:
    """What was recorded: it is on disk when this is painted. Whom it waits for, and the steps that are open."""
    view, zone = panels.view, panels.zone
    words = _("recorded {time}, entry {n}").format(time=hh_mm_ss(entry.at, zone), n=entry.sequence)
    if view.floor is not None and view.floor.mode:
        from ...domain.mode import STAMP  # not before degraded mode stands

        words += f" · {STAMP}"
    waiting = _("{n} wait for the link").format(n=entry.waiting) if entry.waiting else ""
    lines = [head_line((words, "bold $clear"), (waiting, "$attention"), width), outcome_line(view.outcome, width)]
    if not entry.complete:
        whom = ", ".join(f"{PANEL_OF[agency]} {agency_name(agency)}" for agency in pending(view))
        lines.append(line((" " + _("PENDING: waits for {whom}").format(whom=whom), "bold $attention")))
    if view.plan is not None and view.plan.procedures:
        from .checklist import progress_of, step_lines

        found = progress_of(panels, view.plan)
        if found.open or found.unsigned:
            lines += step_lines(panels, view.plan, width, room - len(lines) - 1)
    lines += stay_lines(entry.stay, width, room - len(lines) - 1)
    return [*lines[: room - 1], line(" ", (_("Enter next traveller"), "bold"))]


def pending(view: MergedView) -> list[Agency]:
    """The agencies whose word is still to come, in the order of the panels."""
    waited_for = {AGENCY_OF[j.authority] for j in view.standing if j.verdict is Verdict.PENDING}
    return [agency for agency in PANEL_OF if agency in waited_for]
