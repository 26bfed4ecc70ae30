"""A drawer that asks several things, one after the other: choices and words, and last perhaps a second person's PIN.

It knows nothing of what is asked: a form says so. A scan never gets into it: fields give back what a reader typed.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

from textual.message import Message

from ..paint.cells import Lines, cut, line, rule, spread
from ..paint.choosing import Choice, choice_lines
from ..paint.second import chosen_line, sentence_lines
from ..words import _
from .drawer import SHORT, Drawer

LONGEST = 500
PIN_LONGEST = 32
SHOWN_ANSWERS = 2

Answers = Mapping[str, str]
"""What was answered so far by the names of questions: words as typed, a choice by its number."""


@dataclass(frozen=True, slots=True)
class Question:
    """One question. `choices` are numbered from 1; without them words are typed, which may be `empty`.

    It is asked where `when` holds of what was answered before. `sentence` is shown above a `secret`: what is signed.
    """

    name: str
    ask: Callable[[], str]
    choices: Callable[[Answers], Sequence[Choice]] | None = None
    when: Callable[[Answers], bool] = lambda _answers: True
    empty: bool = False
    secret: bool = False
    longest: int = LONGEST
    sentence: Callable[[Answers], str] | None = None


@dataclass(frozen=True, slots=True)
class Form:
    """What is asked, in the words of the language that is on when it is."""

    what: Callable[[], str]
    about: str
    questions: tuple[Question, ...] = field(default=())


class FormDrawer(Drawer):
    """`Filled` tells that all is answered; the drawer waits for `close`, or for `refused`."""

    class Filled(Message):
        """Everything was answered."""

        def __init__(self, answers: Answers) -> None:
            super().__init__()
            self.answers = answers

    def __init__(self, form: Form, *, id: str | None = None) -> None:  # noqa: A002 - the framework's word
        super().__init__(id=id)
        self.form = form
        self._answers: dict[str, str] = {}
        self._said: dict[str, str] = {}
        self._open: Question = next(one for one in form.questions if one.when({}))

    def begin(self) -> None:
        """Ask the first question."""
        self.display = True
        self._ask(self._open)

    def _ask(self, question: Question) -> None:
        self._open = question
        at = int(self._answers.pop(question.name, "1")) - 1 if question.choices else 0
        before = "" if question.choices else self._answers.pop(question.name, "")
        self._said.pop(question.name, None)
        longest = PIN_LONGEST if question.secret else SHORT if question.choices else question.longest
        self.ask(at, longest=longest, secret=question.secret)
        if before:
            self.fill(before)

    def _next(self) -> None:
        questions = self.form.questions
        later = questions[questions.index(self._open) + 1 :]
        following = next((one for one in later if one.when(self._answers)), None)
        if following is None:
            self.post_message(self.Filled(dict(self._answers)))
        else:
            self._ask(following)

    def back(self) -> bool:
        """One question back; from the first one it closes. Whether it still asks."""
        questions = self.form.questions
        earlier = [one for one in questions[: questions.index(self._open)] if one.name in self._answers]
        if earlier:
            self._answers.pop(self._open.name, None)
            self._ask(earlier[-1])
        else:
            self.close()
        return self.is_open

    def refused(self, problem: str) -> None:
        """It was not taken, and why: the last question is open still, a PIN is typed anew."""
        if self._open.secret:
            self._answers.pop(self._open.name, None)
            with self.input.prevent(self.input.Changed):
                self.input.clear()
        self.tell(problem)

    # -- what is shown ------------------------------------------------------------------------------------------------

    def question(self) -> str:
        """What the open question is."""
        return self._open.ask()

    def choices(self) -> list[Choice]:
        """What there is to choose from."""
        return list(self._open.choices(self._answers)) if self._open.choices is not None else []

    def room(self) -> int:
        """As many lines as the choices, or what was answered before."""
        return len(self._middle(self.app.size.width)) if self._open.choices is None else super().room()

    def paint(self, width: int) -> Lines:
        """What it is about, and the choices, or what was answered before."""
        head = line(" ", (self.form.what(), "bold"))
        title = spread(head, line((cut(self.form.about, width // 2), "bold"), " "), width)
        return [rule(width), title, *self._middle(width)]

    def _middle(self, width: int) -> Lines:
        if self._open.choices is not None:
            return choice_lines(self.shown(), self.at, width)
        if self._open.sentence is not None:
            return sentence_lines(self._open.sentence(self._answers), width)
        said = [words for words in self._said.values() if words]
        return [chosen_line(words, width) for words in said[-SHOWN_ANSWERS:]] or [chosen_line("", width)]

    def hint(self) -> tuple[str, str]:
        """What the keys do now."""
        if self._open.choices is not None:
            return _("Enter next   ↑↓ choose   Esc back"), "$muted"
        if self._open.secret:
            return _("Enter signs and records   Esc back"), "$muted"
        return _("Enter next   Esc back"), "$muted"

    # -- answers ------------------------------------------------------------------------------------------------------

    def take_choice(self, number: int) -> None:
        """It is chosen."""
        chosen = next(choice for choice in self.choices() if choice.number == number)
        self._answers[self._open.name], self._said[self._open.name] = str(number), chosen.words
        self._next()

    def take_text(self, text: str) -> None:
        """The words, or the PIN."""
        words = text if self._open.secret else text.strip()
        if self._open.choices is not None:
            return
        if not words and not self._open.empty:
            self.tell(_("their PIN first") if self._open.secret else _("some words first"))
            return
        self._answers[self._open.name] = words
        if not self._open.secret:
            self._said[self._open.name] = words
        self._next()
