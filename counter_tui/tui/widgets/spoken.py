"""Words that are said again when the language changes; never markup."""

from collections.abc import Callable

from textual.widgets import Static


class Spoken(Static):
    """Shows what `speak` gives."""

    def __init__(self, speak: Callable[[], str], *, classes: str = "") -> None:
        super().__init__(speak(), markup=False, classes=classes)
        self._speak = speak

    def repaint(self) -> None:
        """Say it again."""
        self.update(self._speak())
