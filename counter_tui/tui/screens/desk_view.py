"""What the desk shows: that nobody stands here, or the traveller at the booth. It stays mounted and is refilled."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from functools import partial
from typing import TYPE_CHECKING, ClassVar

from textual.containers import Vertical
from textual.widget import Widget

from ...domain.crossings import Crossing
from ...domain.words import DeliveryState
from ...workstation.news import Delivered, Expecting, News, OutboxLine, Recorded, ViewChanged
from ..commands import State, Where
from ..list_news import tell_of_lists
from ..paint.changes import changes
from ..paint.journal import refusal
from ..paint.ready import ready
from ..paint.sources import sources_of
from ..widgets.ask_drawer import AskDrawer
from ..widgets.inspection import InspectionPane
from ..widgets.search import Search
from ..widgets.verdict_drawer import VerdictDrawer
from ..words import N_
from .frame import FullScreen
from .signing import SigningScreen

if TYPE_CHECKING:
    from ...domain.view import MergedView

LAST_ENTRIES = 200
LOOK = timedelta(seconds=1.5)
"""What comes within it of a traveller who was just opened is no change: nobody has looked yet."""
READY_EVERY = 10


class DeskView(FullScreen[None], SigningScreen[None]):
    """The pane and what opens over it, what is in them, and the news that change it."""

    WHERE: ClassVar[Where] = Where.READY
    AUTO_FOCUS = ""
    CSS_PATH = "../styles/desk.tcss"

    def __init__(self) -> None:
        super().__init__()
        self._view: MergedView | None = None
        self._recorded: Recorded | None = None
        self._painted = ""
        self._shown_at: datetime | None = None
        self._changed: frozenset[str] = frozenset()
        self._not_green: tuple[str, ...] = ()
        self._expecting = Expecting()
        self._last: Sequence[OutboxLine] = ()
        self._parked: Sequence[Crossing] = ()
        self._seconds = 0
        self._inspection = InspectionPane()
        self._drawer = VerdictDrawer()
        self._search = Search()
        self._asker = AskDrawer()

    def body(self) -> Iterable[Widget]:
        """The pane, and what opens from below."""
        yield Vertical(
            self._inspection,
            self._drawer,
            self._second,
            self._search,
            self._asker,
            id="desk",
        )

    @property
    def undecided(self) -> bool:
        """Whether a traveller is open of whom nothing is recorded."""
        return self._view is not None and self._recorded is None

    def place(self) -> Where:
        """Which part has the keys."""
        if self._drawer.is_open or self._second.is_open or self._asker.is_open:
            return Where.DRAWER
        if self._search.is_open:
            return Where.SEARCH
        if self._view is None:
            return Where.READY
        if self._inspection.has_hits:
            return Where.HITS
        return Where.INSPECTION if self._recorded is None else Where.DECIDED

    def state(self) -> State:
        """What decides which commands work."""
        return self.counter.state_at(
            self.place(),
            opened=self._view is not None,
            decided=self._recorded is not None,
            not_green=self._not_green,
            parked=len(self._parked),
            busy=self._busy,
            lines=int(self._inspection.hit is not None),
            steps=len(self._view.plan.steps) if self._view is not None and self._view.plan is not None else 0,
        )

    def _put(self, view: MergedView | None, recorded: Recorded | None = None) -> None:
        """Put this on the screen; a view that was painted is the one a verdict is about."""
        self._changed = self._changes(view)
        self._view, self._recorded = view, recorded
        self._not_green = self.counter.desk.why_not_green() if view and not recorded else ()
        officer = self.counter.desk.officer
        if view is None or officer is None:
            self._painted = ""
            self._show_ready()
        else:
            zone = self.counter.desk.place.post.zone
            self._inspection.stand(sources_of(self.counter.desk.status()))
            self._inspection.show(view, officer, self.counter.now(), zone, self._changed, recorded)
            self.call_after_refresh(self._was_painted, view.digest)
        self.refresh_frame()

    def _changes(self, view: MergedView | None) -> frozenset[str]:
        """What bears a mark: everything that came since the last key, after the first look."""
        now = self.counter.now()
        if view is None or self._view is None or view.crossing.id != self._view.crossing.id:
            self._shown_at = now
            return frozenset()
        looked = self._shown_at is not None and now - self._shown_at > LOOK
        return self._changed | changes(self._view, view) if looked else frozenset()

    def action_command(self, id_: str, key: str = "") -> None:
        """A key was pressed: what bore a mark has been seen."""
        self._changed = frozenset()
        super().action_command(id_, key)

    def _was_painted(self, digest: str) -> None:
        self._painted = digest
        self.last_line.call_after_refresh(self.counter.desk.painted)

    async def _refill(self) -> None:
        """What the ready pane shows, asked anew."""
        desk = self.counter.desk
        self._expecting = await desk.expecting()
        self._last = await desk.outbox(LAST_ENTRIES)
        self._parked = await desk.parked()
        self._show_ready()

    def _show_ready(self) -> None:
        status = self.counter.desk.status()
        if status is not None and self._view is None:
            zone = self.counter.desk.place.post.zone
            now = self.counter.now()
            self._inspection.show_nobody(partial(ready, status, self._expecting, self._last, self._parked, now, zone))
        self.refresh_frame()

    def second(self) -> None:
        """Another second: the clocks go on."""
        self._seconds += 1
        if self._view is not None:
            status = self.counter.desk.status()
            self._inspection.stand(sources_of(status))
            self._inspection.tick(self.counter.now(), status.waiting if status else None)
        elif self._seconds % READY_EVERY == 0:
            self.counter.ask(self._refill(), "refill")

    def repaint(self) -> None:
        """Another language: the panes speak it too."""
        if self._view is not None:
            self._put(self._view, self._recorded)
        super().repaint()

    def news(self, news: News) -> None:
        """What the workstation tells."""
        if isinstance(news, ViewChanged):
            self._view_changed(news)
        elif isinstance(news, Delivered):
            self._delivered(news)
        elif self._view is None and not tell_of_lists(self.counter.tell, news):
            self._show_ready()

    def _view_changed(self, news: ViewChanged) -> None:
        name = news.view.crossing.document.display_name
        if self._view is None or news.view.crossing.id != self._view.crossing.id:
            if news.worse:
                self.counter.tell(N_("Put aside, and now worse: {name}."), "attention", name=name)
            return
        self._put(news.view, self._recorded)
        if news.worse:
            self.counter.tell(N_("Worse than before: look again at {name}."), "attention", name=name)

    async def _show_timeline(self) -> None:
        events = await self.counter.desk.timeline()
        if events:
            self._inspection.show_timeline(events)

    def _delivered(self, news: Delivered) -> None:
        if self._inspection.has_timeline:
            self.counter.ask(self._show_timeline(), "timeline")
        for line in news.lines:
            if line.state is DeliveryState.REFUSED:
                told = N_("Entry {n} refused because: {reason}")
                self.counter.tell(told, "stop", n=line.sequence, reason=refusal(line))
            elif line.seen is not None and line.state is not DeliveryState.SEEN:
                continue  # that it was received was told; who is missing stands in the outbox
            elif line.who and self.counter.said.tone not in ("stop", "attention"):
                told = N_("received by the single window: {name}, entry {n}")
                if line.state is DeliveryState.SEEN:
                    told = N_("seen by the agency: {name}, entry {n}")
                self.counter.tell(told, name=line.who, n=line.sequence)
        self.counter.ask(self._refill(), "refill")
