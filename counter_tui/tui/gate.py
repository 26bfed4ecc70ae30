"""The reader's gate: every key passes it, and goes on, waits, is taken back, or turns out to be part of a document."""

import asyncio
from collections import deque
from collections.abc import Mapping
from functools import partial
from typing import TYPE_CHECKING, Any, Final, Protocol

from textual import events
from textual.message import Message
from textual.widget import Widget

from .commands import commands_of
from .commands.registry import verdict_keys
from .reader import Act, Forward, Kind, Reader, Scan, Stroke, TakeBack, Timing, Typed, Void
from .words import N_

if TYPE_CHECKING:
    from .key_path import KeyPath

WHY_VOID: Final = {
    "burst": N_("Keys came faster than a person types: {key} was not taken. Press it again."),
    "guard": N_("{key} came too soon after the scan: not taken. Look, then press it again."),
    "repeat": N_("{key} is held down: taken once only."),
    "slow": N_("{key} came behind what a slow reader seems to have typed: not taken. r on the ready screen tests it."),
}
FIRST_LETTERS: Final = frozenset("acipv")
"""What zones begin with, as a reader types them under Caps Lock: as commands these keys wait one gap too."""


NOTES: Final = 24
"""Of so many runs of characters a field's value before them is remembered."""


class Watcher(Protocol):
    """Sees every stroke as it comes; while there is one, scans are its own and open nobody."""

    def struck(self, character: str, time: float) -> None:
        """A character, and when it came, in seconds."""

    def scanned(self, scan: Scan) -> None:
        """A burst is over."""

    def pasted(self, text: str) -> None:
        """Text came as a paste, without times."""


class Tick(Message):
    """Time has passed for the reader; it queues behind the keys that came before it."""


class Gate:
    """Between the program and the reader's state machine."""

    def __init__(self, program: "KeyPath", timing: Mapping[str, float] | None) -> None:
        self.reader = Reader(Timing.configured(timing) if timing else None)
        self.watcher: Watcher | None = None
        self._program = program
        self._notes: deque[tuple[Widget, str, int]] = deque(maxlen=NOTES)
        self._ticking = False

    async def key(self, event: events.Key) -> None:
        """A key that nobody has had yet."""
        if self.watcher is not None and event.character is not None:
            self.watcher.struck(event.character, event.time)
        await self._do(self.reader.feed(self._stroke(event)))
        self._wind(event.time)

    async def paste(self, event: events.Paste) -> None:
        """A paste: a document, or text for the field that has the keys."""
        if self.watcher is not None:
            self.watcher.pasted(event.text)
            return
        scan = self.reader.paste(event.text, event.time)
        if scan is not None:
            self._program.scanned(scan)
        elif not self._program.too_small:
            await self._program.let_through(event)

    async def tick(self, now: float) -> None:
        """Let go what has waited long enough."""
        self._ticking = False
        await self._do(self.reader.tick(now))
        self._wind(now)

    def _wind(self, now: float) -> None:
        due = self.reader.due
        if due is not None and not self._ticking:
            self._ticking = True
            asyncio.get_running_loop().call_later(max(0.0, due - now) + 0.0005, self._tick_soon, 3)

    def _tick_soon(self, turns: int) -> None:
        """A few turns of the loop later, so that keys that have come already are queued first."""
        if turns:
            asyncio.get_running_loop().call_soon(self._tick_soon, turns - 1)
        else:
            self._program.post_message(Tick())

    def _stroke(self, event: events.Key) -> Stroke:
        return Stroke(event.key, event.character, event.time, self._kind(event), event)

    def _kind(self, event: events.Key) -> Kind:
        character, focused = event.character, self._program.focused
        if event.key == "enter":
            return Kind.VERDICT
        if character is None or not character.isprintable():
            return Kind.OTHER
        if focused is not None and focused.check_consume_key(event.key, character):
            return Kind.FIELD
        where = self._program.where()
        if where is None or character.isdigit():
            return Kind.TEXT
        if event.key in verdict_keys(where):
            return Kind.VERDICT
        commands = () if event.key in FIRST_LETTERS else commands_of(where)
        return Kind.COMMAND if any(event.key in c.keys for c in commands) else Kind.TEXT

    async def _do(self, acts: list[Act]) -> None:
        for act in acts:
            match act:
                case Scan():
                    (self.watcher or self._program).scanned(act)
                case _ if self._program.too_small:
                    pass
                case Forward(stroke, first):
                    if stroke.kind is not Kind.FIELD:
                        self._notes.clear()  # they may be a PIN's beginning
                    if first and stroke.kind is Kind.FIELD:
                        self._later(self._note)
                    assert isinstance(stroke.event, events.Event)
                    await self._program.let_through(stroke.event)
                case TakeBack(runs):
                    self._later(partial(self._take_back, runs))
                case Typed(text):
                    self._type(text)
                case Void(stroke, why) if self.watcher is None:
                    self._program.void(stroke.key, WHY_VOID[why])

    # A field gets back what it held. All of this queues behind the keys that the field has still to take.

    def _later(self, act: Any) -> None:
        if self._program.focused is not None:
            self._program.focused.call_later(act, self._program.focused)

    def _note(self, field: Widget) -> None:
        value = getattr(field, "value", None)
        if isinstance(value, str):
            self._notes.append((field, value, getattr(field, "cursor_position", 0)))

    def _take_back(self, runs: int, field: Widget) -> None:
        noted = [note for note in [*self._notes][-runs:] if note[0] is field]
        if noted:
            _, value, position = noted[0]
            field.value = value  # type: ignore[attr-defined] # whatever is noted has it
            field.cursor_position = position  # type: ignore[attr-defined]

    def _type(self, text: str) -> None:
        focused = self._program.focused
        insert = getattr(focused, "insert_text_at_cursor", None)
        if focused is not None and insert is not None:
            focused.call_later(insert, text)
        else:
            self._program.typed(text)
