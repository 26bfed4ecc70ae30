"""What stands on the screen where the terminal is too small to decide anything on it."""

from typing import Final

from textual.content import Content
from textual.widget import Widget

from ..words import _

WIDTH: Final = 80
HEIGHT: Final = 24


class TooSmall(Widget):
    """One line in the middle; the screen behind it stays as it is, and comes back whole."""

    scanned = False
    """Whether a document was swiped meanwhile: it was not opened, and the line says so."""

    def repaint(self) -> None:
        """Paint again, in the language that is on."""
        self.refresh()

    def render(self) -> Content:
        """The line."""
        words = _("{width}x{height} is needed: make the window larger.").format(width=WIDTH, height=HEIGHT)
        if self.scanned:
            words = f"{words} {_('Not opened: swipe again then.')}"
        return Content(words)
