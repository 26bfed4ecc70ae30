"""A sheet over the inspection: longer than its place, scrolled with the keys of a pager."""

from collections.abc import Callable
from typing import ClassVar

from textual.binding import Binding, BindingType
from textual.content import Content

from ..paint.cells import EMPTY, Lines, line, rule, spread
from ..words import _
from .painted import Painted

Painter = Callable[[int], Lines]
Step = Callable[[int], object]


class Sheet(Painted, can_focus=True):
    """Shows what a painter gives for a width; `closing` is called for Esc."""

    DEFAULT_CSS = """
    Sheet { layer: sheet; width: 1fr; height: 1fr; display: none; background: $paper; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("down", "step(1)", show=False),
        Binding("up", "step(-1)", show=False),
        Binding("pagedown,space", "scroll_page(1)", show=False),
        Binding("pageup", "scroll_page(-1)", show=False),
        Binding("home", "scroll_by(-9999)", show=False),
        Binding("end", "scroll_by(9999)", show=False),
        Binding("escape,enter", "close", show=False),
    ]

    def __init__(self, closing: Callable[[], object]) -> None:
        super().__init__()
        self._put_away = closing
        self._painter: Painter | None = None
        self._step: Step | None = None
        self._top = 0
        self._longest = 0

    def open(self, painter: Painter, *, step: Step | None = None, keep: bool = False) -> None:
        """Show this, from its first line on, or from where it was where only its content changed.

        With `step`, up and down are for it, by so many; a page scrolls still.
        """
        self._painter, self._step = painter, step
        self._top = self._top if keep else 0
        self.display = True
        self.repaint()

    def forget(self) -> None:
        """Put it away, with what it showed."""
        self.display = False
        self._painter = self._step = None

    def paint(self, width: int, height: int) -> Lines:
        """The rule above, the lines from the top one on, and at the bottom where in them this is."""
        if self._painter is None:
            return []
        lines = [line(" ", content) for content in self._painter(width - 2)]
        room = max(1, height - 2)
        self._longest = max(0, len(lines) - room)
        self._top = max(0, min(self._top, self._longest))
        shown = lines[self._top : self._top + room]
        shown += [EMPTY] * (room - len(shown))
        return [rule(width), *shown, spread(line(" ", (_("Esc close"), "bold")), self._where(len(lines), room), width)]

    def _where(self, count: int, room: int) -> Content:
        if count <= room:
            return EMPTY
        last = min(count, self._top + room)
        return line((_("↑↓ {first}-{last} of {n}").format(first=self._top + 1, last=last, n=count), "$muted"), " ")

    def action_step(self, by: int) -> None:
        """Up or down: a line, or whatever is gone through here."""
        (self._step or self.action_scroll_by)(by)

    def action_scroll_by(self, lines: int) -> None:
        """Move by so many lines."""
        self._top = max(0, min(self._top + lines, self._longest))
        self.repaint()

    def action_scroll_page(self, pages: int) -> None:
        """Move by so many pages; a page keeps one line of the last."""
        self.action_scroll_by(pages * max(1, self.size.height - 3))

    def action_close(self) -> None:
        """Esc, and Enter too: what it covers is looked at before anybody is cleared."""
        self._put_away()
