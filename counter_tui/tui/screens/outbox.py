"""The outbox: every entry of this counter with its state, what the link can do, and whether the chain holds."""

from collections.abc import Iterable
from datetime import datetime
from typing import ClassVar

from textual.content import Content
from textual.widget import Widget

from ...workstation.news import Delivered, JournalCheck, News, OutboxLine
from ..commands import State, Where
from ..paint.cells import Lines, line, rule
from ..paint.journal import chain, outbox_detail, outbox_header, outbox_row, summary, way
from ..widgets.painted import Canvas
from ..widgets.rows import MARK, Rows
from .frame import FullScreen

ENTRIES = 1000
DETAIL = 6


class Outbox(FullScreen[None]):
    """The newest entries first; what the one that is pointed at decided stands below."""

    WHERE: ClassVar[Where] = Where.OUTBOX
    DEFAULT_CSS = f"""
    Outbox #outbox-head {{ height: 5; }}
    Outbox #outbox-detail {{ height: {DETAIL + 1}; }}
    """

    def __init__(self) -> None:
        super().__init__()
        self._entries: tuple[OutboxLine, ...] = ()
        self._check: JournalCheck | None = None
        self._checked_at: datetime | None = None
        self._waiting = -1
        self._head = Canvas(self._paint_head, id="outbox-head")
        self._rows = Rows(id="outbox-rows")
        self._detail = Canvas(self._paint_detail, id="outbox-detail")

    def body(self) -> Iterable[Widget]:
        """The chain, the entries, and one of them in full."""
        yield self._head
        yield self._rows
        yield self._detail

    def state(self) -> State:
        """How many entries there are."""
        return self.counter.state_at(self.WHERE, lines=len(self._entries))

    def on_mount(self) -> None:
        """Ask for both at once: the entries are there before the chain is through."""
        super().on_mount()
        self._rows.focus()
        self.counter.ask(self._load(), "outbox")
        self.do_verify()
        self.set_interval(1, self._look)

    def do_verify(self) -> None:
        """Check the chain from its first entry on."""
        self._check = None
        self._head.repaint()
        self.counter.ask(self._verify(), "verify")

    async def _load(self) -> None:
        self._entries = await self.counter.desk.outbox(ENTRIES)
        self._rows.fill(len(self._entries), self._row)
        self._head.repaint()
        self._detail.repaint()
        self.refresh_frame()

    async def _verify(self) -> None:
        self._check = await self.counter.desk.verify()
        self._checked_at = self.counter.now()
        self._head.repaint()

    def _look(self) -> None:
        """Entries went out, or new ones came: show how far they are."""
        self._head.repaint()
        status = self.counter.desk.status()
        if status is not None and status.waiting != self._waiting:
            known, self._waiting = self._waiting, status.waiting
            if known >= 0:
                self.counter.ask(self._load(), "outbox")

    def heard(self, news: News) -> None:
        """Entries came further."""
        if isinstance(news, Delivered):
            self.counter.ask(self._load(), "outbox")

    def _zone(self) -> str:
        return self.counter.desk.place.post.zone

    def _paint_head(self, width: int, _height: int) -> Lines:
        at = self._checked_at or self.counter.now()
        return [
            line(" ", chain(self._check, at, self._zone())),
            line(" ", summary(self._entries)),
            line(" ", way(self.counter.desk.status())),
            rule(width),
            line(" " * MARK, outbox_header(width - MARK - 1)),  # one for the scrollbar
        ]

    def _row(self, index: int, width: int) -> Content:
        return outbox_row(self._entries[index], self.counter.now(), self._zone(), width)

    def _paint_detail(self, width: int, _height: int) -> Lines:
        if not self._entries:
            return [rule(width)]
        entry = self._entries[min(self._rows.at, len(self._entries) - 1)]
        detail = outbox_detail(entry, self.counter.now(), self._zone(), width - MARK)
        return [rule(width), *(line(" " * MARK, part) for part in detail)][: DETAIL + 1]

    def on_rows_pointed(self) -> None:
        """Another entry."""
        self._detail.repaint()
