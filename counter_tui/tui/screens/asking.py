"""A full screen that asks from below: one choice with words, or a second person; what is recorded is told."""

from collections.abc import Callable, Coroutine, Iterable
from typing import Any

from textual.containers import Vertical
from textual.widget import Widget

from ...errors import CounterError
from ..commands import State, Where
from ..widgets.ask_drawer import AskDrawer, Asking
from ..widgets.second_drawer import SecondDrawer, Signing
from ..words import say
from .frame import FullScreen, Result

Said = Callable[[int, str], Coroutine[Any, Any, None]]


class AskingScreen(FullScreen[Result]):
    """A subclass says what stands between the lines (`parts`), and which of it has the keys (`keys_to`)."""

    AUTO_FOCUS = ""
    CSS_PATH = "../styles/desk.tcss"

    def __init__(self) -> None:
        super().__init__()
        self.busy = False
        self.asker, self.second = AskDrawer(), SecondDrawer()
        self._said: Said | None = None

    def parts(self) -> Iterable[Widget]:
        """What the screen is about."""
        return ()

    def keys_to(self) -> Widget | None:
        """What has the keys while nothing is asked."""
        return None

    def body(self) -> Iterable[Widget]:
        """What the screen is about; what is asked opens from below."""
        yield Vertical(*self.parts(), self.asker, self.second)

    @property
    def asks(self) -> bool:
        """Whether something is asked."""
        return self.asker.is_open or self.second.is_open

    def place(self) -> Where:
        """Which part has the keys."""
        return Where.DRAWER if self.asks else self.WHERE

    def state(self) -> State:
        """What decides which commands work."""
        return self.counter.state_at(self.place(), busy=self.busy)

    def on_mount(self) -> None:
        """Give the keys to what they are for."""
        super().on_mount()
        self.set_focus(self.keys_to())

    # -- asking -------------------------------------------------------------------------------------------------------

    def ask(self, asking: Asking, said: Said) -> None:
        """Ask; `said` records what was chosen and said."""
        self._said = said
        self.asker.open(asking)
        self.refresh_frame()

    def sign(self, signing: Signing) -> None:
        """Ask a second person; `signing.signed` is told."""
        self.second.open(signing)
        self.refresh_frame()

    def on_ask_drawer_said(self, event: AskDrawer.Said) -> None:
        """All is said: record it."""
        event.stop()
        if self._said is not None and not self.busy:
            self.record(self._said(event.choice, event.words), self.asker.tell, self.asker.close)

    def record(self, work: Coroutine[Any, Any, None], failed: Callable[[str], None], done: Callable[[], None]) -> None:
        """Record something; what goes wrong is said where it was asked, and on the last line."""
        self.busy = True
        self.counter.ask(self._recording(work, failed, done), "record")

    async def _recording(
        self, work: Coroutine[Any, Any, None], failed: Callable[[str], None], done: Callable[[], None]
    ) -> None:
        try:
            await work
        except CounterError as error:
            failed(say(error))
            raise
        finally:
            self.busy = False
        done()
        self.refresh_frame()

    def on_drawer_closed(self) -> None:
        """The keys are the screen's again."""
        open_ = next((one for one in (self.asker, self.second) if one.is_open), None)
        self.set_focus(open_.input if open_ is not None else self.keys_to())
        self.refresh_frame()

    def do_leave(self) -> None:
        """One step back: what is asked, then the screen."""
        if self.asker.is_open:
            self.asker.back()
        elif self.second.is_open:
            self.second.back()
        else:
            self.dismiss(None)
