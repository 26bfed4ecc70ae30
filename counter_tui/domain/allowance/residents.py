"""Who a resident is to the ledger: the border pass in hand, or the shopping card's number.

A border pass is in hand with and without a link, so that its key comes first; acts name the other key where it was
known, and lead from one to the other.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from .deeds import AllowanceDeed

if TYPE_CHECKING:
    from ..acts import Act
    from ..documents import Document

PLB: Final = "plb"
"""The kind of document: a border pass."""
CARD: Final = "KILB"
_DIGITS: Final = 24
_MOST: Final = 8


@dataclass(frozen=True, slots=True, repr=False)
class Resident:
    """`key` is what acts are recorded under, `also` another key of the same person, "" where none is known."""

    key: str
    also: str = ""

    @property
    def keys(self) -> tuple[str, ...]:
        """All that are known, the first one first."""
        return (self.key, self.also) if self.also else (self.key,)

    @property
    def thread(self) -> str:
        """The thread of their acts."""
        return thread_of(self.key)


def thread_of(key: str) -> str:
    """The thread of a resident's acts: a name that does not tell the number, since a thread outlives what is erased."""
    return f"resident-{hashlib.sha256(b'counter allowance 1' + key.encode()).hexdigest()[:_DIGITS]}"


def find_resident(document: Document, card: str) -> Resident | None:
    """The resident who bears this document; `card` is the shopping card's number, "" where none is known."""
    number = "".join(c for c in card.upper() if c.isalnum())
    by_card = f"{CARD}:{number}" if number else ""
    if document.kind == PLB:
        return Resident(document.key, by_card)
    return Resident(by_card) if by_card else None


def linked(keys: Iterable[str], acts_of: Callable[[str], Iterable[Act]]) -> tuple[Act, ...]:
    """All acts of a resident: of these keys, and of those that the acts name beside them. `acts_of` takes a key."""
    waiting, seen = list(keys), set[str]()
    found: dict[str, Act] = {}
    while waiting and len(seen) < _MOST:
        key = waiting.pop(0)
        if key in seen:
            continue
        seen.add(key)
        for act in acts_of(key):
            found[act.id] = act
            if isinstance(act.deed, AllowanceDeed):
                waiting += [one for one in (act.deed.resident, act.deed.also) if one and one not in seen]
    return tuple(found.values())
