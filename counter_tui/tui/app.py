"""The program on the screen: it holds the desk, the language, the theme and what was said last; screens do the rest."""

import asyncio
import gettext
from collections.abc import Callable, Coroutine, Mapping
from datetime import UTC, datetime
from importlib import import_module
from typing import TYPE_CHECKING, Any, ClassVar

from textual.app import App
from textual.binding import BindingType
from textual.events import Resize
from textual.message import Message
from textual.screen import Screen
from textual.worker import Worker, WorkerState

from ..errors import CounterError
from .commands import State, Where, get_command
from .commands.command import key_name
from .crash import Crash
from .key_path import KeyPath
from .litter import Litter
from .screens.frame import Framed
from .screens.sign_in import SignIn
from .themes import FIRST, THEMES, next_theme
from .widgets.last_line import Said
from .widgets.status_bar import Standing
from .widgets.too_small import HEIGHT, WIDTH, TooSmall
from .words import LANGUAGES, N_, use

if TYPE_CHECKING:
    from textual.command import Provider

    from ..workstation.desk import Desk
    from ..workstation.news import News
    from .reader import Scan
    from .screens.desk import DeskScreen

Catalogue = Callable[[str], gettext.NullTranslations]


def utc_now() -> datetime:
    """The time, aware, UTC."""
    return datetime.now(UTC)


def _palette() -> "type[Provider]":
    from .commands.palette import CommandSource

    return CommandSource


def _load_rooms() -> None:
    """Import what the desk needs, on a thread: nobody waits for it when the PIN is accepted."""
    import_module(".screens.desk", __package__)


class NewsCame(Message):
    """The workstation has news; sent from its thread."""

    def __init__(self, news: "News") -> None:
        super().__init__()
        self.news = news


