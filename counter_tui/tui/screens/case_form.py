"""A form from below: what stands above it stays in sight; what was answered is recorded, or said why it is not."""

from __future__ import annotations

from collections.abc import Callable, Coroutine
from typing import Any, ClassVar

from textual.app import ComposeResult

from ...errors import CounterError
from ..commands import State, Where
from ..widgets.form_drawer import Answers, Form, FormDrawer
from ..words import say
from .frame import Dialog

Record = Callable[[Answers], Coroutine[Any, Any, None]]


class FormDialog(Dialog[bool]):
    """`record` is given the answers and raises CounterError where they are not taken. Gives whether it was recorded."""

    WHERE: ClassVar[Where] = Where.DRAWER
    DEFAULT_CSS = """
    FormDialog .form-drawer { dock: bottom; height: auto; max-height: 100%; background: $paper; }
    FormDialog LastLine, FormDialog Footer { dock: none; margin: 0; }
    FormDialog FormDrawer { dock: none; }
    """

    def __init__(self, form: Form, record: Record) -> None:
        super().__init__()
        self._drawer, self._record, self._busy = FormDrawer(form), record, False

    def state(self) -> State:
        """Whether it is being recorded."""
        return self.counter.state_at(self.WHERE, busy=self._busy)

    def compose(self) -> ComposeResult:
        """The questions, and the two bottom lines."""
        from textual.containers import Vertical

        with Vertical(classes="form-drawer"):
            yield self._drawer
            yield self.last_line
            yield self.footer

    def on_mount(self) -> None:
        """Ask."""
        super().on_mount()
        self._drawer.begin()

    def do_leave(self) -> None:
        """One question back; from the first, away."""
        self._drawer.back()

    def on_drawer_closed(self, event: FormDrawer.Closed) -> None:
        """Nothing is asked any more."""
        event.stop()
        self.dismiss(False)

    def on_form_drawer_filled(self, event: FormDrawer.Filled) -> None:
        """Everything was answered: record it."""
        event.stop()
        if not self._busy:
            self._busy = True
            self.counter.ask(self._recording(event.answers), "record")

    async def _recording(self, answers: Answers) -> None:
        try:
            await self._record(answers)
        except CounterError as error:
            self._drawer.refused(say(error))
            raise
        finally:
            self._busy = False
        if self.is_attached:
            self.dismiss(True)
