"""A case row by row: conflicts, tasks, holds, needs, custody, cameras, what was said; and one row in full."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from textual.content import Content

from ...domain.cases.holds import hold_at
from ..words import _, clean
from .cases import holder_words, link_words, panel_words, task_words
from .cells import Lines, cut, left, line, rule, spoken, spread, wrap
from .signing import how_far, whose_words
from .signs import of_outcome
from .times import hh_mm, span, stopwatch, when

if TYPE_CHECKING:
    from ...domain.cases.case import Custody, Hold
    from ...workstation.cases_reading import CaseSheet

KIND = 10


@dataclass(frozen=True, slots=True)
class CaseItem:
    """One row of a case: what kind of thing, and its id among those."""

    kind: str
    id: str


def case_items(sheet: CaseSheet) -> tuple[CaseItem, ...]:
    """The rows: what presses first, then what is over, then what is known."""
    case = sheet.case
    return (
        *(CaseItem("conflict", str(at)) for at in range(len(case.conflicts))),
        *(CaseItem("task", task.id) for task in case.open_tasks),
        *(CaseItem("hold", hold.id) for hold in case.standing_holds),
        *(CaseItem("need", need.id) for need in case.unmet_needs),
        *(CaseItem("sign", str(at)) for at in range(len(case.unsigned))),
        *(CaseItem("item", f"{one.item.kind.value}/{one.item.id}") for one in case.custody),
        *(CaseItem("camera", str(at)) for at in range(len(case.references))),
        *(CaseItem("said", topic.value) for topic in sheet.said),
        *(CaseItem("about", f"{link.kind.value}/{link.id}") for link in case.links),
        *(CaseItem("task", task.id) for task in case.tasks if not task.open),
        *(CaseItem("hold", hold.id) for hold in case.holds if not hold.standing),
        *(CaseItem("need", need.id) for need in case.needs if need.met_at is not None),
    )


def case_row(sheet: CaseSheet, item: CaseItem, now: datetime, zone: str, width: int) -> Content:
    """One row: its kind, its words, and at the end its state."""
    words, state, style = item_words(sheet, item, now, zone)
    behind = line((state, style))
    before = line((left(_kind(item.kind), KIND), "$muted"), cut(words, max(0, width - KIND - behind.cell_length - 1)))
    return spread(before, behind, width)


def case_detail(sheet: CaseSheet, item: CaseItem | None, now: datetime, zone: str, width: int, height: int) -> Lines:
    """The row that is marked, in full."""
    if item is None:
        return [rule(width)]
    words, state, style = item_words(sheet, item, now, zone)
    more = _more(sheet, item, now, zone)
    head = line(" ", (_kind(item.kind), "bold"), " ", (state, style))
    told = [line(" ", part) for text in (words, *more) for part in wrap(text, width - 2)]
    return [rule(width), head, *told][:height]


def _kind(kind: str) -> str:
    return {
        "conflict": _("CONFLICT"),
        "task": _("TASK"),
        "hold": _("HOLD"),
        "need": _("NEED"),
        "sign": _("SIGN-OFF"),
        "item": _("CUSTODY"),
        "camera": _("CAMERA"),
        "said": _("SAID"),
        "about": _("ABOUT"),
    }[kind]


def item_words(sheet: CaseSheet, item: CaseItem, now: datetime, zone: str) -> tuple[str, str, str]:
    """What a row says, its state, and the style of that."""
    return {
        "conflict": _conflict_row,
        "task": _task_row,
        "hold": _hold_row,
        "need": _need_row,
        "sign": _sign_row,
        "item": _item_row,
        "camera": _camera_row,
        "said": _said_row,
        "about": _about_row,
    }[item.kind](sheet, item.id, now, zone)


def _conflict_row(sheet: CaseSheet, id_: str, _now: datetime, _zone: str) -> tuple[str, str, str]:
    conflict = sheet.case.conflicts[int(id_)]
    about = f"{clean(conflict.about)}: " if conflict.about else ""
    return f"{about}{spoken(conflict.code)}", " / ".join(clean(act) for act in conflict.acts), "bold $stop"


def _task_row(sheet: CaseSheet, id_: str, now: datetime, zone: str) -> tuple[str, str, str]:
    task = next(task for task in sheet.case.tasks if task.id == id_)
    words = f"{panel_words(task.agency)}: {task_words(task)}"
    if not task.open:
        done = _("done") if task.state.value == "done" else _("declined")
        at = when(task.ended_at, now, zone) if task.ended_at else ""
        return words, f"{done} {at}", "$clear" if task.state.value == "done" else "$attention"
    if task.seen_at is None:
        return words, _("not seen {since}").format(since=stopwatch(task.link(now))), "$unknown"
    worked = stopwatch(task.worked(now))
    if task.limit is not None:
        worked = _("{since} of {aim}").format(since=worked, aim=stopwatch(task.limit))
    return words, worked, "bold $stop" if task.late(now) else "$attention"


def _hold_row(sheet: CaseSheet, id_: str, now: datetime, zone: str) -> tuple[str, str, str]:
    hold = _hold(sheet, id_)
    words = f"{link_words(hold.link)} · {panel_words(hold.agency)} · {clean(hold.legal_basis)}"
    if hold.released_at is not None:
        return words, _("released {time}").format(time=when(hold.released_at, now, zone)), "$clear"
    one = hold_at(hold, now, sheet.reachable)
    if one.off_post:
        return words, _("OFF-POST, overdue {since}").format(since=span(one.overdue)), "bold $stop"
    if now >= hold.review_at:
        return words, _("REVIEW, overdue {since}").format(since=span(one.overdue)), "bold $stop"
    due = _("review {time}").format(time=hh_mm(hold.review_at, zone))
    return (words, f"{_('NOBODY CAN RELEASE')} · {due}", "bold $stop") if one.nobody else (words, due, "$attention")


def _hold(sheet: CaseSheet, id_: str) -> Hold:
    return next(hold for hold in sheet.case.holds if hold.id == id_)


def _sign_row(sheet: CaseSheet, id_: str, _now: datetime, zone: str) -> tuple[str, str, str]:
    one = sheet.case.unsigned[int(id_)]
    words = _("{whom}: o opens the traveller, q signs")
    return words.format(whom=whose_words(one)), how_far(one, zone), "$attention"


def _need_row(sheet: CaseSheet, id_: str, now: datetime, zone: str) -> tuple[str, str, str]:
    need = next(need for need in sheet.case.needs if need.id == id_)
    words = spoken(f"need.{need.kind.value}") + (f": {clean(need.note)}" if need.note else "")
    if need.met_at is not None:
        return words, _("met {time}").format(time=when(need.met_at, now, zone)), "$clear"
    return words, _("since {span}").format(span=span(now - need.stated_at)), "bold $attention"


def _item_row(sheet: CaseSheet, id_: str, now: datetime, zone: str) -> tuple[str, str, str]:
    custody = _custody(sheet, id_)
    whole = [holder_words(holder, dict(sheet.names)) for holder in custody.holders]
    holders = " / ".join(words.partition(" · ")[0] if custody.disputed else words for words in whole)
    state = when(custody.since, now, zone)
    if custody.disputed:
        return f"{link_words(custody.item)} → {holders}", _("said apart"), "bold $stop"
    if custody.broken:
        return f"{link_words(custody.item)} → {holders}", _("chain broken"), "bold $stop"
    return f"{link_words(custody.item)} → {holders}", state, "$muted"


def _custody(sheet: CaseSheet, id_: str) -> Custody:
    return next(one for one in sheet.case.custody if f"{one.item.kind.value}/{one.item.id}" == id_)


def _camera_row(sheet: CaseSheet, id_: str, now: datetime, zone: str) -> tuple[str, str, str]:
    seen = sheet.case.references[int(id_)]
    note = f" · {clean(seen.note)}" if seen.note else ""
    return f"{clean(seen.camera)}{note}", when(seen.at, now, zone), "bold"


def _said_row(sheet: CaseSheet, id_: str, now: datetime, zone: str) -> tuple[str, str, str]:
    topic = next(topic for topic in sheet.said if topic.value == id_)
    given = sheet.said[topic]
    told = " ≠ ".join(dict.fromkeys(_answer(one.words, one.value, withheld=one.withheld) for one in given))
    differ = len({one.compared for one in given if not one.withheld}) > 1
    state = _("{n} answers differ").format(n=len(given)) if differ else when(given[-1].at, now, zone)
    return f"{spoken(f'topic.{id_}')}: {told}", state, "bold $attention" if differ else "$muted"


def _answer(words: str, value: str, *, withheld: bool) -> str:
    if withheld:
        return _("said to another agency")
    return f"{clean(words)} ({clean(value)})" if value else clean(words)


def _about_row(sheet: CaseSheet, id_: str, _now: datetime, _zone: str) -> tuple[str, str, str]:
    link = next(link for link in sheet.case.links if f"{link.kind.value}/{link.id}" == id_)
    outcome = sheet.outcomes.get(link.id)
    if outcome is None:
        return link_words(link), "", ""
    sign = of_outcome(outcome)
    return link_words(link), sign.text, f"bold {sign.style}"


def _more(sheet: CaseSheet, item: CaseItem, now: datetime, zone: str) -> list[str]:
    """What has no room in the row."""
    names = dict(sheet.names)
    if item.kind == "item":
        chain = _custody(sheet, item.id).chain
        return [
            f"{when(one.at, now, zone)}  {holder_words(one.giver, names)} → {holder_words(one.taker, names)}"
            + ("" if one.signed else f"  {_('NOT SIGNED BY BOTH')}")
            for one in reversed(chain)
        ]
    if item.kind == "hold":
        hold = _hold(sheet, item.id)
        who = clean(names.get(hold.releaser, hold.releaser)) or _("nobody was to be reached")
        return [
            _("held by {who}").format(who=holder_words(hold.custodian, names)),
            _("can release: {who}").format(who=who),
        ]
    if item.kind == "task":
        task = next(task for task in sheet.case.tasks if task.id == item.id)
        given = _("asked {time} by {who}").format(
            time=when(task.given_at, now, zone), who=clean(names.get(task.given_by, task.given_by))
        )
        return [given, clean(task.note)] if task.note else [given]
    if item.kind == "said":
        topic = next(topic for topic in sheet.said if topic.value == item.id)
        return [
            f"{when(one.at, now, zone)} {clean(one.counter)} {clean(names.get(one.asked_by, one.asked_by))}: "
            + _answer(one.words, one.value, withheld=one.withheld)
            for one in reversed(sheet.said[topic])
        ]
    return []
