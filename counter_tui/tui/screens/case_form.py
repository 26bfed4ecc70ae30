"""A form from below: what stands above it stays in sight; what was answered is recorded, or said why it is not."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Coroutine
from typing import TYPE_CHECKING, Any, ClassVar

from textual.app import ComposeResult

from ...errors import CounterError
from ..commands import State, Where
from ..widgets.drawer import Drawer
from ..widgets.form_drawer import Answers, Form, FormDrawer
from ..words import say
from .frame import Dialog
from .signing import SigningScreen

if TYPE_CHECKING:
    from ...workstation.two_persons import By
    from ..widgets.second_drawer import Signing
    from .signing import Call, Sign

Record = Callable[[Answers], Coroutine[Any, Any, bool | None]]
"""Records what was answered; False where that was left, and the form stays as it is."""


class FormDialog(Dialog[bool], SigningScreen[bool]):
    """`record` is given the answers and raises CounterError where they are not taken. Gives whether it was recorded."""

    WHERE: ClassVar[Where] = Where.DRAWER
    DEFAULT_CSS = """
    FormDialog .form-drawer { dock: bottom; height: auto; max-height: 100%; background: $paper; }
    FormDialog LastLine, FormDialog Footer { dock: none; margin: 0; }
    FormDialog FormDrawer, FormDialog SecondDrawer { dock: none; }
    """

    def __init__(self, form: Form, record: Record) -> None:
        super().__init__()
        self._drawer, self._record = FormDrawer(form), record
        self._signed: asyncio.Future[bool] | None = None

    @property
    def form(self) -> Form:
        """What is asked."""
        return self._drawer.form

    def state(self) -> State:
        """Whether it is being recorded."""
        return self.counter.state_at(self.WHERE, busy=self._busy)

    def compose(self) -> ComposeResult:
        """The questions, who signs too, and the two bottom lines."""
        from textual.containers import Vertical

        with Vertical(classes="form-drawer"):
            yield self._drawer
            yield self._second
            yield self.last_line
            yield self.footer

    def on_mount(self) -> None:
        """Ask."""
        super().on_mount()
        self._drawer.begin()

    def do_leave(self) -> None:
        """One question back; from the first, away."""
        drawer = self._second if self._second.is_open else self._drawer
        drawer.back()

    def on_drawer_closed(self, event: Drawer.Closed) -> None:
        """Nothing is asked any more; or no second person, and what was asked before them is again."""
        event.stop()
        if self._signed is None:
            self.dismiss(False)
        elif not self._signed.done():
            self._signed.set_result(False)

    def on_form_drawer_filled(self, event: FormDrawer.Filled) -> None:
        """Everything was answered: record it."""
        event.stop()
        if not self._busy:
            self._busy = True
            self.counter.ask(self._recording(event.answers), "record")

    async def by_two(self, signing: Signing, sign: Sign, call: Call) -> bool:
        """While it is recorded: whether a second person signed what was answered; without them it is asked again."""
        signed: asyncio.Future[bool] = asyncio.get_running_loop().create_future()
        self._signed = signed

        async def both(reason: int, note: str, by: By) -> None:
            await sign(reason, note, by)
            signed.set_result(True)

        self._busy = False
        self._drawer.cover()
        self.ask_second(signing, both, call)
        done = await signed
        self._signed = None
        if not done:
            self._drawer.uncover()
            self.set_focus(self._drawer.input)
        return done

    async def _recording(self, answers: Answers) -> None:
        try:
            recorded = await self._record(answers)
        except CounterError as error:
            self._drawer.refused(say(error))
            raise
        finally:
            self._busy = False
        if self.is_attached and recorded is not False:
            self.dismiss(True)
