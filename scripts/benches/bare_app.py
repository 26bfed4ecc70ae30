"""The baseline: the least Textual does for the same. A field, a text, and a panel that a key opens over the text."""

from typing import ClassVar

from textual.app import App, ComposeResult
from textual.binding import Binding, BindingType
from textual.widgets import Input, Static

LINES = 16


class BareApp(App[None]):
    """F3 opens and closes the panel, which covers most of the text; everything else is typed into the field."""

    CSS = """
    #panel { display: none; dock: bottom; height: 19; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [Binding("f3", "panel", priority=True)]
    ENABLE_COMMAND_PALETTE = False

    def compose(self) -> ComposeResult:
        """The field, the text and the panel."""
        yield Input()
        yield Static("\n".join(f"bare: closed {line}" for line in range(LINES)))
        yield Static("\n".join(f"bare: open {line}" for line in range(LINES)), id="panel")

    def on_mount(self) -> None:
        """Type into the field at once."""
        self.query_one(Input).focus()

    def action_panel(self) -> None:
        """Open the panel, or close it."""
        panel = self.query_one("#panel")
        panel.display = not panel.display


if __name__ == "__main__":
    BareApp().run()
