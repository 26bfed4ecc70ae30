"""The line above the footer: what just happened, in honest words, and why a key was not taken."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import NamedTuple

from textual.content import Content
from textual.widget import Widget

from ..words import say


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
    """Shows what the program said last; a new sentence takes the place of the old one."""

    said: Said = Said()

    def show(self, said: Said) -> None:
        """Put this sentence on the line."""
        if said is not self.said:
            self.said = said
            self.refresh()

    def repaint(self) -> None:
        """Paint again, in the language that is on."""
        self.refresh()

    def render(self) -> Content:
        """One line; too long, it ends in an ellipsis."""
        said = self.said
        text = Content.styled(f" {said.words}", f"${said.tone}" if said.tone else "")
        return text.truncate(self.size.width, ellipsis=True)
