"""The second-person drawer: a reason, a note, who signs beside, and their PIN, with what they sign in one sentence.

It knows nothing of what is signed: whoever opens it says so. A scan never gets into the PIN: fields give back what a
reader typed.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import Enum

from textual.message import Message
from textual.widgets import Input

from ...domain.posts import Officer
from ..paint.cells import Lines
from ..paint.choosing import Choice, choice_lines
from ..paint.second import chosen_line, officer_choices, sentence_lines, signing_title
from ..words import _
from .drawer import SHORT, Drawer

NOTE_LENGTH = 500
PIN_LONGEST = 32


@dataclass(frozen=True, slots=True)
class Signing:
    """What two people are to sign, in the words of the language that is on when they are asked for.

    `reasons` are numbered from 1; those in `noted` ask for a note. `sentence` says what is signed, of the reason's
    number and the second person. `seconds` are who may.
    """

    what: Callable[[], str]
    about: str
    reasons: Callable[[], Sequence[Choice]]
    noted: frozenset[int]
    seconds: tuple[Officer, ...]
    sentence: Callable[[int, Officer], str]


class Asked(Enum):
    """Which question is open."""

    REASON = "reason"
    NOTE = "note"
    WHO = "who"
    PIN = "pin"


class SecondDrawer(Drawer):
    """`Signed` tells that all is said; the drawer waits for `close`, or for `refused`."""

    class Signed(Message):
        """A second person has typed their PIN: to be recorded."""

        def __init__(self, reason: int, note: str, second: Officer, pin: str) -> None:
            super().__init__()
            self.reason = reason
            self.note = note
            self.second = second
            self.pin = pin

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002 - the framework's word
        super().__init__(id=id)
        self._signing: Signing | None = None
        self._asked = Asked.REASON
        self._reason = 1
        self._note = ""
        self._second: Officer | None = None

    def open(self, signing: Signing) -> None:
        """Ask for everything that this takes."""
        self._signing = signing
        self._note, self._second = "", None
        self.display = True
        self._ask(Asked.REASON)

    @property
    def signing(self) -> Signing:
        """What is signed; only while it is open."""
        assert self._signing is not None
        return self._signing

    def close(self) -> None:
        """Put it away, and forget what was typed."""
        super().close()
        self._signing, self._note, self._second = None, "", None

    def refused(self, problem: str) -> None:
        """It was not taken, and why: the PIN is typed anew."""
        if self.is_open:
            with self.input.prevent(Input.Changed):
                self.input.clear()
            self.tell(problem)

    def back(self) -> bool:
        """One question back; from the first one the drawer closes. Whether it still asks."""
        if self._asked is Asked.PIN:
            self._ask(Asked.WHO, self._at_second())
        elif self._asked is Asked.WHO and self._reason in self.signing.noted:
            self._ask(Asked.NOTE)
            self.input.value = self._note
        elif self._asked in {Asked.WHO, Asked.NOTE}:
            self._ask(Asked.REASON, self._reason - 1)
        else:
            self.close()
        return self.is_open

    def _at_second(self) -> int:
        seconds = self.signing.seconds
        return seconds.index(self._second) if self._second in seconds else 0

    def _ask(self, asked: Asked, at: int = 0) -> None:
        self._asked = asked
        longest = {Asked.NOTE: NOTE_LENGTH, Asked.PIN: PIN_LONGEST}.get(asked, SHORT)
        self.ask(at, longest=longest, secret=asked is Asked.PIN)

    def question(self) -> str:
        """What the open question is."""
        name = self._second.name if self._second else ""
        return {
            Asked.REASON: _("why? number, words or arrows"),
            Asked.NOTE: _("note: what another officer needs to know"),
            Asked.WHO: _("who signs beside you? number, name or arrows"),
            Asked.PIN: _("PIN of {name}, typed by them").format(name=name),
        }[self._asked]

    def choices(self) -> list[Choice]:
        """Reasons, then persons."""
        if self._asked is Asked.REASON:
            return list(self.signing.reasons())
        return officer_choices(self.signing.seconds) if self._asked is Asked.WHO else []

    def room(self) -> int:
        """As many lines as the sentence takes, or the choices."""
        return len(self._middle(self.app.size.width)) if self._asked is Asked.PIN else super().room()

    def paint(self, width: int) -> Lines:
        """What is signed, and the choices."""
        return [*signing_title(self.signing.what(), self.signing.about, width), *self._middle(width)]

    def _middle(self, width: int) -> Lines:
        if self._asked is Asked.PIN and self._second is not None:
            return sentence_lines(self.signing.sentence(self._reason, self._second), width)
        if self._asked is Asked.NOTE:
            return [chosen_line(self._reason_words(), width)]
        if self._asked is Asked.WHO and not self.signing.seconds:
            return []
        return choice_lines(self.shown(), self.at, width)

    def _reason_words(self) -> str:
        return next(choice.words for choice in self.signing.reasons() if choice.number == self._reason)

    def hint(self) -> tuple[str, str]:
        """What the keys do now."""
        if self._asked is Asked.WHO and not self.signing.seconds:
            return _("nobody of this counter may sign beside you: Esc, and refer the traveller"), "$attention"
        if self._asked is Asked.PIN:
            return _("Enter signs and records   Esc back"), "$muted"
        return _("Enter next   Esc back") if self._asked is Asked.NOTE else _(
            "Enter next   ↑↓ choose   Esc back"
        ), "$muted"

    def take_choice(self, number: int) -> None:
        """A reason, or a person."""
        if self._asked is Asked.REASON:
            self._reason, self._note = number, ""
            self._ask(Asked.NOTE if number in self.signing.noted else Asked.WHO)
        else:
            self._second = self.signing.seconds[number - 1]
            self._ask(Asked.PIN)

    def take_text(self, text: str) -> None:
        """The note, or the PIN."""
        if self._asked is Asked.NOTE and text.strip():
            self._note = text.strip()
            self._ask(Asked.WHO)
        elif self._asked is Asked.NOTE:
            self.tell(_("this reason asks for a note"))
        elif self._asked is Asked.PIN and text and self._second is not None:
            self.post_message(self.Signed(self._reason, self._note, self._second, text))
        elif self._asked is Asked.PIN:
            self.tell(_("their PIN first"))
