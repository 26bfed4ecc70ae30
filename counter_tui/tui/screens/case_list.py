"""Secondary cases of all counters: what each waits for; one of them is opened."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, ClassVar

from textual.content import Content
from textual.widget import Widget

from ..commands import State, Where
from ..paint.cases import case_line, cases_header
from ..paint.cells import Lines
from ..widgets.painted import Canvas
from ..widgets.rows import MARK, Rows
from ..words import _
from .frame import Dialog
from .row_keys import RowKeys

if TYPE_CHECKING:
    from ...workstation.cases_reading import CaseLine
    from ...workstation.news import News

ROWS_SHOWN = 14
MOST = 200
"""So many rows at most: whoever looks for an older case searches its traveller."""


class CaseList(RowKeys, Dialog[str]):
    """Gives the id of the case to be opened. `choosing`: a traveller is to be put into it."""

    WHERE: ClassVar[Where] = Where.CASES
    DEFAULT_CSS = """
    CaseList #cases-head { height: 1; padding: 0 1; }
    """

    def __init__(self, *, choosing: bool = False) -> None:
        super().__init__()
        self._lines: tuple[CaseLine, ...] = ()
        self._choosing = choosing
        self._head = Canvas(self._paint_head, id="cases-head")
        self._rows = Rows()

    def state(self) -> State:
        """How many there are."""
        return self.counter.state_at(self.WHERE, lines=len(self._lines))

    def title_words(self) -> str:
        """What the list is."""
        return _("Put the traveller into which case?") if self._choosing else _("Secondary cases of all counters")

    def body(self) -> Iterable[Widget]:
        """The names of the columns, and the list."""
        yield self._head
        yield self._rows

    def on_mount(self) -> None:
        """Ask for them."""
        super().on_mount()
        self._rows.styles.height = 1
        self._rows.focus()
        self.counter.ask(self._load(), "cases")

    async def _load(self) -> None:
        lines = await self.counter.desk.cases.lines()
        kept = [one for one in lines if one.case.open] if self._choosing else lines
        self._lines = tuple(kept[:MOST])
        self._rows.styles.height = min(ROWS_SHOWN, max(1, len(self._lines)))
        self._fill()
        self.refresh_frame()

    def heard(self, news: News) -> None:
        """Something was said of a case, here or elsewhere."""
        from ...workstation.news import CaseChanged

        if isinstance(news, CaseChanged):
            self.counter.ask(self._load(), "cases")

    def repaint(self) -> None:
        """Another language."""
        self._fill()
        super().repaint()

    def _fill(self) -> None:
        self._rows.fill(max(1, len(self._lines)), self._row)

    def _paint_head(self, width: int, _height: int) -> Lines:
        return [Content(" " * MARK).append(cases_header(width - MARK - 1))]

    def _row(self, index: int, width: int) -> Content:
        if not self._lines:
            return Content(_("no case is known here; s at a traveller opens one"))
        return case_line(self._lines[index], self.counter.now(), width)

    def on_rows_chosen(self) -> None:
        """Enter on a line."""
        self.action_command("case-open")

    def do_case_open(self) -> None:
        """Open this one."""
        self.dismiss(self._lines[self._rows.at].case.id)
