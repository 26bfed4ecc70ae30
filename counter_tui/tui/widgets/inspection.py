"""The inspection pane: one traveller, or that nobody stands here; refilled for the next, never mounted anew."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from textual.app import ComposeResult
from textual.geometry import Region
from textual.widget import Widget

from ...domain.posts import Officer
from ...domain.screening.model import Hit, ListAnswer
from ...workstation.news import Recorded
from ..paint.cells import Lines
from ..paint.details import one_panel, why
from ..paint.hits import Hits, hits
from ..paint.identity import IDENTITY
from ..paint.inspection import SIDE, inspection, is_wide
from ..paint.panels import Panels
from ..paint.sources import UNKNOWN, Sources
from .painted import Painted
from .sheet import Painter, Sheet, Step

if TYPE_CHECKING:
    from ...domain.procedures.progress import Progress
    from ...domain.view import MergedView
    from ...workstation.timeline import Event


MINUTE = timedelta(minutes=1)


class InspectionPane(Painted):
    """Paints the view that `show` was given last; `view` is that one, whose digest a verdict carries."""

    DEFAULT_CSS = """
    InspectionPane { layers: base sheet; height: 1fr; }
    """

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002 - the framework's word
        super().__init__(id=id)
        self._panels: Panels | None = None
        self._sources = UNKNOWN
        self._nobody: Callable[[int, int], Lines] = lambda _width, _height: []
        self._decided: Recorded | None = None
        self._clock = self._minute = 0
        self._sheet = Sheet(self.close_sheet)
        self._opener: Painter | None = None
        self._focused: Widget | None = None
        self._hits: Callable[[], Hits | None] | None = None
        self._hit_at = 0
        self._shows_timeline = False

    def compose(self) -> ComposeResult:
        """The sheet, put away."""
        yield self._sheet

    @property
    def view(self) -> MergedView | None:
        """The view that is painted."""
        return self._panels.view if self._panels else None

    @property
    def has_sheet(self) -> bool:
        """Whether *why* or a panel is open."""
        return bool(self._sheet.display)

    def show(
        self,
        view: MergedView,
        officer: Officer,
        now: datetime,
        zone: str,
        changed: frozenset[str] = frozenset(),
        decided: Recorded | None = None,
    ) -> None:
        """Paint this view: `changed` as `paint.changes.changes` gives it, `decided` once it is recorded.

        An open sheet stays open for the same crossing, with what is known now.
        """
        before, far = self.view, None
        if self._panels is not None and self._panels.view.crossing.id == view.crossing.id:
            far = self._panels.progress
        self._panels = Panels(view, officer, now, zone, changed, far, self._sources)
        self._decided = decided
        if before is None or before.crossing.id != view.crossing.id:
            self.close_sheet()
        else:
            self.refresh_sheet()
        self.repaint()

    def stand(self, sources: Sources) -> None:
        """How the ways to the agencies stand from now on: what is painted says so."""
        self._sources = sources
        if self._panels is not None and self._panels.sources != sources:
            self._panels = replace(self._panels, sources=sources)
            self.refresh_sheet()
            self.repaint()

    def follow(self, progress: Progress | None) -> None:
        """How far the steps of its plan are, as far as anything was recorded of them."""
        if self._panels is not None and self._panels.progress != progress:
            self._panels = replace(self._panels, progress=progress)
            self.repaint()

    def show_nobody(self, painter: Callable[[int, int], Lines]) -> None:
        """Nobody stands here: paint that, for a width and a height, without another layout."""
        self.close_sheet()
        self._panels, self._nobody = None, painter
        self.repaint()

    def refresh_sheet(self) -> None:
        """What an open sheet shows has changed."""
        if self.has_sheet and self._opener is not None:
            self._sheet.open(self._opener, step=self._step if self._hits else None, keep=True)

    def tick(self, now: datetime, waiting: int | None = None) -> None:
        """Another second has passed: the line with the clock is painted anew, and nothing else is sent.

        After the decision it tells how many entries are `waiting` now.
        """
        if self._panels is None:
            return
        if self._decided is not None:
            if waiting is None or waiting == self._decided.waiting:
                return
            self._decided = replace(self._decided, waiting=waiting)
        else:
            self._panels = replace(self._panels, now=now)
        minute = (now - self._panels.view.crossing.opened_at) // MINUTE
        if self._panels.view.plan is not None and minute != self._minute:
            self._minute = minute  # clocks of steps go by minutes
            self.repaint()
            return
        self._painted_for = ()
        self.refresh(Region(0, self._clock, self.size.width, 1))

    def paint(self, width: int, height: int) -> Lines:
        """The pane, for the room there is."""
        if self._panels is None:
            return self._nobody(width, height)
        painted = inspection(self._panels, self._decided, width, height)
        self._clock = painted.clock
        return painted.lines

    def on_resize(self) -> None:
        """A sheet leaves in sight who it is about."""
        wide = is_wide(self.size.width, self.size.height)
        self._sheet.styles.margin = (0, 0, 0, SIDE + 1) if wide else (IDENTITY, 0, 0, 0)

    def show_why(self) -> None:
        """Open *why*: the band explained."""
        self._open(self._why)

    def show_differences(self) -> None:
        """Open what each source says of who this is, side by side."""
        from ..paint.differences import difference_lines

        self._open(lambda width: difference_lines(self._panels, width) if self._panels else [])

    def show_timeline(self, events: Sequence[Event]) -> None:
        """Open the timeline of the crossing."""
        from ..paint.timeline import timeline_lines

        self._open(lambda width: timeline_lines(events, p.now, p.zone, width) if (p := self._panels) else [])
        self._shows_timeline = True

    @property
    def has_timeline(self) -> bool:
        """Whether the timeline is open."""
        return self.has_sheet and self._shows_timeline

    def show_panel(self, number: int) -> None:
        """Open one panel, 1 to 4, in full."""
        self._open(lambda width: one_panel(self._panels, number, width) if self._panels else [])

    def show_lines(self, painter: Painter) -> None:
        """Open something that is shown once: whatever the painter holds is forgotten when it closes."""
        self._open(painter)

    def show_hits(self, asked: Callable[[], Hits | None]) -> None:
        """Open the hits, one at a time; `asked` gives what is known of them now."""
        self._hits, self._hit_at = asked, 0
        self._open(self._hit, self._step)

    @property
    def has_hits(self) -> bool:
        """Whether the hits are open."""
        return self.has_sheet and self._hits is not None

    @property
    def hit(self) -> tuple[ListAnswer, Hit] | None:
        """The hit that is in sight, with its list."""
        known = self._hits() if self.has_hits and self._hits is not None else None
        found = known.found if known is not None else ()
        return found[min(self._hit_at, len(found) - 1)] if found else None

    def _hit(self, width: int) -> Lines:
        known = self._hits() if self._hits is not None else None
        return hits(known, self._hit_at, width) if known is not None else []

    def _step(self, by: int) -> None:
        known = self._hits() if self._hits is not None else None
        last = len(known.found) - 1 if known is not None else 0
        self._hit_at = max(0, min(self._hit_at + by, last))
        self._sheet.open(self._hit, step=self._step)

    def close_sheet(self) -> bool:
        """Put the sheet away; whether there was one. Focus goes back to where it was."""
        if not self.has_sheet:
            return False
        if self._sheet.has_focus:
            back = self._focused if self._focused is not None and self._focused.is_attached else None
            self.screen.set_focus(back)
        self._sheet.forget()
        self._focused = self._opener = self._hits = None
        return True

    def _why(self, width: int) -> Lines:
        return why(self._panels, width) if self._panels else []

    def _open(self, painter: Painter, step: Step | None = None) -> None:
        if not self.has_sheet:
            self._focused = self.screen.focused
        if step is None:
            self._hits = None
        self._opener, self._shows_timeline = painter, False
        self._sheet.open(painter, step=step)
        self._sheet.focus()
