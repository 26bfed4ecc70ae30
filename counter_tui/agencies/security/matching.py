"""Whom an entry is about: by document number, else by name and date of birth, exactly but for case, marks and order."""

import unicodedata
from collections import defaultdict
from collections.abc import Iterable

from ...domain.documents import Document, document_key
from .standard import Listing


class ListIndex:
    """Entries by document, and by name with date of birth."""

    def __init__(self, entries: Iterable[Listing]) -> None:
        self._by_document: dict[str, list[Listing]] = defaultdict(list)
        self._by_name: dict[tuple[str, str], list[Listing]] = defaultdict(list)
        for entry in entries:
            for document in entry.documents:
                self._by_document[document_key(document.issuing_state, document.number)].append(entry)
            if entry.birth_date is not None:
                born = entry.birth_date.isoformat()
                for name in {normal_name(one) for one in (entry.name, *entry.aliases)}:
                    self._by_name[name, born].append(entry)

    def by_document(self, document: Document) -> list[Listing]:
        """Entries that name this document."""
        return self._by_document.get(document.key, [])

    def by_name(self, document: Document) -> list[Listing]:
        """Entries of this name and date of birth."""
        name = normal_name(f"{document.surname} {document.given_names}")
        return self._by_name.get((name, document.birth.iso()), [])


def normal_name(name: str) -> str:
    """A name in capitals without marks, its words in alphabetical order, so that either order of names is the same."""
    plain = "".join(
        c if c.isalnum() else " " for c in unicodedata.normalize("NFKD", name) if not unicodedata.combining(c)
    )
    return " ".join(sorted(plain.upper().split()))
