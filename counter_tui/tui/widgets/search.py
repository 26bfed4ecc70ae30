"""The search: as a name, a number or the last four are typed, who of the cache it can be."""

from collections.abc import Awaitable, Sequence
from datetime import date
from typing import ClassVar, Protocol

from textual import work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.message import Message
from textual.widgets import Input

from ...domain.documents import Document
from ...errors import StoreError
from ...workstation.news import Expected
from ..paint.cells import Lines, rule
from ..paint.choosing import hint_line
from ..paint.finding import found_row
from ..words import _, ngettext
from .painted import Canvas
from .rows import Rows

LONGEST = 40


class Finder(Protocol):
    """Who the cache knows by a name, a number or the last four."""

    def search(self, text: str) -> Awaitable[Sequence[Expected]]:
        """The travellers, the best first."""
        ...


class Search(Vertical):
    """Opens from below; `Chosen` names the document that Enter stands on."""

    DEFAULT_CSS = """
    Search { dock: bottom; width: 100%; height: 14; display: none; background: $field; }
    Search Canvas { height: 1; background: $field; }
    Search Rows { background: $field; }
    Search Input, Search Input:focus { border: none; height: 1; padding: 0 1; background: $field; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("down", "move(1)", show=False),
        Binding("up", "move(-1)", show=False),
        Binding("escape", "back", show=False),
    ]

    class Chosen(Message):
        """Open this traveller."""

        def __init__(self, document: Document) -> None:
            super().__init__()
            self.document = document

    class Closed(Message):
        """The search was put away."""

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002 - the framework's word
        super().__init__(id=id)
        self._finder: Finder | None = None
        self._found: Sequence[Expected] = ()
        self._found_for = self._why = ""
        self._today = date.min
        self._input = Input(placeholder="", max_length=LONGEST, select_on_focus=False, id="search-input")
        self._rows = Rows()
        self._rows.can_focus = False
        self._hint = Canvas(self._paint_hint)

    def compose(self) -> ComposeResult:
        """A rule, the line to type in, who is found, and what the keys do."""
        yield Canvas(lambda width, _height: [rule(width)])
        yield self._input
        yield self._rows
        yield self._hint

    @property
    def is_open(self) -> bool:
        """Whether a search is going on."""
        return bool(self.display)

    def open(self, finder: Finder, today: date, typed: str = "") -> None:
        """Begin with what was typed already; `today` tells ages."""
        self._finder, self._today = finder, today
        self.repaint()
        self.display = True
        self._input.value = typed
        self._input.cursor_position = len(typed)
        self._input.focus()
        self._look_for(typed)

    def repaint(self) -> None:
        """Another language."""
        self._input.placeholder = _("name, number, or the last four of one")

    def back(self) -> bool:
        """Put it away; never still open."""
        if self.display:
            self.display = False
            self.post_message(self.Closed())
        return False

    @work(group="search", exclusive=True)
    async def _look_for(self, typed: str) -> None:
        if self._finder is None:
            return
        found: Sequence[Expected] = ()
        why = ""
        try:
            found = tuple(await self._finder.search(typed)) if typed.strip() else ()
        except StoreError as error:  # what is cached cannot be read: nobody was looked for
            why = error.code
        # not before: lines that are in sight are painted from what was found for them
        self._found, self._found_for, self._why = found, typed, why
        self._rows.at = 0
        self._rows.scroll_to(y=0, animate=False)
        self._rows.fill(len(self._found), self._paint_row)
        self._hint.repaint()

    def _paint_row(self, index: int, width: int) -> Content:
        return found_row(self._found[index], self._today, width)

    def _paint_hint(self, width: int, _height: int) -> Lines:
        if not self._input.value.strip():
            return [hint_line(_("type to search   Esc back"), "$muted", width)]
        if self._why:
            return [hint_line(_(self._why), "$attention", width)]
        if not self._found:
            return [hint_line(_("nobody of that name or number is expected or held here"), "$attention", width)]
        found = ngettext("{n} found", "{n} found", len(self._found)).format(n=len(self._found))
        return [hint_line(found + "   " + _("Enter open   ↑↓ choose   Esc back"), "$muted", width)]

    def on_input_changed(self, event: Input.Changed) -> None:
        """Search as it is typed; an earlier question that has no answer yet is dropped."""
        event.stop()
        if self.is_open:
            self._look_for(event.value)

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Enter: open who is pointed at."""
        event.stop()
        if self._found and self._found_for == self._input.value:
            self.post_message(self.Chosen(self._found[self._rows.at].document))

    def action_move(self, by: int) -> None:
        """An arrow."""
        self._rows.action_move(by)

    def action_back(self) -> None:
        """Esc."""
        self.back()
