"""What the screen is told of recorded entries: how far each has come, and what the agencies said of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from . import outbox
from .news import Delivered

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from .news import News
    from .parts import Parts
    from .ports import EntryLine
    from .seen import SeenEntries

NEWEST = 50
"""So many of the newest entries are looked at."""


class DeliveryNews:
    """News of delivery at one booth."""

    def __init__(self, parts: Parts, seen: SeenEntries, hear: Callable[[News], None]) -> None:
        """What is as it is now is no news."""
        self._ledger, self._post, self._seen, self._hear = parts.ledger, parts.place.post, seen, hear
        self._states: dict[int, str] = {}
        self._fresh()

    def delivered(self) -> None:
        """Tell whose state is another than was told last."""
        self._tell(self._fresh())

    def seen(self) -> None:
        """Tell what the agencies said of the newest entries."""
        fresh = self._seen.news()
        if fresh:
            self._tell([line for line in self._ledger.lines(NEWEST) if line.sequence in fresh])

    def _fresh(self) -> list[EntryLine]:
        fresh = [line for line in self._ledger.lines(NEWEST) if self._states.get(line.sequence) != line.state]
        self._states.update((line.sequence, line.state) for line in fresh)
        return fresh

    def _tell(self, lines: Iterable[EntryLine]) -> None:
        told = tuple(outbox.line(self._ledger, self._post, line, self._seen) for line in lines)
        if told:
            self._hear(Delivered(told))
