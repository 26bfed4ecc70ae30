"""Look-ups at the single window: each question about a traveller says why, is counted, and is logged for its owners."""

from collections.abc import Callable
from typing import Final

from ..domain.crossings import Crossing
from ..domain.lookups import Lookup, LookupBody, LookupBook, holds
from ..domain.posts import Counter, Officer
from ..domain.words import Agency
from ..errors import LinkError
from .access import Access, AccessLog

ASKED: Final = "asked"
LOOKED_UP: Final = "looked-up"
EVERY: Final = frozenset(Agency)


class Lookups:
    """Takes questions, or refuses them."""

    def __init__(
        self,
        log: AccessLog,
        book: LookupBook,
        officers_of: Callable[[Counter], tuple[Officer, ...]],
        now: Callable[[], str],
        seconds: Callable[[], float],
    ) -> None:
        """`officers_of` may sign in at a counter; `now` is ISO 8601 UTC; `seconds` never go back."""
        self._log, self._book, self._officers_of = log, book, officers_of
        self._now, self._seconds = now, seconds
        self._told: dict[tuple[str, str], None] = {}

    def take(self, counter: Counter, crossing: Crossing, lookup: Lookup | None) -> None:
        """Count and log a question; durable when this returns. The same of the same crossing is logged once.

        Raises LinkError `lookup.reason` without a reason that holds, `lookup.nobody` for a person who may not sign in
        there, `lookup.too-many` with `seconds`.
        """
        if lookup is None or not holds(lookup.reason, crossing.document):
            raise LinkError("lookup.reason")
        if lookup.officer not in {officer.id for officer in self._officers_of(counter)}:
            raise LinkError("lookup.nobody")
        wait = self._book.ask(counter.id, lookup, crossing.id, self._seconds())
        if wait > 0:
            raise LinkError("lookup.too-many", seconds=int(wait) + 1)
        asked = (crossing.id, lookup.officer)
        if asked not in self._told:
            self._log.add(EVERY, self._line(ASKED, counter.id, lookup, crossing.id, crossing.document.key))
            self._remember(asked)

    def recorded(self, counter: str, body: LookupBody) -> None:
        """A counter's journal says that somebody was opened without a document."""
        lookup = Lookup(body.officer, body.reason)
        self._log.add(EVERY, self._line(LOOKED_UP, counter, lookup, body.crossing, body.document))

    def _line(self, what: str, counter: str, lookup: Lookup, crossing: str, document: str) -> Access:
        return Access(self._now(), what, counter, lookup.officer, document, lookup.reason, crossing)

    def _remember(self, asked: tuple[str, str]) -> None:
        self._told[asked] = None
        while len(self._told) > 10_000:
            del self._told[next(iter(self._told))]
