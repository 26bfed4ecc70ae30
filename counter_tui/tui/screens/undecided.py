"""A document was read while another traveller is undecided: asked, never clobbered."""

from collections.abc import Iterable
from typing import ClassVar

from textual.widget import Widget

from ..commands import Where
from ..words import N_, say
from .frame import Dialog, words


class Undecided(Dialog[bool]):
    """True: put the traveller on the screen aside and open the new one."""

    WHERE: ClassVar[Where] = Where.UNDECIDED

    def __init__(self, here: str, new: str) -> None:
        super().__init__()
        self._here = here
        self._new = new

    def title_words(self) -> str:
        """The question."""
        return say(N_("{name} is not decided yet."), name=self._here)

    def body(self) -> Iterable[Widget]:
        """Who is new, and that nothing gets lost."""
        yield words(lambda: say(N_("Just read: {name}."), name=self._new))
        yield words(lambda: say(N_("Who is put aside stays on disk and is opened again with p.")))

    def do_keep(self) -> None:
        """Go on with who is on the screen."""
        self.dismiss(False)

    def do_park_and_open(self) -> None:
        """Put aside, open the new one."""
        self.dismiss(True)

    def do_leave(self) -> None:
        """As keep."""
        self.dismiss(False)
