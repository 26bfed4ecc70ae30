"""The verdict drawer: what is judged, why, and in which words."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from enum import Enum
from functools import partial
from typing import TYPE_CHECKING, Final, Protocol

from textual.message import Message

from ...domain.decisions import ReasonCode
from ...domain.outcome import PERSON
from ...domain.posts import Officer
from ...domain.sections import Subject
from ...domain.words import Authority, Basis, Direction, SubjectKind, Verdict
from ..paint.cells import Lines, spoken
from ..paint.choosing import Choice, choice_lines, drawer_title, reason_choices, subject_choices
from ..paint.identity import name_of
from ..words import _, say
from .drawer import SHORT, Drawer

if TYPE_CHECKING:
    from ...domain.view import MergedView

NOTE_LENGTH = 500
KINDRED: Final = {
    Verdict.CLEAR: (Verdict.CLEAR, Verdict.CLEAR_COND),
    Verdict.HOLD: (Verdict.HOLD, Verdict.PENDING),
    Verdict.REFUSE: (Verdict.REFUSE, Verdict.HANDOVER),
}
"""What one key asks for: which of them it is follows from the reason."""


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


def preselected(view: MergedView, officer: Officer, verdict: Verdict, subjects: Sequence[Subject]) -> int:
    """Which subject is most likely meant: of the worst that this officer's own authorities found, else the first.

    What an officer has spoken on already comes after what nobody has. Who is referred takes the document along.
    """
    spoken_on = {(j.authority, j.subject) for j in view.standing if j.basis is Basis.OFFICER}
    found = [c for s in view.sections for c in s.contributions if s.authority in officer.authorities]
    own = [c for c in found if (c.authority, c.subject) not in spoken_on]
    worst = max(own, key=lambda c: (c.verdict, c.band_floor, c.points or 0), default=None)
    about = worst.subject if worst else PERSON
    if verdict is Verdict.REFER and about.kind is SubjectKind.DOCUMENT:
        about = PERSON
    return subjects.index(about) if about in subjects else 0


def finders(view: MergedView, subject: Subject) -> frozenset[Authority]:
    """The authorities that found something against a subject."""
    return frozenset(s.authority for s in view.sections if any(c.subject == subject for c in s.contributions))


def found_words(view: MergedView, officer: Officer, subject: Subject) -> str:
    """What this officer's own authorities found against a subject: what a refusal rests on, to be written on."""
    against = {
        c.id for s in view.sections for c in s.contributions if c.subject == subject and c.verdict > Verdict.PENDING
    }
    own = (f for s in view.sections if s.authority in officer.authorities for f in s.findings)
    said = [spoken(f.text) for f in own if f.id in against and f.text is not None and f.sealed is None]
    return "; ".join(dict.fromkeys(said))[:NOTE_LENGTH]


