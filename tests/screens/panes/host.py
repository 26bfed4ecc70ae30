"""A small program around one pane, and a desk that answers from what a test gives it."""

import asyncio
from collections.abc import Iterable, Sequence
from functools import partial
from pathlib import Path
from typing import Any, ClassVar

from textual.app import App, ComposeResult
from textual.containers import Vertical
from textual.message import Message
from textual.widget import Widget
from textual.widgets import Input, Static

import counter_tui.tui
from counter_tui.domain.decisions import ReasonCode
from counter_tui.domain.decisions import subjects as subjects_of
from counter_tui.domain.posts import Officer
from counter_tui.domain.sections import Subject
from counter_tui.domain.view import MergedView
from counter_tui.domain.words import Verdict
from counter_tui.errors import StoreError
from counter_tui.tui.paint.ready import ready
from counter_tui.tui.themes import THEMES
from counter_tui.tui.widgets.inspection import InspectionPane
from counter_tui.tui.widgets.search import Search
from counter_tui.tui.widgets.verdict_drawer import VerdictDrawer
from counter_tui.tui.words import use
from counter_tui.workstation.news import Expected, Expecting, Recorded
from tests.unit.tui.paint.travellers import (
    JOINT,
    NOW,
    REASONS,
    ZONE,
    Words,
    crossing,
    expected,
    expecting,
    outbox,
    status,
)

STYLES = Path(counter_tui.tui.__file__).parent / "styles" / "frame.tcss"


class Host(App[None]):
    """One pane between what stands for the frame: two lines above, two below."""

    CSS_PATH = STYLES
    CSS = "#above { height: 2; dock: top; } #below { height: 2; dock: bottom; }"
    ENABLE_COMMAND_PALETTE = False
    BINDINGS: ClassVar[list[Any]] = []

    def __init__(self, theme: str = "dark") -> None:
        super().__init__()
        use(Words())
        for known in THEMES:
            self.register_theme(known)
        self.theme = theme
        self.heard: list[Message] = []

    def compose(self) -> ComposeResult:
        yield Static(id="above")
        yield Vertical(*self.panes(), classes="body")
        yield Static(id="below")

    def panes(self) -> Iterable[Widget]:
        return ()


class InspectionHost(Host):
    """The inspection with the drawer below it."""

    def __init__(
        self,
        view: MergedView,
        officer: Officer = JOINT,
        *,
        decided: Recorded | None = None,
        changed: frozenset[str] = frozenset(),
        theme: str = "dark",
    ) -> None:
        super().__init__(theme)
        self.pane = InspectionPane()
        self.drawer = VerdictDrawer()
        self.shown = (view, officer, changed, decided)

    def panes(self) -> Iterable[Widget]:
        return self.pane, self.drawer

    def on_mount(self) -> None:
        view, officer, changed, decided = self.shown
        self.pane.show(view, officer, NOW, ZONE, changed, decided)

    def judge(self, verdict: Verdict) -> None:
        """As the desk does for a verdict's key."""
        view, officer, *_ = self.shown
        self.drawer.open(verdict, view, officer, Booth(view, officer))

    def on_verdict_drawer_verdict_chosen(self, event: VerdictDrawer.VerdictChosen) -> None:
        self.heard.append(event)


class Booth:
    """What the drawer asks."""

    def __init__(self, view: MergedView, officer: Officer) -> None:
        self.view, self.officer = view, officer

    def subjects(self) -> tuple[Subject, ...]:
        return subjects_of(self.view)

    def reasons(self, verdict: Verdict, subject: Subject) -> tuple[ReasonCode, ...]:
        return tuple(r for r in REASONS if r.fits(verdict, subject, self.officer))


class ReadyHost(Host):
    """The ready pane of a morning."""

    def __init__(self, *, quiet: bool = False, theme: str = "dark") -> None:
        super().__init__(theme)
        self.pane = InspectionPane()
        self.quiet = quiet

    def panes(self) -> Iterable[Widget]:
        return (self.pane,)

    def on_mount(self) -> None:
        if self.quiet:
            self.pane.show_nobody(partial(ready, status(waiting=0), Expecting(), (), (), NOW, ZONE))
        else:
            self.pane.show_nobody(partial(ready, status(), expecting(), outbox(8), (crossing(),), NOW, ZONE))


class SearchHost(Host):
    """The search over whom the cache expects."""

    def __init__(self) -> None:
        super().__init__()
        self.finder = Search()
        self.asked: list[str] = []
        self.unreadable = ""
        self.answers = asyncio.Event()
        self.answers.set()

    def panes(self) -> Iterable[Widget]:
        return (self.finder,)

    def on_mount(self) -> None:
        self.finder.open(self, NOW.date())

    async def search(self, text: str) -> Sequence[Expected]:
        self.asked.append(text)
        await self.answers.wait()
        if self.unreadable:
            raise StoreError(self.unreadable)
        return [e for e in expected() if text.upper() in e.document.display_name]

    def on_search_chosen(self, event: Search.Chosen) -> None:
        self.heard.append(event)

    def field(self) -> Input:
        return self.query_one(Input)
