"""How something is asked at a case: a form from below, recorded, and told with its entry's number."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Callable
from typing import TYPE_CHECKING, Final

from ...domain.cases.deeds import Holder, Linked, Said
from ...errors import DecisionError
from ..paint.cases import who_words
from ..widgets.form_drawer import Answers, Form, Question
from . import case_forms as forms
from .case_form import FormDialog
from .frame import FullScreen

if TYPE_CHECKING:
    from ...domain.cases.case import Case, Task
    from ...domain.cases.rules import CaseRules
    from ...domain.posts import Officer
    from ...workstation.cases_reading import CaseSheet

USUAL_TASK: Final = 20
USUAL_REVIEW: Final = 60


class CaseAsking(FullScreen[str]):
    """What the keys of a case have in common."""

    def __init__(self, case_id: str) -> None:
        super().__init__()
        self.case_id = case_id
        self.sheet: CaseSheet | None = None
        self._busy = False

    @property
    def case(self) -> Case:
        """The case as it is shown."""
        assert self.sheet is not None
        return self.sheet.case

    @property
    def rules(self) -> CaseRules:
        """What the post has agreed on about cases."""
        assert self.sheet is not None
        return self.sheet.rules

    def one_task(self, id_: str) -> Task:
        """One of its tasks."""
        return next(task for task in self.case.tasks if task.id == id_)

    @abstractmethod
    def marked(self, kind: str) -> str | None:
        """The id of the row that is marked, if it is of this kind."""

    @abstractmethod
    def marked_traveller(self) -> str:
        """The crossing whose row is marked; "" where none is."""

    @abstractmethod
    async def load(self) -> None:
        """The case as it stands now."""

    # -- asked and recorded -------------------------------------------------------------------------------------------

    def say(self, said: Said, told: str) -> None:
        """Record something that needs no more words."""
        self.counter.ask(self._said(said, told, {}), "record")

    async def _said(self, said: Said, told: str, answers: Answers, second: str = "") -> None:
        cases = self.counter.desk.cases
        self._busy = True
        try:
            if second:
                sequence = await cases.sign(self.case_id, said, second, answers["pin"])
            else:
                sequence = await cases.say(self.case_id, said)
        finally:
            self._busy = False
        await self.load()
        self.counter.tell(told, "clear", n=sequence)

    def ask(
        self,
        what: Callable[[], str],
        questions: tuple[Question, ...],
        make: Callable[[Answers], Said],
        told: str,
        seconds: Callable[[Answers], tuple[Officer, ...]] | None = None,
    ) -> None:
        """Ask these; `make` says what is recorded of the answers, and `seconds` who may sign it, if anybody must."""

        async def record(answers: Answers) -> None:
            second = seconds(answers)[forms.chosen(answers, "second")].id if seconds and "pin" in answers else ""
            await self._said(make(answers), told, answers, second)

        if self.sheet is not None:
            self.app.push_screen(FormDialog(Form(what, who_words(self.case), questions), record))

    def ask_note(self, what: Callable[[], str], make: Callable[[str], Said], told: str, *, empty: bool = False) -> None:
        """Ask for a note, and record what comes of it."""
        self.ask(what, (forms.note(empty=empty),), lambda answers: make(answers["note"]), told)

    def new_id(self) -> str:
        """An id for what is new in this case: nobody else at this counter says something in the same instant."""
        return f"{self.counter.desk.place.counter.id}/{self.counter.now().isoformat()}"

    def _me(self) -> Officer:
        officer = self.counter.desk.officer
        assert officer is not None
        return officer

    def _others(self) -> tuple[Officer, ...]:
        return self.counter.desk.cases.officers(self._me().id)

    def _people(self) -> tuple[str, ...]:
        return tuple(link.label for link in self.case.links if link.kind in (Linked.CROSSING, Linked.PERSON))

    def _holder(self, answers: Answers, name: str, people: tuple[str, ...], others: tuple[Officer, ...]) -> Holder:
        at = forms.chosen(answers, name)
        me = self._me()
        if at < len(people) - 1:
            return Holder(name=people[at])
        officers = (me, *others)
        if at - len(people) + 1 < len(officers):
            officer = officers[at - len(people) + 1]
            return Holder(officer.agency, officer.id, officer.name)
        return Holder(name=answers.get(f"{name}-name", ""))


def minutes_of(answers: Answers, usual: int) -> int:
    """Raises DecisionError `case.no-number`."""
    number = forms.number_of(answers, usual)
    if number is None:
        raise DecisionError("case.no-number")
    return number
