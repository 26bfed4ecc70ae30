"""Secondary cases: the list of them, and one in full: what it waits for, whose turn it is, who holds what."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from textual.content import Content

from ...domain.cases.clocks import Reading, Turn, readings
from ...domain.cases.deeds import Clock, Holder, Link, Linked
from ...domain.cases.next_step import Next, Step
from ...domain.words import PANEL_OF, Agency, Outcome, SubjectKind
from ..words import _, clean
from .cells import LABEL, Lines, Piece, cut, left, left_name, line, rule, spoken, spread
from .identity import dotted
from .signs import agency_name, of_outcome, subject_name
from .times import span, stopwatch, when

if TYPE_CHECKING:
    from ...domain.cases.case import Case, Task
    from ...domain.whereabouts import Located
    from ...workstation.cases_reading import CaseLine, CaseSheet

HEAD = 6
KIND, NUMBER, WHERE = 10, 10, 16
SPENT = 3
SECOND = timedelta(seconds=1)


# -- the list ---------------------------------------------------------------------------------------------------------


def cases_header(width: int) -> Content:
    """The names of the columns."""
    name = _name(width)
    words = f"{left(_('case'), NUMBER)} {left_name(_('traveller'), name)} {left(_('where'), WHERE)} {_('next')}"
    return line((words, "$muted")).truncate(width, ellipsis=True)


def case_line(one: CaseLine, now: datetime, width: int) -> Content:
    """One case: its number, whom it is about, where they are, what it waits for and since when."""
    case = one.case
    since = span(now - case.opened_at) if case.opened_at and case.open else ""
    before = line(
        (left(clean(case.number), NUMBER), "$muted"),
        " ",
        left_name(who_words(case), _name(width)),
        " ",
        (left(_whereabouts(one.located), WHERE), ""),
        " ",
    )
    words, style = next_words(case, one.next)
    behind = line((f" {since}", "$muted"))
    room = max(0, width - before.cell_length - behind.cell_length - 1)
    return spread(line(before, (cut(words, room), style)), behind, width)


def _name(width: int) -> int:
    return max(14, min(30, width - NUMBER - WHERE - 34))


def who_words(case: Case) -> str:
    """Whom it is about: the first by name, and how many more."""
    people = [link for link in case.links if link.kind in (Linked.CROSSING, Linked.PERSON)] or list(case.links)
    if not people:
        return _("nobody named yet")
    more = f" +{len(people) - 1}" if len(people) > 1 else ""
    return clean(people[0].label).upper() + more


def _whereabouts(located: tuple[Located, ...]) -> str:
    found = next((one for one in located if one.subject.kind is SubjectKind.PERSON), None)
    if found is None:
        return ""
    return _("said apart") if found.place is None else spoken(f"place.{found.place.value}")


def next_words(case: Case, following: Next) -> tuple[str, str]:
    """What it waits for, in a few words, and its style."""
    step, whose = following.step, panel_words(following.agency)
    about = _about(case, following)
    return {
        Step.SETTLE: (_("CONFLICT: {what}").format(what=spoken(following.about)), "bold $stop"),
        Step.RAISE_HOLD: (_("HOLD: call off-post, {what}").format(what=about), "bold $stop"),
        Step.REVIEW_HOLD: (_("review the hold: {what}").format(what=about), "bold $attention"),
        Step.SEE_TASK: (_("{whose}: {what}").format(whose=whose, what=about), "bold"),
        Step.DO_TASK: (_("{whose}: {what}").format(whose=whose, what=about), "bold"),
        Step.MEET_NEED: (_("needs {what}").format(what=about), "$attention"),
        Step.WAIT: (_("waits for {whose}: {what}").format(whose=whose, what=about), ""),
        Step.RELEASE_HOLD: (_("held by {whose}").format(whose=whose), "$attention"),
        Step.DECIDE: (_("decide the traveller"), "bold"),
        Step.SIGN: (_("sign-off missing: {whose}").format(whose=whose), "bold"),
        Step.HAND_ON: (_("protected: to whoever takes care of them"), "bold"),
        Step.CLOSE: (_("close: nothing is open"), "$clear"),
        Step.DONE: (_("void: the referral was undone") if case.void else _("closed"), "$muted"),
    }[step]


def _about(case: Case, following: Next) -> str:
    for task in case.tasks:
        if task.id == following.about:
            return task_words(task)
    for hold in case.holds:
        if hold.id == following.about:
            return link_words(hold.link)
    for need in case.needs:
        if need.id == following.about:
            return spoken(f"need.{need.kind.value}")
    return ""


def task_words(task: Task) -> str:
    """What is to be done."""
    return clean(task.words) or (spoken(task.code) if task.code else _("words for another agency"))


def panel_words(agency: Agency | None) -> str:
    """`2 customs`."""
    return f"{PANEL_OF[agency]} {agency_name(agency)}" if agency is not None else _("nobody")


def link_words(link: Link) -> str:
    """What it is, by its kind and its label."""
    if link.kind in (Linked.CROSSING, Linked.CASE):
        return clean(link.label) or _("traveller")
    label = clean(link.label)
    kind = subject_name(SubjectKind(link.kind.value))
    return f"{kind} {label}".rstrip()


def holder_words(holder: Holder, names: dict[str, str]) -> str:
    """Who holds it: the officer's name or whatever they were called, the agency, the place."""
    who = clean(names.get(holder.officer, "") or holder.name or holder.officer)
    said = [who or "?"]
    if holder.agency is not None:
        said.append(panel_words(holder.agency))
    if holder.place:
        said.append(clean(holder.place))
    return " · ".join(said)


