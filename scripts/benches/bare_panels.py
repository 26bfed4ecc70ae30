"""The baseline of `open`: the least Textual does for the same. A zone is typed into a field; Enter refills panels.

The argument is a file of JSON: the panels' texts, `{name}` in them where the name stands. Esc empties them.
"""

import json
import sys
from pathlib import Path
from typing import ClassVar

from textual.app import App, ComposeResult
from textual.binding import Binding, BindingType
from textual.widgets import Input, Static

EMPTY = "bare: empty"


class BarePanels(App[None]):
    """As many texts as a traveller's screen has, and a field below them."""

    CSS = """
    Static { height: auto; }
    Input { dock: bottom; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape", "empty", priority=True)]
    ENABLE_COMMAND_PALETTE = False

    def __init__(self, texts: list[str]) -> None:
        super().__init__()
        self._texts = texts
        self._panels = [Static("\n" * text.count("\n"), markup=False) for text in texts]

    def compose(self) -> ComposeResult:
        """The panels and the field."""
        yield from self._panels
        yield Input(placeholder=EMPTY)

    def on_mount(self) -> None:
        """Type into the field at once."""
        self.query_one(Input).focus()

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Refill."""
        name = event.value[5:44].replace("<<", ", ").replace("<", " ").strip()
        event.input.placeholder = ""
        event.input.clear()
        for panel, text in zip(self._panels, self._texts, strict=True):
            panel.update(text.replace("{name}", name))

    def action_empty(self) -> None:
        """Nobody stands there."""
        self.query_one(Input).placeholder = EMPTY
        for panel, text in zip(self._panels, self._texts, strict=True):
            panel.update("\n" * text.count("\n"))


if __name__ == "__main__":
    BarePanels(json.loads(Path(sys.argv[1]).read_text("utf-8"))).run()
