"""One secondary case: who, whose turn it is, what is held, and the keys that take it further; others change it too."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, ClassVar

from textual.containers import Vertical
from textual.content import Content
from textual.widget import Widget

from ...domain.cases.deeds import NeedMet, TaskSeen
from ..commands import State, Where
from ..paint.case_rows import CaseItem, case_detail, case_items, case_row
from ..paint.cases import HEAD, case_head
from ..paint.cells import EMPTY, Lines
from ..widgets.painted import Canvas
from ..widgets.rows import Rows
from ..words import N_
from .case_doing import CaseDoing
from .row_keys import RowKeys

if TYPE_CHECKING:
    from ...workstation.news import News

TALL = 30
FOOT, TALL_FOOT = 4, 10


class CaseScreen(RowKeys, CaseDoing):
    """Gives the crossing that is to be opened at this counter; None: the case is left."""

    WHERE: ClassVar[Where] = Where.CASE
    DEFAULT_CSS = f"""
    CaseScreen #case-head {{ height: {HEAD}; }}
    CaseScreen #case-foot {{ height: {FOOT}; }}
    """

    def __init__(self, case_id: str) -> None:
        super().__init__(case_id)
        self._items: tuple[CaseItem, ...] = ()
        self._head = Canvas(self._paint_head, id="case-head")
        self._rows = Rows(id="case-rows")
        self._foot = Canvas(self._paint_foot, id="case-foot")

    def body(self) -> Iterable[Widget]:
        """The case in short, its rows, and the one that is marked in full."""
        yield Vertical(self._head, self._rows, self._foot)

    def state(self) -> State:
        """What decides which commands work."""
        return self.counter.state_at(self.WHERE, lines=len(self._items), busy=self._busy)

    def on_mount(self) -> None:
        """Ask for it; its clocks go on."""
        super().on_mount()
        self._rows.focus()
        self.counter.ask(self.load(), "cases")
        self.set_interval(1, self._second)

    def on_resize(self) -> None:
        """A tall terminal has room for a whole chain of custody."""
        self._foot.styles.height = TALL_FOOT if self.size.height >= TALL else FOOT

    async def load(self) -> None:
        """The case as it stands now, the row of its next step marked."""
        await self._load()
        assert self.sheet is not None
        about = [item.id for item in self._items]
        if self.sheet.next.about in about:
            self._rows.at = about.index(self.sheet.next.about)
            self._rows.action_move(0)
        self.repaint()

    async def _load(self) -> None:
        """The same; what is marked stays marked."""
        marked = self._item()
        self.sheet = await self.counter.desk.cases.sheet(self.case_id)
        self._items = case_items(self.sheet)
        self._rows.fill(len(self._items), self._row)
        if marked in self._items:
            self._rows.at = self._items.index(marked)
        self.repaint()

    def heard(self, news: News) -> None:
        """Something was said of it, here or elsewhere."""
        from ...workstation.news import CaseChanged

        if isinstance(news, CaseChanged):
            self.counter.ask(self._load(), "cases")

    def _second(self) -> None:
        self._head.repaint()
        self._rows.repaint()
        self._foot.repaint()

    def repaint(self) -> None:
        """Another language, or another word on the case."""
        self._rows.repaint()
        self._head.repaint()
        self._foot.repaint()
        super().repaint()

    def _item(self) -> CaseItem | None:
        return self._items[self._rows.at] if self._rows.at < len(self._items) else None

    def _zone(self) -> str:
        return self.counter.desk.place.post.zone

    def _paint_head(self, width: int, _height: int) -> Lines:
        return case_head(self.sheet, self.counter.now(), self._zone(), width) if self.sheet is not None else []

    def _row(self, index: int, width: int) -> Content:
        if self.sheet is None or index >= len(self._items):
            return EMPTY
        return case_row(self.sheet, self._items[index], self.counter.now(), self._zone(), width)

    def _paint_foot(self, width: int, height: int) -> Lines:
        if self.sheet is None:
            return []
        return case_detail(self.sheet, self._item(), self.counter.now(), self._zone(), width, height)

    # -- keys ---------------------------------------------------------------------------------------------------------

    def on_rows_pointed(self) -> None:
        """Another row."""
        self._foot.repaint()

    def on_rows_chosen(self) -> None:
        """Enter on a row."""
        self.action_command("case-step")

    def do_case_step(self) -> None:
        """The next step of the row that is marked."""
        item = self._item()
        if item is None or self.sheet is None:
            return
        if item.kind == "task":
            self._step_task(item.id)
        elif item.kind == "need":
            self.say(NeedMet(item.id), N_("met, entry {n}"))
        elif item.kind == "hold":
            self.ask_review(item.id)
        elif item.kind == "item":
            self.do_case_custody()
        elif item.kind in {"about", "sign"}:
            self.do_case_traveller()
        elif item.kind == "conflict":
            code = self.case.conflicts[int(item.id)].code
            self.counter.tell(code.replace("conflict", "settle"), "attention")
        else:
            self.counter.tell(N_("Nothing is to be done here; ? shows the keys."), "attention")

    def _step_task(self, id_: str) -> None:
        task = self.one_task(id_)
        if not task.open:
            self.counter.tell(N_("This task is over."), "attention")
        elif task.seen_at is None:
            self.say(TaskSeen(id_), N_("seen, entry {n}: its clock runs"))
        else:
            self.ask_done(task, self.rules.matter_of(task.code, task.agency))

    def marked_traveller(self) -> str:
        """The crossing whose row is marked; "" where none is."""
        item = self._item()
        return next((id_ for id_ in self.case.crossings if item == CaseItem("about", f"crossing/{id_}")), "")

    def marked(self, kind: str) -> str | None:
        """The id of the row that is marked, if it is of this kind; said, where it is not."""
        item = self._item()
        if item is not None and item.kind == kind:
            return item.id
        told = {"task": N_("Mark a task first."), "hold": N_("Mark a hold first.")}
        self.counter.tell(told[kind], "attention")
        return None
