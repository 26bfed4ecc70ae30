"""How something is asked at a case: a form from below, recorded, and told with its entry's number."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, Final

from ...domain.cases.deeds import CaseDeed, Holder, Linked, Said
from ...errors import DecisionError
from ..paint.cases import who_words
from ..widgets.form_drawer import Answers, Form, Question
from ..widgets.second_drawer import Signing
from . import case_forms as forms
from .case_form import FormDialog
from .frame import FullScreen

if TYPE_CHECKING:
    from ...domain.cases.case import Case, Task
    from ...domain.cases.rules import CaseRules
    from ...domain.posts import Officer
    from ...workstation.cases_reading import CaseSheet
    from ...workstation.two_persons import By

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
        self.counter.ask(self._said(said, told), "record")

    async def _said(self, said: Said, told: str) -> None:
        self._busy = True
        try:
            sequence = await self.counter.desk.cases.say(self.case_id, said)
        finally:
            self._busy = False
        await self._recorded(sequence, told)

    async def _recorded(self, sequence: int, told: str) -> None:
        await self.load()
        self.counter.tell(told, "clear", n=sequence)

    def ask(
        self,
        what: Callable[[], str],
        questions: tuple[Question, ...],
        make: Callable[[Answers], Said],
        told: str,
        sentence: Callable[[Said, Officer], str] | None = None,
    ) -> None:
        """Ask these; `make` says what is recorded of the answers, `sentence` what a second person signs of it."""

        async def record(answers: Answers) -> bool:
            said = make(answers)
            if sentence is not None and CaseDeed(said).needs_second():
                return await self._signed(dialog, said, partial(sentence, said), told)
            await self._said(said, told)
            return True

        if self.sheet is not None:
            dialog = FormDialog(Form(what, who_words(self.case), questions), record)
            self.app.push_screen(dialog)

    async def _signed(self, dialog: FormDialog, said: Said, sentence: Callable[[Officer], str], told: str) -> bool:
        """Whether a second person signed it, wherever they are."""
        cases, id_ = self.counter.desk.cases, self.case_id
        beside, *others = await cases.by_two(said)

        async def sign(_reason: int, _note: str, by: By) -> None:
            await self._recorded(await cases.sign(id_, said, by), told)

        signing = Signing(
            what=dialog.form.what,
            about=dialog.form.about,
            reasons=tuple,
            noted=frozenset(),
            seconds=beside.seconds,
            sentence=lambda _reason, second: sentence(second),
            elsewhere=tuple(others),
        )
        return await dialog.by_two(signing, sign, lambda _reason, _note, second: cases.ask(id_, said, second.id))

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
