"""The steps of joint procedures as a checklist: whose each is, what is to be done, and how long it has taken."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from rich.cells import cell_len
from textual.content import Content

from ...domain.emergency import CORRIDOR
from ...domain.procedures.progress import Progress, State, StepState, progress
from ...domain.procedures.verdicts import verdicts_of
from ...domain.sections import Subject
from ...domain.words import Authority, SourceState, Verdict
from ..words import _, clean, language, say
from .cells import Lines, Piece, cut, left, line, spoken, spread
from .panels import Panels
from .signing import signs_line
from .signs import Sign, authority_name, not_checked, of_verdict, panel
from .times import hh_mm

if TYPE_CHECKING:
    from ...domain.procedures import Plan, Procedure, Unjudged
    from ...domain.view import MergedView

DONE, HERE, NEXT, SPARED, CONTRARY = "✓", "▸", "▹", "-", "!"
STYLE = {DONE: "$muted", HERE: "bold", SPARED: "$muted", CONTRARY: "$attention"}
WIDEST_OWNER = 15
HOUR = 60
FEW = 3
KEY, EMERGENCY_KEY = "q", "!"
MINUTE = timedelta(minutes=1)


def progress_of(panels: Panels, plan: Plan) -> Progress:
    """How far the plan is; where nothing was recorded of it, as far as verdicts tell."""
    if panels.progress is not None and panels.progress.plan == plan:
        return panels.progress
    view = panels.view
    looking = frozenset(panels.officer.authorities)
    return progress(plan, (), view.crossing.opened_at, verdicts=verdicts_of(plan, view.standing), looking=looking)


def code_words(plan: Plan, code: str) -> str:
    """A step or a title in words: the catalogue's, else the procedure's own."""
    words = spoken(code)
    own = next((w for p in plan.procedures if (w := p.find_words(code)) is not None), None)
    if words != code or own is None:
        return words
    return clean({"id": own.id}.get(language(), own.en))


def plan_title(plan: Plan, room: int) -> Content:
    """Title, number and leader of the foremost procedure, and the numbers of the others; shorter where it is tight."""
    first, *others = plan.procedures
    number, title = clean(first.number), code_words(plan, first.title)
    beside = f" + {_numbers(others)}" if others else ""
    ways = (
        _("(SOP {number}, lead: {lead})").format(number=number, lead=authority_name(first.lead)),
        _("(SOP {number}, lead {lead})").format(number=number, lead=panel(first.lead)),
    )
    told = next(
        (way for way in ways if cell_len(f"{title} {way}{beside}") <= room), _("(SOP {number})").format(number=number)
    )
    title = cut(title, room - cell_len(f" {told}{beside}"))
    return line((title, "bold"), f" {told}", (beside, "bold"))


def _numbers(procedures: list[Procedure]) -> str:
    return ", ".join(clean(p.number) for p in procedures)


def step_lines(panels: Panels, plan: Plan, width: int, room: int) -> Lines:
    """As many steps as have room: all, else from the next one on; what follows is counted on the last line."""
    found = progress_of(panels, plan)
    states = list(found.steps)
    signs = signs_line(found, width, KEY)
    if signs is not None:
        done = [step_row(panels, found, state, width) for state in states[-(room - 1) :]] if room > 1 else []
        return [*done, signs]
    here = next((at for at, s in enumerate(states) if not s.finished), len(states))
    first = max(0, min(here, len(states) - room))
    shown = states[first : first + max(1, room)]
    owner = min(WIDEST_OWNER, max((cell_len(owner_name(s)) for s in states), default=0))
    hidden = len(states) - first - len(shown)
    more = f" (+{hidden})" if hidden > 0 else ""
    lines = [step_row(panels, found, state, width, owner, key=KEY) for state in shown[:-1]]
    last = [step_row(panels, found, state, width - len(more), owner, key=KEY) for state in shown[-1:]]
    return [*lines, *(line(one.truncate(width - len(more) - 1, pad=True), (more, "$muted"), " ") for one in last)]


def owner_name(state: StepState) -> str:
    """Number of the panel, and the authority."""
    return f"{panel(state.step.authority)} {authority_name(state.step.authority)}"


def mark_of(state: StepState, found: Progress) -> str:
    """Done, not needed, said contrarily, the one to be done now, or another that could be."""
    if state.conflict:
        return CONTRARY
    if state.finished:
        return SPARED if state.state is State.NOT_NEEDED else DONE
    due = found.next
    return HERE if due and due[0] is state else NEXT if state in due else " "


def step_row(
    panels: Panels, found: Progress, state: StepState, width: int, owner: int = WIDEST_OWNER, key: str = ""
) -> Content:
    """One step in one line; the next one with the key that leads on: a corridor opens with its own."""
    mark = mark_of(state, found)
    key = EMERGENCY_KEY if key and state.step.code == CORRIDOR else key
    leads: list[Piece] = [" ", (key, "bold")] if key and mark == HERE else []
    behind = line(*_behind(panels, found.plan, state), *leads, " ")
    before = f"   {mark} {left(owner_name(state), owner)} "
    text = cut(code_words(found.plan, state.step.code), width - cell_len(before) - behind.cell_length - 1)
    return spread(line((before + text, STYLE.get(mark, ""))), behind, width)


def _behind(panels: Panels, plan: Plan, state: StepState) -> list[Piece]:
    """Which procedures ask for it, where there are several; who signs; the verdict that is called for; its clock."""
    pieces: list[Piece] = []
    if len(plan.procedures) > 1:
        numbers = {p.id: clean(p.number) for p in plan.procedures}
        pieces.append(("·".join(numbers[of] for of in state.planned.of), "$muted"))
    if not state.finished:
        if state.step.two:
            pieces.append((_("two sign"), "$attention" if state.wants_second else "$muted"))
        if state.step.verdicts:
            sign = called_for(panels.view, state)
            pieces.append((f"{sign.word.lower()}{'' if sign.sign == '✓' else '…'}", sign.style))
    pieces.append(clock_of(state, panels.now, panels.zone))
    return [piece for at, one in enumerate(p for p in pieces if p[0]) for piece in ([" ", one] if at else [one])]


def called_for(view: MergedView, state: StepState) -> Sign:
    """The verdict that a step's authority is called to give: what its findings ask for, or what is nearest to it."""
    section = view.section(state.step.authority)
    if section.source is SourceState.NOT_CHECKED:
        return not_checked()
    asked = max(
        (c.verdict for c in section.contributions if c.subject.kind is state.step.subject), default=Verdict.CLEAR
    )
    nearest = min(state.step.verdicts, key=lambda verdict: (abs(verdict - asked), verdict), default=asked)
    return of_verdict(nearest, Subject(state.step.subject, ""))


