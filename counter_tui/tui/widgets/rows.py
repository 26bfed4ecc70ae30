"""A list of lines, each painted when it comes into sight: a long list is as quick as a short one."""

from collections.abc import Callable
from typing import ClassVar

from textual.binding import Binding, BindingType
from textual.content import Content
from textual.geometry import Size
from textual.message import Message
from textual.scroll_view import ScrollView
from textual.strip import Strip
from textual.visual import Visual

from ..paint.cells import EMPTY, line

RowPainter = Callable[[int, int], Content]
MARK = 2


class Rows(ScrollView, can_focus=True):
    """Lines to go through with the arrows; Enter chooses the one that is pointed at."""

    DEFAULT_CSS = """
    Rows { height: 1fr; overflow-x: hidden; scrollbar-size-vertical: 1; scrollbar-gutter: stable; text-wrap: nowrap; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("down", "move(1)", show=False),
        Binding("up", "move(-1)", show=False),
        Binding("pagedown", "page(1)", show=False),
        Binding("pageup", "page(-1)", show=False),
        Binding("home", "move(-1000000)", show=False),
        Binding("end", "move(1000000)", show=False),
        Binding("enter", "choose", show=False),
    ]

    class Pointed(Message):
        """Another line is pointed at."""

        def __init__(self, rows: "Rows", index: int) -> None:
            super().__init__()
            self.rows = rows
            self.index = index

    class Chosen(Message):
        """Enter on a line."""

        def __init__(self, rows: "Rows", index: int) -> None:
            super().__init__()
            self.rows = rows
            self.index = index

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002 - the framework's word
        super().__init__(id=id)
        self._count = 0
        self._painter: RowPainter | None = None
        self.at = 0

    def fill(self, count: int, painter: RowPainter) -> None:
        """Show `count` lines; `painter` gives one for its index and a width in cells."""
        self._count, self._painter = count, painter
        self.at = max(0, min(self.at, count - 1))
        self.virtual_size = Size(1, count)
        self.refresh()

    def repaint(self) -> None:
        """What stands in the lines has changed, or its language."""
        self.refresh()

    def render_line(self, y: int) -> Strip:
        """The line that stands at `y` of what is in sight."""
        index, style = y + self.scroll_offset.y, self.visual_style
        width = self.scrollable_content_region.width
        content = self._line(index, width)
        strips = Visual.to_strips(self, content, width, 1, style) if content else []
        first = strips[0] if strips else Strip.blank(width, style.rich_style)
        return first.adjust_cell_length(width, style.rich_style)

    def _line(self, index: int, width: int) -> Content:
        if self._painter is None or index >= self._count:
            return EMPTY
        here = index == self.at
        row = self._painter(index, width - MARK)
        if not here:
            return line("  ", row)
        return line("▸ ", row).truncate(width, pad=True).stylize("bold on $marked")

    def action_move(self, by: int) -> None:
        """Point at another line."""
        before, self.at = self.at, max(0, min(self.at + by, self._count - 1))
        top, room = self.scroll_offset.y, max(1, self.size.height)
        if not top <= self.at < top + room:
            self.scroll_to(y=self.at if self.at < top else self.at - room + 1, animate=False, force=True)
        self.refresh()
        if before != self.at:
            self.post_message(self.Pointed(self, self.at))

    def action_page(self, by: int) -> None:
        """Point a page further."""
        self.action_move(by * max(1, self.size.height - 1))

    def action_choose(self) -> None:
        """Enter."""
        if self._count:
            self.post_message(self.Chosen(self, self.at))
