"""The book of a simulated system: each telling is entered once by its key, and asked again gives the same answer."""

from collections.abc import Callable
from collections.abc import Set as AbstractSet
from datetime import datetime
from typing import Final

from ..domain.words import Authority
from .asgi import Handler, Reply
from .telling import Held
from .told import PAGE, PATHS, Told, digest

MOST: Final = 200_000
REAL: Final = "REAL_RECORD"
"""Refused by a system that is for training."""
OTHER_CONTENT: Final = "KEY_HAS_OTHER_CONTENT"
UNREADABLE: Final = "UNREADABLE"
FULL: Final = "FULL"


class ToldBook:
    """What one simulated system was told, in order."""

    def __init__(
        self, told: Told, prefix: str, now: Callable[[], datetime], realms: AbstractSet[bool] = frozenset({True})
    ) -> None:
        """References are `prefix` and a number; `now` is aware. `realms`: whether training records, real ones, or both.

        Without it a system is for training.
        """
        self._told = told
        self._prefix = prefix
        self._now = now
        self._realms = realms
        self._entered: dict[str, tuple[Held, datetime]] = {}

    def enter(self, message: bytes) -> tuple[int, bytes]:
        """Status and answer to one message."""
        try:
            key, recorded, training = self._told.take(message)
        except ValueError:
            return 422, self._told.refuse("", UNREADABLE)
        known = self._entered.get(key)
        if known is not None:
            same = known[0].digest == digest(message)
            return (200, self._told.accept(known[0])) if same else (409, self._told.refuse(key, OTHER_CONTENT))
        if training not in self._realms:
            return 422, self._told.refuse(key, REAL)
        if len(self._entered) == MOST:
            return 422, self._told.refuse(key, FULL)
        number = len(self._entered) + 1
        held = Held(key, digest(message), f"{self._prefix}-{self._now():%Y}-{number:06}", self._now())
        self._entered[key] = (held, recorded)
        return 201, self._told.accept(held)

    def listed(self, question: bytes) -> bytes:
        """A page of what was recorded since a time; ValueError where the question is none."""
        since, start = self._told.asked_held(question)
        found = [held for held, recorded in self._entered.values() if recorded >= since]
        page = found[start : start + PAGE]
        return self._told.list_held(page, more=start + len(page) < len(found))


def told_routes(authority: Authority, prefix: str, now: Callable[[], datetime]) -> dict[tuple[str, str], Handler]:
    """The routes by which a simulated system is told; its format is loaded when it first is."""
    books: list[ToldBook] = []

    def book() -> ToldBook:
        if not books:
            from .tellers import load_told

            books.append(ToldBook(load_told(authority), prefix, now))
        return books[0]

    def enter(_: str, body: bytes) -> Reply:
        status, answer = book().enter(body)
        return Reply(answer, status)

    def listed(_: str, body: bytes) -> Reply:
        return Reply(book().listed(body))

    told, held = PATHS[authority]
    return {("POST", told): enter, ("POST", held): listed}
