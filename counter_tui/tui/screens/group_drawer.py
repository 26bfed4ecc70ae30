"""What a group is asked: how many the driver says they are; how many were counted, and why somebody is missing."""

from dataclasses import replace
from enum import Enum

from textual.message import Message

from ...domain.groups import NOTE_LONGEST, REASONS, Headcount
from ..paint.cells import Lines, line, rule, spoken
from ..paint.choosing import Choice, choice_lines
from ..paint.group import heads_line
from ..widgets.drawer import SHORT, Drawer
from ..words import _, ngettext

MOST = 999


class Asked(Enum):
    """Which question is open."""

    SAID = "said"
    COUNT = "count"
    WHY = "why"
    NOTE = "note"


class GroupDrawer(Drawer):
    """Asks one thing after the other; it waits for `close` once everything is told."""

    class Said(Message):
        """So many, says the driver."""

        def __init__(self, heads: int) -> None:
            super().__init__()
            self.heads = heads

    class Closing(Message):
        """The group is to be closed with so many heads; reason and note where somebody is missing."""

        def __init__(self, counted: int, reason: str, note: str) -> None:
            super().__init__()
            self.counted = counted
            self.reason = reason
            self.note = note

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002 - the framework's word
        super().__init__(id=id)
        self._asked = Asked.SAID
        self._heads = Headcount(0, 0, 0)
        self._called = ""
        self._reason = 0

    def open_said(self, name: str, heads: Headcount) -> None:
        """Ask how many the driver says they are."""
        self._open(name, heads, Asked.SAID)

    def open_close(self, name: str, heads: Headcount) -> None:
        """Ask how many were counted, then why, where somebody is missing."""
        self._open(name, heads, Asked.COUNT)

    def _open(self, name: str, heads: Headcount, asked: Asked) -> None:
        self._called, self._heads = name, heads
        self.display = True
        self._ask(asked)

    def _ask(self, asked: Asked, at: int = 0) -> None:
        self._asked = asked
        self.ask(at, longest=NOTE_LONGEST if asked is Asked.NOTE else SHORT)

    def back(self) -> bool:
        """One question back."""
        if self._asked is Asked.NOTE:
            self._ask(Asked.WHY, self._reason)
        elif self._asked is Asked.WHY:
            self._ask(Asked.COUNT)
        else:
            self.close()
        return self.is_open

    # -- what is shown ------------------------------------------------------------------------------------------------

    def question(self) -> str:
        """What the open question is."""
        heads = self._heads
        return {
            Asked.SAID: _("how many does the driver say? Enter: {n}").format(n=heads.said),
            Asked.COUNT: _("heads counted, with those at a desk? Enter: {n}").format(n=heads.scanned),
            Asked.WHY: _("why? number, words or arrows"),
            Asked.NOTE: _("note: what another officer needs to know"),
        }[self._asked]

    def choices(self) -> list[Choice]:
        """The reasons why somebody is missing."""
        if self._asked is not Asked.WHY:
            return []
        hint = _("asks for a note")
        return [
            Choice(number, spoken(f"group.reason.{reason.code}"), hint if reason.note else "")
            for number, reason in enumerate(REASONS, start=1)
        ]

    def paint(self, width: int) -> Lines:
        """Which group, how its heads add up, and the reasons."""
        lines = [rule(width), line(" ", (self._called, "bold")), heads_line(self._heads, width)]
        if self._asked is Asked.WHY:
            return [*lines, *self._differences(), *choice_lines(self.shown(), self.at, width)]
        return lines

    def _differences(self) -> Lines:
        heads = self._heads
        said = []
        if heads.to_go:
            said.append(ngettext("{n} is missing", "{n} are missing", heads.to_go).format(n=heads.to_go))
        if heads.skipped:
            said.append(_("{n} counted and not scanned: a scan was skipped").format(n=heads.skipped))
        if heads.gone:
            said.append(_("{n} scanned and not counted: somebody has walked away").format(n=heads.gone))
        return [line(" ", (" · ".join(said), "bold $attention"))]

    def room(self) -> int:
        """How many lines stand above the one to type in, but for two."""
        return len(REASONS) + 2 if self._asked is Asked.WHY else 1

    def hint(self) -> tuple[str, str]:
        """What the keys do now."""
        last = self._asked in (Asked.SAID, Asked.NOTE) or (self._asked is Asked.WHY and not self._asks_note())
        return (_("Enter record   Esc back") if last else _("Enter next   ↑↓ choose   Esc back")), "$muted"

    def _asks_note(self) -> bool:
        shown = self.shown()
        return bool(shown) and REASONS[shown[min(self.at, len(shown) - 1)].number - 1].note

    # -- answers ------------------------------------------------------------------------------------------------------

    def take_choice(self, number: int) -> None:
        """A reason."""
        self._reason = number - 1
        if REASONS[self._reason].note:
            self._ask(Asked.NOTE)
        else:
            self._close_with("")

    def take_text(self, text: str) -> None:
        """A number of heads, or a note."""
        text = text.strip()
        if self._asked is Asked.NOTE:
            if text:
                self._close_with(text)
            else:
                self.tell(_("this reason asks for a note"))
            return
        usual = self._heads.said if self._asked is Asked.SAID else self._heads.scanned
        if text and not (text.isdecimal() and text.isascii() and int(text) <= MOST):
            self.tell(_("a number, please"))
        elif self._asked is Asked.SAID:
            self.post_message(self.Said(int(text) if text else usual))
        else:
            self._counted(int(text) if text else usual)

    def _counted(self, counted: int) -> None:
        self._heads = replace(self._heads, counted=counted)
        if self._heads.asks_why:
            self._ask(Asked.WHY)
        else:
            self.post_message(self.Closing(counted, "", ""))

    def _close_with(self, note: str) -> None:
        counted = self._heads.counted if self._heads.counted is not None else self._heads.scanned
        self.post_message(self.Closing(counted, REASONS[self._reason].code, note))
