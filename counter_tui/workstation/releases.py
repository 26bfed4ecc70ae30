"""Who was let go lately, by their documents: at this counter, and at others as far as they have told."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from ..domain.late import Release, find_release
from ..errors import DecisionError
from .records import moment

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Iterable
    from datetime import datetime, timedelta

    from ..domain.joint.passages import Opened
    from .acts import Acts
    from .parts import Parts
    from .records import CachedRecords
    from .sign_in import Session


class Releases:
    """One counter's view of its post. All of it runs on the backstage loop."""

    def __init__(
        self,
        parts: Parts,
        acts: Acts,
        records: CachedRecords,
        now: Callable[[], datetime],
        session: Callable[[], Session | None],
        rest: Callable[[float], Awaitable[None]] = asyncio.sleep,
    ) -> None:
        """`session` is whoever is signed in; `rest` lets others work in between."""
        self._session = session
        self._parts, self._acts, self._kept, self._now, self._rest = parts, acts, records.acts, now, rest

    async def everybody(self, within: timedelta) -> dict[str, str]:
        """Who was decided `within` so long, the last first: their documents, with the last crossing of each."""
        await self._noted()
        since = self._now() - within
        passed = sorted(self._kept.passages().values(), key=lambda one: (one.at, one.crossing), reverse=True)
        found: dict[str, str] = {}
        for one in passed:
            if moment(one.at) >= since:
                found.setdefault(one.document, one.crossing)
        return found

    async def _noted(self) -> None:
        while self._kept.derive():
            await self._rest(0)

    async def those(self, crossings: Iterable[str], documents: Iterable[str] = ()) -> dict[str, str]:
        """The same of those with these crossings or documents, whenever it was."""
        await self._noted()
        passages = self._kept.passages()
        named = {*documents, *(passages[one].document for one in crossings if one in passages)}
        passed = {document: self._opened(document) for document in sorted(named)}
        return {document: opened[0].crossing for document, opened in passed.items() if opened}

    def find(self, document: str, within: timedelta) -> Release | None:
        """The last release of who has this document, no longer ago; None where there is none.

        Raises DecisionError where nobody may read: what is not read is not gone.
        """
        self._check()
        country, now = self._parts.place.post.country, self._now()
        for one in self._opened(document):
            found = find_release(self._acts.of(one.crossing), country, now) if now - one.at <= within else None
            if found is not None:
                return found
        return None

    def _opened(self, document: str) -> list[Opened]:
        """The last first."""
        return sorted(self._kept.opened(document), key=lambda one: (one.at, one.crossing), reverse=True)

    def _check(self) -> None:
        lock = self._parts.lock
        if self._session() is None:
            raise DecisionError("signin.nobody")
        if lock is not None and lock.why_not:
            raise DecisionError(lock.why_not)
