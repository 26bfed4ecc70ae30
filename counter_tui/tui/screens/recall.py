"""A late hit: who it is, where last seen, on which versions, what to do; and what became of it."""

from __future__ import annotations

from collections.abc import Iterable
from functools import partial
from typing import TYPE_CHECKING, ClassVar

from textual.widget import Widget

from ...domain.recall import RecallStep
from ..commands import Where
from ..paint.cells import Lines, spoken
from ..paint.choosing import Choice
from ..paint.recall import recall_lines, source_words
from ..widgets.ask_drawer import Asking
from ..widgets.painted import Canvas
from ..widgets.second_drawer import SecondDrawer, Signing
from ..words import N_, _, clean
from .asking import AskingScreen

if TYPE_CHECKING:
    from ...domain.posts import Officer
    from ...domain.recall import RecallTask
    from ...domain.whereabouts import Located
    from ...workstation.news import News

STEPS = (RecallStep.FOUND, RecallStep.LEFT_POST, RecallStep.HANDED_OVER, RecallStep.NOT_THIS_PERSON)
"""What can be said of it, in the order in which it is offered."""


class RecallScreen(AskingScreen[str]):
    """Gives the thread of the traveller, where they are to be looked at."""

    WHERE: ClassVar[Where] = Where.RECALL
    DEFAULT_CSS = """
    RecallScreen Canvas#recall { height: 1fr; }
    """

    def __init__(self, thread: str, task: str) -> None:
        super().__init__()
        self._thread, self._id = thread, task
        self._tasks: tuple[RecallTask, ...] = ()
        self._seen: Located | None = None
        self._canvas = Canvas(self._paint, id="recall")

    def parts(self) -> Iterable[Widget]:
        """All of it."""
        yield self._canvas

    def on_mount(self) -> None:
        """Ask for it."""
        super().on_mount()
        self.counter.ask(self._load(), "recall")
        self.set_interval(1, self._canvas.repaint)

    async def _load(self) -> None:
        desk = self.counter.desk.watching
        self._tasks, self._seen = await desk.recalls(self._thread), await desk.last_seen(self._thread)
        self._canvas.repaint()
        self.refresh_frame()

    def heard(self, _news: News) -> None:
        """Somebody said something."""
        self.counter.ask(self._load(), "recall")

    @property
    def late(self) -> RecallTask | None:
        """The late hit that was opened."""
        return next((task for task in self._tasks if task.id == self._id), None)

    def _paint(self, width: int, height: int) -> Lines:
        if self.late is None:
            return []
        now, zone = self.counter.now(), self.counter.desk.place.post.zone
        return recall_lines(self.late, self._seen, now, zone, width, self._titles())[:height]

    def _titles(self) -> dict[str, str]:
        """What the lists in use here are called."""
        status = self.counter.desk.status()
        return {one.list: one.title for one in status.lists} if status is not None else {}

    # -- commands -----------------------------------------------------------------------------------------------------

    def do_look_there(self) -> None:
        """The traveller, as any counter sees them."""
        self.dismiss(self._thread)

    def do_recall_settle(self) -> None:
        """What became of it."""
        if self.late is not None:
            asking = Asking(
                lambda: _("LATE HIT"),
                clean(self.late.who.name),
                lambda: _("what became of it? number, words or arrows"),
                _choices,
                lambda: _("where, and with whom"),
            )
            self.ask(asking, self._said_of)

    async def _said_of(self, choice: int, words: str) -> None:
        task, step = self.late, STEPS[choice - 1]
        assert task is not None
        if step is RecallStep.NOT_THIS_PERSON:
            await self._ask_second(task, words)
        else:
            sequence = await self.counter.desk.watching.settle(task, step, words)
            await self._told(sequence)

    async def _ask_second(self, task: RecallTask, words: str) -> None:
        seconds = await self.counter.desk.watching.recall_seconds(task)
        self.sign(
            Signing(
                what=lambda: _("NOT THIS PERSON"),
                about=clean(task.who.name),
                reasons=list,
                noted=frozenset(),
                seconds=seconds,
                sentence=partial(self._sentence, task),
                signed=partial(self._signed, task, words),
            )
        )

    def _sentence(self, task: RecallTask, _reason: int, second: Officer) -> str:
        """What both sign."""
        first = self.counter.desk.officer
        assert first is not None
        told = _("{second} signs with {first}: {name}, {document}, is NOT who {source} has on version {now}.")
        return told.format(
            second=clean(second.name),
            first=clean(first.name),
            name=clean(task.who.name),
            document=f"{clean(task.who.nationality)} {clean(task.who.number)}",
            source=source_words(task, self._titles()),
            now=task.late.now,
        )

    def _signed(self, task: RecallTask, words: str, event: SecondDrawer.Signed) -> None:
        work = self._settle_by_two(task, words, event)
        self.record(work, self.second.refused, self.second.close)

    async def _settle_by_two(self, task: RecallTask, words: str, event: SecondDrawer.Signed) -> None:
        settle = self.counter.desk.watching.settle
        await self._told(await settle(task, RecallStep.NOT_THIS_PERSON, words, event.second.id, event.pin))

    async def _told(self, sequence: int) -> None:
        await self._load()
        self.counter.tell(
            N_("late hit: recorded, entry {n}; the earlier decision stays as it was"), "clear", n=sequence
        )
        if self.late is None or not self.late.open:
            self.dismiss(None)


def _choices() -> list[Choice]:
    hints = {RecallStep.NOT_THIS_PERSON: _("two people sign")}
    return [Choice(at, spoken(f"recall.step.{step.value}"), hints.get(step, "")) for at, step in enumerate(STEPS, 1)]
