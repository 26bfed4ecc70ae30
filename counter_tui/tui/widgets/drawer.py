"""A drawer from below: one question at a time while the traveller stays in sight; Esc goes one back."""

from abc import abstractmethod
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.message import Message
from textual.widgets import Input

from ..paint.cells import Lines
from ..paint.choosing import ROWS, Choice, hint_line, narrowed
from .painted import Canvas

AROUND = 4  # rule, title, input and hint
SHORT = 40


class Drawer(Vertical):
    """What is common to drawers: a line to type in, choices that it narrows, and a line that says what the keys do.

    A subclass says what is asked (`question`), between what (`choices`; none where text is typed), what is painted
    above the line (`paint`), and takes the answers (`take_choice`, `take_text`).
    """

    DEFAULT_CSS = """
    Drawer { dock: bottom; width: 100%; height: auto; display: none; background: $field; }
    Drawer Canvas { height: 1fr; width: 100%; background: $field; }
    Drawer #drawer-hint { height: 1; }
    Drawer Input, Drawer Input:focus { border: none; height: 1; padding: 0 2; background: $field; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("down", "move(1)", show=False),
        Binding("up", "move(-1)", show=False),
        Binding("escape", "back", show=False),
    ]

    class Closed(Message):
        """The drawer was put away."""

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002 - the framework's word
        super().__init__(id=id)
        self.at = 0
        self.problem = ""
        self._covered = False
        self.face = Canvas(self._paint_face)
        self.hint_row = Canvas(self._paint_hint, id="drawer-hint")
        self.input = Input(id="drawer-input")

    def compose(self) -> ComposeResult:
        """What is chosen from, the line to type in, and what the keys do."""
        yield self.face
        yield self.input
        yield self.hint_row

    # -- what a subclass says -----------------------------------------------------------------------------------------

    @abstractmethod
    def question(self) -> str:
        """What the line to type in asks."""

    @abstractmethod
    def choices(self) -> list[Choice]:
        """Everything there is to choose from; nothing where text is typed."""

    @abstractmethod
    def paint(self, width: int) -> Lines:
        """The lines above the one to type in."""

    @abstractmethod
    def hint(self) -> tuple[str, str]:
        """What the keys do now, and its style."""

    @abstractmethod
    def back(self) -> bool:
        """One question back; from the first one the drawer closes. Whether it still asks."""

    @abstractmethod
    def take_choice(self, number: int) -> None:
        """The choice of this number, from 1."""

    @abstractmethod
    def take_text(self, text: str) -> None:
        """What was typed where nothing is chosen."""

    def room(self) -> int:
        """How many lines the choices take."""
        return max(1, min(ROWS, len(self.choices())))

    # -- asking -------------------------------------------------------------------------------------------------------

    @property
    def is_open(self) -> bool:
        """Whether it asks something."""
        return bool(self.display)

    def cover(self) -> None:
        """Out of sight while another drawer asks; what was answered stays."""
        self.display, self._covered = False, True

    def uncover(self) -> None:
        """In sight again, if it was covered and nobody has closed it since."""
        if self._covered:
            self.display, self._covered = True, False
            self.refresh_drawer()

    def close(self) -> None:
        """Put it away: it is recorded, or nobody wants it any more."""
        self._covered = False
        if self.display:
            self.display = False
            self.input.clear()
            self.post_message(self.Closed())

    def ask(self, at: int = 0, *, longest: int = SHORT, secret: bool = False) -> None:
        """Ask the question that is open now; the choice `at` (from 0) is pointed at."""
        self.problem = ""
        with self.input.prevent(Input.Changed):
            self.input.clear()
        self.input.password = secret
        self.input.max_length = longest
        self.input.placeholder = self.question()
        self.at = at
        self.refresh_drawer()
        self.input.focus()

    def fill(self, text: str) -> None:
        """Put words into the line, to be gone on with: what is typed comes after them."""
        self.input.value = text
        self.input.cursor_position = len(self.input.value)

    def tell(self, problem: str) -> None:
        """Say why it was not taken, in words; the drawer stays where it is."""
        self.problem = problem
        self.hint_row.repaint()

    def repaint(self) -> None:
        """Another language: the question is asked in it."""
        if self.is_open:
            self.input.placeholder = self.question()
            self.refresh_drawer()

    def refresh_drawer(self) -> None:
        """As high as the question takes."""
        self.styles.height = self.room() + AROUND
        self.face.repaint()
        self.hint_row.repaint()

    def shown(self) -> list[Choice]:
        """The choices that what was typed leaves."""
        return narrowed(self.choices(), self.input.value)

    def _paint_face(self, width: int, _height: int) -> Lines:
        return self.paint(width) if self.is_open else []

    def _paint_hint(self, width: int, _height: int) -> Lines:
        if not self.is_open:
            return []
        words, style = (self.problem, "bold $stop") if self.problem else self.hint()
        return [hint_line(words, style, width)]

    def on_input_changed(self, event: Input.Changed) -> None:
        """What is typed narrows the choice."""
        event.stop()
        self.problem = ""
        if self.is_open and self.choices():
            self.at = 0
        self.face.repaint()
        self.hint_row.repaint()

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Enter: the next question, or all is said."""
        event.stop()
        if not self.choices():
            self.take_text(self.input.value)
            return
        shown = self.shown()
        if shown:
            self.take_choice(shown[min(self.at, len(shown) - 1)].number)

    def action_move(self, by: int) -> None:
        """An arrow."""
        self.at = max(0, min(self.at + by, len(self.shown()) - 1))
        self.face.repaint()
        self.hint_row.repaint()

    def action_back(self) -> None:
        """Esc."""
        self.back()
