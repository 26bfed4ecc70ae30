"""Quitting: asked first, with what is safe on disk and how much still waits for the link."""

from collections.abc import Iterable
from typing import ClassVar

from textual.widget import Widget

from ..commands import Where
from ..words import N_, _, ngettext
from .frame import Dialog, words


class Quit(Dialog[None]):
    """Says what happens, and quits on Enter."""

    WHERE: ClassVar[Where] = Where.QUIT

    def title_words(self) -> str:
        """The question."""
        return _("Quit?")

    def body(self) -> Iterable[Widget]:
        """What is safe, what waits, who is undecided."""
        if not self.counter.desk.ready:
            yield words(lambda: _("The store is not open: nothing was recorded since this start."))
            return
        yield words(lambda: _("Everything that was recorded is safe on disk."))
        yield words(self._waiting)
        if self.counter.desk.keeps_crossing:
            yield words(lambda: _("The traveller on the screen is kept, and offered again at the next start."))

    def _waiting(self) -> str:
        status = self.counter.desk.status()
        waiting = status.waiting if status else 0
        if not waiting:
            return _("No entry waits for the link.")
        told = ngettext(
            "{n} entry waits for the link; it is sent at the next start.",
            "{n} entries wait for the link; they are sent at the next start.",
            waiting,
        )
        return told.format(n=waiting)

    def do_quit(self) -> None:
        """Asked already."""

    def do_quit_now(self) -> None:
        """End what runs behind, then the program."""
        self.counter.tell(N_("Closing."))
        self.counter.ask(self.counter.leave(), "quit")
