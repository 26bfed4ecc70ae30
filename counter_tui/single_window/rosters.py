"""Who tells counters that their roster has changed: who may sign in there, with keys for who has come since.

At its enrolment a counter was given everybody of then, and their keys; here is kept whom it knows. When that is no
longer so, its roster gets a number and is handed to it, all of it. Nothing tells that it arrived, so it is handed out
again while the counter calls, ever more seldom. As it was at the enrolment, it is never handed out.
"""

from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from typing import Annotated, Final

from pydantic import Field

from ..domain.posts import Counter, Officer
from ..link import wire
from ..link.roster import KIND, RosterNotice
from .store import EnrolledCounter, WindowStore

AGAIN: Final = (timedelta(minutes=1), timedelta(minutes=10), timedelta(hours=1), timedelta(days=1))
"""So long after it was handed out for the first, second ... time it goes once more; then always after the last."""


class _Book(wire.Message):
    """What a counter was told: `number` is 0 while that is what its enrolment said; `handed` is how often."""

    number: Annotated[int, Field(ge=0)]
    handed: int = 0
    lines: tuple[wire.WireRosterLine, ...]


class RosterOffice:
    """Makes notices of rosters. For one thread: it is the store's."""

    def __init__(
        self,
        store: WindowStore,
        sign: Callable[[bytes], bytes],
        realm: str,
        staff: Callable[[Counter], Sequence[Officer]],
        enter: Callable[[frozenset[str]], tuple[wire.WireRosterLine, ...]],
        clock: Callable[[], datetime],
    ) -> None:
        """`staff` tells who may sign in at a counter now; `enter` makes keys for those of them with these ids."""
        self._store, self._sign, self._realm = store, sign, realm
        self._staff, self._enter, self._clock = staff, enter, clock
        self._last: dict[str, datetime] = {}

    def first(self, counter: Counter, lines: Sequence[wire.WireRosterLine]) -> None:
        """A counter enrols, and is given these."""
        for line in lines:
            self._store.put_officer(counter.id, line.officer.id, line.public_key)
        self._keep(counter, _Book(number=0, lines=tuple(_known(line) for line in lines)))

    def notices_for(self, enrolled: EnrolledCounter) -> tuple[bytes, ...]:
        """What is due to a counter that calls: its roster, or nothing."""
        counter, now = enrolled.counter, self._clock()
        book = self._current(counter)
        last = self._last.get(counter.id) if book.handed else None
        if not book.number or (last is not None and abs(now - last) < AGAIN[min(book.handed, len(AGAIN)) - 1]):
            return ()
        self._last[counter.id] = now
        self._keep(counter, book.model_copy(update={"handed": min(book.handed + 1, len(AGAIN))}))
        return self._written(enrolled, book)

    def by_hand(self, enrolled: EnrolledCounter) -> tuple[bytes, ...]:
        """What is to be carried to a counter: its roster, if that changed since it enrolled."""
        book = self._current(enrolled.counter)
        return self._written(enrolled, book) if book.number else ()

    def _written(self, enrolled: EnrolledCounter, book: _Book) -> tuple[bytes, ...]:
        said = RosterNotice(
            kind=KIND, counter=enrolled.counter.id, realm=self._realm, number=book.number, lines=book.lines
        )
        try:
            return (said.signed(self._sign, enrolled.public_key),)
        except ValueError:
            return ()  # more people than a counter takes: an enrolment would fail too

    def _current(self, counter: Counter) -> _Book:
        """The book as it is with the staff of now: kept, before anybody is told of it."""
        book, staff = self._book(counter), self._staff(counter)
        if [line.officer for line in book.lines] == list(staff):
            return book
        lines = {line.officer.id: line for line in book.lines}
        entered = self._enter(frozenset(one.id for one in staff if one.id not in lines))
        lines |= {line.officer.id: line for line in entered}
        # above the last one, also where this store was restored from an older copy
        number = max(book.number + 1, int(self._clock().timestamp()))
        now = tuple(lines[one.id].model_copy(update={"officer": one}) for one in staff)
        book = _Book(number=number, lines=now)
        with self._store.transaction():
            for line in entered:
                self._store.put_officer(counter.id, line.officer.id, line.public_key)
            self._keep(counter, book)
        return book

    def _book(self, counter: Counter) -> _Book:
        kept = self._store.find_setting(_setting(counter))
        return _Book.model_validate_json(kept) if kept else self._enrolled_before(counter)

    def _enrolled_before(self, counter: Counter) -> _Book:
        """Of a counter that enrolled before books were kept: everybody of now whose key it was given."""
        keys = ((one, self._store.officer_keys(counter.id, one.id)) for one in self._staff(counter))
        given = (wire.WireRosterLine(officer=one, public_key=held[0], wrapped=b"") for one, held in keys if held)
        return _Book(number=0, lines=tuple(given))

    def _keep(self, counter: Counter, book: _Book) -> None:
        self._store.put_setting(_setting(counter), book.to_bytes())


def _known(line: wire.WireRosterLine) -> wire.WireRosterLine:
    return line.model_copy(update={"wrapped": b""})


def _setting(counter: Counter) -> str:
    return f"roster/{counter.id}"
