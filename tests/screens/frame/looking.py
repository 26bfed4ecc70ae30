"""What a test reads off a screen of the frame."""

from textual.widgets import Input

from counter_tui.tui.widgets.footer import Footer
from counter_tui.tui.widgets.status_bar import StatusBar

from .scripted import Counters


def shown(counter: Counters) -> str:
    """Everything that stands on the screen, line by line."""
    strips = counter.app.screen._compositor.render_strips(counter.app.screen.size)
    return "\n".join(strip.text.rstrip() for strip in strips)


def footer(counter: Counters) -> str:
    return counter.app.screen.query_one(Footer).render().plain


def top(counter: Counters) -> str:
    return counter.app.screen.query_one(StatusBar).render().plain.splitlines()[0]


def pin(counter: Counters) -> Input:
    return counter.app.screen.query_one("#pin", Input)
