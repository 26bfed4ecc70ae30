"""What is done at a case beside custody and holds: tasks, welfare, cameras, clocks, whereabouts, closing."""

from __future__ import annotations

import re
from datetime import datetime, timedelta
from functools import partial
from typing import TYPE_CHECKING, Final
from zoneinfo import ZoneInfo

from ...domain.cases.clocks import readings
from ...domain.cases.deeds import (
    CameraSaw,
    ClockSet,
    Closed,
    Holder,
    Link,
    Linked,
    NeedStated,
    Reopened,
    Said,
    TaskDeclined,
    TaskGiven,
)
from ...domain.outcome import PERSON
from ...domain.sections import Subject
from ...domain.whereabouts import Whereabouts
from ...domain.words import SubjectKind
from ...errors import DecisionError
from ..paint.cases import link_words, who_words
from ..paint.signing import missing_words
from ..widgets.form_drawer import Answers, Form
from ..words import N_, _, clean
from . import case_forms as forms
from .case_asking import USUAL_TASK, minutes_of
from .case_form import FormDialog
from .case_hands import CaseHands

if TYPE_CHECKING:
    from ...domain.cases.rules import TaskKind
    from ...domain.posts import Officer

_HOUR: Final = re.compile(r"([01]?\d|2[0-3])[:.]([0-5]\d)")


