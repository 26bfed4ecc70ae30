"""Whom the cache holds: searched, and counted."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from ..domain.documents.keyed import as_known

if TYPE_CHECKING:
    from .news import Expected, Expecting
    from .reading import Reading
    from .records import CachedRecords


class Finding:
    """Over what is cached, as far as it may be read."""

    def __init__(self, reading: Reading, records: CachedRecords) -> None:
        """`records` are the booth's own."""
        self._reading, self._records = reading, records

    async def search(self, words: str) -> tuple[Expected, ...]:
        """Cached travellers by name or number; their documents as they are held, keyed and not read.

        Raises StoreError with the code of why nothing is read here now.
        """
        self._reading.check()
        await self._reading.ready()
        found = self._records.search(words)
        return tuple(replace(traveller, document=as_known(traveller.document, "found")) for traveller in found)

    async def expecting(self) -> Expecting:
        """Whom the cache expects, counted; nobody where nothing is read, and the status says so."""
        await self._reading.ready()
        return self._records.expecting()
