"""The baseline: the least Textual does for the same. A field shows what is typed, a key changes a text."""

from typing import ClassVar

from textual.app import App, ComposeResult
from textual.binding import Binding, BindingType
from textual.widgets import Input, Static


class BareApp(App[None]):
    """F3 changes the text to and fro; everything else is typed into the field."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("f3", "change", priority=True)]
    ENABLE_COMMAND_PALETTE = False

    def compose(self) -> ComposeResult:
        """The text and the field."""
        yield Static("bare: closed", id="text")
        yield Input()

    def on_mount(self) -> None:
        """Type into the field at once."""
        self.query_one(Input).focus()

    def action_change(self) -> None:
        """Change the text."""
        text = self.query_one("#text", Static)
        text.update("bare: open" if str(text.content) == "bare: closed" else "bare: closed")


if __name__ == "__main__":
    BareApp().run()