class CaseDoing(CaseHands):
    """The keys of a case that ask something first."""

    # -- tasks --------------------------------------------------------------------------------------------------------

    def do_case_task(self) -> None:
        """Ask an agency to do something."""
        rules = self.rules

        def kinds(answers: Answers) -> tuple[TaskKind, ...]:
            return rules.tasks_of(forms.AGENCIES[forms.chosen(answers, "agency")])

        def made(answers: Answers) -> TaskGiven:
            agency, known = forms.AGENCIES[forms.chosen(answers, "agency")], kinds(answers)
            at = forms.chosen(answers, "what") if known else 0
            if at < len(known):
                return TaskGiven(self.new_id(), agency, minutes=known[at].minutes, code=known[at].code)
            return TaskGiven(self.new_id(), agency, answers["words"], minutes_of(answers, USUAL_TASK))

        self.ask(lambda: _("TASK"), forms.task(kinds, USUAL_TASK), made, N_("asked for, entry {n}"))

    def do_case_decline(self) -> None:
        """Decline the task that is marked."""
        id_ = self.marked("task")
        if id_ is not None:
            self.ask_note(lambda: _("DECLINE"), lambda note: TaskDeclined(id_, note), N_("declined, entry {n}"))

    # -- the rest -----------------------------------------------------------------------------------------------------

    def do_case_need(self) -> None:
        """What somebody needs."""
        self.ask(
            lambda: _("WELFARE"),
            (forms.need(), forms.note(empty=True)),
            lambda answers: NeedStated(self.new_id(), forms.NEEDS[forms.chosen(answers, "need")], answers["note"]),
            N_("noted, entry {n}"),
        )

    def do_case_camera(self) -> None:
        """A camera of the hall, and the time on it."""
        questions = (
            forms.words("camera", lambda: _("which camera? as on the plan of the hall")),
            forms.words("time", lambda: _("what time on it? hh:mm, the last one that was")),
            forms.note(empty=True),
        )
        self.ask(
            lambda: _("CAMERA"),
            questions,
            lambda answers: CameraSaw(answers["camera"], self._moment(answers["time"]), answers["note"]),
            N_("noted, entry {n}"),
        )

    def _moment(self, typed: str) -> datetime:
        """The last time at the post that a clock read so. Raises DecisionError `case.no-time`."""
        found = _HOUR.fullmatch(typed.strip())
        if found is None:
            raise DecisionError("case.no-time")
        here = self.counter.now().astimezone(ZoneInfo(self.counter.desk.place.post.zone))
        at = here.replace(hour=int(found[1]), minute=int(found[2]), second=0, microsecond=0)
        return at if at <= here else at - timedelta(days=1)

    def do_case_clock(self) -> None:
        """Stop a clock, or let it run again."""
        states = [reading.runs for reading in readings(self.case, self.counter.now())]

        def made(answers: Answers) -> ClockSet:
            at = forms.chosen(answers, "clock")
            return ClockSet(forms.CLOCKS[at], not states[at], answers["note"])

        self.ask(
            lambda: _("CLOCKS"),
            (forms.clock(states), forms.note()),
            lambda answers: ClockSet(
                forms.CLOCKS[forms.chosen(answers, "clock")],
                not states[forms.chosen(answers, "clock")],
                answers["note"],
            ),
            N_("noted, entry {n}"),
        )

    def do_whereabouts(self) -> None:
        """Where one of them, or one of the things, is now."""
        links = self.case.links

        async def record(answers: Answers) -> None:
            link = links[forms.chosen(answers, "link")]
            deed = Whereabouts(_subject(link), forms.PLACES[forms.chosen(answers, "place")], answers["has"])
            thread = link.id if link.kind is Linked.CROSSING else self.case_id
            sequence = await self.counter.desk.cases.state_where(thread, deed)
            await self.load()
            self.counter.tell(N_("where they are is recorded, entry {n}"), "clear", n=sequence)

        questions = (
            *forms.link(links, lambda: _("who or what? number, words or arrows")),
            forms.place(),
            forms.words("has", lambda: _("who has them? Enter: nobody in particular"), empty=True),
        )
        if links:
            self.app.push_screen(FormDialog(Form(lambda: _("WHERE"), who_words(self.case), questions), record))

    def do_case_traveller(self) -> None:
        """Open the traveller of the case at this counter."""
        self.counter.ask(self._take_up(self.marked_traveller()), "crossing")

    async def _take_up(self, which: str) -> None:
        self.dismiss(await self.counter.desk.cases.take_up(self.case_id, which))

    def do_papers(self) -> None:
        """Its hand-over record, and its letter once it is closed."""
        from ...domain.papers.blocks import PaperKind
        from .papers import OF_RECORD, PapersScreen, Source

        make = self.counter.desk.papers.make_of_case
        kinds = (PaperKind.HAND_OVER, PaperKind.LETTER)
        sources = [Source(kind, partial(make, self.case_id, kind), OF_RECORD) for kind in kinds]
        self.app.push_screen(PapersScreen(sources, who_words(self.case), first=int(not self.case.open)))

    def do_case_close(self) -> None:
        """Close it with its hand-over record, or reopen it."""
        if not self.case.open:
            self.ask_note(lambda: _("REOPEN"), Reopened, N_("reopened, entry {n}"))
            return
        if self.case.unsigned:
            told = N_("Not closed: to be signed by {whom}. o opens the traveller; then q, and Enter signs.")
            self.counter.tell(told, "attention", whom=missing_words(self.case.unsigned))
            return
        items = tuple(one.item for one in self.case.custody)
        holds = tuple(hold.id for hold in self.case.standing_holds)

        def handed(answers: Answers) -> bool:
            return bool(items or holds) and bool(answers.get("to"))

        def made(answers: Answers) -> Closed:
            given = (items, holds) if handed(answers) else ((), ())
            return Closed(Holder(name=answers["to"]), given[0], answers["note"], given[1])

        def sentence(said: Said, second: Officer) -> str:
            assert isinstance(said, Closed)
            told = _("{second} signs with {first}: {items} handed over to {to}, and the case is closed.")
            held = [hold.link for hold in self.case.standing_holds]
            what = ", ".join(dict.fromkeys(link_words(one) for one in (*held, *items)))
            return told.format(
                second=clean(second.name), first=clean(self._me().name), items=what, to=clean(said.to.name)
            )

        questions = (
            forms.words("to", lambda: _("handed over to whom? Enter: to nobody, they went on"), empty=True),
            forms.note(empty=True),
        )
        self.ask(
            lambda: _("CLOSE"),
            questions,
            made,
            N_("closed, entry {n}"),
            sentence,
        )


def _subject(link: Link) -> Subject:
    """The subject of a link: of a crossing its person."""
    return PERSON if link.kind is Linked.CROSSING else Subject(SubjectKind(link.kind.value), link.id, link.label)
