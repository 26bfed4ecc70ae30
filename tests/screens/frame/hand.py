"""The hand at a counter: it types as a person or as a document reader does, and waits until what it did is done."""

import asyncio
from collections.abc import Callable, Iterable, Mapping
from typing import Any, Final

from textual import events
from textual.pilot import Pilot

from counter_tui.tui.app import CounterApp

QUICK: Final[Mapping[str, float]] = {"gap": 0.005, "quiet": 0.040, "guard": 0.020, "repeat": 0.020, "characters": 6}
"""A reader several times as fast as those that there are, so that nobody waits for its silences."""
NAMES: Final = {
    "\r": "enter",
    "\n": "ctrl+j",
    "\t": "tab",
    "<": "less_than_sign",
    " ": "space",
    "/": "slash",
    "?": "question_mark",
}
TYPES: Final = {name: character for character, name in NAMES.items()}
TURNS: Final = 20_000
"""Turns of the event loop after which what is still not done never will be."""


def now() -> float:
    """The clock that keys have their times from, in seconds."""
    return events.Key("x", "x").time


class Hand:
    """Types into a program that runs without a terminal; `pilot` is set as soon as it runs."""

    app: CounterApp
    pilot: Pilot[int] | None = None
    _struck = float("-inf")

    async def until(self, holds: Callable[[], bool], what: str = "") -> None:
        """Let the program work until something holds."""
        assert self.pilot is not None
        for _ in range(400):
            if holds():
                return
            await self.pilot.pause(0.005)
        raise AssertionError(f"never: {what or holds}; said {self.app.said.words!r}")

    async def settle(self) -> None:
        """Until the reader waits for nothing more, and nothing is left but what a clock or a thread begins."""
        assert self.pilot is not None
        await self.pilot.pause(0)  # what was struck has reached the gate
        await self._rest()
        await self.until(lambda: self.app.gate.reader.due is None)
        for _ in range(2):  # what is painted may have something more done
            await self._rest()
            self.app.screen._on_timer_update()
        await self._rest()

    async def _rest(self) -> None:
        """Until no part of the program can go on by itself."""
        loop: Any = asyncio.get_running_loop()
        for _ in range(TURNS):
            if not loop._ready:
                return
            await asyncio.sleep(0)
        raise AssertionError("the program never comes to rest")

    def burst(self, text: str, *, start: float | None = None, step: float = 0.001) -> None:
        """All of it at once, as a reader types it: every key an event of its own, with its time.

        It begins now, or as soon as a person can have turned from the keys to the reader.
        """
        at = max(now(), self._next(4)) if start is None else start
        for number, character in enumerate(text):
            self._strike(NAMES.get(character, character), character, at + number * step)

    async def press(self, *keys: str) -> None:
        """Keys as a person presses them: none right behind another, the same one twice is two presses."""
        for key in keys:
            last, at = self.app.gate.reader._verdict
            due = max(self._next(), at + self.app.gate.reader.timing.repeat if key == last else 0.0)
            await self.until(lambda due=due: now() > due)  # type: ignore[misc]
            self._strike(NAMES.get(key, key), TYPES.get(key, key if len(key) == 1 else None), now())
            await self.settle()

    def _next(self, gaps: int = 2) -> float:
        """When a person can have the next key down, or, after more gaps, a document in the reader."""
        return self._struck + gaps * self.app.gate.reader.timing.gap

    def _strike(self, key: str, character: str | None, time: float) -> None:
        event = events.Key(key, character)
        event.time = self._struck = time
        self.app.post_message(event)

    async def swipe(self, lines: Iterable[str]) -> None:
        """A document through the reader, up to the end of the guard."""
        self.burst("\r".join(lines) + "\r")
        await self.settle()
        await self.until(lambda: now() > self.app.gate.reader._dead_until)
