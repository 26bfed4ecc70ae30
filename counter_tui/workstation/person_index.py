"""Who is held with the same birth date and first word of the surname: found in memory, however many are held."""

from collections.abc import Hashable

from ..domain.documents import Document

MOST = 20


class PersonIndex:
    """Travellers go by the key of their record. What is kept of each is a number that tells nothing."""

    def __init__(self) -> None:
        self._keys: dict[int, tuple[str, ...]] = {}
        self._of: dict[str, int] = {}

    def keep(self, key: str, document: Document) -> None:
        """Let this traveller be found by this document, and by no earlier one."""
        self.drop(key)
        told = _told(document)
        if told is not None:
            self._of[key] = number = hash(told)
            self._keys[number] = (*self._keys.get(number, ()), key)[-MOST:]

    def drop(self, key: str) -> None:
        """Let this traveller be found no more."""
        number = self._of.pop(key, None)
        if number is not None:
            left = tuple(one for one in self._keys.get(number, ()) if one != key)
            if left:
                self._keys[number] = left
            else:
                self._keys.pop(number, None)

    def like(self, document: Document) -> tuple[str, ...]:
        """The keys of those who may be the same person, or a twin."""
        told = _told(document)
        return self._keys.get(hash(told), ()) if told is not None else ()


def _told(document: Document) -> Hashable:
    birth, words = document.birth, (document.surname or document.given_names).split()
    if birth.year is None or birth.day is None or not words:
        return None
    return birth.year, birth.month, birth.day, words[0]
