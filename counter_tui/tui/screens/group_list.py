"""Groups: which are expected or stand open, with their counts; one of them is worked."""

from collections.abc import Iterable
from typing import ClassVar

from textual.content import Content
from textual.widget import Widget

from ...workstation.stack import GroupLine
from ..commands import State, Where
from ..paint.cells import Lines
from ..paint.groups import group_header, group_row
from ..widgets.painted import Canvas
from ..widgets.rows import MARK, Rows
from ..words import _
from .frame import Dialog
from .row_keys import RowKeys

ROWS_SHOWN = 12


class GroupList(RowKeys, Dialog[str]):
    """Gives the id of the group to be worked; "" for one that nobody announced."""

    WHERE: ClassVar[Where] = Where.GROUPS
    DEFAULT_CSS = """
    GroupList #groups-head { height: 1; padding: 0 1; }
    """

    def __init__(self) -> None:
        super().__init__()
        self._lines: tuple[GroupLine, ...] = ()
        self._asked = False
        self._head = Canvas(self._paint_head, id="groups-head")
        self._rows = Rows()

    def state(self) -> State:
        """How many there are."""
        return self.counter.state_at(self.WHERE, lines=len(self._lines) + 1 if self._asked else 0)

    def title_words(self) -> str:
        """What the list is."""
        return _("Groups that are expected or stand open")

    def body(self) -> Iterable[Widget]:
        """The names of the columns, and the list."""
        yield self._head
        yield self._rows

    def on_mount(self) -> None:
        """Ask for them."""
        self._rows.styles.height = 1
        self._rows.focus()
        self.counter.ask(self._load(), "groups")

    async def _load(self) -> None:
        self._lines = await self.counter.desk.groups.lines()
        self._asked = True
        self._rows.styles.height = min(ROWS_SHOWN, len(self._lines) + 1)
        self._fill()
        self.refresh_frame()

    def repaint(self) -> None:
        """Another language."""
        self._fill()
        super().repaint()

    def _fill(self) -> None:
        self._rows.fill(len(self._lines) + 1 if self._asked else 0, self._row)

    def _paint_head(self, width: int, _height: int) -> Lines:
        return [Content(" " * MARK).append(group_header(width - MARK - 1))]

    def _row(self, index: int, width: int) -> Content:
        if index == len(self._lines):
            return Content(_("another bus, of which no list has come"))
        return group_row(self._lines[index], self.counter.desk.place.post.zone, width)

    def on_rows_chosen(self) -> None:
        """Enter on a line."""
        self.action_command("group-open")

    def do_group_open(self) -> None:
        """Work this one."""
        self.dismiss(self._lines[self._rows.at].group.id if self._rows.at < len(self._lines) else "")
