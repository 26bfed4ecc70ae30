"""The verdict drawer: from below, the traveller stays in sight; one question at a time, Esc goes one back."""

from collections.abc import Sequence
from enum import Enum
from typing import ClassVar, Protocol

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.message import Message
from textual.widgets import Input

from ...domain.decisions import ReasonCode
from ...domain.outcome import PERSON
from ...domain.posts import Officer
from ...domain.sections import Subject
from ...domain.view import MergedView
from ...domain.words import Direction, SubjectKind, Verdict
from ..paint.cells import Lines
from ..paint.choosing import (
    ROWS,
    Choice,
    choice_lines,
    drawer_title,
    hint_line,
    narrowed,
    reason_choices,
    subject_choices,
)
from ..paint.identity import name_of
from ..words import _, say
from .painted import Canvas

NOTE_LENGTH = 500
AROUND = 4  # rule, title, input and hint


class Choices(Protocol):
    """What the drawer asks the workstation: what can be judged, and which reasons fit."""

    def subjects(self) -> tuple[Subject, ...]:
        """What a verdict can be about here."""
        ...

    def reasons(self, verdict: Verdict, subject: Subject) -> tuple[ReasonCode, ...]:
        """The reasons that this officer may give for this verdict on this subject."""
        ...


class Asked(Enum):
    """Which question is open."""

    SUBJECT = "subject"
    REASON = "reason"
    NOTE = "note"


def is_barred(view: MergedView, verdict: Verdict, subject: Subject) -> bool:
    """Whether the law bars this verdict: a citizen is never refused entry."""
    who = view.circumstances
    entering = who.citizen and who.direction is Direction.ENTRY
    return verdict is Verdict.REFUSE and subject.kind is SubjectKind.PERSON and entering


def preselected(view: MergedView, officer: Officer, subjects: Sequence[Subject]) -> int:
    """Which subject is most likely meant: of the worst that this officer's own authorities found, else the first."""
    own = [c for s in view.sections for c in s.contributions if s.authority in officer.authorities]
    worst = max(own, key=lambda c: (c.verdict, c.band_floor, c.points or 0), default=None)
    about = worst.subject if worst else PERSON
    return subjects.index(about) if about in subjects else 0


