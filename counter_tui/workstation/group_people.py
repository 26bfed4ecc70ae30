"""Who belongs to a group and is not on its stack: who has gone on already, and guardians of other groups."""

from __future__ import annotations

from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from ..domain.crossings import Crossing, Group, GroupKind
from ..domain.groups import Companion, Standing
from ..domain.words import Outcome
from .group_entries import REACH
from .stack_work import Traveller

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from datetime import datetime

    from ..domain.known_here import Passage
    from .known_persons import KnownPersons
    from .news import Expected
    from .parts import Parts
    from .records import CachedRecords


class GroupPeople:
    """Looks them up at one counter."""

    def __init__(
        self, parts: Parts, records: CachedRecords, persons: KnownPersons, now: Callable[[], datetime]
    ) -> None:
        """`persons` knows who has gone on."""
        self._parts, self._records, self._persons, self._now = parts, records, persons, now

    def unannounced(self) -> Group:
        """A bus of which no list has come: it is called by the time at which it is opened."""
        now = self._now()
        here = now.astimezone(ZoneInfo(self._parts.place.post.zone))
        return Group(self._parts.new_id(), GroupKind.BUS, here.strftime("%H:%M"), 0, now)

    def passed(self, listed: Iterable[Expected], group: Group) -> Iterator[Traveller]:
        """Who of the list has gone on this way already, here by themselves or at another counter."""
        here = self._parts.place.counter
        for one in listed:
            last = self._last(one.document.key)
            if last is not None and last.direction is here.direction:
                crossing = Crossing(
                    last.crossing, last.direction, here.lane, last.document, last.at, group, one.guardian
                )
                counter = "" if last.counter == here.id else last.counter
                yield Traveller(crossing, outcome=Outcome.CLEAR, decided=True, counter=counter)

    def companion(self, guardian: str) -> Companion | None:
        """A guardian by the key of their document: on which list they are, and which way they went."""
        expected, last = self._records.find_expected(guardian), self._last(guardian)
        if expected is None and last is None:
            return None
        return Companion(
            guardian,
            Standing.TO_SCAN if last is None else Standing.CLEARED,
            direction=last.direction if last is not None else None,
            group=expected.group.id if expected is not None and expected.group else "",
        )

    def _last(self, document_key: str) -> Passage | None:
        last = self._persons.last(document_key)
        return last if last is not None and self._now() - last.at <= REACH else None
