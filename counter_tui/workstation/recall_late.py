"""What came of somebody after they were released, lists apart: an authority's section, or a verdict of another counter.

What comes while the program runs is noted and looked at; after an end everybody who was released lately is looked at
once, so that nothing that came in between is missed.
"""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Final

from ..domain.acts import act_id
from ..domain.entries import DECISION
from ..domain.late import late_in, late_verdicts
from .outbox import decision_of
from .recall_sweep import released
from .records import moment

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from datetime import datetime, timedelta

    from ..domain.entries import DecisionBody
    from ..domain.late import Late
    from .acts import Acts
    from .parts import Parts
    from .records import CachedRecords

SLICE: Final = 50
"""So many are looked at in one go."""


class Lately:
    """One counter's. All of it runs on the backstage loop."""

    def __init__(
        self,
        parts: Parts,
        acts: Acts,
        records: CachedRecords,
        now: Callable[[], datetime],
        within: timedelta,
        found: Callable[[DecisionBody, int, Iterable[Late]], None],
    ) -> None:
        """Who was released `within` so long is looked at; `found` raises what is late."""
        self._parts, self._acts, self._records, self._now = parts, acts, records, now
        self._within, self._found = within, found
        self._all = True
        self.documents: set[str] = set()
        self.threads: set[str] = set()

    async def run(self) -> None:
        """Look at whom something came of since the last time."""
        documents, threads, everybody = self.documents, self.threads, self._all
        if everybody:
            threads = set(self._records.acts.threads())
        if not (everybody or documents or threads):
            return
        self.documents, self.threads, self._all = set(), set(), False
        for number, sequence in enumerate(reversed(self._parts.ledger.of_kind(DECISION)), 1):
            entry = self._parts.ledger.find(sequence)
            if entry is None or self._now() - moment(entry.recorded_at) > self._within:
                break
            body = decision_of(self._parts.ledger, sequence)
            if body is not None and released(body, self._parts):
                sections = everybody or body.crossing.document.key in documents
                self._look(body, sequence, sections=sections, verdicts=body.crossing.id in threads)
            if number % SLICE == 0:
                await asyncio.sleep(0)

    def _look(self, body: DecisionBody, sequence: int, *, sections: bool, verdicts: bool) -> None:
        late: list[Late] = []
        if sections:
            late += late_in(body, self._records.sections(body.crossing.document.key))
        if verdicts:
            own = act_id(self._parts.place.counter.id, sequence)
            late += late_verdicts(self._acts.of(body.crossing.id), own)
        if late:
            self._found(body, sequence, late)
