"""What a test reads off a screen of the frame."""

from textual.widgets import Input

from counter_tui.tui.widgets.footer import Footer
from counter_tui.tui.widgets.status_bar import StatusBar

from .scripted import Counters


def footer(counter: Counters) -> str:
    return counter.app.screen.query_one(Footer).render().plain


def top(counter: Counters) -> str:
    return counter.app.screen.query_one(StatusBar).render().plain.splitlines()[0]


def pin(counter: Counters) -> Input:
    return counter.app.screen.query_one("#pin", Input)
