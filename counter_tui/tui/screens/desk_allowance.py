"""The allowance of border residents at the desk: `r` opens its drawer; a share is drawn while the traveller stands."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ...domain.words import Authority, Direction
from ...errors import CounterError
from .desk_view import DeskView

if TYPE_CHECKING:
    from ...domain.view import MergedView
    from ...workstation.news import Recorded

DECLARED = "cust.kilb-declared"


class DeskAllowance(DeskView):
    """The desk view with the allowance."""

    def __init__(self) -> None:
        super().__init__()
        self._drew = ""
        """For which crossing a share was asked for last."""
        self._tidy = False
        """Whether what was drawn before this start was given back."""

    def _put(self, view: MergedView | None, recorded: Recorded | None = None) -> None:
        """A resident comes in with goods: what is left is drawn meanwhile. Who is left gives back what was not used."""
        before = self._view.crossing.id if self._view is not None else ""
        super()._put(view, recorded)
        here = view.crossing.id if view is not None else ""
        if before not in {"", here} and (before == self._drew or not self._tidy):
            self._drew, self._tidy = "", True
            self.counter.ask(self._giving_back(), "allowance")
        if view is not None and here != self._drew and recorded is None and _with_goods(view):
            self._drew = here
            self.counter.ask(self._drawing(), "allowance")

    async def _giving_back(self) -> None:
        if self.counter.desk.officer is None:
            self._tidy = False  # nobody signs for it now: when the next traveller is left
        else:
            await self.counter.desk.residents.leave()

    async def _drawing(self) -> None:
        desk = self.counter.desk.residents
        if await desk.wanted():
            await desk.draw()

    def do_allowance(self) -> None:
        """How the resident stands, and what may be granted."""
        self.counter.ask(self._show_allowance(), "allowance")

    async def _show_allowance(self) -> None:
        from .allowance import AllowanceDialog

        view, desk = self._view, self.counter.desk.residents
        if view is None:
            return
        shown = await desk.shown()
        dialog = AllowanceDialog(shown, view.crossing.document.display_name, desk.shown)
        self.app.push_screen(dialog)
        try:
            self._drew = view.crossing.id
            await desk.draw()
        except CounterError:
            return
        finally:
            dialog.refresh_shown()


def _with_goods(view: MergedView) -> bool:
    """Whether a resident's goods are declared, as far as who is signed in may see."""
    if view.crossing.direction is not Direction.ENTRY:
        return False
    customs = next((s for s in view.sections if s.authority is Authority.CUSTOMS), None)
    return customs is not None and any(f.name == DECLARED and f.value is not None for f in customs.fields)
