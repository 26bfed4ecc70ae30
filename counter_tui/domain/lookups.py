"""Looking people up: why somebody asks for a traveller, and how often one may.

A document that was read, or keyed from the one in hand, is reason enough: the traveller stands there. Who was found by
name or number is opened for a stated reason, which is recorded first. Each owner of data sees who asked, when and why.
"""

from collections import deque
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

from ..errors import CounterError
from .coding import from_json
from .documents import Document

LOOKUP: Final = "lookup"
"""The kind of the journal's entries."""

PRESENT: Final = "present"
"""The reason where the document was in hand."""

REASONS: Final = ("unread", "case", "asked", "post-check")
"""The reasons to open somebody without the document, in the order in which they are offered."""


@dataclass(frozen=True, slots=True, repr=False)
class Lookup:
    """Why a traveller is asked for: by whom (id of an officer), and the reason, PRESENT or one of REASONS."""

    officer: str
    reason: str

    def __repr__(self) -> str:
        """Without the person."""
        return f"Lookup({self.reason})"


@dataclass(frozen=True, slots=True, repr=False)
class LookupBody:
    """An entry's body: somebody was opened without a document in hand. `document` is its key; `at` ISO 8601 UTC."""

    crossing: str
    document: str
    officer: str
    reason: str
    at: str
    training: bool

    def __repr__(self) -> str:
        """Without the person."""
        return f"LookupBody({self.reason})"


def read_lookup(body: bytes) -> LookupBody:
    """The look-up in an entry's body; CounterError `entry.unreadable` where it is none."""
    return from_json(LookupBody, body, error=CounterError("entry.unreadable"))


def in_hand(document: Document) -> bool:
    """Whether a document was read or keyed, and not merely found here."""
    return document.entry_method != "found"


def holds(reason: str, document: Document) -> bool:
    """Whether this is a reason for asking about the bearer of this document."""
    return reason in REASONS or (reason == PRESENT and in_hand(document))


@dataclass(frozen=True, slots=True)
class Allowance:
    """How many travellers may be asked for within so many seconds: by a person, and by a counter.

    `stated_person`, `stated_counter`: of these, how many without a document in hand.
    """

    seconds: int
    person: int
    counter: int
    stated_person: int
    stated_counter: int


STANDARD: Final = Allowance(seconds=600, person=300, counter=400, stated_person=10, stated_counter=30)


@dataclass(slots=True)
class LookupBook:
    """Who asked for how many travellers lately. The same crossing is counted once, however often it is asked again."""

    allowance: Allowance
    _asked: dict[str, deque[tuple[float, str]]] = field(default_factory=dict)

    def ask(self, counter: str, lookup: Lookup, crossing: str, now: float) -> float:
        """Count a look-up, at `now` in seconds that never go back; 0, or in how many seconds it would be taken."""
        limits = self._limits(counter, lookup)
        wait = 0.0
        for name, most in limits.items():
            wait = max(wait, self._wait(name, most, crossing, now))
        if wait == 0:
            for name in limits:
                asked = self._asked.setdefault(name, deque())
                if all(known != crossing for _, known in asked):
                    asked.append((now, crossing))
        return wait

    def _limits(self, counter: str, lookup: Lookup) -> Mapping[str, int]:
        allowed = self.allowance
        limits = {f"p/{counter}/{lookup.officer}": allowed.person, f"c/{counter}": allowed.counter}
        if lookup.reason != PRESENT:
            limits |= {
                f"sp/{counter}/{lookup.officer}": allowed.stated_person,
                f"sc/{counter}": allowed.stated_counter,
            }
        return limits

    def _wait(self, name: str, most: int, crossing: str, now: float) -> float:
        asked = self._asked.get(name)
        while asked and now - asked[0][0] >= self.allowance.seconds:
            asked.popleft()
        if asked is not None and not asked:
            del self._asked[name]
        if not asked or len(asked) < most or any(known == crossing for _, known in asked):
            return 0.0
        return self.allowance.seconds - (now - asked[0][0])
