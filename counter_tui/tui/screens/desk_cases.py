"""Cases at the desk: `s` refers in one step, `c` lists, `f` opens the traveller's; what they say, where they are."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ...domain.outcome import PERSON
from ...domain.words import Verdict
from ...errors import CounterError
from ..paint.identity import name_of
from ..words import N_, _, say
from .desk_overriding import DeskOverriding

if TYPE_CHECKING:
    from collections.abc import Mapping

    from ...domain.statements import Answer, Topic
    from ..widgets.form_drawer import Answers
    from ..widgets.verdict_drawer import VerdictDrawer


class DeskCases(DeskOverriding):
    """The desk with secondary cases."""

    # -- referred -----------------------------------------------------------------------------------------------------

    def do_refer(self) -> None:
        """Secondary inspection: the reason, and the lane is free."""
        officer = self.counter.desk.officer
        if self._view is not None and officer is not None:
            self._drawer.open(Verdict.REFER, self._view, officer, self.counter.desk, straight=True)
            self.refresh_frame()

    def _refer(self, event: VerdictDrawer.VerdictChosen) -> None:
        self._busy = True
        self.counter.ask(self._referring(event), "record")

    async def _referring(self, event: VerdictDrawer.VerdictChosen) -> None:
        name = self._view.crossing.document.display_name if self._view is not None else ""
        try:
            async with self._one_at_a_time:
                cases = self.counter.desk.cases
                done = await cases.refer(event.subject, event.reason, event.note, self._painted)
                self._drawer.close()
                self._put(None)
        except CounterError as error:
            self._put(self.counter.desk.view)
            self._drawer.tell(say(error))
            raise
        finally:
            self._busy = False
        told = N_("{name} is in secondary, case {case}, entry {n}: the lane is free")
        if not done.moves:
            told = N_("{name} stays where they are, case {case}, entry {n}: the lane is free")
        self.counter.tell(told, "clear", name=name, case=done.case.number, n=done.recorded.sequence)
        await self._refill()
        self._show_group()

    # -- looked at ----------------------------------------------------------------------------------------------------

    def do_cases(self) -> None:
        """Every case that is known here."""
        from .case_list import CaseList

        self.app.push_screen(CaseList(), self._case_chosen)

    def _case_chosen(self, case_id: str | None) -> None:
        if case_id is not None:
            from .case import CaseScreen

            self.app.push_screen(CaseScreen(case_id), self._case_left)

    def _case_left(self, crossing_id: str | None) -> None:
        work = self._resume(crossing_id) if crossing_id else self._refill()
        self.counter.ask(work, "crossing")

    def do_case(self) -> None:
        """The case of the traveller on the screen; without one, which they are put into."""
        self.counter.ask(self._case_of(), "cases")

    async def _case_of(self) -> None:
        from .case_list import CaseList

        if self._view is None:
            return
        case_id = await self.counter.desk.cases.of_crossing(self._view.crossing.id)
        if case_id:
            self._case_chosen(case_id)
        else:
            self.app.push_screen(CaseList(choosing=True), self._put_into)

    def _put_into(self, case_id: str | None) -> None:
        if case_id is not None:
            self.counter.ask(self._putting(case_id), "record")

    async def _putting(self, case_id: str) -> None:
        sequence = await self.counter.desk.cases.link(case_id)
        self.counter.tell(N_("put into the case, entry {n}"), "clear", n=sequence)

    # -- said of the traveller ----------------------------------------------------------------------------------------

    def do_answers(self) -> None:
        """What they say; what they said before stands above it."""
        self.counter.ask(self._ask_answer(), "cases")

    async def _ask_answer(self) -> None:
        from ..widgets.form_drawer import Form, Question
        from .case_form import FormDialog
        from .desk_forms import statement_of, topic_choices

        if self._view is None:
            return
        said, _located = await self.counter.desk.cases.said()
        document = self._view.crossing.document

        async def record(answers: Answers) -> None:
            deed = statement_of(answers)
            sequence = await self.counter.desk.cases.note_answer(deed)
            self._tell_answer(deed.topic, said, sequence, deed.words)

        questions = (
            Question("topic", lambda: _("about what? number, words or arrows"), lambda _a: topic_choices(said)),
            Question("words", lambda: _("what they say, in their words")),
            Question("value", lambda: _("in short: 14 d, RM 300, Kuching; Enter: nothing"), empty=True, longest=40),
        )
        self.app.push_screen(FormDialog(Form(lambda: _("THEY SAY"), name_of(document), questions), record))

    def _tell_answer(self, topic: Topic, before: Mapping[Topic, tuple[Answer, ...]], sequence: int, words: str) -> None:
        last = before.get(topic, ())
        if last and last[-1].words != words and not last[-1].withheld:
            told = N_("answer recorded, entry {n}; before it was: {before}")
            self.counter.tell(told, "attention", n=sequence, before=last[-1].words)
        else:
            self.counter.tell(N_("answer recorded, entry {n}"), "clear", n=sequence)

    def do_whereabouts(self) -> None:
        """Where they are now, apart from any verdict."""
        from ...domain.whereabouts import Whereabouts
        from ..widgets.form_drawer import Form
        from . import case_forms as forms
        from .case_form import FormDialog

        if self._view is None:
            return
        crossing = self._view.crossing

        async def record(answers: Answers) -> None:
            deed = Whereabouts(PERSON, forms.PLACES[forms.chosen(answers, "place")], answers["has"])
            sequence = await self.counter.desk.cases.state_where(crossing.id, deed)
            self.counter.tell(N_("where they are is recorded, entry {n}"), "clear", n=sequence)

        has = forms.words("has", lambda: _("who has them? Enter: nobody in particular"), empty=True)
        form = Form(lambda: _("WHERE"), name_of(crossing.document), (forms.place(), has))
        self.app.push_screen(FormDialog(form, record))
