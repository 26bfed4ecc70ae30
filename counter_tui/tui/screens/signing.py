"""A screen at which two people sign: asked in the drawer from below, and recorded however the second one signs."""

from __future__ import annotations

from collections.abc import Callable, Coroutine
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, Any

from ...errors import CounterError
from ...workstation.two_persons import By
from ..widgets.second_drawer import SecondDrawer, Signing
from ..words import say
from .frame import Framed, Result

if TYPE_CHECKING:
    from ...domain.posts import Officer
    from ...domain.telephone import Challenge

    Sign = Callable[[int, str, By], Coroutine[Any, Any, None]]
    """Records it, given the number of the reason, the note, and how the second signs."""
    Call = Callable[[int, str, Officer], Coroutine[Any, Any, Challenge]]
    """What is read out to a second person over the telephone."""


class SigningScreen(Framed[Result]):
    """While something is recorded, it is busy."""

    def __init__(self) -> None:
        super().__init__()
        self._busy = False
        self._second = SecondDrawer()

    def ask_second(self, signing: Signing, sign: Sign, call: Call) -> None:
        """Ask who signs with who is signed in, and how. What is refused is said in the drawer, and asked again."""
        signed, called = partial(self._second_signed, sign), partial(self._second_called, call)
        self._second.open(replace(signing, signed=signed, called=called))
        self.refresh_frame()

    def _second_signed(self, sign: Sign, event: SecondDrawer.Signed) -> None:
        if not self._busy:
            self._busy = True
            self.counter.ask(self._signing(sign, event), "record")

    async def _signing(self, sign: Sign, event: SecondDrawer.Signed) -> None:
        try:
            await sign(event.reason, event.note, By(event.second.id, event.means, event.pin))
        except CounterError as error:
            self._second.refused(say(error))
            raise
        finally:
            self._busy = False
            self.refresh_frame()

    def _second_called(self, call: Call, event: SecondDrawer.Called) -> None:
        self.counter.ask(self._calling(call, event), "second")

    async def _calling(self, call: Call, event: SecondDrawer.Called) -> None:
        try:
            challenge = await call(event.reason, event.note, event.second)
        except CounterError as error:
            self._second.refused(say(error))
            raise
        self._second.challenge(challenge.spelled())
