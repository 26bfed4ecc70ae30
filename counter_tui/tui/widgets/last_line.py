"""The line above the footer: what just happened, in honest words, and why a key was not taken."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import NamedTuple

from textual.content import Content
from textual.widget import Widget

from ..paint.cells import wrap
from ..words import say

MOST = 3


class Said(NamedTuple):
    """A sentence (msgid or code), what stands in its places, and the token of its colour ("" for plain ink)."""

    sentence: str = ""
    params: Mapping[str, str | int] = MappingProxyType({})
    tone: str = ""

    def __repr__(self) -> str:
        """Without its parameters: they may name a traveller."""
        return f"Said({self.sentence})"

    @property
    def words(self) -> str:
        """The sentence in the language that is on."""
        return say(self.sentence, **self.params) if self.sentence else ""


class LastLine(Widget):
    """Shows what the program said last; a new sentence takes the place of the old one.

    A sentence that is too long for one line gets up to three: its end is the next step.
    """

    said: Said = Said()

    def show(self, said: Said) -> None:
        """Put this sentence on the line."""
        if said is not self.said:
            self.said = said
            self.repaint()

    def repaint(self) -> None:
        """Paint again, in the language that is on and the room there is."""
        self.styles.height = max(1, len(self._lines()))
        self.refresh()

    def on_resize(self) -> None:
        """Another width may ask for another number of lines."""
        self.repaint()

    def _lines(self) -> list[str]:
        return wrap(self.said.words, max(20, self.size.width - 2), MOST)

    def render(self) -> Content:
        """The sentence."""
        lines = "\n".join(f" {line}" for line in self._lines())
        return Content.styled(lines, f"${self.said.tone}" if self.said.tone else "")
