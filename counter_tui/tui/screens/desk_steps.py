"""The steps of joint procedures at the desk: how far they are stands below the traveller, `q` works through them."""

from __future__ import annotations

import contextlib
from typing import TYPE_CHECKING

from ...errors import DecisionError
from ...workstation.news import StepsChanged
from .desk_cases import DeskCases

if TYPE_CHECKING:
    from ...domain.view import MergedView
    from ...workstation.news import News, Recorded


class DeskSteps(DeskCases):
    """The desk with the steps of procedures."""

    def _put(self, view: MergedView | None, recorded: Recorded | None = None) -> None:
        """Where procedures apply, how far their steps are is asked for."""
        super()._put(view, recorded)
        if view is not None and view.plan is not None:
            self.counter.ask(self._follow(), "steps")

    async def _follow(self) -> None:
        with contextlib.suppress(DecisionError):  # they may have left meanwhile
            sheet = await self.counter.desk.steps.sheet()
            if self._view is not None and sheet.view.crossing.id == self._view.crossing.id:
                self._inspection.follow(sheet.progress)

    def news(self, news: News) -> None:
        """Something was recorded of the traveller on the screen."""
        super().news(news)
        if isinstance(news, StepsChanged) and self._view is not None and news.crossing == self._view.crossing.id:
            self.counter.ask(self._follow(), "steps")

    def do_emergency(self) -> None:
        """Help is needed now."""
        from .emergency import call_emergency

        self.counter.ask(call_emergency(self), "record")

    def do_steps(self) -> None:
        """Work through them."""
        from .steps import StepsScreen

        self.app.push_screen(StepsScreen(), lambda _: self._put(self.counter.desk.view, self._recorded))