# -- one case ---------------------------------------------------------------------------------------------------------


def case_head(sheet: CaseSheet, now: datetime, zone: str, width: int) -> Lines:
    """Whom it is about, both clocks and whose turn their time was, where everybody is, what is next."""
    case = sheet.case
    security, service = readings(case, now)
    clocks = line(" ", _clock(security), "   ", _clock(service))
    return [
        spread(
            line(" ", (_("CASE {number}").format(number=clean(case.number)), "bold"), f"  {who_words(case)}"),
            line(*_outcome(sheet), (_state(case), "bold" if case.open else "$muted"), " "),
            width,
        ),
        spread(clocks, _opened(sheet, now, zone, width - clocks.cell_length - 4), width),
        line(" ", (left(_("TIME"), LABEL), "bold"), _spent(security, case, width)).truncate(width - 1, ellipsis=True),
        line(" ", (left(_("WHERE"), LABEL), "bold"), _where(sheet, now, zone)).truncate(width - 1, ellipsis=True),
        _next(sheet, width),
        rule(width),
    ]


def _next(sheet: CaseSheet, width: int) -> Content:
    """What is next, and the key that takes it further."""
    keys = {
        Step.SEE_TASK: _("Enter: seen"),
        Step.DO_TASK: _("Enter: done…"),
        Step.REVIEW_HOLD: _("Enter: review…"),
        Step.RAISE_HOLD: _("Enter: review…"),
        Step.MEET_NEED: _("Enter: met"),
        Step.RELEASE_HOLD: _("r release…"),
        Step.DECIDE: _("o traveller"),
        Step.SIGN: _("o traveller, q sign"),
        Step.HAND_ON: _("f hand over…"),
        Step.CLOSE: _("f close…"),
        Step.DONE: _("f reopen…"),
    }
    said, behind = next_words(sheet.case, sheet.next), "" if sheet.case.void else keys.get(sheet.next.step, "")
    return spread(line(" ", (left(_("NEXT"), LABEL), "bold"), said), line((behind, "bold"), " "), width)


def _state(case: Case) -> str:
    lead = panel_words(case.lead)
    if case.void:
        return _("void: the referral was undone")
    return _("open · lead {lead}").format(lead=lead) if case.open else _("closed · lead was {lead}").format(lead=lead)


def _outcome(sheet: CaseSheet) -> list[Piece]:
    outcome = max(sheet.outcomes.values(), key=list(Outcome).index, default=None)
    if outcome is None:
        return []
    sign = of_outcome(outcome)
    return [(sign.text, f"bold {sign.style}"), "   "]


def _clock(reading: Reading) -> Content:
    name = _("security") if reading.clock is Clock.SECURITY else _("service")
    state = "" if reading.runs else f" {_('stopped')}"
    return line(f"{name} ", (stopwatch(reading.total), "bold"), (state, "$muted"))


def _opened(sheet: CaseSheet, now: datetime, zone: str, room: int) -> Content:
    """When it was opened, for which reason and by whom, as far as there is room."""
    case = sheet.case
    if case.opened_at is None:
        return line((_("its opening has not come yet"), "$attention"), " ")
    reason = spoken(f"reason.{case.reason}") if case.reason else ""
    who = clean(sheet.names.get(case.opened_by, case.opened_by))
    words = " · ".join(part for part in (when(case.opened_at, now, zone), reason, who) if part)
    return line((cut(words, room), "$muted"), " ")


def _spent(reading: Reading, case: Case, width: int) -> Content:
    """The longest turns first: `2 customs 0:12:00 look at … · link 0:02:00`."""
    tasks = {task.id: task for task in case.tasks}
    said: list[Piece] = []
    for one in [one for one in reading.spent if one.length >= SECOND][:SPENT]:
        whose = _("link to {whose}") if one.turn is Turn.LINK else "{whose}"
        step = f" {cut(task_words(tasks[one.task]), max(18, width // 4))}" if one.task in tasks else ""
        said.append(f"{whose.format(whose=panel_words(one.agency))} {stopwatch(one.length)}{step}")
    return dotted(said)


def _where(sheet: CaseSheet, now: datetime, zone: str) -> Content:
    said: list[Piece] = []
    for located in sheet.located:
        about = "" if located.subject.kind is SubjectKind.PERSON else f"{subject_name(located.subject)} "
        for one in located.sightings:
            has = f" ({clean(one.has)})" if one.has else ""
            words = f"{about}{spoken(f'place.{one.place.value}')}{has} {when(one.at, now, zone)}"
            said.append((words, "bold $stop" if located.disputed else "bold"))
    return dotted(said) if said else line((_("nobody has said where"), "$attention"))
