"""The way of a key through the program: before bindings and fields see it, the reader's gate does."""

from abc import abstractmethod
from functools import cached_property
from typing import TYPE_CHECKING

from textual import events

if TYPE_CHECKING:
    from collections.abc import Mapping

    from textual.app import App

    from .commands import Where
    from .gate import Gate, Tick
    from .reader import Scan

    Program = App[int]
else:
    Program = object  # a class of its own for each part of an App costs a millisecond of every start


class KeyPath(Program):
    """Makes an App one whose keys and pastes pass the gate first; the gate is loaded with the first of them."""

    too_small = False
    _timing: "Mapping[str, float] | None" = None

    @cached_property
    def gate(self) -> "Gate":
        """The gate."""
        from .gate import Gate

        return Gate(self, self._timing)

    async def on_event(self, event: events.Event) -> None:
        """Key and paste events that no widget has had yet go to the gate; all others go on."""
        if isinstance(event, events.Key) and not event.is_forwarded:
            await self.gate.key(event)
        elif isinstance(event, events.Paste) and not event.is_forwarded:
            await self.gate.paste(event)
        else:
            await super().on_event(event)

    async def let_through(self, event: events.Event) -> None:
        """An event goes on as it would without a gate."""
        await super().on_event(event)

    async def on_tick(self, tick: "Tick") -> None:
        """Time has passed for the reader."""
        await self.gate.tick(tick.time)

    @abstractmethod
    def where(self) -> "Where | None":
        """The place that has the keys."""

    @abstractmethod
    def scanned(self, scan: "Scan") -> None:
        """A reader's burst is over."""

    @abstractmethod
    def typed(self, text: str) -> None:
        """Text came where no field is."""

    @abstractmethod
    def void(self, key: str, why: str) -> None:
        """A key was not taken."""
