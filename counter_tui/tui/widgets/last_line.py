"""The line above the footer: what just happened, in honest words, and why a key was not taken."""

from dataclasses import dataclass, field

from textual.content import Content
from textual.widget import Widget

from ..words import say


@dataclass(frozen=True, slots=True, repr=False)
class Said:
    """A sentence (msgid or code), what stands in its places, and the token of its colour ("" for plain ink)."""

    sentence: str = ""
    params: dict[str, str | int] = field(default_factory=dict)
    tone: str = ""

    @property
    def words(self) -> str:
        """The sentence in the language that is on."""
        return say(self.sentence, **self.params) if self.sentence else ""


class LastLine(Widget):
    """Shows what the program said last; a new sentence takes the place of the old one."""

    said: Said = Said()

    def show(self, said: Said) -> None:
        """Put this sentence on the line."""
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
