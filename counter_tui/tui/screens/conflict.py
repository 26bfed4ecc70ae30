"""A conflict side by side: what differs, what is in force, and the joint review with its clock."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, ClassVar

from textual.widget import Widget

from ...domain.joint.deeds import Stage
from ...domain.words import Verdict
from ..commands import Where
from ..paint.cells import Lines
from ..paint.choosing import Choice
from ..paint.conflict import conflict_lines
from ..paint.signs import of_verdict
from ..widgets.ask_drawer import Asking
from ..widgets.painted import Canvas
from ..words import N_, _, clean
from .asking import AskingScreen

if TYPE_CHECKING:
    from ...workstation.news import News
    from ...workstation.queue_conflicts import ConflictView

SAYS = (Verdict.CLEAR, Verdict.CLEAR_COND, Verdict.REFER, Verdict.HOLD, Verdict.REFUSE, Verdict.HANDOVER)
"""What an agency can say in a review, in the order in which it is offered."""


class ConflictScreen(AskingScreen[str]):
    """Gives the thread of the traveller, where they are to be looked at."""

    WHERE: ClassVar[Where] = Where.CONFLICT
    DEFAULT_CSS = """
    ConflictScreen Canvas#conflict { height: 1fr; }
    """

    def __init__(self, thread: str) -> None:
        super().__init__()
        self._thread = thread
        self._views: tuple[ConflictView, ...] = ()
        self._at = 0
        self._canvas = Canvas(self._paint, id="conflict")

    def parts(self) -> Iterable[Widget]:
        """Both sides."""
        yield self._canvas

    def on_mount(self) -> None:
        """Ask for it."""
        super().on_mount()
        self.counter.ask(self._load(), "conflict")
        self.set_interval(1, self._canvas.repaint)

    async def _load(self) -> None:
        self._views = await self.counter.desk.watching.conflicts(self._thread)
        self._canvas.repaint()
        self.refresh_frame()

    def heard(self, _news: News) -> None:
        """Somebody said something."""
        self.counter.ask(self._load(), "conflict")

    @property
    def view(self) -> ConflictView | None:
        """The conflict that is shown: the first that is not settled."""
        return self._views[0] if self._views else None

    def _paint(self, width: int, height: int) -> Lines:
        if self.view is None:
            return []
        return conflict_lines(self.view, self._at, self.counter.now(), self.counter.desk.place.post.zone, width, height)

    # -- commands -----------------------------------------------------------------------------------------------------

    def do_other_side(self) -> None:
        """The next of those who decided apart."""
        if self.view is not None:
            self._at = (self._at + 1) % len(self.view.there)
            self._canvas.repaint()

    def do_look_there(self) -> None:
        """The traveller, as any counter sees them."""
        self.dismiss(self._thread)

    def do_keep_stricter(self) -> None:
        """The disagreement is known; the stricter stands."""
        if self.view is not None:
            self.record(self._keep(self.view), lambda _problem: None, lambda: None)

    async def _keep(self, view: ConflictView) -> None:
        sequence = await self.counter.desk.watching.keep_stricter(view)
        await self._load()
        word = of_verdict(view.in_force, view.subject).word
        self.counter.tell(N_("settled, entry {n}: {verdict} stands; both are kept"), "clear", n=sequence, verdict=word)
        if self.view is None:
            self.dismiss(None)

    def do_joint_review(self) -> None:
        """Open it; or say, raise, agree."""
        view = self.view
        if view is None:
            return
        if view.review is None:
            asking = Asking(
                lambda: _("JOINT REVIEW"),
                clean(view.who),
                lambda: _("Enter opens it: duty officers have it first, then the heads"),
                lambda: [Choice(1, _("open a joint review"))],
                lambda: _("what is to be agreed on, in a few words"),
            )
        else:
            asking = Asking(
                lambda: _("JOINT REVIEW"),
                clean(view.who),
                lambda: _("what does your agency say? number, words or arrows"),
                _choices,
                lambda: _("why, in a few words"),
            )
        self.ask(asking, self._reviewed)

    def do_conflict_note(self) -> None:
        """A note that stays with the review."""
        view = self.view
        if view is None:
            return
        if view.review is None:
            self.counter.tell(N_("Notes stay with the joint review: j opens one first."), "attention")
            return
        asking = Asking(
            lambda: _("NOTE"),
            clean(view.who),
            lambda: _("Enter takes it"),
            lambda: [Choice(1, _("a note for everybody in the review"))],
            lambda: _("note: what another officer needs to know"),
        )
        self.ask(asking, self._noted)

    async def _noted(self, _choice: int, words: str) -> None:
        assert self.view is not None
        sequence = await self.counter.desk.watching.review(self.view, Stage.SAID, note=words)
        await self._told(sequence)

    async def _reviewed(self, choice: int, words: str) -> None:
        view, desk = self.view, self.counter.desk.watching
        assert view is not None
        if view.review is None:
            sequence = await desk.review(view, Stage.OPENED, note=words)
        elif choice <= len(SAYS):
            sequence = await desk.review(view, Stage.SAID, verdict=SAYS[choice - 1], note=words)
        elif choice == len(SAYS) + 1:
            sequence = await desk.review(view, Stage.RAISED, note=words)
        else:
            sequence = await desk.review(view, Stage.AGREED, verdict=view.in_force, note=words)
        await self._told(sequence)

    async def _told(self, sequence: int) -> None:
        await self._load()
        self.counter.tell(N_("joint review: recorded, entry {n}; no verdict is changed by it"), "clear", n=sequence)


def _choices() -> list[Choice]:
    says = [Choice(at, of_verdict(verdict).text) for at, verdict in enumerate(SAYS, start=1)]
    return [
        *says,
        Choice(len(SAYS) + 1, _("raise it to the next level")),
        Choice(len(SAYS) + 2, _("agreed: each agency records its own verdict now")),
    ]
