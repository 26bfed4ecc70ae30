"""Help for the screen that is on: its keys, from the commands themselves, and the words of the states."""

from collections.abc import Iterable
from typing import ClassVar

from textual.containers import VerticalScroll
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Static

from ...domain.words import DeliveryState, Verdict
from ..commands import State, Where, commands_of
from ..paint.cells import left, wrap
from ..paint.signs import not_checked, of_delivery, of_verdict
from ..words import _, say
from .frame import FullScreen

KEY_WIDTH, WORD_WIDTH, SCROLLBAR = 6, 14, 3


def state_words() -> list[tuple[str, str, str]]:
    """Each word of a state with its sign, its token, and what it means."""
    means = {
        Verdict.CLEAR: _("nothing stands against it"),
        Verdict.CLEAR_COND: _("clear on a condition"),
        Verdict.PENDING: _("an answer is still to come"),
        Verdict.REFER: _("to secondary inspection"),
        Verdict.HOLD: _("stays here; who placed it releases it"),
        Verdict.REFUSE: _("does not pass; of things: seized"),
    }
    signs = [(of_verdict(verdict), said) for verdict, said in means.items()]
    signs += [
        (not_checked(), _("nobody was asked: never as good as clear")),
        (of_delivery(DeliveryState.RECORDED), _("on the disk of this counter")),
        (of_delivery(DeliveryState.RECEIVED), _("the single window has it, and has signed for it")),
    ]
    sealed = (_("SEALED") + " ◆", "$sealed", _("the owner shares what to do, not what it is"))
    live = (_("live"), "", _("asked just now; a time or an age says when it was known"))
    return [*((sign.text, sign.style, said) for sign, said in signs), sealed, live]


class Help(FullScreen[None]):
    """Two parts: keys, words."""

    WHERE: ClassVar[Where] = Where.HELP
    AUTO_FOCUS = "VerticalScroll"

    def __init__(self, about: State) -> None:
        super().__init__()
        self._about = about

    def body(self) -> Iterable[Widget]:
        """A page to scroll."""
        yield VerticalScroll(Static(markup=False, id="page"))

    def on_resize(self) -> None:
        """The page is broken for the room there is."""
        self.query_one("#page", Static).update(self._page(max(40, self.size.width - SCROLLBAR)))

    def repaint(self) -> None:
        """Another language."""
        self.on_resize()
        super().repaint()

    def do_help(self) -> None:
        """It is on already."""

    def _page(self, width: int) -> Content:
        lines = [Content.styled(f" {_('Keys here')}", "bold")]
        for command in commands_of(self._about.where):
            why = command.enabled(self._about)
            text = f"{_(command.help)} ({say(why)})" if why else _(command.help)
            lines += entry(command.key_at(self._about.where), "bold", KEY_WIDTH, text, width, "$muted" if why else "")
        lines += [Content(""), Content.styled(f" {_('Words')}", "bold")]
        for word, style, said in state_words():
            lines += entry(word, f"bold {style}".strip(), WORD_WIDTH, said, width)
        lines += [Content(""), Content(f" {_('A reader is told from a person by its speed: swipe on any screen.')}")]
        return Content("\n").join(lines)


def entry(word: str, word_style: str, column: int, text: str, width: int, style: str = "") -> list[Content]:
    """A word in a column of its own, and the text beside it in as many lines as it needs."""
    heads = [Content.assemble("   ", (left(word, column), style or word_style), " "), Content(" " * (column + 4))]
    parts = wrap(text, width - column - 4)
    return [Content.assemble(heads[min(at, 1)], (part, style)) for at, part in enumerate(parts)]
