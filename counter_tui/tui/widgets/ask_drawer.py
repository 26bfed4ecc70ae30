"""A drawer with one choice, and with or without words after it: a note and for whom, a reason, one of several."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from textual.content import Content
from textual.message import Message

from ..paint.cells import Lines, cut, line, rule, spread
from ..paint.choosing import Choice, choice_lines
from ..paint.second import chosen_line
from ..words import _
from .drawer import Drawer

LONGEST = 500


@dataclass(frozen=True, slots=True)
class Asking:
    """What is asked, in the words of the language that is on when it is.

    `choices` are numbered from 1. `words` asks for a text after the choice; None where the choice is all.
    """

    what: Callable[[], str]
    about: str
    question: Callable[[], str]
    choices: Callable[[], Sequence[Choice]]
    words: Callable[[], str] | None = None


class AskDrawer(Drawer):
    """`Said` tells that all is said; the drawer waits for `close`, or for `tell`."""

    class Said(Message):
        """A choice, with the words that go with it."""

        def __init__(self, choice: int, words: str) -> None:
            super().__init__()
            self.choice = choice
            self.words = words

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002 - the framework's word
        super().__init__(id=id)
        self._asking: Asking | None = None
        self._chosen = 0

    def open(self, asking: Asking) -> None:
        """Ask."""
        self._asking, self._chosen = asking, 0
        self.display = True
        self.ask()

    @property
    def asking(self) -> Asking:
        """What is asked; only while it is open."""
        assert self._asking is not None
        return self._asking

    def close(self) -> None:
        """Put it away, and forget what was typed."""
        super().close()
        self._asking, self._chosen = None, 0

    def back(self) -> bool:
        """From the words to the choice; from there it closes. Whether it still asks."""
        if self._chosen:
            at, self._chosen = self._chosen - 1, 0
            self.ask(at)
        else:
            self.close()
        return self.is_open

    def question(self) -> str:
        """What the open question is."""
        words = self.asking.words
        return words() if self._chosen and words is not None else self.asking.question()

    def choices(self) -> list[Choice]:
        """The choices, until one is taken."""
        return [] if self._chosen else list(self.asking.choices())

    def room(self) -> int:
        """As many lines as there are choices."""
        return 1 if self._chosen else super().room()

    def paint(self, width: int) -> Lines:
        """What is asked about, and the choices."""
        middle = [self._chosen_line(width)] if self._chosen else choice_lines(self.shown(), self.at, width)
        head = line(" ", (self.asking.what(), "bold"))
        return [rule(width), spread(head, line((cut(self.asking.about, width // 2), "bold"), " "), width), *middle]

    def _chosen_line(self, width: int) -> Content:
        return chosen_line(next(c.words for c in self.asking.choices() if c.number == self._chosen), width)

    def hint(self) -> tuple[str, str]:
        """What the keys do now."""
        if self._chosen:
            return _("Enter records   Esc back"), "$muted"
        return _("Enter next   ↑↓ choose   Esc back"), "$muted"

    def take_choice(self, number: int) -> None:
        """It is chosen."""
        if self.asking.words is None:
            self.post_message(self.Said(number, ""))
            return
        self._chosen = number
        self.ask(longest=LONGEST)

    def take_text(self, text: str) -> None:
        """The words."""
        if text.strip():
            self.post_message(self.Said(self._chosen, text.strip()))
        else:
            self.tell(_("some words first"))
