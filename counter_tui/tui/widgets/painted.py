"""A widget that shows a painter's lines: refilled without layout, without markup, each line a strip of its own."""

from abc import abstractmethod
from collections.abc import Callable

from textual.content import Content
from textual.strip import Strip
from textual.style import Style
from textual.visual import Visual
from textual.widget import Widget

from ..paint.cells import Lines


class Painted(Widget):
    """What `paint` gives for the widget's size; `repaint` after what is painted has changed."""

    DEFAULT_CSS = """
    Painted { text-wrap: nowrap; text-overflow: clip; }
    """

    def __init__(self, *, id: str | None = None, classes: str | None = None) -> None:  # noqa: A002 - the framework's word
        super().__init__(id=id, classes=classes)
        self._strips: list[Strip] = []
        self._painted_for: tuple[object, ...] = ()

    @abstractmethod
    def paint(self, width: int, height: int) -> Lines:
        """The lines for a size in cells; a subclass says which."""

    def repaint(self) -> None:
        """What is to be painted has changed."""
        self._painted_for = ()
        self.refresh()

    def notify_style_update(self) -> None:
        """The theme or the look changed: colours are looked up anew."""
        self._painted_for = ()
        super().notify_style_update()

    def render_line(self, y: int) -> Strip:
        """One line of the painting."""
        size, style = self.size, self.visual_style
        if self._painted_for != (size, style):
            self._strips = [self.strip(line, size.width, style) for line in self.paint(size.width, size.height)]
            self._painted_for = (size, style)
        return self._strips[y] if y < len(self._strips) else Strip.blank(size.width, style.rich_style)

    def strip(self, line: Content, width: int, style: Style) -> Strip:
        """A line as a strip of exactly `width` cells."""
        strips = Visual.to_strips(self, line, width, 1, style) if line else []
        first = strips[0] if strips else Strip.blank(width, style.rich_style)
        return first.adjust_cell_length(width, style.rich_style)


class Canvas(Painted):
    """Paints what a function gives for its width and height."""

    def __init__(self, painter: Callable[[int, int], Lines], *, id: str | None = None) -> None:  # noqa: A002 - as above
        super().__init__(id=id)
        self._painter = painter

    def paint(self, width: int, height: int) -> Lines:
        """What the function gives."""
        return self._painter(width, height)
