"""Which of several records counts: the newest, and where a day alone is known, every one that may be the newest."""

from collections.abc import Iterable
from datetime import datetime
from typing import TypeVar

T = TypeVar("T")
Span = tuple[datetime, datetime, T]
"""The first and the last moment that something can have been at, and what it was."""


def possibly_newest(spans: Iterable[Span[T]]) -> list[T]:
    """All that none of the others is certainly later than."""
    held = list(spans)
    newest = max((first for first, _, _ in held), default=None)
    return [one for _, last, one in held if newest is not None and last >= newest]
