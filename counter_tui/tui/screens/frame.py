"""What every screen has: the lines around it, commands that come from the registry, one way to repaint."""

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, ClassVar, TypeVar, cast

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.screen import ModalScreen, Screen
from textual.widget import Widget

from ..commands import COMMANDS, State, Where, get_command
from ..commands.command import TYPING
from ..widgets.footer import Footer
from ..widgets.last_line import LastLine
from ..widgets.status_bar import StatusBar
from ..widgets.too_small import TooSmall
from ..words import N_

if TYPE_CHECKING:
    from textual.events import Key

    from ...workstation.news import News
    from ..app import CounterApp

Result = TypeVar("Result")
PRIORITY = frozenset({"quit", "language", "theme", "help", "palette"})
"""What works in a text field too, by keys that type nothing."""


def bindings() -> list[BindingType]:
    """A binding for every key of every command; a keymap may change it by its id."""
    return [
        Binding(
            key,
            f"screen.command('{c.id}', '{key}')",
            c.label,
            id=c.id if len(c.keys) == 1 else f"{c.id}.{key}",
            show=False,
            priority=c.id in PRIORITY and len(key) > 1 and key != "question_mark",
        )
        for c in COMMANDS
        for key in c.keys
    ]


class Framed(Screen[Result]):
    """A screen whose keys are the commands of its place.

    A command `hold` is done by the method `do_hold` of the screen, or else of the app.
    """

    WHERE: ClassVar[Where]
    BINDINGS: ClassVar[list[BindingType]] = bindings()
    ALLOW_SELECT: ClassVar[bool] = False

    def __init__(self) -> None:
        super().__init__()
        self.status_bar: StatusBar | None = None
        self.last_line = LastLine()
        self.footer = Footer()

    @property
    def counter(self) -> "CounterApp":
        """The program."""
        return cast("CounterApp", self.app)

    def state(self) -> State:
        """What decides which commands work."""
        return self.counter.state_at(self.WHERE)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """A key does only what belongs to the place where the screen is."""
        if action != "command":
            return super().check_action(action, parameters)
        return self.state().where in get_command(str(parameters[0])).where

    def action_command(self, id_: str, key: str = "") -> None:
        """A key was pressed."""
        self.counter.perform(id_, self, key)

    def typed(self, text: str) -> None:
        """Text was typed or pasted where no field is: a key that is no command says so.

        Where a field is asked for nothing is said: it may be a digit of a PIN.
        """
        if len(text) == 1 and not text.isspace() and self.state().where not in TYPING:
            self.counter.tell(N_("{key} is no command here. ? shows the keys."), key=text)

    def on_key(self, event: "Key") -> None:
        """A character that is no command's key."""
        if event.character is not None and event.character.isprintable() and not self.is_command_key(event.key):
            self.typed(event.character)

    def is_command_key(self, key: str) -> bool:
        """Whether a key belongs to a command of the place where the screen is."""
        where = self.state().where
        return any(key in c.keys for c in COMMANDS if where in c.where)

    def heard(self, news: "News") -> None:
        """The workstation has news, which the desk below takes too."""

    def do_leave(self) -> None:
        """One step back."""
        self.dismiss(None)

    def repaint(self) -> None:
        """Paint everything again: another language, or news."""
        for widget in self.walk_children(Widget):
            again = getattr(widget, "repaint", None)
            if again is not None:
                again()
        self.refresh_frame()

    def on_mount(self) -> None:
        """In a terminal that is too small, nothing but that is shown."""
        if self.counter.too_small:
            self.cover(small=True)

    def on_screen_resume(self) -> None:
        """The screen is on top again."""
        self.refresh_frame()

    def refresh_frame(self) -> None:
        """Bring the lines around up to date."""
        if self.is_mounted:
            if self.status_bar is not None:
                self.status_bar.show(self.counter.standing())
            self.last_line.show(self.counter.said)
            self.footer.show(self.state())

    def cover(self, *, small: bool) -> None:
        """Cover the screen with one line while the terminal is too small; what is below stays as it is."""
        covers = self.query(TooSmall)
        if small and not covers:
            self.mount(TooSmall())
        elif not small:
            covers.remove()


class FullScreen(Framed[Result]):
    """A screen of its own, from the status line to the footer."""

    def compose(self) -> ComposeResult:
        """The frame, and what the screen is about in it."""
        self.status_bar = StatusBar()
        yield self.status_bar
        yield from self.body()
        yield self.last_line
        yield self.footer

    def body(self) -> Iterable[Widget]:
        """What stands between the lines."""
        return ()


class Dialog(Framed[Result], ModalScreen[Result]):
    """A drawer from below; what is asked about stays in sight above it."""

    CSS_PATH = "../styles/dialogs.tcss"

    def compose(self) -> ComposeResult:
        """Title, body, and the two bottom lines."""
        from textual.containers import Vertical

        with Vertical(classes="drawer"):
            yield words(self.title_words, "title")
            yield from self.body()
            yield self.last_line
            yield self.footer

    def title_words(self) -> str:
        """The question in one line."""
        return ""

    def body(self) -> Iterable[Widget]:
        """What is needed to answer it."""
        return ()


def words(speak: Callable[[], str], classes: str = "text") -> Widget:
    """A widget that says this, again when the language changes."""
    from ..widgets.spoken import Spoken

    return Spoken(speak, classes=classes)
