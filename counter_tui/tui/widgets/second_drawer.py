"""The second-person drawer: a reason, a note, who signs and how, with what they sign in one sentence.

They sign beside the first with their PIN, at their own counter, or over the telephone: a challenge is read to them, and
they read eight digits back. A way that is barred is shown, and says why.

It knows nothing of what is signed: whoever opens it says so. A scan never gets into the PIN: fields give back what a
reader typed.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import Enum

from textual.message import Message
from textual.widgets import Input

from ...domain.acts import Means
from ...domain.posts import Officer
from ...workstation.two_persons import Way
from ..paint.cells import Lines
from ..paint.choosing import Choice, choice_lines
from ..paint.second import (
    ElsewhereWords,
    chosen_line,
    elsewhere_choices,
    officer_choices,
    sentence_lines,
    signing_title,
    spelled_lines,
)
from ..words import _, clean, say
from .drawer import SHORT, Drawer

NOTE_LENGTH = 500
PIN_LONGEST = 32


@dataclass(frozen=True, slots=True)
class Signing:
    """What two people are to sign, in the words of the language that is on when they are asked for.

    `reasons` are numbered from 1; those in `noted` ask for a note; without any, who signs is asked first. `sentence`
    says what is signed, of the reason's number and the second person. `seconds` are who may sign beside, `elsewhere`
    the other ways. `alone` says how one person ends it, and `solo` begins that. A note has `shortest` characters at
    least. `signed` and `called` are told what was answered.
    """

    what: Callable[[], str]
    about: str
    reasons: Callable[[], Sequence[Choice]]
    noted: frozenset[int]
    seconds: tuple[Officer, ...]
    sentence: Callable[[int, Officer], str]
    elsewhere: tuple[Way, ...] = ()
    alone: Callable[[], str] | None = None
    solo: Callable[[], object] | None = None
    shortest: int = 1
    signed: "Callable[[SecondDrawer.Signed], object] | None" = None
    called: "Callable[[SecondDrawer.Called], object] | None" = None


class Asked(Enum):
    """Which question is open."""

    REASON = "reason"
    NOTE = "note"
    WHO = "who"
    WHOM = "whom"
    PIN = "pin"
    SEND = "send"
    DIGITS = "digits"


class SecondDrawer(Drawer):
    """`Signed` tells that all is said; the drawer waits for `close`, or for `refused`."""

    class Called(Message):
        """A second person is to be called: the drawer waits for `challenge`, or for `refused`."""

        def __init__(self, reason: int, note: str, second: Officer) -> None:
            super().__init__()
            self.reason = reason
            self.note = note
            self.second = second

    class Signed(Called):
        """A second person has signed: with a PIN beside the first, with digits by telephone; or is to be asked."""

        def __init__(self, reason: int, note: str, second: Officer, pin: str, means: Means = Means.BESIDE) -> None:
            super().__init__(reason, note, second)
            self.pin = pin
            self.means = means

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002 - the framework's word
        super().__init__(id=id)
        self._signing: Signing | None = None
        self._asked = Asked.REASON
        self._reason = 1
        self._note = ""
        self._second: Officer | None = None
        self._way: Way | None = None
        self._spelled = ""

    def open(self, signing: Signing) -> None:
        """Ask for everything that this takes."""
        self._signing = signing
        self._reason, self._note, self._second, self._way, self._spelled = 1, "", None, None, ""
        self.display = True
        self._ask(Asked.REASON if signing.reasons() else Asked.WHO)

    @property
    def signing(self) -> Signing:
        """What is signed; only while it is open."""
        assert self._signing is not None
        return self._signing

    def close(self) -> None:
        """Put it away, and forget what was typed."""
        super().close()
        self._signing, self._note, self._second, self._way, self._spelled = None, "", None, None, ""

    def refused(self, problem: str) -> None:
        """It was not taken, and why: the PIN is typed anew."""
        if self.is_open:
            with self.input.prevent(Input.Changed):
                self.input.clear()
            self.tell(problem)

    def challenge(self, spelled: str) -> None:
        """What is to be read out to the second person; their eight digits are typed then."""
        if self.is_open and self._way is not None:
            self._spelled = spelled
            self._ask(Asked.DIGITS)

    def back(self) -> bool:
        """One question back; from the first one the drawer closes. Whether it still asks."""
        before = {
            Asked.PIN: Asked.WHO,
            Asked.SEND: Asked.WHOM,
            Asked.DIGITS: Asked.WHOM,
            Asked.WHOM: Asked.WHO,
            Asked.WHO: Asked.NOTE if self._reason in self.signing.noted else Asked.REASON,
            Asked.NOTE: Asked.REASON,
        }.get(self._asked)
        if before is None or (before is Asked.REASON and not self.signing.reasons()):
            self.close()
        else:
            self._back_to(before)
        return self.is_open

    def _back_to(self, before: Asked) -> None:
        if before is Asked.WHO:
            at, self._second, self._way = self._at_way(), None, None
            self._ask(before, at)
        else:
            self._ask(before, self._reason - 1 if before is Asked.REASON else 0)
        if before is Asked.NOTE:
            self.fill(self._note)

    def _at_way(self) -> int:
        """Where in the list of who signs the one stands that was chosen."""
        if self._way is not None:
            return len(self.signing.seconds) + self.signing.elsewhere.index(self._way)
        return self.signing.seconds.index(self._second) if self._second in self.signing.seconds else 0

    def _ask(self, asked: Asked, at: int = 0) -> None:
        self._asked = asked
        longest = {Asked.NOTE: NOTE_LENGTH, Asked.PIN: PIN_LONGEST}.get(asked, SHORT)
        self.ask(at, longest=longest, secret=asked is Asked.PIN)

    def question(self) -> str:
        """What the open question is."""
        name = self._second.name if self._second else ""
        beside = _("who signs beside you? number, name or arrows")
        return {
            Asked.REASON: _("why? number, words or arrows"),
            Asked.NOTE: _("note: what another officer needs to know"),
            Asked.WHO: _("who signs with you? number, name or arrows") if self.signing.elsewhere else beside,
            Asked.WHOM: _("who is asked? number, name or arrows"),
            Asked.PIN: _("PIN of {name}, typed by them").format(name=name),
            Asked.SEND: _("Enter records it; {name} confirms at their counter").format(name=name),
            Asked.DIGITS: _("the eight digits that {name} reads back").format(name=name),
        }[self._asked]

    def choices(self) -> list[Choice]:
        """Reasons, then persons and ways."""
        signing = self.signing
        if self._asked is Asked.REASON:
            return list(signing.reasons())
        if self._asked is Asked.WHO:
            beside = officer_choices(signing.seconds)
            ways = [ElsewhereWords(way.means, len(way.seconds), way.why_not) for way in signing.elsewhere]
            others = [*beside, *elsewhere_choices(ways, len(beside) + 1)]
            return [*others, Choice(len(others) + 1, _("nobody is here"))] if signing.solo is not None else others
        way = self._way if self._asked is Asked.WHOM else None
        return officer_choices(way.seconds, way.at) if way is not None else []

    def room(self) -> int:
        """As many lines as the sentence takes, or the choices."""
        asks_for_text = self._asked in {Asked.PIN, Asked.SEND, Asked.DIGITS}
        return len(self._middle(self.app.size.width)) if asks_for_text else super().room()

    def paint(self, width: int) -> Lines:
        """What is signed, and the choices."""
        return [*signing_title(self.signing.what(), self.signing.about, width), *self._middle(width)]

    def _middle(self, width: int) -> Lines:
        if self._asked in {Asked.PIN, Asked.SEND, Asked.DIGITS} and self._second is not None:
            note = f" “{clean(self._note)}”" if self._note else ""
            sentence = sentence_lines(self.signing.sentence(self._reason, self._second) + note, width)
            return [*sentence, *spelled_lines(self._spelled, width)] if self._asked is Asked.DIGITS else sentence
        if self._asked is Asked.NOTE:
            return [chosen_line(self._reason_words(), width)]
        if self._asked is Asked.WHO and not self.choices():
            return []
        return choice_lines(self.shown(), self.at, width)

    def _reason_words(self) -> str:
        return next(choice.words for choice in self.signing.reasons() if choice.number == self._reason)

    def hint(self) -> tuple[str, str]:
        """What the keys do now."""
        if self._asked is Asked.WHO and not self._anybody():
            return self._nobody(), "$attention"
        barred = self._barred()
        if barred:
            return barred, "$attention"
        if self._asked in {Asked.PIN, Asked.DIGITS}:
            return _("Enter signs and records   Esc back"), "$muted"
        if self._asked is Asked.SEND:
            return _("Enter records, to be confirmed   Esc back"), "$muted"
        return _("Enter next   Esc back") if self._asked is Asked.NOTE else _(
            "Enter next   ↑↓ choose   Esc back"
        ), "$muted"

    def _barred(self) -> str:
        """Why the way that is pointed at is not one; or how one person ends it who is alone."""
        shown = self.shown() if self._asked is Asked.WHO else []
        at = shown[min(self.at, len(shown) - 1)].number - len(self.signing.seconds) if shown else 0
        if at > len(self.signing.elsewhere):
            return self._nobody()
        way = self.signing.elsewhere[at - 1] if at > 0 else None
        return say(way.why_not) if way is not None and way.why_not else ""

    def _anybody(self) -> bool:
        return bool(self.signing.seconds) or any(not way.why_not for way in self.signing.elsewhere)

    def _nobody(self) -> str:
        """How one person ends it who is alone."""
        if self.signing.alone is not None:
            return self.signing.alone()
        return _("nobody of this counter may sign beside you: Esc, and refer the traveller")

    def take_choice(self, number: int) -> None:
        """A reason, a person, or a way."""
        seconds = self.signing.seconds
        if self._asked is Asked.REASON:
            self._reason, self._note = number, ""
            self._ask(Asked.NOTE if number in self.signing.noted else Asked.WHO)
        elif self._asked is Asked.WHOM and self._way is not None:
            self._ask_elsewhere(self._way.seconds[number - 1])
        elif number <= len(seconds):
            self._second = seconds[number - 1]
            self._ask(Asked.PIN)
        elif number <= len(seconds) + len(self.signing.elsewhere):
            self._take_way(self.signing.elsewhere[number - len(seconds) - 1])
        elif self.signing.solo is not None:
            self.signing.solo()

    def _take_way(self, way: Way) -> None:
        if way.why_not:
            self.tell(say(way.why_not))
        else:
            self._way = way
            self._ask(Asked.WHOM)

    def _ask_elsewhere(self, second: Officer) -> None:
        assert self._way is not None
        self._second = second
        if self._way.means is Means.OWN_COUNTER:
            self._ask(Asked.SEND)
        else:
            called = self.Called(self._reason, self._note, second)
            self.post_message(called) if self.signing.called is None else self.signing.called(called)

    def take_text(self, text: str) -> None:
        """The note, the PIN, the digits; or only Enter."""
        if self._asked is Asked.NOTE and len(text.strip()) >= self.signing.shortest:
            self._note = text.strip()
            self._ask(Asked.WHO)
        elif self._asked is Asked.NOTE and text.strip():
            self.tell(_("at least {n} characters").format(n=self.signing.shortest))
        elif self._asked is Asked.NOTE:
            self.tell(_("this reason asks for a note"))
        elif self._asked is Asked.SEND or (text and self._asked in {Asked.PIN, Asked.DIGITS}):
            self._sign(text)
        elif self._asked is Asked.PIN:
            self.tell(_("their PIN first"))
        elif self._asked is Asked.DIGITS:
            self.tell(_("the eight digits first"))

    def _sign(self, text: str) -> None:
        if self._second is not None:
            means = Means.BESIDE if self._way is None else self._way.means
            signed = self.Signed(self._reason, self._note, self._second, text, means)
            self.post_message(signed) if self.signing.signed is None else self.signing.signed(signed)
