"""A paper as it will be printed, scrolled with the keys of a pager."""

from collections.abc import Sequence
from typing import ClassVar

from textual.binding import Binding, BindingType
from textual.content import Content

from ..paint.cells import Lines, line, spread
from ..words import _, clean
from .painted import Painted


class PaperPage(Painted, can_focus=True):
    """Shows lines of plain text between two edges; they are not wrapped, nor cut where there is room for 48 columns."""

    DEFAULT_CSS = """
    PaperPage { width: 52; height: 1fr; background: $field; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("down", "scroll_by(1)", show=False),
        Binding("up", "scroll_by(-1)", show=False),
        Binding("pagedown,space", "scroll_page(1)", show=False),
        Binding("pageup", "scroll_page(-1)", show=False),
        Binding("home", "scroll_by(-9999)", show=False),
        Binding("end", "scroll_by(9999)", show=False),
    ]

    def __init__(self) -> None:
        super().__init__()
        self._lines: tuple[str, ...] = ()
        self._top = 0

    def show(self, lines: Sequence[str]) -> None:
        """Show these, from the first on."""
        self._lines, self._top = tuple(clean(one) for one in lines), 0
        self.repaint()

    def paint(self, width: int, height: int) -> Lines:
        """The lines from the top one on; at the bottom where in them this is."""
        room = max(1, height - 1)
        self._top = max(0, min(self._top, len(self._lines) - room))
        shown = [line("  ", one) for one in self._lines[self._top : self._top + room]]
        shown += [line("")] * (room - len(shown))
        return [*shown, spread(line(""), self._where(room), width)]

    def _where(self, room: int) -> Content:
        if len(self._lines) <= room:
            return line("")
        last = min(len(self._lines), self._top + room)
        told = _("↑↓ {first}-{last} of {n}").format(first=self._top + 1, last=last, n=len(self._lines))
        return line((told, "$muted"), " ")

    def action_scroll_by(self, lines: int) -> None:
        """Move by so many lines."""
        self._top = max(0, self._top + lines)
        self.repaint()

    def action_scroll_page(self, pages: int) -> None:
        """Move by so many pages; a page keeps one line of the last."""
        self.action_scroll_by(pages * max(1, self.size.height - 2))