class VerdictDrawer(Vertical):
    """Asks what a verdict other than the one key needs; `VerdictChosen` tells it, and the drawer waits for `close`."""

    DEFAULT_CSS = """
    VerdictDrawer { dock: bottom; width: 100%; height: auto; display: none; background: $field; }
    VerdictDrawer Canvas { height: 1fr; width: 100%; background: $field; }
    VerdictDrawer #drawer-hint { height: 1; }
    VerdictDrawer Input, VerdictDrawer Input:focus {
        border: none; height: 1; padding: 0 2; background: $field;
    }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("down", "move(1)", show=False),
        Binding("up", "move(-1)", show=False),
        Binding("escape", "back", show=False),
    ]

    class VerdictChosen(Message):
        """Everything was asked: to be recorded."""

        def __init__(self, subject: Subject, verdict: Verdict, reason: ReasonCode, note: str) -> None:
            super().__init__()
            self.subject = subject
            self.verdict = verdict
            self.reason = reason
            self.note = note

    class Closed(Message):
        """The drawer was put away."""

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002 - the framework's word
        super().__init__(id=id)
        self._verdict = Verdict.HOLD
        self._traveller = ""
        self._choices: Choices | None = None
        self._subjects: list[Subject] = []
        self._reasons: tuple[ReasonCode, ...] = ()
        self._subject: Subject | None = None
        self._reason: ReasonCode | None = None
        self._asked = Asked.SUBJECT
        self._at = 0
        self._problem = ""
        self._barred = ""
        self._face = Canvas(self._paint)
        self._hint = Canvas(self._paint_hint, id="drawer-hint")
        self._input = Input(id="drawer-input")

    def compose(self) -> ComposeResult:
        """What is chosen from, the line to type in, and what the keys do."""
        yield self._face
        yield self._input
        yield self._hint

    @property
    def is_open(self) -> bool:
        """Whether it asks something."""
        return bool(self.display)

    def open(self, verdict: Verdict, view: MergedView, officer: Officer, choices: Choices) -> None:
        """Ask for this verdict on the traveller of this view."""
        offered = choices.subjects()
        self._subjects = [s for s in offered if not is_barred(view, verdict, s)]
        barred = len(self._subjects) < len(offered)
        self._barred = say("decision.citizen-not-refused") if barred else ""
        self._verdict, self._choices = verdict, choices
        self._traveller = name_of(view.crossing.document)
        self.display = True
        self._ask(Asked.SUBJECT, preselected(view, officer, self._subjects))

    def close(self) -> None:
        """Put it away: it is recorded, or nobody wants it any more."""
        if self.display:
            self.display = False
            self._input.clear()
            self.post_message(self.Closed())

    def back(self) -> bool:
        """One question back; from the first one the drawer closes. Whether it still asks."""
        if self._asked is Asked.NOTE:
            self._ask(Asked.REASON, self._reasons.index(self._reason) if self._reason in self._reasons else 0)
        elif self._asked is Asked.REASON:
            self._ask(Asked.SUBJECT, self._subjects.index(self._subject) if self._subject in self._subjects else 0)
        else:
            self.close()
        return self.is_open

    def repaint(self) -> None:
        """Another language: the question is asked in it."""
        self._input.placeholder = self._question()
        self._refresh()

    def tell(self, problem: str) -> None:
        """Say why it was not taken, in words; the drawer stays where it is."""
        self._problem = problem
        self._hint.repaint()

    def _ask(self, asked: Asked, at: int) -> None:
        self._asked, self._problem = asked, ""
        with self._input.prevent(Input.Changed):
            self._input.clear()
        self._input.max_length = NOTE_LENGTH if asked is Asked.NOTE else 40
        self._input.placeholder = self._question()
        self._at = at
        self._refresh()
        self._input.focus()

    def _question(self) -> str:
        return {
            Asked.SUBJECT: _("about what? number or arrows"),
            Asked.REASON: _("why? number, words or arrows"),
            Asked.NOTE: _("note: what another officer needs to know"),
        }[self._asked]

    def _refresh(self) -> None:
        room = 1 if self._asked is Asked.NOTE else max(1, min(ROWS, len(self._all())))
        self.styles.height = room + AROUND
        self._face.repaint()
        self._hint.repaint()

    def _all(self) -> list[Choice]:
        return subject_choices(self._subjects) if self._asked is Asked.SUBJECT else reason_choices(self._reasons)

    def _shown(self) -> list[Choice]:
        if self._asked is Asked.NOTE:
            return []
        return narrowed(self._all(), self._input.value)

    def _paint(self, width: int, _height: int) -> Lines:
        subject = None if self._asked is Asked.SUBJECT else self._subject
        title = drawer_title(self._verdict, subject, self._traveller, width)
        if self._asked is Asked.NOTE and self._reason is not None:
            return [*title, *choice_lines(reason_choices([self._reason]), 0, width)]
        return [*title, *choice_lines(self._shown(), self._at, width)]

    def _paint_hint(self, width: int, _height: int) -> Lines:
        if self._problem:
            return [hint_line(self._problem, "bold $stop", width)]
        if self._asked is Asked.REASON and not self._reasons:
            return [hint_line(_("no reason of yours fits: Esc, and call who may"), "$attention", width)]
        if self._asked is Asked.SUBJECT and self._barred:
            return [hint_line(self._barred, "$attention", width)]
        last = self._asked is Asked.NOTE or (self._asked is Asked.REASON and not self._asks_note())
        keys = _("Enter record   Esc back") if last else _("Enter next   ↑↓ choose   Esc back")
        return [hint_line(keys, "$muted", width)]

    def _asks_note(self) -> bool:
        shown = self._shown()
        return bool(shown) and self._reasons[shown[min(self._at, len(shown) - 1)].number - 1].note

    def on_input_changed(self, event: Input.Changed) -> None:
        """What is typed narrows the choice."""
        event.stop()
        self._problem = ""
        if self._asked is not Asked.NOTE:
            self._at = 0
        self._face.repaint()
        self._hint.repaint()

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Enter: the next question, or all is said."""
        event.stop()
        if self._asked is Asked.NOTE:
            self._take_note()
            return
        shown = self._shown()
        if not shown:
            return
        index = shown[min(self._at, len(shown) - 1)].number - 1
        if self._asked is Asked.SUBJECT:
            self._take_subject(self._subjects[index])
        else:
            self._take_reason(self._reasons[index])

    def _take_subject(self, subject: Subject) -> None:
        assert self._choices is not None
        self._subject = subject
        self._reasons = self._choices.reasons(self._verdict, subject)
        self._ask(Asked.REASON, 0)

    def _take_reason(self, reason: ReasonCode) -> None:
        self._reason = reason
        if reason.note:
            self._ask(Asked.NOTE, 0)
        else:
            self._chosen("")

    def _take_note(self) -> None:
        note = self._input.value.strip()
        if note:
            self._chosen(note)
        else:
            self.tell(_("this reason asks for a note"))

    def _chosen(self, note: str) -> None:
        if self._subject is not None and self._reason is not None:
            self.post_message(self.VerdictChosen(self._subject, self._verdict, self._reason, note))

    def action_move(self, by: int) -> None:
        """An arrow."""
        self._at = max(0, min(self._at + by, len(self._shown()) - 1))
        self._face.repaint()
        self._hint.repaint()

    def action_back(self) -> None:
        """Esc."""
        self.back()
