"""Find a cached traveller by name, number, the last four characters of it, bus or plate, however many are held.

What is searched is in memory only, and only while somebody may read: on disk names and numbers lie sealed.
A line a traveller: the words of the name, of the bus and of plates, the number, the number backwards, the key of the
record. What is typed is the beginning of one of these, so that a search is a walk over some megabytes of text and reads
nobody it does not find.
"""

import heapq
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from ..domain.documents import Document

MOST = 20
SHORTEST = 4
"""So many characters of a number are told from a word."""
SCANNED = 10_000
"""So many of those whom a few letters find are put in order: some 20 ms."""
_NUMBER, _BACKWARDS, _KEY, _END = b"\x01", b"\x02", b"\x03", b"\n"  # none of them a letter or a digit


class _Found(NamedTuple):
    """Whom a line is of, in the order of names."""

    name: bytes
    key: str


class TravellerIndex:
    """Who is held, by number and by name. Travellers go by the key of their record."""

    def __init__(self) -> None:
        self._lines = bytearray(_END)
        self._at: dict[str, int] = {}

    def keep(self, key: str, document: Document, goes_by: Iterable[str] = ()) -> None:
        """Let this traveller be found by this document, and by what they go by (bus, plate); by nothing earlier."""
        line, at = _line(document, key, goes_by), self._at.get(key)
        if at is not None:
            if self._lines.startswith(line, at):
                return
            self.drop(key)
        self._at[key] = len(self._lines)
        self._lines += line

    def drop(self, key: str) -> None:
        """Let this traveller be found no more."""
        at = self._at.pop(key, None)
        if at is not None:
            end = self._lines.index(_END, at)
            self._lines[at:end] = bytes(end - at)

    def find(self, words: str) -> tuple[str, ...]:
        """Whose number has this at an end, or whose name has every word (each as the beginning of one of its parts).

        Digits beside names: both; or a bus or a plate, in one word or in several. The best first: a number's match
        before a name's, then by name; at most 20. Case, marks and order do not matter.
        """
        wanted = _words(words[:200])
        number = "".join(wanted)
        found = self._by_number(number) if len(number) >= SHORTEST else {}
        digits = "".join(word for word in wanted if any(map(str.isdigit, word)))
        names = [word for word in wanted if not any(map(str.isdigit, word))]
        if names and len(digits) >= SHORTEST:
            found |= self._by_number(digits, names)
        if names and not digits:
            first, *others = sorted(names, key=len, reverse=True)  # the longer, the fewer
            found |= self._lines_with(b" " + first.encode(), others)
        if digits:
            first, *others = sorted(wanted, key=len, reverse=True)
            found |= self._lines_with(b" " + first.encode(), others)
        return tuple(found)[:MOST]

    def with_number(self, number: str) -> tuple[str, ...]:
        """Whose number is this, whole."""
        plain = "".join(_words(number)).encode()
        return tuple(self._lines_with(_NUMBER + plain + _BACKWARDS)) if plain else ()

    def _by_number(self, number: str, names: Sequence[str] = ()) -> dict[str, None]:
        begins = self._lines_with(_NUMBER + number.encode(), names)
        return begins | self._lines_with(_BACKWARDS + number[::-1].encode(), names)

    def _lines_with(self, beginning: bytes, names: Sequence[str] = ()) -> dict[str, None]:
        """The keys of those with this in their line whose name has all of these words, by name."""
        found = heapq.nsmallest(2 * MOST, self._scan(beginning, [b" " + word.encode() for word in names]))
        return dict.fromkeys(one.key for one in found)

    def _scan(self, beginning: bytes, holding: Sequence[bytes]) -> Iterator[_Found]:
        lines, at = self._lines, 0
        for _ in range(SCANNED):
            at = lines.find(beginning, at)
            if at < 0:
                return
            start, end = lines.rindex(_END, 0, at) + 1, lines.index(_END, at)
            name, _, rest = bytes(lines[start:end]).partition(_NUMBER)
            if all(word in name for word in holding):
                yield _Found(name, bytes.fromhex(rest.rpartition(_KEY)[2].decode()).decode())
            at = end


def _line(document: Document, key: str, goes_by: Iterable[str]) -> bytes:
    """` SITI AMINAH SJS 1123 SJS1123`, the number, the number backwards, and the traveller's key in hex."""
    words = _words(document.display_name)
    for known in map(_words, goes_by):
        words += known if len(known) == 1 else [*known, "".join(known)]
    number, names = "".join(_words(document.number)).encode(), " ".join(words).encode()
    backwards = number.decode()[::-1].encode()
    apart = (b" ", names, _NUMBER, number, _BACKWARDS, backwards, _KEY, key.encode().hex().encode(), _END)
    return b"".join(apart)


def _words(text: str) -> list[str]:
    """Letters and digits in capitals without marks; an apostrophe is nothing, any other sign parts words."""
    plain = unicodedata.normalize("NFKD", text.upper())
    kept = (c if c.isalnum() else "" if c in "'’`" or unicodedata.combining(c) else " " for c in plain)  # noqa: RUF001
    return "".join(kept).split()
