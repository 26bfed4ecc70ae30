"""Degraded mode as it stands, and whoever was cleared in it: run again, or for whose answer each waits."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import TYPE_CHECKING

from textual.content import Content

from ...domain.words import Agency
from ..words import _, clean, language
from .cells import EMPTY, Lines, cut, left, left_name, line, rule, spoken, spread, wrap
from .checklist import STYLE, WIDEST_OWNER, clock_of, code_words, mark_of, owner_name, plan_title, unjudged_line
from .signs import agency_name, authority_name, panel
from .times import stopwatch, when

if TYPE_CHECKING:
    from ...domain.mode import ModeState
    from ...domain.procedures import Procedure
    from ...domain.procedures.progress import Progress
    from ...workstation.recall_rerun import RerunLine


def mode_head(
    mode: ModeState, steps: Progress | None, unsigned: Sequence[str], now: datetime, zone: str, width: int
) -> Lines:
    """How it stands, and its joint procedure; `unsigned` are the agencies that have not signed the deadlines."""
    lines = [*_standing(mode, now, zone, width), *unsigned_lines(unsigned, width), EMPTY]
    if steps is not None:
        lines += _procedure(steps, width)
    return [one.truncate(width, ellipsis=True) for one in lines]


def _procedure(found: Progress, width: int) -> Lines:
    """Its title and how many steps are done, or why it is not gone by; and what travellers who queue are told."""
    plan = found.plan
    unknown = unjudged_line(plan, width)
    if unknown is not None or not plan.procedures:
        return [unknown] if unknown is not None else []
    done = _("{n} of {all} done").format(n=len(found.steps) - len(found.open), all=len(found.steps))
    told = [line((f" {part}", "$muted")) for part in wrap(_notice(plan.procedures[0]), width - 2, 2)]
    return [spread(line(" ", plan_title(plan, width - len(done) - 3)), line(done, " "), width), *told]


def _notice(procedure: Procedure) -> str:
    own = procedure.notice
    if own is None:
        return ""
    return _("To the traveller: {words}").format(words=clean(own.id if language() == "id" else own.en))


def mode_step(found: Progress, index: int, now: datetime, zone: str, width: int) -> Content:
    """One step in a line: whose it is, what is to be done, and its clock."""
    if index >= len(found.steps):
        return EMPTY
    state = found.steps[index]
    mark, clock = mark_of(state, found), clock_of(state, now, zone)
    before = f" {mark} {left(owner_name(state), WIDEST_OWNER)} "
    text = cut(code_words(found.plan, state.step.code), width - len(before) - len(clock[0]) - 3)
    return spread(line((before + text, STYLE.get(mark, ""))), line(clock, " "), width)


def mode_foot(mode: ModeState, rerun: Sequence[RerunLine], now: datetime, zone: str, width: int, height: int) -> Lines:
    """Who is run again after it, in at most `height` lines."""
    lines = _again(mode, rerun, now, width)
    room = max(0, height - len(lines))
    waiting = [one for one in rerun if not one.done]
    done = [one for one in rerun if one.done]
    rows = [_row(one, now, zone, width) for one in (*waiting, *done)]
    return [one.truncate(width, ellipsis=True) for one in [*lines, *rows[:room]]]


def _standing(mode: ModeState, now: datetime, zone: str, width: int) -> Lines:
    if not mode.on or mode.since is None:
        words = _("Not declared: what is too old is capped by itself, and nothing reaches further.")
        left_at = mode.left_at if mode.rerun_by is not None and now <= mode.rerun_by else None
        state = _("left {time}").format(time=when(left_at, now, zone)) if left_at is not None else _("not declared")
        return [line(" ", (_("DEGRADED MODE"), "bold"), f"  {state}"), rule(width), line(f" {words}")]
    since = _("since {time}").format(time=when(mode.since, now, zone))
    head = line(" ", (_("DEGRADED MODE"), "bold $attention"), f"  {since}")
    cause = line(f" {spoken(f'mode.cause.{mode.cause}')}")
    lines = [spread(head, line((stopwatch(now - mode.since), "bold"), " "), width), rule(width), cause]
    if mode.disputed:
        words = _("Left at another counter apart from this: nothing reaches further until one knows of both.")
        lines.append(line((f" {words}", "bold $attention")))
    told = _("{panel} {authority} may be {hours} h old: loosened by two")
    lines += [
        line(f" {told.format(panel=panel(one), authority=authority_name(one), hours=minutes // 60)}")
        for one, minutes in mode.loosened
    ]
    return [*lines, line((f" {_('Every decision is marked M, and run again after the mode is left.')}", "$muted"))]


def unsigned_lines(unsigned: Sequence[str], width: int) -> Lines:
    """Why every deadline is over at once; nothing where all have signed."""
    if not unsigned:
        return []
    told = _("Deadlines are not signed by {whom}: each is over at once.")
    whom = ", ".join(agency_name(Agency(one)) for one in unsigned)
    return [line((f" {told.format(whom=whom)}", "bold $attention")).truncate(width, ellipsis=True)]


def _again(mode: ModeState, rerun: Sequence[RerunLine], now: datetime, width: int) -> Lines:
    """How far those are who were cleared in a mode that was left."""
    if not rerun or mode.rerun_by is None:
        return []
    done = sum(one.done for one in rerun)
    head = line(" ", (_("RUN AGAIN"), "bold"), f"  {_('{done} of {all}').format(done=done, all=len(rerun))}")
    left = mode.rerun_by - now
    if done == len(rerun):
        clock = line((_("all done"), "bold $clear"), " ")
    elif left.total_seconds() <= 0:
        clock = line((_("the time for it is over"), "bold $stop"), " ")
    else:
        clock = line((_("{left} left").format(left=stopwatch(left)), "bold $attention"), " ")
    return [spread(head, clock, width), rule(width)]


def _row(one: RerunLine, now: datetime, zone: str, width: int) -> Content:
    name = left_name(clean(one.who), max(12, width // 3))
    at = when(one.at, now, zone)
    return line(" ", name, f" {at}  ", _state(one))


def _state(one: RerunLine) -> tuple[str, str]:
    if one.done:
        return _("run again ✓"), "$clear"
    whom = ", ".join(f"{panel(a)} {authority_name(a)}" for a in one.waits)
    said = [_("waits for {whom}").format(whom=whom)] if whom else []
    if one.lists:
        said.append(_("no newer list: {lists}").format(lists=clean(", ".join(one.lists))))
    return " · ".join(said) or _("not asked yet"), "$attention"
