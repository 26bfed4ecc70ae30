"""A zone that does not read, and the repairs proposed: nothing is applied until an officer has compared and says so."""

from collections.abc import Iterable, Sequence
from typing import ClassVar

from textual.events import Resize
from textual.widget import Widget

from ...domain.documents import Document, Repair, confirmed
from ..commands import State, Where
from ..paint.cells import Lines
from ..paint.repairs import repairs
from ..widgets.painted import Canvas
from ..words import N_, _
from .frame import Dialog


class RepairsDialog(Dialog[Document]):
    """Gives the document of the repair that was confirmed; `read` are the lines as they came."""

    WHERE: ClassVar[Where] = Where.REPAIRS

    def __init__(self, read: Sequence[str], proposed: Sequence[Repair]) -> None:
        super().__init__()
        self._read, self._proposed = tuple(read), tuple(proposed)
        self._at = 0
        self._chosen = False
        self._canvas = Canvas(self._paint, id="repairs")

    def state(self) -> State:
        """Whether one was chosen."""
        return self.counter.state_at(self.WHERE, lines=int(self._chosen))

    def title_words(self) -> str:
        """What is asked."""
        return _("Does not read. Is it printed like this? Compare, press the number, Enter.")

    def body(self) -> Iterable[Widget]:
        """Both zones and the proposals."""
        yield self._canvas

    def on_resize(self, event: Resize) -> None:
        """As many lines as it takes in this width."""
        self._fit(event.size.width)

    def repaint(self) -> None:
        """Another language may take another number of lines."""
        self._fit(self.app.size.width)
        super().repaint()

    def _fit(self, width: int) -> None:
        self._canvas.styles.height = len(self._paint(width, 0))
        self._canvas.repaint()

    def _paint(self, width: int, _height: int) -> Lines:
        return repairs(self._read, self._proposed, self._at, chosen=self._chosen, width=width)

    def _choose(self, index: int) -> None:
        self._at, self._chosen = index % len(self._proposed), True
        self._fit(self.app.size.width)
        self.counter.tell(
            N_("Repair {n}: Enter opens it if the printed page says so too, Esc refuses."), n=self._at + 1
        )

    def typed(self, text: str) -> None:
        """A number chooses its repair."""
        if text.isdecimal() and 0 < int(text) <= len(self._proposed):
            self._choose(int(text) - 1)
        else:
            told = N_("Press 1 to {n} for a repair, Esc for none.")
            self.counter.tell(told, "attention", n=len(self._proposed))

    def do_up(self) -> None:
        """The one above."""
        self._choose(self._at - 1 if self._chosen else -1)

    def do_down(self) -> None:
        """The one below; the first one first."""
        self._choose(self._at + 1 if self._chosen else 0)

    def do_confirm_repair(self) -> None:
        """It was compared."""
        self.dismiss(confirmed(self._proposed[self._at]))
