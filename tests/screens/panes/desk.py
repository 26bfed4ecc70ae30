"""A desk behind the outbox, which knows what a test gives it and asks nobody."""

from collections.abc import Callable, Coroutine
from datetime import date, datetime
from typing import Any

from textual.worker import Worker

from counter_tui.domain.posts import Counter, Officer
from counter_tui.domain.words import Agency, Direction
from counter_tui.tui.commands import State, Where
from counter_tui.tui.screens.outbox import Outbox
from counter_tui.tui.widgets.last_line import Said
from counter_tui.tui.widgets.status_bar import Standing
from counter_tui.workstation.news import JournalCheck, News, OutboxLine, Status
from counter_tui.workstation.place import Place
from tests.screens.panes.host import Host
from tests.unit.tui.paint.travellers import JOINT, NOW, POST, TODAY, status

COUNTER = Counter("ENT-3", "3", "A", Direction.ENTRY, frozenset(Agency))


class StillDesk:
    """Enough of the facade for a screen that only looks."""

    rehearsal = None
    view = None

    def __init__(self, entries: tuple[OutboxLine, ...] = (), problems: tuple[str, ...] = ()) -> None:
        self.place = Place(POST, COUNTER, demo=True)
        self.officer: Officer | None = JOINT
        self.entries = entries
        self.problems = problems

    def listen(self, callback: Callable[[News], None]) -> None:
        """Nothing is ever told."""

    async def prepare(self) -> None:
        """There is nothing to open."""

    def today(self) -> date:
        return TODAY

    def status(self) -> Status:
        return status(waiting=len(self.entries))

    async def outbox(self, limit: int = 200) -> tuple[OutboxLine, ...]:
        return self.entries[:limit]

    async def verify(self) -> JournalCheck:
        return JournalCheck(len(self.entries), self.problems)


class OutboxHost(Host):
    """What a framed screen asks of the program, and the outbox on it."""

    too_small = False
    said = Said()

    def __init__(self, desk: StillDesk) -> None:
        super().__init__()
        self.desk = desk

    async def on_mount(self) -> None:
        await self.push_screen(Outbox())

    def now(self) -> datetime:
        return NOW

    def standing(self) -> Standing:
        return Standing(self.desk.place, self.desk.officer, self.desk.status(), NOW)

    def state_at(self, where: Where, **more: int) -> State:
        return State(where, signed_in=True, lines=more.get("lines", 0))

    def ask(self, work: Coroutine[Any, Any, None], group: str) -> Worker[None]:
        return self.run_worker(work, group=group)
