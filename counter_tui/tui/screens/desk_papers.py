"""Papers at the desk: `g` shows what the traveller is given, there `a` takes the stamp; until when they may stay."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from functools import partial
from typing import TYPE_CHECKING

from ...domain.words import Direction
from ...errors import DecisionError
from ..words import N_, clean
from .desk_allowance import DeskAllowance

if TYPE_CHECKING:
    from ...domain.view import MergedView
    from ...workstation.news import Recorded


class DeskPapers(DeskAllowance):
    """The desk view with papers."""

    def _put(self, view: MergedView | None, recorded: Recorded | None = None) -> None:
        """A foreigner who was decided on the way in: until when they may stay is asked for."""
        super()._put(view, recorded)
        if view is None or recorded is None or recorded.stay is not None:
            return
        if view.crossing.direction is Direction.ENTRY and not view.circumstances.citizen:
            self.counter.ask(self._ask_stay(recorded), "stay")

    async def _ask_stay(self, recorded: Recorded) -> None:
        stay = await self.counter.desk.papers.stay()
        if not isinstance(stay, str) and self._recorded is recorded:
            super()._put(self._view, replace(recorded, stay=stay))

    def do_papers(self) -> None:
        """What the traveller is given, as it will be printed."""
        from ...domain.papers.blocks import PaperKind
        from .papers import PapersScreen, Source

        if self._view is None:
            return
        make = self.counter.desk.papers.make
        sources = [Source(kind, partial(make, kind)) for kind in (PaperKind.NOTICE, PaperKind.SLIP)]
        admitted = self._recorded is not None and self._recorded.stay is not None
        name = clean(self._view.crossing.document.display_name)
        self.app.push_screen(PapersScreen(sources, name, self.do_stamp, first=int(admitted)))

    def do_stamp(self) -> None:
        """Until when, which stamp, which page."""
        self.counter.ask(self._ask_stamp(), "stamp")

    async def _ask_stamp(self) -> None:
        from .stamp import StampDialog

        if self._recorded is None:
            raise DecisionError("paper.not-decided")
        stay = await self.counter.desk.papers.stay()
        if isinstance(stay, str):
            raise DecisionError(f"paper.{stay}")
        self.app.push_screen(StampDialog(stay), self._stamped)

    def _stamped(self, typed: tuple[str, str, date | None] | None) -> None:
        if typed is not None:
            self.counter.ask(self._admit(*typed), "record")

    async def _admit(self, stamp: str, page: str, until: date | None) -> None:
        from .papers import PapersScreen

        admitted = await self.counter.desk.papers.admit(stamp, page, until)
        self.counter.tell(
            N_("stamp recorded, entry {n}: until {day}"),
            "clear",
            n=admitted.sequence,
            day=admitted.until.isoformat(),
        )
        if self._recorded is not None:
            self._put(self._view, replace(self._recorded, stay=None))
        if isinstance(self.app.screen, PapersScreen):
            self.app.screen.make()
