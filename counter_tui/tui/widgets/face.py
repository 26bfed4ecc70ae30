"""What the sign-in screen shows beside its two fields: painted as one, so that it stands at once."""

from collections.abc import Callable

from textual.content import Content
from textual.widget import Widget


class Face(Widget):
    """Shows the lines that `paint` gives for a width."""

    def __init__(self, paint: Callable[[int], list[Content]]) -> None:
        super().__init__()
        self._paint = paint
        self._shown: list[Content] = []

    def repaint(self) -> None:
        """Paint again, if there is anything else to show."""
        if self._shown and self._paint(self.size.width) != self._shown:
            self.refresh()

    def render(self) -> Content:
        """The lines."""
        self._shown = self._paint(self.size.width)
        return Content("\n").join(line.truncate(self.size.width) for line in self._shown)