class CounterApp(Crash, KeyPath, App[int], inherit_bindings=False):
    """One counter. `catalogue` gives the words of a language; `now` the time, aware."""

    TITLE = "counter"
    CSS_PATH = "styles/frame.tcss"
    BINDINGS: ClassVar[list[BindingType]] = []
    COMMANDS = {_palette}  # noqa: RUF012 - Textual's own way to say it
    ENABLE_COMMAND_PALETTE = False
    ALLOW_SELECT = False
    NOTIFICATION_TIMEOUT = 0

    def __init__(
        self,
        desk: "Desk",
        catalogue: Catalogue,
        language: str = "en",
        *,
        now: Callable[[], datetime] = utc_now,
        timing: Mapping[str, float] | None = None,
    ) -> None:
        super().__init__()
        self._timing = timing
        self.desk = desk
        self.language = language
        self.now = now
        self.said = Said()
        self.desk_screen: DeskScreen | None = None
        self.behaviours: dict[str, str] = {}
        self._catalogue = catalogue
        self._painted = False
        self._litter = Litter()
        self.failed = False
        use(catalogue(language))
        for theme in THEMES:
            self.register_theme(theme)
        self.set_reactive(CounterApp.theme, FIRST)
        self.stylesheet.set_variables(self.get_css_variables())

    def get_default_screen(self) -> Screen[Any]:
        """Sign in first."""
        return SignIn()

    def on_mount(self) -> None:
        """The clock goes on; the first screen, once it is painted, has the rest prepared."""
        self.desk.listen(self._hear)
        self.set_interval(1, self._second)
        self.set_interval(1, self._tidy)

    def _hear(self, news: "News") -> None:
        self.post_message(NewsCame(news))

    def post_display_hook(self) -> None:
        """Something was painted: after the first time, the rest is prepared."""
        if not self._painted:
            self._painted = True
            self.prepare()

    def prepare(self) -> None:
        """Open the vault and start what runs behind; what goes wrong is said on the last line."""
        self.failed = False
        self.ask(self._prepare(), "prepare")

    async def _prepare(self) -> None:
        try:
            await asyncio.gather(self.desk.prepare(), self._furnish())
        except CounterError:
            self.failed = True
            raise
        self._second()
        for screen in self.screen_stack:
            if isinstance(screen, SignIn):
                screen.prepared()

    async def _furnish(self) -> None:
        """Make the desk while the PIN is typed, so that it stands when the PIN is accepted."""
        await asyncio.to_thread(_load_rooms)
        self.gate  # noqa: B018 - it is made when it is first asked for
        await self._make_desk()

    async def _make_desk(self) -> "DeskScreen":
        from .screens.desk import DeskScreen

        if self.desk_screen is None:
            self.desk_screen = DeskScreen()
            _, mounted = self._get_screen(self.desk_screen)
            await mounted
        return self.desk_screen

    async def signed_in(self, screen: SignIn) -> None:
        """Somebody has signed in: the desk, or what was on the screen before it was locked."""
        officer = self.desk.officer
        assert officer is not None
        self.tell(N_("Signed in: {name}."), name=officer.name)
        desk = await self._make_desk()
        if desk in self.screen_stack:
            screen.dismiss(None)
        else:
            await self.push_screen(desk)
        desk.begin()
        self._litter.begin()

    def lock(self) -> None:
        """Cover everything; no traveller's name is on the screen until somebody signs in."""
        while self.screen is not self.desk_screen and len(self.screen_stack) > 1:
            self.pop_screen()
        self.push_screen(SignIn(locked=True))

    # -- what screens ask ---------------------------------------------------------------------------------------------

    def standing(self) -> Standing:
        """What the status line says."""
        return Standing(self.desk.place, self.desk.officer, self.desk.status(), self.now())

    def state_at(self, where: Where, **more: Any) -> State:
        """The state of the commands at a place."""
        officer = self.desk.officer
        return State(
            where,
            signed_in=officer is not None,
            rehearsal=self.desk.rehearsal is not None,
            supervises=officer is not None and officer.role != "officer",
            **more,
        )

    def where(self) -> Where | None:
        """The place that has the keys; None where it is none of ours (the palette)."""
        return self.screen.state().where if isinstance(self.screen, Framed) else None

    def tell(self, sentence: str, tone: str = "", **params: str | int) -> None:
        """Put a sentence (msgid or code) on the last line of every screen."""
        self.said = Said(sentence, params, tone)
        for screen in self.screen_stack:
            if isinstance(screen, Framed):
                screen.refresh_frame()

    def tell_error(self, error: CounterError) -> None:
        """Say what went wrong and what to do next."""
        self.tell(error.code, "stop", **error.params)

    def ask(self, work: Coroutine[Any, Any, None], group: str) -> "Worker[None]":
        """Let the workstation do something; its errors are said on the last line."""
        return self.run_worker(self._asked(work), group=group, exit_on_error=False)

    async def _asked(self, work: Coroutine[Any, Any, None]) -> None:
        try:
            await work
        except CounterError as error:
            self.tell_error(error)

    # -- commands -----------------------------------------------------------------------------------------------------

    def perform(self, id_: str, screen: Framed[Any], key: str = "") -> None:
        """Do a command at a screen, or say why it does not work now."""
        command = get_command(id_)
        why = command.enabled(screen.state())
        if why is not None:
            self.tell(why, "attention")
            return
        method = getattr(screen, command.method, None) or getattr(self, command.method)
        method(*([key] if command.takes_key else []))
        screen.refresh_frame()

    def do_language(self) -> None:
        """The next language, at once and everywhere."""
        codes = list(LANGUAGES)
        self.language = codes[(codes.index(self.language) + 1) % len(codes)]
        use(self._catalogue(self.language))
        self.repaint()
        self.tell(N_("Language: {name}."), name=LANGUAGES[self.language])

    def do_theme(self) -> None:
        """The next theme."""
        self.theme = next_theme(self.theme)
        self.repaint()
        self.tell(N_("Theme: {name}."), name=self.theme)

    def do_palette(self) -> None:
        """Find a command by its name."""
        from textual.command import CommandPalette

        from .words import _

        if not isinstance(self.screen, CommandPalette):
            self.push_screen(CommandPalette(placeholder=_("Find a command…")))

    async def leave(self) -> None:
        """End what runs behind, then the program."""
        await self.desk.close()
        self.exit(0)

    def do_help(self) -> None:
        """The keys of the screen that is on."""
        from .screens.help import Help

        screen = self.screen
        if isinstance(screen, Framed):
            self.push_screen(Help(screen.state()))

    def do_quit(self) -> None:
        """Ask first."""
        from .screens.quit import Quit

        self.push_screen(Quit())

    # -- what comes in ------------------------------------------------------------------------------------------------

    def scanned(self, scan: "Scan") -> None:
        """A reader's burst is over: whatever is on the screen, it goes to the desk."""
        if self.too_small:
            for cover in self.screen.query(TooSmall):
                cover.scanned = True
                cover.refresh()
        elif self.desk.officer is None or self.desk_screen is None:
            self.tell(N_("Sign in first, then swipe again: nothing was opened."), "attention")
        else:
            self.desk_screen.scanned(scan)

    def typed(self, text: str) -> None:
        """Text where no field is."""
        if isinstance(self.screen, Framed):
            self.screen.typed(text)

    def void(self, key: str, why: str) -> None:
        """A key was not taken, and why."""
        self.tell(why, "attention", key=key_name(key))

    def on_news_came(self, message: NewsCame) -> None:
        """News of the workstation: the desk screen shows them."""
        if self.desk_screen is not None:
            self.desk_screen.news(message.news)
        if isinstance(self.screen, Framed):
            self.screen.heard(message.news)
        self._second()

    def on_worker_state_changed(self, event: Worker.StateChanged) -> None:
        """A worker that failed in a way nobody foresaw ends the program, as any other fault does."""
        if event.state is WorkerState.ERROR and isinstance(event.worker.error, Exception):
            self._handle_exception(event.worker.error)

    def on_resize(self, event: Resize) -> None:
        """Below the smallest size nothing but one line is shown, and no command acts."""
        self.too_small = event.size.width < WIDTH or event.size.height < HEIGHT
        for screen in self.screen_stack:
            if isinstance(screen, Framed):
                screen.cover(small=self.too_small)

    def _second(self) -> None:
        screen = self.screen
        if isinstance(screen, SignIn):
            screen.tick()
        if self.desk_screen is not None:
            self.desk_screen.second()
        for shown in self.screen_stack:
            if isinstance(shown, Framed):
                shown.refresh_frame()

    def _tidy(self) -> None:
        self._litter.pick_up(idle=self.where() is not Where.INSPECTION)

    def repaint(self) -> None:
        """Paint every screen again."""
        for screen in self.screen_stack:
            if isinstance(screen, Framed):
                screen.repaint()

    # -- switched off -------------------------------------------------------------------------------------------------

    def copy_to_clipboard(self, text: str) -> None:
        """Nothing leaves the counter by a clipboard."""

    def action_screenshot(self, filename: str | None = None, path: str | None = None) -> None:
        """Nothing leaves the counter as a picture."""

    def get_system_commands(self, screen: Screen[Any]) -> Any:  # noqa: ARG002 - Textual's signature
        """None of the framework's own commands."""
        return ()
