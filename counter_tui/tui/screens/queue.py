"""The supervisor's queue: what waits at this post, the most urgent first; each opens at the place to act."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, ClassVar

from textual.content import Content
from textual.widget import Widget

from ...workstation.queue import Kind
from ..commands import State, Where
from ..paint.cells import Lines
from ..paint.queue import queue_detail, queue_head, queue_row
from ..widgets.painted import Canvas
from ..widgets.rows import Rows
from ..words import _
from .frame import FullScreen
from .row_keys import RowKeys

if TYPE_CHECKING:
    from ...domain.mode import ModeState
    from ...workstation.news import News
    from ...workstation.queue import QueueLine

EVERY = 10
"""Seconds until it is asked anew, whatever is heard."""
DETAIL = 3
CASE = "case-"
"""What the thread of a secondary case begins with."""


class QueueScreen(RowKeys, FullScreen[str]):
    """Gives the thread of a traveller who is to be looked at."""

    WHERE: ClassVar[Where] = Where.QUEUE
    DEFAULT_CSS = f"""
    QueueScreen #queue-head {{ height: 3; }}
    QueueScreen #queue-detail {{ height: {DETAIL}; }}
    """

    def __init__(self) -> None:
        super().__init__()
        self._lines: tuple[QueueLine, ...] = ()
        self._mode: ModeState | None = None
        self._asked = False
        self._seconds = 0
        self._head = Canvas(self._paint_head, id="queue-head")
        self._rows = Rows(id="queue-rows")
        self._detail = Canvas(self._paint_detail, id="queue-detail")

    def body(self) -> Iterable[Widget]:
        """What there is, and the one that is marked in full."""
        yield self._head
        yield self._rows
        yield self._detail

    def state(self) -> State:
        """How many there are."""
        return self.counter.state_at(self.WHERE, lines=len(self._lines))

    def on_mount(self) -> None:
        """Ask for them."""
        super().on_mount()
        self._rows.focus()
        self.load()
        self.set_interval(1, self._tick)

    def load(self) -> None:
        """What waits now."""
        self.counter.ask(self._load(), "queue")

    async def _load(self) -> None:
        desk = self.counter.desk.watching
        marked = self._marked()
        self._lines, self._mode = await desk.queue(), await desk.mode()
        self._asked = True
        if marked is not None:  # who was marked stays marked, wherever they stand now
            at = [(line.kind, line.thread, line.act) for line in self._lines]
            self._rows.at = at.index(marked) if marked in at else self._rows.at
        self._rows.fill(max(1, len(self._lines)), self._row)
        self._head.repaint()
        self._detail.repaint()
        self.refresh_frame()

    def _marked(self) -> tuple[Kind, str, str] | None:
        line = self._line()
        return (line.kind, line.thread, line.act) if line is not None else None

    def _line(self) -> QueueLine | None:
        return self._lines[self._rows.at] if self._rows.at < len(self._lines) else None

    def _tick(self) -> None:
        """The clocks go on."""
        self._seconds += 1
        if self._seconds % EVERY == 0:
            self.load()
        self._rows.repaint()
        self._head.repaint()

    def heard(self, _news: News) -> None:
        """Something came in."""
        self.load()

    def repaint(self) -> None:
        """Another language."""
        self._rows.repaint()
        super().repaint()

    def _zone(self) -> str:
        return self.counter.desk.place.post.zone

    def _paint_head(self, width: int, _height: int) -> Lines:
        return queue_head(self._lines, self._mode, self.counter.now(), self._zone(), width)

    def _row(self, index: int, width: int) -> Content:
        if not self._lines:
            return Content(_("Nothing waits, as far as this counter has heard.") if self._asked else "")
        return queue_row(self._lines[index], self.counter.now(), self._zone(), width)

    def _paint_detail(self, width: int, _height: int) -> Lines:
        line = self._line()
        return queue_detail(line, self.counter.now(), self._zone(), width) if line is not None else []

    def on_rows_pointed(self) -> None:
        """Another one."""
        self._detail.repaint()

    def on_rows_chosen(self) -> None:
        """Enter on a line."""
        self.action_command("queue-open")

    # -- commands -----------------------------------------------------------------------------------------------------

    def do_queue_open(self) -> None:
        """Open it where something can be done about it."""
        line = self._line()
        if line is None:
            return
        if line.kind is Kind.CONFLICT:
            from .conflict import ConflictScreen

            self.app.push_screen(ConflictScreen(line.thread), self._back)
        elif line.kind is Kind.LATE_HIT:
            from .recall import RecallScreen

            self.app.push_screen(RecallScreen(line.thread, line.act), self._back)
        elif line.kind is Kind.RERUN:
            self.do_mode()
        elif line.thread.startswith(CASE):
            from .case import CaseScreen

            self.app.push_screen(CaseScreen(line.thread), self._back)
        else:
            self.dismiss(line.thread)

    def do_mode(self) -> None:
        """Degraded mode."""
        from .mode import ModeScreen

        self.app.push_screen(ModeScreen(), lambda _none: self.load())

    def _back(self, thread: str | None) -> None:
        """From a matter: to the traveller, or to the list, which may be shorter now."""
        if thread:
            self.dismiss(thread)
        else:
            self.load()
