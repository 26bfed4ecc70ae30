"""What came of somebody after they were released, lists apart: an authority's section, or a verdict of another counter.

What comes while the program runs is noted and looked at; after an end everybody who was released lately is looked at
once, so that nothing that came in between is missed. Which counter released them makes no difference: it may be off.
"""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Final

from ..domain.late import late_in, late_verdicts

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Iterable
    from datetime import timedelta

    from ..domain.late import Late, Release
    from .records import CachedRecords
    from .releases import Releases

SLICE: Final = 5
"""So many are looked at in one go: some 5 ms."""
REST: Final = 0.02
"""Seconds between two slices."""


class Lately:
    """One counter's. All of it runs on the backstage loop."""

    def __init__(
        self,
        releases: Releases,
        records: CachedRecords,
        within: timedelta,
        found: Callable[[Release, Iterable[Late]], None],
        rest: Callable[[float], Awaitable[None]] = asyncio.sleep,
    ) -> None:
        """Who was released `within` so long is looked at; `found` raises what is late."""
        self._releases, self._records, self._within = releases, records, within
        self._found, self._rest = found, rest
        self._all = True
        self.documents: set[str] = set()
        self.threads: set[str] = set()

    async def run(self) -> None:
        """Look at whom something came of since the last time."""
        documents, threads, everybody = self.documents, self.threads, self._all
        if not (everybody or documents or threads):
            return
        self.documents, self.threads, self._all = set(), set(), False
        releases = self._releases
        people = await (releases.everybody(self._within) if everybody else releases.those(threads, documents))
        try:
            for number, document in enumerate(people, 1):
                self._look(document)
                if number % SLICE == 0:
                    await self._rest(REST)
        except BaseException:  # whoever was signed in has left: the next one begins anew
            self.documents, self.threads, self._all = self.documents | documents, self.threads | threads, everybody
            raise

    def _look(self, document: str) -> None:
        release = self._releases.find(document, self._within)
        if release is None:
            return
        late = list(late_verdicts(release.acts, release.act.id))
        if release.stands:
            late += late_in(release.body, self._records.sections(document))
        if late:
            self._found(release, late)
