"""Find a cached traveller by name, number, or the last four characters of it."""

import heapq
from collections.abc import Iterable

from .news import Expected

MOST = 20


def find(words: str, travellers: Iterable[Expected]) -> tuple[Expected, ...]:
    """Those whose name has every word (each as the beginning of one of its parts), or whose number has it at an end.

    The best first: a number's match before a name's, then by name; at most 20. Case and order do not matter.
    """
    wanted = words.upper().replace(",", " ").split()
    if not wanted:
        return ()
    found = ((rank, t) for t in travellers if (rank := _rank(wanted, t)) is not None)
    best = heapq.nsmallest(MOST, found, key=lambda pair: (pair[0], pair[1].document.display_name))
    return tuple(t for _, t in best)


def _rank(wanted: list[str], traveller: Expected) -> int | None:
    document = traveller.document
    number = "".join(filter(str.isalnum, document.number.upper()))
    joined = "".join(filter(str.isalnum, "".join(wanted)))
    if len(joined) >= 4 and (number.startswith(joined) or number.endswith(joined)):
        return 0
    parts = document.display_name.upper().replace(",", " ").split()
    if all(any(part.startswith(word) for part in parts) for word in wanted):
        return 1
    return None