class VerdictDrawer(Drawer):
    """Asks what a verdict other than the one key needs; `VerdictChosen` tells it, and the drawer waits for `close`."""

    class VerdictChosen(Message):
        """Everything was asked: to be recorded."""

        def __init__(self, subject: Subject, verdict: Verdict, reason: ReasonCode, note: str) -> None:
            super().__init__()
            self.subject = subject
            self.verdict = verdict
            self.reason = reason
            self.note = note

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002 - the framework's word
        super().__init__(id=id)
        self._verdict = Verdict.HOLD
        self._traveller = ""
        self._offered: Choices | None = None
        self._subjects: list[Subject] = []
        self._reasons: tuple[tuple[Verdict, ReasonCode], ...] = ()
        self._subject: Subject | None = None
        self._reason: tuple[Verdict, ReasonCode] | None = None
        self._asked = Asked.SUBJECT
        self._is_barred: Callable[[Verdict, Subject], bool] = lambda _verdict, _subject: False
        self._found: Callable[[Subject], str] = lambda _subject: ""
        self._finders: Callable[[Subject], frozenset[Authority]] = lambda _subject: frozenset()

    def open(
        self, verdict: Verdict, view: MergedView, officer: Officer, choices: Choices, *, straight: bool = False
    ) -> None:
        """Ask for this verdict, or one of its kin, on the traveller of this view.

        `straight` asks for its reason, on the likeliest subject.
        """
        self._subjects = list(choices.subjects())
        self._verdict, self._offered = verdict, choices
        self._is_barred = partial(is_barred, view)
        self._found = partial(found_words, view, officer)
        self._finders = partial(finders, view)
        self._traveller = name_of(view.crossing.document)
        self.display = True
        likely = preselected(view, officer, verdict, self._subjects)
        if straight:
            self._take_subject(self._subjects[likely])
        else:
            self._ask(Asked.SUBJECT, likely)

    def back(self) -> bool:
        """One question back; from the first one the drawer closes. Whether it still asks."""
        if self._asked is Asked.NOTE:
            self._ask(Asked.REASON, self._reasons.index(self._reason) if self._reason in self._reasons else 0)
        elif self._asked is Asked.REASON:
            self._ask(Asked.SUBJECT, self._subjects.index(self._subject) if self._subject in self._subjects else 0)
        else:
            self.close()
        return self.is_open

    def _ask(self, asked: Asked, at: int = 0) -> None:
        self._asked = asked
        self.ask(at, longest=NOTE_LENGTH if asked is Asked.NOTE else SHORT)

    def question(self) -> str:
        """What the open question is."""
        return {
            Asked.SUBJECT: _("about what? number or arrows"),
            Asked.REASON: _("why? number, words or arrows"),
            Asked.NOTE: _("note: what another officer needs to know"),
        }[self._asked]

    def choices(self) -> list[Choice]:
        """Subjects, then reasons."""
        if self._asked is Asked.NOTE:
            return []
        if self._asked is Asked.SUBJECT:
            return subject_choices(self._subjects)
        return reason_choices(self._reasons, self._verdict, self._subject)

    def paint(self, width: int) -> Lines:
        """What is about to be judged, and the choices."""
        subject = None if self._asked is Asked.SUBJECT else self._subject
        meant = self._meant()
        title = drawer_title(meant[0] if meant else self._verdict, subject, self._traveller, width)
        if self._asked is Asked.NOTE and meant is not None:
            return [*title, *choice_lines(reason_choices([meant], meant[0], subject), 0, width)]
        return [*title, *choice_lines(self.shown(), self.at, width)]

    def _meant(self) -> tuple[Verdict, ReasonCode] | None:
        """The verdict and the reason that are pointed at, or were chosen."""
        if self._asked is Asked.NOTE:
            return self._reason
        shown = self.shown() if self._asked is Asked.REASON else []
        return self._reasons[shown[min(self.at, len(shown) - 1)].number - 1] if shown else None

    def hint(self) -> tuple[str, str]:
        """What the keys do now."""
        asked = self._subjects if self._asked is Asked.SUBJECT else [self._subject] if self._subject else []
        if self._asked is not Asked.NOTE and any(self._is_barred(self._verdict, subject) for subject in asked):
            return say("decision.citizen-not-refused"), "$attention"
        if self._asked is Asked.REASON and not self._reasons:
            return _("no reason of yours fits: Esc, and call who may"), "$attention"
        last = self._asked is Asked.NOTE or (self._meant() is not None and not self._asks_note())
        return (_("Enter record   Esc back") if last else _("Enter next   ↑↓ choose   Esc back")), "$muted"

    def _asks_note(self) -> bool:
        meant = self._meant()
        return meant is not None and meant[1].note

    def take_choice(self, number: int) -> None:
        """A subject, or a reason."""
        if self._asked is Asked.SUBJECT:
            self._take_subject(self._subjects[number - 1])
        else:
            self._take_reason(self._reasons[number - 1])

    def _take_subject(self, subject: Subject) -> None:
        assert self._offered is not None
        self._subject = subject
        found: dict[str, tuple[Verdict, ReasonCode]] = {}
        for verdict in KINDRED.get(self._verdict, (self._verdict,)):
            if not self._is_barred(verdict, subject):
                for reason in self._offered.reasons(verdict, subject):
                    found.setdefault(reason.code, (verdict, reason))
        self._reasons = tuple(found.values())
        self._ask(Asked.REASON, self._likely_reason(subject) if self._verdict is Verdict.REFER else 0)

    def _likely_reason(self, subject: Subject) -> int:
        """Of a referral: the first reason of an authority that found something against the subject."""
        of = [reason.authority for _, reason in self._reasons]
        return next((at for at, authority in enumerate(of) if authority in self._finders(subject)), 0)

    def _take_reason(self, meant: tuple[Verdict, ReasonCode]) -> None:
        self._reason = meant
        if meant[1].note:
            self._ask(Asked.NOTE)
            if meant[0] is Verdict.REFUSE and self._subject is not None:
                self.fill(self._found(self._subject))
        else:
            self._chosen("")

    def take_text(self, text: str) -> None:
        """The note."""
        if self._asked is not Asked.NOTE:
            return
        if text.strip():
            self._chosen(text.strip())
        else:
            self.tell(_("this reason asks for a note"))

    def _chosen(self, note: str) -> None:
        if self._subject is not None and self._reason is not None:
            self.post_message(self.VerdictChosen(self._subject, *self._reason, note))