def clock_of(state: StepState, now: datetime, zone: str) -> tuple[str, str]:
    """When it was finished; else how long it has taken, of how much; else how long it may. In whole minutes."""
    if state.finished:
        return (hh_mm(state.finished_at, zone) if state.finished_at else "", "$muted")
    late = state.escalation(now)
    if late is not None:
        words = _("▲ not seen, {n} min late") if late.unseen else _("▲ {n} min late")
        return words.format(n=(now - late.since) // MINUTE), "bold $attention"
    taken, limit = state.taken(now), limit_words(state.step.minutes)
    if taken is None or not state.step.minutes or state.state is State.LATER:
        return limit, "$muted"
    return _("{n} of {aim}").format(n=taken // MINUTE, aim=limit), ""


def limit_words(minutes: int) -> str:
    """`20 min`, `4 h`; "" for no limit."""
    if not minutes:
        return ""
    if minutes >= 2 * HOUR and minutes % HOUR == 0:
        return _("{n} h").format(n=minutes // HOUR)
    return _("{n} min").format(n=minutes)


def unjudged_line(plan: Plan, width: int) -> Content | None:
    """Which procedures cannot be told, or are not gone by, and why; None where all can."""
    if not plan.unjudged:
        return None
    said: dict[str, list[str]] = {}
    for one in (u for u in plan.unjudged if not u.waits_for):
        said.setdefault(clean(say(one.why)), []).append(clean(one.number))
    words = [f"SOP {', '.join(numbers)}: {why}" for why, numbers in said.items()]
    waiting = [u for u in plan.unjudged if u.waits_for]
    if waiting:
        words.append(_waiting(waiting))
    return line((f" ? {' · '.join(words)}", "$attention")).truncate(width - 1, ellipsis=True)


def _waiting(unjudged: list[Unjudged]) -> str:
    """Which procedures wait for whose answer; where they are many, how many."""
    silent = {authority for one in unjudged for authority in one.waits_for}
    whom = ", ".join(authority_name(authority) for authority in Authority if authority in silent)
    if len(unjudged) > FEW:
        return _("{n} procedures wait for {whom}").format(n=len(unjudged), whom=whom)
    numbers = ", ".join(clean(one.number) for one in unjudged)
    return _("SOP {numbers} waits for {whom}").format(numbers=numbers, whom=whom)


def aim(plan: Plan | None) -> timedelta | None:
    """In how much time the lane is to be free."""
    return timedelta(minutes=plan.lane_minutes) if plan is not None and plan.lane_minutes else None
