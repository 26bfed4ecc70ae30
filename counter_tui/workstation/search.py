"""Find a cached traveller by name, number, or the last four characters of it, however many are held.

Every traveller stands in an index of small records: under the number, under the number backwards, and under each word
of the name, each time with the whole name beside it. What is typed is the beginning of one of these, so that a search
reads no traveller but those it finds.
"""

import unicodedata
from collections.abc import Sequence

from ..domain.documents import Document
from .ports import RecordStore

MOST = 20
SHORTEST = 4
"""So many characters of a number are told from a word."""
INDEX = "find"
_COMPLETE = "="  # stands in the index once everybody who is held does


class TravellerIndex:
    """Who is held, by number and by name. Travellers go by the key of their record."""

    def __init__(self, store: RecordStore) -> None:
        """Over the store that the travellers are in."""
        self._store = store

    @property
    def complete(self) -> bool:
        """Whether everybody who is held stands in it; a store of earlier days has none."""
        return self._store.find(INDEX, _COMPLETE) is not None

    def completed(self, as_of: str) -> None:
        """Everybody stands in it now."""
        self._put(_COMPLETE, as_of)

    def keep(self, key: str, document: Document, as_of: str, earlier: Document | None = None) -> None:
        """Let this traveller be found; `earlier` is what they were found by until now."""
        new = _entries(document, key)
        old = _entries(earlier, key) if earlier else frozenset()
        for entry in old - new:
            self._store.delete(INDEX, entry)
        for entry in new - old:
            self._put(entry, as_of)

    def _put(self, key: str, as_of: str) -> None:
        self._store.put(INDEX, key, b"", as_of=as_of, owner="counter", partition="")

    def find(self, words: str) -> tuple[str, ...]:
        """Whose number has this at an end, or whose name has every word (each as the beginning of one of its parts).

        Digits beside names: both. The best first: a number's match before a name's, then by name; at most 20. Case,
        marks and order do not matter.
        """
        wanted = _words(words[:200])
        number = "".join(wanted)
        found = self._by_number(number) if len(number) >= SHORTEST else {}
        digits = "".join(word for word in wanted if any(map(str.isdigit, word)))
        names = [word for word in wanted if not any(map(str.isdigit, word))]
        if names and len(digits) >= SHORTEST:
            found |= self._by_number(digits, names)
        named = {}
        if names and not digits:
            first, *others = sorted(names, key=len, reverse=True)  # the longer, the fewer
            named = self._rows(f"w:{first}", others)
        ranked = [*sorted(found, key=lambda key: found[key]), *sorted(named, key=lambda key: named[key])]
        return tuple(dict.fromkeys(ranked))[:MOST]

    def with_number(self, number: str) -> tuple[str, ...]:
        """Whose number is this, whole."""
        plain = "".join(_words(number))
        return tuple(self._rows(f"n:{plain} ")) if plain else ()

    def _by_number(self, number: str, names: Sequence[str] = ()) -> dict[str, str]:
        return self._rows(f"n:{number}", names) | self._rows(f"t:{number[::-1]}", names)

    def _rows(self, beginning: str, names: Sequence[str] = ()) -> dict[str, str]:
        """Key and name of those who stand under this and whose name has all of these words."""
        rows = self._store.keys(INDEX, beginning, holding=[f" {word}" for word in names], limit=2 * MOST)
        parted = (row.partition(" ")[2].rpartition(" ") for row in rows)
        return {key: name for name, _, key in parted}


def _entries(document: Document, key: str) -> frozenset[str]:
    """`w:AMINAH SITI AMINAH IDN:B9120456`: what it stands under, the name, the traveller's key."""
    number, names = "".join(_words(document.number)), _words(document.display_name)
    under = [f"w:{word}" for word in names]
    under += [f"n:{number}", f"t:{number[::-1]}"] if number else []
    name = " ".join(names)
    return frozenset(f"{one} {name} {key}" for one in under)


def _words(text: str) -> list[str]:
    """Letters and digits in capitals without marks; an apostrophe is nothing, any other sign parts words."""
    plain = unicodedata.normalize("NFKD", text.upper())
    kept = (c if c.isalnum() else "" if c in "'’`" or unicodedata.combining(c) else " " for c in plain)  # noqa: RUF001
    return "".join(kept).split()
