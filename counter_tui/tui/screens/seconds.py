"""What is asked of who is signed in as a second person: a challenge that is read out, and acts to be confirmed."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import partial
from typing import TYPE_CHECKING, ClassVar

from textual.content import Content
from textual.widget import Widget

from ...domain.telephone import Challenge
from ...errors import CounterError
from ..commands import State, Where
from ..paint.cells import Lines
from ..paint.choosing import Choice
from ..paint.seconding import asked_words, challenge_words, digits_lines, waiting_line
from ..widgets.form_drawer import Answers, Form, Question
from ..widgets.painted import Canvas
from ..widgets.rows import Rows
from ..words import N_, _, say
from .case_form import FormDialog
from .frame import Dialog
from .row_keys import RowKeys

if TYPE_CHECKING:
    from ...domain.waiting import ToConfirm
    from ...workstation.news import News
    from ...workstation.seconding import Answered

ROWS_SHOWN = 10
CHALLENGE_LONGEST = 40
HOLDS, DOES_NOT = "1", "2"


class Seconds(RowKeys, Dialog[None]):
    """A challenge is answered, or an act confirmed, one after the other."""

    WHERE: ClassVar[Where] = Where.SECONDS

    def __init__(self) -> None:
        super().__init__()
        self._waiting: tuple[ToConfirm, ...] = ()
        self._names: Mapping[str, str] = {}
        self._rows = Rows()

    def state(self) -> State:
        """There is always the telephone."""
        return self.counter.state_at(self.WHERE, lines=1 + len(self._waiting))

    def title_words(self) -> str:
        """What the list is."""
        return _("You are asked as a second person")

    def body(self) -> Iterable[Widget]:
        """The telephone, and what waits."""
        yield self._rows

    def on_mount(self) -> None:
        """Ask what waits."""
        super().on_mount()
        self._fill()
        self._rows.focus()
        self.counter.ask(self._load(), "second")

    async def _load(self) -> None:
        desk = self.counter.desk.judging
        marked = self._waiting[self._rows.at - 1].act.id if self._rows.at else ""
        self._waiting = await desk.waiting()
        at = [one.act.id for one in self._waiting]
        self._rows.at = at.index(marked) + 1 if marked in at else 0
        self._names = await desk.names(one.act.officer for one in self._waiting)
        self._fill()
        self.refresh_frame()

    def heard(self, _news: News) -> None:
        """Something came from another counter, perhaps what is waited for here."""
        if self.is_mounted:
            self.counter.ask(self._load(), "second")

    def _fill(self) -> None:
        count = 1 + len(self._waiting)
        self._rows.styles.height = min(ROWS_SHOWN, count)
        self._rows.fill(count, self._row)

    def repaint(self) -> None:
        """Another language."""
        self._fill()
        super().repaint()

    def _row(self, index: int, width: int) -> Content:
        if index == 0:
            return Content(_("Another counter calls: type its challenge, read eight digits back"))
        one = self._waiting[index - 1]
        return waiting_line(one, self._who(one), self.counter.desk.place.post.zone, width)

    def _who(self, one: ToConfirm) -> str:
        """Who asks; by their id where nobody knows them here."""
        return self._names.get(one.act.officer, one.act.officer)

    def on_rows_chosen(self) -> None:
        """Enter on a line."""
        self.action_command("second-answer")

    def do_second_answer(self) -> None:
        """The telephone, or this act."""
        at = self._rows.at
        if at == 0:
            self.app.push_screen(FormDialog(challenge_form(), self._answer))
        else:
            one = self._waiting[at - 1]
            self.app.push_screen(FormDialog(confirm_form(one, self._who(one)), partial(self._confirm, one)))

    async def _answer(self, answers: Answers) -> None:
        answered = await self.counter.desk.judging.answer(answers["challenge"], answers["pin"])
        self.app.call_later(self._show, answered)

    def _show(self, answered: tuple[Answered, ...]) -> None:
        self.app.push_screen(Digits(answered))

    async def _confirm(self, one: ToConfirm, answers: Answers) -> None:
        agreed = answers["said"] == HOLDS
        sequence = await self.counter.desk.judging.confirm(one, answers.get("note", ""), agreed=agreed)
        told = N_("confirmed, entry {n}") if agreed else N_("NOT confirmed, entry {n}: it counts as not signed")
        self.counter.tell(told, "clear" if agreed else "attention", n=sequence)
        await self._load()


class Digits(Dialog[None]):
    """The eight digits, until they were read back."""

    WHERE: ClassVar[Where] = Where.SECONDS

    def __init__(self, answered: tuple[Answered, ...]) -> None:
        super().__init__()
        self._answered = answered
        self._face = Canvas(self._paint)

    def state(self) -> State:
        """Nothing is chosen here."""
        return self.counter.state_at(self.WHERE)

    def title_words(self) -> str:
        """What to do with them."""
        return _("Read these eight digits back; they hold once, for ten minutes")

    def body(self) -> Iterable[Widget]:
        """The digits."""
        self._face.styles.height = 2 * len(self._answered)
        yield self._face

    def _paint(self, width: int, _height: int) -> Lines:
        return digits_lines(self._answered, width)

    def do_leave(self) -> None:
        """They were read."""
        self.dismiss(None)


def challenge_form() -> Form:
    """A challenge as it is read out, and the PIN of who answers."""
    return Form(
        lambda: _("SECOND PERSON BY TELEPHONE"),
        "",
        (
            Question("challenge", lambda: _("the challenge, three groups of five"), longest=CHALLENGE_LONGEST),
            Question("pin", lambda: _("your own PIN"), secret=True, sentence=_challenge_sentence),
        ),
    )


def _challenge_sentence(answers: Answers) -> str:
    try:
        return challenge_words(Challenge.read(answers["challenge"]))
    except CounterError as wrong:
        return say(wrong)


def confirm_form(one: ToConfirm, who: str) -> Form:
    """Whether an act of this person's holds, and a note."""
    return Form(
        lambda: _("CONFIRM"),
        "",
        (
            Question(
                "read",
                lambda: _("Enter when you have read it"),
                empty=True,
                sentence=lambda _answers: asked_words(one, who),
            ),
            Question("said", lambda: _("does it hold?"), lambda _answers: confirm_choices()),
            Question("note", lambda: _("note; Enter: none"), empty=True),
        ),
    )


def confirm_choices() -> list[Choice]:
    """What can be said of it."""
    return [Choice(int(HOLDS), _("it holds: I sign it")), Choice(int(DOES_NOT), _("it does not hold"))]
